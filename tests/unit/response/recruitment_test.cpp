#include "response/recruitment.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::response;

namespace {

ThresholdResult fibre(double threshold_mA) {
  return {.status = ThresholdStatus::converged,
          .threshold = threshold_mA * mA,
          .below = 0.99 * threshold_mA * mA};
}
ThresholdResult beyond() {
  return {.status = ThresholdStatus::above_ceiling, .threshold = 100.0 * mA, .below = 100.0 * mA};
}

} // namespace

TEST_CASE("recruitment counts fibres beyond the ceiling but never recruits them") {
  const std::vector<ThresholdResult> fibres = {fibre(3), fibre(1), beyond(), fibre(1)};
  const RecruitmentCurve curve = recruitment_curve(fibres);
  CHECK(curve.amplitude.size() == 2);
  CHECK(curve.at(0.99 * mA) == 0.0);
  CHECK(curve.at(1.0 * mA) == 0.5);
  CHECK(curve.at(2.9 * mA) == 0.5);
  CHECK(curve.at(3.0 * mA) == 0.75);
  CHECK(curve.at(1000.0 * mA) == 0.75);
}

TEST_CASE("the recruiting current is the order statistic of the thresholds with its bracket") {
  std::vector<ThresholdResult> fibres;
  for (int i = 30; i >= 1; --i)
    fibres.push_back(fibre(i));
  const RecruitingCurrent r = current_recruiting(fibres, 0.1); // exactly 3 of 30
  CHECK(r.status == RecruitingStatus::reached);
  CHECK(r.current.in(mA) == Approx(3.0));
  CHECK(r.low.in(mA) == Approx(2.97));
  CHECK(r.fibre == 27);
  CHECK(current_recruiting(fibres, 0.01).current.in(mA) == Approx(1.0));
  CHECK(current_recruiting(fibres, 1.0).current.in(mA) == Approx(30.0));
}

TEST_CASE("a fraction that is never reached, or of nobody, is a status") {
  const std::vector<ThresholdResult> fibres = {fibre(1), beyond()};
  CHECK(current_recruiting(fibres, 0.5).status == RecruitingStatus::reached);
  CHECK(current_recruiting(fibres, 0.6).status == RecruitingStatus::above_ceiling);
  CHECK(current_recruiting(fibres, 0.6).current.in(mA) == Approx(100.0));
  CHECK(current_recruiting({}, 0.5).status == RecruitingStatus::empty);
}

TEST_CASE("the interval holds bracket, time step and field, and need not be one fibre's") {
  std::vector<ThresholdResult> fibres = {fibre(1.0), fibre(2.0), fibre(3.0)};
  fibres[0].step_error = 0.01;
  fibres[0].field_error = 0.02;
  const CurrentInterval alone = interval_of(fibres[0]);
  CHECK(alone.low.in(mA) == Approx(0.99 * 0.97));
  CHECK(alone.high.in(mA) == Approx(1.03));
  // The first fibre may need up to 2.5 mA: then the second is the first to fire.
  fibres[0].field_error = 1.49;
  const RecruitingCurrent first = current_recruiting(fibres, 0.3);
  CHECK(first.current.in(mA) == Approx(1.0));
  CHECK(first.low.in(mA) == 0.0);
  CHECK(first.high.in(mA) == Approx(2.0));
}
