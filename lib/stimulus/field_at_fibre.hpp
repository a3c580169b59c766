// The one struct where field and axon meet: the extracellular potential at each compartment.
//
// `mV_per_mA[k]`: potential at the centre of compartment k, for 1 mA of programme amplitude at
// level +1 (equal to ohm). The potential at time t is amplitude * level(t) * mV_per_mA[k].
#pragma once

#include <vector>

namespace foramen::stimulus {

struct FieldAtFibre {
  std::vector<double> mV_per_mA;
};

} // namespace foramen::stimulus
