// What a change of the potential does to thresholds, before anything is searched.

#include "axon/catalogue.hpp"
#include "response/first_guess.hpp"
#include "response/threshold.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::response;
using axon::test::point_source;

namespace {

const stimulus::Waveform cathodic = stimulus::monophasic({.width = 100 * us});

} // namespace

TEST_CASE("a stronger field lowers the threshold in proportion, everywhere alike", "[response]") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 41);
  const stimulus::FieldAtFibre field = point_source(cable, 1.0 * mm);
  stimulus::FieldAtFibre stronger = field;
  for (double& v : stronger.mV_per_mA)
    v *= 1.02;
  const ThresholdChange change = threshold_change(cable, field, stronger, cathodic);
  CHECK(change.direct == Approx(1.0 - 1.0 / 1.02));
  CHECK(change.nearby > 0.0);
  CHECK(change.nearby < 0.02);
  const ThresholdChange none = threshold_change(cable, field, field, cathodic);
  CHECK(none.direct == 0.0);
  CHECK(none.nearby == 0.0);
}

TEST_CASE("a bump of the potential changes the threshold by about what the first guess says",
          "[response]") {
  // A dip of 1 % of the largest potential, a millimetre wide, beside the node that fires: not a
  // multiple of the field, and on either side of it.
  for (const double diameter_um : {6.0, 10.0, 14.0})
    for (const double sign : {1.0, -1.0}) {
      const axon::Cable cable = axon::build("mrg", diameter_um * um, 41);
      const stimulus::FieldAtFibre field = point_source(cable, 1.5 * mm);
      stimulus::FieldAtFibre changed = field;
      const std::size_t middle = field.mV_per_mA.size() / 2;
      for (std::size_t k = 0; k < changed.mV_per_mA.size(); ++k) {
        const double nodes = (static_cast<double>(k) - static_cast<double>(middle)) / 11.0;
        changed.mV_per_mA[k] +=
            sign * 0.01 * field.mV_per_mA[middle] * std::exp(-0.5 * nodes * nodes);
      }
      const ThresholdJob jobs[] = {{&cable, &field, &cathodic}, {&cable, &changed, &cathodic}};
      const auto found = find_thresholds(jobs, {.tolerance = 1e-5});
      const double truth = std::abs(found[1].threshold / found[0].threshold - 1.0);
      const ThresholdChange change = threshold_change(cable, field, changed, cathodic);
      INFO(diameter_um << " um, sign " << sign);
      CHECK(truth > 0.005);
      CHECK(change.direct == Approx(truth).epsilon(0.3));
      CHECK(change.nearby < 2.0 * change.direct);
    }
}

TEST_CASE("where nothing depolarises no change is claimed", "[response]") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 41);
  const stimulus::FieldAtFibre field = point_source(cable, 1.0 * mm);
  stimulus::FieldAtFibre nothing = field;
  for (double& v : nothing.mV_per_mA)
    v = 1.0;
  CHECK(threshold_change(cable, nothing, field, cathodic).direct == 0.0);
  CHECK(threshold_change(cable, field, nothing, cathodic).nearby == 0.0);
}

TEST_CASE("the guess's weights are its derivative", "[response]") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 41);
  const stimulus::FieldAtFibre field = point_source(cable, 1.0 * mm);
  const std::vector<double> weights = guess_weights(cable, field, cathodic);
  REQUIRE(weights.size() == cable.n_nodes());
  const double before = guess_threshold_mA(cable, field, cathodic);
  double sum = 0.0; // J(phi) of a functional of degree one, scaled to 1
  for (std::size_t j = 0; j < weights.size(); ++j) {
    sum += weights[j] * field.mV_per_mA[cable.node(j)];
    stimulus::FieldAtFibre changed = field;
    const double change = 1e-5 * field.mV_per_mA[cable.node(j)];
    changed.mV_per_mA[cable.node(j)] += change;
    const double after = guess_threshold_mA(cable, changed, cathodic);
    CHECK(-std::log(after / before) == Approx(weights[j] * change).epsilon(1e-2).margin(1e-11));
  }
  CHECK(sum == Approx(1.0).epsilon(1e-12));

  stimulus::FieldAtFibre nothing = field;
  for (double& v : nothing.mV_per_mA)
    v = 1.0;
  CHECK(guess_weights(cable, nothing, cathodic).empty());
}
