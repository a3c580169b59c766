#include "axon/simd.hpp"

#include "core/error.hpp"

#include <hwy/targets.h>

#include <cstdint>

namespace foramen::axon {
namespace {

// The least first; the static target is what the compiler may use everywhere.
std::vector<std::int64_t> targets() {
  std::vector<std::int64_t> all = {HWY_STATIC_TARGET};
  for (const std::int64_t target : {std::int64_t{HWY_AVX2}, std::int64_t{HWY_AVX3}})
    if (target != HWY_STATIC_TARGET && (hwy::SupportedTargets() & target) != 0)
      all.push_back(target);
  return all;
}

} // namespace

std::string simd_target() {
  const std::vector<std::int64_t> all = targets();
  return hwy::TargetName(all.back());
}

std::vector<std::string> simd_targets() {
  std::vector<std::string> names;
  for (const std::int64_t target : targets())
    names.emplace_back(hwy::TargetName(target));
  return names;
}

void use_simd_target(const std::string& name) {
  hwy::SetSupportedTargetsForTest(0);
  std::int64_t chosen = 0;
  for (const std::int64_t target : targets())
    if (name == hwy::TargetName(target))
      chosen = target;
  FORAMEN_EXPECT(chosen != 0 || name.empty(), "no SIMD target '", name, "'");
  hwy::SetSupportedTargetsForTest(chosen);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

} // namespace foramen::axon
