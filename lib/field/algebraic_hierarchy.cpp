#include "field/algebraic_hierarchy.hpp"

#include "field/interpolation.hpp"
#include "field/rank_rows.hpp"

namespace foramen::field {
namespace {

// Every rank makes its share of n rows; all get all of them.
SparseMatrix share_rows(const Ranks& ranks, std::size_t n, const auto& rows) {
  const std::vector<std::size_t> bounds = ranks.split(n);
  SparseMatrix mine;
  ranks.together([&] { mine = rows(bounds[ranks.mine()], bounds[ranks.mine() + 1]); });
  return join_rows(ranks, std::move(mine));
}

} // namespace

std::vector<AlgebraicLevel> algebraic_hierarchy(const Ranks& ranks, const SparseMatrix& finest,
                                                int coarsest) {
  std::vector<AlgebraicLevel> levels;
  const SparseMatrix* a = &finest;
  while (a->rows > coarsest) {
    const Graph dependences = strong_dependences(*a);
    const CoarseUnknowns coarse = choose_coarse(dependences);
    if (coarse.n == 0)
      break;
    AlgebraicLevel level;
    level.prolongation =
        share_rows(ranks, static_cast<std::size_t>(a->rows), [&](std::size_t b, std::size_t e) {
          return interpolation_rows(*a, dependences, coarse, b, e);
        });
    level.restriction = transpose(level.prolongation);
    level.a =
        share_rows(ranks, static_cast<std::size_t>(coarse.n), [&](std::size_t b, std::size_t e) {
          return coarse_rows(level.restriction, *a, level.prolongation, b, e);
        });
    levels.push_back(std::move(level));
    a = &levels.back().a;
  }
  return levels;
}

} // namespace foramen::field
