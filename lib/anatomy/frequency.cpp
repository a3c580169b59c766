#include "anatomy/frequency.hpp"

#include <algorithm>

namespace foramen::anatomy {
namespace {

bool sheath_depends_on_frequency(const Nerve& nerve) {
  return nerve.perineurium.depends_on_frequency() && !nerve.fascicles.empty();
}

} // namespace

bool depends_on_frequency(const Anatomy& anatomy) {
  const std::vector<Tissue>& tissues = anatomy.scene.tissues().all();
  return sheath_depends_on_frequency(anatomy.nerve) ||
         std::any_of(tissues.begin(), tissues.end(),
                     [](const Tissue& tissue) { return tissue.dispersion.has_value(); });
}

void evaluate_at(Anatomy& anatomy, Frequency f) {
  anatomy.scene.evaluate_at(f);
  if (!sheath_depends_on_frequency(anatomy.nerve))
    return;
  for (Fascicle& fascicle : anatomy.nerve.fascicles)
    fascicle.sheet_resistance =
        perineurium_resistance(anatomy.nerve.perineurium, 2.0 * fascicle.radius * m, f).si();
}

} // namespace foramen::anatomy
