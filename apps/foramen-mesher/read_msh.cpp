#include "read_msh.hpp"

#include <gmsh.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <unordered_map>

namespace foramen::mesher {
namespace {

using field::MshContent;
using field::Vector3d;

// Gmsh's element types, and where each of our nodes is among Gmsh's.
constexpr int triangle_3 = 2, tet_4 = 4, triangle_6 = 9, tet_10 = 11;
constexpr std::array<std::size_t, 6> triangle_order = {0, 1, 2, 3, 4, 5};
constexpr std::array<std::size_t, 10> tet_order = {0, 1, 2, 3, 4, 5, 6, 7, 9, 8};

bool is_version_2(const std::string& path) {
  std::ifstream file(path);
  std::string word;
  double version = 0.0;
  file >> word >> version;
  return version < 3.0;
}

class Reading {
public:
  explicit Reading(bool entities_are_groups) : entities_are_groups_(entities_are_groups) {}

  MshContent run() {
    read_nodes();
    for (const int dimension : {2, 3}) {
      gmsh::vectorpair entities;
      gmsh::model::getEntities(entities, dimension);
      for (const auto& [d, tag] : entities)
        read_entity(d, tag);
    }
    sort_by_number(content_.tets);
    sort_by_number(content_.triangles);
    return std::move(content_);
  }

private:
  void read_nodes() {
    std::vector<std::size_t> tags;
    std::vector<double> x, parameters;
    gmsh::model::mesh::getNodes(tags, x, parameters, -1, -1, false, false);
    std::vector<std::size_t> order(tags.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return tags[a] < tags[b]; });
    for (const std::size_t i : order) {
      if (!index_.emplace(tags[i], static_cast<int>(content_.nodes.size())).second)
        continue;
      content_.nodes.emplace_back(x[3 * i], x[3 * i + 1], x[3 * i + 2]);
      content_.node_number.push_back(static_cast<std::int64_t>(tags[i]));
    }
  }

  int group(int dimension, int number) {
    const auto [it, fresh] =
        group_.emplace(std::pair(dimension, number), static_cast<int>(content_.groups.size()));
    if (fresh) {
      std::string name;
      gmsh::model::getPhysicalName(dimension, number, name);
      content_.groups.push_back({dimension, number, name});
    }
    return it->second;
  }

  void read_entity(int dimension, int tag) {
    std::vector<int> numbers;
    if (!entities_are_groups_)
      gmsh::model::getPhysicalGroupsForEntity(dimension, tag, numbers);
    else if (tag != 0)
      numbers = {tag};
    std::vector<int> set;
    for (const int number : numbers)
      set.push_back(group(dimension, std::abs(number))); // negative: reversed orientation
    content_.sets.push_back(set);

    std::vector<int> types;
    std::vector<std::vector<std::size_t>> tags, nodes;
    gmsh::model::mesh::getElements(types, tags, nodes, dimension, tag);
    for (std::size_t k = 0; k < types.size(); ++k) {
      if (types[k] == triangle_3)
        add(content_.triangles, tags[k], nodes[k], 3, triangle_order);
      else if (types[k] == triangle_6)
        add(content_.triangles, tags[k], nodes[k], 6, triangle_order);
      else if (types[k] == tet_4)
        add(content_.tets, tags[k], nodes[k], 4, tet_order);
      else if (types[k] == tet_10)
        add(content_.tets, tags[k], nodes[k], 10, tet_order);
      else if (!tags[k].empty())
        add_foreign(types[k], dimension, tags[k]);
    }
  }

  template <std::size_t N>
  void add(MshContent::Cells<N>& cells, const std::vector<std::size_t>& tags,
           const std::vector<std::size_t>& nodes, std::size_t n,
           const std::array<std::size_t, N>& order) {
    for (std::size_t e = 0; e < tags.size(); ++e) {
      std::array<int, N> cell;
      cell.fill(-1);
      for (std::size_t a = 0; a < n; ++a)
        cell[a] = index_.at(nodes[n * e + order[a]]);
      cells.nodes.push_back(cell);
      cells.number.push_back(static_cast<std::int64_t>(tags[e]));
      cells.set.push_back(static_cast<int>(content_.sets.size()) - 1);
    }
  }

  void add_foreign(int type, int dimension, const std::vector<std::size_t>& tags) {
    std::string name;
    int d = 0, order = 0, n = 0, primary = 0;
    std::vector<double> x;
    gmsh::model::mesh::getElementProperties(type, name, d, order, n, x, primary);
    content_.foreign.push_back({name, dimension, static_cast<std::int64_t>(tags.size()),
                                static_cast<std::int64_t>(tags.front())});
  }

  template <std::size_t N> static void sort_by_number(MshContent::Cells<N>& cells) {
    std::vector<std::size_t> order(cells.number.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return cells.number[a] < cells.number[b];
    });
    MshContent::Cells<N> sorted;
    for (const std::size_t i : order) {
      sorted.nodes.push_back(cells.nodes[i]);
      sorted.number.push_back(cells.number[i]);
      sorted.set.push_back(cells.set[i]);
    }
    cells = std::move(sorted);
  }

  bool entities_are_groups_;
  MshContent content_;
  std::unordered_map<std::size_t, int> index_;
  std::map<std::pair<int, int>, int> group_;
};

} // namespace

MshContent read_msh(const std::string& path) {
  const bool version_2 = is_version_2(path);
  gmsh::initialize();
  gmsh::option::setNumber("General.NumThreads", 1);
  gmsh::option::setNumber("General.Terminal", 1);
  gmsh::option::setNumber("General.Verbosity", 2); // errors and warnings
  gmsh::option::setNumber("Mesh.SwitchElementTags", version_2 ? 1 : 0);
  gmsh::open(path);
  return Reading(version_2).run();
}

} // namespace foramen::mesher
