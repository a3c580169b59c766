"""Unit-current potentials of floating contacts in DOLFINx, from a mesh file.

    mpirun -n 2 /usr/bin/python3 fenics_potentials.py MESH.xdmf SIGMA.json [--rtol 1e-5] [--degree 5] [-petsc_option value ...]

The mesh: grids "mesh" (ten-node tetrahedra, metres), "cells" (region from 1) and "facets" (contacts
from 1, the ground last). SIGMA.json: {"sigma": [[xx, yy, zz], ...]} per region, S/m.

DOLFINx ties no unknowns, so contacts that float are had from contacts that are held: potentials u_i
with 1 V at contact i and 0 V at all others, then G_ij = u_i.K u_j, impedances G^-1, and potentials for
1 A the same combinations of u_i. That is exact, and each system is one with Dirichlet values, the same
matrix for all: assembled once, set up once. The values are lifted (u = w + g, g the indicator of the
contact's nodes), for otherwise the rows of held nodes would rule the stopping test. sqrt(r.Mr) then
falls from that of w, which is a little more than that of u: in favour of this side.

Seconds of each step (the slowest rank) and the impedances go to standard output as JSON.
"""

import json
import sys
import time

import numpy as np
import petsc4py

petsc4py.init([])
import ufl  # noqa: E402
from dolfinx import fem, io  # noqa: E402
from dolfinx.cpp.mesh import GhostMode  # noqa: E402
from mpi4py import MPI  # noqa: E402
from petsc4py import PETSc  # noqa: E402

# BoomerAMG's best for these matrices (compare_fenics.py --tune tries others).
AMG = {
    "pc_type": "hypre",
    "pc_hypre_type": "boomeramg",
    "pc_hypre_boomeramg_coarsen_type": "HMIS",
    "pc_hypre_boomeramg_interp_type": "ext+i",
    "pc_hypre_boomeramg_P_max": 4,
    "pc_hypre_boomeramg_strong_threshold": 0.25,
    "pc_hypre_boomeramg_agg_nl": 0,
    "pc_hypre_boomeramg_relax_type_all": "Chebyshev",
}


class Clock:
    def __init__(self, comm):
        self.comm = comm
        comm.Barrier()
        self.last = time.perf_counter()
        self.seconds = {}

    def lap(self, name):
        self.comm.Barrier()
        now = time.perf_counter()
        self.seconds[name] = now - self.last
        self.last = now


def read(path, comm):
    with io.XDMFFile(comm, path, "r") as file:
        mesh = file.read_mesh(ghost_mode=GhostMode.none, name="mesh")
        cells = file.read_meshtags(mesh, name="cells")
        mesh.topology.create_connectivity(2, 3)
        facets = file.read_meshtags(mesh, name="facets")
    return mesh, cells, facets


def form(space, cells, sigma, degree):
    u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
    dx = ufl.Measure("dx", subdomain_data=cells, metadata={"quadrature_degree": degree})
    parts = [ufl.inner(fem.Constant(space.mesh, np.diag(s)) * ufl.grad(u), ufl.grad(v)) * dx(i + 1)
             for i, s in enumerate(sigma)]
    return fem.form(sum(parts[1:], parts[0]), jit_params={"cffi_extra_compile_args": ["-O3", "-march=native"]})


def main():
    comm = MPI.COMM_WORLD
    path, sigma_path = sys.argv[1:3]
    options = dict(zip((name[1:] for name in sys.argv[3::2]), sys.argv[4::2]))
    rtol = float(options.pop("-rtol", 1e-5))
    degree = int(options.pop("-degree", 5))
    with open(sigma_path) as file:
        sigma = json.load(file)["sigma"]

    clock = Clock(comm)
    mesh, cells, facets = read(path, comm)
    clock.lap("read_s")

    space = fem.FunctionSpace(mesh, ("Lagrange", 2))
    n_own = space.dofmap.index_map.size_local
    tags = facets.values
    n = comm.allreduce(int(tags.max()) if len(tags) else 0, MPI.MAX) - 1  # contacts
    dofs = [fem.locate_dofs_topological(space, 2, facets.indices[tags == i]) for i in range(1, n + 2)]
    dofs = [d[d < n_own] for d in dofs]
    bilinear = form(space, cells, sigma, degree)
    clock.lap("setup_s")

    full = fem.petsc.assemble_matrix(bilinear)
    full.assemble()
    held = np.unique(np.concatenate(dofs)).astype(np.int32)
    matrix = full.duplicate(copy=True)
    matrix.setOption(PETSc.Mat.Option.SPD, True)
    matrix.zeroRowsColumnsLocal(held, 1.0)
    clock.lap("assembly_s")

    prefix = PETSc.Options()
    for name, value in {**AMG, **options}.items():
        prefix[name] = value
    solver = PETSc.KSP().create(comm)
    solver.setOperators(matrix)
    solver.setType("cg")
    solver.setNormType(PETSc.KSP.NormType.NATURAL)
    solver.setTolerances(rtol=rtol, max_it=500)
    solver.setFromOptions()
    solver.setUp()
    clock.lap("multigrid_s")

    iterations = 0
    potentials, currents = [], []
    for i in range(n):
        lift = full.createVecRight()
        lift.set(0.0)
        lift.array_w[dofs[i]] = 1.0
        b = full.createVecLeft()
        full.mult(lift, b)
        b.scale(-1.0)
        b.array_w[held] = 0.0
        w = matrix.createVecRight()
        solver.solve(b, w)
        if solver.getConvergedReason() <= 0:
            raise SystemExit(f"contact {i + 1}: no convergence, reason {solver.getConvergedReason()}")
        iterations = max(iterations, solver.getIterationNumber())
        w.axpy(1.0, lift)
        potentials.append(w)
        current = full.createVecLeft()
        full.mult(w, current)
        currents.append(current)
    conductance = np.array([[u.dot(c) for c in currents] for u in potentials])
    impedance = np.linalg.inv(conductance)
    driven = [potentials[0].duplicate() for _ in range(n)]
    for j in range(n):
        driven[j].set(0.0)
        driven[j].maxpy(impedance[:, j], potentials)
    clock.lap("solve_s")

    if comm.rank == 0:
        # Unknowns as the other side counts them: contacts one each, the ground none.
        result = {"ranks": comm.size, "tetrahedra": mesh.topology.index_map(3).size_global,
                  "nodes": space.dofmap.index_map.size_global, "iterations": iterations, **clock.seconds,
                  "total_s": sum(clock.seconds.values()), "impedance": impedance.tolist()}
        print(json.dumps(result))


if __name__ == "__main__":
    main()
