// /populations of results.h5: fibres and their places, thresholds with their intervals, errors of
// the field along them. Rows of thresholds are programmes, columns fibres.
#pragma once

#include "io/hdf5_file.hpp"
#include "study/run_study.hpp"

namespace foramen::study {

void write_populations(io::Hdf5Writer& file, const Study& study, const StudyResult& result);

} // namespace foramen::study
