// Strength and duration: thresholds of one fibre over the width of a pulse, and the two laws that
// are fitted to them.
//
//   Weiss     I(w) = rheobase (1 + chronaxie / w)                       (Weiss 1901)
//   Lapicque  I(w) = rheobase / (1 - 2^(-w / chronaxie))                (Lapicque 1907)
//
// The rheobase is the current that a pulse without end needs, the chronaxie the width at which
// twice that is needed. Fits minimise the relative residuals of the currents, so that short and
// long pulses count alike. Errors (ConfigError): fewer than two widths, widths or currents that are
// not positive. Cost: fits are nothing; a curve costs a threshold per width, searched side by side.
#pragma once

#include "response/threshold.hpp"

#include <functional>
#include <span>
#include <vector>

namespace foramen::response {

struct StrengthDurationLaw {
  Current rheobase{};
  Time chronaxie{};
  double worst_residual = 0.0; // largest |fitted / measured - 1|
};
StrengthDurationLaw fit_weiss(std::span<const Time> widths, std::span<const Current> currents);
StrengthDurationLaw fit_lapicque(std::span<const Time> widths, std::span<const Current> currents);

struct StrengthDurationCurve {
  std::vector<Time> widths;
  std::vector<ThresholdResult> thresholds; // per width
  bool complete = false;                   // every width has a threshold; else there are no laws
  StrengthDurationLaw weiss, lapicque;
};

// `pulse` makes the waveform of a width, for example
//   [](Time width) { return stimulus::biphasic({.width = width}); }
StrengthDurationCurve strength_duration(const axon::Cable& cable,
                                        const stimulus::FieldAtFibre& field,
                                        std::span<const Time> widths,
                                        const std::function<stimulus::Waveform(Time)>& pulse,
                                        const ThresholdOptions& options = {});

} // namespace foramen::response
