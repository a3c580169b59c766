#include "geometry/triangulated_box.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace foramen::geometry {
namespace {

// A line of the grid across a face: place on the inner box and angle on the rounding.
struct Line {
  double inner, angle;
};

std::vector<Line> lines(double inner_half, double rounding, double size) {
  const double quarter = std::numbers::pi / 4.0;
  const int arc = std::max(1, static_cast<int>(std::ceil(quarter * rounding / size)));
  const int flat = static_cast<int>(std::ceil(2.0 * inner_half / size - 1e-9));
  std::vector<Line> result;
  for (int i = 0; i < arc; ++i)
    result.push_back({-inner_half, -quarter * (arc - i) / arc});
  for (int i = 0; i <= flat; ++i)
    result.push_back({flat == 0 ? 0.0 : inner_half * (2.0 * i / flat - 1.0), 0.0});
  for (int i = 1; i <= arc; ++i)
    result.push_back({inner_half, quarter * i / arc});
  return result;
}

} // namespace

Vector3d RoundedBox::onto_surface(const Vector3d& p) const {
  const Vector3d local = axes.transpose() * (p - centre);
  const Vector3d inner = half_size - Vector3d::Constant(rounding);
  const Vector3d foot = local.cwiseMax(-inner).cwiseMin(inner);
  return centre + axes * (foot + rounding * (local - foot).normalized());
}

double RoundedBox::reach(const Vector3d& from) const {
  const Vector3d inner = half_size - Vector3d::Constant(rounding);
  return ((axes.transpose() * (from - centre)).cwiseAbs() + inner).norm() + rounding;
}

Surface triangulate_box(const RoundedBox& box, double size, int patch) {
  FORAMEN_EXPECT(size > 0.0 && box.rounding > 0.0 && box.rounding <= box.half_size.minCoeff(),
                 "size ", size, ", rounding ", box.rounding, " of ", box.half_size.transpose());
  const Vector3d inner = box.half_size - Vector3d::Constant(box.rounding);
  std::array<std::vector<Line>, 3> grid;
  for (int d = 0; d < 3; ++d)
    grid[static_cast<std::size_t>(d)] = lines(inner[d], box.rounding, size);
  const auto last = [&](std::size_t d) { return static_cast<int>(grid[d].size()) - 1; };
  Surface surface;
  // Named by its three grid numbers, of which the face's own is 0 or the last, so that faces share
  // the points of their edges.
  std::map<std::array<int, 3>, int> known;
  const auto vertex = [&](const std::array<int, 3>& at) {
    const auto [it, is_new] = known.emplace(at, static_cast<int>(surface.points.size()));
    if (is_new) {
      Vector3d foot, out;
      for (std::size_t d = 0; d < 3; ++d) {
        const Line& line = grid[d][static_cast<std::size_t>(at[d])];
        foot[static_cast<int>(d)] = line.inner;
        out[static_cast<int>(d)] = std::tan(line.angle);
      }
      surface.points.push_back(box.centre + box.axes * (foot + box.rounding * out.normalized()));
    }
    return it->second;
  };
  const auto add_square = [&](int a, int b, int c, int d) { // around it, outwards
    const auto apart = [&](int i, int j) {
      return (surface.points[static_cast<std::size_t>(i)] -
              surface.points[static_cast<std::size_t>(j)])
          .norm();
    };
    if (apart(a, c) <= apart(b, d)) {
      surface.triangles.push_back({a, b, c});
      surface.triangles.push_back({a, c, d});
    } else {
      surface.triangles.push_back({a, b, d});
      surface.triangles.push_back({b, c, d});
    }
  };
  for (std::size_t d = 0; d < 3; ++d)
    for (const bool far : {false, true}) {
      const std::size_t u = (d + 1) % 3, v = (d + 2) % 3;
      const auto at = [&](int i, int j) {
        std::array<int, 3> place{};
        place[d] = far ? last(d) : 0;
        place[u] = i;
        place[v] = j;
        return vertex(place);
      };
      for (int i = 0; i < last(u); ++i)
        for (int j = 0; j < last(v); ++j)
          far ? add_square(at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1))
              : add_square(at(i, j), at(i, j + 1), at(i + 1, j + 1), at(i + 1, j));
    }
  surface.patch.assign(surface.triangles.size(), patch);
  surface.project = [box](const Vector3d& p, int) { return box.onto_surface(p); };
  return surface;
}

} // namespace foramen::geometry
