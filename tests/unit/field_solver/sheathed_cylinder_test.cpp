#include "field/closed_forms.hpp"
#include "field/sheathed_cylinder.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen::field;

namespace {

constexpr double rho0 = 3e-3;

double potential_at(const SheathedCylinder& c, const Vector3d& p) {
  return potentials_within(c, rho0, {&p, 1}).front();
}

const SheathedCylinder fascicle{
    .radius = 1e-3, .outside = 0.2, .across = 0.083, .along = 0.571, .sheet_resistance = 0.0667};

} // namespace

TEST_CASE("the fascicle's integral gives the published check values", "[field]") {
  // Reference: 114.7 V/A without a sheet, 86.3 V/A with Rp = 0.06 mm / (0.0009 S/m); four digits.
  SheathedCylinder c{.radius = 1e-3, .outside = 0.2, .across = 0.083, .along = 0.571};
  CHECK(potential_at(c, Vector3d::Zero()) == Approx(114.7).margin(0.05));
  c.sheet_resistance = 0.06e-3 / 0.0009;
  CHECK(potential_at(c, Vector3d::Zero()) == Approx(86.3).margin(0.05));
}

TEST_CASE("a fascicle of the surrounding medium without a sheet is not there", "[field]") {
  const SheathedCylinder c{.radius = 1e-3, .outside = 0.2, .across = 0.2, .along = 0.2};
  std::vector<Vector3d> points;
  for (const double z : {0.0, 1e-3, 5e-3, 20e-3})
    for (const auto& [x, y] :
         {std::pair(0.0, 0.0), std::pair(0.5e-3, 0.0), std::pair(-0.3e-3, 0.7e-3)})
      points.emplace_back(x, y, z);
  const std::vector<double> phi = potentials_within(c, rho0, points);
  for (std::size_t i = 0; i < points.size(); ++i)
    CHECK(phi[i] == Approx(point_source_potential(0.2 * Eigen::Matrix3d::Identity(),
                                                  points[i] - Vector3d(rho0, 0.0, 0.0)))
                        .epsilon(1e-8));
}

TEST_CASE("within a fascicle no current is lost", "[field]") {
  // div(sigma grad phi) by differences of h = 0.02 mm: fourth derivatives go with phi / l^4, l a
  // millimetre, and leave h^2 / (12 l^2), 3e-5 of the single terms.
  const double h = 0.02e-3;
  const Vector3d at(0.4e-3, -0.3e-3, 0.7e-3);
  const double middle = potential_at(fascicle, at);
  double terms[3];
  for (int i = 0; i < 3; ++i)
    terms[i] = (i < 2 ? fascicle.across : fascicle.along) *
               (potential_at(fascicle, at + h * Vector3d::Unit(i)) - 2.0 * middle +
                potential_at(fascicle, at - h * Vector3d::Unit(i)));
  CHECK(std::abs(terms[0] + terms[1] + terms[2]) < 1e-4 * std::abs(terms[2]));
}

TEST_CASE("an isotropic inside is harmonic: the potential is its mean over a sphere", "[field]") {
  SheathedCylinder c = fascicle;
  c.along = c.across;
  const double r = 0.3e-3; // six points on it, exact to degree 3; left: (r / rho0)^4 = 1e-4 at most
  double sum = 0.0;
  for (int i = 0; i < 3; ++i)
    for (const double sign : {-1.0, 1.0})
      sum += potential_at(c, sign * r * Vector3d::Unit(i)) / 6.0;
  CHECK(sum == Approx(potential_at(c, Vector3d::Zero())).epsilon(1e-4));
}
