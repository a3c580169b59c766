"""Does field.accuracy refine until it is met, and say when it is not? Are estimates where they should be?"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests/faults")]

import h5py  # noqa: E402
from foramen_process import MESH_STUDY, Case, main  # noqa: E402


class Accuracy(Case):
    study = MESH_STUDY.replace('contacts = ["each"]', 'contacts = ["E2- case+"]').replace(
        "[anatomy]\n", '[output]\nfield_file = false\nfibre_file = false\nslice_extent = "2 mm"\n[anatomy]\n', 1)

    def run_with(self, *settings):
        arguments = [word for setting in settings for word in ("--set", setting)]
        run = self.run_foramen("run", "study.toml", "--out", "out", *arguments)
        self.assertEqual(run.returncode, 0, run.err)
        return run, h5py.File(self.folder / "out/results.h5")

    def test_refines_until_it_is_met(self):
        _, f = self.run_with("field.boundary=open")  # as with field.accuracy
        with f:
            before = f["field"].attrs["reported_field_error"]
            unknowns = f["field"].attrs["unknowns"]
            group = f["populations/alpha_motor"]
            self.assertEqual(group["potential_error"].shape, (9, 4))
            self.assertGreater(group["potential_error"][()].min(), 0)
            self.assertGreater(group["second_difference_error"][()].min(), 0)
            self.assertGreater(group["field_error"][()].min(), 0)
            # The interval of the summary is wider than the fibre's bracket by its errors.
            self.assertGreater(f["summary/motor_high"][0, 0], f["summary/motor"][0, 0])
            self.assertNotIn("wanted_accuracy", f["field"].attrs)
        wanted = 0.7 * before
        run, f = self.run_with(f'field.accuracy="{100 * wanted:.6f} %"')
        with f:
            self.assertLessEqual(f["field"].attrs["reported_field_error"], wanted)
            self.assertEqual(f["field"].attrs["accuracy_met"], 1)
            self.assertGreater(f["field"].attrs["meshes"], 1)
            self.assertGreater(f["field"].attrs["unknowns"], unknowns)
        self.assertIn("; met on mesh ", run.out)
        self.assertIn("refining where it matters", (self.folder / "out/run.log").read_text())
        # A fibre is probed in the field that the run ended on: all that it takes is there.
        made = set((self.folder / "cache").iterdir())
        probed = self.probed(f'field.accuracy="{100 * wanted:.6f} %"')
        self.assertEqual(set((self.folder / "cache").iterdir()), made)
        self.assertNotEqual(probed, self.probed("field.boundary=open"))

    def test_a_mesh_that_follows_its_lead_is_refined_everywhere(self):
        pose = 'lead.mesh_pose.clearance="1.1 mm"'
        _, f = self.run_with("field.boundary=open", pose)
        with f:
            wanted = 0.8 * f["field"].attrs["reported_field_error"]
        _, f = self.run_with(f'field.accuracy="{100 * wanted:.6f} %"', pose)
        with f:
            self.assertGreater(f["field"].attrs["refine"], 1)
        self.assertIn("refining everywhere", (self.folder / "out/run.log").read_text())

    def probed(self, *settings):
        arguments = [word for setting in settings for word in ("--set", setting)]
        run = self.run_foramen("probe", "study.toml", "--amplitude", "0.1 mA", "--out", "out", *arguments)
        self.assertEqual(run.returncode, 0, run.err)
        with h5py.File(self.folder / "out/probe.h5") as f:
            return f["field/potential"][()].tolist()

    def test_says_that_it_is_not_met(self):
        run, f = self.run_with('field.accuracy="0.02 %"', "field.max_unknowns=1e4")
        with f:
            self.assertEqual(f["field"].attrs["accuracy_met"], 0)
            self.assertEqual(f["field"].attrs["meshes"], 1)
        self.assertIn("field.accuracy is not met", run.err)
        self.assertIn("more than field.max_unknowns", run.err)
        self.assertIn("remedy: ", run.err)
        self.assertIn("; not met on mesh 1, ", run.out)

    def test_no_estimate_when_not_wanted(self):
        run, f = self.run_with("field.estimate=false")
        with f:
            self.assertNotIn("reported_field_error", f["field"].attrs)
            self.assertEqual(f["populations/alpha_motor/field_error"][()].max(), 0)
            self.assertNotIn("potential_error", f["populations/alpha_motor"])
        self.assertNotIn("comparison", run.err)


if __name__ == "__main__":
    main()
