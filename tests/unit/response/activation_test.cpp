#include "axon/catalogue.hpp"
#include "response/activation.hpp"
#include "response/conduction_velocity.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

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
