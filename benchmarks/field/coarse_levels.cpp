// Our algebraic levels beside BoomerAMG's, from the same linear matrix: rows, entries, seconds.
//
//   FORAMEN_MESHER=.../foramen-mesher coarse_levels [THREADS [SCALE ...]]  > coarse_levels.csv
//
// The lead of eight encapsulated rings of field_solve. Per resolution one row per side: levels,
// rows of the first three, their entries over the finest level's (operator complexity, 1 for no
// coarse level at all), seconds (the least of three).
#include "boomeramg.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/field_matrices.hpp"
#include "field/mesher.hpp"
#include "ring_scene.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>

using namespace foramen;
using namespace foramen::field;

namespace {

SparseMatrix linear_matrix(double scale) {
  const VolumeScene scene = benchmarks::ring_scene(8, scale);
  const TetMesh mesh = make_mesh(scene);
  const Space space = build_space(scene, mesh);
  return assemble_field(Ranks::alone(), scene, space, number_unknowns(scene, space)).linear;
}

void report(const char* side, const SparseMatrix& a,
            const std::function<std::vector<AlgebraicLevel>()>& coarsen) {
  double least_s = 1e9;
  std::vector<AlgebraicLevel> levels;
  for (int repeat = 0; repeat < 3; ++repeat) {
    core::Stopwatch clock;
    levels = coarsen();
    least_s = std::min(least_s, clock.lap());
  }
  const auto finest = static_cast<double>(a.value.size());
  double entries = finest;
  for (const AlgebraicLevel& level : levels)
    entries += static_cast<double>(level.a.value.size());
  std::cout << side << ',' << core::thread_count() << ',' << a.rows << ',' << levels.size();
  for (std::size_t l = 0; l < 3; ++l)
    std::cout << ',' << (l < levels.size() ? levels[l].a.rows : 0);
  std::cout << ',' << entries / finest << ',' << least_s << std::endl;
}

} // namespace

int main(int argc, char** argv) {
  if (argc > 1)
    core::set_thread_count(static_cast<std::size_t>(std::max(1, std::atoi(argv[1]))));
  std::cout << "side,threads,rows,levels,rows_1,rows_2,rows_3,operator_complexity,seconds\n";
  for (int i = 2; i < std::max(argc, 3); ++i) {
    const SparseMatrix a = linear_matrix(argc > 2 ? std::atof(argv[i]) : 1.0);
    report("own", a, [&] { return algebraic_hierarchy(Ranks::alone(), a); });
    report("boomeramg", a, [&] { return benchmarks::boomeramg_levels(a); });
  }
}
