#include "anatomy/lumbar_bones.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <cmath>

namespace foramen::anatomy {
namespace {

using namespace geometry;

// Sizes that no imaging study of the sources gives; they shape bone away from the nerve. Metres,
// [M].
constexpr double pars_thickness = 6.5e-3;     // front to back
constexpr double facet_thickness = 5.5e-3;    // front to back, each articular process
constexpr double facet_joint = 1.5e-3;        // cartilage and capsule between them
constexpr double transverse_thickness = 7e-3; // front to back
constexpr double transverse_height = 10e-3;
constexpr double spinous_thickness = 7e-3;
constexpr double spinous_height = 17e-3;
constexpr double ala_reach = 62e-3;      // lateral extent from the midline
constexpr double ala_to_nerve = 2e-3;    // the nerve runs over the ala on a little fat
constexpr double sacral_segment = 27e-3; // height of S1 and S2
constexpr double ilium_thickness = 11e-3;

SolidPtr block(const Vector3d& low, const Vector3d& high, double rounding) {
  const Vector3d half = 0.5 * (high - low);
  return box(0.5 * (low + high), half, Matrix3d::Identity(), std::min(rounding, half.minCoeff()));
}

// Of the x range [x0, x1] on the side given.
SolidPtr side_block(double side, Vector3d low, Vector3d high, double rounding) {
  if (side < 0.0) {
    const double x0 = low.x();
    low.x() = -high.x();
    high.x() = -x0;
  }
  return block(low, high, rounding);
}

// An upright plate from a to b (in the axial plane) between z0 and z1.
SolidPtr plate(const Vector3d& a, const Vector3d& b, double thickness, double z0, double z1,
               double rounding) {
  const Vector3d along = (b - a).normalized();
  Matrix3d axes;
  axes << along, Vector3d::UnitZ().cross(along), Vector3d::UnitZ();
  Vector3d centre = 0.5 * (a + b);
  centre.z() = 0.5 * (z0 + z1);
  const Vector3d half(0.5 * (b - a).norm(), 0.5 * thickness, 0.5 * (z1 - z0));
  return box(centre, half, axes, std::min(rounding, half.minCoeff()));
}

// Half depth and centre of the ellipse that is cut flat at y = 0 over the width of the canal.
struct BodyEllipse {
  double a, b, centre;
  explicit BodyEllipse(const LevelSizes& s) {
    a = 0.5 * s.body_width;
    const double x = std::min(s.pedicle_medial() / a, 0.9);
    const double cut = std::sqrt(1.0 - x * x);
    b = s.body_depth / (1.0 + cut);
    centre = b * cut;
  }
};

// Body or disc between z0 and z1, shrunk by `inset` on all sides.
SolidPtr body(const LevelSizes& s, double z0, double z1, double inset) {
  const BodyEllipse e(s);
  return intersect({elliptic_cylinder({0.0, e.centre, z0 + inset}, {0.0, e.centre, z1 - inset},
                                      e.a - inset, e.b - inset, Vector3d::UnitX()),
                    half_space({0.0, inset, 0.0}, -Vector3d::UnitY())});
}

SolidPtr pedicle(const LevelSizes& s, double z, double side, double inset) {
  const double half = 0.5 * s.pedicle_height - inset;
  const double front = 0.3 * s.body_depth; // well into the body, also where its side recedes
  return side_block(side, {s.pedicle_medial() + inset, -s.foramen_recess - 1e-3, z - half},
                    {s.pedicle_lateral() - inset, front, z + half}, 2e-3);
}

// Pars, facets, lamina and spinous process of the vertebra whose pedicles are at height z.
void add_posterior_elements(std::vector<SolidPtr>& bone, const LevelSizes& s, double z) {
  const double medial = s.pedicle_medial(), lateral = s.pedicle_lateral();
  const double half = 0.5 * s.pedicle_height;
  const double facet_front = -s.foramen_width, facet_back = facet_front - facet_thickness;
  const double lower_front = facet_back - facet_joint, lower_back = lower_front - facet_thickness;
  const double facet_top = z + half + s.foramen_height - s.facet_drop;
  for (const double side : {-1.0, 1.0}) {
    bone.push_back(side_block(side,
                              {medial - 1e-3, -s.foramen_recess - pars_thickness, z - half - 8e-3},
                              {lateral - 3e-3, -s.foramen_recess, z + half}, 1.5e-3));
    bone.push_back(side_block(side, {medial - 2e-3, facet_back, z},
                              {lateral - 2e-3, facet_front, facet_top}, 1e-3));
    bone.push_back(side_block(side, {medial - 2e-3, lower_back, z - half - s.foramen_height + 2e-3},
                              {lateral - 2e-3, lower_front, z - half}, 1.5e-3));
    bone.push_back(plate({0.0, -s.canal_depth - 0.6 * s.lamina_thickness, 0.0},
                         {side * (medial + 2e-3), lower_front - 2e-3, 0.0}, s.lamina_thickness,
                         z - half - 9e-3, z + 2e-3, 1.5e-3));
  }
  bone.push_back(block({-0.5 * spinous_thickness, -s.spinous_tip, z - half - 12e-3},
                       {0.5 * spinous_thickness, -s.canal_depth - 0.5 * s.lamina_thickness,
                        z - half - 12e-3 + spinous_height},
                       3e-3));
}

void add_vertebra(Scene& scene, const LevelSizes& s, double z, const std::string& name) {
  const double shell = s.cortical_thickness;
  const double bottom = z + s.body_bottom(), top = z + s.body_top();
  std::vector<SolidPtr> bone{body(s, bottom, top, 0.0)}, core{body(s, bottom, top, shell)};
  add_posterior_elements(bone, s, z);
  for (const double side : {-1.0, 1.0}) {
    bone.push_back(pedicle(s, z, side, 0.0));
    core.push_back(pedicle(s, z, side, shell));
    bone.push_back(plate({side * (s.pedicle_lateral() - 4e-3), -6e-3, 0.0},
                         {side * s.transverse_tip, -12e-3, 0.0}, transverse_thickness,
                         z - 0.5 * transverse_height, z + 0.5 * transverse_height, 3e-3));
  }
  scene.add({name, unite(bone), "bone_cortical", {}});
  scene.add({name + " cancellous", unite(core), "bone_cancellous", {}});
}

// S1 and S2 tilted backwards about the upper posterior edge of S1, the ala behind the nerve,
// pedicles and facets of S1, and the ilium.
void add_sacrum(Scene& scene, const LevelSizes& s, const NerveCourse& nerve, double nerve_side) {
  const double z = -s.spacing(), shell = s.cortical_thickness;
  const BodyEllipse e(s);
  const Vector3d edge(0.0, 0.0, s.body_bottom() - s.disc_height);
  const Vector3d down(0.0, -std::sin(s.sacral_tilt), -std::cos(s.sacral_tilt));
  const Vector3d front(0.0, std::cos(s.sacral_tilt), -std::sin(s.sacral_tilt));
  const auto segment = [&](double from, double to, double scale, double inset) {
    return intersect(
        {elliptic_cylinder(edge + scale * e.centre * front + (from + inset) * down,
                           edge + scale * e.centre * front + (to - inset) * down,
                           scale * e.a - inset, scale * e.b - inset, Vector3d::UnitX()),
         half_space(edge + inset * front, -front)});
  };
  std::vector<SolidPtr> bone{segment(0.0, sacral_segment, 1.0, 0.0),
                             segment(sacral_segment, 2.0 * sacral_segment, 0.8, 0.0)};
  std::vector<SolidPtr> core{segment(0.0, sacral_segment, 1.0, shell),
                             segment(sacral_segment, 2.0 * sacral_segment, 0.8, shell)};
  add_posterior_elements(bone, s, z);
  for (const double side : {-1.0, 1.0}) {
    bone.push_back(pedicle(s, z, side, 0.0));
    core.push_back(pedicle(s, z, side, shell));
    // The nerve runs over the ala: its front is parallel to the nerve, behind it.
    Vector3d p = nerve.curve->point(nerve.foramen_s + 10e-3);
    Vector3d t = nerve.curve->tangent(nerve.foramen_s + 10e-3);
    p.x() *= side * nerve_side;
    t.x() *= side * nerve_side;
    Vector3d out(0.0, 0.8, 0.6);
    out = (out - t * t.dot(out)).normalized();
    const double top = s.foramen_bottom();
    const SolidPtr ala = intersect(
        {side_block(side, {s.pedicle_medial(), -28e-3, top - 50e-3}, {ala_reach, 25e-3, top}, 3e-3),
         half_space({side * s.pedicle_lateral(), 0.0, top}, {side * 0.35, 0.0, 1.0}),
         half_space(p - (0.5 * s.diameter + ala_to_nerve) * out, out),
         half_space(edge + 20e-3 * front, front - 0.5 * down)});
    bone.push_back(ala);
    core.push_back(grow(ala, -shell));
    const SolidPtr ilium = plate({side * 54e-3, -50e-3, 0.0}, {side * 98e-3, 32e-3, 0.0},
                                 ilium_thickness, top - 75e-3, top + 22e-3, 5e-3);
    bone.push_back(ilium);
    core.push_back(grow(ilium, -1.5 * shell));
  }
  scene.add({"sacrum and ilium", unite(bone), "bone_cortical", {}});
  scene.add({"sacrum and ilium cancellous", unite(core), "bone_cancellous", {}});
}

constexpr std::array names{"T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5", "S1"};

std::string vertebra_name(const std::string& level, int above) {
  const auto here = std::find(names.begin(), names.end(), level) - names.begin();
  const auto i = here - above;
  return i >= 0 && i < static_cast<std::ptrdiff_t>(names.size())
             ? names[static_cast<std::size_t>(i)]
             : "next";
}

} // namespace

void add_bones(Scene& scene, const Level& level, const NerveCourse& nerve, double side) {
  const LevelSizes& s = level.sizes;
  const int below = level.above_sacrum ? 0 : 3; // vertebrae; three reach beyond a domain of 100 mm
  for (int k = -below; k <= 3; ++k) {
    const double z = k * s.spacing();
    const double wedge =
        level.above_sacrum && k == 0 ? s.body_depth * std::tan(s.sacral_tilt) : 0.0;
    scene.add({vertebra_name(level.name, k) + " disc",
               body(s, z + s.body_bottom() - s.disc_height - wedge, z + s.body_bottom(), 0.0),
               "disc",
               {}});
  }
  if (level.above_sacrum)
    add_sacrum(scene, s, nerve, side);
  for (int k = -below; k <= 3; ++k)
    add_vertebra(scene, s, k * s.spacing(), vertebra_name(level.name, k) + " vertebra");
}

} // namespace foramen::anatomy
