// The mesh and field stages: what they hash, and how their artefacts are laid out.

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/case_electrode.hpp"
#include "field/mesher.hpp"
#include "field/nerve_lead_scene.hpp"
#include "field/nerve_lead_surfaces.hpp"
#include "study/field_artefacts.hpp"
#include "study/mesh_base.hpp"
#include "study/other_ranks.hpp"
#include "study/stages.hpp"

#include <algorithm>
#include <array>

namespace foramen::study {
namespace {

constexpr std::string_view mesh_version = "mesh 4";
constexpr std::string_view field_version = "field 5";

core::Digest mesh_key(const field::VolumeScene& scene, const FieldSettings& settings) {
  core::Hasher hasher;
  hasher.add(mesh_version);
  if (settings.coarser != 1.0)
    hasher.add(settings.coarser);
  for (const auto& octree : settings.finer) {
    hasher.add("finer").add(octree->origin.x()).add(octree->origin.y()).add(octree->origin.z());
    hasher.add(octree->width);
    hasher.add_values(std::span(octree->cells.data(), octree->cells.size()));
  }
  for (const field::FittedSurface& s : scene.surfaces) {
    hasher.add(s.name).add(static_cast<std::uint64_t>(s.parent + 1)).add(std::uint64_t{s.hole});
    hasher.add_values(std::span(s.surface.points.data(), s.surface.points.size()));
    hasher.add_values(std::span(s.surface.triangles.data(), s.surface.triangles.size()));
    hasher.add_values(std::span(s.surface.patch.data(), s.surface.patch.size()));
    for (const Vector3d& p : s.surface.points)
      hasher.add(scene.size(p));
  }
  return hasher.digest();
}

// Conductivities where the assembly may meet them: the centroid and four inner points of every
// element.
void hash_conductivity(const field::VolumeScene& scene, const field::TetMesh& mesh,
                       core::Hasher& hasher) {
  constexpr double near = 0.585410196624969, far = 0.138196601125011; // 4-point rule, degree 2
  std::vector<double> values(30 * mesh.tets.size());
  core::parallel_for(mesh.tets.size(), 1024, [&](std::size_t t) {
    std::array<Vector3d, 4> x;
    Vector3d sum = Vector3d::Zero();
    for (std::size_t i = 0; i < 4; ++i)
      sum += x[i] = mesh.vertices[static_cast<std::size_t>(mesh.tets[t][i])];
    double* to = &values[30 * t];
    for (std::size_t i = 0; i < 5; ++i) {
      const Vector3d p = i < 4 ? Vector3d(far * sum + (near - far) * x[i]) : Vector3d(0.25 * sum);
      const field::Matrix3d sigma = scene.conductivity(mesh.region[t], p);
      for (int row = 0; row < 3; ++row)
        for (int column = 0; column <= row; ++column)
          *to++ = sigma(row, column);
    }
  });
  hasher.add_values(std::span(values.data(), values.size()));
}

// What the program's own meshes take from their scene.
void hash_own_mesh(const field::TetMesh& mesh, core::Hasher& hasher) {
  hasher.add_values(std::span(mesh.faces.data(), mesh.faces.size()));
  hasher.add_values(std::span(mesh.face_surface.data(), mesh.face_surface.size()));
  hasher.add_values(std::span(mesh.bent_edges.data(), mesh.bent_edges.size()));
  hasher.add_values(std::span(mesh.bent_nodes.data(), mesh.bent_nodes.size()));
}

// A comparison is content with worse tetrahedra: its surfaces are coarse for their gaps, and the
// default would take ten times longer (L5: 18.8 s, not 1.4 s).
field::MesherOptions mesher_options(const Study& study) {
  field::MesherOptions options;
  options.time_limit_s = study.field.mesher_time_limit.si();
  if (study.field.coarser > 1.0)
    options.improve_below = 0.1;
  return options;
}

std::string stage_name(const Study& study, const std::string& name) {
  return study.field.coarser == 1.0 ? name : "comparison " + name;
}

field::TetMesh made_mesh(const Study& study, const field::VolumeScene& scene, Cache& cache,
                         Progress& progress) {
  return mesh_of(cache.get("mesh", mesh_key(scene, study.field), progress, [&] {
    return to_artefact(field::make_mesh(scene, mesher_options(study), progress));
  }));
}

core::Digest field_key(const Study& study, const field::VolumeScene& scene,
                       const field::TetMesh& mesh) {
  core::Hasher hasher;
  hasher.add(field_version);
  hasher.add_values(std::span(mesh.vertices.data(), mesh.vertices.size()));
  hasher.add_values(std::span(mesh.tets.data(), mesh.tets.size()));
  hasher.add_values(std::span(mesh.region.data(), mesh.region.size()));
  hasher.add_values(std::span(mesh.face_patch.data(), mesh.face_patch.size()));
  if (study.field.own_mesh)
    hash_own_mesh(mesh, hasher);
  for (const field::FittedSurface& surface : scene.surfaces)
    hasher.add(surface.sheet_resistance);
  for (const field::Electrode& electrode : scene.electrodes) {
    hasher.add(electrode.name).add(static_cast<std::uint64_t>(electrode.surface));
    hasher.add_values(std::span(electrode.patches.data(), electrode.patches.size()));
    if (electrode.has_interface())
      hasher.add("interface").add(electrode.surface_resistance);
  }
  hasher.add(static_cast<std::uint64_t>(scene.outer)).add(study.field.tolerance);
  hash_conductivity(scene, mesh, hasher);
  return hasher.digest();
}

} // namespace

field::VolumeScene study_scene(const Study& study) {
  if (study.field.own_mesh)
    return load_own_mesh(study, core::silent()).scene.scene;
  field::Resolution resolution = field::resolution_preset(study.field.resolution)
                                     ->scaled(1.0 / study.field.refine)
                                     .scaled(study.field.coarser);
  resolution.finer = study.field.finer;
  field::VolumeScene scene =
      field::make_volume_scene(study.anatomy, study.leads, resolution, study.field.boundary);
  for (std::size_t i = 0; i < study.contacts.size(); ++i)
    scene.electrodes[i].surface_resistance = study.contacts[i].interface.si();
  if (study.generator_case)
    field::add_case(scene, study.generator_case->body, resolution);
  return scene;
}

FieldStage::FieldStage(const Study& study, Cache& cache, Progress& progress,
                       const field::Ranks& ranks)
    : study_(study), cache_(cache), progress_(progress), ranks_(ranks) {
  if (!study.field.own_mesh) {
    scene_ = study_scene(study);
    return;
  }
  progress.stage("mesh");
  own_ = std::make_unique<const LoadedMesh>(load_own_mesh(study, progress));
  progress.note(describe_mesh(study, *own_));
  for (const std::string& line : mesh_warnings(study, *own_))
    progress.warning(line);
}

FieldStage::~FieldStage() = default;

std::vector<int> FieldStage::fascicle_regions() const {
  if (own_)
    return own_->scene.fascicle_region;
  std::vector<int> regions;
  for (std::size_t i = 0; i < std::max<std::size_t>(1, study_.anatomy.nerve.fascicles.size()); ++i)
    regions.push_back(field::fascicle_region(i));
  return regions;
}

const field::TetMesh& FieldStage::mesh() {
  if (own_)
    return own_->mesh.mesh;
  if (!mesh_) {
    progress_.stage(stage_name(study_, "mesh"));
    if (study_.mesh_pose)
      mesh_ = follow();
    if (!mesh_)
      mesh_ = std::make_unique<const field::TetMesh>(made_mesh(study_, scene_, cache_, progress_));
    progress_.note(concat(stage_name(study_, "mesh"), ": ", mesh_->tets.size(), " tetrahedra, ",
                          mesh_->vertices.size(), " vertices"));
    progress_.checkpoint();
  }
  return *mesh_;
}

// The mesh of the mesh pose, moved; null where it cannot follow.
std::unique_ptr<const field::TetMesh> FieldStage::follow() {
  base_ = std::make_unique<MeshBase>(MeshBase{where_meshed(study_), {}, {}, {}});
  base_->scene = study_scene(base_->study);
  const std::size_t lead = study_.mesh_pose->lead;
  base_->moving = cache_.kept<const field::MovingMesh>(
      "moving mesh", mesh_key(base_->scene, study_.field), [&] {
        return std::make_shared<const field::MovingMesh>(
            made_mesh(base_->study, base_->scene, cache_, progress_),
            field::lead_shape(base_->study.leads[lead]), distance_to_fixed(study_));
      });
  auto vertices = base_->moving->vertices(field::lead_shape(study_.leads[lead]));
  if (!vertices) {
    progress_.note(concat(stage_name(study_, "mesh"),
                          ": that of mesh_pose cannot follow the lead so far; made anew"));
    base_.reset();
    return nullptr;
  }
  auto moved = std::make_unique<field::TetMesh>(base_->moving->mesh());
  moved->vertices = std::move(*vertices);
  base_->key = field_key(base_->study, base_->scene, base_->moving->mesh());
  return moved;
}

core::Digest FieldStage::key() {
  if (!key_) {
    const field::TetMesh& m = mesh();
    core::Digest key = field_key(study_, scene(), m);
    if (base_)
      key = core::Hasher().add(key).add(base_->key).digest();
    key_ = std::make_unique<const core::Digest>(key);
  }
  return *key_;
}

field::UnitPotentials FieldStage::solve() {
  const field::SolverOptions options{.relative_tolerance = study_.field.tolerance};
  if (base_) {
    if (ranks_.several())
      progress_.note("field: the first rank solves alone where a mesh follows its lead");
    return solve_from(*base_, scene(), mesh().vertices, options, cache_, progress_);
  }
  call_for_field(ranks_, study_, mesh());
  return field::solve_unit_potentials(scene(), mesh(), options, progress_, ranks_);
}

const field::UnitPotentials& FieldStage::potentials() {
  if (!potentials_) {
    const core::Digest field_key = key();
    progress_.stage(stage_name(study_, "field"));
    const Artefact a = cache_.get("field", field_key, progress_, [&] {
      field::UnitPotentials solved = solve();
      if (study_.generator_case) // the key tells: it hashes the electrodes' names
        field::return_through_case(solved);
      return to_artefact(solved);
    });
    potentials_ = std::make_unique<const field::UnitPotentials>(potentials_of(a));
    const field::SolverReport& r = potentials_->report;
    progress_.note(concat(stage_name(study_, "field"), ": ", r.n_unknowns, " unknowns, ",
                          r.iterations, " iterations, residual ", r.residual, ", currents sum to ",
                          r.current_imbalance, " of 1 A"));
    progress_.checkpoint();
  }
  return *potentials_;
}

const field::Sampler& FieldStage::sampler() {
  if (!sampler_)
    sampler_ = std::make_unique<const field::Sampler>(potentials());
  return *sampler_;
}

field::NodeValues FieldStage::adjoints(const std::vector<field::Goal>& goals) {
  FORAMEN_EXPECT(!own_ && !base_, "adjoints on a mesh that is not the program's own");
  call_for_adjoints(ranks_, study_, mesh(), goals);
  return field::adjoint_potentials(scene(), mesh(), goals, adjoint_options(), progress_, ranks_);
}

} // namespace foramen::study
