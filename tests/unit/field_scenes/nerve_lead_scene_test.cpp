#include "core/error.hpp"
#include "field/nerve_lead_scene.hpp"
#include "geometry/surface_measures.hpp"
#include "support/random_scene.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <numbers>

using namespace foramen::field;
namespace anatomy = foramen::anatomy;
namespace geometry = foramen::geometry;

namespace {

constexpr double pi = std::numbers::pi;

using foramen::tests::Setting;

int surface_named(const VolumeScene& scene, const std::string& name) {
  for (std::size_t i = 0; i < scene.surfaces.size(); ++i)
    if (scene.surfaces[i].name == name)
      return static_cast<int>(i);
  FAIL("no surface " << name);
  return -1;
}

} // namespace

TEST_CASE("a scene nests fascicles in the nerve and the lead in its encapsulation",
          "[field][mesh]") {
  const Setting setting(3);
  const VolumeScene scene = make_volume_scene(*setting.body, setting.random.leads);
  CHECK(scene.surfaces[0].name == "domain");
  CHECK(scene.surfaces[0].parent == -1);
  const int nerve = surface_named(scene, "nerve"), fascicle = surface_named(scene, "fascicle 1");
  const int shell = surface_named(scene, "encapsulation"), lead = surface_named(scene, "lead");
  const auto at = [&](int i) -> const FittedSurface& {
    return scene.surfaces[static_cast<std::size_t>(i)];
  };
  CHECK(at(nerve).parent == 0);
  CHECK(at(fascicle).parent == nerve);
  CHECK(at(fascicle).sheet_resistance == setting.random.nerve.fascicles[0].sheet_resistance);
  CHECK(at(shell).parent == 0);
  CHECK(at(lead).parent == shell);
  CHECK(at(lead).hole);
  CHECK(scene.surfaces.size() == 4 + setting.random.nerve.fascicles.size());
  REQUIRE(scene.electrodes.size() == 8);
  CHECK(scene.electrodes[0].name == "E1");
  CHECK(scene.electrodes[7].surface == lead);
  CHECK(scene.electrodes[7].patches == std::vector<int>{8});
}

TEST_CASE("a contact's triangles have the area of its ring", "[field][mesh]") {
  const Setting setting(3);
  const VolumeScene scene = make_volume_scene(*setting.body, setting.random.leads);
  const geometry::Surface& lead =
      scene.surfaces[static_cast<std::size_t>(surface_named(scene, "lead"))].surface;
  const double exact = pi * 1.3e-3 * 3e-3;
  for (int contact = 1; contact <= 8; ++contact) {
    // Inscribed polygons of 0.15 mm on a radius of 0.65 mm: 1 - (0.15 / 0.65)^2 / 24 = 0.9978, a
    // little less for the tilt of staggered triangles.
    CHECK(geometry::area(lead, contact) < exact);
    CHECK(geometry::area(lead, contact) > 0.99 * exact);
  }
}

TEST_CASE("axons conduct along the nerve's course", "[field][mesh]") {
  const Setting setting(3);
  const VolumeScene scene = make_volume_scene(*setting.body, setting.random.leads);
  const auto& course = *setting.random.nerve.course;
  const anatomy::Fascicle& fascicle = setting.random.nerve.fascicles[0];
  const Vector3d p = course.at(0.021, fascicle.u, fascicle.v), t = course.tangent(0.021);
  const Matrix3d sigma = scene.conductivity(surface_named(scene, "fascicle 1"), p);
  CHECK(t.dot(sigma * t) == Approx(0.571).epsilon(1e-9));
  CHECK(t.unitOrthogonal().dot(sigma * t.unitOrthogonal()) == Approx(0.083).epsilon(1e-9));
  CHECK(scene.conductivity(surface_named(scene, "nerve"), p)(0, 0) == 0.159);
  CHECK(scene.conductivity(surface_named(scene, "encapsulation"), p)(1, 1) == 0.1);
  CHECK(scene.conductivity(0, p)(2, 2) == 0.2);
  CHECK(scene.region_is_uniform[0]);
  CHECK_FALSE(scene.region_is_uniform[2]); // the course is bent
}

TEST_CASE("without encapsulation the lead lies in the domain", "[field][mesh]") {
  Setting setting(3);
  setting.random.leads[0].encapsulation.thickness = 0.0;
  const VolumeScene scene = make_volume_scene(*setting.body, setting.random.leads);
  CHECK(scene.surfaces.back().name == "lead");
  CHECK(scene.surfaces.back().parent == 0);
  CHECK(scene.surfaces.size() == 3 + setting.random.nerve.fascicles.size());
}

TEST_CASE("triangles of a thin encapsulation keep clear of the lead's round tip", "[field][mesh]") {
  LeadShape lead;
  lead.length = 40e-3;
  lead.radius = 0.5e-3;
  lead.contacts = {{1e-3, 2.25e-3}, {7.25e-3, 8.5e-3}};
  lead.shell = 0.02e-3;
  const geometry::Surface shell = encapsulation_surface(
      lead, Resolution{}, [](double) { return std::numeric_limits<double>::infinity(); });
  const Vector3d centre = lead.tip + lead.radius * lead.direction; // of both hemispheres
  double least = 1.0;
  for (const auto& [a, b, c] : shell.triangles) {
    const auto at = [&](int v) { return Vector3d(shell.points[static_cast<std::size_t>(v)]); };
    if (std::max({at(a).z(), at(b).z(), at(c).z()}) > centre.z())
      continue; // on the mantle
    const Vector3d normal = (at(b) - at(a)).cross(at(c) - at(a)).normalized();
    least = std::min(least, std::abs(normal.dot(at(a) - centre)));
  }
  // Rings and their vertices are up to 0.8 sqrt(4 r t) = 0.163 mm apart. Triangles of such edges
  // have a circumscribed radius of 0.094 to 0.115 mm (equilateral to right), slightly obtuse ones
  // between rings of different counts up to 0.13 mm, which cuts 0.016 mm off the 0.02 mm.
  CHECK(least - lead.radius > 0.2 * lead.shell);
}

TEST_CASE("two leads and their contacts are told apart by number", "[field][mesh]") {
  Setting setting(3);
  setting.random.leads.push_back(setting.random.leads[0]);
  setting.random.leads[1].tip += Vector3d(0.0, 20e-3, 0.0);
  const VolumeScene scene = make_volume_scene(*setting.body, setting.random.leads);
  CHECK(scene.surfaces[static_cast<std::size_t>(surface_named(scene, "2:lead"))].hole);
  REQUIRE(scene.electrodes.size() == 16);
  CHECK(scene.electrodes[0].name == "1:E1");
  CHECK(scene.electrodes[8].name == "2:E1");
  CHECK(scene.electrodes[8].surface == surface_named(scene, "2:lead"));
}

TEST_CASE("leads with names give them to their surfaces and contacts", "[field][mesh]") {
  Setting setting(3);
  setting.random.leads.push_back(setting.random.leads[0]);
  setting.random.leads[0].name = "cranial";
  setting.random.leads[1].name = "caudal";
  setting.random.leads[1].tip += Vector3d(0.0, 20e-3, 0.0);
  const VolumeScene scene = make_volume_scene(*setting.body, setting.random.leads);
  CHECK(scene.electrodes[0].name == "cranial:E1");
  CHECK(scene.electrodes[8].name == "caudal:E1");
  CHECK(scene.electrodes[8].surface == surface_named(scene, "caudal:lead"));
  CHECK(scene.electrodes[0].surface == surface_named(scene, "cranial:lead"));
}

TEST_CASE("a nerve is meshed as far as it lies inside the ball", "[field][mesh]") {
  const Setting setting(3);
  const anatomy::Nerve& nerve = setting.random.nerve;
  const double ball = 25e-3;
  const Vector3d centre = nerve.course->point(nerve.foramen_s);
  const MeshedCourse meshed = meshed_course(nerve, centre, ball);
  for (const double end : {meshed.nerve_s0, meshed.nerve_s1})
    CHECK((nerve.course->point(end) - centre).norm() + nerve.radius < ball);
  CHECK(meshed.nerve_s1 - meshed.nerve_s0 > 1.5 * (ball - nerve.radius));
  CHECK(meshed.fascicle_s0 > meshed.nerve_s0);
  CHECK(meshed.fascicle_s1 < meshed.nerve_s1);
}

TEST_CASE("a nerve outside the ball is refused with the remedy", "[field][mesh]") {
  const Setting setting(3);
  try {
    meshed_course(setting.random.nerve, Vector3d(1.0, 0.0, 0.0), 25e-3);
    FAIL("no error");
  } catch (const foramen::core::WorldError& error) {
    CHECK(error.place() == "nerve");
    CHECK(error.cause() == "it leaves the volume conductor at the foramen");
    CHECK(error.remedy() == "enlarge anatomy.domain or move its centre to the foramen");
  }
}

TEST_CASE("presets differ by a factor in every size", "[field][mesh]") {
  const Resolution r, finer = r.scaled(0.5), coarser = r.scaled(1.44), coarsest = r.scaled(100.0);
  CHECK(finer.growth == Approx(0.5 * r.growth));
  CHECK(finer.per_gap == Approx(0.5 * r.per_gap));
  CHECK(finer.least_around_fascicle() == 18);
  CHECK(coarser.growth == Approx(1.2 * r.growth));
  CHECK(coarser.per_gap == Approx(8.0));
  CHECK(coarser.least_around_fascicle() == 7);
  CHECK(coarsest.growth == 0.5);
  CHECK(r.scaled(1.0).least_around_fascicle() == 9);
  CHECK(resolution_preset("default")->contact_edge.si() == Resolution{}.contact_edge.si());
  CHECK(resolution_preset("draft")->nerve.si() == Approx(1.5 * Resolution{}.nerve.si()));
  CHECK(resolution_preset("fine")->far.si() == Approx(0.7 * Resolution{}.far.si()));
  CHECK_FALSE(resolution_preset("finest"));
  for (const std::string& name : resolution_preset_names())
    CHECK(resolution_preset(name));
}

TEST_CASE("a lead's size field is finest at contact edges and grows away", "[field][mesh]") {
  const Setting setting(3);
  const LeadShape lead = lead_shape(setting.random.leads[0]);
  const Resolution r;
  const Vector3d out = lead.radius * lead.side;
  const auto size = [&](double s, double away) {
    return size_near_lead(lead, r,
                          lead.tip + s * lead.direction + out * (1.0 + away / lead.radius));
  };
  const double edge = size(lead.contacts[2].s1, 0.0);
  CHECK(edge == Approx(r.edge_volume.si()));
  CHECK(size(lead.contacts[2].s1 + 1e-3, 0.0) == Approx(edge + 0.3e-3));
  CHECK(size(lead.contacts[2].s1 + 2e-3, 0.0) == Approx(r.bare_lead.si()));
  CHECK(size(lead.contacts[2].s1, 5e-3) > 1.5e-3);
}

TEST_CASE("sizes are smaller where a goal wants them so, on surfaces and between them",
          "[field][mesh]") {
  const Setting setting(3);
  const foramen::lead::PlacedLead& lead = setting.random.leads.front();
  const Vector3d tip = lead.point(0.0), end = lead.point(lead.length);
  SizeOctree octree; // 1 around the lead's tip, 0.5 around its other end
  octree.width = 2.0 * (end - tip).norm();
  octree.origin = 0.5 * (tip + end) - Vector3d::Constant(0.5 * octree.width);
  octree.cells.resize(1);
  for (std::size_t k = 0; k < 8; ++k) {
    const Vector3d corner =
        octree.origin +
        octree.width * Vector3d(k & 1 ? 1.0 : 0.0, k & 2 ? 1.0 : 0.0, k & 4 ? 1.0 : 0.0);
    const double along = (corner - tip).dot(end - tip) / (end - tip).squaredNorm();
    octree.cells[0].size[k] = along < 0.5 ? 1.0f : 0.5f;
  }
  Resolution finer;
  finer.finer.push_back(std::make_shared<const SizeOctree>(octree));
  const VolumeScene plain = make_volume_scene(*setting.body, setting.random.leads);
  const VolumeScene scene = make_volume_scene(*setting.body, setting.random.leads, finer);
  REQUIRE(scene.surfaces.size() == plain.surfaces.size());
  for (std::size_t i = 1; i < scene.surfaces.size(); ++i) {
    INFO(scene.surfaces[i].name);
    CHECK(scene.surfaces[i].surface.triangles.size() > plain.surfaces[i].surface.triangles.size());
  }
  const Vector3d middle = 0.5 * (tip + end), beside = end + 0.5 * lead.model.diameter * lead.side;
  for (const Vector3d& p : {tip, middle, end, beside})
    CHECK(scene.size(p) == Approx(octree.at(p) * plain.size(p)));
  CHECK(finer.scaled(1.3).finer.size() == 1); // a comparison is as much finer
}
