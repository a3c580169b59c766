#include "field/smoother_scale.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/row_sums.hpp"

#include <cmath>

namespace foramen::field {

std::vector<double> inverse_row_sums(const SparseMatrix& a) {
  std::vector<double> inverse(static_cast<std::size_t>(a.rows));
  core::parallel_for(inverse.size(), row_chunk, [&](std::size_t i) {
    double diagonal = 0.0, sum = 0.0;
    for (std::int64_t k = a.begin[i]; k < a.begin[i + 1]; ++k) {
      const double value = a.value[static_cast<std::size_t>(k)];
      sum += std::abs(value);
      if (a.column[static_cast<std::size_t>(k)] == static_cast<int>(i))
        diagonal += value;
    }
    if (!(diagonal > 0.0))
      throw core::SolverError("field operator",
                              core::concat("the diagonal of unknown ", i, " is ", diagonal),
                              "check the mesh for elements without volume");
    inverse[i] = 1.0 / sum;
  });
  return inverse;
}

} // namespace foramen::field
