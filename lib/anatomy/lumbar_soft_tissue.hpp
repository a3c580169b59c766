// Skin, fat, muscles, ligaments, dural sac of a lumbar level as implicit solids.
//
// Order matters: what is added later lies on top. Muscles conduct along their fibres: psoas along
// its axis, erector spinae and quadratus lumborum upwards, multifidus inclined to the midline.
// Metres.
#pragma once

#include "anatomy/level_sizes.hpp"
#include "anatomy/lumbar_nerve.hpp"
#include "anatomy/scene.hpp"

namespace foramen::anatomy {

void add_trunk(Scene& scene, const LevelSizes& sizes, const NerveCourse& nerve); // first of all
void add_muscles(Scene& scene, const LevelSizes& sizes, const NerveCourse& nerve, double side);
void add_canal(Scene& scene, const Level& level, const NerveCourse& nerve); // below the bones
void add_dural_sac(Scene& scene, const Level& level);                       // on top of the bones

// The psoas of the side given (+1 right), as add_muscles places it: axis points and half sizes.
struct PsoasShape {
  Vector3d bottom, top; // of its axis
  double half_width, half_depth;
};
PsoasShape psoas_shape(const LevelSizes& sizes, const NerveCourse& nerve, double side);

} // namespace foramen::anatomy
