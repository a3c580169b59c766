#include "anatomy/perineurium.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::anatomy;

TEST_CASE("perineurium follows the published rules", "[anatomy][perineurium]") {
  const Perineurium human;
  CHECK(perineurium_thickness(human, 0.5 * mm).in(um) == Approx(29.01));
  CHECK(perineurium_thickness(human, 1.0 * mm).in(um) == Approx(47.52));
  CHECK(perineurium_thickness(human, 2.0 * mm).in(um) == Approx(84.54));
  const Perineurium grinberg{.rule = PerineuriumRule::grinberg};
  CHECK(perineurium_thickness(grinberg, 2.0 * mm).in(um) == Approx(60.0));
  const Perineurium fixed{.rule = PerineuriumRule::fixed, .fixed_thickness = 20.0 * um};
  CHECK(perineurium_thickness(fixed, 2.0 * mm).in(um) == Approx(20.0));
}

TEST_CASE("sheet resistance is thickness over conductivity", "[anatomy][perineurium]") {
  // 47.52 um times 1149 ohm m
  CHECK(perineurium_resistance({}, 1.0 * mm).in(ohm_cm2) == Approx(546.0).epsilon(1e-4));
}
