// How wrong is the default mesh where fibres run, and what does less cost?
//
//   FORAMEN_MESHER=.../foramen-mesher axis_error STUDY.toml [REFERENCE [SCALE ...]]  >
//   axis_error.csv
//
// The study's scene with all sizes times SCALE (1.4, 1 and 0.8 by default), judged by one with
// sizes times REFERENCE (0.5), on the nerve's axis and on the axes of its fascicles
// (nerve_lines.hpp): the median of the potential's relative error and of its second difference's
// over all points and contacts, and the largest difference relative to the line's largest. The
// reference's own error, some REFERENCE^3 of the default's, is in the numbers.
#include "config/table.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "field/mesher.hpp"
#include "field/unit_potentials.hpp"
#include "nerve_lines.hpp"
#include "study/stages.hpp"
#include "study/study.hpp"

#include <cstdlib>
#include <iostream>
#include <span>

using namespace foramen;

namespace {

struct Solution {
  field::UnitPotentials potentials;
  double mesh_s, field_s;
};

Solution solve(study::Study study, double scale) {
  study.field.refine /= scale;
  const field::VolumeScene scene = study::study_scene(study);
  core::Stopwatch clock;
  const field::TetMesh mesh = field::make_mesh(scene);
  const double mesh_s = clock.lap();
  field::UnitPotentials u = field::solve_unit_potentials(scene, mesh);
  return {std::move(u), mesh_s, clock.lap()};
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: axis_error STUDY.toml [REFERENCE [SCALE ...]]\n";
    return 2;
  }
  auto document = config::Document::from_file(argv[1]);
  const study::Study study = study::read_study(document);
  const double reference_scale = argc > 2 ? std::strtod(argv[2], nullptr) : 0.5;
  std::vector<double> scales;
  for (int i = 3; i < argc; ++i)
    scales.push_back(std::strtod(argv[i], nullptr));
  if (scales.empty())
    scales = {1.4, 1.0, 0.8};
  const Solution reference = solve(study, reference_scale);
  const auto& report = reference.potentials.report;
  std::cerr << "reference: " << report.n_unknowns << " unknowns, " << report.iterations
            << " iterations\n";
  const benchmarks::NerveLines lines = benchmarks::nerve_lines(study.anatomy.nerve);
  std::cout << "scale,unknowns,mesh_s,field_s,axis_potential_median,axis_second_median,"
               "axis_second_largest,fascicles_potential_median,fascicles_second_median,"
               "fascicles_second_largest\n";
  for (const double scale : scales) {
    const Solution s = solve(study, scale);
    const auto by_line = benchmarks::differences(reference.potentials, s.potentials, lines);
    std::cout << scale << ',' << s.potentials.report.n_unknowns << ',' << s.mesh_s << ','
              << s.field_s;
    for (const std::span group : {std::span(by_line).first(1), std::span(by_line).subspan(1)})
      std::cout << ',' << benchmarks::median(group, &benchmarks::PointErrors::potential) << ','
                << benchmarks::median(group, &benchmarks::PointErrors::second) << ','
                << benchmarks::largest(group).second;
    std::cout << std::endl;
  }
}
