#!/bin/sh
# Compiles mechanisms/*.mod into FOLDER/x86_64/libnrnmech.so; further flags go to the compiler.
#
#   compile_mechanisms.sh FOLDER [FLAGS]
#
# What nrnivmodl does, by hand: Debian's (8.2.2-4) looks for its makefile in /usr/bin and fails.
# -Dhoc_Exp=exp calls the C library directly instead of through NEURON's check of the range.
set -e
source=$(cd "$(dirname "$0")/mechanisms" && pwd)
out=$1/x86_64
shift
mkdir -p "$out"
cd "$out"

{
  echo 'extern "C" {'
  for mod in "$source"/*.mod; do echo "void _$(basename "$mod" .mod)_reg(void);"; done
  echo 'void modl_reg() {'
  for mod in "$source"/*.mod; do echo "  _$(basename "$mod" .mod)_reg();"; done
  echo '}}'
} >mod_func.cpp

objects=
for mod in "$source"/*.mod; do
  name=$(basename "$mod" .mod)
  nocmodl "$mod" -o .
  cc -O3 -march=native -fno-semantic-interposition -Dhoc_Exp=exp -DHAVE_CONFIG_H "$@" \
    -fPIC -c "$name.c" -o "$name.o"
  objects="$objects $name.o"
done
c++ -O2 -shared -fPIC -o libnrnmech.so mod_func.cpp $objects -L/usr/lib/nrn -lnrniv \
  -Wl,-rpath,/usr/lib/nrn
