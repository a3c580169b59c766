#include "field/lane_solver.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/lane_kernels.hpp"

#include <array>
#include <cmath>

namespace foramen::field {
namespace {

using core::concat;
using core::SolverError;

constexpr std::size_t grain = 2048;
using PerLane = std::array<double, most_lanes>;

// Runs body(range, partial sums) over all rows; adds the `count` rows of sums in chunk order.
template <std::size_t count, class Body>
std::array<PerLane, count> over_rows(std::size_t rows, std::size_t lanes, const Body& body) {
  std::vector<std::array<PerLane, count>> partial((rows + grain - 1) / grain);
  core::parallel_chunks(rows, grain, [&](std::size_t begin, std::size_t end) {
    body(Range{begin, end, lanes}, partial[begin / grain]);
  });
  std::array<PerLane, count> total{};
  for (const auto& sums : partial)
    for (std::size_t k = 0; k < count; ++k)
      for (std::size_t l = 0; l < lanes; ++l)
        total[k][l] += sums[k][l];
  return total;
}

[[noreturn]] void breakdown(const std::string& name, int iteration, double curvature) {
  throw SolverError(
      concat("contact '", name, "', iteration ", iteration),
      concat("the solver broke down: the operator is not positive (p.Ap = ", curvature, ")"),
      "check the mesh for extremely flat elements and the conductivities for "
      "extreme ratios");
}

} // namespace

LaneSolution solve_unit_currents(const SparseMatrix& a, Multigrid& multigrid,
                                 std::span<const int> unknowns, std::span<const std::string> names,
                                 const LaneTolerance& tolerance, core::Progress& progress) {
  const auto rows = static_cast<std::size_t>(a.rows);
  const std::size_t used = unknowns.size(), lanes = padded_lanes(used);
  FORAMEN_EXPECT(used <= most_lanes && names.size() == used, "lanes = ", used);
  multigrid.set_lanes(lanes);
  LaneSolution out{.x = LaneVector<double>(rows, lanes)};
  LaneVector<double> r(rows, lanes), p(rows, lanes), q(rows, lanes);
  LaneVector<float>& scaled = multigrid.right_hand_side();
  const RowsView<double> matrix{a.begin.data(), a.column.data(), a.value.data()};

  PerLane alpha{}, beta{}, scale, unscale, rz{}, start{};
  scale.fill(1.0);
  unscale.fill(1.0);
  std::array<bool, most_lanes> active{};
  for (std::size_t l = 0; l < used; ++l) {
    r(static_cast<std::size_t>(unknowns[l]), l) = 1.0; // 1 A
    active[l] = true;
  }
  const auto precondition = [&](PerLane& qz) {
    const LaneVector<float>& z = multigrid.apply();
    auto dots = over_rows<2>(rows, lanes, [&](Range range, auto& sums) {
      two_dots(range, r.data(), q.data(), z.data(), sums[0].data(), sums[1].data());
    });
    for (std::size_t l = 0; l < lanes; ++l) {
      dots[0][l] *= unscale[l];
      qz[l] = dots[1][l] * unscale[l];
    }
    return dots[0];
  };
  const auto turn = [&] { // p = z + beta p
    const LaneVector<float>& z = multigrid.result();
    over_rows<1>(rows, lanes, [&](Range range, auto&) {
      search_direction(range, beta.data(), unscale.data(), z.data(), p.data());
    });
  };
  const auto advance_all = [&] {
    return over_rows<1>(rows, lanes, [&](Range range, auto& sums) {
      advance(range, alpha.data(), scale.data(), p.data(), q.data(), out.x.data(), r.data(),
              scaled.data(), sums[0].data());
    })[0];
  };

  PerLane qz{};
  advance_all(); // alpha = 0: only hands the right-hand side to the multigrid
  rz = start = precondition(qz);
  turn();
  for (int iteration = 1;; ++iteration) {
    progress.checkpoint();
    const PerLane pq = over_rows<1>(rows, lanes, [&](Range range, auto& sums) {
      multiply_and_dot(range, matrix, p.data(), q.data(), sums[0].data());
    })[0];
    for (std::size_t l = 0; l < used; ++l) {
      if (active[l] && !(pq[l] > 0.0 && rz[l] > 0.0 && std::isfinite(pq[l] + rz[l])))
        breakdown(names[l], iteration, pq[l]);
      alpha[l] = active[l] ? rz[l] / pq[l] : 0.0;
    }
    const PerLane square = advance_all();
    const PerLane next = precondition(qz);
    bool going = false;
    std::size_t slowest = 0;
    out.residual = 0.0;
    for (std::size_t l = 0; l < used; ++l) {
      // Flexible: z.(r - r_old) = -alpha z.q. The next cycle sees a residual of length about one.
      beta[l] = active[l] ? -alpha[l] * qz[l] / rz[l] : 0.0;
      if (active[l])
        rz[l] = next[l];
      const double relative = std::sqrt(std::abs(rz[l]) / start[l]);
      if (relative > out.residual) {
        out.residual = relative;
        slowest = l;
      }
      if (active[l] && relative <= tolerance.relative)
        active[l] = false;
      going = going || active[l];
    }
    out.iterations = iteration;
    if (!going)
      return out;
    if (iteration >= tolerance.most_iterations)
      throw SolverError(concat("contact '", names[slowest], "'"),
                        concat("no convergence: residual ", out.residual, " after ", iteration,
                               " iterations, wanted ", tolerance.relative),
                        "raise the iteration limit, or check the mesh for extremely flat elements "
                        "and the conductivities for extreme ratios");
    turn();
    for (std::size_t l = 0; l < used; ++l) {
      if (active[l] && square[l] > 0.0) {
        scale[l] = 1.0 / std::sqrt(square[l]);
        unscale[l] = std::sqrt(square[l]);
      }
    }
  }
}

} // namespace foramen::field
