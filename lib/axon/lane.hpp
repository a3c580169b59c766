// Several runs at once: arithmetic on one SIMD register (or a few) of lanes, one run per lane.
//
// Included once per SIMD target (Highway's foreach_target), hence the toggling guard. Every
// operation acts on each lane alone, so a run's result does not depend on its neighbours.
//
// * exp: relative error below 4e-16 on [-708, 709]; arguments beyond are clamped to that interval.
//   Cody-Waite reduction to |r| <= ln2 / 2 and a polynomial of degree 11 (Chebyshev interpolation,
//   own error 2e-17).
// * exp_of_decay: the same by its Taylor polynomial of degree 8 within [-0.1, 0.1]; relative error
//   there below 4e-15.
// * linoid: x / (1 - exp(-x / k)), the rate of McIntyre et al. 2002, with its series where
//   |x / k| < 0.02; relative error below 2e-14.
#if defined(FORAMEN_AXON_LANE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef FORAMEN_AXON_LANE_HPP
#undef FORAMEN_AXON_LANE_HPP
#else
#define FORAMEN_AXON_LANE_HPP
#endif

#include <hwy/highway.h>

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

HWY_INLINE Lane exp(Lane x) {
  constexpr double ln2_hi = 0x1.62e42feep-1; // ln 2, leading 32 bits
  constexpr double ln2_lo = 1.9082149292705877e-10;
  constexpr double log2_e = 1.4426950408889634;
  constexpr double shift = 0x1.8p52 + 1023.0; // adding it leaves n + 1023 in the low bits
  const Lane::Tag d;
  const hn::RebindToUnsigned<Lane::Tag> du;
  const Lane clamped = hn::Min(hn::Max(x.v, hn::Set(d, -708.0)), hn::Set(d, 709.0));
  const Lane shifted = fma(clamped, log2_e, shift);
  const Lane n = shifted - shift;
  const Lane r = fnma(n, ln2_lo, fnma(n, ln2_hi, clamped));
  const Lane scale = hn::BitCast(d, hn::ShiftLeft<52>(hn::BitCast(du, shifted.v)));
  // Estrin's order: short chains.
  const Lane r2 = r * r;
  const Lane r4 = r2 * r2;
  const Lane p01 = r + 1.0;
  const Lane p23 = fma(r, 0x1.555555555555ap-3, 0x1.0000000000011p-1);
  const Lane p45 = fma(r, 0x1.111111110f21ep-7, 0x1.555555554f0bap-5);
  const Lane p67 = fma(r, 0x1.a01a01b1461c5p-13, 0x1.6c16c1880029fp-10);
  const Lane p89 = fma(r, 0x1.71ddf56d8deb5p-19, 0x1.a01991a10d9aep-16);
  const Lane pab = fma(r, 0x1.af632a0f7e2cep-26, 0x1.28b4101c77212p-22);
  const Lane p03 = fma(r2, p23, p01);
  const Lane p47 = fma(r2, p67, p45);
  const Lane p8b = fma(r2, pab, p89);
  return fma(r4, fma(r4, p8b, p47), p03) * scale;
}

// exp(x) for a step's decay, whose argument is mostly tiny. Each lane's choice is its own.
HWY_INLINE Lane exp_of_decay(Lane x) {
  const Lane x2 = x * x;
  const Lane x4 = x2 * x2;
  const Lane low = fma(x2, fma(x, 1.0 / 6.0, 0.5), x + 1.0);
  const Lane high = fma(x2, fma(x, 1.0 / 5040.0, 1.0 / 720.0), fma(x, 1.0 / 120.0, 1.0 / 24.0));
  const Lane tiny = fma(x4, fma(x4, 1.0 / 40320.0, high), low);
  const Lane::Mask large = outside(x, 0.1);
  if (HWY_LIKELY(!any(large)))
    return tiny;
  return select(large, exp(x), tiny);
}

// A quotient before its division: rates are quotients, and a gate needs one division in all.
struct Fraction {
  Lane over, under;
};
HWY_INLINE Fraction operator*(double f, Fraction q) {
  return {Lane(f) * q.over, q.under};
}

HWY_INLINE Fraction linoid(Lane x, double k) {
  const Lane u = x * (1.0 / k);
  const Lane u2 = u * u;
  const Lane series = fma(u2, fma(u2, -k / 720.0, k / 12.0), fma(x, 0.5, k));
  const Lane::Mask near = below(hn::Abs(u.v), 0.02);
  return {select(near, series, x), select(near, 1.0, Lane(1.0) - exp(-u))};
}

// 1 / (1 + exp(x))
HWY_INLINE Fraction logistic(Lane x) {
  return {1.0, exp(x) + 1.0};
}

} // namespace foramen::axon::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
