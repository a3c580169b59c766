COMMENT
MYSA, FLUT and STIN of Gaines, Finn, Slopsema, Heyboer and Polasek 2018,
doi:10.1007/s10827-018-0689-5 (ModelDB 243841).

    i   = (gks s + gkf n^4 + gl) (V + 90) + gq q (V + 54.9)
    y'  = a_y (1 - y) - b_y y   for y = s, n, q
    a_s = q3 0.3 / (1 + exp(-(V + 53) / 5))     b_s = q3 0.03 / (1 + exp(-(V + 90)))
    a_n = q3 0.0462 lin(V + 83.2, 1.1)          b_n = q3 0.0824 lin(-(V + 66), 10.5)
    a_q = q3 0.00522 exp(-(V - vq) / 12.2)      b_q = q3 0.00522 exp((V - vq) / 12.2)
    q3 = 3^((T - 36) / 10)   lin(x, k) = x / (1 - exp(-x / k))

The defaults are those of the motor fibre's FLUT and STIN. Departures: none.

A point process, to sit in one segment of a fibre that is a single section; `membrane` is the area.
ENDCOMMENT

NEURON {
    POINT_PROCESS gaines_internode
    NONSPECIFIC_CURRENT i
    RANGE gks, gkf, gq, gl, vq, membrane
}
UNITS {
    (mV) = (millivolt)
    (nA) = (nanoamp)
    (uS) = (microsiemens)
    (S) = (siemens)
}
PARAMETER {
    gks = 0.002581 (S/cm2)
    gkf = 0.02568 (S/cm2)
    gq = 0.002232 (S/cm2)
    gl = 0.0002 (S/cm2)
    vq = -107.3 (mV)
    membrane = 0 (um2)
}
STATE { s n q }
ASSIGNED {
    v (mV)
    celsius (degC)
    i (nA)
    g (uS)
    q3
    a_s (/ms) b_s (/ms) a_n (/ms) b_n (/ms) a_q (/ms) b_q (/ms)
}

INITIAL {
    q3 = 3^((celsius - 36)/10)
    rates(v)
    s = a_s/(a_s + b_s)
    n = a_n/(a_n + b_n)
    q = a_q/(a_q + b_q)
}

BREAKPOINT {
    LOCAL gpotassium, gmixed
    CONDUCTANCE g
    SOLVE gates METHOD cnexp
    gpotassium = 0.01*membrane*(gks*s + gkf*n*n*n*n + gl)
    gmixed = 0.01*membrane*gq*q
    g = gpotassium + gmixed
    i = gpotassium*(v + 90) + gmixed*(v + 54.9)
}

DERIVATIVE gates {
    rates(v)
    s' = a_s*(1 - s) - b_s*s
    n' = a_n*(1 - n) - b_n*n
    q' = a_q*(1 - q) - b_q*q
}

PROCEDURE rates(v (mV)) {
    LOCAL e
    a_s = q3*0.3/(1 + exp(-(v + 53)/5))
    b_s = q3*0.03/(1 + exp(-v - 90))
    a_n = q3*0.0462*lin(v + 83.2, 1.1)
    b_n = q3*0.0824*lin(-v - 66, 10.5)
    e = exp((v - vq)/12.2)
    a_q = q3*0.00522/e
    b_q = q3*0.00522*e
}

FUNCTION lin(x (mV), k (mV)) (mV) {
    if (fabs(x) < 1e-6*k) {
        lin = k
    } else {
        lin = x/(1 - exp(-x/k))
    }
}
