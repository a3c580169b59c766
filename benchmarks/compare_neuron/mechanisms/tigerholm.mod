COMMENT
C nociceptor of Tigerholm et al. 2014, doi:10.1152/jn.00777.2012, with PyFibers' constants. All in
one: channels, Na/K pump, Na-dependent K channel, leaks and concentrations.

    iNa = (g7 m7^3 h7 s7 + g8 m8^3 h8 s8 u8 + g9 m9 h9 s9 + gh/2 (hs + hf)/2 + glNa) (V - ENa)
          - 1.5 p
    iK  = (gks (ns + 3 nf)/4 + gkf mk hk + gkdr n^4 + gkna w + gh/2 (hs + hf)/2 + glK) (V - EK) + p
    w   = 0.37 / (1 + (38.7 / nai)^3.5)
    p   = -0.0047891 / (1 + 1/ko)^2
          (1.62 / (1 + (6.7 / (nai + 8))^3) + 1 / (1 + (67.6 / (nai + 8))^3))
    ci' = -4e4 i / (F d),  co' = 1e4 (i / F - 1e-8 (co - co(0))) / 0.029   for c = na, k;  d in um

Gates y' = a_y - r_y y with a_y = r_y y_inf, r_y = Q^((T - T0) / 10) / tau_y; Q, T0: Nav1.7 2.5, 21;
Nav1.8 2.5, 22; Nav1.9 2.5, 21; Ks 3.3, 21; Kf 3.3, 23; h 3, 22; Kdr 3.3, 22. Their rates are
written out in `rates`.

Departures: the leaks are constants, those which balance the currents at -55 mV and 37 C.

`drive` stands for the extracellular potential in a fibre without periaxonal space: the axial
current that Ve would drive into the segment, per membrane area.
ENDCOMMENT

NEURON {
    SUFFIX tigerholm
    USEION na READ ena WRITE ina, nai, nao
    USEION k READ ek WRITE ik, ki, ko
    NONSPECIFIC_CURRENT i
    RANGE g7, g8, g9, gks, gkf, gh, gkdr, gkna, drive
}
UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (mM) = (milli/liter)
    (um) = (micron)
    (S) = (siemens)
}
PARAMETER {
    g7 = 0.10664 (S/cm2)
    g8 = 0.24271 (S/cm2)
    g9 = 9.4779e-5 (S/cm2)
    gks = 0.0069733 (S/cm2)
    gkf = 0.012756 (S/cm2)
    gh = 0.0025377 (S/cm2)
    gkdr = 0.018002 (S/cm2)
    gkna = 0.00042 (S/cm2)
    drive = 0 (mA/cm2)
}
STATE {
    m7 h7 s7 m8 h8 s8 u8 m9 h9 s9 ns nf mk hk hs hf n
    nai (mM) nao (mM) ki (mM) ko (mM)
}
ASSIGNED {
    v (mV)
    celsius (degC)
    diam (um)
    ena (mV) ek (mV)
    ina (mA/cm2) ik (mA/cm2) i (mA/cm2)
    gsodium (S/cm2) gpotassium (S/cm2)
    q7 q8 q9 qks qkf qh qkdr
    a_m7 (/ms) r_m7 (/ms) a_h7 (/ms) r_h7 (/ms) a_s7 (/ms) r_s7 (/ms)
    a_m8 (/ms) r_m8 (/ms) a_h8 (/ms) r_h8 (/ms) a_s8 (/ms) r_s8 (/ms) a_u8 (/ms) r_u8 (/ms)
    a_m9 (/ms) r_m9 (/ms) a_h9 (/ms) r_h9 (/ms) a_s9 (/ms) r_s9 (/ms)
    a_ns (/ms) r_ns (/ms) a_nf (/ms) r_nf (/ms) a_mk (/ms) r_mk (/ms) a_hk (/ms) r_hk (/ms)
    a_hs (/ms) r_hs (/ms) a_hf (/ms) r_hf (/ms) a_n (/ms) r_n (/ms)
}

INITIAL {
    q7 = 2.5^((celsius - 21)/10)
    q8 = 2.5^((celsius - 22)/10)
    q9 = 2.5^((celsius - 21)/10)
    qks = 3.3^((celsius - 21)/10)
    qkf = 3.3^((celsius - 23)/10)
    qh = 3^((celsius - 22)/10)
    qkdr = 3.3^((celsius - 22)/10)
    rates(v)
    m7 = a_m7/r_m7
    h7 = a_h7/r_h7
    s7 = a_s7/r_s7
    m8 = a_m8/r_m8
    h8 = a_h8/r_h8
    s8 = a_s8/r_s8
    u8 = a_u8/r_u8
    m9 = a_m9/r_m9
    h9 = a_h9/r_h9
    s9 = a_s9/r_s9
    ns = a_ns/r_ns
    nf = a_nf/r_nf
    mk = a_mk/r_mk
    hk = a_hk/r_hk
    hs = a_hs/r_hs
    hf = a_hf/r_hf
    n = a_n/r_n
    nai = 11.4
    nao = 154
    ki = 121.7
    ko = 5.6
}

BREAKPOINT {
    LOCAL p, w, x, y, z, ghalf
    CONDUCTANCE gsodium USEION na
    CONDUCTANCE gpotassium USEION k
    SOLVE states METHOD cnexp
    x = 38.7/nai
    w = 0.37/(1 + x*x*x*sqrt(x))
    x = 1/(1 + 1/ko)
    y = 6.7/(nai + 8)
    z = 67.6/(nai + 8)
    p = -0.0047891*x*x*(1.62/(1 + y*y*y) + 1/(1 + z*z*z))
    ghalf = 0.25*gh*(hs + hf)
    gsodium = g7*m7*m7*m7*h7*s7 + g8*m8*m8*m8*h8*s8*u8 + g9*m9*h9*s9 + ghalf + 2.0582549212e-5
    gpotassium = 0.25*gks*(ns + 3*nf) + gkf*mk*hk + gkdr*n*n*n*n + gkna*w + ghalf + 4.2277674367e-5
    ina = gsodium*(v - ena) - 1.5*p
    ik = gpotassium*(v - ek) + p
    i = -drive
}

DERIVATIVE states {
    rates(v)
    m7' = a_m7 - r_m7*m7
    h7' = a_h7 - r_h7*h7
    s7' = a_s7 - r_s7*s7
    m8' = a_m8 - r_m8*m8
    h8' = a_h8 - r_h8*h8
    s8' = a_s8 - r_s8*s8
    u8' = a_u8 - r_u8*u8
    m9' = a_m9 - r_m9*m9
    h9' = a_h9 - r_h9*h9
    s9' = a_s9 - r_s9*s9
    ns' = a_ns - r_ns*ns
    nf' = a_nf - r_nf*nf
    mk' = a_mk - r_mk*mk
    hk' = a_hk - r_hk*hk
    hs' = a_hs - r_hs*hs
    hf' = a_hf - r_hf*hf
    n' = a_n - r_n*n
    nai' = -4e4*ina/(96485.332*diam)
    nao' = 1e4/0.029*(ina/96485.332 + 1e-8*154) - 1e-4/0.029*nao
    ki' = -4e4*ik/(96485.332*diam)
    ko' = 1e4/0.029*(ik/96485.332 + 1e-8*5.6) - 1e-4/0.029*ko
}

PROCEDURE rates(v (mV)) {
    LOCAL x, y

    : Nav1.7
    a_m7 = q7*15.5/(1 + exp(-(v - 5)/12.08))
    r_m7 = a_m7 + q7*35.2/(1 + exp((v + 72.7)/16.7))
    a_h7 = q7*0.38685/(1 + exp((v + 122.35)/15.29))
    r_h7 = a_h7 + q7*(-0.00283 + 2.00283/(1 + exp(-(v + 5.5266)/12.702)))
    a_s7 = q7*(3e-5 + 9.2e-4/(1 + exp((v + 93.9)/16.6)))
    r_s7 = a_s7 + q7*132.05/(1 + exp(-(v - 384.9)/28.5))

    : Nav1.8
    a_m8 = q8*(2.85 - 2.839/(1 + exp((v - 1.159)/13.95)))
    r_m8 = a_m8 + q8*7.6205/(1 + exp((v + 46.463)/8.8289))
    r_h8 = q8/(1.218 + 42.043*exp(-(v + 38.1)*(v + 38.1)/(2*15.19*15.19)))
    a_h8 = r_h8/(1 + exp((v + 32.2)/4))
    x = 5.4203/(1 + exp((v + 79.816)/16.269))
    y = 5.0757/(1 + exp(-(v + 15.968)/11.542))
    r_s8 = q8*0.001*(x + y)
    a_s8 = r_s8/(1 + exp((v + 45)/8))
    x = 2.0434/(1 + exp((v + 67.499)/19.51))
    y = 1.9952/(1 + exp(-(v + 30.963)/14.792))
    r_u8 = q8*0.0002*(x + y)
    a_u8 = r_u8/(1 + exp((v + 51)/8))

    : Nav1.9
    a_m9 = q9*1.032/(1 + exp(-(v + 6.99)/14.8712))
    r_m9 = a_m9 + q9*5.79/(1 + exp((v + 130.4)/22.9))
    a_h9 = q9*0.06435/(1 + exp((v + 73.2642)/3.71928))
    r_h9 = a_h9 + q9*0.13496/(1 + exp(-(v + 10.2785)/9.09334))
    a_s9 = q9*1.6e-7*exp(-v/12)
    r_s9 = a_s9 + q9*5e-4/(1 + exp(-(v + 32)/23))

    : Ks
    x = 1/(1 + exp(-(v + 30)/6))
    if (v < -60) {
        r_ns = qks/219
    } else {
        r_ns = qks/(13*v + 1000)
    }
    r_nf = qks*0.00395*(exp((v + 30)/40) + exp(-(v + 30)/20))
    a_ns = r_ns*x
    a_nf = r_nf*x

    : Kf
    x = 1/(1 + exp(-(v - 9.6)/16.4))
    r_mk = qkf/(0.25 + 10.04*exp(-(v + 24.67)*(v + 24.67)/(2*34.8*34.8)))
    a_mk = r_mk*x*x*x*x
    x = 20 + 50*exp(-(v + 40)*(v + 40)/(2*40*40))
    if (x < 5) {
        x = 5
    }
    r_hk = qkf/x
    a_hk = r_hk/(1 + exp((v + 34.9)/4.6))

    : h
    if (v < -70) {
        x = exp((v + 240)/50)
        r_hs = qh/(2500 + 100*x)
        r_hf = qh/(250 + 12*x)
    } else {
        x = exp(-(v + 25)/20)
        r_hs = qh/(300 + 542*x)
        r_hf = qh/(140 + 50*x)
    }
    x = 1/(1 + exp((v + 87.2)/9.7))
    a_hs = r_hs*x
    a_hf = r_hf*x

    : Kdr
    if (v < -31) {
        x = 1000*(0.000688 + 1/(exp((v + 75.2)/6.5) + exp(-(v - 131.5)/34.8)))
    } else {
        x = 0.16 + 0.8*exp(-0.0267*(v + 11))
    }
    r_n = qkdr/x
    a_n = r_n/(1 + exp(-(v + 25)/15.4))
}
