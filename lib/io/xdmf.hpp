// Fields on quadratic tetrahedra, and along polylines, for ParaView: STEM.h5 with the numbers,
// STEM.xdmf that explains them.
//
// Elements are 4 vertices, then the midpoints of the edges 01 12 02 03 13 23: the order of VTK and
// of XDMF's Tetrahedron_10. Open STEM.xdmf in ParaView ("Xdmf3 Reader S" or "XDMF Reader"); keep
// both files together. Polylines are a collection of grids, each of XDMF's Mixed topology (type 2,
// number of points, the points), and become a block each.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace foramen::io {

// `values` has n or 3 n entries (a vector per node or element, row-major).
struct MeshField {
  std::string name; // as ParaView lists it
  std::string units;
  std::string long_name;
  std::span<const double> values;
};

struct QuadraticTetrahedra {
  std::span<const double> nodes; // x y z per node, metres
  std::span<const int> elements; // 10 nodes per element
};

void write_xdmf(const std::string& stem, const QuadraticTetrahedra& mesh,
                const std::vector<MeshField>& node_fields,
                const std::vector<MeshField>& cell_fields);

// Lines of one kind: `counts` successive points each.
struct Polylines {
  std::string name;
  std::span<const double> points;      // x y z, metres
  std::vector<int> counts;             // of each line, at least 2
  std::vector<MeshField> point_fields; // on points
  std::vector<MeshField> line_fields;  // on whole lines
};

void write_polylines(const std::string& stem, const std::vector<Polylines>& kinds);

} // namespace foramen::io
