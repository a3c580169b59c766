"""Killed at any moment, a rerun completes and gives the same thresholds bit for bit."""

import signal
import subprocess
import time

from foramen_process import MESH_STUDY, Case, main, thresholds


class Kills(Case):
    study = MESH_STUDY

    def test_kill_9_at_any_moment_then_rerun(self):
        self.environment["FORAMEN_CACHE"] = str(self.folder / "reference_cache")
        begin = time.monotonic()
        whole = self.run_foramen("run", "study.toml", "--out", "whole")
        duration = time.monotonic() - begin
        self.assertEqual(whole.returncode, 0, whole.err)
        expected = thresholds(self.folder / "whole/results.h5")

        self.environment["FORAMEN_CACHE"] = str(self.folder / "cache")
        killed = 0
        for part in (0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9):
            process = self.start("run", "study.toml", "--out", "broken")
            try:
                process.communicate(timeout=part * duration)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                killed += 1
        self.assertGreaterEqual(killed, 3, "the runs ended before they could be killed")
        last = self.run_foramen("run", "study.toml", "--out", "broken")
        self.assertEqual(last.returncode, 0, last.err)
        self.assertEqual(thresholds(self.folder / "broken/results.h5"), expected)
        self.assertIn("reused from the cache", (self.folder / "broken/run.log").read_text())

    def test_a_signal_stops_at_the_next_checkpoint_and_the_rerun_resumes(self):
        process = self.start("run", "study.toml", "--out", "out")
        log = self.folder / "out/run.log"  # written once signals are caught
        deadline = time.monotonic() + 60
        while not log.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=300)
        self.assertEqual(process.returncode, 75, err)
        self.assertIn("run again to resume", err)
        self.assertFalse((self.folder / "out/results.h5").exists())
        again = self.run_foramen("run", "study.toml", "--out", "out")
        self.assertEqual(again.returncode, 0, again.err)

    def test_threads_do_not_change_a_bit(self):
        found = []
        for threads in (1, 2):
            self.environment["FORAMEN_CACHE"] = str(self.folder / f"cache{threads}")
            run = self.run_foramen("run", "study.toml", "--out", f"t{threads}", "--threads", threads)
            self.assertEqual(run.returncode, 0, run.err)
            found.append(thresholds(self.folder / f"t{threads}/results.h5"))
        self.assertEqual(found[0], found[1])

    def test_a_second_programme_reuses_mesh_and_field(self):
        self.assertEqual(self.run_foramen("run", "study.toml", "--out", "one").returncode, 0)
        self.write(self.study + '\n[programmes.tonic]\nrate = "60 Hz"\ncontacts = ["E1- E2+"]\n'
                   'pulse = { shape = "monophasic", width = "100 us" }\n')
        two = self.run_foramen("run", "study.toml", "--out", "two")
        self.assertEqual(two.returncode, 0, two.err)
        log = (self.folder / "two/run.log").read_text()
        for stage in ("mesh", "field", "potentials"):
            self.assertRegex(log, rf"{stage} [0-9a-f]+: reused from the cache")
        self.assertRegex(log, r"thresholds [0-9a-f]+: computed")


main()
