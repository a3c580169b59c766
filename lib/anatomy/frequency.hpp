// What of an anatomy depends on frequency: tissues with a dispersion (tissue.hpp) and a perineurium
// by frequency (perineurium.hpp). Read from a study they hold their values at 1 kHz until
// evaluate_at is called.
#pragma once

#include "anatomy/lumbar.hpp"
#include "core/units.hpp"

namespace foramen::anatomy {

bool depends_on_frequency(const Anatomy& anatomy);

void evaluate_at(Anatomy& anatomy, Frequency f);

} // namespace foramen::anatomy
