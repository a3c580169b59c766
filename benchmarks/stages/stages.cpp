// What does each stage of a study cost from an empty cache?
//
//   bench_stages STUDY.toml [repetitions]
//
// CSV on standard output: repetition, stage, seconds, amount, unit of the amount, rate per second;
// then peak memory. Every repetition starts with an empty cache of its own.

#include "config/table.hpp"
#include "core/parallel.hpp"
#include "core/provenance.hpp"
#include "study/run_study.hpp"

#include <filesystem>
#include <iostream>
#include <sys/resource.h>

using namespace foramen;

namespace {

struct Amount {
  double count;
  const char* unit;
};

Amount amount_of(const std::string& stage, const study::Study& settings,
                 const study::StudyResult& result) {
  std::size_t fibres = 0, stations = 0;
  for (const study::PopulationResult& population : result.populations)
    for (const study::PlacedFibre& fibre : population.fibres) {
      ++fibres;
      stations += fibre.stations.size();
    }
  if (stage == "mesh")
    return {static_cast<double>(result.solver.n_tets), "tetrahedra"};
  if (stage == "field")
    return {static_cast<double>(result.solver.n_unknowns), "unknowns"};
  if (stage == "potentials")
    return {static_cast<double>(stations), "points"};
  return {static_cast<double>(fibres * settings.programmes.size()), "thresholds"};
}

void row(int repetition, const std::string& stage, double seconds, const Amount& amount) {
  std::cout << repetition << "," << stage << "," << seconds << "," << amount.count << ","
            << amount.unit << "," << amount.count / seconds << "," << core::thread_count() << ","
            << core::source_commit() << "\n";
}

} // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: bench_stages STUDY.toml [repetitions]\n";
    return 2;
  }
  auto document = config::Document::from_file(argv[1]);
  const study::Study settings = study::read_study(document);
  const int repetitions = argc > 2 ? std::stoi(argv[2]) : 1;
  std::cout << "repetition,stage,seconds,amount,unit,per_second,threads,commit\n";
  for (int r = 0; r < repetitions; ++r) {
    const auto folder = std::filesystem::temp_directory_path() / "foramen_bench_stages";
    std::filesystem::remove_all(folder);
    study::Cache cache(folder.string());
    const study::Run run = study::run_study(settings, cache);
    for (const auto& [stage, seconds] : run.result.stage_seconds)
      row(r, stage, seconds, amount_of(stage, settings, run.result));
    const field::SolverReport& solver = run.result.solver;
    if (solver.n_unknowns > 0) {
      const double contacts = static_cast<double>(run.result.impedance.rows());
      row(r, "field: numbering", solver.setup_s,
          {static_cast<double>(solver.n_tets), "tetrahedra"});
      row(r, "field: assembly", solver.assembly_s,
          {static_cast<double>(solver.n_tets), "tetrahedra"});
      row(r, "field: multigrid set-up", solver.multigrid_s,
          {static_cast<double>(solver.n_unknowns), "unknowns"});
      row(r, "field: solve", solver.solve_s, {contacts, "contacts"});
    }
    std::filesystem::remove_all(folder);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::cout << "# peak memory of this process: " << static_cast<double>(usage.ru_maxrss) / 1048576.0
            << " GB\n";
}
