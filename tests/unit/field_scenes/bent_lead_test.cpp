// Bent leads: their surfaces, and what their bend does to impedances and potentials.
//
// The bent lead is computed on the straight one's mesh, moved along smoothly, so that two bends
// differ by their physics alone and not by their meshes.

#include "core/error.hpp"
#include "core/random.hpp"
#include "field/mesher.hpp"
#include "field/moving_mesh.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/sampling.hpp"
#include "field/unit_potentials.hpp"
#include "geometry/surface_measures.hpp"
#include "geometry/triangulated_sphere.hpp"
#include "lead/bent_lead.hpp"
#include "support/random_scene.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <cmath>
#include <map>
#include <numbers>

using namespace foramen::field;
namespace geometry = foramen::geometry;
namespace lead = foramen::lead;
using foramen::tests::Setting;

namespace {

// Twice the sizes, but tetrahedra that grow as by default: what a bend changes to second order is
// small, and fits through faster growing ones jump by as much when a point changes its element.
Resolution coarse() {
  const Resolution standard;
  Resolution r = standard.scaled(2.0);
  r.growth = standard.growth;
  r.edge_growth = standard.edge_growth;
  r.nerve_growth = standard.nerve_growth;
  return r;
}

constexpr double pi = std::numbers::pi;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double ball = 60e-3, sigma = 0.2;

// Four contacts of 2 mm, 6 mm apart, on 26 mm of lead centred on the origin along z; bent towards x
// by `curvature` (1/m).
LeadShape short_lead(double curvature, double shell = 0.0) {
  LeadShape shape;
  shape.length = 26e-3;
  if (curvature == 0.0) {
    shape.tip = Vector3d(0.0, 0.0, -13e-3);
  } else {
    static_cast<lead::LeadAxis&>(shape) =
        lead::arc_axis(Vector3d::Zero(), Vector3d::UnitZ(),
                       curvature > 0.0 ? Vector3d::UnitX() : Vector3d(-Vector3d::UnitX()),
                       1.0 / std::abs(curvature), {13e-3, 26e-3, 4e-3}, Vector3d::UnitX());
  }
  shape.radius = 0.65e-3;
  shape.shell = shell;
  for (const double centre : {4e-3, 10e-3, 16e-3, 22e-3})
    shape.contacts.push_back({centre - 1e-3, centre + 1e-3});
  return shape;
}

VolumeScene in_a_ball(const LeadShape& shape, const Resolution& r) {
  VolumeScene scene;
  scene.surfaces.push_back(
      {"domain", geometry::triangulate_sphere(Vector3d::Zero(), ball, r.far.si()), -1, false, 0.0});
  scene.surfaces.push_back({"lead", lead_surface(shape, r), 0, true, 0.0});
  for (int i = 1; i <= 4; ++i)
    scene.electrodes.push_back({"E" + std::to_string(i), 1, {i}});
  scene.region_is_uniform = {true, true};
  scene.conductivity = [](int, const Vector3d&) { return Matrix3d(sigma * Matrix3d::Identity()); };
  scene.size = [shape, r](const Vector3d& p) {
    return std::min(r.far.si(), size_near_lead(shape, r, p));
  };
  return scene;
}

// Where the point beside the straight lead goes when it bends: along with its cross-section near
// the lead, less and less up to 24 mm from it.
Vector3d bent_along(const LeadShape& bent, const Vector3d& p) {
  const double away = std::hypot(p.x(), p.y(), std::max(0.0, std::abs(p.z()) - 13e-3));
  const double x = std::clamp((away - 2e-3) / 22e-3, 0.0, 1.0);
  const geometry::Frame f = bent.frame(std::clamp(p.z() + 13e-3, 0.0, 26e-3));
  const Vector3d moved =
      f.origin + p.x() * f.u + p.y() * f.v + (p.z() - std::clamp(p.z(), -13e-3, 13e-3)) * f.tangent;
  return p + std::pow(1.0 - x * x, 2) * (moved - p);
}

const std::vector<Vector3d> beside{{0.0, 3e-3, 9e-3}, {3e-3, 0.0, 2e-3}, {-2e-3, 4e-3, -7e-3}};

struct Solution {
  Eigen::MatrixXd impedance;
  Sampler::Values potential; // at the points `beside`
};

// Solutions for several bends on one mesh.
class Bends {
public:
  Solution at(double curvature) const {
    const LeadShape bent = short_lead(curvature);
    TetMesh mesh = mesh_;
    if (curvature != 0.0)
      for (Vector3d& p : mesh.vertices)
        p = bent_along(bent, p);
    const UnitPotentials u =
        solve_unit_potentials(in_a_ball(bent, r_), mesh, {.relative_tolerance = 1e-8});
    return {u.impedance, Sampler(u).smooth(beside)};
  }

private:
  Resolution r_ = coarse();
  TetMesh mesh_ = make_mesh(in_a_ball(short_lead(0.0), r_));
};

// Area of the patch's triangles, quadratic with their edges' nodes on the exact surface (Dunavant
// 1985, seven points, doi:10.1002/nme.1620210612).
double curved_area(const geometry::Surface& surface, int patch) {
  constexpr double a = 0.059715871789770, b = 0.470142064105115, c = 0.797426985353087,
                   d = 0.101286507323456;
  constexpr double w0 = 0.225, w1 = 0.132394152788506, w2 = 0.125939180544827;
  const std::vector<std::array<double, 4>> rule{{1. / 3, 1. / 3, 1. / 3, w0},
                                                {a, b, b, w1},
                                                {b, a, b, w1},
                                                {b, b, a, w1},
                                                {c, d, d, w2},
                                                {d, c, d, w2},
                                                {d, d, c, w2}};
  // The lower patch of an edge projects it, as for the mesh.
  std::map<std::pair<int, int>, int> lower;
  for (std::size_t t = 0; t < surface.triangles.size(); ++t)
    for (std::size_t k = 0; k < 3; ++k) {
      const int i = surface.triangles[t][k], j = surface.triangles[t][(k + 1) % 3];
      const auto [it, first] = lower.emplace(std::minmax(i, j), surface.patch[t]);
      it->second = std::min(it->second, surface.patch[t]);
    }
  const auto at = [&](int i) { return surface.points[static_cast<std::size_t>(i)]; };
  double area = 0.0;
  for (std::size_t t = 0; t < surface.triangles.size(); ++t) {
    if (surface.patch[t] != patch)
      continue;
    const auto& [i, j, k] = surface.triangles[t];
    const auto middle = [&](int p, int q) {
      return surface.project(0.5 * (at(p) + at(q)), lower.at(std::minmax(p, q)));
    };
    const Vector3d x[3] = {at(i), at(j), at(k)};
    const Vector3d m[3] = {middle(i, j), middle(j, k), middle(k, i)}; // of 01, 12, 20
    for (const auto& [l0, l1, l2, w] : rule) {
      // d/dl1 and d/dl2 with l0 = 1 - l1 - l2.
      const Vector3d by_0 = (4 * l0 - 1) * x[0] + 4 * l1 * m[0] + 4 * l2 * m[2];
      const Vector3d by_1 = (4 * l1 - 1) * x[1] + 4 * l0 * m[0] + 4 * l2 * m[1];
      const Vector3d by_2 = (4 * l2 - 1) * x[2] + 4 * l1 * m[1] + 4 * l0 * m[2];
      area += 0.5 * w * (by_1 - by_0).cross(by_2 - by_0).norm();
    }
  }
  return area;
}

} // namespace

TEST_CASE("a ring on a bent lead has the area of a straight one's", "[field][bent]") {
  // Pappus: the mantle's area is its circumference times the way of its centre, whatever the bend.
  // Quadratic elements of h = 0.15 mm on r = 0.65 mm are off by some (h / r)^4 / 100 = 3e-5.
  for (const double curvature : {0.0, 1.0 / 40e-3, 1.0 / 6e-3}) {
    const geometry::Surface surface = lead_surface(short_lead(curvature), Resolution{});
    for (int contact = 1; contact <= 4; ++contact)
      CHECK(curved_area(surface, contact) == Approx(2 * pi * 0.65e-3 * 2e-3).epsilon(3e-5));
  }
}

TEST_CASE("all vertices of a bent lead and its sheath lie on the exact surface, caps too",
          "[field][bent]") {
  const LeadShape shape = short_lead(1.0 / 10e-3, 0.4e-3);
  const auto free = [](double) { return infinity; };
  for (const geometry::Surface& surface :
       {lead_surface(shape, Resolution{}), encapsulation_surface(shape, Resolution{}, free)}) {
    const geometry::SurfaceTopology form = geometry::topology(surface);
    CHECK(form.closed);
    CHECK(form.oriented);
    double off = 0.0;
    for (std::size_t t = 0; t < surface.triangles.size(); ++t)
      for (const int i : surface.triangles[t]) {
        const Vector3d& p = surface.points[static_cast<std::size_t>(i)];
        off = std::max(off, (surface.project(p, surface.patch[t]) - p).norm());
      }
    CHECK(off < 1e-12);
  }
}

// z_14 of point sources a distance d apart on the axis is 1 / (4 pi sigma d), and an arc shortens d
// to d (1 - (d / R)^2 / 24): z_14 grows by (d / R)^2 / 24 of itself. The lead's body, which the
// current goes around, and the grounded ball, whose share of z_14 does not follow d, change the
// number by (d / 60 mm)^2 and (r / d)^2, not the order.
TEST_CASE("impedances of a bending lead change with the square of the curvature", "[field][bent]") {
  const Bends bends;
  const Eigen::MatrixXd straight = bends.at(0.0).impedance;
  const double d = 18e-3;
  std::vector<double> change, own;
  for (const double radius : {40e-3, 80e-3, 160e-3}) {
    const Eigen::MatrixXd z = bends.at(1.0 / radius).impedance;
    CHECK((z - z.transpose()).cwiseAbs().maxCoeff() < 1e-7 * z.maxCoeff()); // reciprocity
    change.push_back(z(0, 3) - straight(0, 3));
    own.push_back(z(1, 1) - straight(1, 1));
    INFO("radius " << radius << ": z14 " << straight(0, 3) << " + " << change.back() << ", z22 "
                   << straight(1, 1) << " + " << own.back());
    const double free_space = 1.0 / (4.0 * pi * sigma * d) * std::pow(d / radius, 2) / 24.0;
    CHECK(change.back() == Approx(free_space).epsilon(0.05));
    // A contact's own current leaves in a ring's field, which a bend changes by (r / R)^2.
    CHECK(std::abs(own.back()) < std::pow(0.65e-3 / radius, 2) * straight(1, 1));
  }
  // Ratios of 4 but for the fourth order, a share of (d / R)^2.
  CHECK(change[0] / change[1] == Approx(4.0).epsilon(0.06));
  CHECK(change[1] / change[2] == Approx(4.0).epsilon(0.03));
  // Even in the curvature: what is odd comes from the mesh, which is not its own mirror image.
  const double other = bends.at(-1.0 / 40e-3).impedance(0, 3) - straight(0, 3);
  CHECK(std::abs(other - change[0]) < 0.02 * change[0]);
}

// Contact 4 moves by (9 mm)^2 / (2 R) towards a point or away from it: the odd part of the change
// goes with the curvature, the even one with its square.
TEST_CASE("potentials beside a bending lead tend to the straight one's with the curvature",
          "[field][bent]") {
  const Bends bends;
  const Eigen::MatrixXd straight = bends.at(0.0).potential;
  std::vector<double> odd, even;
  for (const double radius : {160e-3, 320e-3}) {
    const Eigen::MatrixXd there = bends.at(1.0 / radius).potential;
    const Eigen::MatrixXd back = bends.at(-1.0 / radius).potential;
    odd.push_back((there - back).norm());
    even.push_back((there + back - 2.0 * straight).norm());
  }
  CHECK(odd[0] > 1e-3 * straight.norm());
  // Next in the series: the cube of the shift over the distance, (0.25 mm / 3 mm)^2 = 0.7 %.
  CHECK(odd[0] / odd[1] == Approx(2.0).epsilon(0.03));
  CHECK(even[0] / even[1] == Approx(4.0).epsilon(0.06));
}

TEST_CASE("a mesh follows a bent lead rigidly and refuses one bent otherwise", "[field][poses]") {
  const LeadShape base = short_lead(1.0 / 30e-3);
  const TetMesh mesh = make_mesh(in_a_ball(base, Resolution{}.scaled(2.5)));
  const MovingMesh moving(mesh, base, [](const Vector3d& p) { return ball - p.norm(); });
  // Turned by 0.02 about x and moved along.
  const Eigen::Matrix3d turn(Eigen::AngleAxisd(0.02, Vector3d::UnitX()));
  LeadShape pose = base;
  static_cast<lead::LeadAxis&>(pose) =
      lead::arc_axis(Vector3d(0.1e-3, 0.0, 0.2e-3), turn * Vector3d::UnitZ(),
                     turn * Vector3d::UnitX(), 30e-3, {13e-3, 26e-3, 4e-3}, Vector3d::UnitX());
  const auto vertices = moving.vertices(pose);
  REQUIRE(vertices);
  const geometry::Surface surface = lead_surface(pose, Resolution{}.scaled(2.5));
  for (std::size_t f = 0; f < mesh.faces.size(); ++f)
    if (mesh.face_surface[f] == 1)
      for (const int v : mesh.faces[f]) {
        const Vector3d& p = (*vertices)[static_cast<std::size_t>(v)];
        CHECK((surface.project(p, mesh.face_patch[f]) - p).norm() < 1e-10);
      }
  for (const double curvature : {0.0, 1.0 / 29e-3})
    try {
      moving.vertices(short_lead(curvature));
      FAIL("no error");
    } catch (const foramen::core::ConfigError& error) {
      CHECK(error.place() == "lead.shape");
      CHECK_THAT(error.cause(),
                 Catch::Contains("the lead is bent otherwise than in the base pose"));
      CHECK(error.remedy() == "mesh each pose afresh, or let the lead keep its bend");
    }
}

TEST_CASE("random bent leads beside random nerves mesh and solve", "[field][mesh][bent]") {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Setting setting(seed);
    foramen::core::RandomStream random(seed, "bent lead");
    const bool follows = seed % 2 == 1;
    for (int attempt = 0;; ++attempt) {
      REQUIRE(attempt < 200);
      lead::Placement placement{.clearance = random.uniform(0.3, 3.0) * foramen::mm,
                                .angle = random.uniform(0.0, 360.0) * foramen::deg,
                                .position = 0.0 * foramen::mm,
                                .shape = follows ? lead::Shape::follows_nerve : lead::Shape::bent,
                                .bend_radius = random.uniform(8.0, 60.0) * foramen::mm,
                                .bend_towards = random.uniform(0.0, 360.0) * foramen::deg};
      if (!follows)
        placement.tilt = random.uniform(-90.0, 90.0) * foramen::deg;
      try {
        setting.random.leads[0] = lead::place_beside(
            setting.random.nerve, foramen::tests::octrode(), setting.random.leads[0].encapsulation,
            placement, Vector3d::Zero(), 60e-3);
        break;
      } catch (const foramen::core::ConfigError&) { // cuts the nerve or leaves the ball
      }
    }
    INFO("seed " << seed << ", bend " << lead::smallest_bend_radius(setting.random.leads[0]) * 1e3
                 << " mm");
    const VolumeScene scene =
        make_volume_scene(*setting.body, setting.random.leads, Resolution{}.scaled(2.5));
    const UnitPotentials u = solve_unit_potentials(scene, make_mesh(scene));
    CHECK(u.report.iterations <= 25);
    const Eigen::MatrixXd& z = u.impedance;
    CHECK((z - z.transpose()).cwiseAbs().maxCoeff() < 2e-5 * z.diagonal().maxCoeff());
    CHECK(z.eigenvalues().real().minCoeff() > 0.0);
  }
}
