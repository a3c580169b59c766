#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "response/activation.hpp"
#include "response/block.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::response;
using axon::test::point_source;

namespace {

const stimulus::Waveform ten_kilohertz =
    stimulus::train(stimulus::sine({.width = 50 * us}), 130, 10.0 * kHz);

} // namespace

TEST_CASE("a kilohertz wave blocks conduction above what it takes to excite") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 41);
  const stimulus::FieldAtFibre field = point_source(cable, 1.0 * mm);
  const ThresholdJob job{.cable = &cable, .field = &field, .waveform = &ten_kilohertz};
  const BlockProtocol protocol{.test_at = 8 * ms};
  const ThresholdResult block = find_block_thresholds(std::span(&job, 1), protocol).front();
  REQUIRE(block.status == ThresholdStatus::converged);
  CHECK(block.firing_node == -1);
  const ThresholdResult excitation = find_thresholds(std::span(&job, 1)).front();
  CHECK(block.below > 1.5 * excitation.threshold);

  // Seen spike by spike: the test arrives just below, and does not just above.
  const stimulus::Waveform test{"test", {{8 * ms, 8.2 * ms, 1.0, 1.0}}};
  ThresholdJob watched = job;
  watched.beside = {{.node = 4, .waveform = &test, .amplitude = 5e-3}};
  watched.stop = 13 * ms;
  const auto late_arrivals = [&](Current amplitude) {
    const Activation a = activate(watched, amplitude);
    std::size_t n = 0;
    for (const Time t : a.spikes[36])
      n += t > 8 * ms ? 1 : 0;
    return n;
  };
  CHECK(late_arrivals(Current{}) == 1);
  CHECK(late_arrivals(0.99 * block.below) >= 1);
  CHECK(late_arrivals(1.01 * block.threshold) == 0);
}

TEST_CASE("a wave that ends before the test, and a test that cannot arrive, are refused") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 21);
  const stimulus::FieldAtFibre field = point_source(cable, 1.0 * mm);
  const ThresholdJob job{.cable = &cable, .field = &field, .waveform = &ten_kilohertz};
  CHECK_THROWS_WITH(find_block_thresholds(std::span(&job, 1), {.test_at = 20 * ms}),
                    Catch::Contains("ends at 13 ms, before the test is over at 25 ms"));
  CHECK_THROWS_WITH(find_block_thresholds(std::span(&job, 1), {.test_at = 5 * ms, .patience = {}}),
                    Catch::Contains("give a test pulse and wait longer than it lasts"));
}

TEST_CASE("a C fibre fires in a window of amplitudes, a myelinated one from its threshold on") {
  const stimulus::Waveform pulse = stimulus::biphasic({.width = 100 * us});
  const axon::Cable thin = axon::build("sundt", 1.0 * um, 301);
  const stimulus::FieldAtFibre near = point_source(thin, 0.25 * mm);
  const axon::Cable thick = axon::build("mrg", 10.0 * um, 41);
  const stimulus::FieldAtFibre far = point_source(thick, 1.0 * mm);
  const std::vector<ThresholdJob> jobs = {{&thin, &near, &pulse, 20 * ms}, {&thick, &far, &pulse}};
  const auto thresholds = find_thresholds(jobs);
  const auto limits = find_upper_limits(jobs, thresholds);
  REQUIRE(limits[0].status == ThresholdStatus::converged);
  CHECK(limits[0].below > 2.0 * thresholds[0].threshold);
  CHECK(activate(jobs[0], 0.99 * limits[0].below).fired);
  CHECK_FALSE(activate(jobs[0], 1.01 * limits[0].threshold).fired);
  CHECK(limits[1].status == ThresholdStatus::above_ceiling);
}
