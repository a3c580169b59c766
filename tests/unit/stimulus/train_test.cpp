#include "core/error.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::stimulus;

TEST_CASE("a train repeats its pulse at the rate") {
  const Waveform pulse = monophasic({.width = 100 * us, .delay = 50 * us});
  const Waveform w = train(pulse, 3, 500 * Hz);
  REQUIRE(w.n_pieces() == 3);
  CHECK(w.piece(2).begin.in(us) == Approx(4050.0));
  CHECK(w.net_charge() == Approx(3.0 * pulse.net_charge()));
  CHECK(train(pulse, 1, Frequency{}).n_pieces() == 1);
}

TEST_CASE("a train whose pulses overlap is refused with the highest rate") {
  const Waveform pulse = monophasic({.width = 1 * ms});
  try {
    train(pulse, 2, 2 * kHz);
    FAIL("accepted");
  } catch (const ConfigError& e) {
    CHECK(e.cause() == "pulses of 1000 us overlap at 2000 Hz");
    CHECK(e.remedy() == "give a rate of at most 1000 Hz");
  }
  CHECK_THROWS_AS(train(pulse, 0, 1 * Hz), ConfigError);
  CHECK_THROWS_AS(train(pulse, 2, 0 * Hz), ConfigError);
}
