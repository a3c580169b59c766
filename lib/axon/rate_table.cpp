#include "axon/rate_table.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace foramen::axon {
namespace {

constexpr std::size_t n = RateTable::n_coefficients;
using Values = std::array<double, n>;

// Chebyshev nodes of [-1/2, 1/2].
Values chebyshev_nodes() {
  Values x{};
  for (std::size_t i = 0; i < n; ++i)
    x[i] = 0.5 * std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / n);
  return x;
}

// Coefficients, highest power first, of the polynomial through (x, f): Newton's divided
// differences, multiplied out.
Values interpolate(const Values& x, Values f) {
  for (std::size_t k = 1; k < n; ++k)
    for (std::size_t i = n - 1; i >= k; --i)
      f[i] = (f[i] - f[i - 1]) / (x[i] - x[i - k]);
  Values p{}; // lowest power first
  p[0] = f[n - 1];
  for (std::size_t i = n - 1; i-- > 0;) {
    for (std::size_t k = n - 1; k > 0; --k)
      p[k] = p[k - 1] - x[i] * p[k];
    p[0] = f[i] - x[i] * p[0];
  }
  std::reverse(p.begin(), p.end());
  return p;
}

} // namespace

RateTable::RateTable(std::size_t n_functions, Tabulate tabulate)
    : groups_(groups(n_functions)), data_(hwy::AllocateAligned<double>(std::max<std::size_t>(
                                        1, n_cells * groups_ * n_coefficients * group))) {
  std::fill_n(data_.get(), n_cells * groups_ * n_coefficients * group, 0.0);
  const Values nodes = chebyshev_nodes();
  std::vector<double> at_nodes(n * n_functions);
  for (std::size_t cell = 0; n_functions > 0 && cell < n_cells; ++cell) {
    for (std::size_t i = 0; i < n; ++i)
      tabulate(lowest_mV + (static_cast<double>(cell) + 0.5 + nodes[i]) / cells_per_mV,
               &at_nodes[i * n_functions]);
    for (std::size_t k = 0; k < n_functions; ++k) {
      Values f{};
      for (std::size_t i = 0; i < n; ++i)
        f[i] = at_nodes[i * n_functions + k];
      const Values p = interpolate(nodes, f);
      double* out = &data_[((cell * groups_ + k / group) * n_coefficients) * group + k % group];
      for (std::size_t c = 0; c < n_coefficients; ++c) {
        FORAMEN_EXPECT(std::isfinite(p[c]), "function ", k, " near ",
                       lowest_mV + static_cast<double>(cell) / cells_per_mV, " mV");
        out[c * group] = p[c];
      }
    }
  }
}

double RateTable::value(double v_mV, std::size_t function) const {
  const double place = (std::clamp(v_mV, lowest_mV, highest_mV - 0.1) - lowest_mV) * cells_per_mV;
  const double cell = std::floor(place);
  const double x = place - cell - 0.5;
  const double* c =
      &data_[((static_cast<std::size_t>(cell) * groups_ + function / group) * n_coefficients) *
                 group +
             function % group];
  double sum = 0.0;
  for (std::size_t k = 0; k < n_coefficients; ++k)
    sum = sum * x + c[k * group];
  return sum;
}

} // namespace foramen::axon
