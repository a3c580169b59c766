#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "response/strength_duration.hpp"
#include "stimulus/pulses.hpp"
#include "unit/axon/fibres.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::response;

namespace {

const std::vector<Time> widths = {60 * us, 100 * us, 200 * us, 500 * us, 1000 * us};

} // namespace

TEST_CASE("each law is found again in currents that obey it") {
  std::vector<Current> weiss, lapicque;
  for (const Time w : widths) {
    weiss.push_back(0.7 * (1.0 + 0.21 / w.in(ms)) * mA);
    lapicque.push_back(0.7 / (1.0 - std::exp2(-w.in(ms) / 0.21)) * mA);
  }
  for (const auto& law : {fit_weiss(widths, weiss), fit_lapicque(widths, lapicque)}) {
    CHECK(law.rheobase.in(mA) == Approx(0.7).epsilon(1e-6));
    CHECK(law.chronaxie.in(us) == Approx(210.0).epsilon(1e-6));
    CHECK(law.worst_residual < 1e-6);
  }
  CHECK(fit_weiss(widths, lapicque).worst_residual > 0.02); // the other law does not pass
}

TEST_CASE("a fibre's curve is that of its thresholds, and Weiss' law describes it") {
  const axon::Cable cable = axon::build("mrg_discrete", 10.0 * um, 41);
  const stimulus::FieldAtFibre field = axon::test::point_source(cable, 2.0 * mm);
  ThresholdOptions options;
  options.tolerance = 1e-3;
  const StrengthDurationCurve curve = strength_duration(
      cable, field, widths, [](Time w) { return stimulus::monophasic({.width = w}); }, options);
  REQUIRE(curve.complete);
  // Reference README section 6 (dt = 1 us, 0.36 % above the limit): mA.
  const double reference[] = {0.8126, 0.5656, 0.3605, 0.2320, 0.1956};
  for (std::size_t i = 0; i < widths.size(); ++i)
    CHECK(curve.thresholds[i].threshold.in(mA) == Approx(reference[i]).epsilon(0.006));
  CHECK(curve.weiss.worst_residual < 0.03);
  CHECK(curve.weiss.chronaxie.in(us) > 200.0);
  CHECK(curve.weiss.chronaxie.in(us) < 350.0);
  CHECK(curve.weiss.worst_residual < curve.lapicque.worst_residual);
}

TEST_CASE("a width without a threshold leaves the curve without laws") {
  const axon::Cable cable = axon::build("mrg", 10.0 * um, 21);
  const stimulus::FieldAtFibre field = axon::test::point_source(cable, 2.0 * mm);
  ThresholdOptions options;
  options.ceiling = 0.5 * mA; // below what 60 us needs
  const StrengthDurationCurve curve = strength_duration(
      cable, field, widths, [](Time w) { return stimulus::monophasic({.width = w}); }, options);
  CHECK_FALSE(curve.complete);
  CHECK(curve.thresholds[0].status == ThresholdStatus::above_ceiling);
  CHECK(curve.weiss.rheobase == Current{});
}

TEST_CASE("fits refuse what has no law") {
  const std::vector<Time> one = {100 * us};
  const std::vector<Current> current = {1 * mA};
  CHECK_THROWS_AS(fit_weiss(one, current), ConfigError);
  const std::vector<Time> two = {100 * us, 200 * us};
  const std::vector<Current> negative = {1 * mA, -1 * mA};
  CHECK_THROWS_WITH(fit_lapicque(two, negative),
                    Catch::Contains("pair 1 is 200 us and -1 mA") &&
                        Catch::Contains("leave out widths without a threshold"));
}
