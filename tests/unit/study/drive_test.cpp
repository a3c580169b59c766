#include "core/error.hpp"
#include "study/chosen_fibre.hpp"
#include "study/drive.hpp"
#include "study/stages.hpp"
#include "study/study_result.hpp"
#include "study/warnings.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

using namespace foramen;
using namespace foramen::study;
using Catch::Matchers::Contains;

namespace {

constexpr double tolerance = 1e-3; // of the brackets

Study read(const std::string& programmes, const std::string& more = "") {
  auto document = config::Document::from_text(R"([anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
[lead]
model = "drg_slimtip"
[populations.alpha_motor]
model = "mrg"
diameter = "12 um"
count = 2
)" + programmes + "\n" + more,
                                              "study.toml");
  return read_study(document);
}

// One programme, by `control`, with these contacts.
Study held(const std::string& control, const std::string& contacts, const std::string& more = "") {
  return read("[programmes.motor]\ncontacts = [" + contacts + "]\ncontrol = \"" + control +
                  "\"\npulse = { shape = \"biphasic\", width = \"210 us\" }\n",
              more.empty() ? "[thresholds]\ntolerance = 0.001\n" : more);
}

Eigen::MatrixXd impedances() { // ohm, of the four contacts
  return Eigen::Matrix4d{{600.0, 200.0, 100.0, 60.0},
                         {200.0, 500.0, 150.0, 90.0},
                         {100.0, 150.0, 700.0, 210.0},
                         {60.0, 90.0, 210.0, 650.0}};
}

// What a run does once it knows the impedances, with point sources in place of a mesh.
StudyResult run(const Study& study, const Eigen::MatrixXd& impedance) {
  const tests::TemporaryFolder folder;
  Cache cache(folder / "cache");
  StudyResult result;
  result.impedance = impedance;
  result.drive = drive_of(study, impedance);
  const PopulationSettings& population = study.populations[0];
  result.populations.push_back({place_fibres(study.anatomy.nerve, population, study.seed), {}});
  PopulationResult& found = result.populations[0];
  const auto potentials =
      fibre_potentials(study, nullptr, population, found.fibres, cache, silent());
  for (std::size_t i = 0; i < study.programmes.size(); ++i) {
    found.thresholds.push_back(programme_thresholds(study, result.drive, i, population,
                                                    found.fibres, potentials, cache, silent()));
    result.summary.push_back(summarise(study, result.drive, i, result.populations, impedance));
  }
  return result;
}

} // namespace

TEST_CASE("programmes are controlled by current unless the study says otherwise", "[study]") {
  const Study study = read("[programmes.motor]\npulse = { shape = \"biphasic\" }");
  const Drive drive = drive_of(study, impedances());
  CHECK(study.control == Control::current);
  CHECK_FALSE(drive.by_voltage());
  CHECK(drive.unit() == std::string("mA"));
  REQUIRE(drive.programmes.size() == study.programmes.size());
  for (std::size_t i = 0; i < drive.programmes.size(); ++i)
    CHECK(drive.programmes[i].weights == study.programmes[i].weights);
  CHECK(drive.amplitude(0, 2.5 * mA) == Approx(2.5));
  CHECK(drive.current(0, 2.5).in(mA) == Approx(2.5));
  CHECK(ceiling_of(study, drive) == Approx(30.0));
}

TEST_CASE("a held voltage is the threshold's current times the load in closed form", "[study]") {
  const std::string contacts = "\"E2- case+\", \"E1- E3+\"";
  const std::string series = "[generator]\ncontact_impedance = \"30 ohm\"\nseries = \"20 ohm\"\n"
                             "[thresholds]\ntolerance = 0.001\n";
  const StudyResult by_current = run(held("current", contacts, series), impedances());
  const StudyResult by_voltage = run(held("voltage", contacts, series), impedances());
  // Z22 + r, and Z11 + Z33 - 2 Z13 + 2 r, with r of both keys.
  const double loads[] = {500.0 + 50.0, 600.0 + 700.0 - 2.0 * 100.0 + 2.0 * 50.0};
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(by_voltage.drive.loads[i].in(ohm) == Approx(loads[i]).epsilon(1e-12));
    for (std::size_t k = 0; k < 2; ++k) {
      const auto& current = by_current.populations[0].thresholds[i][k];
      const auto& voltage = by_voltage.populations[0].thresholds[i][k];
      REQUIRE(current.status == response::ThresholdStatus::converged);
      REQUIRE(voltage.status == response::ThresholdStatus::converged);
      // Two brackets of the same threshold, each so narrow.
      CHECK(by_voltage.drive.amplitude(i, voltage.threshold) ==
            Approx(loads[i] * current.threshold.si()).epsilon(tolerance));
    }
    // Charge is that of the current, and the generator's voltage is the amplitude.
    const ProgrammeSummary& a = by_current.summary[i];
    const ProgrammeSummary& b = by_voltage.summary[i];
    REQUIRE((a.safety && b.safety));
    CHECK(b.safety->charge_per_phase.si() ==
          Approx(a.safety->charge_per_phase.si()).epsilon(tolerance));
    CHECK(b.safety->charge_per_phase.si() == Approx(b.working_amplitude->si() * 210e-6));
    CHECK(b.safety->voltage.in(V) ==
          Approx(by_voltage.drive.amplitude(i, *b.working_amplitude)).epsilon(1e-9));
  }
}

TEST_CASE("held cathodes share the current by their impedances, idle contacts float", "[study]") {
  const Study study = held("voltage", "\"E1- E2- E4+\"");
  const Drive drive = drive_of(study, impedances());
  const std::vector<double>& w = drive.programmes[0].weights;
  CHECK(study.programmes[0].weights[0] == 0.5); // as stated, equal
  CHECK(w[0] + w[1] == Approx(1.0));
  CHECK(w[3] == Approx(-1.0));
  CHECK(w[2] == 0.0); // floats: carries nothing, whatever its potential
  // The share that puts E1 and E2 at one potential: Z11 w1 + Z12 w2 - Z14 = Z21 w1 + Z22 w2 - Z24.
  const double share = (500.0 - 200.0 + 60.0 - 90.0) / (600.0 - 200.0 + 500.0 - 200.0);
  CHECK(w[0] == Approx(share).epsilon(1e-9));
  CHECK(w[1] > 1.2 * w[0]); // through the lower impedance
  // And the thresholds are those of these currents.
  const StudyResult result = run(study, impedances());
  Study same = held("current", "\"E1- E2- E4+\"");
  same.programmes[0].weights = w;
  const StudyResult stated = run(same, impedances());
  CHECK(result.populations[0].thresholds[0][0].threshold.si() ==
        Approx(stated.populations[0].thresholds[0][0].threshold.si()).epsilon(tolerance));
}

TEST_CASE("ceiling and capture amplitude are voltages where voltages are held", "[study]") {
  const std::string contacts = "\"E1- case+\"";
  const StudyResult free = run(held("voltage", contacts), impedances());
  const double threshold = free.drive.amplitude(0, free.populations[0].thresholds[0][0].threshold),
               other = free.drive.amplitude(0, free.populations[0].thresholds[0][1].threshold);
  const double between = std::sqrt(threshold * other);
  REQUIRE(std::max(threshold, other) > 1.01 * std::min(threshold, other));
  const std::string volts = concat("\"", between, " V\"");

  const Study captured = held("voltage", contacts, "[thresholds]\ncapture_amplitude = " + volts);
  const StudyResult result = run(captured, impedances());
  CHECK(*capture_amplitude_of(captured, result.drive) == Approx(between).epsilon(1e-4));
  CHECK(*result.summary[0].motor_captured == 0.5); // one of two fibres

  const Study limited = held("voltage", contacts, "[thresholds]\nceiling = " + volts);
  const auto rows = run(limited, impedances()).populations[0].thresholds[0];
  CHECK(std::count_if(rows.begin(), rows.end(), [](const response::ThresholdResult& r) {
          return r.status == response::ThresholdStatus::above_ceiling;
        }) == 1);
  CHECK(limited.thresholds.ceiling_voltage.in(V) == Approx(between).epsilon(1e-4));
  CHECK(held("voltage", contacts).thresholds.ceiling_voltage == 10.0 * V);
}

TEST_CASE("the best programme is the one of the lowest voltage", "[study]") {
  Eigen::MatrixXd impedance = impedances();
  impedance(1, 1) = 5000.0; // E2 needs less current than E3, but far more voltage
  const Study study = held("voltage", "\"E2- case+\", \"E3- case+\"");
  StudyResult result;
  result.drive = drive_of(study, impedance);
  result.summary.resize(2);
  result.summary[0].working_amplitude = 1.0 * mA;
  result.summary[1].working_amplitude = 2.0 * mA;
  CHECK(best_programme(study, result) == 1);
  result.drive = drive_of(held("current", "\"E2- case+\", \"E3- case+\""), impedance);
  CHECK(best_programme(study, result) == 0);
}

TEST_CASE("tables name the unit of the control", "[study]") {
  const Study study = held("voltage", "\"E1- case+\"");
  const std::string text = result_table(study, run(study, impedances()));
  CHECK_THAT(text, Contains("thresholds in V, charge and current at the motor threshold") &&
                       Contains("I mA") && !Contains("U V") && Contains("Every voltage is"));
  const Study other = held("current", "\"E1- case+\"");
  CHECK_THAT(result_table(other, run(other, impedances())),
             Contains("thresholds in mA, charge and voltage at") && Contains("U V"));
}

TEST_CASE("what control by voltage cannot mean is refused", "[study][errors]") {
  const std::string pulse = "\npulse = { shape = \"biphasic\" }\n";
  const auto motor = [&](const std::string& keys) { return "[programmes.motor]\n" + keys + pulse; };
  CHECK_THROWS_WITH(
      read(motor("control = \"voltage\"") + "[programmes.tonic]" + pulse),
      Contains("programme tonic is controlled by current, programme motor by voltage") &&
          Contains("tables and files have one unit") && Contains("each its own study"));
  CHECK_THROWS_WITH(read(motor("control = \"voltage\""), "[field]\nkind = \"point_sources\""),
                    Contains("point sources have no impedance") &&
                        Contains("or control = \"current\""));
  CHECK_THROWS_WITH(read(motor("control = \"voltage\"\ncontacts = [\"E1- 60 % E2- 40 % E3+\"]")),
                    Contains("\"E1- 60 E2- 40 E3+\" states shares of the current"));
  CHECK_THROWS_WITH(read(motor("control = \"voltage\"\ncontacts = [\"E1- E2+ 80% case+ 20%\"]")),
                    Contains("share it as their impedances have it") &&
                        Contains("leave the percentages out"));
  CHECK_THROWS_WITH(read(motor("control = \"volts\"")), Contains("choices: current, voltage"));
}

TEST_CASE("amplitudes in the unit of the other control are refused", "[study][errors]") {
  const std::string contacts = "\"each\"";
  CHECK_THROWS_WITH(held("voltage", contacts, "[thresholds]\nceiling = \"30 mA\""),
                    Contains("study.toml:") &&
                        Contains("\"30 mA\" is a current, but \"ceiling\" in [thresholds] is a "
                                 "voltage") &&
                        Contains("or voltages where programmes have control = \"voltage\""));
  CHECK_THROWS_WITH(held("voltage", contacts, "[thresholds]\ncapture_amplitude = \"2 mA\""),
                    Contains("\"2 mA\" is a current") &&
                        Contains("or voltages where programmes have control = \"voltage\""));
  CHECK_THROWS_WITH(held("current", contacts, "[thresholds]\nceiling = \"10 V\""),
                    Contains("\"10 V\" is a voltage, but \"ceiling\" in [thresholds] is a "
                             "current") &&
                        Contains("or voltages where programmes have control"));
  CHECK_THROWS_WITH(held("current", contacts, "[thresholds]\ncapture_amplitude = \"1 V\""),
                    Contains("\"1 V\" is a voltage") &&
                        Contains("or voltages where programmes have control"));
}

TEST_CASE("a sweep over the control is refused, for its table has one unit", "[study][errors]") {
  CHECK_THROWS_WITH(held("current", "\"each\"",
                         "[sweep]\n\"programmes.motor.control\" = [\"current\", \"voltage\"]"),
                    Contains("cannot share a table") && Contains("make two sweeps"));
}

TEST_CASE("a generator of the other control is warned of", "[study]") {
  const auto warned = [](const std::string& control, const std::string& generator) {
    std::string all;
    for (const std::string& line :
         warnings_before(held(control, "\"each\"", "[generator]\nmodel = \"" + generator + "\"")))
      all += line + "\n";
    return all;
  };
  CHECK_THAT(warned("voltage", "intellis"),
             Contains("the programmes are controlled by voltage, but generator intellis controls "
                      "the current.\n  remedy: set their control = \"current\", or another "
                      "generator.model"));
  CHECK_THAT(warned("current", "restore"),
             Contains("controlled by current, but generator restore controls the voltage"));
  CHECK_THAT(warned("voltage", "restore"), !Contains("controlled by"));
  CHECK_THAT(warned("current", "generic"), !Contains("controlled by"));
}

TEST_CASE("single fibres of a study controlled by voltage are refused", "[study][errors]") {
  const tests::TemporaryFolder folder;
  Cache cache(folder / "cache");
  CHECK_THROWS_WITH(choose_fibre(held("voltage", "\"each\""), {}, "foramen probe", cache, silent()),
                    Contains("programme motor is controlled by voltage") &&
                        Contains("--set programmes.motor.control=current"));
}
