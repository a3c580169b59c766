#!/usr/bin/python3
"""Does the field's part of a threshold's interval hold the answer of a much finer mesh?

    field_intervals.py --foramen PROGRAM [--cases 40] [--first 1] [--refine 1.5] > intervals.csv

Each case draws a lead, its pose, an encapsulation, a medium (isotropic or along the nerve), fascicles, a fibre diameter and
a contact configuration. Its thresholds are computed twice with the same fibres and the same time step, so that only the field
differs: as anybody would, with the estimate, and with all sizes divided by --refine, the domain's radius half as much again and
an open boundary. A case is held when the current that recruits a tenth of its fibres lies in the interval; single fibres are
counted beside it. Brackets are 0.1 % wide.

One row per case: the case, the estimated and the true change of the reported threshold (per cent), whether it was held, and how
many of its fibres were.
"""

import argparse
import pathlib
import random
import subprocess
import sys
import tempfile

import h5py
import numpy

LEADS = ("octrode", "linear_st_8", "vectris_compact", "medtronic_standard", "axonics_tined_4", "drg_slimtip",
         "linear_3_4", "linear_3_6")
TOLERANCE = 1e-3

STUDY = """
seed = {seed}
[anatomy]
model = "homogeneous"
{medium}
[anatomy.nerve]
diameter = "{nerve:.2f} mm"
length = "90 mm"
foramen_position = "45 mm"
endoneurium = "endoneurium"
epineurium = "epineurium"
[anatomy.nerve.fascicles]
layout = "packed"
count = {fascicles}
area_fraction = {filled}
[anatomy.domain]
radius = "{radius} mm"
centre = ["0 mm", "0 mm", "0 mm"]
[lead]
model = "{lead}"
clearance = "{clearance:.3f} mm"
angle = "{angle:.0f} deg"
position = "{position:.1f} mm"
tilt = "{tilt:.0f} deg"
encapsulation = {{ thickness = "{shell:.2f} mm" }}
[field]
{field}
[populations.fibres]
role = "motor"
model = "mrg"
diameter = "{diameter:.1f} um"
count = {count}
[programmes.motor]
contacts = ["{contacts}"]
pulse = {{ shape = "{shape}", width = "{width:.0f} us" }}
[thresholds]
fractions = [0.1]
tolerance = {tolerance}
ceiling = "1 A"
[output]
field_file = false
fibre_file = false
slice_extent = "2 mm"
"""


def draw(seed):
    """A case's values, the same for every machine."""
    r = random.Random(seed)
    case = {
        "seed": seed,
        "medium": r.choice(('conductivity = "0.2 S/m"', 'conductivity = "0.05 S/m"',
                            'along = "0.5 S/m"\nacross = "0.15 S/m"')),
        "nerve": r.uniform(2.0, 5.0),
        "fascicles": r.randint(1, 6),
        "filled": 0.1,
        "lead": r.choice(LEADS),
        "clearance": 0.2 * 15.0 ** r.random(),  # 0.2 to 3 mm
        "angle": r.uniform(0, 360),
        "position": r.uniform(-6, 6),
        "tilt": r.choice((0, 0, r.uniform(0, 30), r.uniform(30, 60))),
        "shell": r.choice((0.0, 0.0, r.uniform(0.1, 0.4))),
        "diameter": r.uniform(4, 16),
        "contacts": r.choice(("E2- case+", "E1- E2+", "E2- E3+", "E1+ E2- E3+")),
        "shape": r.choice(("monophasic", "biphasic")),
        "width": r.choice((60, 210, 450)),
        "count": 20,
        "tolerance": TOLERANCE,
    }
    case["clearance"] += case["shell"]  # it is told from the bare lead
    return case


def run(foramen, folder, study, cache):
    """Thresholds and field errors of the fibres, and the reported current with its unknowns."""
    path = folder / "study.toml"
    path.write_text(study)
    done = subprocess.run([foramen, "run", path, "--out", folder / "out", "--cache", cache],
                          capture_output=True, text=True)
    if done.returncode not in (0, 5):
        raise RuntimeError(done.stderr[-2000:])
    with h5py.File(folder / "out/results.h5") as f:
        group = f["populations/fibres"]
        return (group["threshold"][0], group["field_error"][0], f["summary/motor"][0, 0],
                f["field"].attrs["unknowns"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--foramen", required=True)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--refine", type=float, default=1.5)
    arguments = parser.parse_args()
    foramen = pathlib.Path(arguments.foramen).resolve()
    print("case,lead,clearance_mm,tilt_deg,diameter_um,contacts,unknowns,refined_unknowns,"
          "threshold_mA,estimated_percent,true_percent,held,fibres,fibres_held")
    held = fibres_held = fibres = 0
    for seed in range(arguments.first, arguments.first + arguments.cases):
        case = draw(seed)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            threshold, error, reported, unknowns = run(
                foramen, folder, STUDY.format(radius=60, field="", **case), folder / "cache")
            finer = f'refine = {arguments.refine}\nestimate = false\nboundary = "open"'
            truth, _, true_reported, refined = run(
                foramen, folder, STUDY.format(radius=90, field=finer, **case), folder / "cache")
        change = numpy.abs(truth / threshold - 1)
        inside = change <= error + 2 * TOLERANCE
        # The reported current is a fibre's threshold.
        which = int(numpy.argmin(numpy.abs(threshold - reported)))
        of_reported = abs(true_reported / reported - 1)
        case_held = of_reported <= error[which] + 2 * TOLERANCE
        held += case_held
        fibres += len(change)
        fibres_held += int(inside.sum())
        print(seed, case["lead"], f"{case['clearance']:.3f}", f"{case['tilt']:.0f}", f"{case['diameter']:.1f}",
              case["contacts"], unknowns, refined, f"{reported:.4f}", f"{100 * error[which]:.3f}",
              f"{100 * of_reported:.3f}", int(case_held), len(change), int(inside.sum()), sep=",", flush=True)
    print(f"held: {held} of {arguments.cases} cases, {fibres_held} of {fibres} fibres", file=sys.stderr)


if __name__ == "__main__":
    main()
