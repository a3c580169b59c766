"""Refractoriness and conduction block in NEURON: what tests/validation/neuron/responses.csv holds.

    ./compile_mechanisms.sh BUILD
    /usr/bin/python3 neuron_responses.py --mechanisms BUILD > responses.csv

Point source in 0.3 S/m beside the central node; backward Euler at the row's step, the potential of a
step that of its start. A spike is an upward crossing of -30 mV at node int(0.9 (n - 1)). Thresholds
by bisection to 1e-4, the upper end is given.

    recovery  two cathodic-first biphasic pulses of 2 x 100 us, `interval_ms` apart (begin to begin),
              the first of `fixed` mA: the smallest second one with two spikes
    block     a rectangular wave of `frequency_kHz`, cathodic first, from t = 0; from `test_ms` on
              `fixed` uA flow into node n / 10 for 0.2 ms: the smallest amplitude at which no spike
              comes within 5 ms of the test
    follow    `pulses` cathodic-first biphasic pulses of 2 x 100 us, `interval_ms` apart: the smallest
              amplitude at which `spikes` arrive until 5 ms after the last

Near the absolute refractory period (28 times threshold) thresholds hang on the time limit: a second
spike 5 ms late. The cases keep away from there.

Each case runs in a process of its own: NEURON builds one model at a time.
"""

import argparse
import csv
import math
import multiprocessing
import sys

import numpy

import fibre_models
from neuron_fibre import NeuronFibre, advance, h, load_mechanisms

SIGMA = 0.3  # S/m
TOLERANCE = 1e-4
WIDTH_MS = 0.1

COLUMNS = ("kind", "model", "diameter_um", "n_nodes", "distance_um", "dt_ms", "interval_ms", "fixed",
           "frequency_kHz", "test_ms", "pulses", "spikes", "threshold_mA")


def case(kind, model, diameter, nodes, distance, dt=0.005, **more):
    row = dict.fromkeys(COLUMNS, 0)
    row.update(kind=kind, model=model, diameter_um=diameter, n_nodes=nodes, distance_um=distance,
               dt_ms=dt, **more)
    return row


CASES = [
    case("recovery", "MRG_DISCRETE", 10.0, 41, 1000, interval_ms=1.0, fixed=0.3),
    case("recovery", "MRG_DISCRETE", 10.0, 41, 1000, interval_ms=1.5, fixed=0.3),
    case("recovery", "MRG_DISCRETE", 10.0, 41, 1000, interval_ms=4.0, fixed=0.3),
    case("recovery", "MRG_DISCRETE", 5.7, 41, 1000, interval_ms=1.0, fixed=0.55),
    case("recovery", "GAINES_MOTOR", 10.0, 41, 1000, interval_ms=0.8, fixed=0.42),
    case("recovery", "GAINES_SENSORY", 8.0, 41, 1000, interval_ms=2.0, fixed=0.4),
    case("recovery", "SUNDT", 1.0, 301, 250, interval_ms=6.0, fixed=1.8),
    case("block", "MRG_DISCRETE", 10.0, 51, 1000, frequency_kHz=10.0, test_ms=8.0, fixed=5e-3),
    case("block", "MRG_DISCRETE", 5.7, 51, 1000, frequency_kHz=5.0, test_ms=8.0, fixed=5e-3),
    case("block", "GAINES_MOTOR", 10.0, 51, 1000, frequency_kHz=10.0, test_ms=8.0, fixed=5e-3),
    case("follow", "MRG_DISCRETE", 10.0, 41, 1000, interval_ms=2.0, pulses=5, spikes=5),
    case("follow", "MRG_DISCRETE", 10.0, 41, 1000, interval_ms=1.5, pulses=5, spikes=5),
    case("follow", "GAINES_MOTOR", 10.0, 41, 1000, interval_ms=1.0, pulses=6, spikes=6),
]


class ClampedFibre(NeuronFibre):
    """With an electrode in node n / 10, and spikes counted."""

    def many_sections(self):
        segments = super().many_sections()
        nodes = self.fibre.nodes
        self.clamp = h.IClamp(segments[nodes[len(nodes) // 10]])
        self.clamp.delay, self.clamp.dur, self.clamp.amp = 0.0, 1e9, 0.0
        return segments

    def detect_at(self, compartment):
        self.spikes = []
        segment = self.segments[compartment]
        detector = h.NetCon(segment._ref_v, None, sec=segment.sec)
        detector.threshold = -30.0
        detector.record(lambda: self.spikes.append(h.t))
        return detector


class Responder:
    def __init__(self, row):
        self.row = row
        fibre = fibre_models.fibre(row["model"], row["diameter_um"], row["n_nodes"])
        # A section per compartment: what NEURON's users build.
        self.cell = ClampedFibre(fibre, row["dt_ms"], textbook=True)
        r = numpy.hypot(numpy.array(fibre.centres), row["distance_um"]) * 1e-6
        self.cell.set_field(1.0 / (4.0 * math.pi * SIGMA * r))

    def arrivals(self, events, stop_ms, listen_ms=0.0):
        """Spikes after `listen_ms`; events: (time, level in mA or None, clamp in nA or None)."""
        cell = self.cell
        cell.rest.restore()
        h.stoprun = 0
        cell.spikes.clear()
        cell.clamp.amp = 0.0
        t0 = cell.t0
        for time, level, clamp in sorted(events, key=lambda e: e[0]):
            advance(t0 + time)
            if level is not None:
                cell.apply(level, 0.0)
            if clamp is not None:
                cell.clamp.amp = clamp
        advance(t0 + stop_ms)
        cell.apply(0.0, 0.0)
        return sum(1 for t in cell.spikes if t > t0 + listen_ms)

    def responds(self, amplitude):
        row = self.row
        if row["kind"] == "recovery":
            second = row["interval_ms"]
            events = pulse(0.0, row["fixed"]) + pulse(second, amplitude)
            return self.arrivals(events, second + 2 * WIDTH_MS + patience(row)) >= 2
        if row["kind"] == "follow":
            times = [row["interval_ms"] * k for k in range(row["pulses"])]
            events = [e for t in times for e in pulse(t, amplitude)]
            return self.arrivals(events, times[-1] + 2 * WIDTH_MS + patience(row)) >= row["spikes"]
        stop, half = row["test_ms"] + 5.0, 0.5 / row["frequency_kHz"]
        n = round(stop / half)
        events = [(k * half, -amplitude if k % 2 == 0 else amplitude, None) for k in range(n)]
        nA = 1e3 * row["fixed"]
        events += [(row["test_ms"], None, nA), (row["test_ms"] + 0.2, None, 0.0)]
        return self.arrivals(events, stop, row["test_ms"]) == 0

    def threshold(self):
        low, high = 0.0, 0.1
        while not self.responds(high):
            low, high = high, 1.3 * high
            if high > 100.0:
                return math.inf
        while high - low > TOLERANCE * high:
            middle = math.sqrt(low * high) if low > 0.0 else 0.5 * high
            low, high = (low, middle) if self.responds(middle) else (middle, high)
        return high


def patience(row):
    return 20.0 if row["model"] == "SUNDT" else 5.0


def pulse(begin, amplitude):
    return [(begin, -amplitude, None), (begin + WIDTH_MS, amplitude, None),
            (begin + 2 * WIDTH_MS, 0.0, None)]


def solve(arguments):
    mechanisms, row = arguments
    load_mechanisms(mechanisms)
    row["threshold_mA"] = f"{Responder(row).threshold():.9g}"
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mechanisms", required=True)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    with multiprocessing.get_context("spawn").Pool(options.processes, maxtasksperchild=1) as pool:
        for row in pool.imap(solve, [(options.mechanisms, case) for case in CASES], chunksize=1):
            writer.writerow(row)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
