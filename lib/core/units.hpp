// Physical quantities as types: a length is not a time, and a number without a unit is not a
// length.
//
// Every quantity holds one double in SI base units (angles in radians). Multiply a number by a unit
// to make one (`210.0 * us`), ask `.in(unit)` for a number back. Products and quotients of
// quantities have the dimension that physics gives them; a dimensionless result converts to double.
// sizeof is that of a double and everything is constexpr: the types cost nothing at run time.
#pragma once

#include <cmath>
#include <compare>
#include <numbers>

namespace foramen::core {

// Exponents of metre, kilogram, second, ampere and radian. The angle is kept as a dimension of its
// own so that a degree cannot pass for a number.
template <int L, int M, int T, int I, int A = 0> class Quantity {
public:
  constexpr Quantity() = default;
  static constexpr Quantity from_si(double value) {
    Quantity q;
    q.si_ = value;
    return q;
  }
  constexpr double si() const { return si_; }
  constexpr double in(Quantity unit) const { return si_ / unit.si_; }

  // A dimensionless quantity is a number.
  constexpr operator double() const requires(L == 0 && M == 0 && T == 0 && I == 0 && A == 0) {
    return si_;
  }

  constexpr Quantity operator-() const { return from_si(-si_); }
  constexpr Quantity operator+(Quantity o) const { return from_si(si_ + o.si_); }
  constexpr Quantity operator-(Quantity o) const { return from_si(si_ - o.si_); }
  constexpr Quantity& operator+=(Quantity o) { return si_ += o.si_, *this; }
  constexpr Quantity& operator-=(Quantity o) { return si_ -= o.si_, *this; }
  constexpr Quantity& operator*=(double f) { return si_ *= f, *this; }
  constexpr Quantity operator*(double f) const { return from_si(si_ * f); }
  constexpr Quantity operator/(double f) const { return from_si(si_ / f); }
  friend constexpr Quantity operator*(double f, Quantity q) { return from_si(f * q.si_); }
  constexpr auto operator<=>(const Quantity&) const = default;

private:
  double si_ = 0.0;
};

template <int L, int M, int T, int I, int A, int l, int m, int t, int i, int a>
constexpr auto operator*(Quantity<L, M, T, I, A> x, Quantity<l, m, t, i, a> y) {
  return Quantity<L + l, M + m, T + t, I + i, A + a>::from_si(x.si() * y.si());
}
template <int L, int M, int T, int I, int A, int l, int m, int t, int i, int a>
constexpr auto operator/(Quantity<L, M, T, I, A> x, Quantity<l, m, t, i, a> y) {
  return Quantity<L - l, M - m, T - t, I - i, A - a>::from_si(x.si() / y.si());
}
template <int L, int M, int T, int I, int A>
constexpr auto operator/(double f, Quantity<L, M, T, I, A> q) {
  return Quantity<-L, -M, -T, -I, -A>::from_si(f / q.si());
}
template <int L, int M, int T, int I, int A>
constexpr Quantity<L, M, T, I, A> abs(Quantity<L, M, T, I, A> q) {
  return q.si() < 0 ? -q : q;
}

using Number = Quantity<0, 0, 0, 0>;
using Length = Quantity<1, 0, 0, 0>;
using Area = Quantity<2, 0, 0, 0>;
using Volume = Quantity<3, 0, 0, 0>;
using Time = Quantity<0, 0, 1, 0>;
using Frequency = Quantity<0, 0, -1, 0>;
using Velocity = Quantity<1, 0, -1, 0>;
using Angle = Quantity<0, 0, 0, 0, 1>;
using Current = Quantity<0, 0, 0, 1>;
using Charge = Quantity<0, 0, 1, 1>;
using ChargeDensity = Quantity<-2, 0, 1, 1>;
using Voltage = Quantity<2, 1, -3, -1>;
using Resistance = Quantity<2, 1, -3, -2>;
using Conductivity = Quantity<-3, -1, 3, 2>;
using Resistivity = Quantity<3, 1, -3, -2>;
using SheetResistance = Quantity<4, 1, -3, -2>; // resistance times area: perineurium, membranes
using Capacitance = Quantity<-2, -1, 4, 2>;

inline constexpr Number percent = Number::from_si(1e-2);
inline constexpr Length m = Length::from_si(1.0);
inline constexpr Length cm = Length::from_si(1e-2);
inline constexpr Length mm = Length::from_si(1e-3);
inline constexpr Length um = Length::from_si(1e-6);
inline constexpr Length nm = Length::from_si(1e-9);
inline constexpr Time s = Time::from_si(1.0);
inline constexpr Time ms = Time::from_si(1e-3);
inline constexpr Time us = Time::from_si(1e-6);
inline constexpr Frequency Hz = Frequency::from_si(1.0);
inline constexpr Frequency kHz = Frequency::from_si(1e3);
inline constexpr Velocity m_per_s = Velocity::from_si(1.0);
inline constexpr Angle rad = Angle::from_si(1.0);
inline constexpr Angle deg = Angle::from_si(std::numbers::pi / 180.0);
inline constexpr Current A = Current::from_si(1.0);
inline constexpr Current mA = Current::from_si(1e-3);
inline constexpr Current uA = Current::from_si(1e-6);
inline constexpr Current nA = Current::from_si(1e-9);
inline constexpr Charge C = Charge::from_si(1.0);
inline constexpr Charge uC = Charge::from_si(1e-6);
inline constexpr Voltage V = Voltage::from_si(1.0);
inline constexpr Voltage mV = Voltage::from_si(1e-3);
inline constexpr Resistance ohm = Resistance::from_si(1.0);
inline constexpr Resistance kohm = Resistance::from_si(1e3);
inline constexpr Conductivity S_per_m = Conductivity::from_si(1.0);
inline constexpr Resistivity ohm_m = Resistivity::from_si(1.0);
inline constexpr SheetResistance ohm_m2 = SheetResistance::from_si(1.0);
inline constexpr SheetResistance ohm_cm2 = SheetResistance::from_si(1e-4);
inline constexpr Area mm2 = Area::from_si(1e-6);
inline constexpr ChargeDensity uC_per_cm2 = ChargeDensity::from_si(1e-2);

inline double sin(Angle x) {
  return std::sin(x.si());
}
inline double cos(Angle x) {
  return std::cos(x.si());
}
inline double tan(Angle x) {
  return std::tan(x.si());
}

static_assert(sizeof(Length) == sizeof(double));

} // namespace foramen::core

// The libraries above speak of Length and Current without naming this one.
namespace foramen {
using namespace core;
}
