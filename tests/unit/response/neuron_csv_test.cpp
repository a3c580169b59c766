#include "core/error.hpp"
#include "response/neuron_csv.hpp"
#include "response/neuron_reference.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace foramen;
using namespace foramen::response;

namespace {

const std::string header =
    "case_id,physical_case,model,diameter_um,n_nodes,node_of_closest_approach,sigma_S_per_m,"
    "sources_x_y_z_w_um,waveform_segments_t0_t1_level,dt_ms,t_stop_ms,detection_node,end_nodes,"
    "threshold_mA,note\n";
const std::string line =
    "a,A,MRG_DISCRETE,10,21,10,0.3,0;1000;0;1|5;1000;0;-1,0.1;0.2;1,0.02,5.2,18,"
    "passive,-0.5,\"a, quoted\"\n";

struct File {
  tests::TemporaryFolder folder;
  std::string path = folder / "cases.csv";
  explicit File(const std::string& text) { std::ofstream(path) << text; }
};

std::string refusal(const std::string& text) {
  const File file(text);
  try {
    read_neuron_csv(file.path);
  } catch (const ConfigError& e) {
    return e.place().substr(e.place().find("cases.csv")) + ": " + e.cause();
  }
  return "accepted";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

} // namespace

TEST_CASE("a row of a NEURON file is read with its sources and its waveform") {
  const File file(header + line);
  const auto cases = read_neuron_csv(file.path);
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].sources.size() == 2);
  CHECK(cases[0].sources[1].weight == -1.0);
  CHECK(cases[0].waveform.end().in(ms) == Approx(0.2));
  CHECK(cases[0].threshold_mA == -0.5);
}

TEST_CASE("a NEURON file that does not fit is refused with line and column") {
  CHECK(refusal("") == "cases.csv: the file cannot be read or is empty");
  CHECK(refusal("case_id\n") == "cases.csv:1: there is no column physical_case");
  CHECK(refusal(header + "a,b\n") == "cases.csv:2: 2 cells under 15 column names");
  CHECK(refusal(header + line + replaced(line, "0.02", "fast")) ==
        "cases.csv:3: column dt_ms: 'fast' is not a number");
  CHECK(refusal(header + replaced(line, "0.1;0.2;1", "0.1;0.2")) ==
        "cases.csv:2: column waveform_segments_t0_t1_level: '0.1;0.2' has 2 numbers");
}

TEST_CASE("rows that cannot be compared are reported with the reason") {
  const File file(header + replaced(line, "MRG_DISCRETE", "THIO_CUTANEOUS") +
                  replaced(line, ",10,21", ",9.9,21") +
                  replaced(line, ",18,passive", ",17,passive"));
  const NeuronReport report = verify_neuron(file.path, NeuronComparison::equal_step);
  REQUIRE(report.rows.size() == 3);
  CHECK(report.n_compared == 0);
  CHECK(report.n_skipped == 3);
  CHECK(report.rows[0].skipped == "model THIO_CUTANEOUS is not in the catalogue");
  CHECK(report.rows[1].skipped == "a diameter of 9.9 um is not in its table");
  CHECK(report.rows[2].skipped == "detection at node 17, not int(0.9 (n - 1))");
}
