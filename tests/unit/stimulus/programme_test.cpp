#include "core/error.hpp"
#include "stimulus/programme.hpp"
#include "stimulus/pulses.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace foramen;
using namespace foramen::stimulus;

namespace {

Programme programme(std::vector<double> weights, bool by_case) {
  return {.name = "p",
          .kind = "motor",
          .weights = std::move(weights),
          .returns_through_case = by_case,
          .waveform = monophasic({.width = 100 * us}),
          .rate = 2 * Hz};
}

std::string refusal(const Programme& p) {
  try {
    validate(p, "study.toml:7");
  } catch (const ConfigError& e) {
    return e.place() + ": " + e.cause() + "; " + e.remedy();
  }
  return "accepted";
}

} // namespace

TEST_CASE("contacts balance by themselves or through the case") {
  CHECK(refusal(programme({1.0, -1.0, 0.0}, false)) == "accepted");
  CHECK(refusal(programme({1.0, -1.0 / 3, -1.0 / 3, -1.0 / 3}, false)) == "accepted");
  CHECK(refusal(programme({1.0, 0.0}, true)) == "accepted");
  CHECK(balance(programme({1.0, -0.25}, true)).unbalanced == Approx(0.75));
}

TEST_CASE("unbalanced contacts without a return are refused with the amount") {
  CHECK(
      refusal(programme({1.0, -0.75}, false)) ==
      "study.toml:7: programme 'p': the contacts do not balance: their weights sum to 0.25, so 25 "
      "% of the amplitude has no return; make the weights sum to 0, or name the case as the "
      "return");
}

TEST_CASE("a programme without current is refused") {
  CHECK(
      refusal(programme({0.0, 0.0}, true)) ==
      "study.toml:7: programme 'p': no contact carries current; give at least one contact a weight "
      "other than 0");
  CHECK(refusal(programme({1.0, std::numeric_limits<double>::quiet_NaN()}, true)) ==
        "study.toml:7: programme 'p': the weight of contact 1 is not finite; give each contact a "
        "number between -1 and 1");
}
