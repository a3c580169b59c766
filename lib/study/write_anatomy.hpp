// /anatomy and /case of results.h5: the nerve's course and fascicles, slices of the tissues, and
// the generator's case where there is one.
#pragma once

#include "io/hdf5_file.hpp"
#include "study/study.hpp"

namespace foramen::study {

// `contact`: through which the slices go.
void write_anatomy(io::Hdf5Writer& file, const Study& study, std::size_t contact);
void write_case(io::Hdf5Writer& file, const Study& study);

} // namespace foramen::study
