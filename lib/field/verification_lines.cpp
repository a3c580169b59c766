#include "field/verification_lines.hpp"

#include "core/error.hpp"
#include "field/closed_forms.hpp"
#include "field/ring_references.hpp"

#include <cmath>

namespace foramen::field {
namespace {

using Exact = std::function<double(const Vector3d&)>;

// n points about `middle`, half a millimetre apart.
VerificationLine line(const std::string& name, const Vector3d& middle, const Vector3d& direction,
                      int n, const Exact& exact) {
  VerificationLine result{name, 0, 0.5e-3, {}, {}};
  for (int i = 0; i < n; ++i) {
    const Vector3d p = middle + (i - 0.5 * (n - 1)) * result.spacing * direction.normalized();
    result.points.push_back(p);
    result.exact.push_back(exact(p));
  }
  return result;
}

constexpr double sigma = 0.2; // S/m, of the media around electrodes

// The lines of a reference's file as they stand: one contact, one distance each.
LineCase ring_lines(const RingCase& rings, const std::string& folder) {
  constexpr double nearest_mm = 1.1; // from the axis; closer no fibre lies
  LineCase result{rings.name,
                  false,
                  [lead = rings.lead](const Resolution& r) { return ring_lead_scene(lead, r); },
                  {}};
  const RingReference reference = read_ring_reference(folder + "/" + rings.files);
  const RingReference::Point* last = nullptr;
  for (const RingReference::Point& point : reference.points) {
    if (point.rho_mm < nearest_mm)
      continue;
    if (last == nullptr || last->contact != point.contact || last->rho_mm != point.rho_mm)
      result.lines.push_back(
          {core::concat("contact ", point.contact + 1, ", ", point.rho_mm, " mm from the axis"),
           point.contact,
           RingReference::spacing,
           {},
           {}});
    result.lines.back().points.push_back(place(rings.lead, point));
    result.lines.back().exact.push_back(point.phi);
    last = &point;
  }
  return result;
}

// Lines past a spherical electrode, in directions that no axis favours.
LineCase sphere_lines(const std::string& name, const SphereElectrode& electrode,
                      const Exact& exact) {
  LineCase result{name,
                  false,
                  [electrode](const Resolution& r) { return sphere_electrode_scene(electrode, r); },
                  {}};
  for (const double distance : {2e-3, 3e-3, 5e-3}) {
    result.lines.push_back(line(core::concat(1e3 * distance, " mm from the centre"),
                                distance * Vector3d(0.6, 0.0, 0.8), Vector3d(0.64, 0.6, -0.48), 61,
                                exact));
  }
  return result;
}

LineCase disc_lines() {
  const double a = 1.5e-3; // radius
  LineCase result{"disc", false, [a](const Resolution& r) { return disc_scene(a, sigma, r); }, {}};
  for (const double height : {1e-3, 2e-3, 4e-3})
    result.lines.push_back(line(core::concat(1e3 * height, " mm above the plane"),
                                {0.0, 0.3e-3, height}, Vector3d(0.8, 0.6, 0.0), 61,
                                [a](const Vector3d& p) { return disc_potential(sigma, a, p); }));
  return result;
}

LineCase image_lines() {
  const double depth = 3e-3;
  LineCase result{
      "image",
      false,
      [depth](const Resolution& r) { return buried_sphere_scene(0.3e-3, depth, sigma, r); },
      {}};
  for (const double height : {1e-3, 3e-3, 6e-3})
    result.lines.push_back(line(core::concat(1e3 * height, " mm above the plane"),
                                {1.2e-3, 1.6e-3, height}, Vector3d(-0.8, 0.6, 0.0), 61,
                                [depth](const Vector3d& p) {
                                  return point_source_over_plane(sigma, {0.0, 0.0, depth}, p);
                                }));
  return result;
}

// On the axis and half way to the wall on four sides.
LineCase fascicle_lines(double radius) {
  constexpr double rho0 = 3e-3;
  // Perineurium 0.06 mm of 0.0009 S/m, the check value of the reference.
  const SheathedCylinder cylinder{radius, 0.2, 0.083, 0.571, 0.06e-3 / 0.0009};
  LineCase result{
      core::concat("fascicle of radius ", 1e3 * radius, " mm"),
      false,
      [cylinder](const Resolution& r) { return fascicle_scene(cylinder, rho0, 0.3e-3, r); },
      {}};
  const double x = 0.4 * radius, y = 0.3 * radius;
  for (const Vector3d& middle : {Vector3d(0, 0, 0), Vector3d(x, y, 0), Vector3d(-y, x, 0),
                                 Vector3d(-x, -y, 0), Vector3d(y, -x, 0)}) {
    VerificationLine& added =
        result.lines.emplace_back(line(core::concat("through (", middle.transpose(), ") m"), middle,
                                       Vector3d::UnitZ(), 61, [](const Vector3d&) { return 0.0; }));
    added.exact = potentials_within(cylinder, rho0, added.points);
  }
  return result;
}

} // namespace

std::vector<LineCase> verification_lines(const std::string& reference_folder) {
  std::vector<LineCase> cases;
  for (const RingCase& rings : ring_cases())
    cases.push_back(ring_lines(rings, reference_folder));
  const SphereElectrode plain, shelled{.shell = 1.3e-3};
  const SphereElectrode anisotropic{.sigma = Vector3d(0.083, 0.2, 0.571).asDiagonal()};
  const auto outside = [](const Vector3d& p) { return sphere_resistance(sigma, p.norm()); };
  cases.push_back(sphere_lines("sphere", plain, outside));
  cases.push_back(sphere_lines("shell", shelled, outside));
  cases.push_back(
      sphere_lines("anisotropic", anisotropic, [s = anisotropic.sigma](const Vector3d& p) {
        return point_source_potential(s, p);
      }));
  LineCase ball = sphere_lines("sphere in a grounded ball", plain, outside);
  ball.truncated = true;
  ball.scene = [open = ball.scene](const Resolution& r) {
    VolumeScene scene = open(r);
    scene.outer = OuterBoundary::grounded;
    return scene;
  };
  cases.push_back(std::move(ball));
  cases.push_back(disc_lines());
  cases.push_back(image_lines());
  for (const double radius : {0.25e-3, 0.5e-3, 1e-3})
    cases.push_back(fascicle_lines(radius));
  return cases;
}

} // namespace foramen::field
