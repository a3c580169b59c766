#!/usr/bin/python3
"""Picture of one watched fibre: potentials, gates and currents over time.

    scripts/plot_probe.py results/study/probe.h5 [--out FILE.png] [--from MS] [--to MS]

Above, the pulse and V of the watched nodes; below, the gates and the currents of the first of
them. Needs h5py and matplotlib (Debian: python3-h5py python3-matplotlib), no display.
"""

import argparse
import pathlib
import sys

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def span(f, arguments):
    """From shortly before the pulse until 1 ms after the last watched spike."""
    time, level = f["time"][()], f["level"][()]
    watched = {int(p.attrs["node"]) for p in f["probes"].values()}
    spikes = [t for t, n in zip(f["spikes/time"][()], f["spikes/node"][()]) if n in watched]
    acting = time[np.abs(level) > 0.0]
    begin = max(0.0, acting[0] - 0.1) if len(acting) else 0.0
    end = (max(spikes) if spikes else (acting[-1] if len(acting) else time[-1])) + 1.0
    begin = arguments.begin if arguments.begin is not None else begin
    end = arguments.end if arguments.end is not None else min(end, time[-1])
    return begin, end


def draw_potentials(axis, f, nodes):
    colours = plt.cm.viridis(np.linspace(0.0, 0.85, len(nodes)))
    for colour, probe in zip(colours, nodes):
        axis.plot(f["time"][()], probe["V"][()], color=colour, lw=1.2,
                  label=f"node {probe.attrs['node']}, {probe.attrs['position_mm']:.2f} mm")
    axis.set_ylabel("V (mV)")
    axis.legend(frameon=False, fontsize=8, loc="upper right")


def draw_group(axis, f, group, label):
    for name in group:
        axis.plot(f["time"][()], group[name][()], lw=1.2, label=name)
    axis.set_ylabel(label)
    axis.legend(frameon=False, fontsize=8, loc="lower right", ncol=1 + len(group) // 7)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("probe")
    parser.add_argument("--out", help="picture (default: probe.png beside the file)")
    parser.add_argument("--from", dest="begin", type=float, help="ms")
    parser.add_argument("--to", dest="end", type=float, help="ms")
    arguments = parser.parse_args()
    path = pathlib.Path(arguments.probe)
    try:
        f = h5py.File(path, "r")
        probes = [f["probes"][name] for name in sorted(f["probes"])]
    except (OSError, KeyError) as problem:
        sys.exit(f"error: {path}: not a probe ({problem})\n  remedy: foramen probe STUDY.toml")
    nodes = [p for p in probes if p.attrs["part"] == "node"] or probes
    shown = nodes[len(nodes) // 2]
    gates = {n: g for n, g in shown.get("gates", {}).items() if g[()].min() > -0.01 and
             g[()].max() < 1.01}
    rows = [0.5, 2.0, 1.2, 1.2] if gates else [0.5, 2.0, 1.2]
    figure, axes = plt.subplots(len(rows), 1, sharex=True, figsize=(7.0, 1.0 + 1.5 * sum(rows)),
                                gridspec_kw={"height_ratios": rows})
    amplitude = f["meta"].attrs["amplitude_mA"]
    axes[0].step(f["time"][()], amplitude * f["level"][()], where="pre", color="black", lw=1.2)
    axes[0].set_ylabel("mA")
    draw_potentials(axes[1], f, nodes)
    if gates:
        draw_group(axes[2], f, gates, f"gates, node {shown.attrs['node']}")
    draw_group(axes[-1], f, shown["currents"], "current (nA)")
    axes[-1].set_xlabel("time (ms)")
    axes[0].set_xlim(*span(f, arguments))
    axes[0].set_title(f"{f['meta'].attrs['population']}, {f['meta'].attrs['model']} of "
                      f"{f['meta'].attrs['diameter_um']:.1f} µm, {f['meta'].attrs['programme']}, "
                      f"{amplitude:.3g} mA", fontsize=10)
    for axis in axes:
        axis.spines[["top", "right"]].set_visible(False)
    figure.align_ylabels(axes)
    figure.tight_layout()
    out = arguments.out or path.with_name("probe.png")
    figure.savefig(out, dpi=160)
    print(f"written: {out}")


if __name__ == "__main__":
    main()
