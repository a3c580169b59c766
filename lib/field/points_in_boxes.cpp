#include "field/points_in_boxes.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace foramen::field {
namespace {

constexpr int leaf_size = 8;

bool overlap(const PointBox& a, const PointBox& b) {
  return a.low.x() <= b.high.x() && a.high.x() >= b.low.x() && a.low.y() <= b.high.y() &&
         a.high.y() >= b.low.y() && a.low.z() <= b.high.z() && a.high.z() >= b.low.z();
}

} // namespace

PointsInBoxes::PointsInBoxes(std::vector<Vector3d> points)
    : points_(std::move(points)), order_(points_.size()) {
  if (points_.empty())
    return;
  std::iota(order_.begin(), order_.end(), 0);
  nodes_.reserve(points_.size() / 2 + 1);
  nodes_.emplace_back();
  split(0, 0, static_cast<int>(points_.size()));
}

void PointsInBoxes::split(std::size_t node, int first, int last) {
  const auto point = [&](int which) -> const Vector3d& {
    return points_[static_cast<std::size_t>(which)];
  };
  PointBox box{Vector3d::Constant(std::numeric_limits<double>::infinity()),
               Vector3d::Constant(-std::numeric_limits<double>::infinity())};
  for (int i = first; i < last; ++i) {
    const Vector3d& p = point(order_[static_cast<std::size_t>(i)]);
    box.low = box.low.cwiseMin(p);
    box.high = box.high.cwiseMax(p);
  }
  if (last - first <= leaf_size) {
    nodes_[node] = {box, first, last - first};
    return;
  }
  Eigen::Index axis = 0;
  (box.high - box.low).maxCoeff(&axis);
  const int middle = (first + last) / 2;
  std::nth_element(order_.begin() + first, order_.begin() + middle, order_.begin() + last,
                   [&](int a, int b) { return point(a)[axis] < point(b)[axis]; });
  const std::size_t child = nodes_.size();
  nodes_[node] = {box, static_cast<int>(child), 0};
  nodes_.resize(child + 2);
  split(child, first, middle);
  split(child + 1, middle, last);
}

void PointsInBoxes::find(const PointBox& box, std::vector<int>& found) const {
  std::array<int, 64> stack; // halves: the depth is at most 31
  std::size_t top = 0;
  stack[top++] = 0;
  while (top > 0 && !nodes_.empty()) {
    const Node& node = nodes_[static_cast<std::size_t>(stack[--top])];
    if (!overlap(node.box, box))
      continue;
    if (node.count == 0) {
      stack[top++] = node.first;
      stack[top++] = node.first + 1;
      continue;
    }
    for (int i = node.first; i < node.first + node.count; ++i) {
      const int which = order_[static_cast<std::size_t>(i)];
      const Vector3d& p = points_[static_cast<std::size_t>(which)];
      if (overlap({p, p}, box))
        found.push_back(which);
    }
  }
}

} // namespace foramen::field
