#include "anatomy/lumbar.hpp"
#include "anatomy/read_nerve.hpp"
#include "anatomy/read_parts.hpp"
#include "config/table.hpp"
#include "core/error.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>

namespace foramen::anatomy {
namespace {

using config::Table;

constexpr double domain_margin = 3e-3; // metres kept between the nerve's ends and the boundary

struct Domain {
  Vector3d centre;
  double radius;
};

// A ball around the nerve just outside the foramen that holds the whole nerve.
Domain read_domain(Table& anatomy, const Nerve& nerve) {
  Table table = anatomy.table("domain", "The ball that is the volume conductor.");
  const double radius = table
                            .quantity("radius", 100.0 * mm, {10.0 * mm, 1.0 * m},
                                      "Of the ball; its surface is the distant ground.")
                            .si();
  const Vector3d beside = nerve.course->point(nerve.foramen_s + 10e-3);
  const Vector3d centre = read_point(table, "centre", beside,
                                     "Of the ball; default: the nerve 10 mm beyond the foramen.");
  double reach = 0.0;
  constexpr int n = 200;
  for (int i = 0; i <= n; ++i)
    reach = std::max(
        reach, std::hypot((nerve.course->point(nerve.course->length() * i / n) - centre).norm(),
                          nerve.radius));
  if (reach + domain_margin > radius)
    table.refuse(
        "radius",
        concat("the nerve leaves the domain by ",
               to_text(Length::from_si(std::ceil((reach + domain_margin - radius) * 1e5) / 1e5)),
               " (with ", to_text(domain_margin * m), " kept to the boundary)"),
        "enlarge it, or shorten the nerve");
  return {centre, radius};
}

// Of the lumbar scene's tissues only muscle has a direction.
void require_isotropic(Table& root, const TissueLibrary& tissues) {
  for (const char* name : {"air", "skin", "fat", "ligament", "epidural_fat", "foraminal_fat",
                           "bone_cortical", "bone_cancellous", "disc", "dura", "csf"})
    if (!tissues.at(name).isotropic())
      root.refuse("tissues", concat("the lumbar scene has no direction for ", name),
                  concat("give tissues.", name, " one `conductivity`"));
}

Anatomy read_lumbar(Table& anatomy, const TissueLibrary& tissues, std::uint64_t seed) {
  const std::string name =
      anatomy.text("level", "L5", "Lumbar level of the nerve, in configs/levels.");
  const std::vector<std::string> known = level_names();
  if (name == "S1")
    anatomy.refuse("level", "S1 leaves through the bone of the sacrum, not between two vertebrae",
                   "choose L1 to L5, or build the scene from primitives");
  if (std::find(known.begin(), known.end(), name) == known.end())
    anatomy.refuse_unknown("level", name, "level", known);
  const double side =
      anatomy.choice("side", "right", {"right", "left"}, "The patient's side.") == "left" ? -1.0
                                                                                          : 1.0;
  Level level = load_level(name);
  read_size_overrides(anatomy, level);
  LumbarScene built = lumbar_scene(level, side, tissues);
  Table nerve_table = anatomy.table("nerve", "The nerve.");
  const double tightest = built.nerve.course->min_radius_of_curvature();
  if (tightest < 1.5 * built.nerve.radius)
    nerve_table.refuse("diameter",
                       concat("the nerve bends on a radius of ", to_text(Length::from_si(tightest)),
                              ", too tight for its diameter"),
                       "a thinner nerve, or gentler angles");
  read_fascicles(nerve_table, tissues, seed, "packed", built.nerve);
  const Domain domain = read_domain(anatomy, built.nerve);
  return {std::move(built.scene),
          std::move(built.nerve),
          {level.dermatome, level.key_muscles, level.innervation_source},
          domain.centre,
          domain.radius};
}

Anatomy read_primitives(Table& anatomy, const TissueLibrary& tissues, std::uint64_t seed) {
  const std::string background =
      read_tissue(anatomy, "background", "fat", tissues, "Tissue where no part is.");
  Vector3d direction = Vector3d::UnitZ();
  if (!tissues.at(background).isotropic())
    direction = read_direction(anatomy, "background_direction", direction,
                               "Along which the background conducts best.");
  Scene scene(tissues, background, direction);
  read_parts(anatomy, scene);
  Table nerve_table = anatomy.table("nerve", "The nerve.");
  Nerve nerve = read_free_course(nerve_table, Vector3d(0.0, 0.0, -1.0));
  read_fascicles(nerve_table, tissues, seed, "packed", nerve);
  const Domain domain = read_domain(anatomy, nerve);
  return {std::move(scene), std::move(nerve), {}, domain.centre, domain.radius};
}

Anatomy read_homogeneous(Table& anatomy, TissueLibrary tissues, std::uint64_t seed) {
  const config::Range<Conductivity> range{1e-6 * S_per_m, 1e3 * S_per_m};
  Tissue medium;
  medium.name = "medium";
  medium.source = "study";
  Vector3d direction(0.0, 0.0, -1.0);
  const bool anisotropic = anatomy.has("along") || anatomy.has("across");
  if (anisotropic) {
    if (anatomy.has("conductivity"))
      anatomy.refuse("conductivity", "a medium has either one conductivity or along and across",
                     "remove one or the other");
    medium.along = anatomy.required_quantity<Conductivity>("along", range, "Along `direction`.");
    medium.across = anatomy.required_quantity<Conductivity>("across", range, "Across `direction`.");
    direction = read_direction(anatomy, "direction", direction, "Along which the medium conducts.");
  } else {
    medium.along = medium.across = anatomy.required_quantity<Conductivity>(
        "conductivity", range, "Of the whole space; or give `along` and `across`.");
  }
  medium.low = medium.high = medium.across;
  tissues.set(medium);
  Scene scene(tissues, medium.name, direction);
  Table nerve_table = anatomy.table("nerve", "The nerve.");
  Nerve nerve = read_free_course(nerve_table, direction);
  nerve.endoneurium = nerve.epineurium = medium.name;
  if (anisotropic) {
    // The field takes a nerve's own direction for its tissue, which must then be the medium's.
    const double length = nerve.course->length();
    for (double part = 0.0; part <= 1.0; part += 0.05)
      if (nerve.course->tangent(part * length).cross(direction).norm() > 1e-6)
        nerve_table.refuse("", "the nerve does not run along the anisotropic medium's direction",
                           "give both the same direction, or use model = \"primitives\"");
  }
  read_fascicles(nerve_table, tissues, seed, "none", nerve);
  const Domain domain = read_domain(anatomy, nerve);
  return {std::move(scene), std::move(nerve), {}, domain.centre, domain.radius};
}

} // namespace

Anatomy read_anatomy(Table root, std::uint64_t seed) {
  TissueLibrary tissues = TissueLibrary::standard();
  tissues.read_overrides(root);
  Table anatomy = root.table("anatomy", "What surrounds the lead.");
  const std::string model =
      anatomy.choice("model", "lumbar", {"lumbar", "primitives", "homogeneous"},
                     "A lumbar level, solids of one's own, or one conductivity everywhere.");
  if (model == "primitives")
    return read_primitives(anatomy, tissues, seed);
  if (model == "homogeneous")
    return read_homogeneous(anatomy, tissues, seed);
  require_isotropic(root, tissues);
  return read_lumbar(anatomy, tissues, seed);
}

} // namespace foramen::anatomy
