// The global matrix from the local ones, in compressed rows.
//
// Rows are gathered: each one collects from the local matrices that touch it, always in the same
// order, so the result has the same bits for any number of threads. Columns ascend in each row; the
// full symmetric matrix is stored. Cost: 1 million quadratic unknowns 0.9 s of CPU.
#pragma once

#include "field/local_matrices.hpp"

#include <memory>
#include <span>

namespace foramen::field {

struct SparseMatrix {
  int rows = 0, columns = 0;
  std::vector<std::int64_t> begin; // rows + 1
  std::vector<int> column;
  std::vector<double> value;
};

// `unknown_of_node`: row of a node; negative: the node is left out.
SparseMatrix assemble(int n, std::span<const int> unknown_of_node,
                      std::span<const LocalMatrices> parts);
// Rows [first, last) alone, of all n columns; `parts` need only hold what touches them.
SparseMatrix assemble_rows(int first, int last, int n, std::span<const int> unknown_of_node,
                           std::span<const LocalMatrices> parts);

// The same for matrices that change while their pattern stays: which local matrices make up which
// row is found once. Cost of `refill`: as `assemble`, for the rows asked for.
class Assembly {
public:
  Assembly(int first, int last, int n, std::span<const int> unknown_of_node,
           std::span<const LocalMatrices> parts);
  ~Assembly();
  Assembly(const Assembly&) = delete;
  Assembly& operator=(const Assembly&) = delete;

  SparseMatrix matrix(std::span<const LocalMatrices> parts) const;
  // Rows whose entry of `wanted` is not zero; `a` came from `matrix`.
  void refill(SparseMatrix& a, std::span<const LocalMatrices> parts,
              std::span<const std::uint8_t> wanted) const;

private:
  struct Layout;
  std::unique_ptr<const Layout> layout_;
};

SparseMatrix transpose(const SparseMatrix& a);

} // namespace foramen::field
