#include "field/point_location.hpp"

#include "field/reference_element.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace foramen::field {
namespace {

constexpr int leaf_size = 8;
constexpr double slack =
    1e-7; // how far outside its element a point may be, in barycentric coordinates

// Where no element holds a point: how far outside an element, or outside the straight shape of one
// that Newton's method could not invert, it may be. Blending leaves such slivers on coarsely meshed
// tubes.
constexpr double sliver = 0.05;

// Smallest barycentric coordinate: positive inside.
double depth(const Vector3d& x) {
  return std::min(x.minCoeff(), 1.0 - x.sum());
}

std::array<Vector3d, 10> nodes_of(const std::vector<Vector3d>& nodes,
                                  const std::array<int, 10>& element) {
  std::array<Vector3d, 10> x;
  for (std::size_t a = 0; a < 10; ++a)
    x[a] = nodes[static_cast<std::size_t>(element[a])];
  return x;
}

} // namespace

PointLocation::PointLocation(const std::vector<Vector3d>& nodes,
                             const std::vector<std::array<int, 10>>& elements)
    : nodes_(nodes), elements_(elements), order_(elements.size()), centre_(elements.size()) {
  std::iota(order_.begin(), order_.end(), 0);
  for (std::size_t t = 0; t < elements.size(); ++t) {
    centre_[t].setZero();
    for (std::size_t a = 0; a < 4; ++a)
      centre_[t] += 0.25 * nodes[static_cast<std::size_t>(elements[t][a])];
  }
  boxes_.reserve(elements.size() / 2 + 1);
  boxes_.emplace_back();
  split(0, 0, static_cast<int>(elements.size()));
}

void PointLocation::split(int box, int first, int last) {
  Vector3d low = Vector3d::Constant(std::numeric_limits<double>::infinity()), high = -low;
  const auto include = [&](const Vector3d& p) {
    low = low.cwiseMin(p);
    high = high.cwiseMax(p);
  };
  Vector3d centre_low = low, centre_high = high;
  for (int i = first; i < last; ++i) {
    const auto t = static_cast<std::size_t>(order_[static_cast<std::size_t>(i)]);
    const auto node = [&](std::size_t a) -> const Vector3d& {
      return nodes_[static_cast<std::size_t>(elements_[t][a])];
    };
    for (std::size_t a = 0; a < 4; ++a)
      include(node(a));
    // The control points of a quadratic edge: a curved element lies within the hull of all of them.
    for (std::size_t e = 0; e < 6; ++e)
      include(2.0 * node(4 + e) - 0.5 * (node(static_cast<std::size_t>(tet_edges[e][0])) +
                                         node(static_cast<std::size_t>(tet_edges[e][1]))));
    centre_low = centre_low.cwiseMin(centre_[t]);
    centre_high = centre_high.cwiseMax(centre_[t]);
  }
  // Single precision halves the tree; a margin covers its rounding.
  const Vector3d margin = Vector3d::Constant(1e-6 * (high - low).norm()) +
                          1e-6 * low.cwiseAbs().cwiseMax(high.cwiseAbs());
  Box& b = boxes_[static_cast<std::size_t>(box)];
  b.low = (low - margin).cast<float>();
  b.high = (high + margin).cast<float>();
  if (last - first <= leaf_size) {
    b.first = first;
    b.count = last - first;
    return;
  }
  Eigen::Index axis = 0;
  (centre_high - centre_low).maxCoeff(&axis);
  const int middle = (first + last) / 2;
  std::nth_element(order_.begin() + first, order_.begin() + middle, order_.begin() + last,
                   [&](int s, int t) {
                     const double x = centre_[static_cast<std::size_t>(s)][axis];
                     const double y = centre_[static_cast<std::size_t>(t)][axis];
                     return x < y || (x == y && s < t);
                   });
  const int child = static_cast<int>(boxes_.size());
  b.first = child;
  boxes_.emplace_back();
  boxes_.emplace_back();
  split(child, first, middle);
  split(child + 1, middle, last);
}

std::optional<PointLocation::Place> PointLocation::find(const Vector3d& p) const {
  const Eigen::Vector3f q = p.cast<float>();
  std::array<int, 64> stack;
  std::size_t top = 0;
  stack[top++] = 0;
  std::optional<Place> best, nearest;
  double deepest = -slack, shallowest = -sliver;
  const auto offer_sliver = [&](int t, const Vector3d& x) {
    const double d = depth(x);
    if (d > shallowest || (nearest && d == shallowest && t < nearest->element)) {
      shallowest = d;
      nearest = Place{t, x};
    }
  };
  while (top > 0) {
    const Box& box = boxes_[static_cast<std::size_t>(stack[--top])];
    if ((q.array() < box.low.array()).any() || (q.array() > box.high.array()).any())
      continue;
    if (box.count == 0) {
      stack[top++] = box.first;
      stack[top++] = box.first + 1;
      continue;
    }
    for (int i = box.first; i < box.first + box.count; ++i) {
      const int t = order_[static_cast<std::size_t>(i)];
      const auto nodes = nodes_of(nodes_, elements_[static_cast<std::size_t>(t)]);
      const std::optional<Vector3d> x = reference_coordinates(nodes, p);
      if (!x) {
        offer_sliver(t, straight_coordinates(nodes, p));
        continue;
      }
      const double d = depth(*x);
      if (d <= -slack)
        offer_sliver(t, *x);
      if (d > deepest || (best && d == deepest && t < best->element)) {
        deepest = d;
        best = Place{t, *x};
      }
    }
  }
  return best ? best : nearest;
}

std::optional<PointLocation::Place>
PointLocation::nearest_of(const Vector3d& p, const std::vector<int>& region_of_element, int region,
                          double reach) const {
  constexpr double outside = -0.5; // barycentric: further off, extrapolation means nothing
  const Eigen::Vector3f q = p.cast<float>();
  const auto margin = static_cast<float>(reach);
  std::vector<int> stack{0};
  std::optional<Place> best;
  double deepest = outside;
  while (!stack.empty()) {
    const Box& box = boxes_[static_cast<std::size_t>(stack.back())];
    stack.pop_back();
    if ((q.array() < box.low.array() - margin).any() ||
        (q.array() > box.high.array() + margin).any())
      continue;
    if (box.count == 0) {
      stack.push_back(box.first);
      stack.push_back(box.first + 1);
      continue;
    }
    for (int i = box.first; i < box.first + box.count; ++i) {
      const int t = order_[static_cast<std::size_t>(i)];
      if (region_of_element[static_cast<std::size_t>(t)] != region)
        continue;
      const Vector3d x =
          straight_coordinates(nodes_of(nodes_, elements_[static_cast<std::size_t>(t)]), p);
      const double d = depth(x);
      if (d > deepest || (best && d == deepest && t < best->element)) {
        deepest = d;
        best = Place{t, x};
      }
    }
  }
  return best;
}

double PointLocation::distance(const Vector3d& p) const {
  double least = std::numeric_limits<double>::infinity();
  for (const Vector3d& node : nodes_)
    least = std::min(least, (node - p).squaredNorm());
  return std::sqrt(least);
}

Vector3d straight_coordinates(const std::array<Vector3d, 10>& nodes, const Vector3d& p) {
  Eigen::Matrix3d j;
  j << nodes[1] - nodes[0], nodes[2] - nodes[0], nodes[3] - nodes[0];
  return j.inverse() * (p - nodes[0]);
}

// x with sum_a N_a(x) node_a = p. Newton from the straight element's answer.
std::optional<Vector3d> reference_coordinates(const std::array<Vector3d, 10>& nodes,
                                              const Vector3d& p) {
  Eigen::Matrix3d j;
  j << nodes[1] - nodes[0], nodes[2] - nodes[0], nodes[3] - nodes[0];
  Vector3d x = straight_coordinates(nodes, p);
  const double size = j.colwise().norm().maxCoeff();
  for (int iteration = 0; iteration < 20; ++iteration) {
    const std::array<double, 10> value = quadratic_values(x);
    Vector3d rest = p;
    for (std::size_t a = 0; a < 10; ++a)
      rest -= value[a] * nodes[a];
    if (rest.norm() <= 1e-13 * size + 1e-15 * p.norm())
      return x;
    const std::array<Vector3d, 10> gradient = quadratic_gradients(x);
    j.setZero();
    for (std::size_t a = 0; a < 10; ++a)
      j += nodes[a] * gradient[a].transpose();
    const Vector3d step = j.inverse() * rest;
    if (!(step.norm() < 10.0)) // also when not a number
      return std::nullopt;
    x += step;
    if (step.norm() < 1e-14)
      return x;
    if (depth(x) < -1.0)
      return std::nullopt; // far outside, where a curved element need not be invertible
  }
  if (depth(x) < -1e-3) // outside: precise enough
    return x;
  return std::nullopt;
}

} // namespace foramen::field
