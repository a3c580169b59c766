#include "axon/catalogue.hpp"
#include "response/activation.hpp"
#include "response/conduction_velocity.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace foramen;
using namespace foramen::response;

TEST_CASE("just above its threshold a fibre fires, just below it does not") {
  const axon::Cable cable = axon::build("gaines_sensory", 9.0 * um, 31);
  const stimulus::FieldAtFibre field = axon::test::point_source(cable, 2.0 * mm);
  const stimulus::Waveform pulse = stimulus::biphasic({.width = 210 * us, .delay = 30 * us});
  const ThresholdJob job{&cable, &field, &pulse};
  const ThresholdResult r = find_thresholds(std::span(&job, 1))[0];
  const Activation fires = activate(job, r.threshold);
  CHECK(fires.fired);
  CHECK(fires.first_node == r.firing_node);
  // Searches take longer steps once the pulse is over (axon/integrator.hpp).
  CHECK(fires.latency.in(us) == Approx(r.latency.in(us)).epsilon(0.1));
  CHECK(fires.crossings[3].has_value());
  CHECK_FALSE(activate(job, r.below).fired);
}

TEST_CASE("a current too weak to fire a node propagates nothing") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 61);
  ConductionOptions options;
  CHECK(conduction_velocity(cable, options).propagated);
  options.current = 0.1 * nA;
  CHECK_FALSE(conduction_velocity(cable, options).propagated);
}

TEST_CASE("a fibre follows a slow train pulse by pulse, and a fast one only in part") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 31);
  const stimulus::FieldAtFibre field = axon::test::point_source(cable, 1.0 * mm);
  const stimulus::Waveform pulse = stimulus::biphasic({.width = 100 * us});
  const stimulus::Waveform slow = stimulus::train(pulse, 4, 200.0 * Hz);
  const stimulus::Waveform fast = stimulus::train(pulse, 10, 4000.0 * Hz);
  const ThresholdJob one{&cable, &field, &pulse};
  const Current amplitude = 1.3 * find_thresholds(std::span(&one, 1))[0].threshold;
  const auto spikes = [&](const stimulus::Waveform& train) {
    const Activation a = activate({&cable, &field, &train}, amplitude);
    CHECK(a.spikes[3].size() <= train.n_pieces() / 2);
    for (const auto& node : a.spikes)
      CHECK(std::is_sorted(node.begin(), node.end()));
    if (!a.spikes[3].empty())
      CHECK(a.spikes[3][0].in(us) == Approx(a.crossings[3]->in(us)));
    return arrived(a, cable, Detection::either_end);
  };
  CHECK(spikes(slow) == 4);
  // Pulses every 250 us fall into the refractory period of some milliseconds.
  CHECK(spikes(fast) >= 1);
  CHECK(spikes(fast) < 6);
}
