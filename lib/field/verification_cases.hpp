// The volume conductor against closed forms and over-resolved references: mesh, solve, sample,
// compare.
//
// Each case builds a scene at the given resolution, runs the whole chain and returns one row per
// compared quantity. Cases (names): ring, octrode (references of tensor-mesh solutions in files),
// sphere, shell, disc, image, anisotropic, fascicle (closed_forms.hpp). Errors: WorldError when a
// reference file cannot be read, ConfigError for an unknown name. Cost: 5 to 30 s each.
#pragma once

#include "core/progress.hpp"
#include "field/mesher.hpp"
#include "field/resolution.hpp"
#include "field/unit_potentials.hpp"

#include <string>
#include <vector>

namespace foramen::field {

struct VerificationRow {
  std::string name;                       // of the case
  std::string quantity;                   // what is compared, with its unit
  double reference = 0.0, computed = 0.0; // where the deviation is largest
  double deviation = 0.0, allowed = 0.0;  // relative, as the quantity says to what
  bool passed() const { return deviation <= allowed; }
};

struct VerificationOptions {
  Resolution resolution;
  MesherOptions mesher;
  SolverOptions solver;
  std::string reference_folder; // holds the CSV files of the ring references
};

std::vector<std::string> verification_case_names();
std::vector<VerificationRow> run_verification_case(const std::string& name,
                                                   const VerificationOptions& options,
                                                   core::Progress& progress = core::silent());

} // namespace foramen::field
