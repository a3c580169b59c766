"""Is a scene the same on a mesh of one's own as on the program's?

The scene of configs/studies/own_mesh.toml, from the mesh that Gmsh makes of meshes/ring_lead.geo and, without
`field.mesh`, from the program's own mesh.
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests/faults"), str(ROOT / "meshes")]

import h5py  # noqa: E402
import make_meshes  # noqa: E402
import numpy  # noqa: E402
from foramen_process import Case, main  # noqa: E402


class OwnMesh(Case):
    study = (ROOT / "configs/studies/own_mesh.toml").read_text()

    def results(self, mesh):
        study = self.study.replace("../../meshes/ring_lead.msh", str(mesh))
        if mesh is None:
            study = "".join(line for line in self.study.splitlines(True)
                            if not line.startswith("mesh"))
        self.write(study.replace("count = 60", "count = 20"))
        run = self.run_foramen("run", "study.toml", "--out", "out", "--set",
                               "output.field_file=false", "--set", "field.estimate=false")
        self.assertEqual(run.returncode, 0, run.err)
        with h5py.File(self.folder / "out/results.h5") as f:
            thresholds = [f[f"populations/{p}/threshold"][()].ravel()
                          for p in ("alpha_motor", "a_beta")]
            return f["field/impedance"][()], numpy.concatenate(thresholds)

    def test_same_scene(self):
        ours, thresholds = self.results(None)
        errors = []
        for factor in (1.0, 0.55):
            mesh = self.folder / "curved.msh"
            make_meshes.make(ROOT / "meshes/ring_lead.geo", mesh, order=2, binary=True,
                             size_factor=factor)
            impedance, found = self.results(mesh)
            errors.append(abs(numpy.diag(impedance) / numpy.diag(ours) - 1).max())
            ratio = found / thresholds - 1
            print(f"{factor}: contact impedances {errors[-1]:.2%}, thresholds {ratio.mean():+.2%}, "
                  f"at most {abs(ratio).max():.2%}")
        # Edges of 0.3 mm at the contacts and their halves, where the program has 0.1 mm and is itself
        # within 0.1 %: measured 1.4 and 0.24 %. Sizes fall by 1.8, the singular error by at least as much.
        self.assertLess(errors[0], 0.02)
        self.assertLess(errors[1], 0.005)
        self.assertLess(errors[1], errors[0] / 1.8)
        # Two brackets of 1 %; the nerve's potential is within some tenths of a per cent.
        self.assertLess(abs(ratio).max(), 0.02)
        self.assertLess(abs(ratio.mean()), 0.01)

    def test_straight_elements(self):
        """The committed mesh: facets make the fascicle 10 % thinner, and its fibres' thresholds lower."""
        ours, thresholds = self.results(None)
        impedance, found = self.results(ROOT / "meshes/ring_lead.msh")
        self.assertLess(abs(numpy.diag(impedance) / numpy.diag(ours) - 1).max(), 0.01)
        self.assertLess(abs(found / thresholds - 1).max(), 0.08)

    def test_example_is_reproducible(self):
        """What Gmsh makes of the committed geometry is the committed mesh."""
        self.assertEqual(make_meshes.main(["--check"]), 0)


main()
