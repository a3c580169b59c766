#!/usr/bin/python3
"""Do the libraries use only what lies below them?

    scripts/check_layers.py [FOLDER]      checks the checkout (or FOLDER), exit code 1 on faults
    scripts/check_layers.py --self-test   does each rule find its fault?

Three rules, each fault with file and line:
  1. An include in lib/ or apps/ follows an arrow of the table below.
  2. A library's CMakeLists.txt DEPENDS on exactly the libraries that it includes.
  3. Heavy third-party headers have one owner each.
Runs as the test architecture.layers.
"""

import pathlib
import re
import sys
import tempfile

# What a library may use; all below it in lib/README.md. The order is that of lib/CMakeLists.txt.
MAY_USE = {
    "core": [],
    "config": ["core"],
    "geometry": ["config", "core"],
    "anatomy": ["geometry", "config", "core"],
    "lead": ["anatomy", "geometry", "config", "core"],
    "field": ["lead", "anatomy", "geometry", "config", "core"],
    "stimulus": ["config", "core"],
    "axon": ["stimulus", "config", "core"],
    "response": ["axon", "stimulus", "geometry", "config", "core"],
    "analysis": ["response", "axon", "stimulus", "geometry", "config", "core"],
    "io": ["analysis", "response", "axon", "stimulus", "geometry", "config", "core"],
    "report": ["io", "analysis", "response", "axon", "stimulus", "geometry", "config", "core"],
    "study": ["report", "io", "analysis", "response", "axon", "stimulus", "field", "lead",
              "anatomy", "geometry", "config", "core"],
}

# Header, name, and the folders that may include it. Tests of a folder share its rights.
HEAVY = [
    (r"deal\.II/", "deal.II", ["lib/field"]),
    (r"petsc|_hypre|HYPRE", "PETSc", ["benchmarks/field"]),
    (r"gmsh\.h", "Gmsh", ["lib/field", "apps/foramen-mesher"]),
    (r"hdf5|H5", "HDF5", ["lib/io"]),
    (r"toml", "toml11", ["lib/config"]),
    (r"hwy/", "Highway", ["lib/axon", "lib/field", "benchmarks/axon"]),
    (r"xxh", "xxHash", ["lib/core"]),
    (r"boost/program_options", "Boost.Program_options", ["apps"]),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCES = {".hpp", ".cpp", ".h", ".c", ".in"}


def sources(root, *folders):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SOURCES and path.is_file():
                yield path


def includes(path):
    """(line, quote, header) of each include."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def check_arrows(root, faults):
    """Rule 1. Returns {library: {used library: "file:line" of the first use}}."""
    used = {library: {} for library in MAY_USE}
    for path in sources(root, "lib"):
        name = path.relative_to(root)
        library = name.parts[1]
        if len(name.parts) < 3:
            continue
        if library not in MAY_USE:
            faults.append(f"{name}:1: folder lib/{library} is not in the table of {__file__}")
            continue
        for number, quote, header in includes(path):
            other = header.split("/")[0]
            if quote == '"' and "/" not in header:
                faults.append(f'{name}:{number}: write "{library}/{header}"')
            if other not in MAY_USE or other == library:
                continue
            used[library].setdefault(other, f"{name}:{number}")
            if other not in MAY_USE[library]:
                faults.append(f"{name}:{number}: {library} must not use {other}: it may use "
                              f"{', '.join(MAY_USE[library]) or 'nothing'}")
    return used


def declared(root, library):
    """{library named by DEPENDS: line} of a library's CMakeLists.txt."""
    found = {}
    path = root / "lib" / library / "CMakeLists.txt"
    if not path.is_file():
        return None
    depends = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        for word in re.findall(r"[^\s()]+|\)", line.split("#")[0]):
            if word == "DEPENDS":
                depends = True
            elif word.isupper() or word == ")":
                depends = False
            elif depends or re.fullmatch(r"foramen_(%s)" % "|".join(MAY_USE), word):
                found.setdefault(word.removeprefix("foramen_"), number)
    return found


def check_cmake(root, used, faults):
    """Rule 2."""
    for library in MAY_USE:
        links = declared(root, library)
        if links is None:
            continue
        file = f"lib/{library}/CMakeLists.txt"
        for other, place in used[library].items():
            if other not in links:
                faults.append(f"{place}: includes {other}, but {file} does not DEPEND on it")
        for other, line in links.items():
            if other == library:
                continue
            if other not in MAY_USE[library]:
                faults.append(f"{file}:{line}: {library} must not DEPEND on {other}")
            elif other not in used[library]:
                faults.append(f"{file}:{line}: DEPENDS on {other}, but nothing includes it")


def owner_folders(folder):
    """The folder and the tests that mirror it."""
    tests = "tests/unit/" + folder.split("/")[-1]
    return (folder + "/",) if folder == "apps" else (folder + "/", tests + "/", tests + "_")


def check_heavy(root, faults):
    """Rule 3."""
    for path in sources(root, "lib", "apps", "tests", "benchmarks"):
        name = path.relative_to(root).as_posix()
        for number, quote, header in includes(path):
            if quote == '"' and header.split("/")[0] in MAY_USE:
                continue
            for pattern, library, owners in HEAVY:
                if re.match(pattern, header) and not any(
                        name.startswith(owner_folders(owner)) for owner in owners):
                    faults.append(f"{name}:{number}: <{header}> belongs to {' and '.join(owners)}: "
                                  f"use the interface there instead of {library}")


def check(root):
    faults = []
    used = check_arrows(root, faults)
    check_cmake(root, used, faults)
    check_heavy(root, faults)
    return faults


def self_test():
    """Each rule on a small tree that breaks it, and on one that does not."""
    good = {
        "lib/core/error.hpp": "#include <string>\n",
        "lib/core/CMakeLists.txt": "foramen_library(core HEADERS error.hpp PRIVATE xxh)\n",
        "lib/io/csv.cpp": '#include "io/csv.hpp"\n#include "core/error.hpp"\n#include <hdf5.h>\n',
        "lib/io/CMakeLists.txt": "foramen_library(io SOURCES csv.cpp\n  DEPENDS core # below\n"
                                 "  PRIVATE foramen_hdf5)\n",
        "tests/unit/io/csv_test.cpp": "#include <hdf5.h>\n",
    }
    cases = [
        ({}, None),
        ({"lib/core/error.hpp": '\n#include "io/csv.hpp"\n'},
         "lib/core/error.hpp:2: core must not use io"),
        ({"lib/io/csv.cpp": '#include "csv.hpp"\n#include "core/error.hpp"\n'},
         'lib/io/csv.cpp:1: write "io/csv.hpp"'),
        ({"lib/io/CMakeLists.txt": "foramen_library(io SOURCES csv.cpp)\n"},
         "lib/io/csv.cpp:2: includes core, but lib/io/CMakeLists.txt does not DEPEND on it"),
        ({"lib/io/csv.cpp": "\n"},
         "lib/io/CMakeLists.txt:2: DEPENDS on core, but nothing includes it"),
        ({"lib/core/CMakeLists.txt": "foramen_library(core DEPENDS io)\n"},
         "lib/core/CMakeLists.txt:1: core must not DEPEND on io"),
        ({"lib/core/CMakeLists.txt": "target_link_libraries(x foramen_io)\n"},
         "lib/core/CMakeLists.txt:1: core must not DEPEND on io"),
        ({"lib/core/error.hpp": "#include <toml.hpp>\n"},
         "lib/core/error.hpp:1: <toml.hpp> belongs to lib/config"),
        ({"apps/foramen/run.cpp": "#include <deal.II/grid/tria.h>\n"},
         "apps/foramen/run.cpp:1: <deal.II/grid/tria.h> belongs to lib/field"),
        ({"lib/shed/a.cpp": "\n"}, "lib/shed/a.cpp:1: folder lib/shed is not in the table"),
    ]
    failures = 0
    for change, expected in cases:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {**good, **change}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            faults = check(root)
        found = [f for f in faults if expected and f.startswith(expected)]
        if (expected and not found) or (not expected and faults):
            failures += 1
            print(f"self-test: expected {expected}, found {faults}")
    print(f"self-test: {len(cases) - failures} of {len(cases)} cases")
    return 1 if failures else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    root = pathlib.Path(arguments[0]) if arguments else pathlib.Path(__file__).parent.parent
    faults = check(root.resolve())
    for fault in faults:
        print(fault)
    print(f"layers: {len(faults)} faults" if faults else "layers: every include and link follows an arrow")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
