#include "field/size_octree.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <unordered_map>

namespace foramen::field {
namespace {

using Eigen::Vector3d;

constexpr int max_depth = 14;          // a 160-mm cube down to 10 um
constexpr double width_per_size = 2.0; // of a leaf

// Points of the finest lattice are named by one integer: 21 bits a coordinate.
class Sampling {
public:
  Sampling(const std::function<double(const Vector3d&)>& size, SizeOctree& tree)
      : size_(size), tree_(tree), spacing_(tree.width / (std::int64_t{1} << (max_depth + 1))) {}

  using Lattice = std::array<std::int64_t, 3>;

  double at(const Lattice& p) {
    const std::int64_t key = p[0] | p[1] << 21 | p[2] << 42;
    const auto [it, is_new] = known_.emplace(key, 0.0);
    if (is_new) {
      const Vector3d offset = spacing_ * Vector3d(double(p[0]), double(p[1]), double(p[2]));
      it->second = size_(tree_.origin + offset);
      FORAMEN_EXPECT(it->second > 0.0, "the wanted size must be positive: ", it->second);
    }
    return it->second;
  }

  void split(std::size_t cell, const Lattice& low, std::int64_t width, int depth) {
    const std::int64_t half = width / 2;
    double smallest = at({low[0] + half, low[1] + half, low[2] + half});
    for (std::size_t k = 0; k < 8; ++k) {
      const double s = at(corner(low, width, k));
      tree_.cells[cell].size[k] = static_cast<float>(s);
      smallest = std::min(smallest, s);
    }
    if (depth == max_depth || static_cast<double>(width) * spacing_ <= width_per_size * smallest)
      return;
    const std::size_t first = tree_.cells.size();
    tree_.cells[cell].first_child = static_cast<std::int32_t>(first);
    tree_.cells.resize(first + 8);
    for (std::size_t k = 0; k < 8; ++k)
      split(first + k, corner(low, half, k), half, depth + 1);
  }

private:
  static Lattice corner(const Lattice& low, std::int64_t width, std::size_t k) {
    return {low[0] + (k & 1 ? width : 0), low[1] + (k & 2 ? width : 0),
            low[2] + (k & 4 ? width : 0)};
  }

  const std::function<double(const Vector3d&)>& size_;
  SizeOctree& tree_;
  double spacing_;
  std::unordered_map<std::int64_t, double> known_;
};

} // namespace

std::size_t SizeOctree::leaf(const Vector3d& p, Vector3d& x) const {
  x = ((p - origin) / width).cwiseMax(0.0).cwiseMin(1.0);
  std::size_t cell = 0;
  while (cells[cell].first_child >= 0) {
    std::size_t child = 0;
    for (int d = 0; d < 3; ++d) {
      x[d] *= 2.0;
      if (x[d] >= 1.0) {
        x[d] -= 1.0;
        child += std::size_t{1} << d;
      }
    }
    cell = static_cast<std::size_t>(cells[cell].first_child) + child;
  }
  return cell;
}

double SizeOctree::at(const Vector3d& p) const {
  Vector3d x;
  const std::size_t cell = leaf(p, x);
  double sum = 0.0;
  for (std::size_t k = 0; k < 8; ++k)
    sum += cells[cell].size[k] * (k & 1 ? x[0] : 1.0 - x[0]) * (k & 2 ? x[1] : 1.0 - x[1]) *
           (k & 4 ? x[2] : 1.0 - x[2]);
  return sum;
}

SizeOctree sample_size(const std::function<double(const Vector3d&)>& size, const Vector3d& centre,
                       double half_width) {
  SizeOctree tree;
  tree.origin = centre - Vector3d::Constant(half_width);
  tree.width = 2.0 * half_width;
  tree.cells.resize(1);
  Sampling(size, tree).split(0, {0, 0, 0}, std::int64_t{1} << (max_depth + 1), 0);
  return tree;
}

} // namespace foramen::field
