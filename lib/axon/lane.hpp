// Several runs at once: arithmetic on one SIMD register (or a few) of lanes, one run per lane.
//
// Included once per SIMD target (Highway's foreach_target), hence the toggling guard. Every
// operation acts on each lane alone, so a run's result does not depend on its neighbours.
//
// * exp_of_decay: exp(x) for x <= 0 (clamped to [-708, 0]). Cody-Waite reduction to |r| <= ln2 / 2
// and
//   1 + r + r^2 q(r), q of degree 7 (interpolation at Chebyshev nodes); relative error below 1e-13.
// * moved_share: 1 - exp(-x) for x >= 0, relative error below 2e-12; moved_share_of_slow: 2e-11.
// * log: Highway's (relative error of a few ulp).
// * transpose: `width` registers as a square matrix.
#if defined(FORAMEN_AXON_LANE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_LANE_HPP
#undef FORAMEN_AXON_LANE_HPP
#else
#define FORAMEN_AXON_LANE_HPP
#endif

#include <hwy/highway.h>
// The order matters: it needs the target that highway.h has set.
#include <hwy/contrib/math/math-inl.h>

#include <cstddef>
#include <cstdint>

HWY_BEFORE_NAMESPACE();
namespace foramen::axon::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

struct Lane {
  using Tag = hn::CappedTag<double, 8>;
  using Vec = hn::Vec<Tag>;
  using Mask = hn::Mask<Tag>;
  static constexpr std::size_t width = HWY_MAX_BYTES / sizeof(double);
  Vec v;

  Lane() = default;
  HWY_INLINE Lane(Vec x) : v(x) {}
  HWY_INLINE Lane(double x) : v(hn::Set(Tag(), x)) {}
  static HWY_INLINE Lane load(const double* p) { return hn::Load(Tag(), p); }
  HWY_INLINE void store(double* p) const { hn::Store(v, Tag(), p); }

  friend HWY_INLINE Lane operator+(Lane a, Lane b) { return hn::Add(a.v, b.v); }
  friend HWY_INLINE Lane operator-(Lane a, Lane b) { return hn::Sub(a.v, b.v); }
  friend HWY_INLINE Lane operator*(Lane a, Lane b) { return hn::Mul(a.v, b.v); }
  friend HWY_INLINE Lane operator/(Lane a, Lane b) { return hn::Div(a.v, b.v); }
  friend HWY_INLINE Lane operator-(Lane a) { return hn::Neg(a.v); }
};

HWY_INLINE Lane fma(Lane a, Lane b, Lane c) {
  return hn::MulAdd(a.v, b.v, c.v);
} // a b + c
HWY_INLINE Lane fnma(Lane a, Lane b, Lane c) {
  return hn::NegMulAdd(a.v, b.v, c.v);
} // c - a b

HWY_INLINE Lane::Mask below(Lane a, Lane b) {
  return hn::Lt(a.v, b.v);
}
HWY_INLINE Lane::Mask outside(Lane a, Lane bound) {
  return hn::Gt(hn::Abs(a.v), bound.v);
}
HWY_INLINE bool any(Lane::Mask m) {
  return !hn::AllFalse(Lane::Tag(), m);
}
HWY_INLINE Lane select(Lane::Mask m, Lane yes, Lane no) {
  return hn::IfThenElse(m, yes.v, no.v);
}

HWY_INLINE Lane min(Lane a, Lane b) {
  return hn::Min(a.v, b.v);
}
HWY_INLINE Lane max(Lane a, Lane b) {
  return hn::Max(a.v, b.v);
}
HWY_INLINE Lane sqrt(Lane a) {
  return hn::Sqrt(a.v);
}
HWY_INLINE Lane log(Lane a) {
  return hn::Log(Lane::Tag(), a.v);
}
HWY_INLINE Lane cube(Lane a) {
  return a * a * a;
}

HWY_INLINE Lane exp_of_decay(Lane x) {
  constexpr double ln2_hi = 0x1.62e42feep-1; // ln 2, leading 32 bits
  constexpr double ln2_lo = 1.9082149292705877e-10;
  constexpr double log2_e = 1.4426950408889634;
  constexpr double shift = 0x1.8p52 + 1023.0; // adding it leaves n + 1023 in the low bits
  const Lane::Tag d;
  const hn::RebindToUnsigned<Lane::Tag> du;
  const Lane clamped = max(x, -708.0);
  const Lane shifted = fma(clamped, log2_e, shift);
  const Lane n = shifted - shift;
  const Lane r = fnma(n, ln2_lo, fnma(n, ln2_hi, clamped));
  const Lane scale = hn::BitCast(d, hn::ShiftLeft<52>(hn::BitCast(du, shifted.v)));
  // Estrin's order: short chains.
  const Lane r2 = r * r;
  const Lane r4 = r2 * r2;
  const Lane q01 = fma(r, 0x1.5555555554f97p-3, 0x1.fffffffffe069p-2);
  const Lane q23 = fma(r, 0x1.111111170ad7bp-7, 0x1.55555565c5607p-5);
  const Lane q45 = fma(r, 0x1.a019c3720f643p-13, 0x1.6c166be74415dp-10);
  const Lane q67 = fma(r, 0x1.72ad3aff16aa8p-19, 0x1.a136b09108297p-16);
  const Lane q = fma(r4, fma(r2, q67, q45), fma(r2, q23, q01));
  return fma(r2, q, r + 1.0) * scale;
}

// 1 - exp(-x) for x >= 0: what a gate moves in a step. Where x < 1/4 in all lanes, by x (1 + x
// q(x)), q of degree 5 (interpolation at Chebyshev nodes). Each lane's result is its own choice.
HWY_INLINE Lane moved_share(Lane x) {
  const Lane x2 = x * x;
  const Lane q01 = fma(x, 0x1.5555553a64b21p-3, -0x1.fffffffff4080p-2);
  const Lane q23 = fma(x, 0x1.110bcbc1ab051p-7, -0x1.555541a66b077p-5);
  const Lane q45 = fma(x, 0x1.7b0ca0a8d9ae7p-13, -0x1.6acee164610aap-10);
  const Lane small = fma(x2, fma(x2, fma(x2, q45, q23), q01), x);
  const Lane::Mask large = outside(x, 0.25);
  if (HWY_LIKELY(!any(large)))
    return small;
  return select(large, Lane(1.0) - exp_of_decay(-x), small);
}

// The same for gates of which x < 1/64 is the rule: there q of degree 2 will do.
HWY_INLINE Lane moved_share_of_slow(Lane x) {
  const Lane q = fma(x, fma(x, -0x1.53bcee3c7ac6cp-5, 0x1.5554bc4f474bfp-3), -0x1.ffffffeefff51p-2);
  const Lane small = fma(x * x, q, x);
  const Lane::Mask large = outside(x, 1.0 / 64.0);
  if (HWY_LIKELY(!any(large)))
    return small;
  return select(large, moved_share(x), small);
}

// rows[i] lane k becomes rows[k] lane i.
HWY_INLINE void transpose(Lane* rows) {
#if HWY_MAX_BYTES == 8 // one lane
  (void)rows;
#elif HWY_MAX_BYTES == 16
  const Lane::Tag d;
  const Lane low = hn::InterleaveLower(d, rows[0].v, rows[1].v);
  rows[1] = hn::InterleaveUpper(d, rows[0].v, rows[1].v);
  rows[0] = low;
#elif HWY_MAX_BYTES == 32
  const Lane::Tag d;
  const auto a = hn::InterleaveLower(d, rows[0].v, rows[1].v);
  const auto b = hn::InterleaveUpper(d, rows[0].v, rows[1].v);
  const auto c = hn::InterleaveLower(d, rows[2].v, rows[3].v);
  const auto e = hn::InterleaveUpper(d, rows[2].v, rows[3].v);
  rows[0] = hn::ConcatLowerLower(d, c, a);
  rows[1] = hn::ConcatLowerLower(d, e, b);
  rows[2] = hn::ConcatUpperUpper(d, c, a);
  rows[3] = hn::ConcatUpperUpper(d, e, b);
#else
  static_assert(Lane::width == 8);
  const Lane::Tag d;
  // Pairs of rows into blocks of 128 bits, then 4 x 4 blocks: even and odd columns apart.
  Lane::Vec t[2][4];
  for (int pair = 0; pair < 4; ++pair) {
    t[0][pair] = hn::InterleaveLower(d, rows[2 * pair].v, rows[2 * pair + 1].v);
    t[1][pair] = hn::InterleaveUpper(d, rows[2 * pair].v, rows[2 * pair + 1].v);
  }
  for (int odd = 0; odd < 2; ++odd) {
    const auto* x = t[odd];
    const auto a = hn::OddEvenBlocks(hn::SwapAdjacentBlocks(x[1]), x[0]);
    const auto b = hn::OddEvenBlocks(x[1], hn::SwapAdjacentBlocks(x[0]));
    const auto c = hn::OddEvenBlocks(hn::SwapAdjacentBlocks(x[3]), x[2]);
    const auto e = hn::OddEvenBlocks(x[3], hn::SwapAdjacentBlocks(x[2]));
    rows[0 + odd] = hn::ConcatLowerLower(d, c, a);
    rows[2 + odd] = hn::ConcatLowerLower(d, e, b);
    rows[4 + odd] = hn::ConcatUpperUpper(d, c, a);
    rows[6 + odd] = hn::ConcatUpperUpper(d, e, b);
  }
#endif
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
