#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "response/activation.hpp"
#include "response/recovery.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::response;
using axon::test::point_source;

TEST_CASE("a fibre is refractory, then hard, then easy to fire again") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 41);
  const stimulus::FieldAtFibre field = point_source(cable, 1.0 * mm);
  const stimulus::Waveform pulse = stimulus::biphasic({.width = 100 * us});
  const std::vector<Time> intervals = {1.5 * ms, 0.4 * ms, 4 * ms, 0.6 * ms, 1 * ms, 50 * ms};
  const RecoveryCycle cycle = recovery_cycle(cable, field, pulse, intervals);
  REQUIRE(cycle.ratios.size() == 6);
  CHECK(cycle.conditioning / cycle.unconditioned.threshold == Approx(1.5));
  CHECK(std::isinf(cycle.ratios[1]));
  CHECK(std::isinf(cycle.ratios[3]));
  CHECK(cycle.ratios[4] > cycle.ratios[0]);
  CHECK(cycle.ratios[0] > 1.1);
  CHECK(cycle.ratios[2] < 0.98); // supernormal, as MRG's was made to be
  CHECK(cycle.ratios[5] == Approx(1.0).margin(0.05));
  REQUIRE(cycle.absolute_refractory());
  CHECK(cycle.absolute_refractory()->in(ms) == Approx(0.6));

  // The second pulse, spike by spike.
  const stimulus::Waveform second = stimulus::biphasic({.width = 100 * us, .delay = 1.5 * ms});
  const ThresholdJob both{
      .cable = &cable,
      .field = &field,
      .waveform = &second,
      .beside = {{.field = &field, .waveform = &pulse, .amplitude = cycle.conditioning.in(mA)}}};
  const auto spikes = [&](Current amplitude) {
    return arrived(activate(both, amplitude), cable, Detection::either_end);
  };
  CHECK(spikes(Current{}) == 1);
  CHECK(spikes(0.99 * cycle.thresholds[0].below) == 1);
  CHECK(spikes(1.01 * cycle.thresholds[0].threshold) == 2);
}

TEST_CASE("recovery without sense is refused") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 21);
  const stimulus::FieldAtFibre field = point_source(cable, 1.0 * mm);
  const stimulus::Waveform pulse = stimulus::biphasic({.width = 100 * us});
  const std::vector<Time> none = {Time{}}, one = {1 * ms};
  CHECK_THROWS_WITH(recovery_cycle(cable, field, pulse, none),
                    Catch::Contains("an interval of 0 ms"));
  CHECK_THROWS_WITH(recovery_cycle(cable, field, pulse, one, {.conditioning_factor = 1.0}),
                    Catch::Contains("a conditioning pulse of 1 times threshold"));
}

TEST_CASE("a train that must be followed pulse by pulse needs more than one that must fire once") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 41);
  const stimulus::FieldAtFibre field = point_source(cable, 1.0 * mm);
  stimulus::Waveform train = stimulus::biphasic({.width = 100 * us});
  train.repeats = 5;
  train.period = 1.2 * ms;
  std::vector<ThresholdJob> jobs;
  for (const int n : {1, 3, 5})
    jobs.push_back({.cable = &cable, .field = &field, .waveform = &train, .arrivals = n});
  const auto thresholds = find_thresholds(jobs);
  CHECK(thresholds[1].threshold >= thresholds[0].below); // every second pulse finds it rested
  CHECK(thresholds[2].threshold > 1.02 * thresholds[1].threshold);
  const auto follows = [&](std::size_t i, double factor) {
    return static_cast<int>(
        arrived(activate(jobs[i], factor * thresholds[i].threshold), cable, Detection::either_end));
  };
  CHECK(follows(1, 1.01) >= 3);
  CHECK(follows(1, 0.98) < 3);
  CHECK(follows(2, 1.01) == 5);
  CHECK(follows(2, 0.98) < 5);
}
