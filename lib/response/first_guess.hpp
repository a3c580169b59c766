// A threshold from the potential alone, good to some 20 %: where searches start.
//
// The activating function (second difference of the potential between nodes; Rattay 1986,
// doi:10.1109/TBME.1986.325670), spread over neighbouring nodes by exp(-|k| / 2.5) as a passive
// cable spreads it (weighted sums: Warman, Grill and Durand 1992, doi:10.1109/10.184700),
// depolarises a node by so many mV per mA; firing needs V0 (1 + tau / width), more when the phase
// is reversed at once. The constants (axon::Excitability) are medians over populations of
// benchmarks/axon/axon_threshold with phases of 60 to 500 us. A wrong guess costs runs, never
// accuracy. Infinity when nothing depolarises.
#pragma once

#include "axon/cable.hpp"
#include "stimulus/field_at_fibre.hpp"
#include "stimulus/waveform.hpp"

#include <vector>

namespace foramen::response {

double guess_threshold_mA(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                          const stimulus::Waveform& waveform);

// What a change of the potential does to the threshold, relative. `direct` is what the guess says:
// good to some 10 % of itself, but by chance it may vanish where the two fields happen to agree.
// `nearby` is the root mean square of the change of depolarisation, over the depolarisation that
// decides, at the nodes within 3 mm and 10 nodes of where that is largest. Both zero where nothing
// depolarises.
struct ThresholdChange {
  double direct = 0.0, nearby = 0.0;
};
ThresholdChange threshold_change(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                                 const stimulus::FieldAtFibre& changed,
                                 const stimulus::Waveform& waveform);

// How the guess hangs on the potential: per node of the cable, the relative fall of the threshold
// per (mV per mA) there, 1/ohm. Empty where nothing depolarises.
std::vector<double> guess_weights(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                                  const stimulus::Waveform& waveform);

} // namespace foramen::response
