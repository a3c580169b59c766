// The mesh and field stages: what they hash, and how their artefacts are laid out.

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/case_electrode.hpp"
#include "field/mesher.hpp"
#include "field/nerve_lead_scene.hpp"
#include "study/other_ranks.hpp"
#include "study/stages.hpp"

#include <algorithm>
#include <array>

namespace foramen::study {
namespace {

constexpr std::string_view mesh_version = "mesh 4";
constexpr std::string_view field_version = "field 4";

core::Digest mesh_key(const field::VolumeScene& scene, double coarser) {
  core::Hasher hasher;
  hasher.add(mesh_version);
  if (coarser != 1.0)
    hasher.add(coarser);
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

std::vector<double> coordinates(const std::vector<Vector3d>& points) {
  std::vector<double> values;
  values.reserve(3 * points.size());
  for (const Vector3d& p : points)
    values.insert(values.end(), p.data(), p.data() + 3);
  return values;
}
std::vector<Vector3d> points_of(const std::vector<double>& values) {
  std::vector<Vector3d> points(values.size() / 3);
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = Vector3d(values[3 * i], values[3 * i + 1], values[3 * i + 2]);
  return points;
}
template <std::size_t N>
std::vector<std::int32_t> flat(const std::vector<std::array<int, N>>& rows) {
  std::vector<std::int32_t> values;
  values.reserve(N * rows.size());
  for (const auto& row : rows)
    values.insert(values.end(), row.begin(), row.end());
  return values;
}
template <std::size_t N>
std::vector<std::array<int, N>> rows_of(const std::vector<std::int32_t>& values) {
  std::vector<std::array<int, N>> rows(values.size() / N);
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(N * i), N, rows[i].begin());
  return rows;
}

Artefact to_artefact(const field::TetMesh& mesh) {
  Artefact a;
  a.set("vertices", coordinates(mesh.vertices), {mesh.vertices.size(), 3});
  a.set("tets", flat(mesh.tets), {mesh.tets.size(), 4});
  a.set("region", std::vector<std::int32_t>(mesh.region));
  a.set("faces", flat(mesh.faces), {mesh.faces.size(), 3});
  a.set("face_surface", std::vector<std::int32_t>(mesh.face_surface));
  a.set("face_patch", std::vector<std::int32_t>(mesh.face_patch));
  return a;
}
field::TetMesh mesh_of(const Artefact& a) {
  return {
      points_of(a.doubles("vertices")), rows_of<4>(a.integers("tets")), a.integers("region"),
      rows_of<3>(a.integers("faces")),  a.integers("face_surface"),     a.integers("face_patch")};
}

Artefact to_artefact(const field::UnitPotentials& p) {
  Artefact a;
  a.set("nodes", coordinates(p.nodes), {p.nodes.size(), 3});
  a.set("elements", flat(p.elements), {p.elements.size(), 10});
  a.set("region", std::vector<std::int32_t>(p.region));
  const auto rows = static_cast<std::size_t>(p.phi.rows());
  const auto columns = static_cast<std::size_t>(p.phi.cols());
  a.set("phi", std::vector<double>(p.phi.data(), p.phi.data() + p.phi.size()), {rows, columns});
  a.set("impedance",
        std::vector<double>(p.impedance.data(), p.impedance.data() + p.impedance.size()),
        {columns, columns});
  const field::SolverReport& r = p.report;
  a.set("report",
        std::vector<double>{static_cast<double>(r.n_tets), static_cast<double>(r.n_unknowns),
                            static_cast<double>(r.iterations), r.residual, r.current_imbalance,
                            static_cast<double>(r.straightened_elements), r.setup_s, r.assembly_s,
                            r.multigrid_s, r.solve_s});
  return a;
}
field::UnitPotentials potentials_of(const Artefact& a) {
  field::UnitPotentials p;
  p.nodes = points_of(a.doubles("nodes"));
  p.elements = rows_of<10>(a.integers("elements"));
  p.region = a.integers("region");
  const auto rows = static_cast<Eigen::Index>(a.shape("phi")[0]);
  const auto columns = static_cast<Eigen::Index>(a.shape("phi")[1]);
  p.phi = Eigen::Map<const decltype(p.phi)>(a.doubles("phi").data(), rows, columns);
  p.impedance = Eigen::Map<const Eigen::MatrixXd>(a.doubles("impedance").data(), columns, columns);
  const std::vector<double>& r = a.doubles("report");
  p.report = {static_cast<std::size_t>(r[0]),
              static_cast<std::size_t>(r[1]),
              static_cast<int>(r[2]),
              r[3],
              r[4],
              static_cast<int>(r[5]),
              r[6],
              r[7],
              r[8],
              r[9]};
  return p;
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

} // namespace

field::VolumeScene study_scene(const Study& study) {
  if (study.field.own_mesh)
    return load_own_mesh(study, core::silent()).scene.scene;
  const field::Resolution resolution = field::resolution_preset(study.field.resolution)
                                           ->scaled(1.0 / study.field.refine)
                                           .scaled(study.field.coarser);
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
    const Artefact a = cache_.get("mesh", mesh_key(scene_, study_.field.coarser), progress_, [&] {
      return to_artefact(field::make_mesh(scene_, mesher_options(study_), progress_));
    });
    mesh_ = std::make_unique<field::TetMesh>(mesh_of(a));
    progress_.note(concat(stage_name(study_, "mesh"), ": ", mesh_->tets.size(), " tetrahedra, ",
                          mesh_->vertices.size(), " vertices"));
    progress_.checkpoint();
  }
  return *mesh_;
}

core::Digest FieldStage::key() {
  if (!key_) {
    core::Hasher hasher;
    hasher.add(field_version);
    const field::TetMesh& m = mesh();
    hasher.add_values(std::span(m.vertices.data(), m.vertices.size()));
    hasher.add_values(std::span(m.tets.data(), m.tets.size()));
    hasher.add_values(std::span(m.region.data(), m.region.size()));
    hasher.add_values(std::span(m.face_patch.data(), m.face_patch.size()));
    if (own_)
      hash_own_mesh(m, hasher);
    for (const field::FittedSurface& surface : scene().surfaces)
      hasher.add(surface.sheet_resistance);
    for (const field::Electrode& electrode : scene().electrodes) {
      hasher.add(electrode.name).add(static_cast<std::uint64_t>(electrode.surface));
      hasher.add_values(std::span(electrode.patches.data(), electrode.patches.size()));
      if (electrode.has_interface())
        hasher.add("interface").add(electrode.surface_resistance);
    }
    hasher.add(static_cast<std::uint64_t>(scene().outer)).add(study_.field.tolerance);
    hash_conductivity(scene(), m, hasher);
    key_ = std::make_unique<core::Digest>(hasher.digest());
  }
  return *key_;
}

const field::UnitPotentials& FieldStage::potentials() {
  if (!potentials_) {
    const core::Digest field_key = key();
    progress_.stage(stage_name(study_, "field"));
    const Artefact a = cache_.get("field", field_key, progress_, [&] {
      call_for_field(ranks_, study_, mesh());
      field::UnitPotentials solved = field::solve_unit_potentials(
          scene(), mesh(), {.relative_tolerance = study_.field.tolerance}, progress_, ranks_);
      if (study_.generator_case) // the key tells: it hashes the electrodes' names
        field::return_through_case(solved);
      return to_artefact(solved);
    });
    potentials_ = std::make_unique<field::UnitPotentials>(potentials_of(a));
    const field::SolverReport& r = potentials_->report;
    progress_.note(concat(stage_name(study_, "field"), ": ", r.n_unknowns, " unknowns, ",
                          r.iterations, " iterations, residual ", r.residual, ", currents sum to ",
                          r.current_imbalance, " of 1 A"));
    progress_.checkpoint();
  }
  return *potentials_;
}

} // namespace foramen::study
