#include "core/error.hpp"
#include "core/random.hpp"
#include "lead/placement.hpp"
#include "unit/lead/nerve_courses.hpp"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace foramen;
using namespace foramen::lead;
using namespace foramen::lead::tests;
using Catch::Matchers::Contains;

namespace {

anatomy::Nerve bent() { // turns by about 60 degrees on a radius near 2 cm
  return nerve_along(
      {{0, 0, 0.06}, {0, 0, 0.02}, {0.004, 0, 0.006}, {0.016, 0, -0.002}, {0.05, 0, -0.012}});
}
LeadModel octrode() {
  return load_lead("octrode");
}
PlacedLead placed(const anatomy::Nerve& nerve, const Placement& placement,
                  const Encapsulation& encapsulation = {}, double domain_radius = 0.2) {
  return place_beside(nerve, octrode(), encapsulation, placement, Vector3d::Zero(), domain_radius);
}

} // namespace

TEST_CASE("beside a straight nerve the gap is the clearance, at any angle, roll and tip",
          "[lead][placement]") {
  for (const double angle : {0.0, 33.0, 180.0, 271.0})
    for (const bool tip_distal : {false, true}) {
      const PlacedLead lead = placed(straight(), {.clearance = 1.3 * mm,
                                                  .angle = angle * deg,
                                                  .roll = 20.0 * deg,
                                                  .tip_distal = tip_distal});
      CHECK(smallest_gap(straight(), lead) == Approx(1.3e-3).margin(1e-9));
      CHECK(lead.direction.z() == Approx(tip_distal ? 1.0 : -1.0)); // the nerve runs down
      CHECK(std::abs(lead.side.dot(lead.direction)) < 1e-12);
    }
}

TEST_CASE("angle 0 is the frame's u, 90 degrees its v", "[lead][placement]") {
  const double offset = nerve_radius + 1e-3 + 0.65e-3;
  const PlacedLead at_u = placed(straight(), {});
  CHECK((at_u.tip + offset * Vector3d::UnitY()).head<2>().norm() < 1e-12);
  const PlacedLead at_v = placed(straight(), {.angle = 90.0 * deg});
  const Vector3d v = straight().course->frame(0.0).v;
  CHECK((at_v.tip - offset * v).head<2>().norm() < 1e-12);
}

TEST_CASE("position is that of the array's centre, from the foramen outwards",
          "[lead][placement]") {
  const PlacedLead lead = placed(straight(), {.position = 12.0 * mm});
  const double centre_z = 0.5 * (lead.contact_centre(0).z() + lead.contact_centre(7).z());
  CHECK(centre_z == Approx(0.05 - 0.05 - 0.012));
  CHECK(lead.contact_centre(0).z() > lead.contact_centre(7).z()); // the tip points to the foramen
  CHECK((lead.contact_centre(1) - lead.contact_centre(0)).norm() == Approx(7e-3));
  CHECK(lead.length == Approx(octrode().array_end() + bare_stretch.si()));
}

TEST_CASE("tilt turns the lead about the line to the nerve and keeps the gap there",
          "[lead][placement]") {
  for (const double tilt : {-90.0, -30.0, 10.0, 60.0, 90.0}) {
    const PlacedLead lead = placed(straight(), {.clearance = 0.7 * mm, .tilt = tilt * deg});
    CHECK(smallest_gap(straight(), lead) == Approx(0.7e-3).margin(1e-9));
    CHECK(std::abs(lead.direction.dot(Vector3d::UnitZ())) ==
          Approx(std::cos(tilt * 3.14159265358979 / 180.0)).margin(1e-12));
  }
}

// Independent measure: the distance between dense points of both axes, less both radii. Sampling
// every 0.1 mm can miss the minimum by 0.07 mm at most, near it by (0.1 mm)^2 / (2 d) << 0.01 mm.
TEST_CASE("the smallest gap to a bent nerve is that of the nearest pair of points",
          "[lead][placement]") {
  const anatomy::Nerve nerve = bent();
  core::RandomStream random(3, "placement test");
  for (int i = 0; i < 12; ++i) {
    PlacedLead lead;
    lead.model = octrode();
    lead.length = lead.model.array_end() + 0.018;
    const double angle = random.uniform(0.0, 6.3);
    lead.direction = Vector3d(random.normal(), random.normal(), random.normal()).normalized();
    const geometry::Frame f = nerve.course->frame(random.uniform(0.02, 0.09));
    const Vector3d out = std::cos(angle) * f.u + std::sin(angle) * f.v;
    lead.direction = (lead.direction - out * out.dot(lead.direction)).normalized();
    lead.tip =
        f.origin + random.uniform(5e-3, 9e-3) * out - random.uniform(0.01, 0.05) * lead.direction;
    double brute = std::numeric_limits<double>::infinity();
    for (double s = 0.0; s <= nerve.course->length(); s += 1e-4)
      for (double a = 0.0; a <= lead.length; a += 1e-4)
        brute = std::min(brute, (nerve.course->point(s) - lead.tip - a * lead.direction).norm());
    brute -= nerve_radius + 0.65e-3;
    CHECK(smallest_gap(nerve, lead) <= brute + 1e-9);
    CHECK(smallest_gap(nerve, lead) > brute - 1e-5);
  }
}

TEST_CASE("encapsulation narrows the gap by its thickness", "[lead][placement]") {
  const PlacedLead lead = placed(straight(), {}, {0.3e-3, "encapsulation_chronic"});
  CHECK(smallest_gap(straight(), lead) == Approx(0.7e-3).margin(1e-9));
}

TEST_CASE("a lead that cuts the bending nerve is refused, saying by how much",
          "[lead][placement][errors]") {
  // On the side towards which the nerve bends, a long straight lead runs into it.
  const Placement inside_the_bend{.angle = -90.0 * deg, .position = -10.0 * mm};
  CHECK_THROWS_WITH(placed(bent(), inside_the_bend), Contains("the lead cuts the nerve by ") &&
                                                         Contains(" mm") &&
                                                         Contains("raise `clearance`"));
  try {
    placed(bent(), inside_the_bend);
  } catch (const ConfigError& error) {
    CHECK(error.place() == "lead.clearance");
    CHECK(error.exit_code() == core::ExitCode::wrong_input);
  }
}

TEST_CASE("too little room for the encapsulation is refused, saying by how much",
          "[lead][placement][errors]") {
  CHECK_THROWS_WITH(placed(straight(), {.clearance = 0.2 * mm}, {0.5e-3, "encapsulation_chronic"}),
                    Contains("the encapsulation of 0.50 mm cuts the nerve by 0.30 mm") &&
                        Contains("raise `clearance` by 0.35 mm"));
  CHECK_THROWS_WITH(placed(straight(), {.clearance = 0.52 * mm}, {0.5e-3, "encapsulation_chronic"}),
                    Contains("only 0.02 mm lie between the encapsulation and the nerve") &&
                        Contains("raise `clearance` by 0.03 mm"));
  CHECK_THROWS_WITH(placed(straight(), {.clearance = 0.01 * mm}),
                    Contains("only 0.01 mm lie between the lead and the nerve"));
}

TEST_CASE("a lead that leaves the domain is refused, saying by how much",
          "[lead][placement][errors]") {
  // Centre of the array at z = -10 mm; the far end lies 26 + 18 mm below it, 4.45 mm off the axis,
  // and its rim 0.65 mm further: 54.2 mm from the origin.
  const double reach = std::hypot(10.0 + 26.0 + 18.0, 2.8 + 1.0 + 0.65 + 0.65);
  CHECK_NOTHROW(placed(straight(), {}, {}, (reach + 2.0 + 0.01) * 1e-3));
  CHECK_THROWS_WITH(placed(straight(), {}, {}, (reach + 2.0 - 3.1) * 1e-3),
                    Contains("the lead leaves the domain by 3.10 mm"));
}

TEST_CASE("a position beyond the nerve is refused, saying by how much",
          "[lead][placement][errors]") {
  CHECK_THROWS_WITH(placed(straight(), {.position = 75.0 * mm}),
                    Contains("5.00 mm beyond the distal end") &&
                        Contains("-50.00 mm and 70.00 mm"));
  CHECK_THROWS_WITH(placed(straight(), {.position = -51.0 * mm}),
                    Contains("1.00 mm beyond the proximal end"));
}
