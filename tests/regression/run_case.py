"""Did results move? Runs a case's study and compares summary.csv with expected.csv.

    run_case.py FORAMEN CASE_FOLDER [--update]

case.toml names the study (a file beside it, or of configs/studies), overrides, and the tolerance of every
column: "exact", or a relative number. A change beyond it fails with the row and column; when the change
is meant, --update rewrites expected.csv, and CHANGELOG.md says by how much results changed.
"""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import tomllib


def rows(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def differs(expected, found, tolerance):
    if tolerance == "exact":
        return expected != found
    if expected == "" or found == "":
        return expected != found
    difference = abs(float(found) - float(expected))
    if isinstance(tolerance, dict):
        return difference > tolerance["absolute"]
    return difference > tolerance * abs(float(expected))


def main():
    foramen, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    case = tomllib.loads((folder / "case.toml").read_text())
    root = pathlib.Path(__file__).resolve().parents[2]
    study = folder / case["study"]
    if not study.exists():
        study = root / "configs/studies" / case["study"]
    with tempfile.TemporaryDirectory() as out:
        command = [foramen, "run", study, "--out", out, "--cache", f"{out}/cache"]
        for assignment in case.get("set", []):
            command += ["--set", assignment]
        subprocess.run(command, check=True, env=dict(os.environ), stdout=subprocess.DEVNULL)
        found = rows(f"{out}/summary.csv")
        if "--update" in sys.argv:
            (folder / "expected.csv").write_bytes(pathlib.Path(f"{out}/summary.csv").read_bytes())
            return
    expected = rows(folder / "expected.csv")
    problems = []
    if len(expected) != len(found) or expected[0].keys() != found[0].keys():
        problems.append("other rows or columns than expected.csv")
    else:
        untested = set(expected[0]) - set(case["tolerance"])
        if untested:
            problems.append(f"no tolerance for {sorted(untested)}")
        for i, (old, new) in enumerate(zip(expected, found)):
            for column, tolerance in case["tolerance"].items():
                if differs(old[column], new[column], tolerance):
                    problems.append(f"row {i} ({new['programme']}), {column}: expected {old[column]}, "
                                    f"found {new[column]}, tolerance {tolerance}")
    if problems:
        sys.exit("results moved:\n  " + "\n  ".join(problems))
    print(f"{len(found)} rows as expected")


main()
