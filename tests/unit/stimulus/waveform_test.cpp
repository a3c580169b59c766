#include "core/error.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/waveform.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::stimulus;

namespace {

// 100 us up, a gap of 50 us, a ramp from -1 to 0 over 200 us.
const Waveform shape{"shape", {{100 * us, 200 * us, 1.0, 1.0}, {250 * us, 450 * us, -1.0, 0.0}}};

} // namespace

TEST_CASE("a waveform holds from the begin of a piece until just before its end") {
  CHECK(shape.level(99.9 * us) == 0.0);
  CHECK(shape.level(100 * us) == 1.0);
  CHECK(shape.level(199.9 * us) == 1.0);
  CHECK(shape.level(200 * us) == 0.0);
  CHECK(shape.level(350 * us) == Approx(-0.5));
  CHECK(shape.level(1 * ms) == 0.0);
}

TEST_CASE("the mean level is exact where edges fall inside the interval") {
  CHECK(shape.mean_level(90 * us, 110 * us) == Approx(0.5));
  CHECK(shape.mean_level(195 * us, 205 * us) == Approx(0.5));
  CHECK(shape.mean_level(250 * us, 450 * us) == Approx(-0.5));
  CHECK(shape.mean_level(0 * us, 1 * ms) == Approx(0.1 - 0.1).margin(1e-12));
  CHECK(shape.mean_level(150 * us, 150 * us) == 1.0);
}

TEST_CASE("a waveform knows its charge, its first phase and its jumps") {
  CHECK(shape.net_charge() == Approx(0.0).margin(1e-18));
  CHECK(shape.first_phase_duration().in(us) == Approx(100.0));
  CHECK(shape.begin().in(us) == Approx(100.0));
  CHECK(shape.end().in(us) == Approx(450.0));
  const std::vector<Time> edges = shape.edges();
  REQUIRE(edges.size() == 3); // up, down, into the ramp; the ramp ends at zero without a jump
  CHECK(edges[0].in(us) == Approx(100.0));
  CHECK(edges[1].in(us) == Approx(200.0));
  CHECK(edges[2].in(us) == Approx(250.0));
}

TEST_CASE("a waveform that makes no sense is refused") {
  const auto refusal = [](const Waveform& w) {
    try {
      validate(w);
    } catch (const ConfigError& e) {
      return e.place() + ": " + e.cause();
    }
    return std::string("accepted");
  };
  CHECK(refusal(shape) == "accepted");
  CHECK(refusal({"w", {}}) == "waveform 'w': it has no pieces");
  CHECK(refusal({"w", {{2 * us, 1 * us, 1, 1}}}) ==
        "waveform 'w': piece 0 ends at 1 us, not after it begins at 2 us");
  CHECK(refusal({"w", {{0 * us, 2 * us, 1, 1}, {1 * us, 3 * us, 1, 1}}}) ==
        "waveform 'w': piece 1 begins at 1 us, before 2 us (the start, or the end of the piece "
        "before)");
  CHECK(refusal({"w", {{0 * us, 2 * us, 1, 0.0 / 0.0}}}) ==
        "waveform 'w': piece 0 has a time or level that is not finite");
}

TEST_CASE("a phase is a stretch of one sign, the shortest of them counts for coarse steps") {
  const Waveform w{"drawn",
                   {{0.0 * us, 30 * us, -1.0, -0.5},
                    {30 * us, 50 * us, -0.2, 0.0}, // the same phase
                    {50 * us, 55 * us, 0.0, 0.0},  // silent
                    {60 * us, 72 * us, 1.0, 1.0}}};
  CHECK(w.first_phase_duration().in(us) == Approx(50.0));
  CHECK(w.shortest_phase_duration().in(us) == Approx(12.0));
  CHECK(Waveform{"none", {}}.shortest_phase_duration() == Time{});
}

TEST_CASE("repeats answer like the pieces written out, far into a run too") {
  const Waveform pulse = biphasic({.width = 70 * us, .interphase = 13 * us, .delay = 9 * us});
  const Waveform train{pulse.name, pulse.pieces, 1000, 311 * us};
  Waveform written{pulse.name, {}};
  for (std::size_t i = 0; i < train.n_pieces(); ++i)
    written.pieces.push_back(train.piece(i));
  CHECK(train.end() == written.end());
  CHECK(train.net_charge() == Approx(written.net_charge()).margin(1e-15));
  Time at = Time::from_si(-1.0);
  for (int k = 0; k < 4000; ++k) {
    const auto jump = train.next_jump(at);
    REQUIRE(jump);
    CHECK(*jump == written.next_jump(at).value());
    at = *jump;
  }
  for (int k = 0; k < 500; ++k) {
    const Time t = (0.61803 * k) * ms, u = t + (1.0 + 0.7 * k) * us;
    CHECK(train.level(t) == written.level(t));
    CHECK(train.mean_level(t, u) == Approx(written.mean_level(t, u)).margin(1e-15));
    CHECK(train.constant_level(t, u) == written.constant_level(t, u));
    CHECK(train.largest_level(t, u) == written.largest_level(t, u));
  }
}

TEST_CASE("repeats that overlap are refused") {
  const Waveform pulse = monophasic({.width = 100 * us});
  CHECK_THROWS_AS(validate({pulse.name, pulse.pieces, 2, 90 * us}), core::ConfigError);
  CHECK_THROWS_AS(validate({pulse.name, pulse.pieces, 0, 200 * us}), core::ConfigError);
}

TEST_CASE("the decisive phase is the shortest that carries charge") {
  const Waveform spiky = tabulated({0 * us, 100 * us, 100 * us, 101 * us, 101 * us, 301 * us},
                                   {-1.0, -1.0, 0.01, 0.01, -0.5, -0.5});
  CHECK(spiky.shortest_phase_duration().in(us) == Approx(1.0));
  CHECK(spiky.decisive_phase_duration().in(us) == Approx(100.0));
}
