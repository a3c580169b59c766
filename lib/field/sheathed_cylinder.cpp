#include "field/sheathed_cylinder.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace foramen::field {
namespace {

// Gauss-Legendre, 8 points on (-1, 1): abscissae and weights (Abramowitz & Stegun, table 25.4).
constexpr std::array<std::array<double, 2>, 4> gauss = {{{0.183434642495650, 0.362683783378362},
                                                         {0.525532409916329, 0.313706645877887},
                                                         {0.796666477413627, 0.222381034453374},
                                                         {0.960289856497536, 0.101228536290376}}};

double bessel_i_slope(int n, double x) {
  return n == 0 ? std::cyl_bessel_i(1.0, x)
                : 0.5 * (std::cyl_bessel_i(n - 1.0, x) + std::cyl_bessel_i(n + 1.0, x));
}

double bessel_k_slope(int n, double x) {
  return n == 0 ? -std::cyl_bessel_k(1.0, x)
                : -0.5 * (std::cyl_bessel_k(n - 1.0, x) + std::cyl_bessel_k(n + 1.0, x));
}

// I_n(L k rho) A_n(k).
double radial(const SheathedCylinder& c, double rho0, double rho, int n, double k) {
  const double stretch = std::sqrt(c.along / c.across), ka = k * c.radius;
  const double slope = bessel_k_slope(n, ka);
  if (!std::isfinite(slope)) // k so small that the mode, which goes with k^n, is nothing
    return 0.0;
  const double inside_slope = bessel_i_slope(n, stretch * ka);
  const double wall =
      std::cyl_bessel_i(n, stretch * ka) +
      c.sheet_resistance * c.across * stretch * k * inside_slope -
      c.across * stretch / c.outside * inside_slope * std::cyl_bessel_k(n, ka) / slope;
  return std::cyl_bessel_i(n, stretch * k * rho) * std::cyl_bessel_k(n, k * rho0) / (-ka * slope) /
         wall;
}

struct Node {
  double k, weight, value; // of the wave number; of the integral; the sum over modes
};

// For points on the line (x, y), as far away as |z| = reach.
std::vector<Node> spectrum(const SheathedCylinder& c, double rho0, double x, double y,
                           double reach) {
  const double rho = std::hypot(x, y), theta = std::atan2(y, x);
  const int modes =
      rho > 0.0 ? static_cast<int>(std::ceil(std::log(1e-10) / std::log(rho / rho0))) : 0;
  const double stretch = std::sqrt(c.along / c.across);
  // The integrand falls off as exp(-k (rho0 - a + L (a - rho))); beyond 40 lengths it is below
  // 1e-17.
  const double end = 40.0 / (rho0 - c.radius + stretch * (c.radius - rho));
  const int panels = 100 + static_cast<int>(2.0 * end * reach); // several per period
  std::vector<Node> nodes;
  for (int panel = 0; panel < panels; ++panel)
    for (const auto& [abscissa, weight] : gauss)
      for (const double sign : {-1.0, 1.0}) {
        const double t = (panel + 0.5 + 0.5 * sign * abscissa) / panels;
        const double k = end * t * t * t * t;
        double value = radial(c, rho0, rho, 0, k);
        for (int n = 1; n <= modes; ++n)
          value += 2.0 * std::cos(n * theta) * radial(c, rho0, rho, n, k);
        nodes.push_back({k, 0.5 / panels * weight * 4.0 * end * t * t * t, value});
      }
  return nodes;
}

} // namespace

std::vector<double> potentials_within(const SheathedCylinder& c, double rho0,
                                      std::span<const Vector3d> points) {
  FORAMEN_EXPECT(c.radius > 0.0 && rho0 > c.radius, "radius ", c.radius, ", distance ", rho0);
  double reach = 0.0;
  for (const Vector3d& p : points)
    reach = std::max(reach, std::abs(p.z()));
  std::vector<double> result;
  std::vector<Node> nodes;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Vector3d& p = points[i];
    FORAMEN_EXPECT(std::hypot(p.x(), p.y()) < c.radius, "point ", p.transpose());
    if (i == 0 || p.head<2>() != points[i - 1].head<2>())
      nodes = spectrum(c, rho0, p.x(), p.y(), reach);
    double sum = 0.0;
    for (const Node& node : nodes)
      sum += node.weight * node.value * std::cos(node.k * p.z());
    result.push_back(sum / (2.0 * std::numbers::pi * std::numbers::pi * c.outside));
  }
  return result;
}

} // namespace foramen::field
