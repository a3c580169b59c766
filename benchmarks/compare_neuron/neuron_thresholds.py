"""Activation thresholds in NEURON, driven as tightly as it can be on one core.

    ./compile_mechanisms.sh BUILD
    /usr/bin/python3 neuron_thresholds.py --mechanisms BUILD --cases thresholds.csv \\
        --models MRG_DISCRETE,GAINES_MOTOR --tolerance 0.01 --dt 0.001 --out out.csv

Cases are rows in the format of tests/validation/neuron/thresholds.csv, whose README has the
protocol. The search is ours: same guess, same path (lib/response). Seconds are those of the search
alone, without building and rest, and the least of --repeats. Threshold errors are against the row
of the same dt (relative_difference) and the limit dt -> 0 of the rows of 1 and 5 us
(relative_error).

How it is driven, and what else was tried. ns per compartment and step, on a quiet core of an AMD
EPYC (Zen 4), NEURON 8.2.2 of Debian 12, MRG_DISCRETE of 10 um and 41 nodes unless said otherwise:

    cable        a section per compartment, two layers of `extracellular`                 387
                   one layer                                                              224
                   and an internode in one section                                        134
                   and the fibre in one section, channels as point processes (used)       110
                 GAINES_MOTOR, first and last of these                             436 -> 152
                 SUNDT and TIGERHOLM, Ve as a current instead of the last   440 -> 73, 674 -> 308
    potential    PtrVector.scatter at the edges of the waveform (used)                    110
                   a mechanism in each segment that multiplies one played level           113
                   Vector.play into each segment                                          134
    time loop    batch_run (used); psolve, which does not stop at a spike                 110
                   continuerun                                                            114
                   fadvance from Python                                                   119
    memory       cache_efficient(1) (used): -1; SUNDT -7, TIGERHOLM -10
    compiler     -O3 -march=native and the C library's exp (used): -1; GAINES_* and SUNDT -7,
                   TIGERHOLM -29 (and -17 by -Ofast, which does nothing for the others)
    restart      SaveState.restore (used) 6 us a run; finitialize and a scatter of all states 34 us
    silence      a look every 0.1 ms: 0.6 % of the time at steps of 5 us

All cables give the same thresholds to eight digits. Backward Euler, NEURON's default, errs in
proportion to the step: 1.7 % at 5 us and 0.33 % at 1 us (myelinated, median). --second-order takes
Crank-Nicolson steps, which NEURON has but not with `extracellular`: crank_nicolson.mod completes
them (+5 ns). Errors at 5 us, median and worst: MRG and PENA -0.1 and -0.7 %, GAINES_* -0.2 and
-0.6 %; a third of that at 2.5 us. C fibres: at most 0.13 % at 20 us.

Our search's rule against block is left out, which spares NEURON some runs in two C-fibre cases.
"""

import argparse
import csv
import math
import multiprocessing
import sys
import time

import numpy

import fibre_models
from neuron_fibre import NeuronFibre, load_mechanisms

DEFAULT_MODELS = "MRG_DISCRETE,GAINES_MOTOR,GAINES_SENSORY,SUNDT,TIGERHOLM"

# ---- cases


def read_cases(path, models, dt_ms):
    """A row for each physical case, that of this dt if there is one, with the limit for dt -> 0."""
    rows_by_case = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if row["model"] in models:
                key = row["physical_case"], row["n_nodes"]
                rows_by_case.setdefault(key, {})[float(row["dt_ms"])] = row
    cases = []
    for rows in rows_by_case.values():
        case = dict(rows.get(dt_ms, next(iter(rows.values()))))
        if 0.001 in rows and 0.005 in rows:  # the error of these is linear in dt
            fine, coarse = (abs(float(rows[dt]["threshold_mA"])) for dt in (0.001, 0.005))
            case["limit_mA"] = fine - (coarse - fine) / 4
        cases.append(case)
    return cases


def every_nth(cases, n):
    counts = {}
    kept = []
    for case in cases:
        counts[case["model"]] = counts.get(case["model"], -1) + 1
        if counts[case["model"]] % n == 0:
            kept.append(case)
    return kept


def waveform_of(row):
    """(begin, end, level), ms."""
    return [tuple(map(float, piece.split(";")))
            for piece in row["waveform_segments_t0_t1_level"].split("|")]


def potential_of(row, centres_um):
    """mV for 1 mA of the sign of the reference: amplitudes of the search are positive."""
    sign = math.copysign(1.0, float(row["threshold_mA"]))
    ve = numpy.zeros(len(centres_um))
    for source in row["sources_x_y_z_w_um"].split("|"):
        x, y, z, weight = map(float, source.split(";"))
        r = numpy.sqrt((numpy.array(centres_um) - x) ** 2 + y * y + z * z) * 1e-6
        ve += sign * weight / (4 * math.pi * float(row["sigma_S_per_m"]) * r)
    return ve


# ---- search: lib/response/first_guess.cpp and threshold_search.cpp, without the rule for block

EXCITABILITY = {  # rheobase (mV), tau (ms), spread (nodes)
    "GAINES_MOTOR": (13.0, 0.12, 2.5),
    "GAINES_SENSORY": (8.7, 0.20, 2.5),
    "SUNDT": (0.7, 2.0, 40.0),
    "TIGERHOLM": (0.4, 2.0, 40.0),
}
MRG_EXCITABILITY = (8.0, 0.21, 2.5)


def guess_threshold(model, ve_at_nodes, waveform, passive_ends):
    """From the activating function, spread as a passive cable spreads it."""
    rheobase, tau, spread_nodes = EXCITABILITY.get(model, MRG_EXCITABILITY)
    skip = 1 if passive_ends else 0
    slope = numpy.diff(ve_at_nodes[skip:len(ve_at_nodes) - skip])
    activation = numpy.diff(slope, prepend=0.0, append=0.0)
    k = numpy.arange(len(activation))
    spread = numpy.exp(-abs(k[:, None] - k) / spread_nodes) @ activation
    guess = math.inf
    for charge, width in phases(waveform):
        depolarisation = max(charge / width * spread.max(), charge / width * spread.min())
        if depolarisation > 0:
            guess = min(guess, rheobase * (1 + tau / width) / depolarisation)
    return guess


def phases(waveform):
    """(charge, width) of stretches of one sign."""
    joined = []
    reached = None
    for begin, end, level in waveform:
        if joined and begin == reached and joined[-1][0] * level > 0:
            joined[-1][0] += level * (end - begin)
            joined[-1][1] += end - begin
        else:
            joined.append([level * (end - begin), end - begin])
        reached = end
    return joined


FLOOR, CEILING = 1e-3, 100.0  # mA
LARGEST_STEP = 4.0


def search(fires, guess, tolerance):
    """The upper end of a bracket this narrow; inf above the ceiling, 0 below the floor."""
    above = below = None
    step = 1.3
    amplitude = min(max(guess, FLOOR), CEILING)
    while above is None or below is None or above - below > tolerance * above:
        if fires(amplitude):
            above = amplitude
            if amplitude <= FLOOR:
                return 0.0
        else:
            below = amplitude
            if amplitude >= CEILING:
                return math.inf
        if above is not None and below is not None:
            amplitude = math.sqrt(above * below)
            continue
        amplitude = max(FLOOR, above / step) if below is None else min(CEILING, below * step)
        step = min(LARGEST_STEP, step * step)
    return above


# ---- measurement


def measure(row, neuron_fibre, options):
    fibre = neuron_fibre.fibre
    ve = potential_of(row, fibre.centres)
    waveform = waveform_of(row)
    neuron_fibre.set_field(ve)
    stop_ms = float(row["t_stop_ms"])
    settling_ms = 4.0 if row["model"] in fibre_models.UNMYELINATED else 1.0
    work = []  # steps of each run

    def fires(amplitude):
        fired, steps = neuron_fibre.fires(amplitude, waveform, stop_ms, settling_ms)
        work.append(steps)
        return fired

    seconds, cpu_seconds = [], []
    for _ in range(options.repeats):
        work.clear()
        wall, cpu = time.perf_counter(), time.process_time()
        guess = guess_threshold(row["model"], ve[fibre.nodes], waveform, fibre.passive_ends)
        threshold = search(fires, guess, options.tolerance)
        seconds.append(time.perf_counter() - wall)
        cpu_seconds.append(time.process_time() - cpu)

    reference = float(row["threshold_mA"])
    compartments = len(fibre.compartments)
    result = {
        "case_id": row["case_id"],
        "model": row["model"],
        "diameter_um": row["diameter_um"],
        "dt_ms": options.dt,
        "tolerance": options.tolerance,
        "threshold_mA": f"{math.copysign(threshold, reference):.8g}",
        "runs": len(work),
        "steps": sum(work),
        "compartments": compartments,
        "search_seconds": f"{min(seconds):.4f}",
        "search_cpu_seconds": f"{min(cpu_seconds):.4f}",
        "rest_seconds": f"{neuron_fibre.rest_seconds:.4f}",
        "ns_per_compartment_step": f"{1e9 * min(cpu_seconds) / sum(work) / compartments:.1f}",
        "relative_difference": "",
        "relative_error": "",
    }
    if float(row["dt_ms"]) == options.dt:
        result["relative_difference"] = f"{threshold / abs(reference) - 1:.2e}"
    if "limit_mA" in row:
        result["relative_error"] = f"{threshold / row['limit_mA'] - 1:.2e}"
    return result


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--mechanisms", required=True, help="folder that holds x86_64")
    parser.add_argument("--cases", required=True, help="reference thresholds (CSV)")
    parser.add_argument("--models", default=DEFAULT_MODELS)
    parser.add_argument("--tolerance", type=float, default=0.01)
    parser.add_argument("--dt", type=float, default=0.001, help="ms")
    parser.add_argument("--every", type=int, default=1, help="take every n-th case of a model")
    parser.add_argument("--repeats", type=int, default=1, help="searches, the fastest counts")
    parser.add_argument("--textbook", action="store_true",
                        help="one section per compartment, two extracellular layers")
    parser.add_argument("--second-order", action="store_true", help="Crank-Nicolson steps")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    if options.textbook and options.second_order:
        parser.error("second-order steps need the other layout")
    return options


def measure_fibre(key, rows, options):
    neuron_fibre = NeuronFibre(fibre_models.fibre(*key), options.dt, options.textbook,
                               options.second_order)
    return [measure(row, neuron_fibre, options) for row in rows]


def main():
    options = arguments()
    load_mechanisms(options.mechanisms)
    cases = every_nth(read_cases(options.cases, options.models.split(","), options.dt),
                      options.every)
    rows_by_fibre = {}
    for row in cases:
        key = row["model"], float(row["diameter_um"]), int(row["n_nodes"])
        rows_by_fibre.setdefault(key, []).append(row)
    tasks = [(key, rows, options) for key, rows in rows_by_fibre.items()]
    results = {}
    # A new process for each fibre, one at a time: what earlier ones leave in memory slows NEURON.
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        for task in tasks:
            for result in pool.apply(measure_fibre, task):
                results[result["case_id"]] = result
                print(result["case_id"], result["threshold_mA"], "mA", file=sys.stderr)
    with open(options.out, "w", newline="") as file:
        writer = csv.DictWriter(file, list(next(iter(results.values()))))
        writer.writeheader()
        writer.writerows(results[row["case_id"]] for row in cases)


if __name__ == "__main__":
    main()
