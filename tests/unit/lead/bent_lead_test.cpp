// Leads that bend: where their axes lie, and what is refused.

#include "core/error.hpp"
#include "lead/bent_lead.hpp"
#include "lead/placement.hpp"
#include "unit/lead/nerve_courses.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <numbers>

using namespace foramen;
using namespace foramen::lead;
using namespace foramen::lead::tests;
using Catch::Matchers::Contains;

namespace {

constexpr double lead_radius = 0.65e-3;

// A helix of 15 mm with a pitch of 60 mm: bent and twisted all along.
anatomy::Nerve helix() {
  std::vector<Vector3d> points;
  for (int i = 0; i <= 120; ++i) {
    const double angle = 2.0 * std::numbers::pi * i / 60.0;
    points.emplace_back(15e-3 * std::cos(angle), 15e-3 * std::sin(angle), 1e-3 * (i - 60));
  }
  return nerve_along(points);
}
PlacedLead placed(const anatomy::Nerve& nerve, const Placement& placement,
                  const Encapsulation& encapsulation = {}, double domain_radius = 0.2) {
  return place_beside(nerve, load_lead("octrode"), encapsulation, placement, Vector3d::Zero(),
                      domain_radius);
}
Placement arc(Length radius, Angle towards, Length clearance = 1.0 * mm) {
  return {
      .clearance = clearance, .shape = Shape::bent, .bend_radius = radius, .bend_towards = towards};
}

} // namespace

TEST_CASE("every point of an arc lies on its circle, at its arc length from the tip",
          "[lead][bent]") {
  const double clearance = 1e-3, offset = nerve_radius + clearance + lead_radius;
  for (const double radius : {12e-3, 40e-3, 1.0}) {
    // Towards dorsal, away from the nerve: the circle's middle lies dorsal of the lead (-y).
    const PlacedLead lead = placed(straight(), arc(radius * m, 0.0 * deg));
    const Vector3d centre(0.0, -offset - radius, -0.01);
    const double middle = lead.model.array_centre();
    CHECK(lead.length == Approx(lead.model.array_end() + bare_stretch.si()));
    for (double s = 0.0; s <= lead.length; s += 1e-3) {
      const double angle = (s - middle) / radius;
      const Vector3d exact = centre + radius * Vector3d(0.0, std::cos(angle), -std::sin(angle));
      CHECK((lead.point(s) - exact).norm() < 1e-9);
      const geometry::Frame f = lead.frame(s);
      CHECK((f.tangent - Vector3d(0.0, -std::sin(angle), -std::cos(angle))).norm() < 1e-6);
    }
    CHECK((lead.tip - lead.point(0.0)).norm() == 0.0);
    CHECK(smallest_bend_radius(lead) == Approx(radius).epsilon(1e-4));
  }
}

TEST_CASE(
    "the lead's clearance, direction and roll at the array's centre do not depend on its bend",
    "[lead][bent]") {
  for (const double tilt : {0.0, 35.0, -80.0})
    for (const bool distal : {false, true}) {
      Placement placement = arc(60.0 * mm, 75.0 * deg, 2.0 * mm);
      placement.angle = 20.0 * deg;
      placement.tilt = tilt * deg;
      placement.roll = 50.0 * deg;
      placement.tip_distal = distal;
      const PlacedLead bent = placed(straight(), placement);
      placement.shape = Shape::straight;
      const PlacedLead reference = placed(straight(), placement);
      const double middle = bent.model.array_centre();
      const geometry::Frame a = bent.frame(middle), b = reference.frame(middle);
      CHECK((a.origin - b.origin).norm() < 1e-12);
      CHECK((a.tangent - b.tangent).norm() < 1e-9);
      CHECK((a.u - b.u).norm() < 1e-9);
    }
}

TEST_CASE("`towards` equal to `angle` bends away from the nerve, opposite to it around the nerve",
          "[lead][bent]") {
  Placement placement = arc(60.0 * mm, 110.0 * deg, 3.0 * mm);
  placement.angle = 110.0 * deg;
  const anatomy::Nerve nerve = straight();
  CHECK(smallest_gap(nerve, placed(nerve, placement)) == Approx(3e-3).margin(1e-9));
  placement.bend_towards = -70.0 * deg;
  // The end of the lead lies 44 mm from the anchor: (44 mm)^2 / (2 * 60 mm) nearer, and more.
  CHECK_THROWS_WITH(placed(nerve, placement), Contains("the lead cuts the nerve by "));
}

TEST_CASE("a lead that follows the nerve keeps clearance and angle at every contact",
          "[lead][bent]") {
  const anatomy::Nerve nerve = helix();
  const double clearance = 1.5e-3, offset = nerve_radius + clearance + lead_radius;
  for (const double angle : {0.0, 130.0, 250.0})
    for (const bool distal : {false, true}) {
      Placement placement{.clearance = clearance * m,
                          .angle = angle * deg,
                          .position = 25.0 * mm,
                          .tip_distal = distal,
                          .shape = Shape::follows_nerve};
      const PlacedLead lead = placed(nerve, placement);
      CHECK(smallest_gap(nerve, lead) == Approx(clearance).margin(1e-8));
      const double turn = angle * std::numbers::pi / 180.0;
      for (std::size_t i = 0; i < 8; ++i) {
        const Vector3d contact = lead.contact_centre(i);
        const geometry::Curve::Foot foot = nerve.course->closest(contact);
        CHECK(foot.distance == Approx(offset).margin(1e-8));
        const geometry::Frame f = nerve.course->frame(foot.s);
        const Vector3d expected = f.origin + offset * (std::cos(turn) * f.u + std::sin(turn) * f.v);
        CHECK((contact - expected).norm() < 1e-8);
      }
      // E1 at the tip: proximal unless turned round.
      CHECK((nerve.course->closest(lead.contact_centre(0)).s <
             nerve.course->closest(lead.contact_centre(7)).s) == !distal);
    }
}

TEST_CASE("beside a straight nerve a lead that follows it is the straight lead", "[lead][bent]") {
  const Placement follows{.angle = 70.0 * deg, .shape = Shape::follows_nerve};
  const PlacedLead a = placed(straight(), follows);
  const PlacedLead b = placed(straight(), {.angle = 70.0 * deg});
  for (double s = 0.0; s <= a.length; s += 5e-3)
    CHECK((a.point(s) - b.point(s)).norm() < 1e-12);
  CHECK((a.side - b.side).norm() < 1e-9);
  CHECK(std::isinf(a.bend->min_radius_of_curvature()));
}

// Independent measure: dense points of both axes, less both radii. Sampling every 0.1 mm can miss
// the least of d by (0.1 mm)^2 / (2 d) << 0.01 mm.
TEST_CASE("the smallest gap of a bent lead is that of the nearest pair of points", "[lead][bent]") {
  const anatomy::Nerve nerve = helix();
  for (const double towards : {0.0, 60.0, 150.0}) {
    Placement placement = arc(45.0 * mm, towards * deg, 12.0 * mm);
    placement.position = 30.0 * mm;
    placement.tilt = 40.0 * deg;
    const PlacedLead lead = placed(nerve, placement);
    double brute = std::numeric_limits<double>::infinity();
    for (double s = 0.0; s <= nerve.course->length(); s += 1e-4)
      for (double a = 0.0; a <= lead.length; a += 1e-4)
        brute = std::min(brute, (nerve.course->point(s) - lead.point(a)).norm());
    brute -= nerve_radius + lead_radius;
    CHECK(smallest_gap(nerve, lead) <= brute + 1e-9);
    CHECK(smallest_gap(nerve, lead) > brute - 1e-5);
  }
}

TEST_CASE("the distance to a bent body is that to its tube, flat at both ends", "[lead][bent]") {
  const PlacedLead lead = placed(straight(), arc(30.0 * mm, 0.0 * deg));
  const double r = 0.9e-3, beyond = 0.4e-3;
  for (const double s : {0.0, 10e-3, lead.length}) {
    const geometry::Frame f = lead.frame(s);
    CHECK(lead.distance_to_body(f.origin + 2e-3 * f.u, r, beyond) == Approx(1.1e-3));
    CHECK(lead.distance_to_body(f.origin + 2e-3 * f.v, r, beyond) == Approx(1.1e-3));
  }
  const geometry::Frame f = lead.frame(-beyond);
  CHECK(lead.distance_to_body(f.origin - 1e-3 * f.tangent, r, beyond) == Approx(1e-3));
  CHECK(lead.distance_to_body(f.origin - 3e-3 * f.tangent + 4.9e-3 * f.v, r, beyond) ==
        Approx(5e-3));
  CHECK(lead.distance_to_body(f.origin + 0.1e-3 * f.tangent, r, beyond) ==
        Approx(-0.1e-3).epsilon(1e-3));
}

TEST_CASE("a straight axis has the body of a cylinder", "[lead][bent]") {
  const PlacedLead lead = placed(straight(), {});
  const geometry::Frame f = lead.frame(0.02);
  CHECK(lead.distance_to_body(f.origin + 3e-3 * f.u, 1e-3, 0.0) == Approx(2e-3));
  CHECK(lead.distance_to_body(lead.tip - 2e-3 * lead.direction, 1e-3, 0.5e-3) == Approx(1.5e-3));
  CHECK(std::isinf(smallest_bend_radius(lead)));
  CHECK(std::isinf(smallest_self_gap(lead, 1e-3)));
  CHECK(f.u.cross(f.v).dot(f.tangent) == Approx(1.0));
}

TEST_CASE("a bend tighter than three diameters is refused with the least radius",
          "[lead][bent][errors]") {
  const Placement tight = arc(3.8 * mm, 0.0 * deg);
  CHECK_THROWS_WITH(placed(straight(), tight),
                    Contains("the lead bends on a radius of 3.80 mm; with its diameter of 1.30 mm "
                             "it can be meshed from 3.90 mm on") &&
                        Contains("raise `bend.radius`"));
  CHECK_THROWS_WITH(
      placed(straight(), arc(5.0 * mm, 0.0 * deg), {0.3e-3, "encapsulation_chronic"}),
      Contains("its diameter of 1.90 mm in its sheath it can be meshed from 5.70 mm"));
  try {
    placed(straight(), tight);
  } catch (const ConfigError& error) {
    CHECK(error.place() == "lead.bend");
  }
}

TEST_CASE("an arc that closes to a ring is refused", "[lead][bent][errors]") {
  // 70 mm of lead go 1.06 times around a circle of 10.5 mm, 0.996 times around one of 11.2 mm: 0.3
  // mm of axis are then open, less than a diameter.
  for (const double radius : {10.5, 11.2})
    CHECK_THROWS_WITH(placed(straight(), arc(radius * mm, 0.0 * deg, 30.0 * mm)),
                      Contains("the lead closes to a ring: 0.00 mm lie between its parts"));
  CHECK_NOTHROW(placed(straight(), arc(12.5 * mm, 0.0 * deg, 30.0 * mm)));
}

TEST_CASE("a nerve too sharply bent to be followed is refused", "[lead][bent][errors]") {
  // Bends on 8 mm towards the lead; at 1 mm clearance the lead would bend on 8 - 4.45 = 3.55 mm, at
  // 4.2 mm it would have to fold.
  std::vector<Vector3d> points;
  for (int i = -40; i <= 40; ++i) {
    const double angle = std::numbers::pi / 80.0 * i, beyond = 1e-3 * (std::abs(i) - 20);
    const double turn = std::clamp(angle, -std::numbers::pi / 4, std::numbers::pi / 4);
    Vector3d p(0.0, -8e-3 * (1.0 - std::cos(turn)), -8e-3 * std::sin(turn));
    if (beyond > 0.0)
      p += beyond *
           Vector3d(0.0, -std::sin(std::abs(turn)), i > 0 ? -std::cos(turn) : std::cos(turn));
    points.push_back(p);
  }
  anatomy::Nerve nerve = nerve_along(points);
  nerve.foramen_s = 0.5 * nerve.course->length();
  const auto follow = [&](double clearance) {
    return placed(
        nerve, {.clearance = clearance * mm, .position = 0.0 * mm, .shape = Shape::follows_nerve});
  };
  CHECK_THROWS_WITH(follow(1.0), Contains("the lead bends on a radius of 3.") &&
                                     Contains("outer side of the nerve's bend"));
  CHECK_THROWS_WITH(follow(4.6), Contains("the nerve bends too sharply towards the lead: its axis, "
                                          "8.05 mm from the nerve's, would have to fold"));
  CHECK_NOTHROW(
      placed(nerve, {.angle = 180.0 * deg, .position = 0.0 * mm, .shape = Shape::follows_nerve}));
}

TEST_CASE("a tilted lead cannot follow the nerve", "[lead][bent][errors]") {
  try {
    placed(straight(), {.tilt = 5.0 * deg, .shape = Shape::follows_nerve});
    FAIL("no error");
  } catch (const ConfigError& error) {
    CHECK(error.place() == "lead.tilt");
    CHECK(error.cause() == "a lead that follows the nerve has no tilt");
    CHECK(error.remedy() == "remove `tilt`, or use shape = \"bent\" or \"straight\"");
  }
}

TEST_CASE("a bent lead that leaves the domain is refused, saying by how much",
          "[lead][bent][errors]") {
  // An arc of 80 mm towards dorsal. Its end lies 44 mm from the anchor at (0, -4.45, -10) mm.
  const double angle = 44.0 / 80.0;
  const double y = 4.45 + 80.0 * (1.0 - std::cos(angle)), z = 10.0 + 80.0 * std::sin(angle);
  // The rim: 0.65 mm across the tangent (sin, cos), farthest from the origin.
  const double axial = y * std::sin(angle) + z * std::cos(angle);
  const double across = std::abs(y * std::cos(angle) - z * std::sin(angle)) + 0.65;
  const double reach = std::hypot(axial, across);
  CHECK_NOTHROW(placed(straight(), arc(80.0 * mm, 0.0 * deg), {}, (reach + 2.0 + 0.01) * 1e-3));
  CHECK_THROWS_WITH(placed(straight(), arc(80.0 * mm, 0.0 * deg), {}, (reach + 2.0 - 3.1) * 1e-3),
                    Contains("the lead leaves the domain by 3.10 mm"));
}
