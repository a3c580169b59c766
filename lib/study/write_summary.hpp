// The summary of a run as datasets: what a merged sweep stacks along its axes.
#pragma once

#include "io/hdf5_file.hpp"
#include "study/study_result.hpp"

namespace foramen::study {

// /summary in an open results.h5: programmes x fractions, and programmes.
void write_summary(io::Hdf5Writer& file, const Study& study, const StudyResult& result);

} // namespace foramen::study
