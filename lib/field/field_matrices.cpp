#include "field/field_matrices.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/local_matrices.hpp"
#include "field/row_sums.hpp"

#include <array>

namespace foramen::field {
namespace {

struct Own {
  int first, last;
  bool has(int unknown) const { return unknown >= first && unknown < last; }
};

// Nodes whose rows are here; empty when all are.
std::vector<std::uint8_t> own_nodes(const Ranks& ranks, const Unknowns& u, const Own& own) {
  std::vector<std::uint8_t> wanted;
  if (!ranks.several())
    return wanted;
  wanted.resize(u.of_node.size());
  core::parallel_for(wanted.size(), 16384,
                     [&](std::size_t i) { wanted[i] = own.has(u.of_node[i]) ? 1 : 0; });
  return wanted;
}

// The current that leaves through grounded nodes, -(K phi) summed over them, and through open
// faces, by own unknown.
std::vector<double> outflow_weights(const Unknowns& u, const Own& own,
                                    std::span<const LocalMatrices> parts) {
  std::vector<double> weights(static_cast<std::size_t>(own.last - own.first), 0.0);
  constexpr std::size_t open_part = 2;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const LocalMatrices& part = parts[k];
    for (std::size_t m = 0; m < part.count(); ++m) {
      const int* nodes = part.nodes.data() + m * part.size;
      for (std::size_t a = 0; a < part.size; ++a) {
        const bool leaves = k == open_part || u.grounded[static_cast<std::size_t>(nodes[a])];
        for (std::size_t b = 0; leaves && b < part.size; ++b) {
          const int column = u.of_node[static_cast<std::size_t>(nodes[b])];
          const double value = part.values[m * part.packed() +
                                           packed_index(std::min(a, b), std::max(a, b), part.size)];
          if (own.has(column))
            weights[static_cast<std::size_t>(column - own.first)] +=
                k == open_part ? value : -value;
        }
      }
    }
  }
  return weights;
}

Own own_rows(const Ranks& ranks, const std::vector<std::size_t>& bounds) {
  return {static_cast<int>(bounds[ranks.mine()]), static_cast<int>(bounds[ranks.mine() + 1])};
}

SparseMatrix linear_rows(const Unknowns& u, const Own& own, std::span<const LocalMatrices> parts) {
  std::vector<LocalMatrices> linear;
  for (const LocalMatrices& part : parts)
    linear.push_back(on_linear(part));
  const auto linear_below = [&](int unknown) { // linear unknowns among the first so many
    return static_cast<int>(std::count_if(u.linear_of.begin(), u.linear_of.begin() + unknown,
                                          [](int l) { return l != Unknowns::none; }));
  };
  std::vector<int> linear_of_node(u.of_node.size(), Unknowns::none);
  for (std::size_t i = 0; i < linear_of_node.size(); ++i)
    if (u.of_node[i] != Unknowns::none)
      linear_of_node[i] = u.linear_of[static_cast<std::size_t>(u.of_node[i])];
  return assemble_rows(linear_below(own.first), linear_below(own.last), u.n_linear, linear_of_node,
                       linear);
}

} // namespace

FieldMatrices assemble_field(const Ranks& ranks, const VolumeScene& scene, const Space& space,
                             const Unknowns& u) {
  FieldMatrices out;
  out.bounds = ranks.split(static_cast<std::size_t>(u.n), row_chunk);
  const Own own = own_rows(ranks, out.bounds);
  ranks.together([&] {
    const std::vector<std::uint8_t> wanted = own_nodes(ranks, u, own);
    const LocalMatrices parts[] = {
        element_matrices(scene, space, wanted), sheet_matrices(space, wanted),
        open_boundary_matrices(scene, space, wanted), interface_matrices(scene, space, wanted)};
    out.quadratic.a = assemble_rows(own.first, own.last, u.n, u.of_node, parts);
    out.linear = linear_rows(u, own, parts);
    out.outflow = outflow_weights(u, own, parts);
  });
  if (ranks.several())
    out.quadratic.halo = Halo(ranks, out.bounds, {out.quadratic.a.column});
  else
    out.quadratic.halo = Halo(static_cast<std::size_t>(u.n));
  localise(out.quadratic.a, out.quadratic.halo);
  return out;
}

FieldMatrices assemble_field(const Ranks& alone, const Unknowns& u,
                             std::span<const LocalMatrices> parts, const Assembly& assembly) {
  FORAMEN_EXPECT(!alone.several(), alone.count());
  FieldMatrices out;
  out.bounds = alone.split(static_cast<std::size_t>(u.n), row_chunk);
  const Own own = own_rows(alone, out.bounds);
  out.quadratic = {assembly.matrix(parts), Halo(static_cast<std::size_t>(u.n))};
  out.linear = linear_rows(u, own, parts);
  out.outflow = outflow_weights(u, own, parts);
  return out;
}

} // namespace foramen::field
