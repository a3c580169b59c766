#include "anatomy/lumbar.hpp"
#include "anatomy/lumbar_soft_tissue.hpp"
#include "core/random.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

using namespace foramen;
using namespace foramen::anatomy;

namespace {

const LumbarScene& level_scene(const std::string& name) {
  static std::map<std::string, LumbarScene> built;
  const auto found = built.find(name);
  if (found != built.end())
    return found->second;
  return built.emplace(name, lumbar_scene(load_level(name), 1.0, TissueLibrary::standard()))
      .first->second;
}
bool bone(const Scene& scene, const Vector3d& p) {
  return scene.tissue_at(p).name.starts_with("bone");
}
// How far one can go from p along a direction before `stop` holds, to 0.02 mm.
template <class Stop>
double free_way(const Vector3d& p, const Vector3d& direction, const Stop& stop) {
  double way = 0.0;
  while (way < 0.1 && !stop(p + way * direction))
    way += 0.02e-3;
  return way;
}
const std::vector<std::string> all_levels{"L1", "L2", "L3", "L4", "L5"};

} // namespace

TEST_CASE("every level has sizes within their published ranges", "[anatomy][lumbar]") {
  CHECK(level_names() == all_levels);
  for (const std::string& name : all_levels) {
    INFO(name);
    const LevelSizes s = load_level(name).sizes;
    CHECK(s.body_height() >= 20e-3); // spinebase.org: 20 to 30 mm
    CHECK(s.body_height() <= 30e-3);
    CHECK(s.diameter >= 3.5e-3); // Torun 2008: 3.5 (L1) to 5.6 mm (L5)
    CHECK(s.diameter <= 5.6e-3);
  }
  CHECK(load_level("L5").above_sacrum);
  CHECK_FALSE(load_level("L4").above_sacrum);
}

TEST_CASE("the nerve's envelope never lies in bone, disc or air", "[anatomy][lumbar]") {
  for (const std::string& name : all_levels) {
    const auto& [scene, nerve] = level_scene(name);
    for (double s = 0.0; s <= nerve.course->length(); s += 0.5e-3)
      for (int k = 0; k < 24; ++k) {
        const double angle = k * 3.14159265358979 / 12.0;
        const Vector3d p =
            nerve.course->at(s, nerve.radius * std::cos(angle), nerve.radius * std::sin(angle));
        const std::string tissue = scene.tissue_at(p).name;
        INFO(name << " at s = " << s * 1e3 << " mm: " << tissue);
        REQUIRE_FALSE(tissue.starts_with("bone"));
        REQUIRE(tissue != "disc");
        REQUIRE(tissue != "air");
      }
  }
}

TEST_CASE("the nerve passes sac, canal, foramen and muscle in this order", "[anatomy][lumbar]") {
  for (const std::string& name : all_levels) {
    INFO(name);
    const auto& [scene, nerve] = level_scene(name);
    std::vector<std::string> passed;
    for (double s = 0.0; s <= nerve.course->length(); s += 0.2e-3) {
      const std::string tissue = scene.tissue_at(nerve.course->point(s)).name;
      if (passed.empty() || passed.back() != tissue)
        passed.push_back(tissue);
    }
    REQUIRE(passed.size() >= 4);
    CHECK(passed[0] == "csf");
    CHECK(passed[1] == "dura");
    const auto fat = std::find(passed.begin(), passed.end(), "foraminal_fat");
    const auto muscle = std::find(passed.begin(), passed.end(), "muscle");
    CHECK(fat != passed.end());
    CHECK(muscle != passed.end());
    CHECK(fat < muscle);
    CHECK(scene.tissue_at(nerve.course->point(nerve.foramen_s)).name == "foraminal_fat");
  }
}

TEST_CASE("the nerve has the lengths asked for and bends gently", "[anatomy][lumbar]") {
  for (const std::string& name : all_levels) {
    INFO(name);
    const LevelSizes sizes = load_level(name).sizes;
    const Nerve& nerve = level_scene(name).nerve;
    CHECK(nerve.foramen_s == Approx(sizes.proximal_length).margin(1e-6));
    CHECK(nerve.course->length() - nerve.foramen_s == Approx(sizes.distal_length).margin(1e-6));
    CHECK(nerve.foramen_s >= 45e-3);
    CHECK(nerve.course->length() - nerve.foramen_s >= 60e-3);
    CHECK(nerve.course->min_radius_of_curvature() > 3.0 * nerve.radius);
    // It leaves the foramen below the pedicle and runs outwards, forwards, downwards.
    const Vector3d out = nerve.course->point(nerve.foramen_s);
    CHECK(out.x() == Approx(sizes.pedicle_lateral()).margin(1e-9));
    CHECK(out.z() < sizes.foramen_top() - nerve.radius);
    const Vector3d beyond = nerve.course->tangent(nerve.foramen_s + 20e-3);
    CHECK(beyond.x() > 0.0);
    CHECK(beyond.y() > 0.0);
    CHECK(beyond.z() < 0.0);
    CHECK(std::atan2(beyond.x(), -beyond.z()) ==
          Approx(sizes.extraforaminal_angle).margin(0.01)); // off the vertical, coronal plane
  }
}

TEST_CASE("angle 0 beside the nerve is dorsal just outside the foramen", "[anatomy][lumbar]") {
  for (const double side : {1.0, -1.0}) {
    const Nerve nerve = lumbar_scene(load_level("L5"), side, TissueLibrary::standard()).nerve;
    const geometry::Frame f = nerve.course->frame(nerve.foramen_s + 10e-3);
    CHECK(f.u.dot(-Vector3d::UnitY()) > 0.95);
    CHECK(std::abs(f.v.dot(Vector3d::UnitY())) < 1e-3); // no other direction across is more dorsal
    CHECK(f.v.x() < 0.0); // to the patient's left: medial for a right nerve, lateral for a left one
  }
}

// Pedicle to pedicle, Clin Anat 2012: 19.3 to 21.5 mm. The corners of pedicles are rounded by 2 mm,
// not their middle: 0.2 mm allows for the step of the search.
TEST_CASE("foramen height through the implicit solids is the published one", "[anatomy][lumbar]") {
  for (const std::string& name : all_levels) {
    INFO(name);
    const LevelSizes s = load_level(name).sizes;
    const Scene& scene = level_scene(name).scene;
    const Vector3d middle(0.5 * (s.pedicle_medial() + s.pedicle_lateral()), -0.5 * s.foramen_width,
                          0.5 * (s.foramen_top() + s.foramen_bottom()));
    const auto in_bone = [&scene](const Vector3d& p) { return bone(scene, p); };
    const double height = free_way(middle, Vector3d::UnitZ(), in_bone) +
                          free_way(middle, -Vector3d::UnitZ(), in_bone);
    CHECK(height == Approx(s.foramen_height).margin(0.2e-3));
    CHECK(height >= 19.3e-3 - 0.2e-3);
    CHECK(height <= 21.5e-3 + 0.2e-3);
  }
}

// Front to back at the disc, Gkasdaris 2018: 8.11 mm (L1) to 6.01 mm (L5).
TEST_CASE("foramen width through the implicit solids is the published one", "[anatomy][lumbar]") {
  for (const std::string& name : all_levels) {
    INFO(name);
    const LevelSizes s = load_level(name).sizes;
    const Scene& scene = level_scene(name).scene;
    const double disc = s.body_bottom() - 0.5 * s.disc_height;
    const Vector3d p(s.pedicle_medial(), -0.5 * s.foramen_width, disc);
    const auto hard = [&scene](const Vector3d& q) {
      return bone(scene, q) || scene.tissue_at(q).name == "disc";
    };
    const double width =
        free_way(p, Vector3d::UnitY(), hard) + free_way(p, -Vector3d::UnitY(), hard);
    CHECK(width == Approx(s.foramen_width).margin(0.2e-3));
    CHECK(width >= 6.01e-3 - 0.2e-3);
    CHECK(width <= 8.11e-3 + 0.2e-3);
  }
}

// Clin Anat 2012: the root lies 3.8 mm (L1) to 0.4 mm (L5) from the disc in the middle of the
// foramen. The course is smoothed about that station: 1.5 mm.
TEST_CASE("the nerve passes closely above the disc", "[anatomy][lumbar]") {
  for (const std::string& name : all_levels) {
    INFO(name);
    const LevelSizes s = load_level(name).sizes;
    const Nerve& nerve = level_scene(name).nerve;
    const Vector3d middle(0.5 * (s.pedicle_medial() + s.pedicle_lateral()), -0.5 * s.foramen_width,
                          s.body_bottom() + s.disc_gap + nerve.radius);
    const Vector3d nearest = nerve.course->point(nerve.course->closest(middle).s);
    CHECK(nearest.z() == Approx(middle.z()).margin(1.5e-3));
  }
}

// L3 to L5: psoas is slender above, and the nerves of L1 and L2 leave it sideways. From 25 mm
// beyond the foramen, where the muscle has closed around it, to 70 mm, where it tapers and the
// nerve leaves it.
TEST_CASE("the nerve runs in the posterior third of psoas", "[anatomy][lumbar]") {
  for (const std::string name : {"L3", "L4", "L5"}) {
    const Level level = load_level(name);
    const auto& [scene, nerve] = level_scene(name);
    const PsoasShape psoas = psoas_shape(level.sizes, {nerve.course, nerve.foramen_s}, 1.0);
    const Vector3d axis = (psoas.top - psoas.bottom).normalized();
    int inside = 0, all = 0;
    for (double s = nerve.foramen_s + 25e-3; s <= nerve.foramen_s + 70e-3; s += 1e-3) {
      const Vector3d p = nerve.course->point(s);
      const int part = scene.part_at(p);
      const bool in_psoas =
          part >= 0 && scene.parts()[static_cast<std::size_t>(part)].name == "right psoas";
      const Vector3d centre = psoas.bottom + axis * ((p.z() - psoas.bottom.z()) / axis.z());
      const double from_back = p.y() - (centre.y() - psoas.half_depth);
      inside += in_psoas && from_back < 2.0 / 3.0 * psoas.half_depth ? 1 : 0;
      ++all;
    }
    INFO(name << ": " << inside << " of " << all);
    CHECK(inside >= 0.9 * all);
  }
}

TEST_CASE("points looked up together have the conductivities they have alone",
          "[anatomy][lumbar]") {
  const Scene& scene = level_scene("L5").scene;
  core::RandomStream random(5, "points looked up together");
  for (int i = 0; i < 3000; ++i) {
    const auto within = [&](double size) {
      return Vector3d(random.uniform(-size, size), random.uniform(-size, size),
                      random.uniform(-size, size));
    };
    const Vector3d centre = within(60e-3);
    const double size = std::pow(10.0, random.uniform(-4.0, -2.0)); // 0.1 to 10 mm
    std::array<Vector3d, 14> points;
    for (Vector3d& p : points)
      p = centre + within(size);
    std::array<Matrix3d, 14> together;
    scene.conductivities(points, together);
    for (std::size_t k = 0; k < points.size(); ++k)
      CHECK(together[k] == scene.conductivity(points[k]));
  }
}

TEST_CASE("the scene holds what a physician looks for", "[anatomy][lumbar]") {
  const auto& [scene, nerve] = level_scene("L5");
  const auto tissue = [&scene = scene](double x, double y, double z) {
    return scene.tissue_at({x * 1e-3, y * 1e-3, z * 1e-3}).name;
  };
  CHECK(tissue(0, 15, 0) == "bone_cancellous");   // body of L5
  CHECK(tissue(0, 15, -23) == "disc");            // L5-S1
  CHECK(tissue(0, 15, -40) == "bone_cancellous"); // S1
  CHECK(tissue(21, -3, 0) == "bone_cancellous");  // pedicle
  CHECK(tissue(-21, -3, 0) == "bone_cancellous");
  CHECK(tissue(0, -8, 0) == "csf");
  CHECK(tissue(0, -40, -12) == "bone_cortical");    // spinous process
  CHECK(tissue(46, 20, -20) == "muscle");           // psoas
  CHECK(tissue(35, -40, 0) == "muscle");            // erector spinae
  CHECK(tissue(45, -10, -55) == "bone_cancellous"); // ala
  CHECK(tissue(20, -80, 0) == "fat");               // subcutaneous
  CHECK(tissue(0, -120, 0) == "air");
  std::set<std::string> names;
  for (const Part& part : scene.parts())
    names.insert(part.name);
  for (const char* name : {"skin", "subcutaneous fat", "right psoas", "left psoas", "L5 vertebra",
                           "L4 vertebra", "sacrum and ilium", "L5 disc", "dura",
                           "cerebrospinal fluid", "foraminal fat", "right quadratus lumborum"})
    CHECK(names.count(name) == 1);
}

// Farny 1994: 90.1 mm from the nerve straight back to the skin at L5.
TEST_CASE("the nerve lies as deep under the skin as measured", "[anatomy][lumbar]") {
  const auto& [scene, nerve] = level_scene("L5");
  const Vector3d p = nerve.course->point(nerve.foramen_s + 10e-3);
  const Vector3d midline(0.0, p.y(), p.z()); // the back is flat there but curves forward laterally
  double depth = 0.0;
  while (scene.tissue_at(midline - depth * Vector3d::UnitY()).name != "air")
    depth += 0.1e-3;
  CHECK(depth == Approx(90.1e-3).margin(0.2e-3));
}

TEST_CASE("muscle conducts along its fibres", "[anatomy][lumbar]") {
  const auto& [scene, nerve] = level_scene("L5");
  const PsoasShape psoas =
      psoas_shape(load_level("L5").sizes, {nerve.course, nerve.foramen_s}, 1.0);
  const Vector3d axis = (psoas.top - psoas.bottom).normalized();
  const Matrix3d sigma = scene.conductivity(0.5 * (psoas.top + psoas.bottom) - 60e-3 * axis);
  CHECK(axis.dot(sigma * axis) == Approx(0.35));
}

TEST_CASE("left is the mirror image of right", "[anatomy][lumbar]") {
  const LumbarScene left = lumbar_scene(load_level("L5"), -1.0, TissueLibrary::standard());
  const auto& [scene, nerve] = level_scene("L5");
  for (double s = 0.0; s <= nerve.course->length(); s += 7e-3) {
    Vector3d p = nerve.course->point(s);
    p.x() = -p.x();
    CHECK((left.nerve.course->point(s) - p).norm() < 1e-9);
  }
  for (int i = 0; i < 3000; ++i) {
    const Vector3d p(0.1 * std::sin(12.9898 * i), 0.1 * std::sin(78.233 * i + 1.0),
                     0.1 * std::sin(37.719 * i + 2.0));
    CHECK(left.scene.tissue_at({-p.x(), p.y(), p.z()}).name == scene.tissue_at(p).name);
  }
}
