"""The same thresholds here and in NEURON at equal error, one core each, in one run.

    compare_neuron.py --foramen build/release/benchmarks/compare_neuron/foramen_thresholds [--every 4]

Needs the packages neuron, python3-neuron and neuron-dev. For each model, the cases of
tests/validation/neuron/thresholds.csv (every n-th), and each side:

  foramen   the default scheme
  textbook  NEURON as its users write it: a section per compartment, `extracellular` with two layers,
            backward Euler
  tight     the same equations laid out as fast as NEURON can take them (neuron_thresholds.py says how)
  cn        tight, and Crank-Nicolson steps, which need a mechanism of our own

For each target error, each side takes the largest step of its ladder at which no compared threshold
(searched to 3e-5) lies farther from its limit for a vanishing step than the target. Both layouts
of backward Euler give the same thresholds to eight digits and so share their step. Limits are those
of the reference's rows of 5 and 1 us, or, where it has none of 1 us, of its row of 5 and one of 1 us
computed here.

Rates are thresholds to 1 % per second of processor time, over every --timed-th of the compared cases,
the same for all sides. NEURON's are without building and rest; ours include rest. `ratio` is our rate
over that of the row, at the same target. `nan`: no step of the ladder reaches the target.
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
SEARCHED_TO = 3e-5
# us. NEURON's divide every edge of the reference's pulses.
LADDERS = {
    "foramen": (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 25, 30, 40),
    "euler": (0.1, 0.2, 0.25, 0.4, 0.5, 0.8, 1, 1.25, 2, 2.5, 4, 5, 10, 20),
    "cn": (0.5, 1, 1.25, 2, 2.5, 4, 5, 10, 20, 50),
}
LAYOUTS = {"textbook": ["--textbook"], "tight": [], "cn": ["--second-order"]}


def reference():
    """Thresholds (mA) by step (us) by physical case."""
    found = {}
    with open(CASES, newline="") as file:
        for row in csv.DictReader(file):
            by_step = found.setdefault(row["physical_case"], {})
            by_step[round(1000 * float(row["dt_ms"]), 6)] = abs(float(row["threshold_mA"]))
    return found


def median_and_worst(thresholds, limits):
    errors = sorted(abs(thresholds[case] / limit - 1) for case, limit in limits.items())
    return 100 * errors[len(errors) // 2], 100 * errors[-1]


def largest_step(ladder, target, start, error):
    """The largest step whose error (median, worst) is at most the target, from a first guess on."""
    fits = [step for step in ladder if step <= start]
    at = len(fits) - 1 if fits else 0
    if error(ladder[at])[1] <= target:
        while at + 1 < len(ladder) and error(ladder[at + 1])[1] <= target:
            at += 1
        return ladder[at]
    while at > 0:
        at -= 1
        if error(ladder[at])[1] <= target:
            return ladder[at]
    return None


class Model:
    def __init__(self, name, options, build):
        self.name = name
        self.program = options.foramen
        self.build = build
        self.every = options.every if name not in UNMYELINATED else 1
        self.timed = self.every * (options.timed if name not in UNMYELINATED else 1)
        self.known_errors = {}
        rows = reference()
        cases = self.foramen(5, 0.01, 1, self.every)[0]
        self.limits = {}
        fine = {}
        for case in cases:
            by_step = rows[case]
            if 1 not in by_step and not fine:
                fine = self.neuron("tight", 1, SEARCHED_TO, self.every)[0]
            at_1us = by_step.get(1, fine.get(case))
            self.limits[case] = at_1us - (by_step[5] - at_1us) / 4  # backward Euler: linear in the step

    def foramen(self, step_us, tolerance, copies, every):
        """Thresholds by physical case, thresholds per second."""
        out = subprocess.run([self.program, CASES, self.name, str(every), str(step_us), str(tolerance),
                              str(copies)], check=True, capture_output=True, text=True).stdout.split()
        *cases, (_, seconds, jobs) = [line.split(",") for line in out]
        return {case: float(value) for case, value in cases}, int(jobs) / float(seconds)

    def neuron(self, side, step_us, tolerance, every):
        with tempfile.NamedTemporaryFile(suffix=".csv") as out:
            subprocess.run(["/usr/bin/python3", HERE / "neuron_thresholds.py", "--mechanisms", self.build,
                            "--cases", CASES, "--models", self.name, "--every", str(every),
                            "--dt", str(step_us / 1000), "--tolerance", str(tolerance),
                            "--out", out.name, *LAYOUTS[side]], check=True, stderr=subprocess.DEVNULL)
            with open(out.name, newline="") as file:
                rows = list(csv.DictReader(file))
        with open(CASES, newline="") as file:
            physical = {row["case_id"]: row["physical_case"] for row in csv.DictReader(file)}
        seconds = sum(float(row["search_cpu_seconds"]) for row in rows)
        return ({physical[row["case_id"]]: abs(float(row["threshold_mA"])) for row in rows},
                len(rows) / seconds)

    def error(self, kind, step_us):
        key = kind, step_us
        if key not in self.known_errors:
            if kind == "foramen":
                found = self.foramen(step_us, SEARCHED_TO, 1, self.every)[0]
            else:
                found = self.neuron("cn" if kind == "cn" else "tight", step_us, SEARCHED_TO, self.every)[0]
            self.known_errors[key] = median_and_worst(found, self.limits)
        return self.known_errors[key]

    def step_at(self, kind, target):
        """The largest step at which the error is at most `target` per cent."""
        slow = self.name in UNMYELINATED
        worst = self.error(kind, 1 if kind == "euler" else 5)[1]
        start = target / worst if kind == "euler" else 5 * (target / worst) ** 0.5
        if slow and kind == "cn":
            start = 10
        return largest_step(LADDERS[kind], target, start, lambda step: self.error(kind, step))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--foramen", required=True, help="the program foramen_thresholds")
    parser.add_argument("--every", type=int, default=4, help="compare every n-th case of a model")
    parser.add_argument("--timed", type=int, default=3, help="time every n-th of those")
    parser.add_argument("--models", default=",".join(MODELS))
    parser.add_argument("--targets", default="0.4,0.1", help="worst errors, per cent")
    options = parser.parse_args()
    out = csv.writer(sys.stdout)
    out.writerow(["model", "cases", "target_percent", "side", "step_us", "median_error_percent",
                  "worst_error_percent", "thresholds_per_second_and_core", "ratio"])
    with tempfile.TemporaryDirectory() as build:
        subprocess.run([HERE / "compile_mechanisms.sh", build], check=True, stdout=subprocess.DEVNULL)
        for name in options.models.split(","):
            model = Model(name, options, build)
            for target in map(float, options.targets.split(",")):
                ours = None
                for side, kind in (("foramen", "foramen"), ("textbook", "euler"), ("tight", "euler"),
                                   ("cn", "cn")):
                    step_us = model.step_at(kind, target)
                    if step_us is None:
                        out.writerow([name, len(model.limits), target, side, "nan", "", "", "", ""])
                        continue
                    if side == "foramen":
                        rate = ours = max(model.foramen(step_us, 0.01, 16, model.timed)[1] for _ in range(3))
                    else:
                        rate = model.neuron(side, step_us, 0.01, model.timed)[1]
                    median, worst = model.error(kind, step_us)
                    out.writerow([name, len(model.limits), target, side, step_us, f"{median:.3f}",
                                  f"{worst:.3f}", f"{rate:.4g}", f"{ours / rate:.0f}"])
                    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
