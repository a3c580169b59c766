// A row of a NEURON threshold file as a threshold job of ours.
#pragma once

#include "axon/cable.hpp"
#include "response/neuron_csv.hpp"
#include "response/threshold.hpp"

#include <string>

namespace foramen::response {

// Fibre, potentials (point sources in an infinite homogeneous medium) and waveform of a row.
// Amplitudes of searches are positive: the sign of the row's threshold is in the waveform.
struct NeuronJob {
  axon::Cable cable;
  stimulus::FieldAtFibre field;
  stimulus::Waveform waveform;
  Time stop;
  ThresholdJob job() const { return {&cable, &field, &waveform, stop}; } // points into this
};

// Why a row cannot be compared (its model or its rules are not ours); empty when it can.
std::string why_not_comparable(const NeuronCase& row);

// Errors (ConfigError): a diameter outside the model's range.
NeuronJob neuron_job(const NeuronCase& row);

} // namespace foramen::response
