"""The same thresholds here and in NEURON, one core each, in one run.

    compare_neuron.py --foramen build/release/benchmarks/compare_neuron/foramen_thresholds [--every 5]

Needs the packages neuron, python3-neuron and neuron-dev. For each model, the cases of
tests/validation/neuron/thresholds.csv (every n-th) to a tolerance of 1 %:

  textbook  NEURON as its users write it: a section per compartment, `extracellular` with two layers,
            backward Euler at 1 us
  tight     the same equations laid out as fast as NEURON can take them (neuron_thresholds.py says how)
  cn        tight, and Crank-Nicolson at 5 us (C fibres: 20 us), which needs a mechanism of our own
  foramen   at 5 and 10 us

Errors are those of the time step alone: thresholds to 1e-4 against the limit for a vanishing step of the
reference's rows of 5 and 1 us. Rates are thresholds per second and core. NEURON's are without building
and rest; ours include rest. `ratio` is the rate of each of our rows over that of NEURON's.
"""

import argparse
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parents[1] / "tests/validation/neuron/thresholds.csv"
MODELS = ("MRG_DISCRETE", "GAINES_MOTOR", "GAINES_SENSORY", "SUNDT", "TIGERHOLM")
UNMYELINATED = ("SUNDT", "TIGERHOLM")


def limits():
    """Thresholds for dt -> 0, by physical case: the error of backward Euler is linear in dt."""
    rows = {}
    with open(CASES, newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["physical_case"], {})[row["dt_ms"]] = abs(float(row["threshold_mA"]))
    found = {}
    for case, by_step in rows.items():
        steps = {float(step): value for step, value in by_step.items()}
        if 0.001 in steps and 0.005 in steps:
            found[case] = steps[0.001] - (steps[0.005] - steps[0.001]) / 4
    return found


def errors(thresholds, limit):
    """Median and worst relative error, per cent."""
    all_errors = sorted(abs(value / limit[case] - 1) for case, value in thresholds.items() if case in limit)
    if not all_errors:
        return "", ""
    return f"{100 * all_errors[len(all_errors) // 2]:.2f}", f"{100 * all_errors[-1]:.2f}"


def neuron(build, model, every, dt_ms, tolerance, flags):
    """Thresholds by physical case, thresholds per second."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as out:
        subprocess.run(["/usr/bin/python3", HERE / "neuron_thresholds.py", "--mechanisms", build,
                        "--cases", CASES, "--models", model, "--every", str(every), "--dt", str(dt_ms),
                        "--tolerance", str(tolerance), "--out", out.name, *flags],
                       check=True, stderr=subprocess.DEVNULL)
        with open(out.name, newline="") as file:
            rows = list(csv.DictReader(file))
    with open(CASES, newline="") as file:
        physical = {row["case_id"]: row["physical_case"] for row in csv.DictReader(file)}
    seconds = sum(float(row["search_cpu_seconds"]) for row in rows)
    return {physical[row["case_id"]]: abs(float(row["threshold_mA"])) for row in rows}, len(rows) / seconds


def foramen(program, model, every, step_us, tolerance, copies):
    out = subprocess.run([program, CASES, model, str(every), str(step_us), str(tolerance), str(copies)],
                         check=True, capture_output=True, text=True).stdout.split()
    *cases, (_, seconds, jobs) = [line.split(",") for line in out]
    return {case: float(value) for case, value in cases}, int(jobs) / float(seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--foramen", required=True, help="the program foramen_thresholds")
    parser.add_argument("--every", type=int, default=5, help="take every n-th case of a model")
    parser.add_argument("--models", default=",".join(MODELS))
    options = parser.parse_args()
    limit = limits()
    out = csv.writer(sys.stdout)
    out.writerow(["model", "side", "step_us", "median_error_percent", "worst_error_percent",
                  "thresholds_per_second_and_core", "ratio_at_5us", "ratio_at_10us"])
    with tempfile.TemporaryDirectory() as build:
        subprocess.run([HERE / "compile_mechanisms.sh", build], check=True, stdout=subprocess.DEVNULL)
        for model in options.models.split(","):
            slow = model in UNMYELINATED
            every = 1 if slow else options.every
            ours = {}
            for step_us in (5, 10):
                fine, _ = foramen(options.foramen, model, every, step_us, 1e-4, 1)
                _, ours[step_us] = foramen(options.foramen, model, every, step_us, 0.01, 16)
                out.writerow([model, "foramen", step_us, *errors(fine, limit), f"{ours[step_us]:.0f}", "", ""])
                sys.stdout.flush()
            for side, dt_us, flags in (("textbook", 1, ["--textbook"]), ("tight", 1, []),
                                       ("cn", 20 if slow else 5, ["--second-order"])):
                _, rate = neuron(build, model, every, dt_us / 1000, 0.01, flags)
                fine = neuron(build, model, every, dt_us / 1000, 1e-4, flags)[0] if side == "cn" else {}
                if not fine:  # the reference's own rows
                    fine = reference(model, dt_us, limit)
                out.writerow([model, side, dt_us, *errors(fine, limit), f"{rate:.2f}",
                              f"{ours[5] / rate:.0f}", f"{ours[10] / rate:.0f}"])
                sys.stdout.flush()


def reference(model, dt_us, limit):
    with open(CASES, newline="") as file:
        return {row["physical_case"]: abs(float(row["threshold_mA"])) for row in csv.DictReader(file)
                if row["model"] == model and abs(1000 * float(row["dt_ms"]) - dt_us) < 1e-9
                and row["physical_case"] in limit}


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
