// The whole pipeline without a mesh, against what physics says about it.

#include "axon/catalogue.hpp"
#include "study/run_study.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>

using namespace foramen;

namespace {

constexpr const char* text = R"(
[anatomy]
model = "homogeneous"
conductivity = "0.2 S/m"
[lead]
model = "drg_slimtip"
clearance = "1 mm"
[field]
kind = "point_sources"
[populations.alpha_motor]
model = "mrg"
count = 6
[programmes.motor]
contacts = ["E1- case+", "E1- E2+", "E2- case+"]
pulse = { shape = "monophasic", width = "200 us" }
[thresholds]
tolerance = 1e-4
)";

study::Study read(const std::vector<std::string>& overrides = {}) {
  auto document = config::Document::from_text(text, "study.toml");
  for (const std::string& assignment : overrides)
    document.override_with(assignment);
  return study::read_study(document);
}

study::StudyResult run(const study::Study& settings) {
  const tests::TemporaryFolder folder;
  study::Cache cache(folder.path());
  return std::move(study::run_study(settings, cache).result);
}

// A whole fibre laid out by hand, under the first contact alone: potentials straight from
// I / (4 pi sigma r) at the compartments.
response::ThresholdResult by_hand(const study::Study& settings, const study::PlacedFibre& fibre) {
  const anatomy::Nerve& nerve = settings.anatomy.nerve;
  const Eigen::Vector3d source = settings.leads[0].contact_centre(0);
  stimulus::FieldAtFibre field;
  for (const double s : fibre.cable.centres()) {
    const Eigen::Vector3d p = nerve.course->at(fibre.course_s[0] + s, fibre.sample.u.si(),
                                               fibre.sample.v.si()); // the nerve is straight
    field.mV_per_mA.push_back(1.0 / (4.0 * std::numbers::pi * 0.2 * (p - source).norm()));
  }
  const response::ThresholdJob job{&fibre.cable, &field, &settings.programmes[0].waveform};
  return response::find_thresholds(std::span(&job, 1), settings.thresholds.search).at(0);
}

} // namespace

TEST_CASE("thresholds scale with the conductivity of the medium", "[study][verification]") {
  const auto one = run(read());
  const auto three = run(read({"anatomy.conductivity=0.6 S/m"}));
  const auto& a = one.populations[0].thresholds;
  const auto& b = three.populations[0].thresholds;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < a[i].size(); ++k) {
      REQUIRE(a[i][k].status == response::ThresholdStatus::converged);
      // Both are upper ends of brackets 1e-4 wide.
      CHECK(b[i][k].threshold / a[i][k].threshold == Approx(3.0).epsilon(2e-4));
    }
}

TEST_CASE("the pipeline gives the threshold of a cable under a point source",
          "[study][verification]") {
  const study::Study settings = read();
  const auto result = run(settings);
  const auto direct = by_hand(settings, result.populations[0].fibres[0]);
  // Both brackets are 1e-4 wide.
  CHECK(result.populations[0].thresholds[0][0].threshold / direct.threshold ==
        Approx(1.0).epsilon(2e-4));
}

// With brackets of 1 % only a stretch of each fibre is simulated at first. At 22 mm, on the second
// phase, its cut ends would fire before its middle.
TEST_CASE("a stretch is lengthened where its cut end would fire", "[study][verification]") {
  const study::Study settings =
      read({"lead.clearance=22 mm", "thresholds.ceiling=200 mA", "thresholds.tolerance=0.01",
            "programmes.motor.pulse={ shape = \"biphasic\", width = \"200 us\" }"});
  const auto result = run(settings);
  for (std::size_t k = 0; k < result.populations[0].fibres.size(); ++k) {
    const response::ThresholdResult& found = result.populations[0].thresholds[0][k];
    const auto direct = by_hand(settings, result.populations[0].fibres[k]);
    INFO("fibre " << k);
    CHECK(found.started_at_end == direct.started_at_end);
    // Brackets of 1 %, and 6e-4 for what is beyond the stretch.
    CHECK(found.threshold / direct.threshold == Approx(1.0).epsilon(0.0106));
  }
}

TEST_CASE("a rerun from the cache gives the same bits", "[study]") {
  const tests::TemporaryFolder folder;
  study::Cache cache(folder.path());
  const study::Study settings = read();
  const auto first = study::run_study(settings, cache);
  const auto second = study::run_study(settings, cache);
  for (std::size_t i = 0; i < settings.programmes.size(); ++i)
    for (std::size_t k = 0; k < 6; ++k) {
      const auto& a = first.result.populations[0].thresholds[i][k];
      const auto& b = second.result.populations[0].thresholds[i][k];
      CHECK(a.threshold == b.threshold);
      CHECK(a.below == b.below);
      CHECK(a.latency == b.latency);
      CHECK(a.firing_node == b.firing_node);
    }
}

TEST_CASE("the summary counts fibres: motor threshold is the k-th smallest", "[study]") {
  const auto result = run(read({"thresholds.fractions=[0.01, 0.5]"}));
  std::vector<double> currents;
  for (const auto& r : result.populations[0].thresholds[0])
    currents.push_back(r.threshold.si());
  std::sort(currents.begin(), currents.end());
  CHECK(result.summary[0].motor[0].current.si() == currents[0]); // ceil(0.01 * 6) = 1
  CHECK(result.summary[0].motor[1].current.si() == currents[2]); // ceil(0.5 * 6) = 3
  CHECK(result.summary[0].sensory[0].status == response::RecruitingStatus::empty);
  CHECK_FALSE(result.summary[0].window);
}

TEST_CASE("unmyelinated fibres have the thresholds of a longer stretch by hand",
          "[study][verification]") {
  const study::Study settings =
      read({"populations.alpha_motor.model=sundt", "populations.alpha_motor.diameter=1 um",
            "populations.alpha_motor.count=2", "thresholds.ceiling=10 A",
            "programmes.motor.contacts=[\"E1- case+\"]", "thresholds.tolerance=0.01"});
  const study::StudyResult result = run(settings);
  const Eigen::Vector3d source = settings.leads[0].contact_centre(0);
  for (std::size_t i = 0; i < 2; ++i) {
    const study::PlacedFibre& fibre = result.populations[0].fibres[i];
    const double spacing = fibre.cable.internode_length().si();
    const double under = settings.anatomy.nerve.course->closest(source).s;
    const axon::Cable cable = axon::build("sundt", 1.0 * um, 2401); // 20 mm; the study takes 10
    stimulus::FieldAtFibre field;
    for (int k = -1200; k <= 1200; ++k) {
      const double s =
          fibre.course_s[0] + spacing * (std::round((under - fibre.course_s[0]) / spacing) + k);
      const Eigen::Vector3d p =
          settings.anatomy.nerve.course->at(s, fibre.sample.u.si(), fibre.sample.v.si());
      field.mV_per_mA.push_back(1.0 / (4.0 * std::numbers::pi * 0.2 * (p - source).norm()));
    }
    const response::ThresholdJob job{&cable, &field, &settings.programmes[0].waveform, 60.0 * ms};
    const auto by_hand =
        response::find_thresholds(std::span(&job, 1), settings.thresholds.search).at(0);
    const auto& r = result.populations[0].thresholds[0][i];
    REQUIRE(r.status == response::ThresholdStatus::converged);
    CHECK(r.threshold / by_hand.threshold == Approx(1.0).epsilon(0.011)); // brackets of 1 %
    CHECK(r.latency > 5.0 * ms);
  }
}
