// A lead that moves, on a mesh that moves with it.

#include "field/mesher.hpp"
#include "field/moving_mesh.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/nerve_lead_surfaces.hpp"
#include "field/pose_solver.hpp"
#include "support/random_scene.hpp"

#include <catch2/catch.hpp>

using namespace foramen::field;
using foramen::lead::PlacedLead;
using foramen::tests::Setting;

namespace {

struct Moving {
  Setting setting{3};
  PlacedLead lead = setting.random.leads.front();
  Resolution resolution = Resolution{}.scaled(2.5);
  VolumeScene base = scene(lead);
  TetMesh mesh = make_mesh(base);
  MovingMesh moving{mesh, lead_shape(lead), [this](const Vector3d& p) {
                      const auto& nerve = setting.random.nerve;
                      return std::min(nerve.course->closest(p).distance - nerve.radius,
                                      60e-3 - p.norm());
                    }};

  VolumeScene scene(const PlacedLead& at) const {
    return make_volume_scene(*setting.body, {at}, resolution);
  }
  // The lead moved along itself and turned about its tip, both by a share of the clearance at most:
  // elements in the gap to the nerve are sheared and stretched by no more, so a share well below 1
  // keeps their shape whatever mesh the mesher's rounding led to.
  PlacedLead moved(double along_share, double share) const {
    PlacedLead result = lead;
    const double turn = share * setting.random.clearance / lead.length;
    result.tip += along_share * setting.random.clearance * lead.direction;
    result.direction = (lead.direction + turn * lead.side).normalized();
    result.side = (lead.side - lead.side.dot(result.direction) * result.direction).normalized();
    return result;
  }
  static Eigen::VectorXd pose(const PlacedLead& at) {
    Eigen::VectorXd p(6);
    p << at.tip, at.tip + 50e-3 * at.direction;
    return p;
  }
};

} // namespace

TEST_CASE("a mesh follows its lead: tubes stay on their surfaces, what is far stays",
          "[field][poses]") {
  const Moving m;
  const PlacedLead lead = m.moved(0.6, 0.4);
  const auto vertices = m.moving.vertices(lead_shape(lead));
  REQUIRE(vertices);
  const VolumeScene scene = m.scene(lead);
  std::size_t on_lead = 0;
  for (std::size_t f = 0; f < m.mesh.faces.size(); ++f) {
    const auto s = static_cast<std::size_t>(m.mesh.face_surface[f]);
    const bool moves =
        scene.surfaces[s].name == "lead" || scene.surfaces[s].name == "encapsulation";
    for (const int v : m.mesh.faces[f]) {
      const Vector3d& p = (*vertices)[static_cast<std::size_t>(v)];
      if (!moves) {
        CHECK(p == m.mesh.vertices[static_cast<std::size_t>(v)]);
      } else if (scene.surfaces[s].surface.project) { // rounding of coordinates of 60 mm
        CHECK((scene.surfaces[s].surface.project(p, m.mesh.face_patch[f]) - p).norm() < 1e-12);
        ++on_lead;
      }
    }
  }
  CHECK(on_lead > 1000);
  CHECK_FALSE(m.moving.vertices(lead_shape(m.moved(35.0, 0.0))));
}

TEST_CASE("poses that follow one another give what a solve on the moved mesh gives",
          "[field][poses]") {
  const Moving m;
  const SolverOptions options{.relative_tolerance = 1e-8};
  PoseSolver solver(m.base, m.mesh, m.moving.movable(), options);
  Eigen::MatrixXd first;
  // There, on, and back: the last is the first again.
  for (const auto& [along, share] : {std::pair{0.3, 0.0}, {0.6, 0.2}, {0.0, 0.4}, {0.3, 0.0}}) {
    const PlacedLead lead = m.moved(along, share);
    const VolumeScene scene = m.scene(lead);
    const auto vertices = m.moving.vertices(lead_shape(lead));
    REQUIRE(vertices);
    const UnitPotentials followed = solver.solve(scene, *vertices, Moving::pose(lead));
    TetMesh mesh = m.mesh;
    mesh.vertices = *vertices;
    const UnitPotentials fresh = solve_unit_potentials(scene, mesh, options);
    REQUIRE(followed.nodes.size() == fresh.nodes.size());
    CHECK(followed.nodes == fresh.nodes);
    // Potentials to the tolerance times the largest, with a factor of ten for the energy norm
    // against the maximum.
    CHECK((followed.phi - fresh.phi).cwiseAbs().maxCoeff() <
          1e-7 * fresh.phi.cwiseAbs().maxCoeff());
    CHECK((followed.impedance - fresh.impedance).cwiseAbs().maxCoeff() <
          1e-9 * fresh.impedance.cwiseAbs().maxCoeff());
    if (first.size() == 0) {
      first = followed.impedance;
    } else {
      CHECK(solver.report().start_residual < 0.5);
      CHECK(solver.report().iterations < fresh.report.iterations);
    }
    if (along == 0.3)
      CHECK((followed.impedance - first).cwiseAbs().maxCoeff() <
            1e-9 * first.cwiseAbs().maxCoeff());
  }
}
