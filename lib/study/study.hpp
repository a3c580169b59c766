// A study file as one struct: what `foramen run` is asked to do, checked and with units.
//
// Reading it performs every check that needs no expensive step: names against the catalogues,
// ranges, balance of currents, the lead's clearance, contradictions. Nothing below this library
// sees the file.
#pragma once

#include "anatomy/lumbar.hpp"
#include "config/table.hpp"
#include "field/resolution.hpp"
#include "field/volume_scene.hpp"
#include "lead/generator_case.hpp"
#include "lead/placement.hpp"
#include "lead/pulse_generator.hpp"
#include "response/population.hpp"
#include "response/threshold.hpp"
#include "stimulus/programme.hpp"
#include "study/contacts.hpp"
#include "study/mesh_pose.hpp"
#include "study/own_mesh.hpp"
#include "study/sweep.hpp"

#include <optional>
#include <string>
#include <vector>

namespace foramen::study {

struct FieldSettings {
  enum class Kind { finite_elements, point_sources };
  Kind kind = Kind::finite_elements;
  std::string resolution = "default"; // field::Resolution preset
  double refine = 1.0;                // all element sizes divided by this
  field::OuterBoundary boundary = field::OuterBoundary::grounded;
  double tolerance = 1e-5;        // relative residual
  bool estimate = true;           // of the field's error, from a comparison (field_errors.hpp)
  std::optional<double> accuracy; // wanted of the thresholds' field errors, relative
  double max_unknowns = 3e6;      // beyond which no refinement for `accuracy` goes
  double coarser = 1.0;           // 1 but for a comparison: its resolution is scaled by this
  field::SizeFactors finer;       // of a run that refines for `accuracy`
  Time mesher_time_limit = 300.0 * s;
  std::optional<OwnMesh> own_mesh; // in place of the program's
  std::optional<Frequency>
      frequency;                 // of the conductivities that depend on it (field_frequency.hpp)
  bool frequency_stated = false; // not from the pulses
};

struct PopulationSettings {
  std::string name;
  response::Role role = response::Role::motor;
  std::string model; // fibre model
  response::Population diameters;
  std::size_t count = 0;
  axon::Ends ends = axon::Ends::passive;
  std::size_t node_phases = 1; // each fibre at so many phases of its nodes
};

// What a programme's amplitude is, for the whole study (drive.hpp).
enum class Control { current, voltage };

struct ThresholdSettings {
  response::ThresholdOptions search; // its ceiling: under control by current
  Voltage ceiling_voltage;           // under control by voltage
  bool upper_limits = false; // whether it is searched where strong pulses silence fibres again
  std::vector<double> fractions{0.01, 0.1};
  std::optional<Current> capture_amplitude; // likewise, and
  std::optional<Voltage> capture_voltage;
};

enum class CurrentDensityOutput { none, best_programme, every_contact };

struct OutputSettings {
  bool field_file = true; // XDMF/HDF5 pair of the potential
  CurrentDensityOutput current_density = CurrentDensityOutput::best_programme; // in the field file
  bool fibre_file = true; // XDMF/HDF5 pair of potential and activating function along fibres
  Length slice_extent = 30.0 * mm;
};

struct GeneratorSettings {
  lead::PulseGenerator model;
  Resistance contact_impedance; // electrode interface of each driven contact
  Resistance series;            // wire of each driven contact and the generator's output
  Resistance in_series() const { return contact_impedance + series; }
};

struct Study {
  std::string title;
  std::uint64_t seed = 1;
  anatomy::Anatomy anatomy;
  std::vector<lead::PlacedLead> leads;               // one, or several with names
  std::optional<MeshPose> mesh_pose;                 // none: meshed where the leads are
  std::vector<Contact> contacts;                     // of all leads
  std::optional<lead::GeneratorCase> generator_case; // in the mesh; none: the domain's boundary
  FieldSettings field;
  std::vector<PopulationSettings> populations;
  std::vector<stimulus::Programme> programmes; // expanded: one per contact configuration
  std::vector<response::Role> targets;         // of each programme: whose threshold it works at
  Control control = Control::current;          // of all programmes
  ThresholdSettings thresholds;
  GeneratorSettings generator;
  OutputSettings output;
  std::vector<SweepAxis> sweep;
  std::string resolved; // the whole configuration, defaults filled in; runs again as it is
};

// Declares, reads and checks every key, and refuses those that nobody asked for. Throws
// ConfigError.
Study read_study(config::Document& document);

// The sweep axes alone, without building the study.
std::vector<SweepAxis> read_sweep(config::Table root);

} // namespace foramen::study
