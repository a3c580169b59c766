// Functions of the membrane potential, tabulated: what channel kinetics cost per step.
//
// Gates need their steady values and rates at a potential, products of exponentials that cost
// several times the rest of a step. Each function is interpolated in cells of 1/8 mV from -1300 to
// 700 mV by the polynomial of degree 3 through Chebyshev nodes: relative error below 1e-7 for every
// model of the catalogue (tests/unit/axon/rate_table_test.cpp); 65 thresholds of the reference move
// by less than 2e-7. Cells begin at multiples of 1/8 mV, so jumps that models have at whole
// millivolts stay jumps.
//
// Layout for the kernels: cell, group of 8 functions, coefficient (highest first), function;
// 64-byte aligned. Cost: 64 000 calls of `tabulate` per table, some ms; 4.1 MB per group, of which
// a run touches what its potentials visit.
#pragma once

#include <hwy/aligned_allocator.h>

#include <cstddef>

namespace foramen::axon {

// Writes all functions at v (mV).
using Tabulate = void (*)(double v_mV, double* values);

class RateTable {
public:
  static constexpr double lowest_mV = -1300.0, highest_mV = 700.0;
  static constexpr double cells_per_mV = 8.0;
  static constexpr std::size_t n_cells = 16000, n_coefficients = 4, group = 8;
  static constexpr std::size_t groups(std::size_t n_functions) {
    return (n_functions + group - 1) / group;
  }

  RateTable(std::size_t n_functions, Tabulate tabulate);

  const double* data() const { return data_.get(); }
  double value(double v_mV, std::size_t function) const; // as the kernels read it

private:
  std::size_t groups_;
  hwy::AlignedFreeUniquePtr<double[]> data_;
};

} // namespace foramen::axon
