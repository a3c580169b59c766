// One fibre of a study under one of its programmes: whom `foramen probe` and `foramen respond`
// look at.
//
// The whole fibre, with the potential of the programme along it, on the mesh that a run of the
// study ends on (field.accuracy may have refined it). Errors (ConfigError): populations, programmes
// and fibres that the study does not have (names the nearest), and control by voltage.
#pragma once

#include "core/progress.hpp"
#include "io/hdf5_file.hpp"
#include "stimulus/field_at_fibre.hpp"
#include "study/cache.hpp"
#include "study/fibre_set.hpp"
#include "study/study.hpp"

#include <string>

namespace foramen::study {

struct FibreChoice {
  std::string population{}, programme{}; // empty: the study's first
  std::size_t fibre = 0;
};

struct ChosenFibre {
  const PopulationSettings* population;
  const stimulus::Programme* programme;
  PlacedFibre fibre;
  stimulus::FieldAtFibre field;
  response::ThresholdJob job() const { return {&fibre.cable, &field, &programme->waveform}; }
};

// `command` is named in messages. Points into the study.
ChosenFibre choose_fibre(const Study& study, const FibreChoice& choice, const std::string& command,
                         Cache& cache, Progress& progress);

// /meta of a file about the fibre: program, study, names, diameter.
void describe(io::Hdf5Writer& file, const Study& study, const ChosenFibre& chosen,
              const FibreChoice& choice);

} // namespace foramen::study
