#include "core/error.hpp"
#include "field/curved_edges.hpp"
#include "field/edge_numbering.hpp"
#include "field/reference_element.hpp"
#include "field/space.hpp"
#include "scenes.hpp"

#include <Eigen/LU>
#include <catch2/catch.hpp>

#include <set>

using namespace foramen;
using namespace foramen::field;
using test::Bar;
using test::Coaxial;

TEST_CASE("every edge of a mesh is numbered once", "[field]") {
  const TetMesh mesh = test::box_mesh({3, 4, 2}, Vector3d::Ones());
  std::set<std::pair<int, int>> edges;
  for (const auto& t : mesh.tets)
    for (int a = 0; a < 4; ++a)
      for (int b = a + 1; b < 4; ++b)
        edges.insert(std::minmax(t[static_cast<std::size_t>(a)], t[static_cast<std::size_t>(b)]));
  const EdgeNumbering numbering(static_cast<int>(mesh.vertices.size()), mesh.tets);
  CHECK(numbering.size() == static_cast<int>(edges.size()));
  std::set<int> numbers;
  for (const auto& [a, b] : edges) {
    CHECK(numbering.find(a, b) == numbering.find(b, a));
    numbers.insert(numbering.find(b, a));
  }
  CHECK(numbers.size() == edges.size());
  CHECK(*numbers.begin() == 0);
  CHECK(numbering.find(0, static_cast<int>(mesh.vertices.size()) - 1) == -1);
  for (const auto& t : mesh.tets) {
    const std::array<int, 6> of = numbering.of(t);
    for (std::size_t k = 0; k < 6; ++k)
      CHECK(of[k] == numbering.find(t[static_cast<std::size_t>(tet_edges[k][0])],
                                    t[static_cast<std::size_t>(tet_edges[k][1])]));
  }
}

TEST_CASE("a vertex with more edges than are looked at in one go", "[field]") {
  // A fan: vertex 0 in all of 40 tetrahedra, each with the next three of the others.
  std::vector<std::array<int, 4>> fan;
  for (int i = 1; i <= 40; ++i)
    fan.push_back({i + 2, 0, i + 1, i});
  const EdgeNumbering numbering(43, fan);
  for (const auto& t : fan) {
    const std::array<int, 6> of = numbering.of(t);
    for (std::size_t k = 0; k < 6; ++k)
      CHECK(of[k] == numbering.find(t[static_cast<std::size_t>(tet_edges[k][0])],
                                    t[static_cast<std::size_t>(tet_edges[k][1])]));
  }
  CHECK(numbering.find(0, 42) == 41);
}

TEST_CASE("a sheet gives each side nodes of its own at the same places", "[field]") {
  const Bar bar{.sheet = 0.05};
  const TetMesh mesh = test::bar_mesh(bar);
  const Space space = build_space(test::bar_scene(bar), mesh);
  const int on_sheet = (bar.cells[0] + 1) * (bar.cells[1] + 1);
  CHECK(space.n_vertices == static_cast<int>(mesh.vertices.size()) + on_sheet);
  CHECK(space.sheet_faces.size() == static_cast<std::size_t>(2 * bar.cells[0] * bar.cells[1]));
  for (const auto& pair : space.sheet_faces)
    for (std::size_t k = 0; k < 6; ++k) {
      const auto outside = static_cast<std::size_t>(pair.outside[k]);
      const auto inside = static_cast<std::size_t>(pair.inside[k]);
      CHECK(outside != inside);
      CHECK(space.nodes[outside] == space.nodes[inside]);
    }
  // No element of one side uses a node of the other.
  std::set<int> used[2];
  for (std::size_t t = 0; t < space.elements.size(); ++t)
    used[space.region[t]].insert(space.elements[t].begin(), space.elements[t].end());
  for (const int node : used[0])
    CHECK(used[1].count(node) == 0);
}

TEST_CASE("edges on a surface are curved onto it", "[field]") {
  const Coaxial c;
  const Space space = build_space(test::coaxial_scene(c), test::coaxial_mesh(c, 2));
  for (std::size_t f = 0; f < space.faces.size(); ++f)
    if (space.face_surface[f] == 1 || space.face_patch[f] == 0)
      for (const int node : space.faces[f]) {
        const Vector3d& p = space.nodes[static_cast<std::size_t>(node)];
        CHECK(std::hypot(p.x(), p.y()) ==
              Approx(space.face_surface[f] == 1 ? c.a : c.b).epsilon(1e-12));
      }
  CHECK(space.straightened == 0);
}

TEST_CASE("an element that curving would invert is blended back", "[field]") {
  // A projection that throws the edges' nodes far across the gap.
  const Coaxial c;
  VolumeScene scene = test::coaxial_scene(c);
  scene.surfaces[1].surface.project = [](const Vector3d& p, int) { return Vector3d(1.6 * p); };
  const Space space = build_space(scene, test::coaxial_mesh(c, 2));
  CHECK(space.straightened > 0);
  for (const auto& e : space.elements) { // still right-handed at the centroid
    const auto gradient = quadratic_gradients(Vector3d::Constant(0.25));
    Matrix3d j = Matrix3d::Zero();
    for (std::size_t a = 0; a < 10; ++a)
      j += space.nodes[static_cast<std::size_t>(e[a])] * gradient[a].transpose();
    REQUIRE(j.determinant() > 0.0);
  }
}

TEST_CASE("edges that leave a contact's edge have their node at a quarter", "[field]") {
  const Coaxial c;
  VolumeScene scene = test::coaxial_scene(c);
  scene.electrodes = {{"ring", 1, {7}}};
  const TetMesh mesh = test::annulus_mesh({c.a, 1.5e-3, c.b}, 12, {0.0, 0.5e-3, 1e-3},
                                          [](double z) { return z < 0.5e-3 ? 7 : 0; });
  const Space space = build_space(scene, mesh);
  const auto on_line = [&](int v) {
    const Vector3d& p = space.nodes[static_cast<std::size_t>(v)];
    return std::abs(std::hypot(p.x(), p.y()) - c.a) < 1e-9 && std::abs(p.z() - 0.5e-3) < 1e-9;
  };
  int quarters = 0;
  for (std::size_t e = 0; e < space.edge_ends.size(); ++e) {
    auto [a, b] = space.edge_ends[e];
    if (on_line(b))
      std::swap(a, b);
    const Vector3d& p = space.nodes[static_cast<std::size_t>(a)];
    const Vector3d& q = space.nodes[static_cast<std::size_t>(b)];
    const Vector3d& m = space.nodes[static_cast<std::size_t>(space.n_vertices) + e];
    // Curving moves a node across the chord, hardly along it.
    const double at = (m - p).dot(q - p) / (q - p).squaredNorm();
    const bool quarter = on_line(a) && !on_line(b);
    CHECK(at == Approx(quarter ? 0.25 : 0.5).margin(0.03));
    quarters += quarter;
  }
  CHECK(quarters > 12);
}

TEST_CASE("what is wrong with a mesh is said with the place", "[field]") {
  const Bar bar;
  const VolumeScene scene = test::bar_scene(bar);
  const auto message = [&](const TetMesh& mesh, const VolumeScene& s) -> std::string {
    try {
      build_space(s, mesh);
    } catch (const core::WorldError& e) {
      return e.place() + " | " + e.cause();
    }
    return "";
  };
  TetMesh mesh = test::bar_mesh(bar);
  CHECK(message(mesh, scene).empty());
  mesh.region[5] = 3;
  CHECK(message(mesh, scene) == "mesh, tetrahedron 5 | region 3 is no region of the scene");
  mesh = test::bar_mesh(bar);
  mesh.tets[0][0] = 100000;
  CHECK(message(mesh, scene) == "mesh | vertex 100000 does not exist; there are 80");
  mesh = test::bar_mesh(bar);
  mesh.face_surface[2] = 9;
  CHECK(message(mesh, scene) == "mesh, face 2 | surface 9 is not in the scene");
  mesh = test::bar_mesh(bar);
  std::swap(mesh.tets[1][0], mesh.tets[1][1]);
  CHECK(message(mesh, scene).find("mesh, tetrahedron 1 at (") == 0);
  CHECK(message(mesh, scene).find("its volume is -") != std::string::npos);
  mesh = test::bar_mesh(bar);
  mesh.faces[4] = {0, 1, static_cast<int>(mesh.vertices.size()) - 1};
  CHECK(message(mesh, scene) == "mesh, face 4 | it is no face of any tetrahedron");
  VolumeScene sheeted = scene;
  sheeted.surfaces[0].sheet_resistance = 1.0;
  CHECK(message(test::bar_mesh(bar), sheeted) ==
        "surface 'bar' | a resistive sheet needs tissue on both sides");
}
