#include "field/user_scene.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;

using Tensor = std::function<Matrix3d(const Vector3d& p)>;

std::vector<const anatomy::Part*> parts_of(const anatomy::Scene& scene, const std::string& tissue) {
  std::vector<const anatomy::Part*> parts;
  for (const anatomy::Part& part : scene.parts())
    if (part.tissue == tissue && part.direction)
      parts.push_back(&part);
  return parts;
}

struct RegionTensor {
  Tensor tensor;
  bool uniform = false;
  bool jumps = false;
};

RegionTensor constant(const Matrix3d& sigma) {
  return {[sigma](const Vector3d&) { return sigma; }, true};
}

// The tensors point into `anatomy`, which the scene's conductivity keeps alive.
RegionTensor tensor_of(const MeshSource& source, const UserMesh::Region& region,
                       const anatomy::Anatomy& anatomy, const UserSceneOptions& options) {
  const anatomy::Scene& scene = anatomy.scene;
  if (region.tissue == anatomy_group)
    return {[&scene](const Vector3d& p) { return scene.conductivity(p); }, scene.uniform(),
            !scene.uniform()};
  const anatomy::Tissue& tissue = scene.tissues().at(region.tissue);
  if (tissue.isotropic())
    return constant(tissue.across.si() * Matrix3d::Identity());
  if (const auto given = options.directions.find(tissue.name); given != options.directions.end())
    return constant(anatomy::conductivity_tensor(tissue, given->second));
  if (scene.uniform() && tissue.name == scene.background())
    return constant(scene.conductivity(Vector3d::Zero()));
  const anatomy::Nerve& nerve = anatomy.nerve;
  if (tissue.name == nerve.endoneurium || tissue.name == nerve.epineurium)
    return {[tissue, course = nerve.course](const Vector3d& p) {
              return anatomy::conductivity_tensor(tissue, course->tangent(course->closest(p).s));
            },
            std::isinf(nerve.course->min_radius_of_curvature())};
  const auto parts = parts_of(scene, tissue.name);
  if (parts.empty())
    throw ConfigError(
        concat(source.path, ", volume \"", region.group, "\""),
        concat(tissue.name, " conducts better along its fibres than across them, but nothing says "
                            "where they run"),
        concat("give their direction: [field.directions] ", tissue.name, " = [0.0, 0.0, 1.0]"));
  return {[tissue, parts](const Vector3d& p) {
            const anatomy::Part* nearest = parts.front();
            double least = std::numeric_limits<double>::infinity();
            for (const anatomy::Part* part : parts)
              if (const double d = part->solid->distance(p); d < least) {
                least = d;
                nearest = part;
              }
            return anatomy::conductivity_tensor(tissue, nearest->direction(p));
          },
          false};
}

// The fascicle in whose disc p lies; -1: none.
int fascicle_at(const anatomy::Nerve& nerve, const Vector3d& p) {
  const geometry::Curve::Foot foot = nerve.course->closest(p);
  if (foot.distance > nerve.radius)
    return -1;
  const geometry::Frame frame = nerve.course->frame(foot.s);
  const double u = (p - frame.origin).dot(frame.u), v = (p - frame.origin).dot(frame.v);
  for (std::size_t i = 0; i < nerve.fascicles.size(); ++i)
    if (std::hypot(u - nerve.fascicles[i].u, v - nerve.fascicles[i].v) <= nerve.fascicles[i].radius)
      return static_cast<int>(i);
  return -1;
}

struct Match {
  int fascicle = -1;
  Vector3d somewhere = Vector3d::Zero(); // within the region
};

Match match_fascicle(const UserMesh& mesh, int region, const anatomy::Nerve& nerve) {
  constexpr std::size_t enough = 1000; // tetrahedra asked
  Match match;
  std::vector<std::size_t> votes(nerve.fascicles.size(), 0);
  const std::size_t n = mesh.regions[static_cast<std::size_t>(region)].n_tets;
  std::size_t i = 0;
  for (std::size_t t = 0; t < mesh.mesh.tets.size(); ++t) {
    if (mesh.mesh.region[t] != region || i++ % (1 + n / enough) != 0)
      continue;
    Vector3d centre = Vector3d::Zero();
    for (const int v : mesh.mesh.tets[t])
      centre += 0.25 * mesh.mesh.vertices[static_cast<std::size_t>(v)];
    match.somewhere = centre;
    if (const int f = fascicle_at(nerve, centre); f >= 0)
      ++votes[static_cast<std::size_t>(f)];
  }
  const auto most = std::max_element(votes.begin(), votes.end());
  if (most != votes.end() && *most > 0)
    match.fascicle = static_cast<int>(most - votes.begin());
  return match;
}

std::string at(const MeshSource& source, const Vector3d& p) {
  const Vector3d q = p / source.unit;
  return concat("(", q.x(), ", ", q.y(), ", ", q.z(), ") ", source.unit_name);
}

// Fills the sheets' resistances; returns the region of each fascicle.
std::vector<int> match_sheets(const MeshSource& source, const UserMesh& mesh,
                              const anatomy::Nerve& nerve, const UserSceneOptions& options,
                              VolumeScene& scene) {
  std::vector<int> region_of(nerve.fascicles.size(), -1);
  bool any = false;
  for (std::size_t r = 0; r < mesh.regions.size(); ++r) {
    if (!mesh.regions[r].in_sheet)
      continue;
    any = true;
    const Match match = match_fascicle(mesh, static_cast<int>(r), nerve);
    const std::string place =
        concat(source.path, ", inside of the perineurium at ", at(source, match.somewhere));
    if (match.fascicle < 0 && !options.sheet_resistance)
      throw ConfigError(place,
                        "none of the study's fascicles lies there, so that its resistance "
                        "is unknown",
                        "let [anatomy.nerve] describe the mesh's nerve and fascicles, or give "
                        "field.perineurium_resistance");
    scene.surfaces[r].sheet_resistance =
        options.sheet_resistance
            ? *options.sheet_resistance
            : nerve.fascicles[static_cast<std::size_t>(match.fascicle)].sheet_resistance;
    if (match.fascicle < 0)
      continue;
    int& region = region_of[static_cast<std::size_t>(match.fascicle)];
    if (region >= 0)
      throw ConfigError(place,
                        concat("it is fascicle ", match.fascicle + 1,
                               " of the study, but so is the inside of another perineurium"),
                        "let [anatomy.nerve] describe the fascicles of the mesh");
    region = static_cast<int>(r);
  }
  if (!any)
    return {};
  for (std::size_t i = 0; i < region_of.size(); ++i)
    if (region_of[i] < 0)
      throw ConfigError(
          source.path,
          concat("no perineurium of the mesh surrounds fascicle ", i + 1, " of the study, at ",
                 at(source, nerve.course->at(0.5 * nerve.course->length(), nerve.fascicles[i].u,
                                             nerve.fascicles[i].v))),
          "let [anatomy.nerve] describe the fascicles of the mesh");
  return region_of;
}

} // namespace

UserScene make_user_scene(const MeshSource& source, const UserMesh& mesh,
                          const anatomy::Anatomy& anatomy, const UserSceneOptions& options) {
  const auto kept = std::make_shared<const anatomy::Anatomy>(anatomy);
  UserScene result;
  VolumeScene& scene = result.scene;
  auto tensors = std::make_shared<std::vector<Tensor>>();
  for (const UserMesh::Region& region : mesh.regions) {
    scene.surfaces.push_back({region.group, {}, scene.surfaces.empty() ? -1 : 0, false, 0.0});
    RegionTensor made = tensor_of(source, region, *kept, options);
    tensors->push_back(std::move(made.tensor));
    scene.region_is_uniform.push_back(made.uniform);
    scene.region_has_jumps.push_back(made.jumps);
  }
  const int boundary = static_cast<int>(scene.surfaces.size());
  scene.surfaces.push_back({"boundary", {}, 0, true, 0.0});
  scene.region_is_uniform.push_back(true); // never asked for: it is a hole
  scene.conductivity = [kept, tensors](int region, const Vector3d& p) {
    return (*tensors)[static_cast<std::size_t>(region)](p);
  };
  for (std::size_t i = 0; i < mesh.contacts.size(); ++i) {
    scene.electrodes.push_back({mesh.contacts[i].name, boundary, {static_cast<int>(i) + 1}});
    scene.open_centre += mesh.contacts[i].centre / static_cast<double>(mesh.contacts.size());
  }
  scene.outer = options.outer;
  result.fascicle_region = match_sheets(source, mesh, anatomy.nerve, options, scene);
  return result;
}

} // namespace foramen::field
