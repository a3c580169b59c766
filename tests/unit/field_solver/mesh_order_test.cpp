// What is near in the mesh is near in memory, and the mesh is the same.

#include "field/mesh_order.hpp"
#include "scenes.hpp"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace foramen;
using namespace foramen::field;

namespace {

// Vertices, tetrahedra and faces at random places in their lists.
TetMesh shuffled(const TetMesh& mesh) {
  std::mt19937_64 random(7);
  std::vector<int> place(mesh.vertices.size());
  for (std::size_t v = 0; v < place.size(); ++v)
    place[v] = static_cast<int>(v);
  std::shuffle(place.begin(), place.end(), random);
  TetMesh result = mesh;
  for (std::size_t v = 0; v < place.size(); ++v)
    result.vertices[static_cast<std::size_t>(place[v])] = mesh.vertices[v];
  for (auto& tet : result.tets)
    for (int& v : tet)
      v = place[static_cast<std::size_t>(v)];
  for (auto& face : result.faces)
    for (int& v : face)
      v = place[static_cast<std::size_t>(v)];
  std::shuffle(result.tets.begin(), result.tets.end(), random); // all of one region
  return result;
}

Vector3d centre(const TetMesh& mesh, const auto& simplex) {
  Vector3d sum = Vector3d::Zero();
  for (const int v : simplex)
    sum += mesh.vertices[static_cast<std::size_t>(v)];
  return sum / static_cast<double>(simplex.size());
}

std::vector<std::array<double, 3>> centres(const TetMesh& mesh) {
  std::vector<std::array<double, 3>> list;
  for (const auto& tet : mesh.tets) {
    const Vector3d c = centre(mesh, tet);
    list.push_back({c[0], c[1], c[2]});
  }
  std::sort(list.begin(), list.end());
  return list;
}

// The largest difference of numbers within a tetrahedron.
int reach(const TetMesh& mesh) {
  int most = 0;
  for (const auto& tet : mesh.tets) {
    const auto [low, high] = std::minmax_element(tet.begin(), tet.end());
    most = std::max(most, *high - *low);
  }
  return most;
}

} // namespace

TEST_CASE("a sorted mesh is the same mesh with neighbours close by", "[field]") {
  constexpr int across = 4, along = 30;
  TetMesh mesh = shuffled(test::box_mesh({across, across, along}, Vector3d(1.0, 1.0, 9.0)));
  const TetMesh given = mesh;
  sort_mesh(mesh);

  REQUIRE(mesh.vertices.size() == given.vertices.size());
  const auto now = centres(mesh), before = centres(given);
  REQUIRE(now.size() == before.size());
  for (std::size_t t = 0; t < now.size(); ++t)
    for (std::size_t i = 0; i < 3; ++i)
      CHECK(now[t][i] == Approx(before[t][i]).margin(1e-12)); // rounding of sums
  for (const auto& tet : mesh.tets) {
    Eigen::Matrix3d edges;
    for (std::size_t k = 0; k < 3; ++k)
      edges.col(static_cast<Eigen::Index>(k)) =
          mesh.vertices[static_cast<std::size_t>(tet[k + 1])] -
          mesh.vertices[static_cast<std::size_t>(tet[0])];
    CHECK(edges.determinant() > 0.0);
  }
  REQUIRE(mesh.faces.size() == given.faces.size());
  for (std::size_t f = 0; f < mesh.faces.size(); ++f) // faces keep their order
    CHECK((centre(mesh, mesh.faces[f]) - centre(given, given.faces[f])).norm() < 1e-12);

  // Layers of the breadth-first search hold a few of the bar's cross-sections of 25 vertices; a
  // tetrahedron reaches from one layer to the next.
  constexpr int section = (across + 1) * (across + 1);
  CHECK(reach(given) > 10 * section);
  CHECK(reach(mesh) < 4 * section);
  const auto last = [](const std::array<int, 4>& tet) {
    return *std::max_element(tet.begin(), tet.end());
  };
  CHECK(std::is_sorted(mesh.tets.begin(), mesh.tets.end(),
                       [&](const auto& a, const auto& b) { return last(a) < last(b); }));
}
