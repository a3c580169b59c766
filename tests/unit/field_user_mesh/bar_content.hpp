// What Gmsh would read of a bar of cubes of 1 mm, six tetrahedra each, written by hand: contact E1
// at z = 0, ground at the other end, the sides in no group. Coordinates in mm.
#pragma once

#include "field/mesh_groups.hpp"
#include "support/grid_mesh.hpp"

#include <functional>
#include <string>
#include <vector>

namespace foramen::test {

struct BarContent {
  std::array<int, 3> cells = {2, 2, 4};
  std::vector<std::string> volumes = {"fat", "disc"};
  std::function<int(int i, int j, int k)> volume = [](int, int, int k) { return k < 2 ? 0 : 1; };
  std::vector<std::string> surfaces = {"E1", "ground", "extra"};
  // Of the faces across `axis` at `plane` that border cell (i, j, k); -1: none.
  std::function<int(int axis, int plane, int i, int j, int k)> surface = [](int axis, int plane,
                                                                            int, int, int) {
    return axis != 2 ? -1 : plane == 0 ? 0 : plane == 4 ? 1 : -1;
  };

  field::MshContent content() const {
    Grid grid;
    grid.cells = cells;
    grid.position = [](int i, int j, int k) { return Vector3d(i, j, k); };
    grid.region = volume;
    grid.label = [&](int axis, int plane, int i, int j, int k) {
      return Grid::Label{surface(axis, plane, i, j, k), 0};
    };
    const field::TetMesh mesh = grid_mesh(grid);
    field::MshContent c;
    c.nodes = mesh.vertices;
    for (std::size_t i = 0; i < c.nodes.size(); ++i)
      c.node_number.push_back(static_cast<std::int64_t>(101 + i));
    const auto group = [&](int dimension, const std::string& name) {
      c.sets.push_back({static_cast<int>(c.groups.size())});
      c.groups.push_back({dimension, static_cast<int>(c.groups.size()) + 1, name});
    };
    for (const std::string& name : volumes)
      group(3, name);
    for (const std::string& name : surfaces)
      group(2, name);
    for (std::size_t t = 0; t < mesh.tets.size(); ++t) {
      const auto& n = mesh.tets[t];
      c.tets.nodes.push_back({n[0], n[1], n[2], n[3], -1, -1, -1, -1, -1, -1});
      c.tets.number.push_back(static_cast<std::int64_t>(1001 + t));
      c.tets.set.push_back(mesh.region[t]);
    }
    for (std::size_t f = 0; f < mesh.faces.size(); ++f) {
      const auto& n = mesh.faces[f];
      c.triangles.nodes.push_back({n[0], n[1], n[2], -1, -1, -1});
      c.triangles.number.push_back(static_cast<std::int64_t>(1 + f));
      c.triangles.set.push_back(static_cast<int>(volumes.size()) + mesh.face_surface[f]);
    }
    return c;
  }
};

inline const field::MeshNaming bar_naming{
    .tissues = {"fat", "disc", "endoneurium"}, .contacts = {"E1"}, .given = {{"extra", "unused"}}};

} // namespace foramen::test
