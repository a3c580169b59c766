// The time step's part of an interval, with pulses that the reference does not have: short ones,
// trains and sines of several kilohertz.
#include "axon/catalogue.hpp"
#include "response/threshold.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::response;

namespace {

constexpr double tolerance = 1e-4;

ThresholdResult at_step(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                        const stimulus::Waveform& waveform, Time step) {
  ThresholdOptions options{.tolerance = tolerance, .ceiling = 1.0 * A};
  options.integration.step = step;
  const ThresholdJob job{.cable = &cable, .field = &field, .waveform = &waveform};
  return find_thresholds(std::span(&job, 1), options).front();
}

} // namespace

TEST_CASE("intervals hold for pulses of 10 us, for kilohertz trains and sines") {
  using namespace stimulus;
  const std::vector<Waveform> waveforms = {
      monophasic({.width = 10 * us}), biphasic({.width = 20 * us}), biphasic({.width = 50 * us}),
      train(biphasic({.width = 100 * us}), 8, 5.0 * kHz),
      train(sine({.width = 50 * us}), 16, 10.0 * kHz)};
  for (const char* model : {"mrg", "gaines_sensory", "sweeney", "sundt", "tigerholm"}) {
    const bool thin = axon::find_model(model)->unmyelinated;
    const axon::Cable cable =
        thin ? axon::build(model, 1.0 * um, 121) : axon::build(model, 10.0 * um, 25);
    const auto field = axon::test::point_source(cable, (thin ? 0.15 : 1.0) * mm);
    for (const Waveform& w : waveforms) {
      CAPTURE(model, w.name, w.first_phase_duration().in(us));
      const ThresholdResult coarse = at_step(cable, field, w, 5.0 * us);
      if (coarse.status != ThresholdStatus::converged)
        continue; // C fibres do not fire with the shortest
      const double half = at_step(cable, field, w, 2.5 * us).threshold.in(mA);
      const double quarter = at_step(cable, field, w, 1.25 * us).threshold.in(mA);
      const double limit = quarter - (half - quarter) / 3.0; // order two
      const double search = 2.0 * tolerance;                 // brackets at both ends
      CHECK(std::abs(coarse.threshold.in(mA) / limit - 1.0) < coarse.step_error + search);
      CHECK(coarse.step_error <= (coarse.maybe_blocked ? 0.0075 : 0.0025));
    }
  }
}
