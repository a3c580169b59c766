#include "lead/generator_case.hpp"

#include "anatomy/read_nerve.hpp"
#include "config/table.hpp"
#include "core/error.hpp"
#include "core/quantity_text.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <limits>

namespace foramen::lead {
namespace {

constexpr double sample_step = 0.5e-3; // along nerve and lead, metres: misses 1e-5 m of the gap

// One decimal tells a user enough.
std::string millimetres(double metres) {
  return core::millimetres(metres, 1);
}

// Columns: width, height, thickness.
Eigen::Matrix3d axes_facing(const Vector3d& facing, Angle turn) {
  const Vector3d up = std::abs(facing.z()) < 0.99 ? Vector3d::UnitZ() : Vector3d::UnitY();
  Eigen::Matrix3d axes;
  axes.col(2) = facing;
  axes.col(1) = (up - facing * facing.dot(up)).normalized();
  axes.col(0) = axes.col(1).cross(axes.col(2));
  return Eigen::AngleAxisd(turn.si(), facing) * axes;
}

geometry::RoundedBox read_body(config::Table& table, const Vector3d& foramen) {
  geometry::RoundedBox body;
  body.centre = foramen + anatomy::read_point(table, "offset",
                                              "Of its middle from the nerve at the foramen's "
                                              "lateral border: right, anterior, cranial.");
  body.half_size =
      0.5 * anatomy::read_point(table, "size", "Width, height and thickness, outside.");
  const double smallest = body.half_size.minCoeff();
  if (smallest < 1e-3 || body.half_size.maxCoeff() > 0.1)
    table.refuse("size", "a case measures between 2 mm and 200 mm", "give its outer edges");
  body.rounding =
      table
          .quantity("rounding", Length::from_si(smallest), {0.5 * mm, 100.0 * mm},
                    "Radius of its edges and corners; default: half of the smallest size.")
          .si();
  if (body.rounding > (1.0 + 1e-9) * smallest)
    table.refuse("rounding",
                 concat("a case of ", millimetres(2.0 * smallest), " has no edges of radius ",
                        millimetres(body.rounding)),
                 concat("give at most ", millimetres(smallest)));
  body.rounding = std::min(body.rounding, smallest);
  const Vector3d facing = anatomy::read_direction(
      table, "facing", -Vector3d::UnitY(), "Where its thickness points; default: backwards.");
  body.axes = axes_facing(facing, table.quantity("turn", 0.0 * deg, {-360.0 * deg, 360.0 * deg},
                                                 "About that direction."));
  return body;
}

void require_gap(config::Table& table, const std::string& to, double gap) {
  if (gap < case_gap.si())
    table.refuse("offset",
                 gap < 0.0 ? concat("the case cuts the ", to, " by ", millimetres(-gap))
                           : concat("only ", millimetres(gap), " lie between the case and the ", to,
                                    "; the mesh needs ", millimetres(case_gap.si())),
                 "move the case, or turn it");
}

} // namespace

geometry::SolidPtr GeneratorCase::solid() const {
  return geometry::box(body.centre, body.half_size, body.axes, body.rounding);
}

std::optional<GeneratorCase> read_generator_case(config::Table root, const anatomy::Nerve& nerve,
                                                 const std::vector<PlacedLead>& leads,
                                                 const Vector3d& domain_centre,
                                                 double domain_radius) {
  if (!root.has("case"))
    return std::nullopt;
  config::Table table =
      root.table("case", "The pulse generator's case as an electrode in the tissue (optional).");
  const GeneratorCase made{read_body(table, nerve.course->point(nerve.foramen_s))};
  const double needed = made.body.reach(domain_centre) + boundary_gap.si();
  if (needed > domain_radius)
    table.refuse("offset",
                 concat("the case leaves the domain: it needs a ball of ",
                        millimetres(std::ceil(needed * 1e4) * 1e-4), ", which has ",
                        millimetres(domain_radius)),
                 concat("set anatomy.domain.radius = \"", static_cast<int>(std::ceil(needed * 1e3)),
                        " mm\" or more"));
  const geometry::SolidPtr solid = made.solid();
  const auto nearest = [&](double length, const auto& point) {
    const int n = static_cast<int>(std::ceil(length / sample_step));
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i <= n; ++i)
      least = std::min(least, solid->distance(point(length * i / n)));
    return least;
  };
  const geometry::Curve& course = *nerve.course;
  require_gap(table, "nerve",
              nearest(course.length(), [&](double s) { return course.point(s); }) - nerve.radius);
  for (const PlacedLead& lead : leads)
    require_gap(table, "lead", nearest(lead.length, [&](double s) {
                                 return lead.point(s);
                               }) - lead.outer_radius());
  return made;
}

} // namespace foramen::lead
