// Lines through the verification scenes on which the potential is known, as fibres would lie.
//
// Each case has a scene for any resolution and lines of equally spaced points with the exact
// potential of one electrode. Cases and closed forms as in verification_cases.hpp, and a sphere in
// a grounded ball for what the boundary does; lines of ring and octrode lie 0.5 mm from the lead
// and beyond, where the references are. SI units, ohm.
//
// Errors: WorldError when a reference file cannot be read.
#pragma once

#include "field/resolution.hpp"
#include "field/volume_scene.hpp"

#include <functional>
#include <string>
#include <vector>

namespace foramen::field {

struct VerificationLine {
  std::string name;
  std::size_t electrode = 0;
  double spacing = 0.0;
  std::vector<Vector3d> points;
  std::vector<double> exact; // per ampere through the electrode
};

struct LineCase {
  std::string name;
  bool truncated = false; // exact: of the unbounded medium, while the scene's boundary is grounded
  std::function<VolumeScene(const Resolution&)> scene;
  std::vector<VerificationLine> lines;
};

std::vector<LineCase> verification_lines(const std::string& reference_folder);

} // namespace foramen::field
