// What a run has found: thresholds of every fibre for every programme, and what follows from them.
#pragma once

#include "analysis/safety.hpp"
#include "analysis/window.hpp"
#include "field/error_estimate.hpp"
#include "field/unit_potentials.hpp"
#include "response/recruitment.hpp"
#include "study/drive.hpp"
#include "study/fibre_set.hpp"
#include "study/study.hpp"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace foramen::study {

struct PopulationResult {
  std::vector<PlacedFibre> fibres;
  std::vector<std::vector<response::ThresholdResult>> thresholds; // programme x fibre
};

// One row of the result table.
struct ProgrammeSummary {
  std::vector<response::RecruitingCurrent> motor, sensory; // per fraction of the study
  std::optional<analysis::Window> window;                  // at the first fraction
  std::optional<Current> working_amplitude; // first fraction of the programme's target population
  std::optional<analysis::Safety> safety;   // at the working amplitude
  std::optional<double> motor_captured, sensory_captured; // fractions at the capture amplitude
};

// What is known of the field's error (field_errors.hpp).
struct FieldAccuracy {
  // Per population: fibre x contact.
  std::vector<std::vector<std::vector<field::LineErrors>>> along_fibres;
  double worst = 0.0;           // field error of the thresholds that the study reports, relative
  std::optional<double> wanted; // field.accuracy
  int meshes = 1;               // made until it was met, or given up
  double refine = 1.0;          // everywhere, of the last
  std::string missed;           // why it was not met; empty when it was, or was not asked for
};

struct StudyResult {
  Drive drive;                               // what was driven; tells currents in the study's unit
  std::vector<PopulationResult> populations; // as in Study::populations
  std::vector<ProgrammeSummary> summary;     // as in Study::programmes
  Eigen::MatrixXd impedance;                 // ohm; empty for point sources
  field::SolverReport solver;                // zeros for point sources
  std::optional<FieldAccuracy> accuracy;     // empty without an estimate
  std::vector<std::pair<std::string, double>> stage_seconds;
  // Some threshold that the study asks for was not found below the ceiling.
  bool has_open_thresholds() const;
};

ProgrammeSummary summarise(const Study& study, const Drive& drive, std::size_t programme,
                           const std::vector<PopulationResult>& populations,
                           const Eigen::MatrixXd& impedance);

// Of fibres computed at several phases of their nodes (successive entries): highest over lowest
// threshold, less 1; -1 where one of them is open.
std::vector<double> phase_spreads(const std::vector<response::ThresholdResult>& thresholds,
                                  std::size_t n_phases);

// The programme with the lowest working amplitude, in the study's unit, among those that aim at
// motor fibres, else among all; 0 when none has one.
std::size_t best_programme(const Study& study, const StudyResult& result);

// The result table as people read it.
std::string result_table(const Study& study, const StudyResult& result);

} // namespace foramen::study
