// Small symmetric matrices that make up the operator: one per element, sheet face, open boundary
// face, and face of a contact with an interface.
//
//   element   K_ab = int grad(N_a) . sigma grad(N_b)
//   sheet     S_ab = int (1/Rp) [N_a][N_b],  [.] the jump from inside to outside
//   interface C_ab = int (1/rho_c) {N_a}{N_b},  {.} from the tissue to the contact's metal, whose
//             potential is the last "node" (electrodes.hpp)
//   open      R_ab = int c N_a N_b,  c = (n.r) / (r . sigma^-1 r), r from the scene's
//   `open_centre`:
//             the condition that a point source in an unbounded medium of that tensor fulfils
//             exactly
//
// Siemens (K, S, C, R per 1 V). Uniform straight elements take the 4-point rule, which is exact;
// curved ones and those in regions of varying conductivity 14 points. Errors: ConfigError where a
// conductivity is not symmetric positive definite. Cost: 210 000 elements 0.17 s of CPU plus
// the conductivity calls.
#pragma once

#include "core/raw_vector.hpp"
#include "field/space.hpp"

#include <algorithm>
#include <span>

namespace foramen::field {

struct LocalMatrices {
  std::size_t size = 0;           // nodes per matrix
  core::RawVector<int> nodes;     // count x size
  core::RawVector<double> values; // count x size (size + 1) / 2, upper triangle by rows

  std::size_t count() const { return size == 0 ? 0 : nodes.size() / size; }
  std::size_t packed() const { return size * (size + 1) / 2; }
};

// Position of (a, b), a <= b, in a packed upper triangle.
inline constexpr std::size_t packed_index(std::size_t a, std::size_t b, std::size_t size) {
  return a * size - a * (a + 1) / 2 + b;
}

// `wanted`: per node; only matrices with a wanted node are computed. Empty: all of them.
using WantedNodes = std::span<const std::uint8_t>;
LocalMatrices element_matrices(const VolumeScene& scene, const Space& space,
                               WantedNodes wanted = {});
// Those of the listed elements anew, in a result that holds all.
void update_element_matrices(const VolumeScene& scene, const Space& space,
                             std::span<const int> elements, LocalMatrices& all);
LocalMatrices sheet_matrices(const Space& space, WantedNodes wanted = {});
LocalMatrices open_boundary_matrices(const VolumeScene& scene, const Space& space,
                                     WantedNodes wanted = {});
LocalMatrices interface_matrices(const VolumeScene& scene, const Space& space,
                                 WantedNodes wanted = {});
inline bool any_wanted(WantedNodes wanted, std::span<const int> nodes) {
  return wanted.empty() || std::any_of(nodes.begin(), nodes.end(), [&](int node) {
           return wanted[static_cast<std::size_t>(node)] != 0;
         });
}

// The same forms on linear functions: nodes are vertices only.
LocalMatrices on_linear(const LocalMatrices& quadratic);

} // namespace foramen::field
