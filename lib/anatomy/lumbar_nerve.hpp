// The course of a lumbar spinal nerve: down in the dural sac, out under the pedicle, through the
// foramen just above the disc, then forwards, downwards and outwards into the posterior third of
// psoas.
//
// A polygon of the five stations that the level's sizes fix, smoothed by a uniform cubic B-spline
// (8-mm control points), then a Curve. Its frame is turned such that u points dorsally 10 mm beyond
// the foramen: angle 0 of a lead is dorsal. The radius of curvature stays above three times the
// nerve's radius for the sizes in configs/levels (tested). Metres. The nerve keeps one diameter
// along its length: the intradural run stands for the root's bundle of rootlets.
#pragma once

#include "anatomy/level_sizes.hpp"
#include "geometry/curve.hpp"

#include <memory>

namespace foramen::anatomy {

using Eigen::Vector3d;

struct NerveCourse {
  std::shared_ptr<const geometry::Curve> curve;
  double foramen_s = 0.0; // where it leaves the foramen's lateral border
};

// side: +1 right, -1 left (mirrored).
NerveCourse lumbar_nerve_course(const LevelSizes& sizes, double side);

// Unit direction of the nerve beyond the foramen.
Vector3d extraforaminal_direction(const LevelSizes& sizes, double side);

} // namespace foramen::anatomy
