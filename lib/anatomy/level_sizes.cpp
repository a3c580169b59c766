#include "anatomy/level_sizes.hpp"

#include "config/table.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace foramen::anatomy {
namespace {

using config::Table;

struct SizeKey {
  const char* key;
  double LevelSizes::*member;
  double min, max; // millimetres, or degrees for angles
  const char* doc;
};

using S = LevelSizes;
constexpr std::array size_keys{
    SizeKey{"pedicle_height", &S::pedicle_height, 8, 25, "Height of the pedicle."},
    SizeKey{"pedicle_width", &S::pedicle_width, 4, 25,
            "Mediolateral width of the pedicle, which is the length of the foraminal canal."},
    SizeKey{"pedicle_drop", &S::pedicle_drop, 0, 8,
            "Upper edge of the pedicle below the upper end plate."},
    SizeKey{"body_width", &S::body_width, 30, 70, "Width of the vertebral body."},
    SizeKey{"body_depth", &S::body_depth, 20, 50, "Front-to-back depth of the vertebral body."},
    SizeKey{"disc_height", &S::disc_height, 2, 18, "Height of the disc."},
    SizeKey{"cortical_thickness", &S::cortical_thickness, 0.2, 3, "Of the bones' cortical shell."},
    SizeKey{"canal_width", &S::canal_width, 16, 40, "Distance between the two pedicles."},
    SizeKey{"canal_depth", &S::canal_depth, 12, 30, "Vertebral body to lamina, on the midline."},
    SizeKey{"foramen_height", &S::foramen_height, 12, 30, "Pedicle to pedicle."},
    SizeKey{"foramen_width", &S::foramen_width, 3, 14,
            "Front to back of the foramen at the disc: disc to facet."},
    SizeKey{"foramen_recess", &S::foramen_recess, 5, 16,
            "Front to back of the foramen under the pedicle, where the root leaves."},
    SizeKey{"facet_drop", &S::facet_drop, 3, 15,
            "Tip of the superior facet below the pedicle above it."},
    SizeKey{"lamina_thickness", &S::lamina_thickness, 3, 12, "Thickness of the lamina."},
    SizeKey{"transverse_tip", &S::transverse_tip, 25, 60,
            "Tip of the transverse process from the midline."},
    SizeKey{"spinous_tip", &S::spinous_tip, 30, 80,
            "Tip of the spinous process behind the vertebral body."},
    SizeKey{"sac_width", &S::sac_width, 8, 25, "Width of the dural sac."},
    SizeKey{"sac_depth", &S::sac_depth, 6, 20, "Front-to-back depth of the dural sac."},
    SizeKey{"dura_thickness", &S::dura_thickness, 0.1, 1, "Thickness of the dura."},
    SizeKey{"psoas_medial", &S::psoas_medial, 10, 50,
            "Medial border of psoas from the midline, at the foramen."},
    SizeKey{"psoas_lateral", &S::psoas_lateral, 25, 100,
            "Lateral border of psoas from the midline, at the foramen."},
    SizeKey{"psoas_depth", &S::psoas_depth, 15, 70, "Front-to-back depth of psoas."},
    SizeKey{"erector_width", &S::erector_width, 20, 80, "Width of erector spinae."},
    SizeKey{"erector_depth", &S::erector_depth, 10, 60, "Front-to-back depth of erector spinae."},
    SizeKey{"multifidus_width", &S::multifidus_width, 8, 40, "Width of multifidus."},
    SizeKey{"multifidus_depth", &S::multifidus_depth, 8, 50, "Front-to-back depth of multifidus."},
    SizeKey{"quadratus_thickness", &S::quadratus_thickness, 4, 40,
            "Front-to-back thickness of quadratus lumborum."},
    SizeKey{"skin_depth", &S::skin_depth, 40, 180,
            "From the nerve just outside the foramen, straight back to the skin."},
    SizeKey{"subcutaneous_fat", &S::subcutaneous_fat, 1, 80, "Thickness of the subcutaneous fat."},
    SizeKey{"skin_thickness", &S::skin_thickness, 0.5, 5, "Thickness of the skin."},
    SizeKey{"trunk_width", &S::trunk_width, 200, 600, "Side-to-side width of the trunk."},
    SizeKey{"trunk_depth", &S::trunk_depth, 150, 500, "Front-to-back depth of the trunk."},
    SizeKey{"fat_sleeve", &S::fat_sleeve, 0.5, 15,
            "Thickness of the fat around the nerve at the foramen; it tapers out in the muscle."},
};
constexpr std::array size_angles{
    SizeKey{"sacral_tilt", &S::sacral_tilt, 0, 35, "Of S1 against L5; used at L5 alone."},
};
constexpr std::array nerve_keys{
    SizeKey{"diameter", &S::diameter, 0.5, 15, "Diameter of the nerve, epineurium included."},
    SizeKey{"proximal_length", &S::proximal_length, 20, 150,
            "Length of the nerve from the foramen's lateral border to its proximal end."},
    SizeKey{"distal_length", &S::distal_length, 20, 150,
            "Length of the nerve from the foramen's lateral border to its distal end."},
    SizeKey{"disc_gap", &S::disc_gap, 0, 8,
            "Height of the nerve's lower surface above the disc, in the middle of the foramen."},
};
constexpr std::array nerve_angles{
    SizeKey{"take_off_angle", &S::take_off_angle, 5, 60,
            "Of the root off the vertical in the canal, coronal plane."},
    SizeKey{"extraforaminal_angle", &S::extraforaminal_angle, 10, 70,
            "Of the nerve off the vertical beyond the foramen, coronal plane."},
    SizeKey{"forward_angle", &S::forward_angle, 0, 40,
            "Of the nerve beyond the foramen, forwards."},
};

double read_with_source(Table& table, const SizeKey& key, bool angle) {
  Table entry = table.table(key.key, key.doc);
  const std::string source = entry.required_text("source", "Where the number is from.");
  if (source.empty())
    entry.refuse("source", "a size without a source", "say where the number is from");
  if (angle)
    return entry
        .required_quantity<Angle>("value", {key.min * deg, key.max * deg}, "The angle itself.")
        .si();
  return entry.required_quantity<Length>("value", {key.min * mm, key.max * mm}, "The size itself.")
      .si();
}

double read_override(Table& table, const SizeKey& key, bool angle, double fallback) {
  if (angle)
    return table
        .quantity(key.key, Angle::from_si(fallback), {key.min * deg, key.max * deg}, key.doc)
        .si();
  return table.quantity(key.key, Length::from_si(fallback), {key.min * mm, key.max * mm}, key.doc)
      .si();
}

template <class Visit> void each_size(const Visit& visit) {
  for (const SizeKey& key : size_keys)
    visit(key, false);
  for (const SizeKey& key : size_angles)
    visit(key, true);
}
template <class Visit> void each_nerve_size(const Visit& visit) {
  for (const SizeKey& key : nerve_keys)
    visit(key, false);
  for (const SizeKey& key : nerve_angles)
    visit(key, true);
}

// What must hold between sizes, so that the foramen is open and the nerve fits through it.
void check(Table& sizes, const LevelSizes& s) {
  const auto in_mm = [](double metres) { return to_text(Length::from_si(metres)); };
  if (s.psoas_lateral <= s.psoas_medial)
    sizes.refuse("psoas_lateral", "the lateral border of psoas lies medial of its medial one",
                 "make it larger than `psoas_medial`");
  if (s.foramen_recess < s.diameter + 1e-3)
    sizes.refuse("foramen_recess",
                 concat("a nerve of ", in_mm(s.diameter), " does not fit under the pedicle: ",
                        in_mm(s.foramen_recess), " front to back"),
                 "leave at least 1 mm more than the nerve's diameter");
  if (s.disc_height + 10e-3 > s.spacing())
    sizes.refuse("disc_height",
                 concat("the vertebral body would be only ", in_mm(s.body_height()), " high"),
                 "its height is pedicle_height + foramen_height - disc_height");
  if (s.sac_width > s.canal_width || s.sac_depth + 2e-3 > s.canal_depth)
    sizes.refuse("sac_width", "the dural sac does not fit into the bony canal",
                 "keep it narrower than `canal_width`, and 2 mm less deep than `canal_depth`");
  if (s.transverse_tip < s.pedicle_lateral())
    sizes.refuse("transverse_tip", "the transverse process ends inside the pedicle",
                 concat("beyond ", in_mm(s.pedicle_lateral())));
}

} // namespace

std::vector<std::string> level_names() {
  const std::filesystem::path folder = std::filesystem::path(data_folder()) / "levels";
  std::error_code problem;
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder, problem))
    if (entry.path().extension() == ".toml")
      names.push_back(entry.path().stem().string());
  if (problem)
    throw WorldError(folder.string(), concat("cannot read the levels: ", problem.message()),
                     "set FORAMEN_DATA to the folder `configs` of the programme");
  std::sort(names.begin(), names.end());
  return names;
}

Level load_level(const std::string& name) {
  config::Document document =
      config::Document::from_file(data_folder() + "/levels/" + name + ".toml");
  Table root = document.root();
  Level level;
  level.name = name;
  level.above_sacrum =
      root.required_choice("below", {"vertebra", "sacrum"}, "What lies below.") == "sacrum";
  Table innervation = root.table("innervation", "What the nerve supplies.");
  level.dermatome = innervation.required_text("dermatome", "Skin.");
  level.key_muscles = innervation.required_text("key_muscles", "Muscles that twitch.");
  level.innervation_source = innervation.required_text("source", "Where it is from.");
  Table sizes = root.table("sizes", "Bones and soft tissue.");
  each_size([&](const SizeKey& key, bool angle) {
    level.sizes.*key.member = read_with_source(sizes, key, angle);
  });
  Table nerve = root.table("nerve", "The nerve and its course.");
  each_nerve_size([&](const SizeKey& key, bool angle) {
    level.sizes.*key.member = read_with_source(nerve, key, angle);
  });
  check(sizes, level.sizes);
  document.finish();
  return level;
}

void read_size_overrides(Table anatomy, Level& level) {
  Table sizes = anatomy.table("sizes", "Measures of the level; defaults and sources are in "
                                       "configs/levels.");
  each_size([&](const SizeKey& key, bool angle) {
    double& value = level.sizes.*key.member;
    value = read_override(sizes, key, angle, value);
  });
  Table nerve = anatomy.table("nerve", "The nerve.");
  each_nerve_size([&](const SizeKey& key, bool angle) {
    double& value = level.sizes.*key.member;
    value = read_override(nerve, key, angle, value);
  });
  check(sizes, level.sizes);
}

} // namespace foramen::anatomy
