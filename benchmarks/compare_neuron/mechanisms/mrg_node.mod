COMMENT
Node of Ranvier of McIntyre, Richardson and Grill 2002, doi:10.1152/jn.00353.2001.

    i    = (gnap mp^3 + gna m^3 h) (V - 50) + (gks s + gl) (V + 90)
    y'   = a_y (1 - y) - b_y y   for y = mp, m, h, s
    a_mp = q1 0.01 lin(V + 27, 10.2)           b_mp = q1 0.00025 lin(-(V + 34), 10)
    a_m  = q1 1.86 lin(V + 21.4, 10.3)         b_m  = q1 0.086 lin(-(V + 25.7), 9.16)
    a_h  = q2 0.062 lin(-(V + 114), 11)        b_h  = q2 2.3 / (1 + exp(-(V + 31.8) / 13.4))
    a_s  = q3 0.3 / (1 + exp(-(V + 53) / 5))   b_s  = q3 0.03 / (1 + exp(-(V + 90)))
    q1 = 2.2^((T - 20) / 10)   q2 = 2.9^((T - 20) / 10)   q3 = 3^((T - 36) / 10)
    lin(x, k) = x / (1 - exp(-x / k))

Departures: none within +-150 mV; beyond, some published files freeze the rates.

A point process, to sit in one segment of a fibre that is a single section; `membrane` is the area.
ENDCOMMENT

NEURON {
    POINT_PROCESS mrg_node
    NONSPECIFIC_CURRENT i
    RANGE gnap, gna, gks, gl, membrane
}
UNITS {
    (mV) = (millivolt)
    (nA) = (nanoamp)
    (uS) = (microsiemens)
    (S) = (siemens)
}
PARAMETER {
    gnap = 0.01 (S/cm2)
    gna = 3 (S/cm2)
    gks = 0.08 (S/cm2)
    gl = 0.007 (S/cm2)
    membrane = 0 (um2)
}
STATE { mp m h s }
ASSIGNED {
    v (mV)
    celsius (degC)
    i (nA)
    g (uS)
    q1 q2 q3
    a_mp (/ms) b_mp (/ms) a_m (/ms) b_m (/ms) a_h (/ms) b_h (/ms) a_s (/ms) b_s (/ms)
}

INITIAL {
    q1 = 2.2^((celsius - 20)/10)
    q2 = 2.9^((celsius - 20)/10)
    q3 = 3^((celsius - 36)/10)
    rates(v)
    mp = a_mp/(a_mp + b_mp)
    m = a_m/(a_m + b_m)
    h = a_h/(a_h + b_h)
    s = a_s/(a_s + b_s)
}

BREAKPOINT {
    LOCAL gsodium, gpotassium
    CONDUCTANCE g
    SOLVE gates METHOD cnexp
    gsodium = 0.01*membrane*(gnap*mp*mp*mp + gna*m*m*m*h)
    gpotassium = 0.01*membrane*(gks*s + gl)
    g = gsodium + gpotassium
    i = gsodium*(v - 50) + gpotassium*(v + 90)
}

DERIVATIVE gates {
    rates(v)
    mp' = a_mp*(1 - mp) - b_mp*mp
    m' = a_m*(1 - m) - b_m*m
    h' = a_h*(1 - h) - b_h*h
    s' = a_s*(1 - s) - b_s*s
}

PROCEDURE rates(v (mV)) {
    a_mp = q1*0.01*lin(v + 27, 10.2)
    b_mp = q1*0.00025*lin(-v - 34, 10)
    a_m = q1*1.86*lin(v + 21.4, 10.3)
    b_m = q1*0.086*lin(-v - 25.7, 9.16)
    a_h = q2*0.062*lin(-v - 114, 11)
    b_h = q2*2.3/(1 + exp(-(v + 31.8)/13.4))
    a_s = q3*0.3/(1 + exp(-(v + 53)/5))
    b_s = q3*0.03/(1 + exp(-v - 90))
}

FUNCTION lin(x (mV), k (mV)) (mV) {
    if (fabs(x) < 1e-6*k) {
        lin = k
    } else {
        lin = x/(1 - exp(-x/k))
    }
}
