#include "field/split_mesh.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace foramen::field {
namespace {

using core::concat;
using core::WorldError;

void check_scene(const VolumeScene& scene) {
  for (std::size_t s = 0; s < scene.surfaces.size(); ++s) {
    const FittedSurface& surface = scene.surfaces[s];
    if (surface.sheet_resistance > 0.0 && (s == 0 || surface.hole))
      throw WorldError(concat("surface '", surface.name, "'"),
                       "a resistive sheet needs tissue on both sides",
                       "give the sheet to a surface inside the domain that is not a hole");
  }
}

void check_mesh(const VolumeScene& scene, const TetMesh& mesh) {
  const int n_surfaces = static_cast<int>(scene.surfaces.size());
  const int n_vertices = static_cast<int>(mesh.vertices.size());
  const auto known = [&](int s) { return s >= 0 && s < n_surfaces; };
  const auto vertex = [&](int v) {
    if (v < 0 || v >= n_vertices)
      throw WorldError("mesh", concat("vertex ", v, " does not exist; there are ", n_vertices),
                       "rebuild the mesh");
  };
  for (std::size_t t = 0; t < mesh.tets.size(); ++t) {
    if (!known(mesh.region[t]) || scene.surfaces[static_cast<std::size_t>(mesh.region[t])].hole)
      throw WorldError(concat("mesh, tetrahedron ", t),
                       concat("region ", mesh.region[t], " is no region of the scene"),
                       "name a region that a surface of the scene encloses");
    for (const int v : mesh.tets[t])
      vertex(v);
  }
  for (std::size_t f = 0; f < mesh.faces.size(); ++f) {
    if (!known(mesh.face_surface[f]))
      throw WorldError(concat("mesh, face ", f),
                       concat("surface ", mesh.face_surface[f], " is not in the scene"),
                       "name a surface of the scene");
    for (const int v : mesh.faces[f])
      vertex(v);
  }
}

// The vertex that tetrahedra of a region use where they touch the sheet around that region.
class Copies {
public:
  Copies(const VolumeScene& scene, const TetMesh& mesh, std::vector<Vector3d>& vertices,
         std::vector<int>& original)
      : copy_(scene.surfaces.size()) {
    for (std::size_t f = 0; f < mesh.faces.size(); ++f) {
      const auto s = static_cast<std::size_t>(mesh.face_surface[f]);
      if (scene.surfaces[s].sheet_resistance <= 0.0)
        continue;
      if (copy_[s].empty())
        copy_[s].assign(mesh.vertices.size(), -1);
      for (const int v : mesh.faces[f]) {
        int& copy = copy_[s][static_cast<std::size_t>(v)];
        if (copy < 0) {
          copy = static_cast<int>(vertices.size());
          vertices.push_back(mesh.vertices[static_cast<std::size_t>(v)]);
          original.push_back(v);
        }
      }
    }
  }
  int operator()(int vertex, int region) const {
    const std::vector<int>& copies = copy_[static_cast<std::size_t>(region)];
    if (copies.empty() || copies[static_cast<std::size_t>(vertex)] < 0)
      return vertex;
    return copies[static_cast<std::size_t>(vertex)];
  }

private:
  std::vector<std::vector<int>> copy_; // by sheet, then original vertex; -1: not on it
};

// Regions of the tetrahedra on both sides of each face; -1 where there is none.
std::vector<std::array<int, 2>> regions_beside(const TetMesh& mesh) {
  using Key = std::pair<std::array<int, 3>, int>; // sorted vertices, face
  std::vector<Key> faces;
  std::vector<char> on_face(mesh.vertices.size(), 0);
  const auto sorted = [](std::array<int, 3> f) {
    std::sort(f.begin(), f.end());
    return f;
  };
  for (std::size_t f = 0; f < mesh.faces.size(); ++f) {
    faces.emplace_back(sorted(mesh.faces[f]), static_cast<int>(f));
    for (const int v : mesh.faces[f])
      on_face[static_cast<std::size_t>(v)] = 1;
  }
  std::sort(faces.begin(), faces.end());
  std::vector<std::array<int, 2>> beside(mesh.faces.size(), {-1, -1});
  for (std::size_t t = 0; t < mesh.tets.size(); ++t) {
    const std::array<int, 4>& tet = mesh.tets[t];
    const auto marked = [&](int v) { return on_face[static_cast<std::size_t>(v)] != 0; };
    if (std::count_if(tet.begin(), tet.end(), marked) < 3)
      continue;
    for (std::size_t a = 0; a < 4; ++a) {
      const auto key = sorted({tet[(a + 1) % 4], tet[(a + 2) % 4], tet[(a + 3) % 4]});
      for (auto it = std::lower_bound(faces.begin(), faces.end(), Key{key, 0});
           it != faces.end() && it->first == key; ++it) {
        std::array<int, 2>& sides = beside[static_cast<std::size_t>(it->second)];
        sides[sides[0] < 0 ? 0 : 1] = mesh.region[t];
      }
    }
  }
  return beside;
}

} // namespace

SplitMesh split_along_sheets(const VolumeScene& scene, const TetMesh& mesh) {
  check_scene(scene);
  check_mesh(scene, mesh);
  SplitMesh split{.vertices = mesh.vertices,
                  .original = {},
                  .tets = mesh.tets,
                  .faces = mesh.faces,
                  .face_region = {},
                  .sheet_faces = {}};
  split.original.resize(mesh.vertices.size());
  std::iota(split.original.begin(), split.original.end(), 0);
  const Copies copies(scene, mesh, split.vertices, split.original);
  for (std::size_t t = 0; t < mesh.tets.size(); ++t)
    for (int& v : split.tets[t])
      v = copies(v, mesh.region[t]);
  const std::vector<std::array<int, 2>> beside = regions_beside(mesh);
  for (std::size_t f = 0; f < mesh.faces.size(); ++f) {
    const int s = mesh.face_surface[f];
    const auto [first, second] = beside[f];
    if (first < 0)
      throw WorldError(concat("mesh, face ", f), "it is no face of any tetrahedron",
                       "the mesh must fit the surfaces; rebuild it");
    const int outer = first == s && second >= 0 ? second : first;
    split.face_region.push_back(outer);
    for (int& v : split.faces[f])
      v = copies(v, outer);
    const FittedSurface& surface = scene.surfaces[static_cast<std::size_t>(s)];
    if (surface.sheet_resistance <= 0.0)
      continue;
    if (second < 0 || outer == s || (first != s && second != s))
      throw WorldError(concat("mesh, face ", f, " on sheet '", surface.name, "'"),
                       "the sheet does not separate its inside from its outside there",
                       "the mesh must fit the surfaces; rebuild it");
    std::array<int, 3> inside = mesh.faces[f];
    for (int& v : inside)
      v = copies(v, s);
    split.sheet_faces.push_back({static_cast<int>(f), inside});
  }
  return split;
}

} // namespace foramen::field
