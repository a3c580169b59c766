// Parametric lumbar levels: the bones, disc, dural sac, muscles, fat and skin around one spinal
// nerve.
//
// Origin: midline, posterior wall of the vertebral body, mid-height of the pedicle of the level.
// The side is the patient's right (mirrored for left). Every default size has its source beside it
// in configs/levels/<level>.toml and may be overridden by the study. x right, y anterior, z
// cranial; metres.
//
// Departures from a patient: straight spine (no lordosis but the tilt of S1 against L5),
// neighbouring vertebrae of the level's own sizes, one spinal nerve, no ganglion, vessels, bowel or
// plexus, one disc tissue, muscles of one direction each.
#pragma once

#include "anatomy/level_sizes.hpp"
#include "anatomy/nerve.hpp"
#include "anatomy/scene.hpp"

#include <cstdint>
#include <string>

namespace foramen::config {
class Table;
}

namespace foramen::anatomy {

struct Innervation {
  std::string dermatome, key_muscles; // as the clinician says it, with source
  std::string source;
};

struct Anatomy {
  Scene scene;
  Nerve nerve;
  Innervation innervation;
  Vector3d domain_centre = Vector3d::Zero();
  double domain_radius =
      0.0; // metres; the volume conductor is the ball, or what the scene leaves of it
};

// Scene and course of one level; the nerve has no fascicles yet. side: +1 right, -1 left.
struct LumbarScene {
  Scene scene;
  Nerve nerve;
};
LumbarScene lumbar_scene(const Level& level, double side, const TissueLibrary& tissues);

// Reads [anatomy] (model = "lumbar" | "primitives" | "homogeneous") with [anatomy.nerve],
// [anatomy.domain], [[anatomy.parts]], [tissues.NAME] overrides; `seed` drives the fascicle
// packing. ConfigError, with file, line and caret, for whatever is wrong.
Anatomy read_anatomy(config::Table root, std::uint64_t seed);

} // namespace foramen::anatomy
