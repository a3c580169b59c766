// The pipeline's stages: each a pure function of values, kept in the cache under the hash of its
// inputs.
//
//   mesh        from surfaces and sizes: tetrahedra; a user's own is read and checked each time;
//               that of a [lead.mesh_pose] is moved to the lead's place each time
//   field       from mesh, conductivities, solver settings: unit potentials, impedance matrix
//   potentials  from field and fibre paths: potential per contact at every compartment
//   thresholds  from potentials, programme, search settings: one result per fibre
//
// The keys hash what the stage reads, not where it came from: the surfaces' points, the
// conductivity at points of every element, the potentials themselves. A second programme, another
// population, a new title leave mesh and field untouched. The version string of a stage changes
// whenever its numbers may.
#pragma once

#include "core/progress.hpp"
#include "field/adjoint_potentials.hpp"
#include "field/sampling.hpp"
#include "field/unit_potentials.hpp"
#include "response/threshold.hpp"
#include "study/cache.hpp"
#include "study/drive.hpp"
#include "study/fibre_set.hpp"
#include "study/own_mesh.hpp"
#include "study/study.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace foramen::study {

struct MeshBase;

// Surfaces, sizes and conductivities of a study.
field::VolumeScene study_scene(const Study& study);

// Solves on first use and remembers: a run whose later stages are all cached never loads the field.
class FieldStage {
public:
  FieldStage(const Study& study, Cache& cache, Progress& progress,
             const field::Ranks& ranks = field::Ranks::alone());
  ~FieldStage();
  FieldStage(const FieldStage&) = delete;
  FieldStage& operator=(const FieldStage&) = delete;
  core::Digest key(); // of the field artefact
  const field::UnitPotentials& potentials();
  const field::Sampler& sampler(); // of the potentials
  // To 1e-3 (field/adjoint_potentials.hpp); of the program's meshes, without a mesh pose.
  field::NodeValues adjoints(const std::vector<field::Goal>& goals);
  const field::VolumeScene& scene() const { return own_ ? own_->scene.scene : scene_; }
  // The region of each fascicle; empty when fibres belong to none in particular.
  std::vector<int> fascicle_regions() const;
  const LoadedMesh* own_mesh() const { return own_.get(); } // null: the program's

private:
  const field::TetMesh& mesh();
  std::unique_ptr<const field::TetMesh> follow();
  field::UnitPotentials solve();
  const Study study_;
  Cache& cache_;
  Progress& progress_;
  const field::Ranks& ranks_;
  std::unique_ptr<const LoadedMesh> own_;
  field::VolumeScene scene_;       // empty with a mesh of one's own
  std::unique_ptr<MeshBase> base_; // null: no mesh pose, or too far from it
  std::unique_ptr<const field::TetMesh> mesh_;
  std::unique_ptr<const field::UnitPotentials> potentials_;
  std::unique_ptr<const field::Sampler> sampler_;
  std::unique_ptr<const core::Digest> key_;
};

// Potentials of every contact at the compartments of every fibre: compartments x contacts,
// row-major, mV per mA.
using FibrePotentials = std::vector<std::vector<double>>;

// The potential of a programme at `count` compartments from the first on, for 1 mA.
stimulus::FieldAtFibre programme_field(const std::vector<double>& potentials,
                                       const std::vector<double>& weights, std::size_t first,
                                       std::size_t count);

// `field` is null for point sources.
FibrePotentials fibre_potentials(const Study& study, FieldStage* field,
                                 const PopulationSettings& population,
                                 const std::vector<PlacedFibre>& fibres, Cache& cache,
                                 Progress& progress);

// Thresholds of a population for one programme of the drive. Only the stretch of each fibre around
// the driven contacts is simulated: at least 41 nodes, and beyond the outermost driven contact at
// least 22 internodes and 25 mm, four times the distance of the farthest fibre of a large nerve
// (the validation data: 41 nodes are within 1e-4 of 81). Firing nodes count along the whole fibre.
std::vector<response::ThresholdResult>
programme_thresholds(const Study& study, const Drive& drive, std::size_t programme,
                     const PopulationSettings& population, const std::vector<PlacedFibre>& fibres,
                     const FibrePotentials& potentials, Cache& cache, Progress& progress);

} // namespace foramen::study
