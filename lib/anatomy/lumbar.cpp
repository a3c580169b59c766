#include "anatomy/lumbar.hpp"

#include "anatomy/lumbar_bones.hpp"
#include "anatomy/lumbar_nerve.hpp"
#include "anatomy/lumbar_soft_tissue.hpp"

namespace foramen::anatomy {

LumbarScene lumbar_scene(const Level& level, double side, const TissueLibrary& tissues) {
  const NerveCourse course = lumbar_nerve_course(level.sizes, side);
  Scene scene(tissues, "air");
  add_trunk(scene, level.sizes, course);
  add_muscles(scene, level.sizes, course, side);
  add_canal(scene, level, course);
  add_bones(scene, level, course, side);
  add_dural_sac(scene, level);
  Nerve nerve;
  nerve.level = level.name;
  nerve.course = course.curve;
  nerve.radius = 0.5 * level.sizes.diameter;
  nerve.foramen_s = course.foramen_s;
  return {std::move(scene), std::move(nerve)};
}

} // namespace foramen::anatomy
