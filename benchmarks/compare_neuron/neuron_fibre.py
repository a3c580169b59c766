"""A fibre in NEURON: brought to rest once, then run from there at any amplitude of a stimulus."""

import math
import os
import time

import numpy

os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")
from neuron import h  # noqa: E402

DENSITIES = ("sundt", "tigerholm")  # mechanisms of whole sections; ours else are point processes
SPIKE_MV = -30.0
NEAR_REST_MV = 10.0
LOOK_MS = 0.1  # between two looks whether all is silent


def load_mechanisms(folder):
    """What compile_mechanisms.sh wrote there; once, before any fibre."""
    h.nrn_load_dll(os.path.join(folder, "x86_64", "libnrnmech.so"))
    h.celsius = 37.0
    h.CVode().cache_efficient(1)


class NeuronFibre:
    """One fibre and its resting state. One to a process.

    `textbook`: a section per compartment and both layers of `extracellular`, as is usual. Otherwise
    the same equations with a third of the unknowns: one section, one layer, and none for fibres
    without periaxonal space, whose extracellular potential becomes a current.
    `second_order`: NEURON's Crank-Nicolson steps instead of backward Euler; not with `textbook`.
    """

    def __init__(self, fibre, dt_ms, textbook=False, second_order=False):
        self.fibre = fibre
        self.dt = dt_ms
        self.textbook = textbook
        self.second_order = second_order
        self.layered = any(c.myelin_capacitance for c in fibre.compartments)
        self.extracellular = self.layered or textbook
        self.sections = []
        self.channels = []  # kept alive
        h.nlayer_extracellular(2 if textbook else 1)
        self.segments = self.many_sections() if textbook else self.one_section()
        if self.layered and second_order:
            self.complete_steps()
        self.relax()
        self.nodes = pointers(self.segments[i]._ref_v for i in fibre.nodes)
        self.detector = self.detect_at(fibre.nodes[int(0.9 * (len(fibre.nodes) - 1))])
        self.rest = h.SaveState()
        self.rest.save()

    # ---- building

    def many_sections(self):
        segments = []
        for c in self.fibre.compartments:
            section = h.Section()
            section.L, section.diam, section.Ra = c.length, c.diameter, c.axial
            if segments:
                section.connect(segments[-1].sec(1), 0)
            if c.leak:
                section.insert("pas")
            section.insert("extracellular")
            self.sections.append(section)
            segments.append(section(0.5))
            self.fill(segments[-1], c, 1.0, 1.0)
        return segments

    def one_section(self):
        """All compartments as segments of equal length of one section.

        A segment's diameter carries its axial resistance, and all that is per area or per length is
        scaled to make up for it: the same equations, without the nodes between sections.
        """
        compartments = self.fibre.compartments
        section = h.Section()
        section.nseg = len(compartments)
        section.L = sum(c.length for c in compartments)
        section.Ra = compartments[len(compartments) // 2].axial
        length = section.L / section.nseg
        for segment, c in zip(section, compartments):
            segment.diam = c.diameter * math.sqrt(section.Ra * length / (c.axial * c.length))
        if any(c.leak for c in compartments):
            section.insert("pas")
        if self.extracellular:
            section.insert("extracellular")
        self.sections.append(section)
        segments = list(section)
        for segment, c in zip(segments, compartments):
            self.fill(segment, c, c.area / (math.pi * segment.diam * length), c.length / length)
        return segments

    def fill(self, segment, c, per_area, per_length):
        segment.cm = c.capacitance * per_area
        if hasattr(segment, "pas"):
            g, e = c.leak or (0.0, 0.0)
            segment.pas.g, segment.pas.e = g * per_area, e
        if self.extracellular:
            segment.xraxial[0] = c.periaxonal * per_length
            segment.xg[0] = c.myelin_conductance * per_area
            segment.xc[0] = c.myelin_capacitance * per_area
        if not c.mechanism:
            return
        if c.mechanism in DENSITIES:
            segment.sec.insert(c.mechanism)
            channels = getattr(segment, c.mechanism)
        else:
            channels = getattr(h, c.mechanism)(segment)
            channels.membrane = c.area
        for name, value in c.parameters.items():
            setattr(channels, name, value)
        self.channels.append(channels)

    def complete_steps(self):
        self.sections[0].insert("crank_nicolson")
        for segment in self.segments:
            h.setpointer(segment._ref_vext[0], "vx", segment.crank_nicolson)
            h.setpointer(segment._ref_v, "vm", segment.crank_nicolson)

    # ---- rest

    def relax(self):
        """Backward Euler steps of 5 ms without a field, from the model's rest guess."""
        self.order(1)
        h.dt = 5.0
        h.finitialize(self.fibre.rest_guess)
        h.stoprun = 0
        start = time.process_time()
        advance(self.fibre.rest_ms)
        self.rest_seconds = time.process_time() - start
        self.t0 = h.t
        h.dt = self.dt
        self.order(2 if self.second_order else 1)

    def order(self, order):
        h.secondorder = 2 if order == 2 else 0
        h.active_crank_nicolson = 1 if order == 2 else 0

    def detect_at(self, compartment):
        segment = self.segments[compartment]
        detector = h.NetCon(segment._ref_v, None, sec=segment.sec)
        detector.threshold = SPIKE_MV
        detector.record(stop)
        return detector

    # ---- runs

    def set_field(self, ve):
        """The potential outside every compartment, mV at amplitude 1."""
        self.shifted = None
        if not self.extracellular:
            self.targets = pointers(c._ref_drive for c in self.channels)
            self.field = h.Vector(axial_drive(self.fibre.compartments, ve))
            return
        self.targets = pointers(s._ref_e_extracellular for s in self.segments)
        self.field = h.Vector(ve)
        if not self.textbook:
            # The capacitor of a single layer ends at ground, not at Ve. They differ when Ve jumps:
            # its charge is kept if vext jumps as well.
            self.shifted = pointers(s._ref_vext[0] for s in self.segments)
            if self.second_order:
                self.shifted_too = pointers(s.crank_nicolson._ref_before for s in self.segments)

    def fires(self, amplitude, waveform, stop_ms, settling_ms):
        """Whether a spike reaches the detection node, and after how many steps that was known.

        `waveform`: (begin, end, level) in ms, in order. Runs start with it: before, all rests.
        """
        self.rest.restore()
        h.stoprun = 0
        shift = self.t0 - waveform[0][0]
        stop = stop_ms + shift
        before = 0.0
        for begin, end, level in with_gaps(waveform):
            self.apply(amplitude * level, amplitude * (level - before))
            advance(end + shift)
            before = level
        self.apply(0.0, -amplitude * before)
        advance(min(end + shift + settling_ms, stop))
        while not h.stoprun and h.t < stop - 0.5 * self.dt and not self.silent():
            advance(min(h.t + LOOK_MS, stop))
        return bool(h.stoprun), round((h.t - self.t0) / self.dt)

    def apply(self, amplitude, jump):
        self.targets.scatter(self.field.c().mul(amplitude))
        if self.shifted is not None and jump != 0.0:
            vext = gathered(self.shifted).add(self.field.c().mul(jump))
            self.shifted.scatter(vext)
            if self.second_order:
                self.shifted_too.scatter(vext)

    def silent(self):
        return gathered(self.nodes).max() < self.fibre.rest_guess + NEAR_REST_MV


def with_gaps(waveform):
    pieces = []
    for begin, end, level in waveform:
        if pieces and begin > pieces[-1][1]:
            pieces.append((pieces[-1][1], begin, 0.0))
        pieces.append((begin, end, level))
    return pieces


def advance(t):
    """Steps until t, in NEURON's compiled loop, which stop() ends."""
    if not h.stoprun:
        h.batch_run(t, 1e9)


def stop():
    h.stoprun = 1


def pointers(references):
    references = list(references)
    vector = h.PtrVector(len(references))
    for i, reference in enumerate(references):
        vector.pset(i, reference)
    return vector


def gathered(ptr_vector):
    values = h.Vector(int(ptr_vector.size()))
    ptr_vector.gather(values)
    return values


def axial_drive(compartments, ve):
    """The axial current that Ve drives into each compartment, mA/cm2."""
    half = [0.5e-2 * c.axial * c.length / (0.25 * math.pi * c.diameter**2) for c in compartments]
    flow = numpy.diff(ve) / numpy.add(half[:-1], half[1:])  # mV / Mohm = nA
    gain = numpy.diff(flow, prepend=0.0, append=0.0)
    return gain / [1e-2 * c.area for c in compartments]  # nA/um2 = 100 mA/cm2
