// A closed triangulated surface with patches, and the smooth surface it approximates.
//
// What the mesher gets: triangles that it must keep, and what curves the elements on them:
// `project` maps a point near the surface onto the exact smooth one (the cylinder, tube, or
// sphere). Points in metres; triangles are oriented outwards.
#pragma once

#include <Eigen/Core>

#include <array>
#include <functional>
#include <vector>

namespace foramen::geometry {

using Eigen::Vector3d;

struct Surface {
  std::vector<Vector3d> points;
  std::vector<std::array<int, 3>> triangles;
  std::vector<int> patch; // per triangle: 0 for the plain surface, i + 1 for contact i, or a cap

  // Nearest point of the exact surface's patch, for a point close to it. Flat patches return the
  // point itself. An edge between two patches belongs to both: the projector gets the lower patch
  // number.
  std::function<Vector3d(const Vector3d& p, int patch)> project;
};

} // namespace foramen::geometry
