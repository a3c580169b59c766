#include "axon/batch.hpp"
#include "axon/rest_state.hpp"
#include "core/error.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::axon;

namespace {

struct Prepared {
  Cable cable;
  Rest rest;
  Drive drive;
  explicit Prepared(const std::string& model, double d_um, int n_nodes)
      : cable(build(model, d_um * um, n_nodes)), rest(rest_state(cable)),
        drive(field_drive(cable, test::point_source(cable, 1.0 * mm))) {}
  Run run(double amplitude, const Schedule& schedule) const {
    return {&cable, &rest.state, &schedule, {Stimulus{&drive, amplitude}}};
  }
};

const Schedule& schedule() {
  static const stimulus::Waveform pulse =
      stimulus::monophasic({.width = 100 * us, .delay = 50 * us});
  static const Schedule s({&pulse}, {}, 500 * us);
  return s;
}

void finish(Batch& batch, std::size_t lane) {
  while (!batch.finished(lane))
    batch.advance(7);
}

} // namespace

TEST_CASE("a run gives the same numbers in any lane and beside any others") {
  for (const char* model : {"mrg", "gaines_sensory"}) {
    CAPTURE(model);
    const Prepared small(model, 10.0, 9), large(model, 6.0, 15);

    Batch alone(*small.cable.name().kinetics, 10, 9);
    alone.load(0, small.run(0.3, schedule()));
    finish(alone, 0);
    const State wanted = alone.state(0);

    Batch crowd(*small.cable.name().kinetics, 10, 15);
    for (std::size_t lane = 0; lane < batch_lanes; ++lane)
      crowd.load(lane, large.run(0.1 * static_cast<double>(lane), schedule()));
    crowd.advance(13); // lanes keep their own clocks
    crowd.load(5, small.run(0.3, schedule()));
    finish(crowd, 5);
    const State got = crowd.state(5);
    CHECK(got.v_mV == wanted.v_mV);
    CHECK(got.inner == wanted.inner);
    CHECK(got.node_states == wanted.node_states);
    for (std::size_t j = 0; j < 9; ++j)
      CHECK(crowd.first_crossing_ms(5, j) == alone.first_crossing_ms(0, j));
  }
}

TEST_CASE("a lane at the end of its solves holds still") {
  const Prepared fibre("mrg", 10.0, 9);
  Batch batch(*fibre.cable.name().kinetics, 10, 9);
  batch.load(0, fibre.run(0.3, schedule()));
  finish(batch, 0);
  const State before = batch.state(0);
  batch.load(3, fibre.run(0.5, schedule()));
  finish(batch, 3);
  CHECK(batch.state(0).v_mV == before.v_mV);
  CHECK(batch.state(0).node_states == before.node_states);
  CHECK(batch.time_ms(0) == Approx(0.5));
}

TEST_CASE("the middle node fires first under a strong cathode") {
  const Prepared fibre("mrg", 10.0, 9);
  Batch batch(*fibre.cable.name().kinetics, 10, 9);
  batch.load(2, fibre.run(0.5, schedule()));
  finish(batch, 2);
  const double middle = batch.first_crossing_ms(2, 4);
  CHECK(middle > 0.05);
  CHECK(middle < 0.2);
  CHECK(batch.first_crossing_ms(2, 2) > middle);
  CHECK(batch.first_crossing_ms(2, 6) == Approx(batch.first_crossing_ms(2, 2)).epsilon(1e-9));
}

TEST_CASE("stimuli side by side act as their sum") {
  for (const char* model : {"mrg", "gaines_motor", "sweeney"}) {
    CAPTURE(model);
    const Prepared p(model, 10.0, 11);
    const Drive inside = injection_drive(p.cable, 3);
    // The same two rectangles as one waveform of each drive, and as one drive that carries both.
    const auto pulse = stimulus::monophasic({.width = 200 * us, .delay = 50 * us});
    const auto later = stimulus::monophasic({.width = 200 * us, .delay = 150 * us});
    const double amplitude = 0.1, current = 5e-4; // stays below threshold
    const Schedule both({&pulse, &later}, {}, 345 * us);
    Batch batch(*p.cable.name().kinetics, p.cable.per_internode(), 11);
    const Run run{&p.cable,
                  &p.rest.state,
                  &both,
                  {Stimulus{&p.drive, amplitude}, Stimulus{&inside, current}}};
    batch.load(0, run);
    finish(batch, 0);
    const State mixed = batch.state(0);

    const auto combined = [&](double a, double b) {
      Drive d = p.drive;
      for (std::size_t j = 0; j < d.node_uA.size(); ++j)
        d.node_uA[j] = a * p.drive.node_uA[j] + b * inside.node_uA[j];
      for (std::size_t i = 0; i < d.inner.size(); ++i)
        d.inner[i] = a * p.drive.inner[i] + b * inside.inner[i];
      return d;
    };
    // Three stretches: the first alone, both, the second alone.
    const Drive first = combined(amplitude, 0.0), sum = combined(amplitude, current),
                second = combined(0.0, current);
    const auto piece = [](double a, double b) {
      return stimulus::monophasic({.width = (b - a) * us, .delay = a * us});
    };
    const auto one = piece(50, 150), two = piece(150, 250), three = piece(250, 350);
    const Schedule apart({&one, &two, &three}, {}, 345 * us);
    batch.load(3, {&p.cable,
                   &p.rest.state,
                   &apart,
                   {Stimulus{&first, 1.0}, Stimulus{&sum, 1.0}, Stimulus{&second, 1.0}}});
    finish(batch, 3);
    const State expected = batch.state(3);
    REQUIRE(std::abs(mixed.v_mV[5] - p.rest.state.v_mV[5]) > 1.0);
    for (std::size_t j = 0; j < 11; ++j)
      CHECK(mixed.v_mV[j] == Approx(expected.v_mV[j]).epsilon(1e-10));

    batch.load(0, run); // a stronger first stimulus, and back: nothing of it is left
    batch.restart(0, 2.0 * amplitude);
    finish(batch, 0);
    CHECK(batch.state(0).v_mV != mixed.v_mV);
    batch.restart(0, amplitude);
    finish(batch, 0);
    CHECK(batch.state(0).v_mV == mixed.v_mV);
  }
}

TEST_CASE("a lane that listens late notes what comes later, and runs as before") {
  const Prepared p("mrg", 10.0, 21);
  const auto pulse = stimulus::monophasic({.width = 100 * us, .delay = 50 * us});
  const Schedule schedule({&pulse}, {}, 2 * ms);
  Batch batch(*p.cable.name().kinetics, 10, 21);
  Run run{&p.cable, &p.rest.state, &schedule, {Stimulus{&p.drive, 1.0}}};
  batch.load(0, run);
  finish(batch, 0);
  const double near = batch.first_crossing_ms(0, 10), far = batch.first_crossing_ms(0, 19);
  REQUIRE(near < far);
  REQUIRE(std::isfinite(far));
  run.listen_from_ms = 0.5 * (near + far);
  batch.load(1, run);
  CHECK(std::isinf(batch.first_crossing_ms(1, 10)));
  finish(batch, 1);
  CHECK(std::isinf(batch.first_crossing_ms(1, 10)));
  CHECK(batch.first_crossing_ms(1, 19) == far);
  CHECK(batch.state(1).v_mV == batch.state(0).v_mV);
}
