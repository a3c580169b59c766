"""What a field costs by unknowns, ranks, contacts and memory bandwidth: measured, fitted, extrapolated.

    cost_model.py --program build/release/benchmarks/field/field_solve [--plot cost_model.png]
    cost_model.py --rows rows.csv                       # fits rows measured before (--keep wrote them)

Runs field_solve (under mpirun for several ranks; the mesher beside it or in $FORAMEN_MESHER) over sizes,
ranks of one thread, and contacts, under ten minutes on two idle cores. Fits, by least squares of relative
errors with constants that are not negative (n unknowns, R ranks):

    numbering, curving   s0 n         + s1 n/R   + s2 n^(2/3)/R
    assembly             a0 n         + a1 n/R + a2 (n/R)^(2/3) if R > 1
    multigrid set-up     m0 n/8       + m1 n/R
    solve, per iteration g0 bytes_rep + g1 bytes_sh / (R B) + g2 if R > 1
    iterations           i0 + i1 log10 n

Terms in n alone do not shrink with ranks: numbering and reading of unknowns that every rank does for
itself, and the choice of coarse unknowns on the linear level (an eighth of n), which every rank makes.
n^(2/3) counts edges on surfaces, which are projected; (n/R)^(2/3) elements that reach into two ranks'
rows and are integrated by both. bytes_sh and bytes_rep are counted (field_work.hpp): what an iteration
moves through memory on levels that are shared out, and on those below 16 384 rows, which every rank
computes for all; B is the bandwidth of one rank, measured in the same run (triad), so that g1 is the
solve's distance from memory's floor: 1 is on it. g2 is the messages of an iteration; it is taken to
grow as log2 of R.

Printed: constants, each row's measured and predicted seconds, the error with that row left out of the
fit; then --unknowns (100 million) on --ranks with --bandwidth per rank (default: as measured here with
all cores busy), the floor of the solve beside it, what cannot be shared, and at how many ranks that is
half of the time. The model knows no slower networks and no imbalance, and coarse levels that grow with
n: extrapolation is a guess with reasons. Memory: of 1000 bytes per unknown 100 are on every rank.
"""

import argparse
import csv
import io
import math
import os
import subprocess
import sys

import numpy as np
from scipy.optimize import nnls

SIZES = {"8": ["2.0", "1.4", "1.0", "0.7", "0.5"], "4": ["1.0"], "16": ["1.0"]}
SHARED = 900.0    # bytes per unknown that ranks share, and that each has (lib/field/README.md)
REPEATED = 100.0


def several(row):
    return 1.0 if row["ranks"] > 1 else 0.0


def iteration_terms(row):
    return [row["repeated_bytes"], row["shared_bytes"] / row["bytes_per_s"],
            several(row) * math.log2(max(row["ranks"], 2))]


# Per step: the measured column, its terms, and which of them more ranks do not shorten.
STEPS = {
    "setup_s": (lambda r: [r["unknowns"], r["unknowns"] / r["ranks"],
                           r["unknowns"] ** (2 / 3) / r["ranks"]], (0,)),
    "assembly_s": (lambda r: [r["unknowns"], r["unknowns"] / r["ranks"],
                              several(r) * (r["unknowns"] / r["ranks"]) ** (2 / 3)], (0,)),
    "multigrid_s": (lambda r: [r["unknowns"] / 8, r["unknowns"] / r["ranks"]], (0,)),
    "solve_s": (lambda r: [r["iterations"] * t for t in iteration_terms(r)], (0, 2)),
}
NAMES = {"setup_s": ("s0", "s1", "s2"), "assembly_s": ("a0", "a1", "a2"), "multigrid_s": ("m0", "m1"),
         "solve_s": ("g0", "g1", "g2")}


def measure(program, most_ranks, keep):
    """Rows as text; written to `keep` as they come."""
    rows, out = [], None
    environment = {"OMP_NUM_THREADS": "1", "OMPI_ALLOW_RUN_AS_ROOT": "1",
                   "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", **os.environ}
    for ranks in (2 ** k for k in range(int(math.log2(most_ranks)) + 1)):
        for contacts, sizes in SIZES.items():
            command = [program, "1", contacts, *sizes]
            if ranks > 1:
                command = ["mpirun", "-n", str(ranks), *command]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode != 0:
                sys.exit(f"cost_model: {' '.join(command)} failed: {done.stderr.strip()}")
            new = list(csv.DictReader(io.StringIO(done.stdout)))
            rows += new
            if keep:
                out = out or csv.DictWriter(keep, new[0].keys())
                if len(rows) == len(new):
                    out.writeheader()
                out.writerows(new)
                keep.flush()
    return rows


def numbers(rows):
    unused = ("potential_error", "second_difference_error", "commit")
    return [{key: float(value) for key, value in row.items() if key not in unused} for row in rows]


def fit(rows, step):
    terms, _ = STEPS[step]
    measured = np.array([row[step] for row in rows])
    matrix = np.array([terms(row) for row in rows]) / measured[:, None]
    scale = np.abs(matrix).max(axis=0)
    scale[scale == 0.0] = 1.0
    constants, _ = nnls(matrix / scale, np.ones(len(rows)))
    return constants / scale


def fit_iterations(rows):
    """Eight contacts, one rank: the count does not depend on ranks."""
    ours = [row for row in rows if row["contacts"] == 8 and row["ranks"] == 1]
    matrix = np.array([[1.0, math.log10(row["unknowns"])] for row in ours])
    return np.linalg.lstsq(matrix, np.array([row["iterations"] for row in ours]), rcond=None)[0]


def predict(constants, step, row):
    return float(np.dot(constants, STEPS[step][0](row)))


def print_fit(rows, constants):
    print("constants (seconds per unit of their term)")
    for step, names in NAMES.items():
        print("  " + step.removesuffix("_s").ljust(10),
              ", ".join(f"{name} = {c:.3g}" for name, c in zip(names, constants[step])))
    print("\nmeasured / predicted seconds, and the error with the row left out of the fit")
    print("unknowns ranks contacts  " + "  ".join(step.removesuffix("_s").rjust(25) for step in STEPS)
          + "  total".rjust(12))
    worst = {step: 0.0 for step in [*STEPS, "total"]}
    for i, row in enumerate(rows):
        others = rows[:i] + rows[i + 1:]
        cells, total = [], 0.0
        for step in STEPS:
            left_out = predict(fit(others, step), step, row)
            error = left_out / row[step] - 1
            total += left_out
            worst[step] = max(worst[step], abs(error))
            cells.append(f"{row[step]:8.3f} /{predict(constants[step], step, row):8.3f} {100 * error:+5.0f}%")
        error = total / sum(row[step] for step in STEPS) - 1
        worst["total"] = max(worst["total"], abs(error))
        print(f"{row['unknowns']:8.0f} {row['ranks']:5.0f} {row['contacts']:8.0f}  " + "  ".join(cells)
              + f"  {100 * error:+8.0f}%")
    print("worst, left out: " + ", ".join(f"{step.removesuffix('_s')} {100 * e:.0f} %"
                                          for step, e in worst.items()))


def scaled(rows, unknowns, ranks, contacts, bandwidth, iterations):
    """A row as it would be, its counts per unknown those of the largest mesh with as many contacts."""
    like = max((row for row in rows if row["contacts"] == contacts), key=lambda row: row["unknowns"])
    # One level in about seven is added per factor seven: those below 16 384 rows stay as they are.
    return {"unknowns": unknowns, "ranks": ranks, "contacts": contacts, "iterations": iterations,
            "bytes_per_s": bandwidth * ranks, "repeated_bytes": like["repeated_bytes"],
            "shared_bytes": like["shared_bytes"] / like["unknowns"] * unknowns}


def extrapolate(rows, constants, options):
    most = max(row["ranks"] for row in rows)
    bandwidth = options.bandwidth * 1e9 if options.bandwidth else float(
        np.median([row["bytes_per_s"] / row["ranks"] for row in rows if row["ranks"] == most]))
    i0, i1 = fit_iterations(rows)
    iterations = round(i0 + i1 * math.log10(options.unknowns))
    print(f"\n{options.unknowns:.3g} unknowns, {options.contacts} contacts, {bandwidth / 1e9:.3g} GB/s per "
          f"rank, {iterations} iterations ({i0:.2f} + {i1:.2f} log10 n)")
    print("  ranks  set-up  assembly  multigrid   solve  (its floor)   total s  not shared s  GB per rank")
    table, half = [], None
    ranks = 1
    while ranks <= options.ranks:
        row = scaled(rows, options.unknowns, ranks, options.contacts, bandwidth, iterations)
        parts = {step: predict(constants[step], step, row) for step in STEPS}
        fixed = sum(float(np.dot([constants[step][k] for k in keep], [STEPS[step][0](row)[k] for k in keep]))
                    for step, (_, keep) in STEPS.items())
        floor = iterations * row["shared_bytes"] / row["bytes_per_s"]
        total = sum(parts.values())
        memory = options.unknowns * (REPEATED + SHARED / ranks) / 1e9
        table.append((ranks, total, fixed, parts["solve_s"], floor))
        if half is None and fixed >= total - fixed:
            half = ranks
        print(f"  {ranks:5d} {parts['setup_s']:7.1f} {parts['assembly_s']:9.1f} {parts['multigrid_s']:10.1f} "
              f"{parts['solve_s']:7.1f} {floor:13.1f} {total:9.1f} {fixed:13.1f} {memory:12.1f}")
        ranks *= 2
    one_rank, fixed = table[0][1], table[0][2]
    print(f"what is not shared takes as long as the rest from {(one_rank - fixed) / max(fixed, 1e-9):.0f} ranks on"
          + (f" (in this table from {half})" if half else ""))
    return table


def plot(rows, constants, table, options):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.5))
    for colour, step in zip(("tab:blue", "tab:orange", "tab:green", "tab:red"), STEPS):
        for ranks, marker, line in ((1, "o", "-"), (2, "s", "--")):
            some = sorted((row for row in rows if row["ranks"] == ranks and row["contacts"] == 8),
                          key=lambda row: row["unknowns"])
            if not some:
                continue
            n = [row["unknowns"] for row in some]
            left.loglog(n, [row[step] for row in some], marker, color=colour, markersize=5)
            left.loglog(n, [predict(constants[step], step, row) for row in some], line, color=colour,
                        label=f"{step.removesuffix('_s')}, {ranks} rank{'s' if ranks > 1 else ''}")
    left.set_xlabel("unknowns")
    left.set_ylabel("seconds, 8 contacts (points: measured)")
    left.legend(fontsize=7)
    ranks, total, fixed, solve, floor = zip(*table)
    for values, name, style in ((total, "total", "k-"), (solve, "solve", "r-"), (floor, "solve's floor", "r:"),
                                (fixed, "not shared", "b--")):
        right.loglog(ranks, values, style, label=name)
    right.set_xlabel("ranks")
    right.set_ylabel("seconds")
    right.set_title(f"{options.unknowns:.3g} unknowns, {options.contacts} contacts (extrapolated)", fontsize=9)
    right.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(options.plot, dpi=130)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--program", help="field_solve")
    source.add_argument("--rows", help="CSV of earlier rows")
    parser.add_argument("--keep", help="write the measured rows here")
    parser.add_argument("--most-ranks", type=int, default=2, help="measured: 1, 2, 4, ... one core each")
    parser.add_argument("--unknowns", type=float, default=1e8)
    parser.add_argument("--ranks", type=int, default=1024, help="extrapolated up to")
    parser.add_argument("--contacts", type=int, default=8, choices=(4, 8, 16))
    parser.add_argument("--bandwidth", type=float, help="GB/s of one rank")
    parser.add_argument("--plot", help="draw it, as PNG")
    options = parser.parse_args()
    if options.rows:
        with open(options.rows, newline="") as file:
            text_rows = list(csv.DictReader(file))
    elif options.keep:
        with open(options.keep, "w", newline="") as file:
            text_rows = measure(options.program, options.most_ranks, file)
    else:
        text_rows = measure(options.program, options.most_ranks, None)
    rows = numbers(text_rows)
    constants = {step: fit(rows, step) for step in STEPS}
    print_fit(rows, constants)
    table = extrapolate(rows, constants, options)
    if options.plot:
        plot(rows, constants, table, options)
        print(f"\nplot: {options.plot}")


if __name__ == "__main__":
    main()
