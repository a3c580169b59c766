#include "field/points_in_boxes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace foramen::field;

TEST_CASE("a box finds the points in it, each once", "[field][user mesh]") {
  std::mt19937 dice(3);
  std::uniform_real_distribution<double> from_0_to_1(0.0, 1.0);
  const auto random = [&] {
    const double x = from_0_to_1(dice), y = from_0_to_1(dice), z = from_0_to_1(dice);
    return Vector3d(x, y, z);
  };
  for (const std::size_t n : {0u, 1u, 8u, 9u, 500u}) {
    std::vector<Vector3d> points(n);
    std::generate(points.begin(), points.end(), random);
    if (n > 8) // several at one place
      std::fill(points.begin(), points.begin() + 9, Vector3d(0.5, 0.5, 0.5));
    const PointsInBoxes tree(points);
    for (int trial = 0; trial < 50; ++trial) {
      const Vector3d a = random(), b = random();
      const PointBox box{a.cwiseMin(b), a.cwiseMax(b)};
      std::vector<int> expected, found;
      for (std::size_t i = 0; i < n; ++i)
        if ((points[i].array() >= box.low.array()).all() &&
            (points[i].array() <= box.high.array()).all())
          expected.push_back(static_cast<int>(i));
      tree.find(box, found);
      std::sort(found.begin(), found.end());
      CHECK(found == expected);
    }
    if (n > 0) { // both ends are within
      std::vector<int> found;
      tree.find({points[0], points[0]}, found);
      CHECK(std::count(found.begin(), found.end(), 0) == 1);
    }
  }
}
