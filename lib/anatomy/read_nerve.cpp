#include "anatomy/read_nerve.hpp"

#include "anatomy/fascicle_packing.hpp"
#include "anatomy/perineurium.hpp"
#include "config/table.hpp"
#include "core/error.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>

namespace foramen::anatomy {
namespace {

using config::Range;
using config::Table;

const Range<Length> positive{1.0 * um, 1.0 * m};

// To a micrometre: differences of lengths are never round in binary.
std::string in_mm(double metres) {
  return concat(std::round(metres * 1e6) / 1e3, " mm");
}

// The sheet resistance itself, in place of all that it would follow from.
Perineurium read_resistance(Table& table) {
  for (const char* key : {"rule", "thickness", "conductivity", "frequency_formula"})
    if (table.has(key))
      table.refuse(key, "the sheet resistance is given as it is",
                   concat("remove `", key, "` or `resistance`"));
  Perineurium sheath;
  sheath.resistance = table.required_quantity<SheetResistance>(
      "resistance", {0.01 * ohm_cm2, 1e6 * ohm_cm2},
      "Of each fascicle's sheath per area, in place of thickness and conductivity (optional).");
  return sheath;
}

Perineurium read_perineurium(Table& nerve) {
  Table table = nerve.table("perineurium", "The resistive sheath of each fascicle.");
  if (table.has("resistance"))
    return read_resistance(table);
  Perineurium sheath;
  const std::string rule =
      table.choice("rule", "human", {"human", "grinberg", "fixed"},
                   "Thickness: human 0.03702 d + 10.5 um, grinberg 0.03 d, or fixed.");
  sheath.weerasuriya =
      table.flag("frequency_formula", false,
                 "Takes the conductivity at the field's frequency from Weerasuriya's formula.");
  if (!sheath.weerasuriya)
    sheath.conductivity = table.quantity("conductivity", sheath.conductivity,
                                         {1e-6 * S_per_m, 10.0 * S_per_m}, "Of the perineurium.");
  else if (table.has("conductivity"))
    table.refuse("conductivity", "the frequency formula decides the conductivity",
                 "remove `conductivity` or `frequency_formula`");
  if (rule == "grinberg")
    sheath.rule = PerineuriumRule::grinberg;
  if (rule == "fixed") {
    sheath.rule = PerineuriumRule::fixed;
    sheath.fixed_thickness = table.required_quantity<Length>(
        "thickness", {0.1 * um, 500.0 * um}, "Of the sheath, for rule = \"fixed\".");
  } else if (table.has("thickness")) {
    table.refuse("thickness", concat("the rule \"", rule, "\" sets the thickness"),
                 "use rule = \"fixed\", or remove `thickness`");
  }
  return sheath;
}

std::vector<Disc> read_packing(Table& table, double nerve_radius, std::uint64_t seed) {
  PackingWish wish;
  wish.nerve_radius = nerve_radius;
  const auto length = [&table](const char* key, double& value, Range<Length> range,
                               const char* doc) {
    value = table.quantity(key, Length::from_si(value), range, doc).si();
  };
  wish.count =
      static_cast<int>(table.integer("count", wish.count, {1, 60}, "Number of fascicles."));
  wish.area_fraction = table.number("area_fraction", wish.area_fraction, {0.001, 0.95},
                                    "Of the nerve's cross-section that fascicles fill.");
  length("smallest_diameter", wish.smallest_diameter, {50.0 * um, 10.0 * mm}, "Of a fascicle.");
  length("largest_diameter", wish.largest_diameter, {50.0 * um, 10.0 * mm}, "Of a fascicle.");
  length("gap", wish.gap, {0.02 * mm, 2.0 * mm}, "Smallest distance between fascicles.");
  length("margin", wish.margin, {0.02 * mm, 2.0 * mm}, "Smallest distance to the epineurium.");
  if (wish.largest_diameter < wish.smallest_diameter)
    table.refuse("largest_diameter", "smaller than `smallest_diameter`", "swap the two");
  const Packing packing = pack_fascicles(wish, seed);
  if (packing.discs.empty())
    table.refuse("count",
                 concat(wish.count, " fascicles of at least ", in_mm(wish.smallest_diameter),
                        " do not fit into a nerve of ", in_mm(2.0 * nerve_radius)),
                 "fewer or thinner fascicles, or smaller `gap` and `margin`");
  if (packing.shortfall > 0.02)
    table.refuse("area_fraction",
                 concat("the fascicles reach ", packing.area_fraction, " of the cross-section, ",
                        packing.shortfall, " less than wanted"),
                 "lower `area_fraction`, or change `count` or `largest_diameter`");
  return packing.discs;
}

std::vector<Disc> read_listed(Table& table, double nerve_radius) {
  const Range<Length> inside{-nerve_radius * m, nerve_radius * m};
  std::vector<Disc> discs;
  for (Table& entry : table.tables("disc", "Fascicles of layout = \"listed\".")) {
    Disc disc;
    disc.u = entry.required_quantity<Length>("u", inside, "Centre along u (dorsal).").si();
    disc.v = entry.required_quantity<Length>("v", inside, "Centre along v.").si();
    disc.radius = 0.5 * entry.required_quantity<Length>("diameter", positive, "Diameter.").si();
    discs.push_back(disc);
  }
  if (discs.empty())
    table.refuse("disc", "no fascicle is listed", "add [[anatomy.nerve.fascicles.disc]] tables");
  constexpr double thinnest = 20e-6; // metres that the mesh can resolve
  const PackingGaps gaps = packing_gaps(discs, nerve_radius);
  if (gaps.between < thinnest)
    table.refuse("disc",
                 concat("fascicles ", gaps.first + 1, " and ", gaps.second + 1,
                        gaps.between < 0.0 ? " overlap by " : " are only apart by ",
                        in_mm(std::abs(gaps.between))),
                 concat("keep them at least ", in_mm(thinnest), " apart"));
  if (gaps.to_epineurium < thinnest)
    table.refuse(
        "disc",
        concat("fascicle ", gaps.outermost + 1,
               gaps.to_epineurium < 0.0 ? " leaves the nerve by " : " is from the epineurium only ",
               in_mm(std::abs(gaps.to_epineurium))),
        concat("keep it at least ", in_mm(thinnest), " inside"));
  return discs;
}

} // namespace

Vector3d read_vector(Table& table, const std::string& key, const Vector3d& fallback,
                     const std::string& doc) {
  const std::vector<double> x =
      table.numbers(key, {fallback.x(), fallback.y(), fallback.z()}, {}, doc);
  if (x.size() != 3)
    table.refuse(key, concat(x.size(), " numbers where 3 belong"), "write [x, y, z]");
  return {x[0], x[1], x[2]};
}

Vector3d read_direction(Table& table, const std::string& key, const Vector3d& fallback,
                        const std::string& doc) {
  const Vector3d v = read_vector(table, key, fallback, doc);
  if (v.norm() < 1e-9)
    table.refuse(key, "a direction of length zero", "for instance [0, 0, 1]");
  return v.normalized();
}

Vector3d read_point(Table& table, const std::string& key, const Vector3d& fallback,
                    const std::string& doc) {
  const std::vector<Length> x = table.quantities<Length>(
      key, {fallback.x() * m, fallback.y() * m, fallback.z() * m}, {}, doc);
  if (x.size() != 3)
    table.refuse(key, concat(x.size(), " lengths where 3 belong"),
                 "write [\"1 mm\", \"0 mm\", \"5 mm\"]");
  return {x[0].si(), x[1].si(), x[2].si()};
}

Vector3d read_point(Table& table, const std::string& key, const std::string& doc) {
  if (!table.has(key))
    table.refuse("", concat("`", key, "` is missing: ", doc),
                 concat("add ", key, " = [\"1 mm\", \"0 mm\", \"5 mm\"]"));
  return read_point(table, key, Vector3d::Zero(), doc);
}

std::vector<Vector3d> read_points(Table& table, const std::string& key, const std::string& doc) {
  std::vector<Vector3d> points;
  for (Table& entry : table.tables(key, doc)) {
    points.push_back(read_point(entry, "at", "A point of the course."));
    if (points.size() > 1 && points.back() == points[points.size() - 2])
      entry.refuse("at", "the same point twice in a row", "remove one of them");
  }
  if (points.size() == 1)
    table.refuse(key, "one point makes no course", "list at least two");
  return points;
}

std::string read_tissue(Table& table, const std::string& key, const std::string& fallback,
                        const TissueLibrary& tissues, const std::string& doc) {
  const std::string name = table.text(key, fallback, doc);
  if (!tissues.has(name))
    table.refuse_unknown(key, name, "tissue", tissues.names());
  return name;
}

Nerve read_free_course(Table& table, const Vector3d& default_direction) {
  Nerve nerve;
  nerve.radius =
      0.5 * table.quantity("diameter", 5.6 * mm, {0.1 * mm, 30.0 * mm}, "Of the nerve.").si();
  nerve.foramen_s = table
                        .quantity("foramen_position", 50.0 * mm, {0.0 * mm, 1.0 * m},
                                  "Arc length from the proximal end to where positions of a lead "
                                  "are counted from.")
                        .si();
  std::vector<Vector3d> points = read_points(table, "points", "Course from proximal to distal.");
  if (points.empty()) {
    const Vector3d t = read_direction(table, "direction", default_direction,
                                      "Of a straight nerve, from proximal to distal.");
    const double length = table
                              .quantity("length", 120.0 * mm, {5.0 * mm, 1.0 * m},
                                        "Of a straight nerve; the origin is at foramen_position.")
                              .si();
    points = {-nerve.foramen_s * t, (length - nerve.foramen_s) * t};
  }
  const Vector3d start = (points[1] - points[0]).normalized();
  const bool along_y = std::abs(start.y()) > 0.9;
  const Vector3d dorsal =
      read_direction(table, "dorsal", along_y ? Vector3d::UnitX() : Vector3d(-Vector3d::UnitY()),
                     "Where angle 0 of a lead points, at the proximal end.");
  if (dorsal.cross(start).norm() < 1e-3)
    table.refuse("dorsal", "parallel to the nerve's start", "choose a direction across the nerve");
  nerve.course = std::make_shared<geometry::Curve>(points, dorsal);
  if (nerve.foramen_s > nerve.course->length())
    table.refuse("foramen_position",
                 concat("beyond the nerve's length of ", in_mm(nerve.course->length())),
                 "make it smaller or the nerve longer");
  const double tightest = nerve.course->min_radius_of_curvature();
  if (tightest < 1.5 * nerve.radius)
    table.refuse("points",
                 concat("the nerve bends on a radius of ", in_mm(tightest),
                        ", too tight for its own radius of ", in_mm(nerve.radius)),
                 "space the points more gently, or make the nerve thinner");
  return nerve;
}

void read_fascicles(Table& nerve_table, const TissueLibrary& tissues, std::uint64_t seed,
                    const std::string& default_layout, Nerve& nerve) {
  nerve.endoneurium = read_tissue(nerve_table, "endoneurium", nerve.endoneurium, tissues,
                                  "Tissue inside the fascicles.");
  nerve.epineurium = read_tissue(nerve_table, "epineurium", nerve.epineurium, tissues,
                                 "Tissue of the nerve around its fascicles.");
  Table table = nerve_table.table("fascicles", "The fascicles of the nerve's cross-section.");
  const std::string layout =
      table.choice("layout", default_layout, {"packed", "listed", "none"},
                   "Packed from the seed, listed one by one, or none (the nerve is epineurium).");
  if (layout == "none")
    return;
  nerve.perineurium = read_perineurium(nerve_table);
  const std::vector<Disc> discs = layout == "packed" ? read_packing(table, nerve.radius, seed)
                                                     : read_listed(table, nerve.radius);
  for (const Disc& disc : discs)
    nerve.fascicles.push_back(
        {disc.u, disc.v, disc.radius,
         perineurium_resistance(nerve.perineurium, 2.0 * disc.radius * m, 1.0 * kHz).si()});
}

} // namespace foramen::anatomy
