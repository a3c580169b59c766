// Double-precision operations and memory traffic of the kernels of lib/axon, counted as they run.
//
// The kernels are compiled once more, on lanes whose arithmetic counts itself
// (operation_counts.cpp): nothing is counted by hand, and what depends on the data (gates that need
// an exponential, lanes that have ended) is counted as it happens. A run of a counted cable gives
// the same numbers as the library's portable lanes.
//
// Counted: additions, multiplications, divisions and square roots as one operation each, multiply-
// adds as two, per lane; loads and stores of lanes, 8 bytes per lane, wherever the data lie. Not
// counted: comparisons, selections, shuffles, integer operations, constants. A logarithm (one in
// Tigerholm's and Schild's reversal potentials) counts as 30. The lanes are two wide: of the eight
// columns of a table only those are read that hold a function, rounded up to two.
//
// Counts belong to the thread.
#pragma once

#include "axon/cable.hpp"

namespace foramen::benchmarks {

struct OperationCount {
  double operations = 0.0, loaded_bytes = 0.0, stored_bytes = 0.0;
};
OperationCount operator-(const OperationCount& a, const OperationCount& b);
OperationCount operator/(const OperationCount& a, double by);

// The same fibre, whose runs count. Lives as long as the program.
axon::Cable counted(const axon::Cable& cable);

OperationCount operations_so_far();

} // namespace foramen::benchmarks
