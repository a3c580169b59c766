// The pulse generator's case as an electrode, against closed forms.

#include "field/case_electrode.hpp"
#include "field/closed_forms.hpp"
#include "field/mesher.hpp"
#include "field/sampling.hpp"
#include "geometry/triangulated_sphere.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace foramen::field;
namespace geometry = foramen::geometry;

namespace {

constexpr double sigma = 0.2;

VolumeScene ball(double radius, double far) {
  VolumeScene scene;
  scene.surfaces.push_back(
      {"domain", geometry::triangulate_sphere(Vector3d::Zero(), radius, far), -1, false, 0.0});
  scene.outer = OuterBoundary::open;
  scene.region_is_uniform = {true};
  scene.conductivity = [](int, const Vector3d&) { return Matrix3d(sigma * Matrix3d::Identity()); };
  scene.size = [far](const Vector3d&) { return far; };
  return scene;
}

double resistance(const geometry::RoundedBox& body, double radius) {
  VolumeScene scene = ball(radius, 0.15 * radius);
  Resolution r;
  r.generator_case = 3.0 * foramen::mm;
  add_case(scene, body, r);
  return solve_unit_potentials(scene, make_mesh(scene)).impedance(0, 0);
}

// Oblate spheroid of equatorial radius a and half height c in an unbounded medium:
// R = arccos(c / a) / (4 pi sigma sqrt(a^2 - c^2)), from its capacity (Landau & Lifshitz,
// Electrodynamics of Continuous Media, section 4).
double oblate_resistance(double a, double c) {
  return std::acos(c / a) / (4.0 * std::numbers::pi * sigma * std::sqrt(a * a - c * c));
}

} // namespace

TEST_CASE("a case that is a sphere has a sphere's resistance", "[field][case]") {
  // Open boundary: exact for what is round about the middle. Edges of half the radius, curved.
  geometry::RoundedBox body;
  body.half_size = Vector3d::Constant(8e-3);
  body.rounding = 8e-3;
  CHECK(resistance(body, 80e-3) == Approx(sphere_resistance(sigma, 8e-3)).epsilon(5e-3));
}

TEST_CASE("a flat case's resistance lies between those of spheroids within and around it",
          "[field][case]") {
  // More metal conducts better. 40 x 40 x 10 mm, rounded by 5 mm: the spheroid of semi-axes 20 and
  // 5 mm fits in, one of 32 and 9 mm goes around it.
  geometry::RoundedBox body;
  body.half_size = Vector3d(20e-3, 20e-3, 5e-3);
  body.rounding = 5e-3;
  const double a = 32e-3, c = 9e-3;
  for (const Vector3d& p : geometry::triangulate_box(body, 0.5e-3).points) {
    const double around = (p.head<2>() / a).squaredNorm() + std::pow(p.z() / c, 2);
    const double within = (p.head<2>() / 20e-3).squaredNorm() + std::pow(p.z() / 5e-3, 2);
    CHECK(around <= 1.0);
    CHECK(within >= 1.0 - 1e-12);
  }
  const double r = resistance(body, 120e-3);
  CHECK(r < oblate_resistance(20e-3, 5e-3));
  CHECK(r > oblate_resistance(a, c));
}

TEST_CASE("a monopole that returns through the case makes the field of two sources",
          "[field][case]") {
  // A contact sphere of 1 mm at x = -30 mm, a case of 12 mm at x = 30 mm, a ball of 200 mm.
  VolumeScene scene = ball(200e-3, 30e-3);
  const Vector3d a(-30e-3, 0.0, 0.0), b(30e-3, 0.0, 0.0);
  scene.surfaces.push_back(
      {"contact", geometry::triangulate_sphere(a, 1e-3, 0.4e-3), 0, true, 0.0});
  scene.electrodes.push_back({"E1", 1, {0}});
  scene.region_is_uniform.push_back(true);
  scene.size = [a](const Vector3d& p) {
    return std::min(30e-3, 0.4e-3 + 0.25 * ((p - a).norm() - 1e-3));
  };
  Resolution r;
  r.growth = 0.25;
  geometry::RoundedBox body;
  body.centre = b;
  body.half_size = Vector3d(6e-3, 5e-3, 3e-3);
  body.rounding = 3e-3;
  add_case(scene, body, r);
  const TetMesh mesh = make_mesh(scene);
  const UnitPotentials free = solve_unit_potentials(scene, mesh);
  CHECK(free.report.current_imbalance < 1e-4);
  UnitPotentials returned = free;
  return_through_case(returned);
  REQUIRE(returned.phi.cols() == 1);
  REQUIRE(returned.impedance.size() == 1);
  // Voltage between contact and case: both resistances less twice what they share.
  const Eigen::MatrixXd& z = free.impedance;
  CHECK(returned.impedance(0, 0) == Approx(z(0, 0) + z(1, 1) - 2.0 * z(0, 1)).epsilon(1e-6));
  CHECK(returned.impedance(0, 0) > sphere_resistance(sigma, 1e-3));
  // Far from both, compared with the case's size (its quadrupole: (6 mm / 40 mm)^2 = 2 % of its
  // source there at most); the open boundary adds 60 mm * r / (2 (200 mm)^3), below 1 %.
  const std::vector<Vector3d> points{
      {0.0, 50e-3, 0.0}, {-60e-3, 0.0, 20e-3}, {-20e-3, -40e-3, 30e-3}, {-25e-3, 10e-3, 0.0}};
  const auto phi = Sampler(returned).smooth(points);
  const auto alone = Sampler(free).smooth(points);
  const Matrix3d tensor = sigma * Matrix3d::Identity();
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double from_a = point_source_potential(tensor, points[i] - a);
    const double from_b = point_source_potential(tensor, points[i] - b);
    const auto row = static_cast<Eigen::Index>(i);
    CHECK(phi(row, 0) - (from_a - from_b) == Approx(0.0).margin(0.02 * (from_a + from_b)));
    CHECK(phi(row, 0) == Approx(alone(row, 0) - alone(row, 1)).epsilon(1e-9));
  }
}

TEST_CASE("what returns through the case is what contacts and case carry by themselves",
          "[field][case]") {
  // Three electrodes, the last the case; any programme's potentials and power both ways.
  UnitPotentials u;
  u.phi.setRandom(7, 3);
  const Eigen::Matrix3d half = Eigen::Matrix3d::Random();
  u.impedance = half * half.transpose();
  UnitPotentials returned = u;
  return_through_case(returned);
  for (const Eigen::Vector2d& w :
       {Eigen::Vector2d(1.0, 0.0), Eigen::Vector2d(1.0, -1.0), Eigen::Vector2d(0.3, 0.4)}) {
    const Eigen::Vector3d all(w[0], w[1], -w.sum());
    CHECK((returned.phi * w - u.phi * all).norm() < 1e-14);
    CHECK(w.dot(returned.impedance * w) == Approx(all.dot(u.impedance * all)));
  }
}
