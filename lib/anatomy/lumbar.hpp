// Parametric lumbar levels: the bones, disc, dural sac, muscles, fat and skin around one spinal nerve.
//
// Origin: midline, posterior wall of the vertebral body, mid-height of the pedicle of the level. The side
// is the patient's right (mirror for left). Every default size has its source beside it in
// configs/levels/<level>.toml (from EVIDENCE section 2) and may be overridden by the study.
#pragma once

#include "anatomy/nerve.hpp"
#include "anatomy/scene.hpp"

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
  double domain_radius = 0.0; // metres; the volume conductor is the ball, or what the scene leaves of it
};

// Reads [anatomy] (model = "lumbar" | "primitives" | "homogeneous") with [anatomy.nerve],
// [anatomy.domain], [[anatomy.parts]], [tissues.NAME] overrides; `seed` drives the fascicle packing.
Anatomy read_anatomy(config::Table root, std::uint64_t seed);

} // namespace foramen::anatomy
