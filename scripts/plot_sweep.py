#!/usr/bin/python3
"""Pictures of a merged sweep: the threshold against each axis, and where capture is lost.

    scripts/plot_sweep.py results/migration/merged.h5 [--out DIR] [--format png|pdf|svg]

Draws, for the best programme, the motor (else sensory) threshold along the first axis, a line per
value of the second; and with thresholds.capture_amplitude in the study, the fraction captured.
Needs h5py and matplotlib (Debian: python3-h5py python3-matplotlib), no display.
"""

import argparse
import pathlib
import sys

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter


def numbers(values):
    """Axis values as numbers with their unit, or as places 0, 1, 2, ... when they are words."""
    words = [v.decode().split() for v in values]
    try:
        return np.array([float(w[0]) for w in words]), words[0][1] if len(words[0]) > 1 else ""
    except ValueError:
        return np.arange(len(words)), ""


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("merged")
    parser.add_argument("--out", help="folder of the pictures (default: figures beside the file)")
    parser.add_argument("--format", default="png", choices=["png", "pdf", "svg"])
    arguments = parser.parse_args()
    path = pathlib.Path(arguments.merged)
    try:
        f = h5py.File(path, "r")
        axes = list(f["axes"])
        names = [d.label for d in f["summary/motor"].dims]
    except (OSError, KeyError) as problem:
        sys.exit(f"error: {path}: not a merged sweep ({problem})\n  remedy: foramen merge FOLDER")
    order = [n for n in names if n in axes][:2]
    role = "motor" if (f["summary/motor_status"][()] == 0).any() else "sensory"
    unit = f[f"summary/{role}"].attrs["units"]
    unit = unit.decode() if isinstance(unit, bytes) else unit
    found = f[f"summary/{role}_status"][()] == 0
    current = np.where(found, f[f"summary/{role}"][()], np.nan)
    # Axes beyond the second at their first value; the programme with the lowest threshold; the
    # smallest fraction.
    while current.ndim > len(order) + 2:
        current = np.take(current, 0, axis=len(order))
    programme = int(np.nanargmin(np.nanmin(current.reshape(-1, *current.shape[-2:])[..., 0], axis=0)))
    current = current[..., programme, 0]
    if current.ndim == 1:
        current = current[:, None]
    x, x_unit = numbers(f[f"axes/{order[0]}"][()])
    lines = [v.decode() for v in f[f"axes/{order[1]}"][()]] if len(order) > 1 else [""]

    captured = None
    if f"summary/{role}_captured" in f:
        captured = f[f"summary/{role}_captured"][()]
        while captured.ndim > len(order) + 1:
            captured = np.take(captured, 0, axis=len(order))
        captured = captured[..., programme].reshape(current.shape)
    figure, panels = plt.subplots(1, 1 if captured is None else 2, squeeze=False,
                                  figsize=(5.4 if captured is None else 10.4, 4.0))
    for i, label in enumerate(lines):
        colour = plt.get_cmap("viridis")(i / max(1, len(lines) - 1) * 0.9)
        panels[0][0].plot(x, current[:, i], "o-", color=colour, label=label)
        if captured is not None:
            panels[0][1].plot(x, 100 * captured[:, i], "o-", color=colour, label=label)
    panels[0][0].set_yscale("log")
    panels[0][0].yaxis.set_major_locator(LogLocator(subs=(1, 2, 3, 5, 7)))
    panels[0][0].yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    panels[0][0].yaxis.set_minor_formatter(NullFormatter())
    fraction = f["summary/fraction"][0]
    panels[0][0].set_ylabel(f"{role} threshold, {100 * fraction:g} % ({unit})")
    if captured is not None:
        amplitude = f["summary"].attrs[f"capture_amplitude_{unit}"]
        panels[0][1].set_ylabel(f"{role} fibres captured at {amplitude:g} {unit} (%)")
        for panel, level in ((panels[0][0], amplitude), (panels[0][1], 100 * fraction)):
            panel.axhline(level, color="0.4", lw=0.8, ls="--")
            panel.annotate("capture lost " + ("above" if panel is panels[0][0] else "below"),
                           (0.01, level), xycoords=("axes fraction", "data"), xytext=(0, 2),
                           textcoords="offset points", fontsize=8, color="0.3")
        panels[0][1].set_ylim(bottom=0)
    for panel in panels[0]:
        panel.set_xlabel(f"{order[0]} ({x_unit})" if x_unit else order[0])
        panel.set_xticks(x)
        panel.grid(alpha=0.3)
    if len(lines) > 1:
        panels[0][-1].legend(title=order[1], fontsize=8, loc="center left", bbox_to_anchor=(1.02, 0.5))
    name = f["programmes/name"][programme].decode()
    figure.suptitle(f"{f['meta'].attrs['title']}\n{name}", fontsize=10)
    figure.tight_layout()
    folder = pathlib.Path(arguments.out) if arguments.out else path.parent / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"sweep.{arguments.format}"
    figure.savefig(target, dpi=200, bbox_inches="tight")
    print(f"written: {target}")


if __name__ == "__main__":
    main()
