#include "response/recruitment.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace foramen::response {
namespace {

bool recruitable(const ThresholdResult& r) {
  return r.status != ThresholdStatus::above_ceiling;
}

Current upper_end(const ThresholdResult& r) {
  return r.status == ThresholdStatus::fires_unstimulated ? Current{} : r.threshold;
}
CurrentInterval whole_interval(const ThresholdResult& r) {
  return r.status == ThresholdStatus::fires_unstimulated ? CurrentInterval{} : interval_of(r);
}

} // namespace

double RecruitmentCurve::at(Current current) const {
  const auto above = std::upper_bound(amplitude.begin(), amplitude.end(), current);
  return above == amplitude.begin()
             ? 0.0
             : fraction[static_cast<std::size_t>(above - amplitude.begin()) - 1];
}

RecruitmentCurve recruitment_curve(std::span<const ThresholdResult> fibres) {
  std::vector<std::pair<Current, int>> changes;
  for (const ThresholdResult& r : fibres)
    if (recruitable(r)) {
      changes.emplace_back(upper_end(r), 1);
      if (r.silent_from > Current{})
        changes.emplace_back(r.silent_from, -1);
    }
  std::sort(changes.begin(), changes.end());
  RecruitmentCurve curve;
  int recruited = 0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    recruited += changes[i].second;
    if (i + 1 < changes.size() && changes[i + 1].first == changes[i].first)
      continue; // the step belongs to the last of equals
    curve.amplitude.push_back(changes[i].first);
    curve.fraction.push_back(static_cast<double>(recruited) / static_cast<double>(fibres.size()));
  }
  return curve;
}

const char* name_of(RecruitingStatus status) {
  switch (status) {
  case RecruitingStatus::reached:
    return "reached";
  case RecruitingStatus::above_ceiling:
    return "above_ceiling";
  case RecruitingStatus::empty:
    return "empty";
  }
  return "?";
}

RecruitingCurrent current_recruiting(std::span<const ThresholdResult> fibres, double fraction) {
  FORAMEN_EXPECT(fraction > 0.0 && fraction <= 1.0, "fraction ", fraction);
  if (fibres.empty())
    return {};
  // A hair below the product: 0.1 * 30 must need 3 fibres, not 4.
  const auto wanted = static_cast<std::size_t>(
      std::max(1.0, std::ceil(fraction * static_cast<double>(fibres.size()) - 1e-9)));
  std::vector<std::size_t> order;
  std::vector<Current> lower, upper; // ends of the intervals, each in order of its own
  for (std::size_t i = 0; i < fibres.size(); ++i)
    if (recruitable(fibres[i])) {
      order.push_back(i);
      const CurrentInterval interval = whole_interval(fibres[i]);
      lower.push_back(interval.low);
      upper.push_back(interval.high);
    }
  if (order.size() < wanted) {
    const Current ceiling = std::find_if_not(fibres.begin(), fibres.end(), recruitable)->threshold;
    return {.status = RecruitingStatus::above_ceiling,
            .current = ceiling,
            .low = ceiling,
            .high = ceiling};
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return upper_end(fibres[a]) < upper_end(fibres[b]);
  });
  std::sort(lower.begin(), lower.end());
  std::sort(upper.begin(), upper.end());
  const std::size_t fibre = order[wanted - 1];
  return {.status = RecruitingStatus::reached,
          .current = upper_end(fibres[fibre]),
          .low = lower[wanted - 1],
          .high = upper[wanted - 1],
          .fibre = fibre};
}

} // namespace foramen::response
