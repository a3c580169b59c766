// One row of a NEURON threshold file, as it stands. Columns: tests/validation/neuron/README.md.
#pragma once

#include "core/units.hpp"
#include "stimulus/waveform.hpp"

#include <string>
#include <vector>

namespace foramen::response {

struct PointSource {
  double x_um = 0.0, y_um = 0.0, z_um = 0.0, weight = 0.0;
};

struct NeuronCase {
  std::string case_id, physical_case, model, end_nodes;
  Length diameter;
  int n_nodes = 0, central_node = 0, detection_node = 0;
  Conductivity sigma;
  std::vector<PointSource> sources;
  stimulus::Waveform waveform; // levels as listed
  Time step, stop;
  double threshold_mA = 0.0; // signed, as listed
};

// Errors (ConfigError): unreadable file, missing column, wrong number of cells, not a number; with
// the line.
std::vector<NeuronCase> read_neuron_csv(const std::string& path);

} // namespace foramen::response
