// The measures of one lumbar level, each with its source in configs/levels/<level>.toml.
//
// Metres and radians. The scene is built from these numbers alone, so that a study can override any
// of them: bones and soft tissue in [anatomy.sizes], the nerve's course in [anatomy.nerve]. x is
// lateral, y anterior, z cranial; the origin is on the midline at the posterior wall of the
// vertebral body, at mid-height of the level's pedicle.
#pragma once

#include <string>
#include <vector>

namespace foramen::config {
class Table;
}

namespace foramen::anatomy {

struct LevelSizes {
  // Vertebra. The body's height follows: pedicle + foramen - disc, as pedicles repeat from level to
  // level.
  double pedicle_height, pedicle_width; // width is mediolateral: the length of the foraminal canal
  double pedicle_drop;                  // of its upper edge below the upper end plate
  double body_width, body_depth, disc_height, cortical_thickness;
  double canal_width, canal_depth; // bony canal: between pedicles, and body to lamina
  double foramen_height;           // pedicle to pedicle
  double foramen_width;            // front to back at the disc, in front of the facet
  double foramen_recess;           // front to back under the pedicle, where the root leaves
  double facet_drop;               // tip of the superior facet below the pedicle above it
  double lamina_thickness, transverse_tip, spinous_tip; // tips: from midline, from posterior wall
  double sacral_tilt; // of S1 against this vertebra, used above the sacrum
  // Sac and muscles.
  double sac_width, sac_depth, dura_thickness;
  double psoas_medial, psoas_lateral, psoas_depth; // borders from the midline at the foramen
  double erector_width, erector_depth, multifidus_width, multifidus_depth, quadratus_thickness;
  // Trunk.
  double skin_depth; // from the nerve just outside the foramen, straight back to the skin
  double subcutaneous_fat, skin_thickness, trunk_width, trunk_depth;
  double fat_sleeve; // thickness of the fat around the nerve at the foramen

  // Nerve. Angles are those of its course, in the coronal plane off the downward vertical.
  double diameter, proximal_length, distal_length; // lengths from the foramen's lateral border
  double disc_gap;             // between the nerve and the disc below it, mid-foramen
  double take_off_angle;       // in the canal
  double extraforaminal_angle; // beyond the foramen
  double forward_angle;        // beyond the foramen, anterior

  double body_top() const { return 0.5 * pedicle_height + pedicle_drop; }
  double body_height() const { return pedicle_height + foramen_height - disc_height; }
  double body_bottom() const { return body_top() - body_height(); }
  double spacing() const { return pedicle_height + foramen_height; } // of vertebrae
  double pedicle_medial() const { return 0.5 * canal_width; }
  double pedicle_lateral() const { return pedicle_medial() + pedicle_width; }
  double foramen_top() const { return -0.5 * pedicle_height; }
  double foramen_bottom() const { return foramen_top() - foramen_height; }
};

struct Level {
  std::string name; // "L5"
  bool above_sacrum = false;
  LevelSizes sizes{};
  std::string dermatome, key_muscles, innervation_source;
};

std::vector<std::string> level_names(); // of configs/levels, sorted
// The file's values. ConfigError for a missing size or source; the level must be one of
// level_names().
Level load_level(const std::string& name);
// The study's overrides: [anatomy.sizes] and [anatomy.nerve] of the [anatomy] table given.
void read_size_overrides(config::Table anatomy, Level& level);

} // namespace foramen::anatomy
