// Conduction velocities against NEURON's (conduction_velocity.csv): the same scheme at 5 us, and
// the default against the linear extrapolation of NEURON's 5 and 1 us to a vanishing step.
#include "axon/catalogue.hpp"
#include "response/conduction_velocity.hpp"
#include "validation/neuron/csv.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace foramen;
using namespace foramen::response;
using validation::CsvRow;

namespace {

const std::map<std::string, std::pair<std::string, axon::Ends>> models = {
    {"MRG_DISCRETE", {"mrg_discrete", axon::Ends::passive}},
    {"MRG_INTERPOLATION", {"mrg", axon::Ends::passive}},
    {"GAINES_MOTOR", {"gaines_motor", axon::Ends::sealed}},
    {"GAINES_SENSORY", {"gaines_sensory", axon::Ends::sealed}},
    {"SWEENEY", {"sweeney", axon::Ends::passive}},
    {"PENA", {"pena", axon::Ends::passive}},
    {"SUNDT", {"sundt", axon::Ends::passive}},
    {"RATTAY", {"rattay", axon::Ends::passive}},
    {"TIGERHOLM", {"tigerholm", axon::Ends::sealed}},
    {"SCHILD94", {"schild94", axon::Ends::passive}},
    {"SCHILD97", {"schild97", axon::Ends::passive}}};

double number(const CsvRow& row, const std::string& column) {
  return std::stod(row.at(column));
}

double velocity(const CsvRow& row, const axon::Integration& integration) {
  const auto& [model, ends] = models.at(row.at("model"));
  const axon::Cable cable = axon::build(model, number(row, "diameter_um") * um,
                                        static_cast<int>(number(row, "n_nodes")), ends);
  const Conduction c = conduction_velocity(
      cable, {.integration = integration,
              .stimulated_node = static_cast<std::size_t>(number(row, "stim_node")),
              .current = number(row, "I_nA") * nA,
              .pulse = number(row, "pw_ms") * ms,
              .node_a = static_cast<std::size_t>(number(row, "node_a")),
              .node_b = static_cast<std::size_t>(number(row, "node_b")),
              .stop = (number(row, "t_b_ms") + 1.0) * ms});
  return c.velocity.in(m_per_s);
}

} // namespace

TEST_CASE("conduction velocities agree with NEURON's", "[neuron]") {
  int n = 0, n_limits = 0;
  CsvRow coarse; // the 5 us row comes just before its 1 us row
  for (const CsvRow& row : validation::read_csv(validation::folder + "conduction_velocity.csv")) {
    if (!models.contains(row.at("model")))
      continue;
    ++n;
    INFO(row.at("model") << " " << row.at("diameter_um") << " um, " << row.at("dt_ms") << " ms");
    const double wanted = number(row, "CV_m_per_s");
    if (row.at("dt_ms") == "0.005") {
      // Four digits are printed; the crossing is interpolated in both.
      CHECK(velocity(row, {axon::Scheme::neuron, 5.0 * us}) == Approx(wanted).epsilon(1e-3));
      coarse = row;
      continue;
    }
    if (row.at("dt_ms") != "0.001")
      continue;
    ++n_limits;
    REQUIRE(coarse.at("diameter_um") == row.at("diameter_um"));
    // Required: 0.5 % of the limit for a vanishing step; the linear extrapolation errs by some 0.2
    // %.
    CHECK(velocity(row, ConductionOptions().integration) ==
          Approx(wanted + (wanted - number(coarse, "CV_m_per_s")) / 4.0).epsilon(0.005));
  }
  CHECK(n == 80);
  CHECK(n_limits > 30);
}

TEST_CASE("the squid's giant axon conducts at the speed that its authors computed", "[neuron]") {
  // Hodgkin and Huxley 1952, part III: 476 um, 18.5 C, 35.4 ohm cm: 18.8 m/s.
  const axon::Cable cable = axon::build("hodgkin_huxley", 476.0 * um, 401, axon::Ends::sealed);
  ConductionOptions options;
  options.stimulated_node = 20;
  options.current = 50.0 * uA;
  options.node_a = 140;
  options.node_b = 300;
  options.stop = 8.0 * ms;
  CHECK(conduction_velocity(cable, options).velocity.in(m_per_s) == Approx(18.8).epsilon(0.01));
}
