#include "core/error.hpp"
#include "stimulus/pulses.hpp"

#include <catch2/catch.hpp>

#include <numbers>

using namespace foramen;
using namespace foramen::stimulus;

namespace {

template <class Make> std::string cause(Make make) {
  try {
    make();
  } catch (const ConfigError& e) {
    return e.cause();
  }
  return "accepted";
}

} // namespace

TEST_CASE("pulses begin cathodic unless asked otherwise") {
  CHECK(monophasic({.width = 100 * us}).level(50 * us) == -1.0);
  CHECK(monophasic({.width = 100 * us, .polarity = Polarity::anodic_first}).level(50 * us) == 1.0);
}

TEST_CASE("a monophasic pulse carries its width in charge") {
  const Waveform w = monophasic({.width = 210 * us, .delay = 30 * us});
  CHECK(w.net_charge() == Approx(-210e-6));
  CHECK(w.begin().in(us) == Approx(30.0));
}

TEST_CASE("biphasic and asymmetric pulses carry no net charge") {
  const PulseTiming timing{.width = 210 * us, .interphase = 100 * us, .delay = 7 * us};
  const Waveform even = biphasic(timing);
  CHECK(even.net_charge() == Approx(0.0).margin(1e-18));
  CHECK(even.level(217.5 * us) == 0.0);
  CHECK(even.level(318 * us) == 1.0);
  const Waveform slow = asymmetric(timing, 10.0);
  CHECK(slow.net_charge() == Approx(0.0).margin(1e-18));
  CHECK(slow.level(400 * us) == Approx(0.1));
  CHECK(slow.end().in(us) == Approx(7.0 + 210.0 + 100.0 + 2100.0));
}

TEST_CASE("a tabulated pulse joins its points and jumps where two share a time") {
  const Waveform w = tabulated({0 * us, 10 * us, 10 * us, 30 * us}, {0.0, -1.0, 0.5, 0.0}, 5 * us);
  CHECK(w.level(10 * us) == Approx(-0.5));
  CHECK(w.level(15 * us) == Approx(0.5));
  CHECK(w.level(25 * us) == Approx(0.25));
  CHECK(w.edges().size() == 1);
}

TEST_CASE("pulses that make no sense are refused") {
  CHECK(cause([] { monophasic({.width = 0 * us}); }) == "a phase of 0 us is not a pulse");
  CHECK(cause([] { biphasic({.width = 1 * us, .interphase = -1 * us}); }) ==
        "a negative interphase gap or delay");
  CHECK(cause([] { asymmetric({.width = 1 * us}, 0.0); }) == "a phase ratio of 0");
  CHECK(cause([] { tabulated({0 * us}, {1.0}); }) == "fewer than two points");
  CHECK(cause([] { tabulated({0 * us, 1 * us}, {1.0}); }) == "2 times but 1 levels");
  CHECK(cause([] {
          tabulated({2 * us, 1 * us}, {1.0, 1.0});
        }) == "time 1 (1 us) lies before time 0 (2 us)");
}

TEST_CASE("a sine has the charge of a sine and no jumps") {
  const Waveform w = sine({.width = 50 * us, .delay = 30 * us});
  CHECK(w.edges().empty());
  CHECK(w.net_charge() == Approx(0.0).margin(1e-18));
  CHECK(w.mean_level(30 * us, 80 * us) == Approx(-2.0 / std::numbers::pi).epsilon(1e-12));
  CHECK(w.largest_level() < 1.001);
  CHECK(cause([] { sine({.width = 50 * us, .interphase = 1 * us}); }) == "an interphase gap");
}

TEST_CASE("a stretched pulse keeps its begin, its shape and its levels") {
  const Waveform w =
      stretched(biphasic({.width = 100 * us, .interphase = 20 * us, .delay = 50 * us}), 3.0);
  CHECK(w.begin().in(us) == Approx(50.0));
  CHECK(w.first_phase_duration().in(us) == Approx(300.0));
  CHECK(w.end().in(us) == Approx(50.0 + 3.0 * 220.0));
  CHECK(w.level(60 * us) == -1.0);
}
