#include "study/estimate.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"

#include <cmath>
#include <sstream>

namespace foramen::study {
namespace {

// The machine of benchmarks/README.md.
constexpr double seconds_mesh_and_field = 11.0; // default resolution, eight contacts, two cores
constexpr double seconds_per_fibre = 0.04;      // of one core: its potentials
constexpr double seconds_per_threshold = 0.02;  // of one core: Gaines models at 1 %
constexpr double gigabytes_field = 0.8;

std::string rounded(double value) {
  std::ostringstream out;
  out.precision(2);
  out << value;
  return out.str();
}

} // namespace

std::string cost_estimate(const Study& study) {
  std::size_t fibres = 0;
  for (const PopulationSettings& population : study.populations)
    fibres += population.count * population.node_phases;
  const std::size_t thresholds = fibres * study.programmes.size();
  const bool mesh = study.field.kind == FieldSettings::Kind::finite_elements;
  const double refinement = mesh ? std::pow(study.field.refine, 3) : 0.0;
  const double core_seconds = static_cast<double>(thresholds) * seconds_per_threshold +
                              (mesh ? static_cast<double>(fibres) * seconds_per_fibre : 0.0);
  const double seconds = refinement * seconds_mesh_and_field +
                         core_seconds / static_cast<double>(core::thread_count());
  std::ostringstream out;
  out << "# cost: " << fibres << " fibres x " << study.programmes.size()
      << " contact configurations = " << thresholds << " thresholds\n"
      << "#       about " << rounded(std::max(1.0, seconds)) << " s on " << core::thread_count()
      << " threads and " << rounded(0.3 + refinement * gigabytes_field)
      << " GB from an empty cache\n";
  if (!study.sweep.empty())
    out << "#       the sweep has " << sweep_size(study.sweep) << " points\n";
  return out.str();
}

} // namespace foramen::study
