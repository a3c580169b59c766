#!/usr/bin/python3
"""Pictures of a finished study: anatomy, field, recruitment, threshold maps.

    scripts/plot_study.py results/l5/results.h5 [--out DIR] [--programme NAME] [--format png|pdf|svg]

Needs h5py and matplotlib (Debian: python3-h5py python3-matplotlib), no display.
Every picture is of one programme: the one named, or the configuration with the lowest
threshold of its target, motor programmes first.
"""

import argparse
import pathlib
import sys

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import matplotlib.ticker
import numpy as np
from matplotlib.colors import BoundaryNorm, ListedColormap, LogNorm
from matplotlib.patches import Circle, Patch, Rectangle

# Okabe and Ito's palette, distinguishable with colour-blindness.
ROLE_COLOUR = {"motor": "#D55E00", "sensory": "#0072B2"}
TISSUE_COLOUR = {
    "air": "#FFFFFF", "skin": "#E8C4A8", "fat": "#F7E7A9", "muscle": "#C8736B",
    "psoas": "#C8736B", "bone_cortical": "#CFC8B8", "bone_cancellous": "#E9E2D0",
    "disc": "#9FC5C9", "csf": "#A9D3F2", "dura": "#7D8CA8", "foraminal_fat": "#EFD27A", "epidural_fat": "#F3DC92",
    "encapsulation": "#B7A7D6", "epineurium": "#F2D24B",
    "endoneurium": "#E8A22E", "perineurium": "#8C5A00", "drg": "#D9822B", "root": "#E8A22E",
    "lead": "#303030", "ligament": "#BFB59E",
}
FALLBACK_COLOURS = plt.get_cmap("tab20").colors


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def texts(dataset):
    return [text(v) for v in dataset[()]]


def tissue_colour(name, index):
    for key, colour in TISSUE_COLOUR.items():
        if name == key or name.startswith(key):
            return colour
    return FALLBACK_COLOURS[index % len(FALLBACK_COLOURS)]


def fibre_name(population):
    known = {"alpha_motor": "α-motor", "a_beta": "Aβ", "gamma_motor": "γ-motor", "a_delta": "Aδ"}
    return known.get(population, population.replace("_", " "))


def plain_ticks(axis):
    """0.5, 1, 2, 5, 10 instead of powers of ten."""
    axis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(matplotlib.ticker.FormatStrFormatter("%g"))
    axis.set_minor_formatter(matplotlib.ticker.NullFormatter())


class Study:
    """The parts of results.h5 that the pictures need."""

    def __init__(self, path):
        self.file = h5py.File(path, "r")
        f = self.file
        self.title = text(f["meta"].attrs["title"])
        self.names = texts(f["programmes/name"])
        self.kinds = texts(f["programmes/kind"])
        self.weights = f["programmes/weights"][()]
        self.populations = list(f["populations"])
        self.fascicles = np.column_stack([f["anatomy/fascicle_u"], f["anatomy/fascicle_v"],
                                          f["anatomy/fascicle_radius"]])
        self.nerve_radius = float(f["anatomy/nerve_radius"][()])
        self.lead_uv = f["lead/centre_in_nerve_frame"][()]
        self.lead_radius = 0.5 * float(f["lead/diameter"][()])
        self.ceiling = float(f["recruitment/amplitude"][-1])

    def role(self, population):
        return text(self.file[f"populations/{population}"].attrs["role"])

    def threshold(self, population, programme):
        """Thresholds in mA; infinite where the search found none below its ceiling."""
        group = self.file[f"populations/{population}"]
        status = group["status"][programme]
        found = h5py.check_enum_dtype(group["status"].dtype)["converged"]
        return np.where(status == found, group["threshold"][programme], np.inf)

    def best_programme(self):
        return self.names.index(text(self.file["meta"].attrs["best_programme"]))


def save(figure, folder, name, fmt, written):
    path = folder / f"{name}.{fmt}"
    figure.savefig(path, dpi=200, bbox_inches="tight")
    plt.close(figure)
    written.append(path)


def draw_cross_section(axes, study):
    axes.add_patch(Circle((0, 0), study.nerve_radius, fill=False, color="#8C6D00", lw=1.4))
    for u, v, r in study.fascicles:
        axes.add_patch(Circle((u, v), r, fill=False, color="#8C5A00", lw=0.8))
    axes.add_patch(Circle(study.lead_uv, study.lead_radius, color="#303030", zorder=3))
    axes.annotate("lead", study.lead_uv, color="white", ha="center", va="center", fontsize=7,
                  zorder=4)
    axes.set_aspect("equal")


def tissue_image(axes, group):
    names = texts(group["tissue_name"])
    image = group["tissue"][()]
    present = np.unique(image)
    colours = ListedColormap([tissue_colour(n, i) for i, n in enumerate(names)])
    x, y = group["x"][()], group["y"][()]
    axes.imshow(image, origin="lower", extent=[x[0], x[-1], y[0], y[-1]], cmap=colours,
                norm=BoundaryNorm(np.arange(len(names) + 1) - 0.5, len(names)),
                interpolation="nearest")
    axes.set_aspect("equal")
    return [Patch(facecolor=tissue_colour(names[i], i), edgecolor="0.4", lw=0.4,
                  label=names[i].replace("_", " ")) for i in present]


def plot_anatomy(study, folder, fmt, written):
    if "anatomy/slices" not in study.file:
        return
    slices = study.file["anatomy/slices"]
    contact = text(study.file["lead"].attrs["contact_of_slices"])
    labels = {"axial": ("right (mm)", "anterior (mm)"), "coronal": ("right (mm)", "cranial (mm)"),
              "sagittal": ("anterior (mm)", "cranial (mm)")}
    figure, all_axes = plt.subplots(1, 3, figsize=(13, 4.6))
    legend = {}
    for axes, name in zip(all_axes, ("axial", "coronal", "sagittal")):
        group = slices[name]
        for patch in tissue_image(axes, group):
            legend[patch.get_label()] = patch
        for key, style in (("nerve", dict(color="#7A4E00", lw=1.6)),
                           ("lead", dict(color="black", lw=2.2))):
            line = group[f"{key}_projection"][()]
            axes.plot(line[:, 0], line[:, 1], **style, label=key)
        x, y = group["x"][()], group["y"][()]
        axes.set_xlim(x[0], x[-1])
        axes.set_ylim(y[0], y[-1])
        axes.set_xlabel(labels[name][0])
        axes.set_ylabel(labels[name][1])
        axes.set_title(f"{name} through {contact}", fontsize=10)
    lines, line_names = all_axes[0].get_legend_handles_labels()
    figure.legend(list(legend.values()) + lines, list(legend) + [f"{n} (projected)" for n in line_names],
                  loc="lower center", ncol=7, fontsize=8, frameon=False,
                  bbox_to_anchor=(0.5, -0.13))
    figure.suptitle(study.title, fontsize=11)
    figure.tight_layout()
    save(figure, folder, "anatomy", fmt, written)


def plot_field(study, programme, folder, fmt, written):
    if "field/slices" not in study.file:
        return
    contact = text(study.file["lead"].attrs["contact_of_slices"])
    figure, all_axes = plt.subplots(1, 2, figsize=(12, 4.8), width_ratios=[1, 1.7])
    legend = {}
    for axes, name in zip(all_axes, ("across", "along")):
        group = study.file[f"field/slices/{name}"]
        for patch in tissue_image(axes, group):
            legend[patch.get_label()] = patch
        # For 1 mA cathodic: minus the weighted sum of the unit potentials.
        phi = -np.tensordot(study.weights[programme], group["potential"][()], axes=1)
        phi = np.ma.masked_array(phi, mask=group["inside"][()] == 0)
        x, y = group["x"][()], group["y"][()]
        largest = float(np.abs(phi).max())
        levels = largest * 10 ** np.linspace(-2, 0, 13)[:-1]
        levels = np.concatenate([-levels[::-1], levels])
        lines = axes.contour(x, y, phi, levels=levels, cmap="RdBu_r", linewidths=1.0,
                             norm=matplotlib.colors.SymLogNorm(levels[len(levels) // 2], vmin=-largest,
                                                               vmax=largest))
        axes.clabel(lines, levels[1::4], fontsize=6, fmt=lambda v: f"{v:.3g}")
        axes.set_xlabel("across the nerve (mm)" if name == "across" else "along the lead (mm)")
        axes.set_ylabel("from the nerve towards the lead (mm)" if name == "along"
                        else "across the nerve (mm)")
        axes.set_title({"across": f"cross-section at contact {contact}",
                        "along": "plane of lead and nerve"}[name], fontsize=10)
    figure.legend(list(legend.values()), list(legend), loc="lower center", ncol=7, fontsize=8,
                  frameon=False, bbox_to_anchor=(0.5, -0.12))
    figure.suptitle(f"potential in mV for 1 mA, {study.names[programme]}", fontsize=11)
    figure.tight_layout()
    save(figure, folder, "field", fmt, written)


def plot_recruitment(study, programme, folder, fmt, written):
    kinds = list(dict.fromkeys(study.kinds))
    weights = study.weights[programme]
    figure, all_axes = plt.subplots(1, len(kinds), figsize=(5.2 * len(kinds), 3.8), sharey=True,
                                    squeeze=False)
    amplitude = study.file["recruitment/amplitude"][()]
    for axes, kind in zip(all_axes[0], kinds):
        same = [i for i, k in enumerate(study.kinds)
                if k == kind and np.allclose(study.weights[i], weights)]
        if not same:
            continue
        for population in study.populations:
            role = study.role(population)
            fraction = study.file[f"recruitment/{population}"][same[0]]
            axes.step(amplitude, 100 * fraction, where="post", color=ROLE_COLOUR[role],
                      label=f"{fibre_name(population)} ({role})")
        axes.set_xscale("log")
        plain_ticks(axes.xaxis)
        axes.set_xlabel("amplitude (mA)")
        axes.set_title(study.names[same[0]], fontsize=10)
        axes.grid(alpha=0.3, which="both")
        axes.legend(fontsize=8)
        recruited = [study.threshold(p, same[0]) for p in study.populations]
        finite = np.concatenate([r[np.isfinite(r)] for r in recruited] or [np.array([])])
        if finite.size:
            axes.set_xlim(0.7 * finite.min(), min(1.4 * finite.max(), study.ceiling))
    all_axes[0][0].set_ylabel("fibres recruited (%)")
    figure.suptitle("recruitment", fontsize=11)
    figure.tight_layout()
    save(figure, folder, "recruitment", fmt, written)


def plot_threshold_map(study, programme, folder, fmt, written):
    figure, all_axes = plt.subplots(1, len(study.populations), squeeze=False,
                                    figsize=(5.4 * len(study.populations), 4.6))
    values = {p: study.threshold(p, programme) for p in study.populations}
    finite = np.concatenate([v[np.isfinite(v)] for v in values.values()])
    norm = LogNorm(finite.min(), finite.max()) if finite.size else None
    for axes, population in zip(all_axes[0], study.populations):
        group = study.file[f"populations/{population}"]
        u, v, d = group["u"][()], group["v"][()], group["diameter"][()]
        threshold = values[population]
        good = np.isfinite(threshold)
        draw_cross_section(axes, study)
        dots = axes.scatter(u[good], v[good], c=threshold[good], s=2.2 * d[good], cmap="viridis_r",
                            norm=norm, edgecolors="0.3", linewidths=0.3, zorder=2)
        axes.scatter(u[~good], v[~good], marker="x", color="0.5", s=14, label="above the ceiling")
        reach = 1.15 * max(study.nerve_radius, *np.abs(study.lead_uv) + study.lead_radius)
        axes.set_xlim(-reach, reach)
        axes.set_ylim(-reach, reach)
        axes.set_xlabel("u (mm)")
        axes.set_ylabel("v (mm)")
        axes.set_title(f"{fibre_name(population)} ({study.role(population)})", fontsize=10)
        bar = figure.colorbar(dots, ax=axes, label="threshold (mA)", shrink=0.85)
        plain_ticks(bar.ax.yaxis)
        if (~good).any():
            axes.legend(fontsize=7, loc="lower right")
    figure.suptitle(f"threshold over the nerve's cross-section, {study.names[programme]}; "
                    "dot size: diameter", fontsize=10)
    figure.tight_layout()
    save(figure, folder, "threshold_map", fmt, written)


def plot_threshold_scatter(study, programme, folder, fmt, written):
    figure, (by_distance, by_diameter) = plt.subplots(1, 2, figsize=(10, 3.9), sharey=True)
    for population in study.populations:
        group = study.file[f"populations/{population}"]
        threshold = study.threshold(population, programme)
        good = np.isfinite(threshold)
        colour = ROLE_COLOUR[study.role(population)]
        label = f"{fibre_name(population)} ({study.role(population)})"
        by_distance.scatter(group["distance_to_lead"][()][good], threshold[good], s=12, alpha=0.75,
                            color=colour, label=label)
        by_diameter.scatter(group["diameter"][()][good], threshold[good], s=12, alpha=0.75,
                            color=colour)
    by_distance.set_xlabel("distance to the lead's surface (mm)")
    by_diameter.set_xlabel("fibre diameter (µm)")
    by_distance.set_ylabel("threshold (mA)")
    by_distance.set_yscale("log")
    plain_ticks(by_distance.yaxis)
    for axes in (by_distance, by_diameter):
        axes.grid(alpha=0.3, which="both")
    by_distance.legend(fontsize=8)
    figure.suptitle(f"threshold against distance and diameter, {study.names[programme]}",
                    fontsize=10)
    figure.tight_layout()
    save(figure, folder, "threshold_distance_diameter", fmt, written)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results")
    parser.add_argument("--out", help="folder of the pictures (default: figures beside the file)")
    parser.add_argument("--programme", help="its name as in the result table, e.g. 'motor E3- case+'")
    parser.add_argument("--format", default="png", choices=["png", "pdf", "svg"])
    arguments = parser.parse_args()
    path = pathlib.Path(arguments.results)
    if not path.is_file():
        sys.exit(f"error: {path}: no such file\n  remedy: name the results.h5 of foramen run")
    try:
        study = Study(path)
    except (OSError, KeyError) as problem:
        sys.exit(f"error: {path}: not a whole result file of foramen ({problem})\n"
                 "  remedy: run the study again")
    programme = study.best_programme()
    if arguments.programme:
        if arguments.programme not in study.names:
            sys.exit(f"error: no programme \"{arguments.programme}\"\n  remedy: one of "
                     + ", ".join(study.names))
        programme = study.names.index(arguments.programme)
    folder = pathlib.Path(arguments.out) if arguments.out else path.parent / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for plot in (plot_field, plot_recruitment, plot_threshold_map, plot_threshold_scatter):
        plot(study, programme, folder, arguments.format, written)
    plot_anatomy(study, folder, arguments.format, written)
    for picture in written:
        print(f"written: {picture}")


if __name__ == "__main__":
    main()
