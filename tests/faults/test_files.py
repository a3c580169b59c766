"""Files and disks that fail: one message, exit code 3, nothing already computed is lost."""

import os
import resource
import signal

from foramen_process import POINT_STUDY, Case, main, thresholds


def small_files():
    """Files beyond 20 kB cannot be written: what a full disk looks like to a program."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))


class Files(Case):
    def test_full_disk_and_then_space_again(self):
        self.refused(3, "results.h5: cannot be written", "free at least", arguments=("run", "study.toml", "--out", "out"),
                     preexec_fn=small_files)
        self.assertFalse((self.folder / "out/results.h5").exists())
        again = self.run_foramen("run", "study.toml", "--out", "out")
        self.assertEqual(again.returncode, 0, again.err)
        self.assertRegex((self.folder / "out/run.log").read_text(),
                         r"thresholds [0-9a-f]+: reused from the cache")

    def test_unwritable_output(self):
        (self.folder / "file").write_text("x")
        self.refused(3, "file/out", "the folder cannot be made", "--out DIR",
                     arguments=("run", "study.toml", "--out", "file/out"))

    def test_unwritable_cache(self):
        (self.folder / "file").write_text("x")
        self.refused(3, "the cache folder cannot be made", "--cache DIR",
                     arguments=("run", "study.toml", "--out", "out", "--cache", "file/cache"))

    def test_flipped_bytes_in_the_cache(self):
        self.assertEqual(self.run_foramen("run", "study.toml", "--out", "a").returncode, 0)
        for artefact in (self.folder / "cache").glob("*.bin"):
            content = bytearray(artefact.read_bytes())
            content[len(content) // 2] ^= 0x10
            artefact.write_bytes(content)
        again = self.run_foramen("run", "study.toml", "--out", "b")
        self.assertEqual(again.returncode, 0, again.err)
        self.assertIn("does not match its checksum", again.err)
        self.assertIn("set aside and computed again", again.err)
        self.assertEqual(thresholds(self.folder / "a/results.h5"),
                         thresholds(self.folder / "b/results.h5"))

    def test_half_written_results(self):
        self.assertEqual(self.run_foramen("run", "study.toml", "--out", "a").returncode, 0)
        whole = (self.folder / "a/results.h5").read_bytes()
        (self.folder / "half.h5").write_bytes(whole[:len(whole) // 2])
        self.refused(3, "half.h5", arguments=("show", "half.h5"))
        self.refused(3, "none.h5", arguments=("show", "none.h5"))
        (self.folder / "text.h5").write_text("hello")
        self.refused(3, "text.h5", arguments=("show", "text.h5"))

    def test_show_gives_the_table_and_a_configuration_that_runs_again(self):
        first = self.run_foramen("run", "study.toml", "--out", "a")
        shown = self.run_foramen("show", "a/results.h5")
        self.assertEqual(shown.returncode, 0, shown.err)
        self.assertIn(first.out.split("\nwritten:")[0].strip(), shown.out)
        config = self.run_foramen("show", "a/results.h5", "--config")
        (self.folder / "again.toml").write_text(config.out)
        again = self.run_foramen("run", "again.toml", "--out", "b")
        self.assertEqual(again.returncode, 0, again.err)
        self.assertEqual(thresholds(self.folder / "a/results.h5"),
                         thresholds(self.folder / "b/results.h5"))

    def test_mesher_missing(self):
        self.write(POINT_STUDY.replace('"point_sources"', '"finite_elements"'))
        self.environment["FORAMEN_MESHER"] = "/nowhere/foramen-mesher"
        self.refused(3, "/nowhere/foramen-mesher", arguments=("run", "study.toml", "--out", "out"))

    def test_no_display_no_network_no_home(self):
        for name in ("DISPLAY", "HOME", "XDG_CACHE_HOME"):
            self.environment.pop(name, None)
        run = self.run_foramen("run", "study.toml", "--out", "out", "--cache", "c")
        self.assertEqual(run.returncode, 0, run.err)

    def test_init_does_not_overwrite(self):
        made = self.run_foramen("init", "mine.toml")
        self.assertEqual(made.returncode, 0, made.err)
        self.assertEqual(self.run_foramen("check", "mine.toml").returncode, 0)
        self.refused(2, "mine.toml", "exists already", arguments=("init", "mine.toml"))

    def test_plain_lines_on_a_pipe(self):
        run = self.run_foramen("run", "study.toml", "--out", "out")
        self.assertNotIn("\r", run.err)
        self.assertNotIn("\033", run.err)
        self.assertIn("thresholds:", run.err)


os.environ.setdefault("HOME", "/tmp")
main()
