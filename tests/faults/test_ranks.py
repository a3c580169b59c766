"""`foramen run` under mpirun: the same numbers on any number of ranks, and mistakes end all of them."""

import subprocess

import foramen_process
import h5py
from foramen_process import MESH_STUDY, Case, main, thresholds


class RunOnRanks(Case):
    study = MESH_STUDY

    def setUp(self):
        super().setUp()
        self.environment.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")

    def on_ranks(self, ranks, *arguments):
        self.environment["FORAMEN_CACHE"] = str(self.folder / f"cache{ranks}")
        return subprocess.run(["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks),
                               foramen_process.FORAMEN, *map(str, arguments)], env=self.environment,
                              cwd=self.folder, capture_output=True, text=True, timeout=300)

    def test_ranks_do_not_change_a_bit(self):
        found = []
        for ranks in (1, 2, 3):
            run = self.on_ranks(ranks, "run", "study.toml", "--out", f"r{ranks}", "--threads", 1)
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertEqual(run.stdout.count("results.h5"), 1, "one rank writes")
            found.append(thresholds(self.folder / f"r{ranks}/results.h5"))
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0], found[2])

    def test_a_mesh_that_follows_its_lead_is_the_first_ranks(self):
        pose = ("run", "study.toml", "--threads", 1, "--set", 'lead.mesh_pose.clearance="1.1 mm"')
        alone, both = (self.on_ranks(ranks, *pose, "--out", f"p{ranks}") for ranks in (1, 2))
        self.assertEqual((alone.returncode, both.returncode), (0, 0), both.stderr)
        self.assertEqual(thresholds(self.folder / "p1/results.h5"), thresholds(self.folder / "p2/results.h5"))
        said = "the first rank solves alone where a mesh follows its lead"
        self.assertIn(said, (self.folder / "p2/run.log").read_text())
        self.assertNotIn(said, (self.folder / "p1/run.log").read_text())

    def test_refinement_where_it_matters_does_not_depend_on_ranks(self):
        run = ("run", "study.toml", "--threads", 1, "--set")
        self.assertEqual(self.on_ranks(1, *run, "field.boundary=open", "--out", "first").returncode, 0)
        with h5py.File(self.folder / "first/results.h5") as f:
            error = f["field"].attrs["reported_field_error"]
        wanted = (*run, f'field.accuracy="{80 * error:.6f} %"')
        alone, both = (self.on_ranks(ranks, *wanted, "--out", f"a{ranks}") for ranks in (1, 2))
        self.assertEqual((alone.returncode, both.returncode), (0, 0), both.stderr)
        self.assertIn("refining where it matters", (self.folder / "a2/run.log").read_text())
        self.assertEqual(thresholds(self.folder / "a1/results.h5"), thresholds(self.folder / "a2/results.h5"))

    def test_a_mistake_is_said_once_and_ends_all(self):
        run = self.on_ranks(2, "run", "study.toml", "--set", "field.resolutio=draft")
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertEqual(run.stderr.count("unknown key"), 1, run.stderr)

    def test_a_mesher_that_fails_is_said_once_and_ends_all(self):
        run = self.on_ranks(2, "run", "study.toml", "--set", "field.mesher_time_limit=1 s",
                            "--set", "field.refine=4")
        self.assertEqual(run.returncode, 3, run.stderr)
        self.assertEqual(run.stderr.count("remedy"), 1, run.stderr)


main()
