// The inner loops, compiled for several SIMD targets and chosen at run time.
#pragma once

#include "axon/batch_view.hpp"
#include "axon/cable.hpp"

#include <string>

namespace foramen::axon {

struct Kernels {
  void (*advance)(const BatchView&); // view.n_solves solves of all active lanes
  void (*settle)(const BatchView&);  // gates to their steady values at v
  std::size_t node_gates, internode_gates;
};
Kernels kernels(Kinetics kinetics);

std::string simd_target(); // "AVX3", for provenance and benchmarks

} // namespace foramen::axon
