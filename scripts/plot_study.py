#!/usr/bin/python3
"""Pictures of a finished study: anatomy, field, fibres, recruitment, threshold maps.

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
from matplotlib.colors import BoundaryNorm, ListedColormap, LogNorm, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Patch, Polygon
from matplotlib.patheffects import withStroke

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
        self.unit = text(f["summary/motor"].attrs["units"])  # mA, or V where voltages are held
        self.populations = list(f["populations"])
        self.fascicles = np.column_stack([f["anatomy/fascicle_u"], f["anatomy/fascicle_v"],
                                          f["anatomy/fascicle_radius"]])
        self.nerve_radius = float(f["anatomy/nerve_radius"][()])
        self.lead_uv = np.atleast_2d(f["lead/centre_in_nerve_frame"][()])  # a row per lead
        self.lead_radius = 0.5 * np.atleast_1d(f["lead/diameter"][()])
        self.lead_names = texts(f["lead/name"]) if "lead/name" in f else ["lead"]
        self.lead_of = (f["lead/contact_lead"][()] if "lead/name" in f
                        else np.zeros(len(f["lead/contact"]), dtype=int))
        self.lead_axis = f["lead/axis"][()]
        self.axis_of = f["lead/axis_lead"][()]  # the lead of each point of the axes
        self.ceiling = float(f["recruitment/amplitude"][-1])

    def role(self, population):
        return text(self.file[f"populations/{population}"].attrs["role"])

    def threshold(self, population, programme):
        """Thresholds in `unit`; infinite where the search found none below its ceiling."""
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
    for uv, radius, name in zip(study.lead_uv, study.lead_radius, study.lead_names):
        axes.add_patch(Circle(uv, radius, color="#303030", zorder=3))
        axes.annotate(name, uv, color="white", ha="center", va="center", fontsize=7, zorder=4)
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
            parts = [line] if key == "nerve" else [line[study.axis_of == lead]
                                                   for lead in range(len(study.lead_radius))]
            for part in parts:
                axes.plot(part[:, 0], part[:, 1], **style, label=key)
        x, y = group["x"][()], group["y"][()]
        axes.set_xlim(x[0], x[-1])
        axes.set_ylim(y[0], y[-1])
        axes.set_xlabel(labels[name][0])
        axes.set_ylabel(labels[name][1])
        axes.set_title(f"{name} through {contact}", fontsize=10)
    named = dict(zip(*reversed(all_axes[0].get_legend_handles_labels())))
    lines, line_names = list(named.values()), list(named)
    figure.legend(list(legend.values()) + lines, list(legend) + [f"{n} (projected)" for n in line_names],
                  loc="lower center", ncol=7, fontsize=8, frameon=False,
                  bbox_to_anchor=(0.5, -0.13))
    figure.suptitle(study.title, fontsize=11)
    figure.tight_layout()
    save(figure, folder, "anatomy", fmt, written)


def pale(colour, towards_white=0.55):
    """Lines and arrows must stand out from the tissue."""
    return 1.0 - (1.0 - np.array(to_rgb(colour))) * (1.0 - towards_white)


def pale_tissue(axes, group):
    """Tissues as pale areas with thin outlines; returns the legend's patches."""
    names = texts(group["tissue_name"])
    image = group["tissue"][()]
    x, y = group["x"][()], group["y"][()]
    present = np.unique(image)
    colours = np.array([pale(tissue_colour(n, i)) for i, n in enumerate(names)])
    axes.imshow(colours[image], origin="lower", extent=[x[0], x[-1], y[0], y[-1]],
                interpolation="nearest", zorder=0)
    for i in present:
        if names[i] not in ("lead", "endoneurium", "epineurium"):
            axes.contour(x, y, (image == i).astype(float), levels=[0.5], colors="0.55",
                         linewidths=0.5, zorder=1)
    axes.set_aspect("equal")
    return {names[i].replace("_", " "): Patch(facecolor=colours[i], edgecolor="0.55", lw=0.5)
            for i in present if names[i] != "lead"}


def draw_isopotentials(axes, x, y, phi):
    """Three lines per decade, the same for both signs: cathodic blue, anodic red."""
    largest = float(np.abs(phi).max())
    decades = np.arange(-3, 1)
    steps = np.sort(np.concatenate([10.0 ** np.floor(np.log10(largest)) * 10.0 ** decades * s
                                    for s in (1, 2, 5)]))
    steps = steps[(steps < largest) & (steps > largest / 100.0)]
    for sign, colour in ((-1, "#08519C"), (1, "#A50F15")):
        levels = np.sort(sign * steps)
        if not ((phi.min() < levels.max()) and (phi.max() > levels.min())):
            continue
        lines = axes.contour(x, y, phi, levels=levels, colors=colour, linewidths=0.9,
                             linestyles="solid", zorder=3)
        for label in axes.clabel(lines, fontsize=6.5, fmt=lambda v: f"{v:g}", inline=True):
            label.set_zorder(4)


def draw_currents(axes, group, weights):
    """Lines along the part of the current density that lies in the plane, towards the cathode."""
    if "current_density" not in group:
        return
    density = -np.tensordot(weights, group["current_density"][()], axes=1)  # cathodic phase
    u, v = density[..., 0], density[..., 1]
    outside = np.hypot(u, v) == 0
    if outside.all():
        return
    x, y = group["arrow_x"][()], group["arrow_y"][()]
    density_of_lines = 0.75 * np.array([np.ptp(x) / np.ptp(y), 1.0])
    axes.streamplot(x, y, np.ma.masked_array(u, outside), np.ma.masked_array(v, outside),
                    density=density_of_lines, color="0.45", linewidth=0.55, arrowsize=0.7,
                    arrowstyle="-|>", zorder=2)


def draw_lead_across(axes, study, group):
    """The leads that come through this plane: where its tissue is a lead's."""
    x, y = group["x"][()], group["y"][()]
    lead = texts(group["tissue_name"]).index("lead")
    for uv, radius in zip(study.lead_uv, study.lead_radius):
        column, row = np.abs(x - uv[0]).argmin(), np.abs(y - uv[1]).argmin()
        if group["tissue"][row, column] != lead:
            continue
        axes.add_patch(Circle(uv, radius, color="#303030", zorder=5))


def draw_lead_along(axes, study, group, weights):
    """Each lead's body along its projected axis, contacts as plates: cathodes blue, anodes red."""
    line = group["lead_projection"][()]
    for lead in range(len(study.lead_radius)):
        points = study.axis_of == lead
        draw_one_lead_along(axes, study, lead, line[points], study.lead_axis[points], weights)


def draw_one_lead_along(axes, study, lead, line, axis, weights):
    at = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(axis, axis=0), axis=1))])
    radius, own = study.lead_radius[lead], study.lead_of == lead

    def body(s, **style):
        points = np.column_stack([np.interp(s, at, line[:, k]) for k in range(2)])
        along = np.gradient(points, axis=0)
        side = np.column_stack([-along[:, 1], along[:, 0]])
        side *= radius / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-12)
        axes.add_patch(Polygon(np.vstack([points + side, (points - side)[::-1]]), closed=True,
                               **style))
        return points[len(points) // 2], side[len(side) // 2]

    body(at, facecolor="#303030", edgecolor="black", lw=0.5, zorder=5)
    dense = np.linspace(0.0, at[-1], 4001)
    places = np.column_stack([np.interp(dense, at, axis[:, k]) for k in range(3)])
    along = np.array([dense[np.linalg.norm(places - centre, axis=1).argmin()]
                      for centre in study.file["lead/contact_centre"][()][own]])
    pitch = float(np.min(np.abs(np.diff(along)))) if along.size > 1 else 3.0
    areas = study.file["lead/contact_area"][()][own]
    names = np.array(texts(study.file["lead/contact"]))[own]
    for name, s, area, weight in zip(names, along, areas, np.asarray(weights)[own]):
        half = 0.5 * area / (2 * np.pi * radius)
        colour = "#4292C6" if weight > 0 else "#EF3B2C" if weight < 0 else "#D9D9D9"
        centre, side = body(np.linspace(s - half, s + half, 5), facecolor=colour,
                            edgecolor="black", lw=0.4, zorder=6)
        axes.annotate(name, centre + 2.2 * side * np.sign(side[1] or 1), ha="center", va="bottom",
                      fontsize=6 if pitch > 4 else 5, zorder=7, annotation_clip=True,
                      path_effects=[withStroke(linewidth=2.5, foreground="white")])


def plot_field(study, programme, folder, fmt, written):
    if "field/slices" not in study.file:
        return
    contact = text(study.file["lead"].attrs["contact_of_slices"])
    weights = study.weights[programme]
    slices = study.file["field/slices"]
    spans = [np.ptp(slices[f"{name}/x"][()]) for name in ("across", "along")]
    figure, all_axes = plt.subplots(1, 2, figsize=(12.4, 5.0), width_ratios=spans)
    legend = {}
    for axes, name in zip(all_axes, ("across", "along")):
        group = slices[name]
        legend.update(pale_tissue(axes, group))
        # For 1 mA cathodic: minus the weighted sum of the unit potentials.
        phi = -np.tensordot(weights, group["potential"][()], axes=1)
        phi = np.ma.masked_array(phi, mask=group["inside"][()] == 0)
        x, y = group["x"][()], group["y"][()]
        draw_currents(axes, group, weights)
        draw_isopotentials(axes, x, y, phi)
        if name == "across":
            axes.add_patch(Circle((0, 0), study.nerve_radius, fill=False, color="#8C6D00", lw=1.3,
                                  zorder=4))
            for u, v, r in study.fascicles:
                axes.add_patch(Circle((u, v), r, fill=False, color="#8C5A00", lw=0.8, zorder=4))
            draw_lead_across(axes, study, group)
        else:
            names = texts(group["tissue_name"])
            inner = np.isin(group["tissue"][()], [i for i, n in enumerate(names)
                                                  if n in ("endoneurium", "epineurium")])
            axes.contour(x, y, inner.astype(float), levels=[0.5], colors="#8C6D00", linewidths=1.2,
                         zorder=4)
            axes.contour(x, y, (group["tissue"][()] == names.index("endoneurium")).astype(float),
                         levels=[0.5], colors="#8C5A00", linewidths=0.7, zorder=4)
            draw_lead_along(axes, study, group, weights)
        axes.set_xlim(x[0], x[-1])
        axes.set_ylim(y[0], y[-1])
        axes.set_xlabel("across the nerve, u (mm)" if name == "across" else "along the lead (mm)")
        axes.set_ylabel("from the nerve towards the lead (mm)" if name == "along"
                        else "across the nerve, v (mm)")
        axes.set_title({"across": f"cross-section of the nerve at contact {contact}",
                        "along": "plane of lead and nerve"}[name], fontsize=10)
    handles = list(legend.values()) + [
        Line2D([], [], color="#08519C", lw=1), Line2D([], [], color="#A50F15", lw=1),
        Line2D([], [], color="#8C6D00", lw=1.3),
        Line2D([], [], color="0.45", lw=0.7, marker=">", markersize=4)]
    figure.legend(handles, list(legend) + ["negative potential (mV)", "positive potential (mV)", "nerve and fascicles",
                                           "current in the plane"],
                  loc="lower center", ncol=7, fontsize=8, frameon=False, bbox_to_anchor=(0.5, -0.1))
    figure.suptitle(f"potential in mV for 1 mA in the cathodic phase, {study.names[programme]}",
                    fontsize=11)
    figure.tight_layout()
    save(figure, folder, "field", fmt, written)


def plot_along_fibre(study, programme, folder, fmt, written):
    """Potential and activating function of the fibre of each population that fires first."""
    if "along_fibre" not in study.file:
        return
    weights = study.weights[programme]
    names = [p for p in study.populations if p in study.file["along_fibre"]]
    figure, all_axes = plt.subplots(2, len(names), sharex=True, squeeze=False,
                                    figsize=(5.6 * len(names), 5.2))
    positions = study.file["lead/contact_position"][()]
    for column, population in enumerate(names):
        group = study.file[f"along_fibre/{population}"]
        s = group["position"][()]
        colour = ROLE_COLOUR[study.role(population)]
        upper, lower = all_axes[:, column]
        upper.plot(s, -weights @ group["potential"][()], "o-", ms=2.5, lw=1, color=colour)
        # 1 mA cathodic, V/m^2 per A to mV/mm^2 per mA; the ends have none.
        drive = -1e-6 * (weights @ group["activating_function"][()])
        lower.plot(s[1:-1], drive[1:-1], "o-", ms=2.5, lw=1, color=colour)
        lower.axhline(0, color="0.6", lw=0.6, zorder=0)
        for axes in (upper, lower):
            for position, weight in zip(positions, weights):
                active = {True: "#4292C6", False: "#EF3B2C"}[weight > 0] if weight else "0.88"
                axes.axvline(position, color=active, lw=1.2 if weight else 0.8, zorder=0)
            axes.grid(alpha=0.25)
        for name, position in zip(texts(study.file["lead/contact"]), positions):
            upper.annotate(name, (position, 1.0), xycoords=("data", "axes fraction"), ha="center",
                           va="bottom", fontsize=6, color="0.3", annotation_clip=False)
        reach = max(1.3 * np.ptp(positions), 30.0)
        driven = positions[np.abs(weights).argmax()]
        upper.set_xlim(max(s[0], driven - reach), min(s[-1], driven + reach))
        upper.set_title(f"{fibre_name(population)} ({study.role(population)}), "
                        f"{group.attrs['diameter_um']:.1f} µm, first to fire", fontsize=10, pad=14)
        lower.set_xlabel("along the nerve from the foramen (mm)")
    all_axes[0][0].set_ylabel("extracellular potential\n(mV for 1 mA)")
    all_axes[1][0].set_ylabel("activating function\n(mV/mm² for 1 mA)")
    figure.suptitle(f"along one fibre, {study.names[programme]}, cathodic phase; a dot per node, "
                    "depolarised where the activating function is positive", fontsize=10)
    figure.tight_layout()
    save(figure, folder, "along_fibre", fmt, written)


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
        axes.set_xlabel(f"amplitude ({study.unit})")
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
        reach = 1.15 * max(study.nerve_radius, *(np.abs(study.lead_uv) + study.lead_radius[:, None]).ravel())
        axes.set_xlim(-reach, reach)
        axes.set_ylim(-reach, reach)
        axes.set_xlabel("u (mm)")
        axes.set_ylabel("v (mm)")
        axes.set_title(f"{fibre_name(population)} ({study.role(population)})", fontsize=10)
        bar = figure.colorbar(dots, ax=axes, label=f"threshold ({study.unit})", shrink=0.85)
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
    by_distance.set_ylabel(f"threshold ({study.unit})")
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
    for plot in (plot_field, plot_along_fibre, plot_recruitment, plot_threshold_map, plot_threshold_scatter):
        plot(study, programme, folder, arguments.format, written)
    plot_anatomy(study, folder, arguments.format, written)
    for picture in written:
        print(f"written: {picture}")


if __name__ == "__main__":
    main()
