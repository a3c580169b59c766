COMMENT
Axon of Sundt, Gamper and Jaffe 2015, doi:10.1152/jn.00226.2015 (ModelDB 187473), far from the soma.

    i   = gna m^3 h (V - 50) + gk n^3 l (V + 90) + gl (V + 60)
    y'  = a_y (1 - y) - b_y y   for y = m, h, n, l
    a_m = qt 0.32 lin(V + 45.9, 4)             b_m = qt 0.28 lin(-(V + 18.9), 5)
    a_h = qt 0.128 exp(-(V + 54) / 18)         b_h = qt 4 / (exp(-(V + 31) / 5) + 1)
    a_n = qt 0.03 exp(2 k (V + 32))            b_n = qt 0.03 exp(-3 k (V + 32))
    a_l = qt 0.001 exp(-2 k (V + 61))          b_l = qt 0.001
    k = F / (R (273.16 + T)) = 9.648e4 / (8.315 (273.16 + T)) 1e-3 / mV   qt = 3^((T - 30) / 10)
    lin(x, k) = x / (1 - exp(-x / k))

Departures: the leak reverses at -60 mV, as in PyFibers, whose fibre rests at -59.93 mV.

`drive` stands for the extracellular potential in a fibre without periaxonal space: the axial
current that Ve would drive into the segment, per membrane area.
ENDCOMMENT

NEURON {
    SUFFIX sundt
    NONSPECIFIC_CURRENT i
    RANGE gna, gk, gl, drive
}
UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S) = (siemens)
}
PARAMETER {
    gna = 0.04 (S/cm2)
    gk = 0.04 (S/cm2)
    gl = 1e-4 (S/cm2)
    drive = 0 (mA/cm2)
}
STATE { m h n l }
ASSIGNED {
    v (mV)
    celsius (degC)
    i (mA/cm2)
    g (S/cm2)
    qt
    k (/mV)
    a_m (/ms) b_m (/ms) a_h (/ms) b_h (/ms) a_n (/ms) b_n (/ms) a_l (/ms) b_l (/ms)
}

INITIAL {
    qt = 3^((celsius - 30)/10)
    k = 9.648e4/(8.315*(273.16 + celsius))*1e-3
    rates(v)
    m = a_m/(a_m + b_m)
    h = a_h/(a_h + b_h)
    n = a_n/(a_n + b_n)
    l = a_l/(a_l + b_l)
}

BREAKPOINT {
    LOCAL gsodium, gpotassium
    CONDUCTANCE g
    SOLVE gates METHOD cnexp
    gsodium = gna*m*m*m*h
    gpotassium = gk*n*n*n*l
    g = gsodium + gpotassium + gl
    i = gsodium*(v - 50) + gpotassium*(v + 90) + gl*(v + 60) - drive
}

DERIVATIVE gates {
    rates(v)
    m' = a_m*(1 - m) - b_m*m
    h' = a_h*(1 - h) - b_h*h
    n' = a_n*(1 - n) - b_n*n
    l' = a_l*(1 - l) - b_l*l
}

PROCEDURE rates(v (mV)) {
    LOCAL e
    a_m = qt*0.32*lin(v + 45.9, 4)
    b_m = qt*0.28*lin(-v - 18.9, 5)
    a_h = qt*0.128*exp(-(v + 54)/18)
    b_h = qt*4/(exp(-(v + 31)/5) + 1)
    e = exp(k*(v + 32))
    a_n = qt*0.03*e*e
    b_n = qt*0.03/(e*e*e)
    a_l = qt*0.001*exp(-2*k*(v + 61))
    b_l = qt*0.001
}

FUNCTION lin(x (mV), k (mV)) (mV) {
    if (fabs(x) < 1e-6*k) {
        lin = k
    } else {
        lin = x/(1 - exp(-x/k))
    }
}
