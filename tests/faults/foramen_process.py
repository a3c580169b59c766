"""Running the program from the fault tests: small studies, temporary folders, whole messages."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

FORAMEN = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else None

# No mesh, a few fibres: a fraction of a second.
POINT_STUDY = """\
title = "small"
seed = 3

[anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"

[lead]
model = "drg_slimtip"
clearance = "1 mm"

[field]
kind = "point_sources"

[populations.alpha_motor]
role = "motor"
model = "mrg"
count = 9

[populations.a_beta]
role = "sensory"
model = "mrg"
count = 9

[programmes.motor]
contacts = ["each"]
pulse = { shape = "biphasic", width = "210 us" }

[thresholds]
tolerance = 0.01
"""

# On opposite sides of the nerve.
TWO_LEADS = POINT_STUDY.replace("[lead]", '[leads.cranial]\nangle = "270 deg"').replace(
    "[field]", '[leads.caudal]\nmodel = "octrode"\nangle = "90 deg"\n\n[field]')

# With a mesh: seconds.
MESH_STUDY = POINT_STUDY.replace(
    'kind = "point_sources"', 'kind = "finite_elements"\nresolution = "draft"')


class Case(unittest.TestCase):
    """A temporary folder with study.toml, its own cache, and the program."""

    study = POINT_STUDY

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="foramen_fault_"))
        self.path = self.folder / "study.toml"
        self.path.write_text(self.study)
        self.environment = dict(os.environ, FORAMEN_CACHE=str(self.folder / "cache"), TERM="dumb")
        self.environment.pop("DISPLAY", None)

    def tearDown(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, text):
        self.path.write_text(text)

    def start(self, *arguments, **keywords):
        return subprocess.Popen([FORAMEN, *map(str, arguments)], env=self.environment,
                                cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, **keywords)

    def run_foramen(self, *arguments, **keywords):
        process = self.start(*arguments, **keywords)
        process.out, process.err = process.communicate(timeout=600)
        return process

    def refused(self, code, *parts, arguments=("check", "study.toml"), **keywords):
        """The command ends with `code`, and its message holds every part, and a remedy."""
        process = self.run_foramen(*arguments, **keywords)
        self.assertEqual(process.returncode, code, process.err + process.out)
        for part in parts:
            self.assertIn(part, process.err)
        self.assertIn("remedy: ", process.err)
        return process


def thresholds(path):
    """Every number of the thresholds in a results.h5, as bytes."""
    import h5py

    found = {}
    with h5py.File(path, "r") as f:
        for name, group in f["populations"].items():
            for key in ("threshold", "below", "status", "firing_node", "latency", "diameter"):
                found[f"{name}/{key}"] = group[key][()].tobytes()
    return found


def main():
    unittest.main(verbosity=2)
