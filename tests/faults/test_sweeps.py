"""Sweeps: shards, resume, merge, points that fail."""

import signal
import subprocess

from foramen_process import POINT_STUDY, TWO_LEADS, Case, main


SWEEP = POINT_STUDY + '\n[sweep]\n"lead.clearance" = ["0.5 mm", "1 mm", "2 mm"]\n' \
                      '"lead.position" = ["0 mm", "5 mm"]\n'


class Sweeps(Case):
    study = SWEEP

    def merged(self, folder):
        import h5py

        with h5py.File(self.folder / folder / "merged.h5", "r") as f:
            motor = f["summary/motor"]
            self.assertEqual(motor.shape[:2], (3, 2))
            self.assertEqual([d.label for d in motor.dims][:2], ["lead.clearance", "lead.position"])
            clearance = f["axes/lead.clearance"]
            self.assertEqual([v.decode() for v in clearance[()]], ["0.5 mm", "1 mm", "2 mm"])
            return motor[()]

    def test_shards_give_what_one_run_gives(self):
        one = self.run_foramen("sweep", "study.toml", "--out", "one")
        self.assertEqual(one.returncode, 0, one.err)
        for i in range(2):
            part = self.run_foramen("sweep", "study.toml", "--out", "two", "--shard", f"{i}/2",
                                    "--cache", "other")
            self.assertEqual(part.returncode, 0, part.err)
        for folder in ("one", "two"):
            merge = self.run_foramen("merge", folder)
            self.assertEqual(merge.returncode, 0, merge.err)
        first, second = self.merged("one"), self.merged("two")
        self.assertEqual(first.tobytes(), second.tobytes())
        self.assertTrue((first[2] > first[0]).all(), "farther leads need more current")

    def test_a_killed_sweep_resumes(self):
        process = self.start("sweep", "study.toml", "--out", "out")
        try:
            process.communicate(timeout=0.7)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        self.assertEqual(self.run_foramen("sweep", "study.toml", "--out", "out").returncode, 0)
        third = self.run_foramen("sweep", "study.toml", "--out", "out")
        self.assertIn("6 were there already", third.out)

    def test_keys_of_a_named_lead_are_swept_as_those_of_a_lead_alone(self):
        import h5py

        self.write(TWO_LEADS.replace('["each"]', '["caudal:E4- case+", "cranial:E2- caudal:E4+"]') +
                   '\n[sweep]\n"leads.caudal.clearance" = ["1 mm", "2 mm", "3 mm"]\n')
        sweep = self.run_foramen("sweep", "study.toml", "--out", "out")
        self.assertEqual(sweep.returncode, 0, sweep.err)
        self.assertIn("leads.caudal.clearance", sweep.out)
        self.assertEqual(self.run_foramen("merge", "out").returncode, 0)
        with h5py.File(self.folder / "out/merged.h5", "r") as f:
            motor = f["summary/motor"][()]
            self.assertEqual(motor.shape[:2], (3, 2))
            self.assertTrue((motor[1:, 0, 0] > motor[:-1, 0, 0]).all(), "farther leads need more current")
        with h5py.File(self.folder / "out/points/0002/results.h5", "r") as f:
            self.assertEqual([n.decode() for n in f["lead/name"][()]], ["cranial", "caudal"])
            self.assertEqual(f["lead/tip"].shape, (2, 3))
            self.assertEqual(f["lead/contact"][4].decode(), "caudal:E1")
            self.assertEqual(list(f["lead/contact_lead"][()]), 4 * [0] + 8 * [1])

    def test_merging_an_unfinished_sweep_names_what_is_missing(self):
        self.run_foramen("sweep", "study.toml", "--out", "out", "--shard", "0/2")
        self.refused(3, "3 of 6 points are missing", arguments=("merge", "out"))

    def test_a_point_that_fails_does_not_stop_the_others(self):
        self.write(SWEEP.replace('"2 mm"]', '"0.001 mm"]'))
        sweep = self.run_foramen("sweep", "study.toml", "--out", "out")
        self.assertEqual(sweep.returncode, 2, sweep.err)
        self.assertIn("4 of 6 points finished", sweep.out)
        self.assertIn("lead.clearance=0.001 mm", sweep.err)

    def test_a_sweep_without_axes_is_refused(self):
        self.write(POINT_STUDY)
        self.refused(2, "has no [sweep]", arguments=("sweep", "study.toml", "--out", "out"))

    def test_an_axis_with_a_misspelled_key_is_refused_before_any_work(self):
        self.write(SWEEP.replace("lead.position", "lead.positon"))
        self.refused(2, "positon", arguments=("sweep", "study.toml", "--out", "out"))


main()
