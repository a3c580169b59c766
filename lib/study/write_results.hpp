// results.h5: everything a run has found, readable with nothing but h5py.
//
//   /meta                version, commit, configuration, result table, seeds, stage times, machine
//   /anatomy             course of the nerve, fascicles, level
//   /lead                tip, direction, contacts
//   /field               impedance matrix, slices of potential, current density and tissue
//   /along_fibre/NAME    potential and activating function along the fibre that fires first
//   /programmes          names, weights, pulses
//   /populations/NAME    diameters, places, distances; thresholds, brackets, status, firing nodes
//                        (programmes x fibres)
//   /recruitment/NAME    fraction recruited against amplitude
//   /summary             motor and sensory thresholds, window, charge, voltage (programmes x
//   fractions)
//
// Every dataset has units and long_name; axes are dimension scales; statuses are enums.
#pragma once

#include "study/run_study.hpp"

#include <string>

namespace foramen::study {

// Returns the path. Throws WorldError; a failed write leaves no file.
std::string write_results(const Study& study, const Run& run, const std::string& table,
                          const std::string& folder);

} // namespace foramen::study
