COMMENT
Node of Ranvier of Gaines, Finn, Slopsema, Heyboer and Polasek 2018,
doi:10.1007/s10827-018-0689-5 (ModelDB 243841).

    i    = (gnap mp^3 + gna m^3 h) (V - 50) + (gks s + gkf n^4 + gl) (V + 90)
    y'   = a_y (1 - y) - b_y y   for y = mp, m, h, s, n
    a_mp = q1 mpa_r lin(V + mpa_v, 10.2)       b_mp = q1 mpb_r lin(-(V + mpb_v), 10)
    a_m  = q1 ma_r lin(V + ma_v, 10.3)         b_m  = q1 mb_r lin(-(V + mb_v), 9.16)
    a_h  = q2 ha_r lin(-(V + ha_v), ha_k)      b_h  = q2 hb_r / (1 + exp(-(V + hb_v) / hb_k))
    a_s  = q3 0.3 / (1 + exp(-(V + 53) / 5))   b_s  = q3 0.03 / (1 + exp(-(V + 90)))
    a_n  = q3 0.0462 lin(V + 83.2, 1.1)        b_n  = q3 0.0824 lin(-(V + 66), 10.5)
    q1 = 2.2^((T - 20) / 10)   q2 = 2.9^((T - 20) / 10)   q3 = 3^((T - 36) / 10)
    lin(x, k) = x / (1 - exp(-x / k))

The defaults are those of the motor fibre; a sensory fibre sets other values (none with more than
the six digits that NEURON keeps of a default, as in the published file).

Departures: none.

A point process, to sit in one segment of a fibre that is a single section; `membrane` is the area.
ENDCOMMENT

NEURON {
    POINT_PROCESS gaines_node
    NONSPECIFIC_CURRENT i
    RANGE gnap, gna, gks, gkf, gl, membrane
    RANGE mpa_r, mpa_v, mpb_r, mpb_v, ma_r, ma_v, mb_r, mb_v
    RANGE ha_r, ha_v, ha_k, hb_r, hb_v, hb_k
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
    gkf = 0.02568 (S/cm2)
    gl = 0.007 (S/cm2)
    membrane = 0 (um2)
    mpa_r = 0.01 (/ms/mV)
    mpa_v = 27 (mV)
    mpb_r = 0.00025 (/ms/mV)
    mpb_v = 34 (mV)
    ma_r = 1.86 (/ms/mV)
    ma_v = 20.4 (mV)
    mb_r = 0.086 (/ms/mV)
    mb_v = 25.7 (mV)
    ha_r = 0.062 (/ms/mV)
    ha_v = 114 (mV)
    ha_k = 11 (mV)
    hb_r = 2.3 (/ms)
    hb_v = 31.8 (mV)
    hb_k = 13.4 (mV)
}
STATE { mp m h s n }
ASSIGNED {
    v (mV)
    celsius (degC)
    i (nA)
    g (uS)
    q1 q2 q3
    a_mp (/ms) b_mp (/ms) a_m (/ms) b_m (/ms) a_h (/ms) b_h (/ms)
    a_s (/ms) b_s (/ms) a_n (/ms) b_n (/ms)
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
    n = a_n/(a_n + b_n)
}

BREAKPOINT {
    LOCAL gsodium, gpotassium
    CONDUCTANCE g
    SOLVE gates METHOD cnexp
    gsodium = 0.01*membrane*(gnap*mp*mp*mp + gna*m*m*m*h)
    gpotassium = 0.01*membrane*(gks*s + gkf*n*n*n*n + gl)
    g = gsodium + gpotassium
    i = gsodium*(v - 50) + gpotassium*(v + 90)
}

DERIVATIVE gates {
    rates(v)
    mp' = a_mp*(1 - mp) - b_mp*mp
    m' = a_m*(1 - m) - b_m*m
    h' = a_h*(1 - h) - b_h*h
    s' = a_s*(1 - s) - b_s*s
    n' = a_n*(1 - n) - b_n*n
}

PROCEDURE rates(v (mV)) {
    a_mp = q1*mpa_r*lin(v + mpa_v, 10.2)
    b_mp = q1*mpb_r*lin(-v - mpb_v, 10)
    a_m = q1*ma_r*lin(v + ma_v, 10.3)
    b_m = q1*mb_r*lin(-v - mb_v, 9.16)
    a_h = q2*ha_r*lin(-v - ha_v, ha_k)
    b_h = q2*hb_r/(1 + exp(-(v + hb_v)/hb_k))
    a_s = q3*0.3/(1 + exp(-(v + 53)/5))
    b_s = q3*0.03/(1 + exp(-v - 90))
    a_n = q3*0.0462*lin(v + 83.2, 1.1)
    b_n = q3*0.0824*lin(-v - 66, 10.5)
}

FUNCTION lin(x (mV), k (mV)) (mV) {
    if (fabs(x) < 1e-6*k) {
        lin = k
    } else {
        lin = x/(1 - exp(-x/k))
    }
}
