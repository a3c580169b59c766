#include "anatomy/lumbar_soft_tissue.hpp"

#include <Eigen/Geometry>

#include <cmath>
#include <numbers>

namespace foramen::anatomy {
namespace {

using namespace geometry;

constexpr double degree = std::numbers::pi / 180.0;
// Not given by the sources, or only roughly; shapes far from the nerve. Metres and radians, [M].
constexpr double reach = 0.16; // solids along the trunk extend this far up and down
constexpr double psoas_lateral_lean = 10.0 * degree; // of its axis, downwards and outwards
constexpr double psoas_forward_lean = 4.0 * degree;
constexpr double multifidus_lean = 15.0 * degree; // 11 to 19 degrees, seated MR study [T]
constexpr double abdominal_wall = 22e-3;
constexpr double ligamentum_flavum = 4e-3;
constexpr double posterior_epidural = 1.5e-3; // fat in front of the sac
constexpr double sac_below_s1 = 22e-3;        // the sac's end below the end plate of S1
constexpr double sleeve_start = -14e-3, sleeve_end = 26e-3; // along the nerve, from the foramen

SolidPtr trunk_outline(const LevelSizes& s, const NerveCourse& nerve, double inset) {
  const double skin = nerve.curve->point(nerve.foramen_s + 10e-3).y() - s.skin_depth;
  const Vector3d centre(0.0, skin + 0.5 * s.trunk_depth, 0.0);
  return elliptic_cylinder(centre - 2.0 * reach * Vector3d::UnitZ(),
                           centre + 2.0 * reach * Vector3d::UnitZ(), 0.5 * s.trunk_width - inset,
                           0.5 * s.trunk_depth - inset, Vector3d::UnitX());
}

Part muscle(const std::string& name, SolidPtr solid, const Vector3d& direction) {
  const Vector3d unit = direction.normalized();
  return {name, std::move(solid), "muscle", [unit](const Vector3d&) { return unit; }};
}

} // namespace

void add_trunk(Scene& scene, const LevelSizes& s, const NerveCourse& nerve) {
  const double under_skin = s.skin_thickness, fascia = under_skin + s.subcutaneous_fat;
  scene.add({"skin", trunk_outline(s, nerve, 0.0), "skin", {}});
  scene.add({"subcutaneous fat", trunk_outline(s, nerve, under_skin), "fat", {}});
  // Sheets of three directions that cross: no preferred one in the plane, taken as upwards.
  scene.add(muscle("abdominal wall", trunk_outline(s, nerve, fascia), Vector3d::UnitZ()));
  scene.add({"retroperitoneal fat", trunk_outline(s, nerve, fascia + abdominal_wall), "fat", {}});
}

PsoasShape psoas_shape(const LevelSizes& s, const NerveCourse& nerve, double side) {
  // The nerve lies in the posterior third: one sixth of the depth from the back, 20 mm beyond the
  // foramen.
  const Vector3d at_foramen = nerve.curve->point(nerve.foramen_s);
  const Vector3d in_muscle = nerve.curve->point(nerve.foramen_s + 20e-3);
  const Vector3d down(side * std::tan(psoas_lateral_lean), std::tan(psoas_forward_lean), -1.0);
  Vector3d centre(side * 0.5 * (s.psoas_medial + s.psoas_lateral), in_muscle.y(), at_foramen.z());
  centre.y() += s.psoas_depth / 3.0 - down.y() * (at_foramen.z() - in_muscle.z());
  return {centre + reach * down, centre - 0.9 * reach * down,
          0.5 * (s.psoas_lateral - s.psoas_medial), 0.5 * s.psoas_depth};
}

void add_muscles(Scene& scene, const LevelSizes& s, const NerveCourse& nerve, double nerve_side) {
  const double back = -s.canal_depth - 3e-3; // front of the paraspinal muscles
  for (const double side : {-1.0, 1.0}) {
    const std::string which = side > 0.0 ? "right " : "left ";
    const auto upright = [&](const Vector3d& centre, double a, double b, double turn) {
      const Vector3d lean(std::cos(turn), side * std::sin(turn), 0.0);
      return elliptic_cylinder(centre - reach * Vector3d::UnitZ(),
                               centre + reach * Vector3d::UnitZ(), a, b, lean);
    };
    scene.add(muscle(which + "quadratus lumborum",
                     upright({side * (s.psoas_lateral + 4e-3), -14e-3, 0.0}, 24e-3,
                             0.5 * s.quadratus_thickness, 15.0 * degree),
                     Vector3d::UnitZ()));
    const PsoasShape p = psoas_shape(s, nerve, nerve_side);
    const Vector3d mirror(side * nerve_side, 1.0, 1.0);
    const Vector3d bottom = p.bottom.cwiseProduct(mirror), top = p.top.cwiseProduct(mirror);
    scene.add(muscle(which + "psoas",
                     elliptic_cylinder(bottom, top, p.half_width, p.half_depth, Vector3d::UnitX()),
                     top - bottom));
    scene.add(
        muscle(which + "erector spinae",
               upright({side * (8e-3 + 0.5 * s.erector_width), back - 0.5 * s.erector_depth, 0.0},
                       0.5 * s.erector_width, 0.5 * s.erector_depth, 0.0),
               Vector3d::UnitZ()));
    scene.add(muscle(
        which + "multifidus",
        upright({side * (4e-3 + 0.5 * s.multifidus_width), back - 0.5 * s.multifidus_depth, 0.0},
                0.5 * s.multifidus_width, 0.5 * s.multifidus_depth, 0.0),
        {-side * std::sin(multifidus_lean), 0.0, std::cos(multifidus_lean)}));
  }
}

void add_canal(Scene& scene, const Level& level, const NerveCourse& nerve) {
  const LevelSizes& s = level.sizes;
  const Vector3d up = reach * Vector3d::UnitZ();
  const double middle = -0.5 * s.canal_depth, medial = s.pedicle_medial();
  scene.add({"interspinous ligament",
             box({0.0, 0.5 * (-s.canal_depth - s.spinous_tip), 0.0},
                 {2e-3, 0.5 * (s.spinous_tip - s.canal_depth), reach}),
             "ligament",
             {}});
  scene.add({"ligamentum flavum",
             elliptic_cylinder(Vector3d(0.0, middle, 0.0) - up, Vector3d(0.0, middle, 0.0) + up,
                               medial + ligamentum_flavum, 0.5 * s.canal_depth + ligamentum_flavum,
                               Vector3d::UnitX()),
             "ligament",
             {}});
  scene.add({"epidural fat",
             elliptic_cylinder(Vector3d(0.0, middle, 0.0) - up, Vector3d(0.0, middle, 0.0) + up,
                               medial, 0.5 * s.canal_depth + 1e-3, Vector3d::UnitX()),
             "epidural_fat",
             {}});
  std::vector<SolidPtr> foramina;
  for (int k = level.above_sacrum ? 0 : -3; k <= 3; ++k)
    for (const double side : {-1.0, 1.0})
      foramina.push_back(box({side * 0.5 * (medial - 4e-3 + s.pedicle_lateral() + 1e-3),
                              0.5 * (6e-3 - s.foramen_recess),
                              0.5 * (s.foramen_top() + s.foramen_bottom()) + k * s.spacing()},
                             {0.5 * (s.pedicle_width + 5e-3), 0.5 * (6e-3 + s.foramen_recess),
                              0.5 * s.foramen_height + 1e-3},
                             Matrix3d::Identity(), 3e-3));
  scene.add({"foraminal fat", unite(foramina), "foraminal_fat", {}});
  std::vector<Vector3d> along;
  for (double x = sleeve_start; x <= sleeve_end + 1e-9; x += 2e-3)
    along.push_back(nerve.curve->point(nerve.foramen_s + x));
  scene.add({"perineural fat",
             tapered_tube(std::make_shared<Curve>(along, -Vector3d::UnitY()),
                          0.5 * s.diameter + s.fat_sleeve, 0.5 * s.diameter + 0.3e-3),
             "foraminal_fat",
             {}});
}

void add_dural_sac(Scene& scene, const Level& level) {
  const LevelSizes& s = level.sizes;
  const Vector3d axis(0.0, -posterior_epidural - 0.5 * s.sac_depth, 0.0);
  const double s1 = s.body_bottom() - s.disc_height; // end plate below the level
  const auto sac = [&](double inset) {
    const double a = 0.5 * s.sac_width - inset, b = 0.5 * s.sac_depth - inset;
    const Vector3d top = axis + reach * Vector3d::UnitZ();
    if (!level.above_sacrum)
      return elliptic_cylinder(axis - reach * Vector3d::UnitZ(), top, a, b, Vector3d::UnitX());
    const Vector3d bend = axis + s1 * Vector3d::UnitZ();
    const Vector3d end = bend + (sac_below_s1 - inset) * Vector3d(0.0, -std::sin(s.sacral_tilt),
                                                                  -std::cos(s.sacral_tilt));
    return unite({elliptic_cylinder(bend, top, a, b, Vector3d::UnitX()),
                  elliptic_cylinder(end, bend, a, b, Vector3d::UnitX())});
  };
  scene.add({"dura", sac(0.0), "dura", {}});
  scene.add({"cerebrospinal fluid", sac(s.dura_thickness), "csf", {}});
}

} // namespace foramen::anatomy
