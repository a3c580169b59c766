#include "axon/kernels.hpp"

// Three targets: AVX-512, AVX2 (machines since 2013) and Highway's portable one for what is older.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "axon/kernels.cpp"
// The order matters: the first of these compiles this file again for each target.
// clang-format off
#include <hwy/foreach_target.h>
#include "axon/block_tridiagonal.hpp"
#include "axon/membranes/sundt.hpp"
#include "axon/membranes/sweeney_node.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

void advance_mrg(const BatchView& b) {
  advance_cables<MrgNode, PassiveInternode>(b);
}
void advance_motor(const BatchView& b) {
  advance_cables<GainesMotorNode, GainesMotorInternode>(b);
}
void advance_sensory(const BatchView& b) {
  advance_cables<GainesSensoryNode, GainesSensoryInternode>(b);
}
void advance_sweeney(const BatchView& b) {
  advance_cables<SweeneyNode, PassiveInternode>(b);
}
void advance_sundt(const BatchView& b) {
  advance_cables<SundtMembrane, PassiveInternode>(b);
}
void settle_mrg(const BatchView& b) {
  settle_gates<MrgNode, PassiveInternode>(b);
}
void settle_motor(const BatchView& b) {
  settle_gates<GainesMotorNode, GainesMotorInternode>(b);
}
void settle_sensory(const BatchView& b) {
  settle_gates<GainesSensoryNode, GainesSensoryInternode>(b);
}

void settle_sweeney(const BatchView& b) {
  settle_gates<SweeneyNode, PassiveInternode>(b);
}
void settle_sundt(const BatchView& b) {
  settle_gates<SundtMembrane, PassiveInternode>(b);
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace foramen::axon {

HWY_EXPORT(advance_mrg);
HWY_EXPORT(advance_motor);
HWY_EXPORT(advance_sensory);
HWY_EXPORT(advance_sweeney);
HWY_EXPORT(advance_sundt);
HWY_EXPORT(settle_mrg);
HWY_EXPORT(settle_motor);
HWY_EXPORT(settle_sensory);
HWY_EXPORT(settle_sweeney);
HWY_EXPORT(settle_sundt);

Kernels kernels(Kinetics kinetics) {
  switch (kinetics) {
  case Kinetics::gaines_motor:
    return {HWY_DYNAMIC_DISPATCH(advance_motor), HWY_DYNAMIC_DISPATCH(settle_motor), 5, 3};
  case Kinetics::gaines_sensory:
    return {HWY_DYNAMIC_DISPATCH(advance_sensory), HWY_DYNAMIC_DISPATCH(settle_sensory), 5, 3};
  case Kinetics::sweeney:
    return {HWY_DYNAMIC_DISPATCH(advance_sweeney), HWY_DYNAMIC_DISPATCH(settle_sweeney), 2, 0};
  case Kinetics::sundt:
    return {HWY_DYNAMIC_DISPATCH(advance_sundt), HWY_DYNAMIC_DISPATCH(settle_sundt), 4, 0};
  case Kinetics::mrg:
    break;
  }
  return {HWY_DYNAMIC_DISPATCH(advance_mrg), HWY_DYNAMIC_DISPATCH(settle_mrg), 4, 0};
}

std::string simd_target() {
  return hwy::TargetName(hwy::SupportedTargets() & -hwy::SupportedTargets());
}

} // namespace foramen::axon
#endif
