#include "field/closed_forms.hpp"

#include <Eigen/LU>

#include <cmath>
#include <numbers>

namespace foramen::field {
namespace {

constexpr double pi = std::numbers::pi;

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

} // namespace foramen::field
