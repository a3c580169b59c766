// A wanted element size in space, sampled so that it can be handed to another process.
//
// A cube is split into eight until a cell is at most twice as wide as the smallest size found
// at its corners and centre; within a leaf the corners are interpolated. Nothing is overlooked as
// long as the size changes by less than 0.55 metres per metre. Metres. Cost: one call of the size
// function per distinct cell corner and centre, of the order of the mesh's vertices.
#pragma once

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace foramen::field {

struct SizeOctree {
  struct Cell {
    std::int32_t first_child = -1;  // its eight children are consecutive; -1: a leaf
    std::array<float, 8> size = {}; // at the corners, x fastest
  };
  Eigen::Vector3d origin = Eigen::Vector3d::Zero(); // the cube's lowest corner
  double width = 0.0;
  std::vector<Cell> cells; // the root first

  bool empty() const { return cells.empty(); }
  double at(const Eigen::Vector3d& p) const; // outside the cube: at its nearest point
  // The leaf that holds p, and where in it, 0 to 1.
  std::size_t leaf(const Eigen::Vector3d& p, Eigen::Vector3d& within) const;
};

SizeOctree sample_size(const std::function<double(const Eigen::Vector3d&)>& size,
                       const Eigen::Vector3d& centre, double half_width);

} // namespace foramen::field
