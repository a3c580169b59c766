// Comparison with thresholds computed by NEURON: any CSV file in the format of
// tests/validation/neuron/thresholds.csv (its README has the protocol and the columns).
//
// Two questions:
//   equal_step    our NEURON scheme at the row's own step: the same equations, solved the same way?
//   Expected
//                 agreement: the reference's bisection tolerance, 1e-4.
//   step_to_zero  our default scheme and step against the row group's limit for dt -> 0, from
//                 2 T(0.5 us) - T(1 us) or T(1 us) - (T(5 us) - T(1 us)) / 4. One row per
//                 physical case with steps enough; what users get, against the converged answer.
//
// Rows of models that the program does not have, or with rules it does not know, come back as
// skipped, with the reason. Errors (ConfigError): an unreadable file, a missing column, a value
// that is not a number, each with file and line.
//
// Cost: about 0.1 s per row at 5 us, 0.4 s at 1 us, on one core.
#pragma once

#include "axon/integrator.hpp"
#include "core/progress.hpp"

#include <string>
#include <vector>

namespace foramen::response {

enum class NeuronComparison { equal_step, step_to_zero };

struct NeuronRow {
  std::string case_id; // of the row, or the physical case
  std::string model;
  double reference_mA = 0.0; // magnitude
  double computed_mA = 0.0;
  double deviation = 0.0;             // computed / reference - 1
  double low_mA = 0.0, high_mA = 0.0; // where the threshold for a vanishing step lies, as computed
  std::string skipped;                // why not compared; empty when compared
};

struct NeuronReport {
  std::vector<NeuronRow> rows;
  std::size_t n_compared = 0, n_skipped = 0;
  std::size_t worst = 0; // row of the largest |deviation|, if any was compared
};

struct NeuronSelection {
  std::string contains{}; // rows whose case_id contains this; empty: all
  double min_step_us = 0.0;
  std::size_t every = 1; // keep each n-th comparison, for short runs
};

NeuronReport verify_neuron(const std::string& csv_path, NeuronComparison comparison,
                           const NeuronSelection& selection = {}, Progress& progress = silent());

} // namespace foramen::response
