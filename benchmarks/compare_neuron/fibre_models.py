"""Compartments of published fibres, as numbers: what lib/axon/models builds, for NEURON.

fibre(model, diameter_um, n_nodes) gives the compartments in order with the quantities that NEURON
wants: um, ohm cm, uF/cm2, S/cm2, Mohm/cm. Densities are on pi * diameter * length, and the diameter
of MYSA, FLUT and STIN is the fibre's, as in the published programs.

    MRG_*     McIntyre, Richardson and Grill 2002, doi:10.1152/jn.00353.2001
    PENA      Pena et al. 2024, doi:10.1371/journal.pcbi.1011833
    GAINES_*  Gaines et al. 2018, doi:10.1007/s10827-018-0689-5
    SUNDT     Sundt, Gamper and Jaffe 2015, doi:10.1152/jn.00226.2015
    TIGERHOLM Tigerholm et al. 2014, doi:10.1152/jn.00777.2012
"""

import math
from dataclasses import dataclass, field, replace

PASSIVE_END_OHM_CM = 1e10  # PyFibers: the axoplasm of an end node does not conduct
C_FIBRE_COMPARTMENT_UM = 8.333


@dataclass(frozen=True)
class Compartment:
    length: float
    diameter: float
    axial: float  # resistivity
    capacitance: float
    mechanism: str = ""  # channels, of ours; none: `leak` only
    parameters: dict = field(default_factory=dict)
    leak: tuple = ()  # conductance and reversal (mV) of `pas`
    periaxonal: float = 1e9  # resistance; the default does not conduct
    myelin_conductance: float = 1e10  # the default is none: the potential outside is Ve
    myelin_capacitance: float = 0.0

    @property
    def area(self):  # um2
        return math.pi * self.diameter * self.length


@dataclass(frozen=True)
class Fibre:
    compartments: list
    nodes: list  # indices of the compartments that can fire
    centres: list  # um along the fibre, from the middle of the central node
    passive_ends: bool
    rest_guess: float  # mV
    rest_ms: float  # of relaxation, from there to the state in which runs start


@dataclass(frozen=True)
class Measures:  # um
    fibre: float
    node: float
    mysa: float
    axon: float
    internode: float
    flut: float
    lamellae: float


MRG_TABLE = {  # fibre: internode, FLUT, axon, node, lamellae
    1.0: (100, 5, 0.8, 0.7, 15),
    2.0: (200, 10, 1.6, 1.4, 30),
    5.7: (500, 35, 3.4, 1.9, 80),
    7.3: (750, 38, 4.6, 2.4, 100),
    8.7: (1000, 40, 5.8, 2.8, 110),
    10.0: (1150, 46, 6.9, 3.3, 120),
    11.5: (1250, 50, 8.1, 3.7, 130),
    12.8: (1350, 54, 9.2, 4.2, 135),
    14.0: (1400, 56, 10.4, 4.7, 140),
    15.0: (1450, 58, 11.5, 5.0, 145),
    16.0: (1500, 60, 12.7, 5.5, 150),
}


def mrg_discrete(d):
    internode, flut, axon, node, lamellae = MRG_TABLE[d]
    return Measures(d, node, node, axon, internode, flut, lamellae)


def mrg_interpolation(d):
    node = 0.01093 * d * d + 0.1008 * d + 1.099
    axon = 0.02361 * d * d + 0.3673 * d + 0.7122
    internode = -8.215 * d * d + 272.4 * d - 780.2 if d >= 5.643 else 81.08 * d + 37.84
    flut = -0.1652 * d * d + 6.354 * d - 0.2862
    return Measures(d, node, node, axon, internode, flut, -0.4749 * d * d + 16.85 * d - 0.7648)


def pena(d):
    axon = 0.553 * d - 0.024
    node = 0.321 * axon + 0.37
    internode = -3.22 * d * d + 148 * d - 128
    flut = -0.171 * d * d + 6.48 * d - 0.935
    return Measures(d, node, node, axon, internode, flut, int(17.4 * axon - 1.74))


def gaines(d):
    ln = math.log(d)
    return Measures(d, 0.3449 * d - 0.1484, 0.3527 * d - 0.1804, 0.889 * d - 1.9104,
                    969.3 * ln - 1144.6, 2.5811 * d + 19.59, 65.897 * ln - 32.666)


SENSORY_NODE = {
    "gks": 0.04106, "gkf": 0.02737, "gl": 0.006005,
    "mpa_r": 0.00957, "mpa_v": 26.852, "mpb_r": 0.0002401, "mpb_v": 33.8333,
    "ma_r": 1.77753, "ma_v": 20.1795, "mb_r": 0.0823, "mb_v": 25.4746,
    "ha_r": 0.075286, "ha_v": 112.712, "ha_k": 8.3910,  # 112.7124 in the published file
    "hb_r": 2.8083, "hb_v": 30.5435, "hb_k": 10.2263,
}
SENSORY_INTERNODE = {"gks": 0.001324, "gkf": 0.02737, "gq": 0.003102, "gl": 0.0001716, "vq": -94.2}

# Measures, node, MYSA, FLUT and STIN (None: the passive axolemma of MRG), rest guess, passive ends.
MRG_NODE = ("mrg_node", {})
PENA_NODE = ("mrg_node", {"gna": 2.333333, "gks": 0.115556})
MYELINATED = {
    "MRG_DISCRETE": (mrg_discrete, MRG_NODE, None, None, -80.0, True),
    "MRG2002": (mrg_discrete, MRG_NODE, None, None, -80.0, False),
    "MRG_INTERPOLATION": (mrg_interpolation, MRG_NODE, None, None, -80.0, True),
    "PENA": (pena, PENA_NODE, None, None, -80.0, True),
    "SMALL_MRG_INTERPOLATION": (pena, MRG_NODE, None, None, -80.0, True),
    "GAINES_MOTOR": (gaines, ("gaines_node", {}),
                     ("gaines_internode", {"gkf": 0.15074, "gl": 0.002}),
                     ("gaines_internode", {}), -85.9411, False),
    "GAINES_SENSORY": (gaines, ("gaines_node", SENSORY_NODE),
                       ("gaines_internode", SENSORY_INTERNODE | {"gkf": 0.1642, "gl": 0.001716}),
                       ("gaines_internode", SENSORY_INTERNODE), -79.3565, False),
}
UNMYELINATED = {  # mechanism, axoplasm (ohm cm), rest guess, what makes an end passive
    "SUNDT": ("sundt", 100.0, -60.0, {"gna": 0.0, "gk": 0.0}),
    "TIGERHOLM": ("tigerholm", 35.4, -55.0, None),
}


def part(m, length, d, gap, channels, passive_leak):
    """A compartment of the myelinated internode around an axon of diameter d."""
    scale = d / m.fibre  # from the axolemma to pi D L
    mechanism, parameters = channels or ("", {})
    return Compartment(
        length=length, diameter=m.fibre, axial=70 / scale**2, capacitance=2 * scale,
        mechanism=mechanism, parameters=parameters,
        leak=() if channels else (passive_leak * scale, -80.0),
        periaxonal=periaxonal(d, gap),
        myelin_conductance=0.001 / (2 * m.lamellae), myelin_capacitance=0.1 / (2 * m.lamellae))


def periaxonal(d, gap):
    return 0.01 * 0.7e6 / (math.pi * ((d / 2 + gap) ** 2 - (d / 2) ** 2))


def passive_end(node, rest):
    return replace(node, mechanism="", parameters={}, leak=(1e-4, rest), capacitance=1.0,
                   axial=PASSIVE_END_OHM_CM)


def myelinated(model, diameter, n_nodes):
    measures, node_channels, mysa_channels, axon_channels, rest, passive_ends = MYELINATED[model]
    m = measures(diameter)
    node = Compartment(length=1.0, diameter=m.node, axial=70.0, capacitance=2.0,
                       mechanism=node_channels[0], parameters=node_channels[1],
                       periaxonal=periaxonal(m.node, 0.002))
    mysa = part(m, 3.0, m.mysa, 0.002, mysa_channels, 0.001)
    flut = part(m, m.flut, m.axon, 0.004, axon_channels, 0.0001)
    stin = part(m, (m.internode - 7 - 2 * m.flut) / 6, m.axon, 0.004, axon_channels, 0.0001)
    period = [node, mysa, flut, stin, stin, stin, stin, stin, stin, flut, mysa]
    compartments = period * (n_nodes - 1) + [node]
    if passive_ends:
        compartments[0] = compartments[-1] = passive_end(node, rest)
    nodes = list(range(0, len(compartments), len(period)))
    return Fibre(compartments, nodes, centres(compartments), passive_ends, rest, 1000.0)


def unmyelinated(model, diameter, n_compartments):
    mechanism, axial, rest, off = UNMYELINATED[model]
    inner = Compartment(length=C_FIBRE_COMPARTMENT_UM, diameter=diameter, axial=axial,
                        capacitance=1.0, mechanism=mechanism)
    compartments = [inner] * n_compartments
    if off:  # what is left is the leak of a passive end
        compartments[0] = compartments[-1] = replace(inner, parameters=off,
                                                     axial=PASSIVE_END_OHM_CM)
    return Fibre(compartments, list(range(n_compartments)), centres(compartments), bool(off), rest,
                 200.0)


def centres(compartments):
    ends = [0.0]
    for c in compartments:
        ends.append(ends[-1] + c.length)
    return [0.5 * (a + b - ends[-1]) for a, b in zip(ends, ends[1:])]


def fibre(model, diameter, n_nodes):
    build = myelinated if model in MYELINATED else unmyelinated
    return build(model, diameter, n_nodes)
