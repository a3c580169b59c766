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
  Run run(double amplitude, const std::vector<Solve>& solves) const {
    return {&cable, &rest.state, &drive, amplitude, &solves};
  }
};

const std::vector<Solve>& solves() {
  static const std::vector<Solve> s =
      schedule(stimulus::monophasic({.width = 100 * us, .delay = 50 * us}), {}, 500 * us);
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
    alone.load(0, small.run(0.3, solves()));
    finish(alone, 0);
    const State wanted = alone.state(0);

    Batch crowd(*small.cable.name().kinetics, 10, 15);
    for (std::size_t lane = 0; lane < batch_lanes; ++lane)
      crowd.load(lane, large.run(0.1 * static_cast<double>(lane), solves()));
    crowd.advance(13); // lanes keep their own clocks
    crowd.load(5, small.run(0.3, solves()));
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
  batch.load(0, fibre.run(0.3, solves()));
  finish(batch, 0);
  const State before = batch.state(0);
  batch.load(3, fibre.run(0.5, solves()));
  finish(batch, 3);
  CHECK(batch.state(0).v_mV == before.v_mV);
  CHECK(batch.state(0).node_states == before.node_states);
  CHECK(batch.time_ms(0) == Approx(0.5));
}

TEST_CASE("the middle node fires first under a strong cathode") {
  const Prepared fibre("mrg", 10.0, 9);
  Batch batch(*fibre.cable.name().kinetics, 10, 9);
  batch.load(2, fibre.run(0.5, solves()));
  finish(batch, 2);
  const double middle = batch.first_crossing_ms(2, 4);
  CHECK(middle > 0.05);
  CHECK(middle < 0.2);
  CHECK(batch.first_crossing_ms(2, 2) > middle);
  CHECK(batch.first_crossing_ms(2, 6) == Approx(batch.first_crossing_ms(2, 2)).epsilon(1e-9));
}
