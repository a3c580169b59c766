// The same check on every SIMD target that this machine and build have.
#pragma once

#include <catch2/catch.hpp>
#include <hwy/targets.h>

#include <functional>

namespace foramen::axon::test {

// Runs `check` once for each target that this machine and build have.
inline void for_each_target(const std::function<void()>& check) {
  for (const std::int64_t target :
       {std::int64_t{HWY_STATIC_TARGET}, std::int64_t{HWY_AVX2}, std::int64_t{HWY_AVX3}}) {
    if (((hwy::SupportedTargets() | HWY_STATIC_TARGET) & target) == 0)
      continue;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    CAPTURE(hwy::TargetName(target));
    check();
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
}

} // namespace foramen::axon::test
