// The bones of a lumbar level as implicit solids: vertebrae, sacrum with ala, ilium, and the discs.
//
// A vertebra is a body (elliptic cylinder with a flat posterior wall), pedicles, transverse
// processes, pars and lamina, superior and inferior articular processes and a spinous process; the
// foramen is what is left open between two pedicles, the bodies' posterior wall and the facet.
// Metres.
#pragma once

#include "anatomy/level_sizes.hpp"
#include "anatomy/lumbar_nerve.hpp"
#include "anatomy/scene.hpp"

namespace foramen::anatomy {

// Adds cortical bone, cancellous bone on top of it, and the discs. Vertebrae above and below have
// the level's own sizes.
void add_bones(Scene& scene, const Level& level, const NerveCourse& nerve, double side);

} // namespace foramen::anatomy
