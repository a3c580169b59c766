// What a run drives through the contacts, and the unit in which its amplitudes are told.
//
// Control by current (the default): weights are those that the study states, amplitudes are
// currents. Control by voltage: cathodes are held at one potential and anodes at another
// (analysis/voltage_control.hpp), so that the impedances decide what each contact carries, and the
// amplitude is the voltage between them. Thresholds are searched as currents in both cases; a
// current times its programme's load is the voltage. A study has one control, because its tables
// and files have one unit.
//
// Every impedance is a resistance: tissue, the contacts' interface in the field ([lead.interface]),
// and in series with each driven contact `generator.contact_impedance` and `generator.series`. So a
// held voltage drives a current of its own shape. Real interfaces are capacitive too and let the
// current of a rectangular pulse decay; what is computed is their resistance at one frequency.
#pragma once

#include "stimulus/programme.hpp"
#include "study/study.hpp"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace foramen::study {

struct Drive {
  std::vector<stimulus::Programme> programmes; // as Study::programmes, with the weights driven
  std::vector<Resistance> loads;               // of each; empty: control by current

  bool by_voltage() const { return !loads.empty(); }
  const char* unit() const { return by_voltage() ? "V" : "mA"; }
  const char* noun() const { return by_voltage() ? "voltage" : "current"; }
  // The cathodes' total current as an amplitude of the programme, in `unit()`.
  double amplitude(std::size_t programme, Current current) const;
  Current current(std::size_t programme, double amplitude) const; // the inverse
};

// `impedance`: of all contacts; not read under control by current. Errors: those of
// analysis/voltage_control.hpp.
Drive drive_of(const Study& study, const Eigen::MatrixXd& impedance);

// The study's search for one of its programmes, its ceiling as a current.
response::ThresholdOptions search_of(const Study& study, const Drive& drive, std::size_t programme);

// Ceiling and capture amplitude in the drive's unit.
double ceiling_of(const Study& study, const Drive& drive);
std::optional<double> capture_amplitude_of(const Study& study, const Drive& drive);

} // namespace foramen::study
