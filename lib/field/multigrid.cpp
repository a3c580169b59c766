#include "field/multigrid.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/multigrid_parts.hpp"
#include "field/row_sums.hpp"
#include "field/smoother_scale.hpp"

#include <Eigen/SparseCholesky>

namespace foramen::field {
namespace {

// Values in single precision; the pattern is its own, or another matrix's that outlives it.
struct FloatMatrix {
  std::size_t rows = 0;
  std::vector<std::int64_t> begin;
  std::vector<int> column;
  std::vector<float> value;
  const std::int64_t* first = nullptr;
  const int* columns = nullptr;

  FloatMatrix() = default;
  explicit FloatMatrix(const SparseMatrix& a)
      : rows(static_cast<std::size_t>(a.rows)), value(a.value.size()), first(a.begin.data()),
        columns(a.column.data()) {
    core::parallel_for(value.size(), 65536,
                       [&](std::size_t i) { value[i] = static_cast<float>(a.value[i]); });
  }
  explicit FloatMatrix(SparseMatrix&& a) : FloatMatrix(a) {
    begin = std::move(a.begin);
    column = std::move(a.column);
    first = begin.data();
    columns = column.data();
  }
  RowsView<float> view() const { return {first, columns, value.data()}; }
};

} // namespace

struct Multigrid::Level {
  FloatMatrix a, prolongation, restriction; // the latter two: to and from the level below
  Halo halo;
  std::vector<std::size_t> coarse_bounds; // non-empty: ranks compute parts of a level that all hold
  std::vector<float> inverse_sums;
  int degree = 2;
  LaneVector<float> b, x, x_other;

  Level(const std::vector<double>& inverse, FloatMatrix floats, const Halo& rows, LevelParts& parts,
        int smoother_degree)
      : a(std::move(floats)), prolongation(std::move(parts.prolongation)),
        restriction(std::move(parts.restriction)), halo(rows),
        inverse_sums(inverse.begin(), inverse.end()), degree(smoother_degree) {}

  void each(const auto& body) const { each_row_range(a.rows, b.lanes(), body); }
  // Step k of the polynomial; it begins from zero, from a correction, or goes on.
  SmootherStep step(int i, bool from_zero) const {
    const auto k = static_cast<float>(i);
    const float c1 = i == 0 ? 0.0f : (2.0f * k - 1.0f) / (2.0f * k + 3.0f);
    return {1.0f + c1, from_zero && i == 1 ? 0.0f : c1, // the one before was zero
            (8.0f * k + 4.0f) / (2.0f * k + 3.0f)};
  }
  void smooth(bool from_zero) {
    for (int i = 0; i < degree; ++i)
      smooth_once(i, from_zero);
  }
  void smooth_once(int i, bool from_zero) {
    const SmootherStep c = step(i, from_zero);
    if (from_zero && i == 0) {
      each([&](Range r) { smooth_zero(r, inverse_sums.data(), b.data(), x_other.data(), c.c2); });
    } else {
      halo.refresh(x);
      each([&](Range r) {
        field::smooth(r, a.view(), inverse_sums.data(), b.data(), x.data(), x_other.data(), c);
      });
    }
    std::swap(x, x_other);
  }
  // From a correction; the last step gives b.x and q.x.
  std::array<PerLane, 2> smooth_and_dot(const Ranks& ranks, const LaneVector<float>& q) {
    for (int i = 0; i + 1 < degree; ++i)
      smooth_once(i, false);
    const SmootherStep c = step(degree - 1, false);
    halo.refresh(x);
    const auto dots = sum_rows<2>(ranks, a.rows, b.lanes(), [&](Range r, auto& sums) {
      smooth_and_dots(r, a.view(), inverse_sums.data(), b.data(), x.data(), x_other.data(), c,
                      q.data(), sums[0].data(), sums[1].data());
    });
    std::swap(x, x_other);
    return dots;
  }
  // The residual takes the place of x_other.
  void compute_residual() {
    halo.refresh(x);
    each([&](Range r) { residual(r, a.view(), x.data(), b.data(), x_other.data()); });
    halo.refresh(x_other);
  }
};

struct Multigrid::Coarsest {
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factor;
  LaneVector<float> b, x;
  Eigen::MatrixXd values;

  explicit Coarsest(const SparseMatrix& a) {
    std::vector<Eigen::Triplet<double>> entries;
    for (int i = 0; i < a.rows; ++i)
      for (std::int64_t k = a.begin[static_cast<std::size_t>(i)];
           k < a.begin[static_cast<std::size_t>(i) + 1]; ++k)
        entries.emplace_back(i, a.column[static_cast<std::size_t>(k)],
                             a.value[static_cast<std::size_t>(k)]);
    Eigen::SparseMatrix<double> m(a.rows, a.columns);
    m.setFromTriplets(entries.begin(), entries.end());
    factor.compute(m);
    if (factor.info() != Eigen::Success)
      throw core::SolverError("field operator", "the coarsest matrix cannot be factorised",
                              "check that every region connects to the grounded boundary");
  }
  void solve() {
    const auto rows = static_cast<Eigen::Index>(b.rows()),
               lanes = static_cast<Eigen::Index>(b.lanes());
    using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    values = factor.solve(Eigen::Map<const Rows>(b.data(), rows, lanes).cast<double>().eval());
    Eigen::Map<Rows>(x.data(), rows, lanes) = values.cast<float>();
  }
};

Multigrid::Multigrid(const Ranks& ranks, const RankRows& quadratic, SparseMatrix linear,
                     const Unknowns& unknowns, std::span<const std::size_t> bounds,
                     const MultigridOptions& options)
    : ranks_(ranks) {
  MultigridParts parts =
      share_levels(ranks, quadratic, std::move(linear), unknowns, bounds, options.share_from);
  for (std::size_t l = 0; l + 1 < parts.levels.size(); ++l) {
    LevelParts& level = parts.levels[l];
    const LevelParts& coarser = parts.levels[l + 1];
    const bool top = l == 0;
    const RankRows& rows = top ? quadratic : level.rows;
    std::vector<double> inverse;
    ranks.together([&] { inverse = inverse_row_sums(rows.a); });
    levels_.emplace_back(inverse,
                         top ? FloatMatrix(quadratic.a) : FloatMatrix(std::move(level.rows.a)),
                         rows.halo, level, top ? options.quadratic_degree : options.degree);
    if (ranks.several() && !level.whole && coarser.whole)
      levels_.back().coarse_bounds = coarser.bounds;
  }
  coarsest_ = std::make_unique<Coarsest>(parts.levels.back().rows.a);
}
Multigrid::~Multigrid() = default;

std::size_t Multigrid::n_levels() const {
  return levels_.size() + 1;
}

void Multigrid::renew(const RankRows& quadratic) {
  Level& top = levels_.front();
  core::parallel_for(quadratic.a.value.size(), 65536, [&](std::size_t i) {
    top.a.value[i] = static_cast<float>(quadratic.a.value[i]);
  });
  std::vector<double> inverse;
  ranks_.together([&] { inverse = inverse_row_sums(quadratic.a); });
  top.inverse_sums.assign(inverse.begin(), inverse.end());
}

void Multigrid::set_lanes(std::size_t lanes) {
  const auto allocate = [lanes](LaneVector<float>& v, std::size_t rows) {
    if (v.rows() != rows || v.lanes() != lanes)
      v = LaneVector<float>(rows, lanes);
  };
  for (Level& level : levels_)
    for (LaneVector<float>* v : {&level.b, &level.x, &level.x_other})
      allocate(*v, level.halo.total());
  const auto rows = static_cast<std::size_t>(coarsest_->factor.rows());
  allocate(coarsest_->b, rows);
  allocate(coarsest_->x, rows);
}

LaneVector<float>& Multigrid::right_hand_side() {
  return levels_.front().b;
}

const LaneVector<float>& Multigrid::result() const {
  return levels_.front().x;
}

RowsView<float> Multigrid::quadratic() const {
  return levels_.front().a.view();
}

std::array<PerLane, 2> Multigrid::apply(const LaneVector<float>& q) {
  Level& top = levels_.front();
  top.halo.refresh(top.b);
  restrict_from(top.b, 1);
  cycle(1);
  const LaneVector<float>& coarse_x = correction_for(0);
  top.each([&](Range r) { multiply(r, top.prolongation.view(), coarse_x.data(), top.x.data()); });
  return top.smooth_and_dot(ranks_, q);
}

// A residual of the level above, halo and all, becomes the right-hand side of `level`.
void Multigrid::restrict_from(const LaneVector<float>& residual, std::size_t level) {
  const Level& finer = levels_[level - 1];
  LaneVector<float>& b = level == levels_.size() ? coarsest_->b : levels_[level].b;
  const std::size_t lanes = b.lanes();
  const std::span<const std::size_t> bounds = finer.coarse_bounds;
  float* const own = b.data() + (bounds.empty() ? 0 : bounds[ranks_.mine()] * lanes);
  each_row_range(finer.restriction.rows, lanes,
                 [&](Range r) { multiply(r, finer.restriction.view(), residual.data(), own); });
  if (bounds.empty())
    return;
  std::vector<std::size_t> numbers;
  for (const std::size_t row : bounds)
    numbers.push_back(row * lanes);
  ranks_.gather(std::span(b.data(), b.rows() * lanes), numbers);
}

// What the level below has found, for `level` to read.
const LaneVector<float>& Multigrid::correction_for(std::size_t level) {
  if (level + 1 == levels_.size())
    return coarsest_->x;
  levels_[level + 1].halo.refresh(levels_[level + 1].x);
  return levels_[level + 1].x;
}

void Multigrid::cycle(std::size_t l) {
  if (l == levels_.size())
    return coarsest_->solve();
  Level& level = levels_[l];
  level.smooth(true);
  level.compute_residual();
  restrict_from(level.x_other, l + 1);
  cycle(l + 1);
  const LaneVector<float>& coarse_x = correction_for(l);
  level.each([&](Range r) {
    multiply_add(r, level.prolongation.view(), coarse_x.data(), level.x.data());
  });
  level.smooth(false);
}

} // namespace foramen::field
