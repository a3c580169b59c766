#include "field/verification_scenes.hpp"

#include "field/nerve_surface.hpp"
#include "geometry/triangulated_sphere.hpp"
#include "geometry/triangulated_tube.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

namespace foramen::field {
namespace {

using geometry::Curve;
using geometry::graded_size;
using geometry::RingSize;

constexpr double domain_size = 60e-3;          // radius, and half height of a cylinder
constexpr double lead_reference_width = 13e-3; // the references' points lie within it
// Edge over radius of a spherical electrode, for the default resolution.
constexpr double sphere_fineness = 0.2, source_fineness = 0.5;
constexpr int floor_patch = geometry::start_cap_patch;

std::shared_ptr<const Curve> vertical(double low, double high) {
  return std::make_shared<const Curve>(
      std::vector<Vector3d>{Vector3d(0.0, 0.0, low), Vector3d(0.0, 0.0, high)});
}

double scaled(double fineness, const Resolution& r) {
  return fineness * (r.nerve / Resolution{}.nerve);
}

void set_uniform(VolumeScene& scene, std::vector<Matrix3d> tensors) {
  scene.region_is_uniform.assign(tensors.size(), true);
  scene.conductivity = [tensors = std::move(tensors)](int region, const Vector3d&) {
    return tensors[static_cast<std::size_t>(region)];
  };
}

Matrix3d isotropic(double sigma) {
  return sigma * Matrix3d::Identity();
}

// The surface under a linear map; projection goes through the original.
geometry::Surface mapped(geometry::Surface surface, const Matrix3d& map) {
  for (Vector3d& p : surface.points)
    p = map * p;
  surface.project = [map, inverse = Matrix3d(map.inverse()),
                     project = surface.project](const Vector3d& p, int patch) {
    return Vector3d(map * project(inverse * p, patch));
  };
  return surface;
}

FittedSurface ball(const Vector3d& centre, const Resolution& r) {
  return {"domain", geometry::triangulate_sphere(centre, domain_size, r.far.si()), -1, false, 0.0};
}

// The half space's domain: a cylinder on an insulating floor, which has a disc electrode if disc >
// 0.
FittedSurface half_space(double disc, const Resolution& r) {
  geometry::TubeMeshing meshing;
  if (disc > 0.0)
    meshing.start_discs = {{disc, 1}};
  meshing.size = [disc, far = r.far.si(), r](double s, double rho) {
    if (disc <= 0.0 || s > 0.0)
      return RingSize{far, far};
    const double away = std::abs(rho - disc);
    return RingSize{graded_size(away, r.contact_edge.si(), r.edge_growth, far),
                    graded_size(away, r.contact_around.si(), r.edge_growth, far)};
  };
  return {
      "domain",
      geometry::triangulate_tube(
          {.axis = vertical(0.0, domain_size), .s1 = domain_size, .radius = domain_size}, meshing),
      -1, false, 0.0};
}

} // namespace

VolumeScene ring_lead_scene(const RingLead& lead, const Resolution& r) {
  // Almost to the grounded ends: the reference's lead goes through.
  constexpr double end_gap = 2e-3;
  LeadShape shape;
  shape.tip = Vector3d(0.0, 0.0, -domain_size + end_gap);
  shape.length = 2.0 * (domain_size - end_gap);
  shape.radius = lead.radius;
  shape.shell = lead.shell;
  shape.round_ends = false;
  for (const double centre : lead.centres) {
    const double s = centre - shape.tip.z();
    shape.contacts.push_back({s - 0.5 * lead.contact_length, s + 0.5 * lead.contact_length});
  }
  VolumeScene scene;
  geometry::TubeMeshing coarse;
  coarse.size = [far = r.far.si(), end_gap](double s, double rho) {
    const bool cap = s <= 0.0 || s >= 2.0 * domain_size;
    const double size = cap ? graded_size(rho, end_gap, 0.35, far) : far;
    return RingSize{size, size};
  };
  const geometry::Tube domain{
      .axis = vertical(-domain_size, domain_size), .s1 = 2.0 * domain_size, .radius = domain_size};
  scene.surfaces.push_back({"domain", geometry::triangulate_tube(domain, coarse), -1, false, 0.0});
  std::vector<Matrix3d> tensors = {isotropic(lead.sigma)};
  if (lead.shell > 0.0) {
    const auto free = [](double) { return std::numeric_limits<double>::infinity(); };
    scene.surfaces.push_back(
        {"encapsulation", encapsulation_surface(shape, r, free), 0, false, 0.0});
    tensors.push_back(isotropic(lead.shell_sigma));
  }
  const int surface = static_cast<int>(scene.surfaces.size());
  scene.surfaces.push_back({"lead", lead_surface(shape, r), surface - 1, true, 0.0});
  tensors.push_back(isotropic(lead.sigma)); // never asked for: the lead is a hole
  for (std::size_t i = 0; i < lead.centres.size(); ++i)
    scene.electrodes.push_back({"E" + std::to_string(i + 1), surface, {static_cast<int>(i) + 1}});
  set_uniform(scene, std::move(tensors));
  // The half plane of the reference's points is meshed as a nerve would be.
  const Vector3d across(-std::sin(lead.sampled_angle), std::cos(lead.sampled_angle), 0.0);
  const Vector3d outwards(across.y(), -across.x(), 0.0);
  scene.size = [shape, r, across, outwards, half = lead.sampled_half_height](const Vector3d& p) {
    const double x = outwards.dot(p);
    const Vector3d beyond(across.dot(p), std::max({0.0, -x, x - lead_reference_width}),
                          std::max(0.0, std::abs(p.z()) - half));
    const double as_nerve = r.nerve.si() + r.growth * std::max(0.0, beyond.norm() - r.nerve.si());
    return std::min({r.far.si(), as_nerve, size_near_lead(shape, r, p)});
  };
  return scene;
}

VolumeScene sphere_electrode_scene(const SphereElectrode& electrode, const Resolution& r) {
  const double mean = std::cbrt(electrode.sigma.determinant());
  const Matrix3d map =
      Eigen::SelfAdjointEigenSolver<Matrix3d>(electrode.sigma / mean).operatorSqrt();
  const double size = std::min(scaled(sphere_fineness, r) * electrode.radius, r.nerve.si());
  VolumeScene scene;
  scene.surfaces.push_back(ball(Vector3d::Zero(), r));
  std::vector<Matrix3d> tensors = {electrode.sigma};
  if (electrode.shell > 0.0) {
    scene.surfaces.push_back(
        {"shell", geometry::triangulate_sphere(Vector3d::Zero(), electrode.shell, 1.5 * size), 0,
         false, 0.0});
    tensors.push_back(isotropic(electrode.shell_sigma));
  }
  const int surface = static_cast<int>(scene.surfaces.size());
  scene.surfaces.push_back(
      {"electrode",
       mapped(geometry::triangulate_sphere(Vector3d::Zero(), electrode.radius, size), map),
       surface - 1, true, 0.0});
  tensors.push_back(electrode.sigma);
  scene.electrodes = {{"electrode", surface, {0}}};
  scene.outer = OuterBoundary::open;
  set_uniform(scene, std::move(tensors));
  // Distances count in the direction in which they shrink most.
  const double least_stretch =
      Eigen::SelfAdjointEigenSolver<Matrix3d>(map).eigenvalues().minCoeff();
  scene.size = [=, radius = electrode.radius,
                inverse = Matrix3d(map.inverse())](const Vector3d& p) {
    return graded_size(least_stretch * ((inverse * p).norm() - radius), least_stretch * size,
                       r.growth, r.far.si());
  };
  return scene;
}

VolumeScene disc_scene(double radius, double sigma, const Resolution& r) {
  VolumeScene scene;
  scene.surfaces.push_back(half_space(radius, r));
  scene.electrodes = {{"disc", 0, {1}}};
  scene.outer = OuterBoundary::open;
  scene.insulated_outer_patches = {floor_patch};
  set_uniform(scene, {isotropic(sigma)});
  scene.size = [radius, r](const Vector3d& p) {
    const double edge = std::hypot(std::hypot(p.x(), p.y()) - radius, p.z());
    return graded_size(edge, r.edge_volume.si(), r.edge_growth, r.far.si());
  };
  return scene;
}

VolumeScene buried_sphere_scene(double radius, double depth, double sigma, const Resolution& r) {
  const Vector3d centre(0.0, 0.0, depth);
  const double size = scaled(sphere_fineness, r) * radius;
  VolumeScene scene;
  scene.surfaces.push_back(half_space(0.0, r));
  // The floor is as fine as the space above it.
  geometry::TubeMeshing meshing;
  meshing.size = [depth, size, r](double s, double rho) {
    const double h =
        s > 0.0 ? r.far.si() : graded_size(std::hypot(rho, depth), size, r.growth, r.far.si());
    return RingSize{h, h};
  };
  scene.surfaces[0].surface = geometry::triangulate_tube(
      {.axis = vertical(0.0, domain_size), .s1 = domain_size, .radius = domain_size}, meshing);
  scene.surfaces.push_back(
      {"electrode", geometry::triangulate_sphere(centre, radius, size), 0, true, 0.0});
  scene.electrodes = {{"electrode", 1, {0}}};
  scene.outer = OuterBoundary::open;
  scene.insulated_outer_patches = {floor_patch};
  set_uniform(scene, {isotropic(sigma), isotropic(sigma)});
  scene.size = [centre, radius, size, r](const Vector3d& p) {
    return graded_size((p - centre).norm() - radius, size, r.growth, r.far.si());
  };
  return scene;
}

VolumeScene fascicle_scene(const SheathedCylinder& fascicle, double rho0, double sphere_radius,
                           const Resolution& r) {
  constexpr double half_length = 40e-3;
  const double a = fascicle.radius;
  const Vector3d source(rho0, 0.0, 0.0);
  const double ring = std::min(r.nerve.si(), 2.0 * std::numbers::pi * a / r.around_fascicle);
  const double along = std::min(r.nerve.si(), 2.5 * ring);
  const auto coarser = [r](double z) { // away from the source, as along the nerve
    return 1.0 + r.nerve_growth * std::max(0.0, std::abs(z) - r.near.si()) / r.nerve.si();
  };
  const double size = scaled(source_fineness, r) * sphere_radius;
  VolumeScene scene;
  scene.surfaces.push_back(ball(Vector3d::Zero(), r));
  geometry::TubeMeshing meshing;
  meshing.min_around = r.least_around_fascicle();
  meshing.wave = ring_wave;
  meshing.size = [=](double s, double) {
    const double factor = coarser(s - half_length);
    return RingSize{along * factor, ring * factor};
  };
  scene.surfaces.push_back(
      {"fascicle",
       geometry::triangulate_tube(
           {.axis = vertical(-half_length, half_length), .s1 = 2.0 * half_length, .radius = a},
           meshing),
       0, false, fascicle.sheet_resistance});
  scene.surfaces.push_back(
      {"source", geometry::triangulate_sphere(source, sphere_radius, size), 0, true, 0.0});
  scene.electrodes = {{"source", 2, {0}}};
  scene.outer = OuterBoundary::open;
  const Matrix3d inside = Vector3d(fascicle.across, fascicle.across, fascicle.along).asDiagonal();
  set_uniform(scene, {isotropic(fascicle.outside), inside, isotropic(fascicle.outside)});
  scene.size = [=](const Vector3d& p) {
    const double rho = std::hypot(p.x(), p.y());
    const double beyond = std::max(0.0, std::abs(p.z()) - half_length);
    const double near_tube = along * coarser(std::min(std::abs(p.z()), half_length)) +
                             r.growth * std::hypot(std::max(0.0, rho - a), beyond);
    const double near_source = size + r.growth * ((p - source).norm() - sphere_radius);
    return std::min({r.far.si(), near_tube, near_source});
  };
  return scene;
}

} // namespace foramen::field
