#include "core/random.hpp"
#include "lead/lead_gap.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace foramen;
using namespace foramen::lead;

namespace {

PlacedLead octrode(const Vector3d& tip, const Vector3d& direction) {
  PlacedLead lead;
  lead.model = load_lead("octrode");
  lead.tip = tip;
  lead.direction = direction.normalized();
  lead.length = lead.model.array_end() + bare_stretch.si();
  return lead;
}

// By trying points of both axes between the rounded ends, 0.2 mm apart.
double tried(const PlacedLead& a, const PlacedLead& b) {
  constexpr int n = 300;
  const double r = 0.5 * a.model.diameter;
  double least = 1.0;
  const auto at = [&](const PlacedLead& lead, int i) {
    return Vector3d(lead.tip + (r + (lead.length - 2.0 * r) * i / n) * lead.direction);
  };
  for (int i = 0; i <= n; ++i)
    for (int j = 0; j <= n; ++j)
      least = std::min(least, (at(a, i) - at(b, j)).norm());
  return least - 2.0 * r;
}

} // namespace

TEST_CASE("parallel leads are as far apart as their axes less both radii", "[lead]") {
  const PlacedLead a = octrode({0, 0, 0}, {0, 0, 1});
  for (const double along : {-10e-3, 0.0, 7e-3})
    CHECK(gap_between(a, octrode({2e-3, 0, along}, {0, 0, 1})) == Approx(2e-3 - 1.3e-3));
  // Tip to tip, off the axis: between the centres of round ends.
  CHECK(gap_between(a, octrode({1e-3, 0, 0}, {0, 0, -1})) ==
        Approx(std::hypot(1e-3, 1.3e-3) - 1.3e-3));
  CHECK(gap_between(a, a) == Approx(-1.3e-3));
}

TEST_CASE("leads that cross are nearest where they cross, tips are round", "[lead]") {
  const PlacedLead a = octrode({0, 0, 0}, {0, 0, 1});
  CHECK(gap_between(a, octrode({3e-3, -20e-3, 15e-3}, {0, 1, 0})) == Approx(3e-3 - 1.3e-3));
  // One behind the other: from tip to tip.
  CHECK(gap_between(a, octrode({0, 0, -4e-3}, {0, 0, -1})) == Approx(4e-3));
  // Encapsulations count.
  PlacedLead sheathed = octrode({3e-3, -20e-3, 15e-3}, {0, 1, 0});
  sheathed.encapsulation.thickness = 0.4e-3;
  CHECK(gap_between(a, sheathed) == Approx(3e-3 - 1.7e-3));
}

TEST_CASE("gaps are those of points tried all along both leads", "[lead]") {
  core::RandomStream random(7, "leads");
  const auto number = [&] { return 2.0 * random.uniform() - 1.0; };
  for (int k = 0; k < 40; ++k) {
    const PlacedLead a = octrode({0, 0, 0}, {0, 0, 1});
    const PlacedLead b = octrode(30e-3 * Vector3d(number(), number(), number()),
                                 Vector3d(number(), number(), number()));
    const double gap = gap_between(a, b);
    CHECK(gap_between(b, a) == Approx(gap).margin(1e-12));
    // Steps of 0.21 mm: at most 0.15 mm too far where the axes cross, nothing where they are far.
    CHECK(gap <= tried(a, b) + 1e-12);
    CHECK(gap > tried(a, b) - 0.15e-3);
  }
}

TEST_CASE(
    "a lead bent along a wide arc has nearly the straight one's gap, and never a larger one by "
    "more than its sagitta",
    "[lead]") {
  const PlacedLead straight = octrode({0, 0, 0}, {0, 0, 1}),
                   beside = octrode({2e-3, 0, 0}, {0, 0, 1});
  PlacedLead bent = straight;
  // Away from the other lead, tangent to the straight one at its tip.
  constexpr double radius = 2.0;
  std::vector<Vector3d> points;
  for (int i = -5; i <= 85; ++i) {
    const double angle = 1e-3 * i / radius;
    points.emplace_back(-radius * (1.0 - std::cos(angle)), 0.0, radius * std::sin(angle));
  }
  static_cast<LeadAxis&>(bent) =
      bent_axis(points, Vector3d::Zero(), 0.0, straight.length, Vector3d::UnitX());
  // They touch side by side at the tip only: the nearest place is there.
  CHECK(gap_between(bent, beside) == Approx(2e-3 - 1.3e-3).epsilon(1e-3));
  CHECK(gap_between(beside, bent) == Approx(2e-3 - 1.3e-3).epsilon(1e-3));
}
