// /lead of results.h5: the contacts of all leads in a row, and where the leads lie.
//
// A study with one lead and no name has tip, direction and diameter of that lead; with named leads
// they have one row per lead, /lead/name says which, and /lead/contact_lead to which a contact
// belongs. /lead/axis are points of all axes in a row, /lead/axis_lead says whose.
#pragma once

#include "io/hdf5_file.hpp"
#include "study/study.hpp"

#include <Eigen/Core>

#include <vector>

namespace foramen::study {

// The ends of a straight lead's axis; points of a bent one's, a millimetre apart.
std::vector<Eigen::Vector3d> axis_points(const lead::PlacedLead& lead);

// `shown`: the contact through which the slices go.
void write_leads(io::Hdf5Writer& file, const Study& study, std::size_t shown);

} // namespace foramen::study
