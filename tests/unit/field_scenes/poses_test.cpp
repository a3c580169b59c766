// A lead that moves, on a mesh that moves with it.

#include "core/parallel.hpp"
#include "field/error_estimate.hpp"
#include "field/mesh_checks.hpp"
#include "field/mesher.hpp"
#include "field/moving_mesh.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/nerve_lead_surfaces.hpp"
#include "field/pose_series.hpp"
#include "field/pose_solver.hpp"
#include "field/sampling.hpp"
#include "support/random_scene.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <algorithm>

using namespace foramen::field;
using foramen::lead::PlacedLead;
using foramen::tests::Setting;

namespace {

struct Moving {
  Setting setting{3};
  PlacedLead lead = setting.random.leads.front();
  Resolution resolution = Resolution{}.scaled(2.5);
  VolumeScene base = scene(lead);
  MovingMesh moving{make_mesh(base), lead_shape(lead), [this](const Vector3d& p) {
                      const auto& nerve = setting.random.nerve;
                      return std::min(nerve.course->closest(p).distance - nerve.radius,
                                      60e-3 - p.norm());
                    }};
  const TetMesh& mesh = moving.mesh();

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
  // Towards the nerve (where they are nearest), along the lead and across both, each by a share of
  // the free gap: the tetrahedra there are pressed and sheared as by no other pose so near.
  PlacedLead pressed(double share) const {
    const auto& nerve = setting.random.nerve;
    const LeadShape shape = lead_shape(lead);
    double gap = 1.0;
    Vector3d away = Vector3d::Zero();
    for (double s = 0.0; s <= lead.length; s += 0.2e-3) {
      const auto foot = nerve.course->closest(shape.point(s));
      const double here = foot.distance - nerve.radius - shape.outer_radius();
      if (here < gap) {
        gap = here;
        away = (shape.point(s) - nerve.course->point(foot.s)).normalized();
      }
    }
    PlacedLead result = lead;
    result.tip += share * gap * (lead.direction + away.cross(lead.direction) - away);
    return result;
  }
  // The share of the lead's motion that moving_mesh.hpp states.
  double weight(const Vector3d& p) const {
    double s = 0.0;
    const LeadShape shape = lead_shape(lead);
    const double d = std::max(0.0, shape.axis_distance(p, s) - shape.outer_radius());
    const double f = std::min(
        std::min(setting.random.nerve.course->closest(p).distance - setting.random.nerve.radius,
                 60e-3 - p.norm()),
        morph_reach - d);
    return f > 1e-9 ? f / (d + f) : 0.0; // metres: rounding of vertices on what stays
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

TEST_CASE("a lead pressed against the nerve keeps the mesh sound: vertices on no surface give way",
          "[field][poses]") {
  const Moving m;
  const PlacedLead lead = m.pressed(0.6);
  const std::size_t threads = foramen::core::thread_count();
  foramen::core::set_thread_count(1);
  const auto vertices = m.moving.vertices(lead_shape(lead));
  foramen::core::set_thread_count(2);
  const auto on_two = m.moving.vertices(lead_shape(lead));
  foramen::core::set_thread_count(threads);
  REQUIRE(vertices);
  REQUIRE(on_two);
  CHECK(*vertices == *on_two); // to the bit
  TetMesh moved = m.mesh;
  moved.vertices = *vertices;
  std::vector<double> volume(m.base.surfaces.size(), 0.0), before = volume;
  double worst = 1.0, worst_before = 1.0;
  for (std::size_t t = 0; t < moved.tets.size(); ++t) {
    const auto region = static_cast<std::size_t>(moved.region[t]);
    volume[region] += tet_volume(moved, t);
    before[region] += tet_volume(m.mesh, t);
    worst = std::min(worst, signed_quality(tet_corners(moved.vertices, moved.tets[t])));
    worst_before =
        std::min(worst_before, signed_quality(tet_corners(m.mesh.vertices, m.mesh.tets[t])));
  }
  CHECK(worst >= std::min(remeshed_quality, 0.5 * worst_before));
  for (std::size_t r = 0; r < volume.size(); ++r) // rounding of sums, as in check_mesh
    CHECK(volume[r] == Approx(before[r]).epsilon(1e-9).margin(1e-22));
  // Weights alone leave tetrahedra flat or inverted: vertices of those give way, and neighbours
  // where mending one spoils the next: one ring further at most with each of seven more sweeps.
  std::vector<std::uint8_t> on_surface(moved.vertices.size(), 0);
  for (const auto& face : moved.faces)
    for (const int v : face)
      on_surface[static_cast<std::size_t>(v)] = 1;
  std::vector<Vector3d> weighted = m.mesh.vertices;
  for (Vector3d& p : weighted)
    p += m.weight(p) * (lead.tip - m.lead.tip);
  constexpr int never = 8;
  std::vector<int> ring(weighted.size(), never);
  const auto grow = [&](int r, const auto& from) {
    for (const auto& tet : moved.tets)
      if (from(tet))
        for (const int v : tet)
          ring[static_cast<std::size_t>(v)] = std::min(r, ring[static_cast<std::size_t>(v)]);
  };
  grow(0, [&](const auto& tet) {
    const double base = tet_quality(tet_corners(m.mesh.vertices, tet));
    return signed_quality(tet_corners(weighted, tet)) < std::min(relaxed_quality, 0.5 * base);
  });
  for (int r = 1; r < never; ++r)
    grow(r, [&](const auto& tet) {
      return std::any_of(tet.begin(), tet.end(),
                         [&](int v) { return ring[static_cast<std::size_t>(v)] == r - 1; });
    });
  std::size_t gave_way = 0;
  for (std::size_t v = 0; v < moved.vertices.size(); ++v) {
    const double aside = (moved.vertices[v] - weighted[v]).norm();
    const bool gave = aside > 1e-9; // metres
    gave_way += gave ? 1 : 0;
    if (on_surface[v])
      CHECK(aside < 1e-12);
    if (gave)
      CHECK(ring[v] < never);
  }
  // Were they more than the vertices of bad tetrahedra, sweeps would spoil more than they mend.
  CHECK(gave_way > 0);
  CHECK(gave_way <= static_cast<std::size_t>(std::count(ring.begin(), ring.end(), 0)));
}

TEST_CASE("a mesh that follows its lead has no edge across the gap, and is the mesher's otherwise",
          "[field][poses]") {
  const Moving m;
  const TetMesh given = make_mesh(m.base);
  REQUIRE(m.mesh.vertices.size() > given.vertices.size());
  CHECK_NOTHROW(check_mesh(m.base, m.mesh));
  CHECK(m.mesh.faces == given.faces);
  for (std::size_t v = 0; v < given.vertices.size(); ++v)
    CHECK(m.mesh.vertices[v] == given.vertices[v]);
  std::vector<int> surface(m.mesh.vertices.size(), -1);
  for (std::size_t f = 0; f < m.mesh.faces.size(); ++f)
    for (const int v : m.mesh.faces[f])
      surface[static_cast<std::size_t>(v)] = m.mesh.face_surface[f];
  const auto name = [&](int v) {
    const int s = surface[static_cast<std::size_t>(v)];
    return s < 0 ? std::string() : m.base.surfaces[static_cast<std::size_t>(s)].name;
  };
  std::size_t spanning = 0;
  for (const auto& tet : m.mesh.tets)
    for (const int v : tet)
      for (const int w : tet)
        spanning += name(v) == "nerve" && (name(w) == "encapsulation" || name(w) == "lead") ? 1 : 0;
  CHECK(spanning == 0);
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

TEST_CASE("from the first pose's potentials, poses between leave no bit behind", "[field][poses]") {
  const Moving m;
  const auto solve = [&](PoseSolver& solver, const PlacedLead& lead) {
    return solver.solve(m.scene(lead), *m.moving.vertices(lead_shape(lead)), {});
  };
  const auto new_solver = [&] {
    return std::make_unique<PoseSolver>(m.base, m.mesh, m.moving.movable(), SolverOptions{},
                                        FirstGuess::first_pose);
  };
  const auto direct = new_solver(), roundabout = new_solver();
  solve(*direct, m.lead);
  const UnitPotentials a = solve(*direct, m.moved(0.3, 0.2));
  CHECK(direct->report().start_residual < 0.5);
  solve(*roundabout, m.lead);
  solve(*roundabout, m.pressed(0.5));
  const UnitPotentials b = solve(*roundabout, m.moved(0.3, 0.2));
  CHECK(a.nodes == b.nodes);
  CHECK(a.phi == b.phi);
  CHECK(a.impedance == b.impedance);
}

TEST_CASE("a series of poses follows where the mesh can, and meshes anew where it cannot",
          "[field][poses]") {
  const Moving m;
  PoseSeries series([&m](const Vector3d& p) {
    const auto& nerve = m.setting.random.nerve;
    return std::min(nerve.course->closest(p).distance - nerve.radius, 60e-3 - p.norm());
  });
  const auto solve = [&](const PlacedLead& lead) {
    return series.solve(m.scene(lead), lead_shape(lead));
  };
  solve(m.lead);
  CHECK(series.report().new_mesh);
  const PlacedLead pressed = m.pressed(0.6);
  const UnitPotentials followed = solve(pressed);
  CHECK_FALSE(series.report().new_mesh);
  CHECK(series.report().pose.start_residual < 0.5);
  const PlacedLead far = m.moved(35.0, 0.0);
  solve(far);
  CHECK(series.report().new_mesh);
  CHECK(series.meshes() == 2);

  // On the pressed mesh as on a fresh one, along the fascicles: each may be off by its estimated
  // error (error_estimate.hpp), so they are apart by twice that at most.
  const auto at = [&](const PlacedLead& lead, double ratio) {
    const VolumeScene scene =
        make_volume_scene(*m.setting.body, {lead}, m.resolution.scaled(ratio));
    return solve_unit_potentials(scene, make_mesh(scene));
  };
  const UnitPotentials fresh = at(pressed, 1.0), coarser = at(pressed, comparison_ratio);
  const Sampler on_pressed(followed), on_fresh(fresh), on_coarser(coarser);
  LineErrors apart, error; // the largest
  for (const auto& f : m.setting.random.nerve.fascicles) {
    std::vector<Vector3d> points;
    constexpr double spacing = 1e-3, end = 5e-3; // metres; of the nerve beyond the line
    const auto& course = *m.setting.random.nerve.course;
    for (double s = end; s < course.length() - end; s += spacing)
      points.push_back(course.at(s, f.u, f.v));
    const Eigen::MatrixXd a = on_pressed.smooth(points), b = on_fresh.smooth(points),
                          c = on_coarser.smooth(points);
    const auto keep = [&](const Eigen::MatrixXd& other, Eigen::Index contact, LineErrors& largest) {
      const auto n = points.size();
      const LineErrors e =
          estimate_along_line({b.col(contact).data(), n}, {other.col(contact).data(), n}, spacing);
      largest.potential = std::max(largest.potential, e.potential);
      largest.second_difference = std::max(largest.second_difference, e.second_difference);
    };
    for (Eigen::Index contact = 0; contact < b.cols(); ++contact) {
      keep(a, contact, apart);
      keep(c, contact, error);
    }
  }
  const double scale = difference_over_error(); // that estimates have been divided by
  INFO("apart " << apart.potential * scale << " " << apart.second_difference * scale
                << ", estimated " << error.potential << " " << error.second_difference);
  CHECK(apart.potential * scale < 2.0 * error.potential);
  CHECK(apart.second_difference * scale < 2.0 * error.second_difference);
}
