// Fields on quadratic tetrahedra for ParaView: STEM.h5 with the numbers, STEM.xdmf that explains
// them.
//
// Elements are 4 vertices, then the midpoints of the edges 01 12 02 03 13 23: the order of VTK and
// of XDMF's Tetrahedron_10. Open STEM.xdmf in ParaView ("Xdmf3 Reader S" or "XDMF Reader"); keep
// both files together.
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

} // namespace foramen::io
