#!/usr/bin/python3
"""Writes configs/reference.md: every key of a study, from the declarations in the code.

    scripts/make_reference.py [--program build/dev/apps/foramen/foramen] [--check]

A study declares the keys that it reads, and no study reads all: this asks `foramen check --manual` of
every study in configs/studies and joins the answers. --check compares instead of writing.
"""

import argparse
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "configs" / "reference.md"


def sections(manual):
    """{heading: (text, [table rows])} of one manual, in its order."""
    found = {}
    heading, text, rows = "", [], []
    for line in manual.splitlines():
        if line.startswith("## "):
            found[heading] = (text, rows)
            heading, text, rows = line, [], []
        elif line.startswith("|"):
            rows.append(line)
        else:
            text.append(line)
    found[heading] = (text, rows)
    return found


def key_of(row):
    return row.split(" | ")[0]


def joined(manuals):
    """All sections and all keys; the first manual that has one decides its text and place."""
    total = {}
    for manual in manuals:
        previous = None
        for heading, (text, rows) in sections(manual).items():
            if heading in total:
                known = {key_of(row) for row in total[heading][1]}
                total[heading][1].extend(row for row in rows if key_of(row) not in known)
            else:  # behind the section that it follows there
                order = list(total.items())
                at = next((i + 1 for i, (h, _) in enumerate(order) if h == previous), len(order))
                order.insert(at, (heading, (text, list(rows))))
                total = dict(order)
            previous = heading
    parts = []
    for heading, (text, rows) in total.items():
        prose = "\n".join(([heading] if heading else []) + text).strip()
        parts.append(prose + ("\n\n" + "\n".join(rows) if rows else ""))
    return "\n\n".join(parts) + "\n"


def manual_of(program, study):
    answer = subprocess.run([program, "check", study, "--manual"], cwd=ROOT, text=True,
                            capture_output=True, check=False)
    if answer.returncode != 0:
        sys.exit(f"{study}: {answer.stderr.strip()}")
    return answer.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "build/dev/apps/foramen/foramen"))
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    studies = sorted((ROOT / "configs" / "studies").glob("*.toml"))
    text = joined(manual_of(arguments.program, study) for study in studies)
    if not arguments.check:
        REFERENCE.write_text(text, encoding="utf-8")
        print(f"written: {REFERENCE}")
        return 0
    if REFERENCE.is_file() and REFERENCE.read_text(encoding="utf-8") == text:
        print("reference: configs/reference.md is what the program says")
        return 0
    print("configs/reference.md is not what the program says\n"
          "  remedy: run scripts/make_reference.py and commit the file")
    return 1


if __name__ == "__main__":
    sys.exit(main())
