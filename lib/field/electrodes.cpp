#include "field/electrodes.hpp"

#include "core/error.hpp"
#include "field/mesh_order.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;
using core::SolverError;

constexpr int untied = -1;

bool contains(const std::vector<int>& list, int value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Per node the electrode that it lies on.
std::vector<int> touched(const VolumeScene& scene, const Space& space) {
  std::vector<int> electrode_of(space.nodes.size(), untied);
  for (std::size_t i = 0; i < scene.electrodes.size(); ++i) {
    const Electrode& electrode = scene.electrodes[i];
    const std::string place = concat("electrode '", electrode.name, "'");
    if (!(electrode.surface_resistance >= 0.0) || !std::isfinite(electrode.surface_resistance))
      throw ConfigError(
          place, concat("its surface resistance is ", electrode.surface_resistance, " ohm*m^2"),
          "give a positive one, or 0 for a contact without an interface");
    bool found = false;
    for (std::size_t f = 0; f < space.faces.size(); ++f) {
      if (space.face_surface[f] != electrode.surface ||
          !contains(electrode.patches, space.face_patch[f]))
        continue;
      found = true;
      for (const int node : space.faces[f]) {
        int& owner = electrode_of[static_cast<std::size_t>(node)];
        if (owner != untied && owner != static_cast<int>(i))
          throw ConfigError(place,
                            concat("it touches electrode '",
                                   scene.electrodes[static_cast<std::size_t>(owner)].name, "'"),
                            "leave an insulating gap, or make them one electrode");
        owner = static_cast<int>(i);
      }
    }
    if (!found)
      throw ConfigError(place, "the mesh has no face on its patches",
                        "name a surface and patches that the mesh has");
  }
  return electrode_of;
}

std::vector<std::uint8_t> ground(const VolumeScene& scene, const Space& space,
                                 const std::vector<int>& electrode_of) {
  std::vector<std::uint8_t> grounded(space.nodes.size(), 0);
  if (scene.outer != OuterBoundary::grounded)
    return grounded;
  const auto on_electrode = [&](std::size_t f) {
    return std::any_of(scene.electrodes.begin(), scene.electrodes.end(), [&](const Electrode& e) {
      return e.surface == 0 && contains(e.patches, space.face_patch[f]);
    });
  };
  for (std::size_t f = 0; f < space.faces.size(); ++f) {
    if (space.face_surface[f] != 0 || on_electrode(f) ||
        contains(scene.insulated_outer_patches, space.face_patch[f]))
      continue;
    for (const int node : space.faces[f]) {
      const int electrode = electrode_of[static_cast<std::size_t>(node)];
      if (electrode != untied)
        throw ConfigError(
            concat("electrode '", scene.electrodes[static_cast<std::size_t>(electrode)].name, "'"),
            "it touches the grounded outer boundary", "insulate the boundary around it");
      grounded[static_cast<std::size_t>(node)] = 1;
    }
  }
  return grounded;
}

// Nodes that own an unknown, in the order of unknowns.
std::vector<int> owners(const Space& space, const std::vector<int>& electrode_of,
                        const std::vector<std::uint8_t>& grounded) {
  std::vector<int> nodes = nodes_in_order(space);
  std::erase_if(nodes, [&](int node) {
    const auto i = static_cast<std::size_t>(node);
    return grounded[i] != 0 || electrode_of[i] != untied;
  });
  return nodes;
}

void number_linear(const Space& space, Unknowns& u) {
  std::vector<std::uint8_t> is_linear(static_cast<std::size_t>(u.n), 0);
  for (std::size_t v = 0; v < static_cast<std::size_t>(space.n_vertices); ++v)
    if (u.of_node[v] != Unknowns::none)
      is_linear[static_cast<std::size_t>(u.of_node[v])] = 1;
  for (const int e : u.of_electrode)
    is_linear[static_cast<std::size_t>(e)] = 1;
  u.linear_of.assign(static_cast<std::size_t>(u.n), Unknowns::none);
  for (std::size_t i = 0; i < is_linear.size(); ++i)
    if (is_linear[i])
      u.linear_of[i] = u.n_linear++;
  u.ends_of.assign(static_cast<std::size_t>(u.n), {Unknowns::none, Unknowns::none});
  for (std::size_t e = 0; e < space.edge_ends.size(); ++e) {
    const int unknown = u.of_node[static_cast<std::size_t>(space.n_vertices) + e];
    if (unknown == Unknowns::none || is_linear[static_cast<std::size_t>(unknown)])
      continue;
    for (std::size_t k = 0; k < 2; ++k)
      u.ends_of[static_cast<std::size_t>(unknown)][k] =
          u.of_node[static_cast<std::size_t>(space.edge_ends[e][k])];
  }
}

// Electrodes with an interface hold no node.
std::vector<int> tied(const VolumeScene& scene, std::vector<int> electrode_of) {
  for (int& e : electrode_of)
    if (e != untied && scene.electrodes[static_cast<std::size_t>(e)].has_interface())
      e = untied;
  return electrode_of;
}

// Sets of vertices, electrodes and the ground that are connected; the least of each leads it.
class Connected {
public:
  explicit Connected(std::size_t n) : parent_(n) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t leader(std::size_t i) {
    while (parent_[i] != i)
      i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t p = leader(a), q = leader(b);
    parent_[std::max(p, q)] = std::min(p, q);
  }

private:
  std::vector<std::size_t> parent_;
};

// Throws if some element cannot reach the ground through tissue, sheets and conductors. An edge's
// node is where its ends are.
void check_connected(const VolumeScene& scene, const Space& space,
                     const std::vector<int>& electrode_of, const Unknowns& u) {
  const auto n_vertices = static_cast<std::size_t>(space.n_vertices);
  const auto vertex = [](int v) { return static_cast<std::size_t>(v); };
  const std::size_t ground = n_vertices + scene.electrodes.size();
  Connected connected(ground + 1);
  for (const auto& [a, b] : space.edge_ends)
    connected.join(vertex(a), vertex(b));
  for (const Space::SheetFace& pair : space.sheet_faces)
    connected.join(vertex(pair.outside[0]), vertex(pair.inside[0]));
  for (std::size_t v = 0; v < n_vertices; ++v) {
    if (electrode_of[v] != untied)
      connected.join(v, n_vertices + static_cast<std::size_t>(electrode_of[v]));
    if (u.grounded[v])
      connected.join(v, ground);
  }
  if (scene.outer == OuterBoundary::open)
    for (std::size_t f = 0; f < space.faces.size(); ++f)
      if (space.face_surface[f] == 0 &&
          !contains(scene.insulated_outer_patches, space.face_patch[f]))
        connected.join(vertex(space.faces[f][0]), ground);
  const std::size_t reached = connected.leader(ground);
  for (std::size_t t = 0; t < space.elements.size(); ++t)
    if (connected.leader(vertex(space.elements[t][0])) != reached) {
      const auto region = static_cast<std::size_t>(space.region[t]);
      throw SolverError(
          concat("region '", scene.surfaces[region].name, "'"),
          "no current can flow from it to the outer boundary, so its potential is undetermined",
          "ground part of the outer boundary or open it, and connect the region to the rest");
    }
}

} // namespace

Unknowns number_unknowns(const VolumeScene& scene, const Space& space) {
  const std::vector<int> touched_by = touched(scene, space);
  Unknowns u;
  u.grounded = ground(scene, space, touched_by);
  const std::vector<int> electrode_of = tied(scene, touched_by);
  u.of_node.assign(space.nodes.size(), Unknowns::none);
  for (const int node : owners(space, electrode_of, u.grounded))
    u.of_node[static_cast<std::size_t>(node)] = u.n++;
  for (std::size_t i = 0; i < scene.electrodes.size(); ++i)
    u.of_electrode.push_back(u.n++);
  for (std::size_t i = 0; i < space.nodes.size(); ++i)
    if (electrode_of[i] != untied)
      u.of_node[i] = u.of_electrode[static_cast<std::size_t>(electrode_of[i])];
  u.of_node.insert(u.of_node.end(), u.of_electrode.begin(), u.of_electrode.end());
  u.grounded.resize(u.of_node.size(), 0);
  number_linear(space, u);
  check_connected(scene, space, touched_by, u);
  return u;
}

} // namespace foramen::field
