#include "field/goal_refinement.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace foramen::field {
namespace {

constexpr std::size_t elements_per_cell = 128;
constexpr int deepest = 12;

// The octree's leaves while it is built.
struct Leaf {
  std::size_t cell = 0;
  double share = 0.0, elements = 0.0, factor = 1.0;
};

struct Tree {
  SizeOctree octree;
  std::vector<Leaf> leaves;
  std::vector<int> leaf_of_cell; // -1: split

  struct Box {
    Vector3d low;
    double width;
  };

  void split(std::size_t cell, const Box& box, std::vector<std::size_t> inside,
             const std::vector<Vector3d>& centre, const std::vector<double>& indicator, int depth) {
    if (inside.size() <= elements_per_cell || depth == deepest) {
      leaf_of_cell[cell] = static_cast<int>(leaves.size());
      Leaf& leaf = leaves.emplace_back(Leaf{.cell = cell});
      leaf.elements = static_cast<double>(inside.size());
      for (const std::size_t t : inside)
        leaf.share += indicator[t];
      return;
    }
    const std::size_t first = octree.cells.size();
    octree.cells[cell].first_child = static_cast<std::int32_t>(first);
    octree.cells.resize(first + 8);
    leaf_of_cell.resize(first + 8, -1);
    const double half = 0.5 * box.width;
    std::array<std::vector<std::size_t>, 8> part;
    for (const std::size_t t : inside) {
      const Vector3d x = centre[t] - box.low;
      part[(x[0] >= half ? 1u : 0u) + (x[1] >= half ? 2u : 0u) + (x[2] >= half ? 4u : 0u)]
          .push_back(t);
    }
    inside.clear();
    inside.shrink_to_fit();
    for (std::size_t k = 0; k < 8; ++k)
      split(first + k, {corner(box, half, k), half}, std::move(part[k]), centre, indicator,
            depth + 1);
  }

  static Vector3d corner(const Box& box, double width, std::size_t k) {
    return box.low + width * Vector3d(k & 1 ? 1.0 : 0.0, k & 2 ? 1.0 : 0.0, k & 4 ? 1.0 : 0.0);
  }

  double factor_at(const Vector3d& p) const {
    Vector3d within;
    return leaves[static_cast<std::size_t>(leaf_of_cell[octree.leaf(p, within)])].factor;
  }

  // At a leaf's corner: the mean of the leaves that meet there.
  void fill_corners(std::size_t cell, const Box& box) {
    const std::int32_t first = octree.cells[cell].first_child;
    const double aside = 1e-9 * octree.width;
    for (std::size_t k = 0; first < 0 && k < 8; ++k) {
      const Box around{corner(box, box.width, k) - Vector3d::Constant(aside), 2.0 * aside};
      double sum = 0.0;
      for (std::size_t side = 0; side < 8; ++side)
        sum += factor_at(corner(around, around.width, side));
      octree.cells[cell].size[k] = static_cast<float>(sum / 8.0);
    }
    for (std::size_t k = 0; first >= 0 && k < 8; ++k)
      fill_corners(static_cast<std::size_t>(first) + k,
                   {corner(box, 0.5 * box.width, k), 0.5 * box.width});
  }
};

struct Expected {
  double error = 0.0, elements = 0.0;
};

// Sets the factors for a multiplier; what they promise.
Expected set_factors(std::vector<Leaf>& leaves, double multiplier, double least) {
  Expected sum;
  for (Leaf& leaf : leaves) {
    const double sixth = leaf.share > 0.0 ? multiplier * leaf.elements / leaf.share : 1.0;
    leaf.factor = std::clamp(std::pow(sixth, 1.0 / 6.0), least, 1.0);
    const double cubed = leaf.factor * leaf.factor * leaf.factor;
    sum.error += leaf.share * cubed;
    sum.elements += leaf.elements / cubed;
  }
  return sum;
}

} // namespace

GoalRefinement refine_for_goals(const UnitPotentials& mesh, const std::vector<double>& indicator,
                                double reduction, double least) {
  const std::size_t n = mesh.elements.size();
  FORAMEN_EXPECT(indicator.size() == n && n > 0, indicator.size(), " indicators");
  FORAMEN_EXPECT(reduction > 0.0 && reduction < 1.0, "reduction = ", reduction);
  std::vector<Vector3d> centre(n, Vector3d::Zero());
  for (std::size_t t = 0; t < n; ++t)
    for (std::size_t i = 0; i < 4; ++i)
      centre[t] += 0.25 * mesh.nodes[static_cast<std::size_t>(mesh.elements[t][i])];
  Vector3d low = centre.front(), high = low;
  for (const Vector3d& p : centre) {
    low = low.cwiseMin(p);
    high = high.cwiseMax(p);
  }
  Tree tree;
  tree.octree.origin = low;
  tree.octree.width = (high - low).maxCoeff();
  tree.octree.cells.resize(1);
  tree.leaf_of_cell.assign(1, -1);
  std::vector<std::size_t> all(n);
  std::iota(all.begin(), all.end(), std::size_t{0});
  const Tree::Box box{low, tree.octree.width};
  tree.split(0, box, std::move(all), centre, indicator, 0);

  const double total = std::accumulate(indicator.begin(), indicator.end(), 0.0);
  GoalRefinement result;
  if (total > 0.0) {
    // The error grows with the multiplier: halved in the logarithm. At the upper end every factor
    // with a share is 1.
    double below = 1e-30 * total / static_cast<double>(n), above = total;
    for (int step = 0; step < 200; ++step) {
      const double middle = std::sqrt(below * above);
      (set_factors(tree.leaves, middle, least).error > reduction * total ? above : below) = middle;
    }
    const Expected sum = set_factors(tree.leaves, below, least);
    result.error = sum.error / total;
    result.elements = sum.elements / static_cast<double>(n);
  }
  tree.fill_corners(0, box);
  result.factor = std::move(tree.octree);
  return result;
}

} // namespace foramen::field
