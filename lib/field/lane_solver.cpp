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
      concat(name, ", iteration ", iteration),
      concat("the solver broke down: the operator is not positive (p.Ap = ", curvature, ")"),
      "check the mesh for extremely flat elements and the conductivities for "
      "extreme ratios");
}

// The iteration's vectors and the passes over them.
class Iteration {
public:
  Iteration(const Ranks& ranks, const RankRows& a, Multigrid& multigrid,
            std::span<const Injections> currents)
      : ranks_(ranks), a_(a), multigrid_(multigrid), currents_(currents),
        lanes_(padded_lanes(currents.size())), own_(a.halo.own()), p_(a.halo.total(), lanes_),
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
    each_own_current([&](std::size_t l, std::size_t row, double amperes) {
      double rest = amperes; // 1 A less 1 A: not in single precision
      for (std::int64_t k = matrix.begin[row]; k < matrix.begin[row + 1]; ++k)
        rest -= matrix.value[k] * x(static_cast<std::size_t>(matrix.column[k]), l);
      r()(row, l) = static_cast<float>(rest);
    });
  }

  PerLane own_products() const { // b_l.x_l
    const Eigen::MatrixXd all = products();
    PerLane result{};
    for (Eigen::Index l = 0; l < all.rows(); ++l)
      result[static_cast<std::size_t>(l)] = all(l, l);
    return result;
  }
  Eigen::MatrixXd impedance() const {
    const auto used = static_cast<Eigen::Index>(currents_.size());
    const RowsView<double> matrix{a_.a.begin.data(), a_.a.column.data(), a_.a.value.data()};
    const auto gram = sum_rows<most_lanes>(ranks_, own_, lanes_, [&](Range range, auto& sums) {
      std::array<double, most_lanes * most_lanes> packed;
      energies(range, matrix, x.data(), packed.data());
      for (std::size_t i = 0; i < lanes_; ++i)
        std::copy_n(&packed[i * lanes_], lanes_, sums[i].begin());
    });
    const Eigen::MatrixXd bx = products();
    Eigen::MatrixXd z(used, used);
    for (Eigen::Index i = 0; i < used; ++i)
      for (Eigen::Index j = 0; j < used; ++j) {
        const auto a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
        z(i, j) = bx(i, j) + bx(j, i) - 0.5 * (gram[a][b] + gram[b][a]);
      }
    return z;
  }

private:
  // Calls `f` (lane, local row, amperes) for the currents into this rank's rows.
  template <class F> void each_own_current(const F& f) const {
    for (std::size_t l = 0; l < currents_.size(); ++l)
      for (const Injection& current : currents_[l])
        if (const auto row = static_cast<std::size_t>(current.unknown) - a_.halo.first();
            row < own_)
          f(l, row, current.amperes);
  }
  Eigen::MatrixXd products() const { // b_i.x_j, on every rank
    std::size_t n = 0;
    for (const Injections& lane : currents_)
      n += lane.size();
    std::vector<double> at(n * lanes_, 0.0);
    std::size_t k = 0;
    for (const Injections& lane : currents_)
      for (const Injection& current : lane) {
        if (const auto row = static_cast<std::size_t>(current.unknown) - a_.halo.first();
            row < own_)
          std::copy_n(&x(row, 0), lanes_, &at[k * lanes_]);
        ++k;
      }
    const std::vector<double> all = ranks_.join(std::span<const double>(at));
    std::fill(at.begin(), at.end(), 0.0);
    for (std::size_t i = 0; i < all.size(); ++i) // only the owner's are not zero
      at[i % at.size()] += all[i];
    const auto used = static_cast<Eigen::Index>(currents_.size());
    Eigen::MatrixXd bx = Eigen::MatrixXd::Zero(used, used);
    k = 0;
    for (Eigen::Index i = 0; i < used; ++i)
      for (const Injection& current : currents_[static_cast<std::size_t>(i)]) {
        for (Eigen::Index j = 0; j < used; ++j)
          bx(i, j) += current.amperes * at[k * lanes_ + static_cast<std::size_t>(j)];
        ++k;
      }
    return bx;
  }
  static std::array<float, most_lanes> in_single(const PerLane& numbers) {
    std::array<float, most_lanes> result{};
    std::transform(numbers.begin(), numbers.end(), result.begin(),
                   [](double v) { return static_cast<float>(v); });
    return result;
  }
  LaneVector<float>& r() { return multigrid_.right_hand_side(); }
  void add_currents() {
    each_own_current([&](std::size_t l, std::size_t row, double amperes) {
      r()(row, l) += static_cast<float>(amperes);
    });
  }

  const Ranks& ranks_;
  const RankRows& a_;
  Multigrid& multigrid_;
  std::span<const Injections> currents_;
  std::size_t lanes_, own_;
  LaneVector<float> p_, q_, d_;
  std::array<float, most_lanes> owed_{};

public:
  LaneVector<double> x;
};

} // namespace

LaneSolution solve_currents(const Ranks& ranks, const RankRows& a, Multigrid& multigrid,
                            std::span<const Injections> currents,
                            std::span<const std::string> names, const LaneTolerance& tolerance,
                            core::Progress& progress, const LaneVector<double>* guess) {
  const std::size_t used = currents.size();
  FORAMEN_EXPECT(used <= most_lanes && names.size() == used, "lanes = ", used);
  Iteration now(ranks, a, multigrid, currents);
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
    start = now.own_products();
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
      throw SolverError(names[static_cast<std::size_t>(slowest - relative.begin())],
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

LaneVector<double> collect_rows(const Ranks& ranks, const Halo& halo, int n, LaneVector<double> x) {
  if (!ranks.several())
    return x;
  const std::vector<double> all =
      ranks.join_at_first(std::span<const double>(x.data(), halo.own() * x.lanes()));
  LaneVector<double> result(ranks.first() ? static_cast<std::size_t>(n) : 0, x.lanes());
  std::copy(all.begin(), all.end(), result.data());
  return result;
}

} // namespace foramen::field
