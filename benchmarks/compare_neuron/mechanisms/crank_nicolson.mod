COMMENT
Completes a second-order step (secondorder = 2) where there is `extracellular`.

NEURON solves for the middle of a step and then doubles the change. NEURON 8.2 doubles that of
v + vext, but vext itself it leaves in the middle, and v is off by the rest (update in fadvance.cpp,
nrn_update_2d in extcelln.cpp): thresholds come out 20 % wrong. This adds the rest to vext and takes
it from v. `active = 0` does nothing, for first-order steps.

It must run before gates see v, so its name comes first of all mechanisms compiled with it.
ENDCOMMENT

NEURON {
    SUFFIX crank_nicolson
    GLOBAL active
    RANGE before
    POINTER vx, vm
}
PARAMETER { active = 0 }
ASSIGNED {
    vx (millivolt)
    vm (millivolt)
}
STATE { before (millivolt) }

INITIAL { before = vx }

BREAKPOINT { SOLVE complete }

PROCEDURE complete() {
    LOCAL rest
    rest = active*(vx - before)
    vx = vx + rest
    vm = vm - rest
    before = vx
}
