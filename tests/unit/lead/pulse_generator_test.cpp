#include "core/error.hpp"
#include "lead/pulse_generator.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::lead;
using Catch::Matchers::Contains;

TEST_CASE("every pulse generator loads, with a source and sane limits", "[lead][generator]") {
  CHECK(generator_names().size() >= 8);
  for (const std::string& name : generator_names()) {
    INFO(name);
    const PulseGenerator generator = load_generator(name);
    CHECK_FALSE(generator.source.empty());
    CHECK(generator.largest_total_current >= generator.largest_current);
    CHECK(generator.shortest_pulse < generator.longest_pulse);
    CHECK(generator.lowest_rate < generator.highest_rate);
    CHECK_FALSE(generator.steps.empty());
  }
}

// The one sheet that was read: 25 uA up to 2 mA, 50 uA above, 40 to 720 us.
TEST_CASE("amplitudes round up to the generator's steps", "[lead][generator]") {
  const PulseGenerator generator = load_generator("spinal_modulation_mn0700");
  CHECK(generator.shortest_pulse.in(us) == Approx(40.0));
  CHECK(generator.longest_pulse.in(us) == Approx(720.0));
  CHECK(generator.deliverable(0.51 * mA).in(mA) == Approx(0.525));
  CHECK(generator.deliverable(0.525 * mA).in(mA) == Approx(0.525));
  CHECK(generator.deliverable(2.01 * mA).in(mA) == Approx(2.05));
  CHECK(generator.deliverable(5.99 * mA).in(mA) == Approx(6.0));
  CHECK(generator.deliverable(7.0 * mA).in(mA) == Approx(7.0));
  CHECK(generator.deliverable(0.0 * mA).in(mA) == 0.0);
}

TEST_CASE("an unknown pulse generator names the nearest", "[lead][generator][errors]") {
  CHECK_THROWS_WITH(load_generator("intelis"),
                    Contains("there is no pulse generator \"intelis\"") && Contains("intellis"));
}
