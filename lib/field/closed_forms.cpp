#include "field/closed_forms.hpp"

#include "core/error.hpp"

#include <Eigen/LU>

#include <array>
#include <cmath>
#include <numbers>

namespace foramen::field {
namespace {

constexpr double pi = std::numbers::pi;

// Gauss-Legendre, 8 points on (-1, 1): abscissae and weights (Abramowitz & Stegun, table 25.4).
constexpr std::array<std::array<double, 2>, 4> gauss = {{{0.183434642495650, 0.362683783378362},
                                                         {0.525532409916329, 0.313706645877887},
                                                         {0.796666477413627, 0.222381034453374},
                                                         {0.960289856497536, 0.101228536290376}}};

double spectrum(const SheathedCylinder& c, double rho0, double k) {
  const double stretch = std::sqrt(c.along / c.across), ka = k * c.radius;
  const double i0 = std::cyl_bessel_i(0.0, stretch * ka), i1 = std::cyl_bessel_i(1.0, stretch * ka);
  const double k0 = std::cyl_bessel_k(0.0, ka), k1 = std::cyl_bessel_k(1.0, ka);
  const double sheet = c.sheet_resistance * c.across * stretch * k * i1;
  const double outside = c.across * stretch / c.outside * i1 * k0 / k1;
  return std::cyl_bessel_k(0.0, k * rho0) / (ka * k1) / (i0 + sheet + outside);
}

} // namespace

double sphere_resistance(double sigma, double a) {
  return 1.0 / (4.0 * pi * sigma * a);
}

double shelled_sphere_resistance(double shell_sigma, double a, double b, double sigma) {
  return (1.0 / a - 1.0 / b) / (4.0 * pi * shell_sigma) + sphere_resistance(sigma, b);
}

double disc_resistance(double sigma, double a) {
  return 1.0 / (4.0 * sigma * a);
}

double disc_potential(double sigma, double a, const Vector3d& p) {
  const double rho = std::hypot(p.x(), p.y());
  const double sum = std::hypot(rho - a, p.z()) + std::hypot(rho + a, p.z());
  return disc_resistance(sigma, a) * 2.0 / std::numbers::pi * std::asin(2.0 * a / sum);
}

double point_source_potential(const Matrix3d& sigma, const Vector3d& r) {
  return 1.0 / (4.0 * pi * std::sqrt(sigma.determinant() * r.dot(sigma.inverse() * r)));
}

double point_source_over_plane(double sigma, const Vector3d& source, const Vector3d& p) {
  const Vector3d image(source.x(), source.y(), -source.z());
  return (1.0 / (p - source).norm() + 1.0 / (p - image).norm()) / (4.0 * pi * sigma);
}

double potential_on_axis(const SheathedCylinder& c, double rho0, double z) {
  FORAMEN_EXPECT(c.radius > 0.0 && rho0 > c.radius, "radius ", c.radius, ", distance ", rho0);
  const double stretch = std::sqrt(c.along / c.across);
  // The integrand falls off as exp(-k (rho0 - a + L a)); beyond 40 lengths it is below 1e-17.
  const double end = 40.0 / (rho0 - c.radius + stretch * c.radius);
  const int panels = 100 + static_cast<int>(2.0 * end * std::abs(z)); // several per period
  double sum = 0.0;
  for (int panel = 0; panel < panels; ++panel)
    for (const auto& [abscissa, weight] : gauss)
      for (const double sign : {-1.0, 1.0}) {
        const double t = (panel + 0.5 + 0.5 * sign * abscissa) / panels;
        const double k = end * t * t * t * t;
        sum +=
            0.5 / panels * weight * 4.0 * end * t * t * t * spectrum(c, rho0, k) * std::cos(k * z);
      }
  return sum / (2.0 * pi * pi * c.outside);
}

} // namespace foramen::field
