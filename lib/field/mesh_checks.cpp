#include "field/mesh_checks.hpp"

#include "core/error.hpp"
#include "geometry/surface_measures.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

namespace foramen::field {
namespace {

constexpr double volume_tolerance = 1e-9; // relative: sums of about a million rounded terms

[[noreturn]] void reject(const std::string& cause) {
  throw core::WorldError(
      "mesh", "the mesher returned a faulty mesh: " + cause,
      "change the resolution a little, or move the lead by a few hundredths of a "
      "millimetre");
}

struct TripleHash {
  std::size_t operator()(const std::array<int, 3>& t) const {
    std::size_t h = 0;
    for (const int v : t)
      h = h * 1000003u + static_cast<std::size_t>(v);
    return h;
  }
};
using Sides = std::array<int, 2>; // regions on the two sides of a triangle; -1: none yet

std::array<int, 3> sorted(std::array<int, 3> t) {
  std::sort(t.begin(), t.end());
  return t;
}

void check_faces(const VolumeScene& scene, const TetMesh& mesh) {
  std::unordered_map<std::array<int, 3>, Sides, TripleHash> sides;
  sides.reserve(2 * mesh.faces.size());
  for (const auto& face : mesh.faces)
    sides[sorted(face)] = {-1, -1};
  for (std::size_t t = 0; t < mesh.tets.size(); ++t)
    for (std::size_t k = 0; k < 4; ++k) {
      const auto& tet = mesh.tets[t];
      const auto it = sides.find(sorted({tet[(k + 1) % 4], tet[(k + 2) % 4], tet[(k + 3) % 4]}));
      if (it != sides.end())
        it->second[it->second[0] == -1 ? 0 : 1] = mesh.region[t];
    }
  for (std::size_t f = 0; f < mesh.faces.size(); ++f) {
    const int surface = mesh.face_surface[f];
    const FittedSurface& fitted = scene.surfaces[static_cast<std::size_t>(surface)];
    Sides expected{fitted.hole ? -1 : surface, fitted.parent};
    Sides found = sides.at(sorted(mesh.faces[f]));
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    if (found != expected)
      reject(core::concat("a triangle of surface \"", fitted.name, "\" is not where it belongs"));
  }
}

} // namespace

double tet_volume(const TetMesh& mesh, std::size_t t) {
  const auto p = tet_corners(mesh.vertices, mesh.tets[t]);
  return (p[1] - p[0]).cross(p[2] - p[0]).dot(p[3] - p[0]) / 6.0;
}

void check_mesh(const VolumeScene& scene, const TetMesh& mesh) {
  std::vector<double> expected(scene.surfaces.size(), 0.0), found(scene.surfaces.size(), 0.0);
  for (std::size_t i = 0; i < scene.surfaces.size(); ++i) {
    const double volume = geometry::enclosed_volume(scene.surfaces[i].surface);
    expected[i] += volume;
    if (scene.surfaces[i].parent >= 0)
      expected[static_cast<std::size_t>(scene.surfaces[i].parent)] -= volume;
  }
  std::size_t inverted = 0;
  for (std::size_t t = 0; t < mesh.tets.size(); ++t) {
    const double volume = tet_volume(mesh, t);
    inverted += volume > 0.0 ? 0 : 1;
    found[static_cast<std::size_t>(mesh.region[t])] += volume;
  }
  if (inverted > 0)
    reject(core::concat(inverted, " of ", mesh.tets.size(), " tetrahedra are inverted or flat"));
  for (std::size_t i = 0; i < scene.surfaces.size(); ++i) {
    if (scene.surfaces[i].hole)
      continue;
    if (found[i] == 0.0)
      reject("region \"" + scene.surfaces[i].name + "\" has no tetrahedra");
    if (std::abs(found[i] - expected[i]) > volume_tolerance * std::abs(expected[i]))
      reject(core::concat("region \"", scene.surfaces[i].name, "\" has a volume of ",
                          found[i] * 1e9, " mm3 instead of ", expected[i] * 1e9, " mm3"));
  }
  check_faces(scene, mesh);
}

double tet_quality(const std::array<Vector3d, 4>& p) {
  const Vector3d a = p[1] - p[0], b = p[2] - p[0], c = p[3] - p[0];
  const double six_volumes = a.cross(b).dot(c);
  const double areas = 0.5 * (a.cross(b).norm() + b.cross(c).norm() + c.cross(a).norm() +
                              (b - a).cross(c - a).norm());
  // Inscribed: r = 3 V / areas. Circumscribed: R = |a^2 b x c + b^2 c x a + c^2 a x b| / (12 V).
  const double numerator =
      (a.squaredNorm() * b.cross(c) + b.squaredNorm() * c.cross(a) + c.squaredNorm() * a.cross(b))
          .norm();
  const double inscribed = 0.5 * six_volumes / areas;
  return 3.0 * inscribed * 2.0 * six_volumes / numerator;
}

double signed_quality(const std::array<Vector3d, 4>& p) {
  const double quality = tet_quality(p); // not a number where all four are on a line
  const double volume = (p[1] - p[0]).cross(p[2] - p[0]).dot(p[3] - p[0]);
  return std::isfinite(quality) ? std::copysign(quality, volume) : -1.0;
}

std::array<Vector3d, 4> tet_corners(const std::vector<Vector3d>& vertices,
                                    const std::array<int, 4>& tet) {
  std::array<Vector3d, 4> p;
  for (std::size_t k = 0; k < 4; ++k)
    p[k] = vertices[static_cast<std::size_t>(tet[k])];
  return p;
}

MeshQuality mesh_quality(const TetMesh& mesh) {
  MeshQuality result;
  for (std::size_t t = 0; t < mesh.tets.size(); ++t) {
    const double q = tet_quality(tet_corners(mesh.vertices, mesh.tets[t]));
    result.worst = std::min(result.worst, q);
    result.mean += q / static_cast<double>(mesh.tets.size());
    result.below_tenth += q < 0.1 ? 1 : 0;
    ++result.histogram[static_cast<std::size_t>(std::clamp(10.0 * q, 0.0, 9.0))];
  }
  return result;
}

} // namespace foramen::field
