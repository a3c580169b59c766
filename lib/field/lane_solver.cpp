#include "field/lane_solver.hpp"

#include "core/error.hpp"
#include "field/row_sums.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::field {
namespace {

using core::concat;
using core::SolverError;

// Residuals are renewed when they have fallen to this: single precision has by then lost some
// 1e-7 / 0.03 of what is left.
constexpr double renew_below = 1.0 / 30.0;
// A residual that has fallen further than this without being renewed does not count as converged:
// in small problems one iteration can fall by more than single precision holds.
constexpr double believe_above = 1e-3;

[[noreturn]] void breakdown(const std::string& name, int iteration, double curvature) {
  throw SolverError(
      concat("contact '", name, "', iteration ", iteration),
      concat("the solver broke down: the operator is not positive (p.Ap = ", curvature, ")"),
      "check the mesh for extremely flat elements and the conductivities for "
      "extreme ratios");
}

// The iteration's vectors and the passes over them.
class Iteration {
public:
  Iteration(const Ranks& ranks, const RankRows& a, Multigrid& multigrid,
            std::span<const int> unknowns)
      : ranks_(ranks), a_(a), multigrid_(multigrid), unknowns_(unknowns),
        lanes_(padded_lanes(unknowns.size())), own_(a.halo.own()), p_(a.halo.total(), lanes_),
        q_(own_, lanes_), d_(own_, lanes_), x(a.halo.total(), lanes_) {
    multigrid.set_lanes(lanes_);
    std::fill_n(r().data(), r().rows() * lanes_, 0.0f);
    add_currents();
  }

  // z = M r; returns r . z and q . z.
  std::array<PerLane, 2> precondition() { return multigrid_.apply(q_); }
  void turn(const PerLane& beta) { // p = z + beta p
    const auto b = in_single(beta);
    each_row_range(own_, lanes_, [&](Range range) {
      search_direction(range, owed_.data(), b.data(), multigrid_.result().data(), p_.data(),
                       d_.data());
    });
    owed_ = {};
  }
  PerLane apply() { // q = A p; returns p . q
    a_.halo.refresh(p_);
    return sum_rows<1>(ranks_, own_, lanes_, [&](Range range, auto& sums) {
      multiply_and_dot(range, multigrid_.quadratic(), p_.data(), q_.data(), sums[0].data());
    })[0];
  }
  // r -= alpha q; d owes alpha p, which waits for the next pass over p.
  void step(const PerLane& alpha) {
    owed_ = in_single(alpha);
    each_row_range(own_, lanes_,
                   [&](Range range) { reduce(range, owed_.data(), q_.data(), r().data()); });
  }
  void absorb_steps() {
    each_row_range(own_, lanes_, [&](Range range) {
      absorb(range, owed_.data(), p_.data(), d_.data(), x.data());
    });
    owed_ = {};
    a_.halo.refresh(x);
  }
  void renew_residual() {
    absorb_steps();
    const RowsView<double> matrix{a_.a.begin.data(), a_.a.column.data(), a_.a.value.data()};
    each_row_range(own_, lanes_,
                   [&](Range range) { negative_product(range, matrix, x.data(), r().data()); });
    for (std::size_t l = 0; l < unknowns_.size(); ++l) { // 1 A less 1 A: not in single precision
      const auto row = static_cast<std::size_t>(unknowns_[l]) - a_.halo.first();
      if (row >= own_)
        continue;
      double rest = 1.0;
      for (std::int64_t k = matrix.begin[row]; k < matrix.begin[row + 1]; ++k)
        rest -= matrix.value[k] * x(static_cast<std::size_t>(matrix.column[k]), l);
      r()(row, l) = static_cast<float>(rest);
    }
  }

  PerLane at_contacts() const { // each lane's potential where its current enters
    const std::vector<double> at = potentials_at_unknowns();
    PerLane result{};
    for (std::size_t l = 0; l < unknowns_.size(); ++l)
      result[l] = at[l * lanes_ + l];
    return result;
  }
  Eigen::MatrixXd impedance() const {
    const auto used = static_cast<Eigen::Index>(unknowns_.size());
    const RowsView<double> matrix{a_.a.begin.data(), a_.a.column.data(), a_.a.value.data()};
    const auto gram = sum_rows<most_lanes>(ranks_, own_, lanes_, [&](Range range, auto& sums) {
      std::array<double, most_lanes * most_lanes> packed;
      energies(range, matrix, x.data(), packed.data());
      for (std::size_t i = 0; i < lanes_; ++i)
        std::copy_n(&packed[i * lanes_], lanes_, sums[i].begin());
    });
    const std::vector<double> at = potentials_at_unknowns();
    Eigen::MatrixXd z(used, used);
    for (Eigen::Index i = 0; i < used; ++i)
      for (Eigen::Index j = 0; j < used; ++j) {
        const auto a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
        z(i, j) = at[a * lanes_ + b] + at[b * lanes_ + a] - 0.5 * (gram[a][b] + gram[b][a]);
      }
    return z;
  }

private:
  std::vector<double> potentials_at_unknowns() const { // unknowns x lanes, on every rank
    std::vector<double> at(unknowns_.size() * lanes_, 0.0);
    for (std::size_t i = 0; i < unknowns_.size(); ++i)
      if (const auto row = static_cast<std::size_t>(unknowns_[i]) - a_.halo.first(); row < own_)
        std::copy_n(&x(row, 0), lanes_, &at[i * lanes_]);
    const std::vector<double> all = ranks_.join(std::span<const double>(at));
    std::fill(at.begin(), at.end(), 0.0);
    for (std::size_t k = 0; k < all.size(); ++k) // only the owner's are not zero
      at[k % at.size()] += all[k];
    return at;
  }
  static std::array<float, most_lanes> in_single(const PerLane& numbers) {
    std::array<float, most_lanes> result{};
    std::transform(numbers.begin(), numbers.end(), result.begin(),
                   [](double v) { return static_cast<float>(v); });
    return result;
  }
  LaneVector<float>& r() { return multigrid_.right_hand_side(); }
  void add_currents() { // 1 A into one unknown per lane
    for (std::size_t l = 0; l < unknowns_.size(); ++l) {
      const auto row = static_cast<std::size_t>(unknowns_[l]) - a_.halo.first();
      if (row < own_)
        r()(row, l) += 1.0f;
    }
  }

  const Ranks& ranks_;
  const RankRows& a_;
  Multigrid& multigrid_;
  std::span<const int> unknowns_;
  std::size_t lanes_, own_;
  LaneVector<float> p_, q_, d_;
  std::array<float, most_lanes> owed_{};

public:
  LaneVector<double> x;
};

} // namespace

LaneSolution solve_unit_currents(const Ranks& ranks, const RankRows& a, Multigrid& multigrid,
                                 std::span<const int> unknowns, std::span<const std::string> names,
                                 const LaneTolerance& tolerance, core::Progress& progress,
                                 const LaneVector<double>* guess) {
  const std::size_t used = unknowns.size();
  FORAMEN_EXPECT(used <= most_lanes && names.size() == used, "lanes = ", used);
  Iteration now(ranks, a, multigrid, unknowns);
  LaneSolution out;
  PerLane alpha{}, beta{}, relative{}, renewed{};
  std::array<bool, most_lanes> active{};
  std::fill_n(active.begin(), used, true);

  if (guess != nullptr) {
    std::copy_n(guess->data(), a.halo.own() * guess->lanes(), now.x.data());
    now.renew_residual();
  }
  PerLane rz = now.precondition()[0];
  PerLane start = rz;
  if (guess != nullptr)
    start = now.at_contacts();
  for (std::size_t l = 0; l < used; ++l)
    renewed[l] = relative[l] = std::sqrt(std::abs(rz[l]) / start[l]);
  out.start_residual =
      *std::max_element(relative.begin(), relative.begin() + static_cast<std::ptrdiff_t>(used));
  now.turn(beta);
  for (out.iterations = 1;; ++out.iterations) {
    progress.checkpoint();
    const PerLane pq = now.apply();
    bool renew = false;
    for (std::size_t l = 0; l < used; ++l) {
      if (active[l] && !(pq[l] > 0.0 && rz[l] > 0.0 && std::isfinite(pq[l] + rz[l])))
        breakdown(names[l], out.iterations, pq[l]);
      alpha[l] = active[l] ? rz[l] / pq[l] : 0.0;
      renew = renew || (active[l] && relative[l] < renew_below * renewed[l]);
    }
    now.step(alpha);
    if (renew) {
      now.renew_residual();
      renewed = relative;
      ++out.renewals;
    }
    const auto [next, qz] = now.precondition();
    for (std::size_t l = 0; l < used; ++l) {
      // Flexible: z.(r - r_old) = -alpha z.q.
      beta[l] = active[l] ? -alpha[l] * qz[l] / rz[l] : 0.0;
      if (active[l]) {
        rz[l] = next[l];
        relative[l] = std::sqrt(std::abs(rz[l]) / start[l]);
      }
      active[l] = active[l] && !(relative[l] <= tolerance.relative);
    }
    const auto slowest =
        std::max_element(relative.begin(), relative.begin() + static_cast<std::ptrdiff_t>(used));
    out.residual = *slowest;
    if (std::none_of(active.begin(), active.end(), [](bool going) { return going; })) {
      bool doubtful = false;
      for (std::size_t l = 0; l < used; ++l)
        doubtful = doubtful || relative[l] < believe_above * renewed[l];
      if (!doubtful)
        break;
      now.renew_residual();
      ++out.renewals;
      rz = now.precondition()[0];
      for (std::size_t l = 0; l < used; ++l) {
        renewed[l] = relative[l] = std::sqrt(std::abs(rz[l]) / start[l]);
        active[l] = !(relative[l] <= tolerance.relative);
        beta[l] = 0.0; // those that go on begin anew
      }
      out.residual =
          *std::max_element(relative.begin(), relative.begin() + static_cast<std::ptrdiff_t>(used));
      if (std::none_of(active.begin(), active.end(), [](bool going) { return going; }))
        break;
    }
    if (out.iterations >= tolerance.most_iterations)
      throw SolverError(
          concat("contact '", names[static_cast<std::size_t>(slowest - relative.begin())], "'"),
          concat("no convergence: residual ", out.residual, " after ", out.iterations,
                 " iterations, wanted ", tolerance.relative),
          "raise the iteration limit, or check the mesh for extremely flat elements "
          "and the conductivities for extreme ratios");
    now.turn(beta);
  }
  now.absorb_steps();
  out.impedance = now.impedance();
  out.x = std::move(now.x);
  return out;
}

} // namespace foramen::field
