// Potential and activating function along the fibres: all of them for ParaView, and the fibre of
// each population that fires first in results.h5.
#pragma once

#include "io/hdf5_file.hpp"
#include "study/run_study.hpp"

#include <string>
#include <vector>

namespace foramen::study {

// fibres.h5 and fibres.xdmf: a block of polylines per population, one point per node of Ranvier,
// with potential (ohm) and activating function (V/m^2 per A, fibre_lines.hpp) of every contact on
// points, and diameter, internode and the best programme's threshold on lines.
std::vector<std::string> write_fibres(const Study& study, const Run& run,
                                      const std::string& folder);

// /along_fibre/POPULATION of the fibre with the lowest threshold of the best programme (the one
// nearest to the lead when none fired).
void write_along_fibre(io::Hdf5Writer& file, const Study& study, const Run& run);

} // namespace foramen::study
