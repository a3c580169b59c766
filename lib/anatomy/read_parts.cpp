#include "anatomy/read_parts.hpp"

#include "anatomy/read_nerve.hpp"
#include "config/table.hpp"
#include "core/error.hpp"
#include "geometry/curve.hpp"

#include <Eigen/Geometry>

namespace foramen::anatomy {
namespace {

using config::Range;
using config::Table;
using geometry::SolidPtr;

const Range<Length> positive{1.0 * um, 10.0 * m};

double read_radius(Table& part) {
  return part.required_quantity<Length>("radius", positive, "Radius.").si();
}

Vector3d read_sizes(Table& part, const char* key, const char* doc) {
  const Vector3d sizes = read_point(part, key, doc);
  if (sizes.minCoeff() <= 0.0)
    part.refuse(key, "a size that is not positive", "all three must be larger than 0 mm");
  return sizes;
}

Matrix3d read_turn(Table& part) {
  const Vector3d axis =
      read_direction(part, "turn_axis", Vector3d::UnitZ(), "Axis about which the solid is turned.");
  const Angle angle = part.quantity("turn_angle", 0.0 * deg, {-360.0 * deg, 360.0 * deg},
                                    "By how much, right-handed.");
  return Eigen::AngleAxisd(angle.si(), axis).toRotationMatrix();
}

struct Axis {
  Vector3d base, top;
};
Axis read_axis(Table& part) {
  const Vector3d base = read_point(part, "base", "One end of the axis.");
  const Vector3d top = read_point(part, "top", "The other end of the axis.");
  if (base == top)
    part.refuse("top", "base and top are the same point", "move one of them");
  return {base, top};
}

SolidPtr read_box(Table& part) {
  const Vector3d centre = read_point(part, "centre", "Centre of the box.");
  const Vector3d half = 0.5 * read_sizes(part, "size", "Edges of the box.");
  const Length rounding = part.quantity("rounding", 0.0 * mm, {0.0 * mm, half.minCoeff() * m},
                                        "Radius of its edges and corners.");
  return geometry::box(centre, half, read_turn(part), rounding.si());
}

SolidPtr read_elliptic_cylinder(Table& part) {
  const Axis axis = read_axis(part);
  const auto semi_axes =
      part.quantities<Length>("semi_axes", {1.0 * mm, 1.0 * mm}, positive, "The two semi-axes.");
  if (semi_axes.size() != 2)
    part.refuse("semi_axes", concat(semi_axes.size(), " lengths where 2 belong"),
                "write [\"20 mm\", \"15 mm\"]");
  const Vector3d direction = read_direction(part, "semi_axis_direction", Vector3d::UnitX(),
                                            "Of the first semi-axis; made orthogonal.");
  if (direction.cross((axis.top - axis.base).normalized()).norm() < 1e-3)
    part.refuse("semi_axis_direction", "parallel to the cylinder's axis", "choose one across it");
  return geometry::elliptic_cylinder(axis.base, axis.top, semi_axes[0].si(), semi_axes[1].si(),
                                     direction);
}

SolidPtr read_tube(Table& part) {
  const std::vector<Vector3d> points = read_points(part, "points", "Course of the tube.");
  if (points.empty())
    part.refuse("", "a tube without points", "add [[anatomy.parts.points]] with `at`");
  const Vector3d start = (points[1] - points[0]).normalized();
  const auto curve = std::make_shared<geometry::Curve>(points, start.unitOrthogonal());
  const double radius = read_radius(part);
  const double end =
      part.quantity("end_radius", radius * m, positive, "Radius at the end, if it tapers.").si();
  return geometry::tapered_tube(curve, radius, end);
}

SolidPtr read_solid(Table& part) {
  const std::string shape = part.required_choice(
      "shape",
      {"box", "sphere", "ellipsoid", "cylinder", "elliptic_cylinder", "tube", "half_space"},
      "Kind of solid.");
  if (shape == "box")
    return read_box(part);
  if (shape == "sphere") {
    const Vector3d centre = read_point(part, "centre", "Centre of the sphere.");
    return geometry::sphere(centre, read_radius(part));
  }
  if (shape == "ellipsoid") {
    const Vector3d centre = read_point(part, "centre", "Centre of the ellipsoid.");
    const Vector3d semi_axes = read_sizes(part, "semi_axes", "The three semi-axes.");
    return geometry::ellipsoid(centre, semi_axes, read_turn(part));
  }
  if (shape == "cylinder") {
    const Axis axis = read_axis(part);
    return geometry::cylinder(axis.base, axis.top, read_radius(part));
  }
  if (shape == "elliptic_cylinder")
    return read_elliptic_cylinder(part);
  if (shape == "tube")
    return read_tube(part);
  const Vector3d point = read_point(part, "point", "A point of the plane.");
  return geometry::half_space(
      point, read_direction(part, "outward_normal", Vector3d::UnitZ(), "Out of the half-space."));
}

} // namespace

void read_parts(Table anatomy, Scene& scene) {
  for (Table& table : anatomy.tables("parts", "Solids of tissue, later ones on top.")) {
    Part part;
    part.name =
        table.text("name", concat("part ", scene.parts().size() + 1), "For tables and plots.");
    part.tissue = table.required_text("tissue", "Tissue it is made of.");
    if (!scene.tissues().has(part.tissue))
      table.refuse_unknown("tissue", part.tissue, "tissue", scene.tissues().names());
    if (!scene.tissues().at(part.tissue).isotropic()) {
      if (!table.has("direction"))
        table.refuse("tissue", concat(part.tissue, " conducts differently along a direction"),
                     "add direction = [x, y, z]");
      const Vector3d d =
          read_direction(table, "direction", Vector3d::UnitZ(), "Along which it conducts best.");
      part.direction = [d](const Vector3d&) { return d; };
    }
    part.solid = read_solid(table);
    scene.add(std::move(part));
  }
}

} // namespace foramen::anatomy
