// What one core can do at most, measured: the denominators of the floors.
//
// For the SIMD target in force (axon/simd.hpp), lanes as wide as the kernels':
//   operations_per_ns  twelve independent chains of multiply-adds (without such an instruction: of
//                      a multiplication and an addition), two operations each
//   loaded, stored     bytes per ns from and to the first-level cache (8 kB)
// The best of many repetitions. Cost: some 10 ms.
#pragma once

namespace foramen::benchmarks {

struct CorePeak {
  double operations_per_ns = 0.0, loaded_bytes_per_ns = 0.0, stored_bytes_per_ns = 0.0;
};
CorePeak core_peak();

// Processor time of this thread: other work on the machine counts as little as it can.
double thread_ns();

} // namespace foramen::benchmarks
