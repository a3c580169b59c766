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

std::vector<ThresholdResult> at_step(const axon::Cable& cable, const stimulus::FieldAtFibre& field,
                                     const std::vector<stimulus::Waveform>& waveforms, Time step) {
  ThresholdOptions options{.tolerance = tolerance, .ceiling = 30.0 * mA};
  options.integration.step = step;
  std::vector<ThresholdJob> jobs;
  for (const stimulus::Waveform& w : waveforms)
    jobs.push_back({.cable = &cable, .field = &field, .waveform = &w});
  return find_thresholds(jobs, options);
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
        thin ? axon::build(model, 1.0 * um, 81) : axon::build(model, 10.0 * um, 25);
    const auto field = axon::test::point_source(cable, (thin ? 0.15 : 1.0) * mm);
    const auto at_5 = at_step(cable, field, waveforms, 5.0 * us);
    const auto at_2 = at_step(cable, field, waveforms, 2.5 * us);
    const auto at_1 = at_step(cable, field, waveforms, 1.25 * us);
    for (std::size_t i = 0; i < waveforms.size(); ++i) {
      CAPTURE(model, waveforms[i].name, waveforms[i].first_phase_duration().in(us));
      if (at_5[i].status != ThresholdStatus::converged)
        continue; // C fibres do not fire with the shortest
      const double half = at_2[i].threshold.in(mA), quarter = at_1[i].threshold.in(mA);
      const double limit = quarter - (half - quarter) / 3.0; // order two
      const double search = 2.0 * tolerance;                 // brackets at both ends
      CHECK(std::abs(at_5[i].threshold.in(mA) / limit - 1.0) < at_5[i].step_error + search);
      CHECK(at_5[i].step_error <= (at_5[i].maybe_blocked ? 0.0075 : 0.0025));
    }
  }
}
