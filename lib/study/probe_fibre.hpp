// One fibre of a study, watched through one run: what `foramen probe` writes.
//
//   /time                ms from the start of the simulation, one value per noted step
//   /level               what the pulse does over that step, as a factor on the amplitude
//   /probes/000, ...     one compartment each (attributes: part, node, compartment, position_mm)
//     V, P               across the axolemma; periaxonal space relative to the outside (mV)
//     gates/NAME         states of its membrane, if it has channels
//     currents/NAME      through its membrane, outward positive (nA); `leak` is always there
//   /spikes/time, node   every upward crossing of -30 mV at any node, in order
//   /field/position, potential   of all compartments: mm along the fibre, mV per mA
//   /meta                study, fibre, programme, amplitude
//
// The whole fibre is computed, at steps that do not grow. Errors (ConfigError): names and numbers
// that the study does not have; a multiple of a threshold that was not found.
#pragma once

#include "core/progress.hpp"
#include "study/cache.hpp"
#include "study/chosen_fibre.hpp"
#include "study/study.hpp"

#include <optional>
#include <string>
#include <vector>

namespace foramen::study {

struct ProbeRequest {
  FibreChoice choice{};
  std::optional<Current> amplitude; // empty: `multiple` times the fibre's threshold
  double multiple = 1.1;
  std::vector<std::size_t> nodes; // empty: the first to fire and two on either side
  bool internode = false;         // also all compartments of the internode after the first of them
  Time every{};                   // between noted steps; 0: all
};

struct ProbeReport {
  Current amplitude{};
  std::size_t fibre_nodes = 0, n_times = 0, n_spikes = 0;
  std::vector<std::size_t> nodes{};
};

// Writes `path`.
ProbeReport probe_fibre(const Study& study, const ProbeRequest& request, Cache& cache,
                        Progress& progress, const std::string& path);

} // namespace foramen::study
