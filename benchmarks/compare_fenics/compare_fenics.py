"""The same field in DOLFINx and here, from the same mesh to potentials of eight floating contacts.

    compare_fenics.py --foramen build/release/benchmarks/compare_fenics/foramen_potentials [--scales 1.0,0.7]

Needs the packages python3-dolfinx, python3-petsc4py and python3-h5py, and the mesher in $FORAMEN_MESHER. An octrode with an encapsulation of 0.3 mm in a grounded cylinder of anisotropic
medium, no sheets (DOLFINx has none); conductivities in foramen_potentials.cpp.

Both sides get the same curved ten-node tetrahedra, and so the same quadratic elements. Ours come from a
Gmsh file; DOLFINx's from XDMF, which it reads in parallel, with the nodes already where our solver puts
them (a quarter along edges that leave a contact's edge): its answer is as accurate as ours, and both
must agree to what the tolerance lets them. Both integrate with 14 points on curved elements; DOLFINx on
all of them, for it has one rule per integral. fenics_potentials.py says how it is used: conjugate
gradients with BoomerAMG, at the same relative tolerance in the same norm, sqrt(r.Mr).

Cores: --cores threads of one process here, as many ranks there. Best of --repeat runs by total.
Programs' starts and compiling DOLFINx's form (done in a first run) are not counted. One row per side and
scale: unknowns as we count them, seconds from file to potentials (read, set-up, assembly, multigrid,
solve of eight), iterations, the largest difference of an impedance from ours relative to the largest,
total and solve over ours. --tune adds a row for each of some other settings.
"""

import argparse
import csv
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
STEPS = ("read_s", "setup_s", "assembly_s", "multigrid_s", "solve_s", "total_s")
BOOMER = "-pc_hypre_boomeramg_"
TUNES = {
    "PMIS": [BOOMER + "coarsen_type", "PMIS"],
    "Falgout, classical": [BOOMER + "coarsen_type", "Falgout", BOOMER + "interp_type", "classical",
                           BOOMER + "P_max", "0"],
    "threshold 0.5": [BOOMER + "strong_threshold", "0.5"],
    "aggressive level": [BOOMER + "agg_nl", "1"],
    "symmetric Gauss-Seidel": [BOOMER + "relax_type_all", "symmetric-SOR/Jacobi"],
    "l1 Jacobi": [BOOMER + "relax_type_all", "l1scaled-SOR/Jacobi"],
    "hypre's defaults": [BOOMER + "coarsen_type", "Falgout", BOOMER + "interp_type", "classical",
                         BOOMER + "P_max", "0", BOOMER + "relax_type_all", "symmetric-SOR/Jacobi"],
    "GAMG": ["-pc_type", "gamg"],
    "four points": ["--degree", "2"],
    "MUMPS": ["-ksp_type", "preonly", "-pc_type", "cholesky", "-pc_factor_mat_solver_type", "mumps",
              "-ksp_norm_type", "none"],
}


def require_packages():
    """Looks only: importing DOLFINx here would start MPI, and mpirun refuses to run within that."""
    missing = [name for name in ("dolfinx", "petsc4py", "h5py") if importlib.util.find_spec(name) is None]
    if missing:
        print(f"compare_fenics: skipped, {', '.join(missing)} not found\n"
              "  remedy: install python3-dolfinx, python3-petsc4py and python3-h5py, and use /usr/bin/python3",
              file=sys.stderr)
        sys.exit(77)


def convert(numbers, folder):
    """The file of `foramen_potentials numbers` as XDMF over HDF5."""
    import h5py
    import numpy as np

    raw = numbers.read_bytes()
    n_nodes, n_cells, n_faces = np.frombuffer(raw, np.int64, 3)
    at = 24

    def take(kind, *shape):
        nonlocal at
        array = np.frombuffer(raw, kind, int(np.prod(shape)), at).reshape(shape)
        at += array.nbytes
        return array

    data = {"nodes": take(np.float64, n_nodes, 3), "cells": take(np.int32, n_cells, 10),
            "regions": take(np.int32, n_cells) + 1, "facets": take(np.int32, n_faces, 6),
            "groups": take(np.int32, n_faces) + 1}
    with h5py.File(folder / "mesh.h5", "w") as file:
        for name, array in data.items():
            file[name] = array

    def item(name, number):
        shape = " ".join(map(str, data[name].shape))
        return (f'<DataItem Dimensions="{shape}" NumberType="{number}" Format="HDF">mesh.h5:/{name}'
                "</DataItem>")

    def grid(name, topology, cells, values):
        n, width = data[cells].shape
        attribute = "" if values is None else (f'<Attribute Name="{name}" AttributeType="Scalar" '
                                               f'Center="Cell">{item(values, "Int")}</Attribute>')
        return (f'<Grid Name="{name}" GridType="Uniform"><Topology TopologyType="{topology}" '
                f'NumberOfElements="{n}" NodesPerElement="{width}">{item(cells, "Int")}</Topology>'
                f'<Geometry GeometryType="XYZ">{item("nodes", "Float")}</Geometry>{attribute}</Grid>')

    path = folder / "mesh.xdmf"
    path.write_text('<?xml version="1.0"?><Xdmf Version="3.0"><Domain>'
                    + grid("mesh", "Tetrahedron_10", "cells", None)
                    + grid("cells", "Tetrahedron_10", "cells", "regions")
                    + grid("facets", "Triangle_6", "facets", "groups") + "</Domain></Xdmf>")
    return path


class Comparison:
    def __init__(self, options, folder, scale):
        self.options = options
        self.program = options.foramen
        self.msh, numbers = folder / "mesh.msh", folder / "mesh.bin"
        self.sigma = folder / "sigma.json"
        self.run([self.program, "write", str(scale), self.msh])
        self.sigma.write_text(self.run([self.program, "numbers", self.msh, numbers]))
        self.xdmf = convert(numbers, folder)

    def run(self, command):
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def foramen(self):
        return json.loads(self.run([self.program, "solve", self.msh, self.options.cores]))

    def dolfinx(self, extra=()):
        out = self.run(["mpirun", "-n", self.options.cores, "/usr/bin/python3",
                        HERE / "fenics_potentials.py", self.xdmf, self.sigma, *extra])
        return json.loads(out.splitlines()[-1])

    def best(self, side, *arguments):
        return min((side(*arguments) for _ in range(self.options.repeat)), key=lambda r: r["total_s"])


def difference(a, b):
    pairs = [(x, y) for p, q in zip(a, b) for x, y in zip(p, q)]
    return max(abs(x - y) for x, y in pairs) / max(abs(y) for _, y in pairs)


def sides(comparison, ours, tune):
    yield "foramen", ours
    yield "dolfinx", comparison.best(comparison.dolfinx)
    for name, extra in TUNES.items() if tune else ():
        try:
            yield "dolfinx, " + name, comparison.best(comparison.dolfinx, extra)
        except RuntimeError as problem:
            print(f"{name}: {problem}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--foramen", required=True, help="the program foramen_potentials")
    parser.add_argument("--scales", default="1.0,0.7", help="of all mesh sizes; 1: about 210 000 unknowns")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--tune", action="store_true", help="other settings of DOLFINx's side")
    options = parser.parse_args()
    require_packages()
    out = csv.writer(sys.stdout)
    out.writerow(["scale", "side", "cores", "tetrahedra", "unknowns", *STEPS, "iterations",
                  "impedance_difference", "total_ratio", "solve_ratio"])
    for scale in map(float, options.scales.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            comparison = Comparison(options, pathlib.Path(folder), scale)
            ours = comparison.best(comparison.foramen)
            comparison.dolfinx()  # compiles the form
            for name, side in sides(comparison, ours, options.tune):
                out.writerow([scale, name, options.cores, side["tetrahedra"], ours["unknowns"],
                              *(f"{side[step]:.3f}" for step in STEPS), side["iterations"],
                              f"{difference(side['impedance'], ours['impedance']):.2g}",
                              f"{side['total_s'] / ours['total_s']:.2f}",
                              f"{side['solve_s'] / ours['solve_s']:.2f}"])
                sys.stdout.flush()


if __name__ == "__main__":
    for name, value in {"OMP_NUM_THREADS": "1", "OMPI_ALLOW_RUN_AS_ROOT": "1",
                        "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}.items():
        os.environ.setdefault(name, value)
    main()
