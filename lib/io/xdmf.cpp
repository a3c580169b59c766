#include "io/xdmf.hpp"

#include "core/error.hpp"
#include "io/atomic_file.hpp"
#include "io/hdf5_file.hpp"

#include <filesystem>

namespace foramen::io {
namespace {

using core::concat;

constexpr std::size_t nodes_per_element = 10;

std::string escaped(const std::string& text) {
  std::string xml;
  for (const char c : text)
    xml += c == '&'   ? "&amp;"
           : c == '<' ? "&lt;"
           : c == '>' ? "&gt;"
           : c == '"' ? "&quot;"
                      : std::string(1, c);
  return xml;
}

// A slash would make a group.
std::string dataset_name(const std::string& group, const std::string& field) {
  std::string name = field;
  for (char& c : name)
    if (c == '/')
      c = '_';
  return group + "/" + name;
}

std::string data_item(const std::string& file, const std::string& path, const Shape& shape,
                      const std::string& type) {
  std::string sizes;
  for (const std::size_t n : shape)
    sizes += (sizes.empty() ? "" : " ") + std::to_string(n);
  return concat("<DataItem Dimensions=\"", sizes, "\" ", type, " Format=\"HDF\">", escaped(file),
                ":", escaped(path), "</DataItem>\n");
}

const char* const doubles = "NumberType=\"Float\" Precision=\"8\"";
const char* const ints = "NumberType=\"Int\" Precision=\"4\"";

Shape shape_of(const MeshField& field, std::size_t n) {
  FORAMEN_EXPECT(field.values.size() == n || field.values.size() == 3 * n, "field ", field.name,
                 " has ", field.values.size(), " values for ", n, " places");
  return field.values.size() == n ? Shape{n} : Shape{n, 3};
}

// Writes the fields to the HDF5 file and returns the XML that points at them.
std::string write_fields(Hdf5Writer& file, const std::string& file_name, const std::string& group,
                         const std::string& centre, std::size_t n,
                         const std::vector<MeshField>& fields) {
  std::string xml;
  for (const MeshField& field : fields) {
    const std::string path = dataset_name(group, field.name);
    const Shape shape = shape_of(field, n);
    file.write_doubles(path, field.values, shape, {field.units, field.long_name});
    xml += concat("      <Attribute Name=\"", escaped(field.name), "\" AttributeType=\"",
                  shape.size() == 1 ? "Scalar" : "Vector", "\" Center=\"", centre, "\">\n        ",
                  data_item(file_name, path, shape, doubles), "      </Attribute>\n");
  }
  return xml;
}

std::string geometry(const std::string& file_name, const std::string& path, std::size_t n) {
  return concat("      <Geometry GeometryType=\"XYZ\">\n        ",
                data_item(file_name, path, {n, 3}, doubles), "      </Geometry>\n");
}

void write_document(const std::string& stem, const std::string& grids) {
  write_file(stem + ".xdmf", concat("<?xml version=\"1.0\"?>\n<Xdmf Version=\"3.0\">\n  <Domain>\n",
                                    grids, "  </Domain>\n</Xdmf>\n"));
}

// XDMF's Mixed topology: each line as its type, its number of points and the points.
std::vector<int> mixed_topology(const std::vector<int>& counts) {
  constexpr int polyline = 2;
  std::vector<int> topology;
  int next = 0;
  for (const int count : counts) {
    FORAMEN_EXPECT(count >= 2, "a line of ", count, " points");
    topology.push_back(polyline);
    topology.push_back(count);
    for (int i = 0; i < count; ++i)
      topology.push_back(next++);
  }
  return topology;
}

// Writes a kind's numbers and returns its grid.
std::string write_kind(Hdf5Writer& file, const std::string& file_name, const Polylines& kind) {
  const std::string group = dataset_name("", kind.name);
  const std::vector<int> topology = mixed_topology(kind.counts);
  const std::size_t n_lines = kind.counts.size(), n_points = topology.size() - 2 * n_lines;
  FORAMEN_EXPECT(kind.points.size() == 3 * n_points, kind.points.size(), " coordinates");
  file.write_doubles(group + "/points", kind.points, {n_points, 3}, {"m", "points x y z"});
  file.write_integers(group + "/lines", topology, {topology.size()},
                      {"1", "per line: 2, its number of points, its points"});
  const std::string fields =
      write_fields(file, file_name, group + "/point_fields", "Node", n_points, kind.point_fields) +
      write_fields(file, file_name, group + "/line_fields", "Cell", n_lines, kind.line_fields);
  return concat("    <Grid Name=\"", escaped(kind.name),
                "\" GridType=\"Uniform\">\n"
                "      <Topology TopologyType=\"Mixed\" NumberOfElements=\"",
                n_lines, "\">\n        ",
                data_item(file_name, group + "/lines", {topology.size()}, ints),
                "      </Topology>\n", geometry(file_name, group + "/points", n_points), fields,
                "    </Grid>\n");
}

} // namespace

void write_xdmf(const std::string& stem, const QuadraticTetrahedra& mesh,
                const std::vector<MeshField>& node_fields,
                const std::vector<MeshField>& cell_fields) {
  FORAMEN_EXPECT(mesh.nodes.size() % 3 == 0 && mesh.elements.size() % nodes_per_element == 0,
                 "sizes of nodes and elements");
  const std::size_t n_nodes = mesh.nodes.size() / 3;
  const std::size_t n_elements = mesh.elements.size() / nodes_per_element;
  const std::string file_name = std::filesystem::path(stem + ".h5").filename().string();
  Hdf5Writer file(stem + ".h5");
  file.write_doubles("/mesh/nodes", mesh.nodes, {n_nodes, 3}, {"m", "node coordinates x y z"});
  file.write_integers("/mesh/elements", mesh.elements, {n_elements, nodes_per_element},
                      {"1", "nodes of quadratic tetrahedra: 4 vertices, then the midpoints of the "
                            "edges 01 12 02 03 13 23"});
  const std::string fields =
      write_fields(file, file_name, "/node_fields", "Node", n_nodes, node_fields) +
      write_fields(file, file_name, "/cell_fields", "Cell", n_elements, cell_fields);
  file.commit();
  write_document(
      stem, concat("    <Grid Name=\"field\" GridType=\"Uniform\">\n"
                   "      <Topology TopologyType=\"Tetrahedron_10\" NumberOfElements=\"",
                   n_elements, "\">\n        ",
                   data_item(file_name, "/mesh/elements", {n_elements, nodes_per_element}, ints),
                   "      </Topology>\n", geometry(file_name, "/mesh/nodes", n_nodes), fields,
                   "    </Grid>\n"));
}

void write_polylines(const std::string& stem, const std::vector<Polylines>& kinds) {
  const std::string file_name = std::filesystem::path(stem + ".h5").filename().string();
  Hdf5Writer file(stem + ".h5");
  std::string grids;
  for (const Polylines& kind : kinds)
    grids += write_kind(file, file_name, kind);
  file.commit();
  write_document(stem, concat("    <Grid Name=\"lines\" GridType=\"Collection\" "
                              "CollectionType=\"Spatial\">\n",
                              grids, "    </Grid>\n"));
}

} // namespace foramen::io
