// Slices in results.h5: planes with their pixels, tissues and projections, and on those of the
// field potential and current density.
//
//   GROUP/x, y            pixel centres, mm
//   GROUP/origin, axes    where the plane lies
//   GROUP/tissue          index into tissue_name at each pixel
//   GROUP/nerve_projection, lead_projection
//   /field/slices/NAME/potential, inside, current_density with arrow_x, arrow_y
#pragma once

#include "io/hdf5_file.hpp"
#include "study/slices.hpp"
#include "study/stages.hpp"

#include <string>

namespace foramen::study {

void write_plane(io::Hdf5Writer& file, const std::string& group, const Study& study,
                 const Plane& plane);
// `contact`: through which the slices go.
void write_field_slices(io::Hdf5Writer& file, const Study& study, FieldStage& field,
                        std::size_t contact);

} // namespace foramen::study
