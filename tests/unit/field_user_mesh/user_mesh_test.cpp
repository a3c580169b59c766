#include "bar_content.hpp"
#include "core/error.hpp"
#include "field/space.hpp"
#include "field/unit_potentials.hpp"
#include "field/user_mesh.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace foramen::field;
using Catch::Contains;
using foramen::core::ConfigError;
using foramen::test::bar_naming;
using foramen::test::BarContent;

namespace {

const MeshSource source{.path = "bar.msh"};

UserMesh made(const MshContent& content, const MeshNaming& naming = bar_naming) {
  return make_user_mesh(source, content, naming);
}

ConfigError refused(const MshContent& content, const MeshNaming& naming = bar_naming) {
  try {
    make_user_mesh(source, content, naming);
  } catch (const ConfigError& error) {
    return error;
  }
  FAIL("no ConfigError");
  throw 0;
}

// The bar's resistance, its volumes of the conductivities given.
double resistance(const UserMesh& mesh, const std::vector<double>& sigma, double sheet = 0.0) {
  VolumeScene scene;
  for (const UserMesh::Region& region : mesh.regions)
    scene.surfaces.push_back({region.group, {}, 0, false, region.in_sheet ? sheet : 0.0});
  scene.surfaces.push_back({"boundary", {}, 0, true, 0.0});
  scene.electrodes = {{"E1", static_cast<int>(mesh.regions.size()), {1}}};
  scene.conductivity = [&](int region, const Vector3d&) {
    return Matrix3d(sigma[static_cast<std::size_t>(region)] * Matrix3d::Identity());
  };
  scene.region_is_uniform.assign(scene.surfaces.size(), true);
  return solve_unit_potentials(scene, mesh.mesh, {.relative_tolerance = 1e-12}).impedance(0, 0);
}

// Nodes in the middle of every edge.
void make_quadratic(MshContent& content) {
  constexpr std::array<std::array<std::size_t, 2>, 6> edges = {
      {{0, 1}, {1, 2}, {0, 2}, {0, 3}, {1, 3}, {2, 3}}};
  std::map<std::array<int, 2>, int> middle;
  for (auto& tet : content.tets.nodes)
    for (std::size_t k = 0; k < 6; ++k) {
      const int a = tet[edges[k][0]], b = tet[edges[k][1]];
      const auto [it, fresh] = middle.emplace(std::array<int, 2>{std::min(a, b), std::max(a, b)},
                                              static_cast<int>(content.nodes.size()));
      if (fresh) {
        content.nodes.push_back(0.5 * (content.nodes[static_cast<std::size_t>(a)] +
                                       content.nodes[static_cast<std::size_t>(b)]));
        content.node_number.push_back(static_cast<std::int64_t>(101 + content.nodes.size()));
      }
      tet[4 + k] = it->second;
    }
}

int node_at(const MshContent& content, const Vector3d& p) {
  for (std::size_t i = 0; i < content.nodes.size(); ++i)
    if ((content.nodes[i] - p).norm() < 1e-9)
      return static_cast<int>(i);
  FAIL("no node at " << p.transpose());
  return -1;
}

// Gives the tetrahedra of a volume nodes of their own.
void cut_loose(MshContent& content, int volume, const Vector3d& by = Vector3d::Zero()) {
  std::map<int, int> copy;
  for (std::size_t t = 0; t < content.tets.nodes.size(); ++t)
    for (std::size_t k = 0; content.tets.set[t] == volume && k < 4; ++k) {
      int& v = content.tets.nodes[t][k];
      const auto [it, fresh] = copy.emplace(v, static_cast<int>(content.nodes.size()));
      if (fresh) {
        content.nodes.emplace_back(content.nodes[static_cast<std::size_t>(v)] + by);
        content.node_number.push_back(static_cast<std::int64_t>(101 + content.nodes.size()));
      }
      v = it->second;
    }
  for (auto& triangle : content.triangles.nodes)
    if (std::all_of(triangle.begin(), triangle.begin() + 3,
                    [&](int v) { return copy.contains(v); }))
      for (std::size_t k = 0; k < 3; ++k)
        triangle[k] = copy.at(triangle[k]);
}

} // namespace

TEST_CASE("a user's bar has its exact resistance in the file's unit", "[field][user mesh]") {
  const UserMesh mesh = made(BarContent{}.content());
  REQUIRE(mesh.regions.size() == 2);
  CHECK(mesh.regions[0].tissue == "fat");
  CHECK(mesh.regions[1].group == "disc");
  CHECK(mesh.regions[0].n_tets == 2 * 2 * 2 * 6);
  CHECK(mesh.regions[0].volume == Approx(8e-9));
  CHECK(mesh.contacts[0].area == Approx(4e-6));
  CHECK((mesh.contacts[0].centre - Vector3d(1e-3, 1e-3, 0.0)).norm() < 1e-15);
  CHECK(mesh.contacts[0].n_pieces == 1);
  CHECK(mesh.n_ground == 8);
  CHECK(mesh.n_unnamed == 4 * 2 * 4 * 2);
  // Two slabs in series: l / (sigma A).
  CHECK(resistance(mesh, {0.1, 0.4}) ==
        Approx(2e-3 / (0.1 * 4e-6) + 2e-3 / (0.4 * 4e-6)).epsilon(1e-10));
  const UserMesh in_cm =
      make_user_mesh({"bar.msh", 1e-2, "cm"}, BarContent{}.content(), bar_naming);
  CHECK(resistance(in_cm, {0.1, 0.4}) ==
        Approx(0.1 * (2e-3 / (0.1 * 4e-6) + 2e-3 / (0.4 * 4e-6))).epsilon(1e-10));
}

TEST_CASE("a perineurium is a sheet around the smaller side", "[field][user mesh]") {
  BarContent bar;
  bar.surfaces[2] = "perineurium";
  bar.surface = [](int axis, int plane, int, int, int) {
    return axis != 2 ? -1 : plane == 0 ? 0 : plane == 4 ? 1 : plane == 1 ? 2 : -1;
  };
  bar.volume = [](int, int, int k) { return k < 1 ? 1 : 0; };
  MeshNaming naming = bar_naming;
  naming.given.clear();
  const UserMesh mesh = made(bar.content(), naming);
  REQUIRE(mesh.regions.size() == 2);
  CHECK(mesh.regions[0].group == "fat");
  CHECK(!mesh.regions[0].in_sheet);
  CHECK(mesh.regions[1].in_sheet);
  CHECK(mesh.n_sheet == 8);
  constexpr double sheet = 0.05, area = 4e-6; // ohm m^2, m^2
  CHECK(resistance(mesh, {0.1, 0.4}, sheet) ==
        Approx(3e-3 / (0.1 * area) + 1e-3 / (0.4 * area) + sheet / area).epsilon(1e-10));

  bar.surface = [](int axis, int plane, int i, int, int) { // half of it
    return axis != 2 ? -1 : plane == 0 ? 0 : plane == 4 ? 1 : plane == 1 && i == 0 ? 2 : -1;
  };
  const ConfigError open = refused(bar.content(), naming);
  CHECK_THAT(open.place(), Catch::StartsWith("bar.msh, perineurium face at ("));
  CHECK_THAT(open.cause(), Catch::StartsWith("the sheet is open: around its rim"));
  CHECK_THAT(open.remedy(), Catch::StartsWith("close it"));

  bar.surface = [](int axis, int plane, int, int, int) {
    return axis != 2 ? -1 : plane == 0 ? 0 : plane == 4 ? 1 : plane == 1 ? 2 : -1;
  };
  bar.volume = [](int i, int, int k) { return k < 1 && i == 0 ? 1 : 0; };
  const ConfigError mixed = refused(bar.content(), naming);
  CHECK_THAT(mixed.cause(), Catch::StartsWith("the inside of a perineurium has two tissues"));
}

TEST_CASE("insulators and metal are left out of the mesh", "[field][user mesh]") {
  BarContent bar{.volumes = {"fat", "E1", "lead"}, .surfaces = {"ground"}};
  bar.volume = [](int i, int, int k) { return k > 0 ? 0 : i == 0 ? 1 : 2; };
  bar.surface = [](int axis, int plane, int, int, int) { return axis == 2 && plane == 4 ? 0 : -1; };
  MeshNaming naming = bar_naming;
  naming.given = {{"lead", "insulator"}};
  const UserMesh mesh = made(bar.content(), naming);
  CHECK(mesh.regions.size() == 1);
  CHECK(mesh.n_left_out == 4 * 6);
  CHECK(mesh.mesh.vertices.size() == 3 * 3 * 4); // the lowest layer of nodes is gone
  CHECK(mesh.contacts[0].area == Approx(2e-6));  // the metal's upper side
  CHECK(mesh.contacts[0].n_foil == 0);
  // Current flows through half of the section at the contact, all of it beyond: between bounds.
  CHECK(resistance(mesh, {0.1}) > 3e-3 / (0.1 * 4e-6));
  CHECK(resistance(mesh, {0.1}) < 3e-3 / (0.1 * 2e-6));
}

TEST_CASE("a contact within tissue is a foil, one in two places has two pieces",
          "[field][user mesh]") {
  BarContent bar;
  bar.surface = [](int axis, int plane, int i, int, int) {
    if (axis != 2)
      return -1;
    return plane == 4 ? 1 : (plane == 1 && i == 0) || plane == 2 ? 0 : -1;
  };
  const UserMesh mesh = made(bar.content());
  CHECK(mesh.contacts[0].n_foil == mesh.contacts[0].n_faces);
  CHECK(mesh.contacts[0].n_pieces == 2);
  CHECK(resistance(mesh, {0.1, 0.4}) == Approx(2e-3 / (0.4 * 4e-6)).epsilon(1e-10));
}

TEST_CASE("edges that leave a contact's edge have quarter points in a user's mesh, too",
          "[field][user mesh]") {
  BarContent bar; // half of the lower end, up to the line x = 1, z = 0
  bar.surface = [](int axis, int plane, int i, int, int) {
    return axis != 2 ? -1 : plane == 0 && i == 0 ? 0 : plane == 4 ? 1 : -1;
  };
  MshContent content = bar.content();
  make_quadratic(content);
  const Vector3d bent(1.04, 1.0, 0.54); // of the edge from that line at y = 1 upwards
  content.nodes[static_cast<std::size_t>(node_at(content, Vector3d(1, 1, 0.5)))] = bent;
  const UserMesh mesh = made(content);
  VolumeScene scene;
  scene.surfaces = {
      {"fat", {}, -1, false, 0.0}, {"disc", {}, 0, false, 0.0}, {"boundary", {}, 0, true, 0.0}};
  scene.electrodes = {{"E1", 2, {1}}};
  const Space space = build_space(scene, mesh.mesh);
  const auto has = [&](const Vector3d& mm) {
    return std::any_of(space.nodes.begin(), space.nodes.end(),
                       [&](const Vector3d& p) { return (p - 1e-3 * mm).norm() < 1e-12; });
  };
  CHECK(has(Vector3d(1, 0, 0.25))); // straight ones
  CHECK(!has(Vector3d(1, 0, 0.5)));
  CHECK(has(Vector3d(1, 0.5, 0))); // along the line: at half
  // A quarter along the parabola (1, 1, 0), bent, (1, 1, 1): its bend of (0.04, 0, 0.04) times 3/4.
  CHECK(has(Vector3d(1.03, 1, 0.28)));
}

TEST_CASE("nodes that nothing uses are dropped, order of corners does not matter",
          "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  content.nodes.emplace_back(50, 50, 50);
  content.node_number.push_back(9999);
  for (auto& tet : content.tets.nodes)
    std::swap(tet[0], tet[1]);
  const UserMesh mesh = made(content);
  CHECK(mesh.n_unused == 1);
  CHECK(mesh.mesh.vertices.size() == 3 * 3 * 5);
  CHECK(resistance(mesh, {0.1, 0.4}) ==
        Approx(2e-3 / (0.1 * 4e-6) + 2e-3 / (0.4 * 4e-6)).epsilon(1e-10));
  std::swap(content.tets.nodes[7][0], content.tets.nodes[7][1]); // one the other way
  CHECK(made(content).mesh.tets.size() == mesh.mesh.tets.size());
}

TEST_CASE("straight quadratic elements are straight ones", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  make_quadratic(content);
  const UserMesh mesh = made(content);
  CHECK(mesh.quadratic);
  CHECK(mesh.mesh.bent_edges.empty());
  CHECK(mesh.n_unused == 0);
  CHECK(mesh.mesh.vertices.size() == 3 * 3 * 5);
}

TEST_CASE("a bent edge is kept, in every sense of its tetrahedra", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  make_quadratic(content);
  // An edge within the bar, along z between (1, 1, 1) and (1, 1, 2).
  content.nodes[static_cast<std::size_t>(node_at(content, Vector3d(1, 1, 1.5)))] =
      Vector3d(1.1, 1.05, 1.5);
  UserMesh mesh = made(content);
  REQUIRE(mesh.mesh.bent_edges.size() == 1);
  const auto [a, b] = mesh.mesh.bent_edges[0];
  const Vector3d ends = mesh.mesh.vertices[static_cast<std::size_t>(a)] +
                        mesh.mesh.vertices[static_cast<std::size_t>(b)];
  CHECK((ends - Vector3d(2e-3, 2e-3, 3e-3)).norm() < 1e-15);
  CHECK((mesh.mesh.bent_nodes[0] - Vector3d(1.1e-3, 1.05e-3, 1.5e-3)).norm() < 1e-15);
  const QuadraticElements elements = quadratic_elements(mesh.mesh);
  CHECK(std::count_if(elements.nodes.begin(), elements.nodes.end(), [](const Vector3d& p) {
          return (p - Vector3d(1.1e-3, 1.05e-3, 1.5e-3)).norm() < 1e-15;
        }) == 1);
  // One conductivity: linear potentials stay exact on curved elements.
  const double exact = 4e-3 / (0.1 * 4e-6);
  CHECK(resistance(mesh, {0.1, 0.1}) == Approx(exact).epsilon(1e-10));
  for (auto& tet : content.tets.nodes) { // corners 0 and 1 exchanged, and their edges
    std::swap(tet[0], tet[1]);
    std::swap(tet[5], tet[6]);
    std::swap(tet[7], tet[8]);
  }
  mesh = made(content);
  REQUIRE(mesh.mesh.bent_edges.size() == 1);
  CHECK(resistance(mesh, {0.1, 0.1}) == Approx(exact).epsilon(1e-10));
}

TEST_CASE("tetrahedra without a group, or in two, are named", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  content.sets.push_back({});
  content.tets.set[3] = content.tets.set[5] = static_cast<int>(content.sets.size()) - 1;
  const ConfigError none = refused(content);
  CHECK_THAT(none.place(), Catch::StartsWith("bar.msh, tetrahedron 1004 of no group at ("));
  CHECK(none.cause() ==
        "it is in no physical volume that stands for a tissue, like 2 of 96 tetrahedra");
  content.sets.back() = {0, 1};
  CHECK(refused(content).cause() == "it is in two physical volumes, \"fat\" and \"disc\"");
  content = BarContent{.volumes = {"lead", "body"}}.content();
  MeshNaming naming = bar_naming;
  naming.given = {{"lead", "insulator"}, {"body", "insulator"}, {"extra", "unused"}};
  CHECK(refused(content, naming).cause() == "no physical volume is a tissue");
}

TEST_CASE("inverted, flat, doubled and overlapping tetrahedra are named", "[field][user mesh]") {
  const MshContent good = BarContent{}.content();
  MshContent content = good; // a node pushed through the opposite faces
  content.nodes[static_cast<std::size_t>(node_at(good, Vector3d(1, 1, 1)))] = Vector3d(1, 1, 2.3);
  const ConfigError inverted = refused(content);
  CHECK_THAT(inverted.place(), Contains("tetrahedron 10"));
  CHECK_THAT(inverted.cause(), Catch::StartsWith("it is inverted: it lies on the same side"));
  CHECK_THAT(inverted.place(), Contains(") mm"));

  content = good;
  const int corner = node_at(good, Vector3d(0, 0, 1));
  content.nodes[static_cast<std::size_t>(corner)] = Vector3d(0, 0, 1e-9);
  CHECK_THAT(refused(content).cause(), Catch::StartsWith("it is flat: its quality is"));

  content = good;
  content.tets.nodes.push_back(good.tets.nodes[0]);
  content.tets.number.push_back(2000);
  content.tets.set.push_back(1);
  const ConfigError twice = refused(content);
  CHECK_THAT(twice.place(), Catch::StartsWith("bar.msh, tetrahedron 1001 of \"fat\""));
  CHECK(twice.cause() == "it is there twice: tetrahedron 2000 of \"disc\" has the same corners");

  content = good; // a new tetrahedron on a face between two
  content.nodes.emplace_back(0.1, 0.2, 0.3);
  content.node_number.push_back(500);
  content.tets.nodes.push_back(good.tets.nodes[0]);
  content.tets.nodes.back()[0] = static_cast<int>(content.nodes.size()) - 1;
  content.tets.number.push_back(2000);
  content.tets.set.push_back(1);
  const std::string cause = refused(content).cause();
  CHECK((cause.find("three tetrahedra share its face") != std::string::npos ||
         cause.find("it overlaps tetrahedron") != std::string::npos));
}

TEST_CASE("three tetrahedra at a face, two on one side of it", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  const auto add = [&](const Vector3d& p, int a, int b, int c) { // of positive volume
    const auto x = [&](int v) { return Vector3d(content.nodes[static_cast<std::size_t>(v)] - p); };
    if (x(a).cross(x(b)).dot(x(c)) < 0.0)
      std::swap(b, c);
    content.nodes.push_back(p);
    content.node_number.push_back(static_cast<std::int64_t>(101 + content.nodes.size()));
    content.tets.nodes.push_back(
        {static_cast<int>(content.nodes.size()) - 1, a, b, c, -1, -1, -1, -1, -1, -1});
    content.tets.number.push_back(2000);
    content.tets.set.push_back(1);
  };
  const auto& face = content.triangles.nodes[0]; // at the bar's end
  add(Vector3d(0.5, 0.5, 0.4), face[0], face[1], face[2]);
  const ConfigError same_side = refused(content);
  CHECK_THAT(same_side.cause(), Contains("overlaps tetrahedron 2000 of \"disc\": both lie on the "
                                         "same side of their face at ("));
  add(Vector3d(0.5, 0.5, -1), face[0], face[1], face[2]);
  CHECK_THAT(refused(content).cause(), Catch::StartsWith("three tetrahedra share its face at ("));
}

TEST_CASE("inverted quadratic elements and mixed orders are named", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  make_quadratic(content);
  const int middle = node_at(content, Vector3d(1, 1, 1.5));
  content.nodes[static_cast<std::size_t>(middle)] = Vector3d(1.9, 1.7, 1.5);
  const ConfigError inverted = refused(content);
  CHECK_THAT(inverted.place(), Contains("tetrahedron 1"));
  CHECK_THAT(inverted.cause(), Catch::StartsWith("the quadratic element is inverted: its Jacobian "
                                                 "falls to -"));
  CHECK_THAT(inverted.remedy(), Contains("Mesh.HighOrderOptimize"));
  content.nodes[static_cast<std::size_t>(middle)] = Vector3d(1.05, 1, 1.5);
  for (auto& tet : content.tets.nodes) // one element of the edge loses its nodes
    if (std::find(tet.begin(), tet.end(), middle) != tet.end()) {
      std::fill(tet.begin() + 4, tet.end(), -1);
      break;
    }
  const ConfigError mixed = refused(content);
  CHECK_THAT(mixed.cause(), Contains("is bent otherwise than that of tetrahedron"));
  CHECK_THAT(mixed.remedy(), Contains("Mesh.ElementOrder = 2 for the whole mesh"));
}

TEST_CASE("nodes at one place are no connection", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  cut_loose(content, 1);
  const ConfigError error = refused(content);
  CHECK_THAT(error.place(), Catch::Matches("bar\\.msh, nodes [0-9]+ and [0-9]+ at \\(.*, 2\\) mm"));
  CHECK(error.cause() ==
        "the mesh is not watertight: they lie at one place, as do 9 pairs of boundary nodes, so "
        "that the tissues beside them are not connected");
  CHECK_THAT(error.remedy(), Contains("BooleanFragments"));
}

TEST_CASE("tissue that goes on behind a face without its nodes is found", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  cut_loose(content, 1, Vector3d(0.3, 0.4, 0.0)); // slides along the interface
  const ConfigError error = refused(content);
  CHECK_THAT(error.place(), Catch::StartsWith("bar.msh, tetrahedron 1"));
  CHECK_THAT(error.cause(),
             Catch::StartsWith("the mesh is not watertight: just beyond its face at ("));
  CHECK_THAT(error.cause(), Contains("which does not share the face's nodes"));
}

TEST_CASE("tissue without a path to the ground is orphaned", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  cut_loose(content, 0, Vector3d(0, 0, -5)); // with its contact
  const ConfigError error = refused(content);
  CHECK_THAT(error.place(), Contains("of \"fat\" at ("));
  CHECK_THAT(error.cause(), Catch::StartsWith("its piece of 48 tetrahedra (8 mm3) is orphaned"));
}

TEST_CASE("ground and insulation within tissue are refused", "[field][user mesh]") {
  BarContent bar;
  bar.surfaces[2] = "insulated";
  bar.surface = [](int axis, int plane, int, int, int) {
    return axis != 2 ? -1 : plane == 0 ? 0 : plane == 4 ? 1 : plane == 2 ? 2 : -1;
  };
  MeshNaming naming = bar_naming;
  naming.given.clear();
  const ConfigError within = refused(bar.content(), naming);
  CHECK_THAT(within.place(), Catch::StartsWith("bar.msh, insulated face at ("));
  CHECK(within.cause() == "it has tissue on both sides: \"fat\" and \"disc\"");
  bar.surfaces[2] = "ground";
  bar.surfaces[1] = "insulated";
  const ConfigError ground = refused(bar.content(), naming);
  CHECK_THAT(ground.place(), Catch::StartsWith("bar.msh, ground face at ("));
  CHECK(ground.remedy() == "ground only the outer boundary");
}

TEST_CASE("a crack whose faces are named insulated is meant", "[field][user mesh]") {
  BarContent bar;
  bar.surfaces[2] = "insulated";
  // The contact touches both halves, so that neither is cut off from the ground.
  bar.surface = [](int axis, int plane, int, int, int k) {
    if (axis == 0 && plane == 0 && k == 2)
      return 0;
    return axis != 2 ? -1 : plane == 0 ? 0 : plane == 4 ? 1 : plane == 2 ? 2 : -1;
  };
  MeshNaming naming = bar_naming;
  naming.given.clear();
  MshContent content = bar.content();
  const MshContent::Cells<6> before = content.triangles;
  cut_loose(content, 1); // takes the interface's triangles along
  for (std::size_t i = 0; i < before.nodes.size(); ++i)
    if (before.set[i] == 2 + 2) {
      content.triangles.nodes.push_back(before.nodes[i]);
      content.triangles.number.push_back(before.number[i] + 1000);
      content.triangles.set.push_back(before.set[i]);
    }
  const UserMesh mesh = made(content, naming);
  CHECK(mesh.n_insulated == 2 * 8);
  CHECK(mesh.contacts[0].n_pieces == 2);
}

TEST_CASE("triangles that are no faces, or of two minds, are named", "[field][user mesh]") {
  MshContent content = BarContent{}.content();
  content.triangles.nodes[0][2] = node_at(content, Vector3d(2, 2, 4));
  const ConfigError loose = refused(content);
  CHECK_THAT(loose.place(), Catch::StartsWith("bar.msh, triangle 1 of \""));
  CHECK(loose.cause() == "it is a face of no tetrahedron");
  content = BarContent{}.content();
  content.triangles.nodes.push_back(content.triangles.nodes[0]);
  content.triangles.number.push_back(900);
  content.triangles.set.push_back(2 + (content.triangles.set[0] == 2 ? 1 : 0));
  const ConfigError twice = refused(content);
  CHECK_THAT(twice.place(), Catch::StartsWith("bar.msh, triangle 900 of \""));
  CHECK_THAT(twice.cause(), Catch::StartsWith("its face is also in the physical surface \""));
}

TEST_CASE("a contact without tissue is named", "[field][user mesh]") {
  BarContent bar{.volumes = {"fat", "lead"}};
  bar.volume = [](int, int, int k) { return k < 2 ? 1 : 0; };
  MeshNaming naming = bar_naming;
  naming.given["lead"] = "insulator";
  const ConfigError error = refused(bar.content(), naming);
  CHECK(error.place() == "bar.msh, contact \"E1\"");
  CHECK(error.cause() == "none of its faces is at tissue");
}
