// foramen verify neuron FILE.csv | verify field: the engines against references, on this machine.

#include "command.hpp"
#include "core/provenance.hpp"
#include "field/verification_cases.hpp"
#include "field/verification_estimates.hpp"
#include "response/neuron_reference.hpp"
#include "study/text_table.hpp"
#include "study_options.hpp"
#include "terminal_progress.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iomanip>
#include <iostream>

namespace foramen::apps {
namespace {

using study::significant;
using study::TextTable;

std::string per_cent(double fraction) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(4) << 100.0 * fraction << " %";
  return out.str();
}

void print_neuron(const response::NeuronReport& report) {
  TextTable table;
  table.add({"case", "reference mA", "computed mA", "deviation"});
  for (const response::NeuronRow& row : report.rows) {
    if (row.skipped.empty())
      table.add({row.case_id, significant(row.reference_mA, 6), significant(row.computed_mA, 6),
                 per_cent(row.deviation)});
    else
      table.add({row.case_id, "skipped:", row.skipped, "-"});
  }
  std::cout << table.text() << "\n"
            << report.n_compared << " compared, " << report.n_skipped << " skipped\n";
  if (report.n_compared > 0)
    std::cout << "worst: " << report.rows[report.worst].case_id << ", "
              << per_cent(report.rows[report.worst].deviation) << "\n";
}

core::ExitCode verify_neuron(const po::variables_map& values) {
  const std::string file = text_of(values, "file");
  if (file.empty())
    throw ConfigError("foramen verify neuron", "no file is named",
                      "name a CSV file of reference thresholds, for example "
                      "tests/validation/neuron/thresholds.csv");
  const bool to_zero = values.count("step-to-zero") != 0;
  const double allowed = values["allowed"].as<double>() / 100.0;
  response::NeuronSelection selection;
  selection.contains = text_of(values, "only");
  TerminalProgress progress("");
  progress.stage("thresholds");
  const response::NeuronReport report = response::verify_neuron(
      file,
      to_zero ? response::NeuronComparison::step_to_zero : response::NeuronComparison::equal_step,
      selection, progress);
  progress.finish();
  std::cout << (to_zero ? "default scheme and step against the reference's limit for step to zero\n"
                        : "NEURON's scheme at the reference's step\n");
  print_neuron(report);
  const double limit = allowed > 0.0 ? allowed : (to_zero ? 4e-3 : 5e-4);
  const auto beyond =
      std::count_if(report.rows.begin(), report.rows.end(), [limit](const auto& row) {
        return row.skipped.empty() && std::abs(row.deviation) > limit;
      });
  std::cout << beyond << " beyond " << per_cent(limit) << "\n";
  return beyond == 0 ? core::ExitCode::done : core::ExitCode::solver_failed;
}

core::ExitCode verify_field(const po::variables_map& values) {
  field::VerificationOptions options;
  const std::string preset = text_of(values, "resolution");
  const auto resolution = field::resolution_preset(preset);
  if (!resolution)
    throw ConfigError("--resolution", concat("there is no resolution \"", preset, "\""),
                      "write draft, default or fine");
  options.resolution = *resolution;
  const std::string folder = text_of(values, "file");
  options.reference_folder =
      folder.empty() ? core::data_folder() + "/../tests/validation/field" : folder;
  TerminalProgress progress("");
  TextTable table;
  table.add({"case", "reference", "computed", "deviation", "allowed", ""});
  std::size_t failed = 0;
  const auto add = [&](const field::VerificationRow& row, const std::string& deviation,
                       const std::string& limit) {
    table.add({row.name + ": " + row.quantity, significant(row.reference, 6),
               significant(row.computed, 6), deviation, limit, row.passed() ? "ok" : "FAILED"});
    failed += row.passed() ? 0 : 1;
  };
  const std::string only = text_of(values, "only");
  for (const std::string& name : field::verification_case_names()) {
    if (!only.empty() && name.find(only) == std::string::npos)
      continue;
    progress.stage(name);
    for (const field::VerificationRow& row : field::run_verification_case(name, options, progress))
      add(row, per_cent(row.deviation), per_cent(row.allowed));
  }
  table.add({"", "", "", "", "", ""});
  table.add({"error estimate", "true error", "estimated", "ratio", "allowed", ""});
  for (const field::VerificationRow& row : field::verify_estimates(options, only, progress))
    add(row, significant(row.computed / row.reference, 3),
        concat(field::least_effectivity, " to ", field::largest_effectivity));
  progress.finish();
  std::cout << table.text() << failed << " failed\n";
  return failed == 0 ? core::ExitCode::done : core::ExitCode::solver_failed;
}

void declare(po::options_description& options, po::positional_options_description& positional) {
  options.add_options()("engine", po::value<std::string>(), "neuron or field (first argument)")(
      "file", po::value<std::string>(),
      "neuron: CSV of reference thresholds; field: folder of the ring references (second "
      "argument)")("only", po::value<std::string>(), "only cases whose name contains this")(
      "step-to-zero", "neuron: the default scheme against the limit for step to zero")(
      "allowed", po::value<double>()->default_value(0.0),
      "neuron: largest deviation in per cent (default 0.05, or 0.4 with --step-to-zero)")(
      "resolution", po::value<std::string>()->default_value("default"),
      "field: of the meshes")("threads", po::value<int>(), "number of threads (default: all)");
  positional.add("engine", 1).add("file", 1);
}

core::ExitCode run(const po::variables_map& values) {
  apply_threads(values);
  const std::string engine = text_of(values, "engine");
  if (engine == "neuron")
    return verify_neuron(values);
  if (engine == "field")
    return verify_field(values);
  throw ConfigError("foramen verify",
                    engine.empty() ? "nothing to verify is named"
                                   : concat("there is no engine \"", engine, "\""),
                    "write foramen verify neuron FILE.csv, or foramen verify field");
}

} // namespace

const Command& verify_command() {
  static const Command command{
      "verify",
      "neuron FILE.csv | field",
      "check the engines against references on this machine",
      "  foramen verify neuron tests/validation/neuron/thresholds.csv\n"
      "      every row with NEURON's scheme at the row's step: reference, computed, deviation, "
      "worst\n"
      "  foramen verify neuron tests/validation/neuron/thresholds.csv --step-to-zero\n"
      "      the default scheme and step against the limit for step to zero\n"
      "  foramen verify field\n"
      "      closed forms and ring contacts, on meshes of the default resolution\n",
      declare,
      run};
  return command;
}

} // namespace foramen::apps
