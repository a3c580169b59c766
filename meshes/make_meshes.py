#!/usr/bin/python3
"""Makes the example meshes of this folder with Gmsh, as its command line would.

    meshes/make_meshes.py            writes them anew
    meshes/make_meshes.py --check    are the committed ones what Gmsh makes of their geometry?

`make` meshes any .geo file: order, size factor, version and encoding of the .msh file. Gmsh's shared library
(libgmsh4.8, which the build needs anyway) is called directly, so that neither its program nor its Python
module need be installed. Gmsh 4.8.4 on one thread gives the same bytes again; other versions give other meshes.
"""

import argparse
import ctypes
import pathlib
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
MESHES = {"ring_lead.msh": dict(geo="ring_lead.geo", order=1, version=2.2, binary=True)}


class Gmsh:
    """Gmsh's C interface: every function takes a pointer to an error code last."""

    def __init__(self):
        self.library = ctypes.CDLL("libgmsh.so.4.8")

    def __getattr__(self, name):
        def call(*arguments):
            error = ctypes.c_int()
            getattr(self.library, name)(*arguments, ctypes.byref(error))
            if error.value:
                raise RuntimeError(f"{name} failed; Gmsh says why above")
        return call

    def set(self, option, value):
        self.gmshOptionSetNumber(option.encode(), ctypes.c_double(value))


def make(geo, msh, order=1, version=4.1, binary=False, size_factor=1.0):
    gmsh = Gmsh()
    gmsh.gmshInitialize(0, None, 0)
    try:
        gmsh.set("General.Terminal", 1)
        gmsh.set("General.Verbosity", 2)  # errors and warnings
        gmsh.set("General.NumThreads", 1)
        gmsh.gmshOpen(str(geo).encode())
        gmsh.set("Mesh.ElementOrder", order)
        gmsh.set("Mesh.MeshSizeFactor", size_factor)
        gmsh.set("Mesh.MshFileVersion", version)
        gmsh.set("Mesh.Binary", binary)
        gmsh.gmshModelMeshGenerate(3)
        gmsh.gmshWrite(str(msh).encode())
    finally:
        gmsh.gmshFinalize()


def main(words=None):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args(words)
    faults = 0
    for name, how in MESHES.items():
        how = dict(how, geo=FOLDER / how["geo"])
        if not arguments.check:
            make(msh=FOLDER / name, **how)
            continue
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder) / name
            make(msh=made, **how)
            same = made.read_bytes() == (FOLDER / name).read_bytes()
        print(f"{name}: {'is' if same else 'is not'} what Gmsh makes of {how['geo'].name}")
        faults += not same
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
