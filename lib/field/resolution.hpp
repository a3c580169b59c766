// How fine the mesh is, in millimetres a reader can picture.
//
// Sizes are edge lengths of quadratic tetrahedra and of the triangles on tubes. The defaults make
// the ring references of the tests come out within 0.5 % of the potential and 3 % of its second
// difference; the measurement is in this folder's README, section "Meshing".
//
// `scaled` makes the mesh that much coarser (above 1) or finer everywhere: lengths and sizes per
// gap are multiplied, edges around a fascicle divided. Growths are multiplied too where the mesh
// becomes finer; where it becomes coarser they take the square root, for tetrahedra that grow
// faster are no longer good enough for their order. Growths end at 0.5, sizes at 8 per gap and
// edges at 6, beyond which meshes fail.
#pragma once

#include "core/units.hpp"
#include "field/size_octree.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace foramen::field {

using SizeFactors = std::vector<std::shared_ptr<const SizeOctree>>;

struct Resolution {
  // The lead. The current density is singular at a contact's edges, as distance^(-1/2).
  Length contact_edge = 0.1 * mm;   // between rings at a contact's edge
  Length contact_around = 0.1 * mm; // around the lead at a contact
  Length edge_volume = 0.05 * mm;   // of tetrahedra at a contact's edge
  Length contact_middle = 0.4 * mm; // between rings within a contact
  Length bare_lead = 0.6 * mm;      // between rings far from any contact
  double edge_growth = 0.3;         // of these, metres per metre

  // The nerve and its fascicles: `nerve` while the contacts are within `near`, then growing.
  Length nerve = 0.4 * mm;
  Length nerve_far = 2.0 * mm;
  Length near = 8.0 * mm;
  double nerve_growth = 0.1;
  // Fewest edges around a fascicle. With curved quadratic elements these sizes put second
  // differences along fascicles within 0.8 % of the closed form (README, section "Meshing").
  double around_fascicle = 9.0;

  // Everywhere: thin gaps, growth with distance from the tubes, and the largest size.
  double per_gap = 6.0;        // size over the width of a gap between two tubes ...
  Length gap_floor = 0.3 * mm; // ... but no less than this
  double growth = 0.35;
  Length far = 8.0 * mm;

  Length generator_case = 4.0 * mm; // on the pulse generator's case, if there is one

  // Of all sizes, by place: where a goal needs a finer mesh (goal_refinement.hpp). Multiplied.
  SizeFactors finer;

  double factor(const Eigen::Vector3d& p) const; // the product of `finer`
  int least_around_fascicle() const;             // rounded up
  Resolution scaled(double factor) const;
};

// "draft" (all sizes 1.5 times the default), "default", "fine" (0.7 times); nothing for another
// name.
std::optional<Resolution> resolution_preset(const std::string& name);
std::vector<std::string> resolution_preset_names();

} // namespace foramen::field
