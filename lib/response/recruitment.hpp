// How much of a population fires at which current.
//
// Fibres with a threshold above the ceiling count in the denominator and are never recruited;
// fibres below the floor or firing unstimulated count as recruited from zero. Intervals of the
// single thresholds (bracket, time step, field) carry through: every current comes with the
// interval that they allow.
//
// Cost: O(n log n). Errors: none; an answer that does not exist is a status.
#pragma once

#include "core/units.hpp"
#include "response/threshold.hpp"

#include <span>
#include <vector>

namespace foramen::response {

// Fraction recruited as a step function: `fraction[i]` from `amplitude[i]` (ascending) on.
struct RecruitmentCurve {
  std::vector<Current> amplitude;
  std::vector<double> fraction;
  double at(Current current) const; // 0 below the first
};
RecruitmentCurve recruitment_curve(std::span<const ThresholdResult> fibres);

enum class RecruitingStatus : std::uint8_t { reached, above_ceiling, empty };
const char* name_of(RecruitingStatus status);

struct RecruitingCurrent {
  RecruitingStatus status = RecruitingStatus::empty;
  Current current{};     // at which at least `fraction` of the fibres fire (upper ends of brackets)
  Current low{}, high{}; // low <= true value <= high; low < current <= high
  std::size_t fibre = 0; // whose threshold it is
};
// The current that recruits at least ceil(fraction * n) fibres, 0 < fraction <= 1.
RecruitingCurrent current_recruiting(std::span<const ThresholdResult> fibres, double fraction);

} // namespace foramen::response
