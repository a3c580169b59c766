#include "field_work.hpp"

#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/algebraic_hierarchy.hpp"
#include "field/field_matrices.hpp"
#include "field/lane_vector.hpp"
#include "field/multigrid.hpp"
#include "field/unit_potentials.hpp"

#include <algorithm>
#include <numeric>

namespace foramen::benchmarks {
namespace {

using namespace field;

constexpr double entry = 8.0; // a float and a column
constexpr double row = 8.0;   // where it begins

double matrix(double rows, double entries) {
  return row * rows + entry * entries;
}

// Numbers per row and lane that a level's cycle reads or writes: a first step of the smoother from
// zero (2), one that remembers no iterate (3), a further one (4), a residual (3), its restriction
// (1), a correction that is added (2) or set (1).
double two_sided_numbers(int degree) {
  const double first = 2.0 + (degree > 1 ? 3.0 + 4.0 * (degree - 2) : 0.0);
  return first + 3.0 + 1.0 + 2.0 + 3.0 + 4.0 * (degree - 1);
}
double one_sided_numbers(int degree) {
  return 1.0 + 1.0 + 3.0 + 4.0 * (degree - 1);
}

// Passes over its matrix: every step of the smoother but one from zero, and a residual.
double two_sided_passes(int degree) {
  return 2.0 * degree;
}
double one_sided_passes(int degree) {
  return degree;
}

// Of conjugate gradients: q = A p with p.q (2), r (3), q for the product with z (1), direction (5).
constexpr double gradient_numbers = 11.0, gradient_passes = 1.0;

} // namespace

FieldWork count_work(const VolumeScene& scene, const TetMesh& mesh, std::size_t contacts) {
  const Ranks& alone = Ranks::alone();
  const Space space = build_space(scene, mesh);
  const Unknowns u = number_unknowns(scene, space);
  const FieldMatrices matrices = assemble_field(alone, scene, space, u);
  const MultigridOptions options;
  const double lane_bytes = 4.0 * static_cast<double>(padded_lanes(std::min(contacts, most_lanes)));
  FieldWork work;
  work.entries = static_cast<double>(matrices.quadratic.a.value.size());
  work.linear_rows = u.n_linear;
  const double n = u.n;
  // To the linear level: itself for a vertex, two ends for an edge; there and back.
  const double between = 2.0 * n - work.linear_rows;
  work.shared_bytes =
      (one_sided_passes(options.quadratic_degree) + gradient_passes) * matrix(n, work.entries) +
      matrix(n, between) + matrix(work.linear_rows, between) +
      (one_sided_numbers(options.quadratic_degree) + gradient_numbers) * n * lane_bytes;

  const std::vector<AlgebraicLevel> below = algebraic_hierarchy(alone, matrices.linear);
  const SparseMatrix* a = &matrices.linear;
  for (const AlgebraicLevel& level : below) {
    const auto rows = static_cast<double>(a->rows);
    const auto p = static_cast<double>(level.prolongation.value.size());
    const double bytes =
        two_sided_passes(options.degree) * matrix(rows, static_cast<double>(a->value.size())) +
        matrix(rows, p) + matrix(level.a.rows, p) +
        two_sided_numbers(options.degree) * rows * lane_bytes;
    (rows < static_cast<double>(options.share_from) ? work.repeated_bytes : work.shared_bytes) +=
        bytes;
    a = &level.a;
  }
  return work;
}

double memory_bandwidth(const Ranks& ranks) {
  constexpr std::size_t n = std::size_t{1} << 24; // three arrays of 128 MB
  constexpr double bytes = 3.0 * 8.0 * static_cast<double>(n);
  std::vector<double> a(n), b(n, 1.0), d(n, 2.0);
  double least_s = 1e9;
  for (int repeat = 0; repeat < 5; ++repeat) {
    const double zero = 0.0;
    ranks.join(std::span<const double>(&zero, 1)); // they begin together
    core::Stopwatch clock;
    core::parallel_chunks(n, 1 << 18, [&](std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i)
        a[i] = b[i] + 3.0 * d[i];
    });
    least_s = std::min(least_s, clock.lap());
  }
  const double mine = bytes / least_s;
  const std::vector<double> all = ranks.join(std::span<const double>(&mine, 1));
  return std::accumulate(all.begin(), all.end(), 0.0);
}

} // namespace foramen::benchmarks
