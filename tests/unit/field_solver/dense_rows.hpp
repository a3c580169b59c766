// Small matrices as compressed rows and back.
#pragma once

#include "field/operator.hpp"

#include <Eigen/Core>

namespace foramen::tests {

inline field::SparseMatrix rows_of(const Eigen::MatrixXd& m) {
  field::SparseMatrix a{.rows = static_cast<int>(m.rows()),
                        .columns = static_cast<int>(m.cols()),
                        .begin = {0},
                        .column = {},
                        .value = {}};
  for (int i = 0; i < a.rows; ++i) {
    for (int j = 0; j < a.columns; ++j)
      if (m(i, j) != 0.0) {
        a.column.push_back(j);
        a.value.push_back(m(i, j));
      }
    a.begin.push_back(static_cast<std::int64_t>(a.column.size()));
  }
  return a;
}

inline Eigen::MatrixXd dense(const field::SparseMatrix& a) {
  Eigen::MatrixXd m = Eigen::MatrixXd::Zero(a.rows, a.columns);
  for (int i = 0; i < a.rows; ++i)
    for (auto k = static_cast<std::size_t>(a.begin[static_cast<std::size_t>(i)]);
         k < static_cast<std::size_t>(a.begin[static_cast<std::size_t>(i) + 1]); ++k)
      m(i, a.column[k]) += a.value[k];
  return m;
}

} // namespace foramen::tests
