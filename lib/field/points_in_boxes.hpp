// Which of many points are within a box: a bounding-volume hierarchy over the points.
//
// Cost: n log n to build, some log n per query and point found.
#pragma once

#include <Eigen/Core>

#include <vector>

namespace foramen::field {

using Eigen::Vector3d;

struct PointBox {
  Vector3d low, high; // both within
};

class PointsInBoxes {
public:
  explicit PointsInBoxes(std::vector<Vector3d> points);
  // Appends the indices of those in the box, in no order.
  void find(const PointBox& box, std::vector<int>& found) const;

private:
  struct Node {
    PointBox box;
    int first = 0, count = 0; // points of a leaf; count 0: children at `first` and `first` + 1
  };
  void split(std::size_t node, int first, int last);

  std::vector<Vector3d> points_;
  std::vector<int> order_;
  std::vector<Node> nodes_;
};

} // namespace foramen::field
