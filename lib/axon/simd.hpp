// Which SIMD target the kernels run on: chosen by the machine, or by who wants to compare them.
#pragma once

#include <string>
#include <vector>

namespace foramen::axon {

std::string simd_target();               // in force: "AVX3"; for provenance and benchmarks
std::vector<std::string> simd_targets(); // of this machine and build, best last

// For batches made from now on; an empty name: the best. Errors: FORAMEN_EXPECT for a target that
// is not one of simd_targets(). Not thread-safe.
void use_simd_target(const std::string& name);

} // namespace foramen::axon
