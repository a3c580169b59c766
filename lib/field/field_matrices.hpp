// The matrices of a scene: each rank's share of the rows.
//
// Unknowns are numbered breadth first (mesh_order.hpp), so that a run of them is a slab of the
// volume; ranks take runs of equal length in whole chunks of `row_chunk`. An element that
// reaches into two pieces is integrated by both ranks: nothing is sent. Collective. Cost: see
// local_matrices.hpp and operator.hpp, over the number of ranks.
#pragma once

#include "field/electrodes.hpp"
#include "field/local_matrices.hpp"
#include "field/rank_rows.hpp"

namespace foramen::field {

struct FieldMatrices {
  std::vector<std::size_t> bounds; // rank r owns unknowns [bounds[r], bounds[r + 1])
  RankRows quadratic;
  SparseMatrix linear;         // rows of the linear unknowns among its own, global columns
  std::vector<double> outflow; // per own unknown: outflow . phi is the current through the boundary
};

FieldMatrices assemble_field(const Ranks& ranks, const VolumeScene& scene, const Space& space,
                             const Unknowns& unknowns);
// From local matrices (elements, sheets, open boundary, interfaces) and where they go, one process.
FieldMatrices assemble_field(const Ranks& alone, const Unknowns& unknowns,
                             std::span<const LocalMatrices> parts, const Assembly& assembly);

} // namespace foramen::field
