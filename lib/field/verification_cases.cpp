#include "field/verification_cases.hpp"

#include "core/error.hpp"
#include "field/closed_forms.hpp"
#include "field/ring_references.hpp"
#include "field/sampling.hpp"
#include "field/verification_scenes.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace foramen::field {
namespace {

using core::concat;
using core::ConfigError;
using Rows = std::vector<VerificationRow>;

UnitPotentials solve(const VolumeScene& scene, const VerificationOptions& o, Progress& progress) {
  const TetMesh mesh = make_mesh(scene, o.mesher, progress);
  return solve_unit_potentials(scene, mesh, o.solver, progress);
}

VerificationRow compare(const std::string& name, const std::string& quantity, double reference,
                        double computed, double allowed) {
  return {name, quantity, reference, computed, std::abs(computed / reference - 1.0), allowed};
}

// Keeps the row of the largest deviation, relative to `scale`.
struct Largest {
  VerificationRow row;
  Largest(const std::string& name, const std::string& quantity, double allowed) {
    row.name = name;
    row.quantity = quantity;
    row.allowed = allowed;
  }
  void add(double reference, double computed, double scale) {
    const double deviation = std::abs(computed - reference) / scale;
    if (deviation >= row.deviation || std::isnan(deviation)) {
      row.deviation = deviation;
      row.reference = reference;
      row.computed = computed;
    }
  }
};

Rows compare_rings(const RingCase& rings, const VerificationOptions& o, Progress& progress) {
  const std::string& name = rings.name;
  const RingLead& lead = rings.lead;
  const RingReference expected = read_ring_reference(o.reference_folder + "/" + rings.files);
  const std::vector<RingReference::Point>& points = expected.points;
  std::vector<Vector3d> places;
  for (const RingReference::Point& point : points)
    places.push_back(place(lead, point));
  const UnitPotentials u = solve(ring_lead_scene(lead, o.resolution), o, progress);
  const Sampler sampler(u);
  const Sampler::Values values = sampler.smooth(places);

  Rows rows;
  Largest z(name, "impedance matrix, ohm, each relative to itself", 0.01);
  for (const RingReference::Impedance& entry : expected.impedance)
    z.add(entry.ohm, u.impedance(entry.row, entry.column), entry.ohm);
  rows.push_back(z.row);

  const auto computed = [&](std::size_t k) {
    return values(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(points[k].contact));
  };
  // Closer than 0.5 mm the quartic fit would reach over the singular edges of the contacts; no
  // fibre is there, and the element's own values are compared.
  const Sampler::Values raw = sampler.raw(places);
  Largest near(name, "potential, ohm, 0.1 and 0.25 mm from the lead, in the elements", 0.005);
  Largest far(name, "potential, ohm, 0.5 mm from the lead and beyond", 0.005);
  for (std::size_t k = 0; k < points.size(); ++k)
    if (points[k].rho_mm < 1.1)
      near.add(points[k].phi,
               raw(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(points[k].contact)),
               points[k].phi);
    else
      far.add(points[k].phi, computed(k), points[k].phi);
  rows.push_back(near.row);
  rows.push_back(far.row);

  // Rows run along z in steps of half a millimetre; the second difference takes every other one.
  std::map<double, Largest> by_distance;
  std::map<std::pair<std::size_t, double>, double> scale; // largest along that line
  const auto second = [&](std::size_t k, const auto& phi) {
    return phi(k - 2) - 2.0 * phi(k) + phi(k + 2);
  };
  const auto reference = [&](std::size_t k) { return points[k].phi; };
  const auto on_one_line = [&](std::size_t k) {
    return k >= 2 && k + 2 < points.size() && points[k - 2].contact == points[k + 2].contact &&
           points[k - 2].rho_mm == points[k + 2].rho_mm;
  };
  for (std::size_t k = 0; k < points.size(); ++k)
    if (on_one_line(k)) {
      double& s = scale[{points[k].contact, points[k].rho_mm}];
      s = std::max(s, std::abs(second(k, reference)));
    }
  for (std::size_t k = 0; k < points.size(); ++k) {
    const double rho = points[k].rho_mm;
    if (!on_one_line(k) || rho < 1.1)
      continue;
    auto it = by_distance.try_emplace(rho, name,
                                      concat("second difference over 1 mm, ohm, ",
                                             rho - 1e3 * lead.radius,
                                             " mm from the lead, relative to the largest there"),
                                      0.03);
    it.first->second.add(second(k, reference), second(k, computed),
                         scale[{points[k].contact, rho}]);
  }
  for (const auto& [rho, largest] : by_distance)
    rows.push_back(largest.row);
  return rows;
}

Rows ring(const VerificationOptions& o, Progress& progress) {
  return compare_rings(ring_cases()[0], o, progress);
}

Rows octrode(const VerificationOptions& o, Progress& progress) {
  return compare_rings(ring_cases()[1], o, progress);
}

// Points on a ray from the origin at these distances, in a direction that no axis favours.
std::vector<Vector3d> ray(const std::vector<double>& distances) {
  std::vector<Vector3d> points;
  for (const double d : distances)
    points.push_back(d * Vector3d(0.48, 0.6, 0.64));
  return points;
}

Rows compare_points(const std::string& name, const UnitPotentials& u,
                    const std::vector<Vector3d>& points,
                    const std::function<double(const Vector3d&)>& exact, const std::string& where,
                    double allowed) {
  const Sampler sampler(u);
  const Sampler::Values values = sampler.smooth(points);
  Largest largest(name, "potential, ohm, " + where, allowed);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double reference = exact(points[i]);
    largest.add(reference, values(static_cast<Eigen::Index>(i), 0), reference);
  }
  return {largest.row};
}

Rows sphere(const VerificationOptions& o, Progress& progress) {
  const SphereElectrode electrode;
  const UnitPotentials u = solve(sphere_electrode_scene(electrode, o.resolution), o, progress);
  Rows rows = compare_points(
      "sphere", u, ray({1.2e-3, 2e-3, 5e-3, 10e-3, 30e-3}),
      [&](const Vector3d& p) { return sphere_resistance(0.2, p.norm()); }, "1.2 to 30 mm away",
      0.005);
  rows.push_back(compare("sphere", "access resistance, ohm",
                         sphere_resistance(0.2, electrode.radius), u.impedance(0, 0), 0.005));
  return rows;
}

Rows shell(const VerificationOptions& o, Progress& progress) {
  const SphereElectrode electrode{.shell = 1.3e-3};
  const UnitPotentials u = solve(sphere_electrode_scene(electrode, o.resolution), o, progress);
  Rows rows = compare_points(
      "shell", u, ray({1.1e-3, 1.2e-3, 1.5e-3, 3e-3, 10e-3, 30e-3}),
      [&](const Vector3d& p) {
        return p.norm() < electrode.shell
                   ? shelled_sphere_resistance(electrode.shell_sigma, p.norm(), electrode.shell,
                                               0.2)
                   : sphere_resistance(0.2, p.norm());
      },
      "inside and outside the shell", 0.005);
  rows.push_back(compare(
      "shell", "access resistance, ohm",
      shelled_sphere_resistance(electrode.shell_sigma, electrode.radius, electrode.shell, 0.2),
      u.impedance(0, 0), 0.005));
  return rows;
}

Rows disc(const VerificationOptions& o, Progress& progress) {
  const double radius = 1.5e-3, sigma = 0.2;
  const UnitPotentials u = solve(disc_scene(radius, sigma, o.resolution), o, progress);
  // On the axis: phi = R (2 / pi) atan(a / z) (Newman 1966).
  std::vector<Vector3d> points;
  for (const double z : {0.5e-3, 1e-3, 2e-3, 5e-3, 10e-3})
    points.emplace_back(0.0, 0.0, z);
  Rows rows = compare_points(
      "disc", u, points,
      [&](const Vector3d& p) {
        return disc_resistance(sigma, radius) * 2.0 / 3.14159265358979323846 *
               std::atan(radius / p.z());
      },
      "on the axis, 0.5 to 10 mm away", 0.005);
  rows.push_back(compare("disc", "access resistance, ohm", disc_resistance(sigma, radius),
                         u.impedance(0, 0), 0.01));
  return rows;
}

Rows image(const VerificationOptions& o, Progress& progress) {
  const double depth = 3e-3, sigma = 0.2;
  const UnitPotentials u =
      solve(buried_sphere_scene(0.3e-3, depth, sigma, o.resolution), o, progress);
  std::vector<Vector3d> points;
  for (const double x : {1e-3, 2e-3, 4e-3, 8e-3})
    for (const double z : {0.2e-3, 1.5e-3, 3e-3, 6e-3})
      points.emplace_back(0.6 * x, 0.8 * x, z);
  return compare_points(
      "image", u, points,
      [&](const Vector3d& p) {
        return point_source_over_plane(sigma, {0.0, 0.0, depth}, p);
      },
      "beside a source 3 mm above an insulating plane", 0.005);
}

Rows anisotropic(const VerificationOptions& o, Progress& progress) {
  SphereElectrode electrode;
  electrode.sigma = Vector3d(0.083, 0.2, 0.571).asDiagonal();
  const UnitPotentials u = solve(sphere_electrode_scene(electrode, o.resolution), o, progress);
  std::vector<Vector3d> points;
  for (const Vector3d& d :
       {Vector3d(1, 0, 0), Vector3d(0, 1, 0), Vector3d(0, 0, 1), Vector3d(0.48, 0.6, 0.64)})
    for (const double r : {2.5e-3, 5e-3, 10e-3, 20e-3})
      points.push_back(r * d);
  return compare_points(
      "anisotropic", u, points,
      [&](const Vector3d& p) { return point_source_potential(electrode.sigma, p); },
      "along and between the axes of the tensor", 0.005);
}

Rows fascicle(const VerificationOptions& o, Progress& progress) {
  Rows rows;
  for (const double radius : {0.25e-3, 0.5e-3, 1e-3}) {
    const double rho0 = 3e-3;
    // Perineurium 0.06 mm of 0.0009 S/m, the check value of the reference.
    const SheathedCylinder cylinder{radius, 0.2, 0.083, 0.571, 0.06e-3 / 0.0009};
    const UnitPotentials u =
        solve(fascicle_scene(cylinder, rho0, 0.3e-3, o.resolution), o, progress);
    std::vector<Vector3d> points;
    for (int i = -20; i <= 20; ++i)
      points.emplace_back(0.0, 0.0, 0.5e-3 * i);
    const Sampler sampler(u);
    const Sampler::Values values = sampler.smooth(points);
    const std::vector<double> exact = potentials_within(cylinder, rho0, points);
    const std::string name = concat("fascicle of radius ", 1e3 * radius, " mm");
    Largest potential(name, "potential on the axis, ohm", 0.005);
    Largest second(name, "its second difference over 1 mm, relative to the largest", 0.03);
    double scale = 0.0;
    for (std::size_t i = 2; i + 2 < exact.size(); ++i)
      scale = std::max(scale, std::abs(exact[i - 2] - 2.0 * exact[i] + exact[i + 2]));
    for (std::size_t i = 0; i < exact.size(); ++i) {
      const auto v = [&](std::size_t k) { return values(static_cast<Eigen::Index>(k), 0); };
      potential.add(exact[i], v(i), exact[i]);
      if (i >= 2 && i + 2 < exact.size())
        second.add(exact[i - 2] - 2.0 * exact[i] + exact[i + 2], v(i - 2) - 2.0 * v(i) + v(i + 2),
                   scale);
    }
    rows.push_back(potential.row);
    rows.push_back(second.row);
  }
  return rows;
}

struct Case {
  const char* name;
  Rows (*run)(const VerificationOptions&, Progress&);
};
constexpr Case cases[] = {
    {"ring", ring}, {"octrode", octrode}, {"sphere", sphere},           {"shell", shell},
    {"disc", disc}, {"image", image},     {"anisotropic", anisotropic}, {"fascicle", fascicle}};

} // namespace

std::vector<std::string> verification_case_names() {
  std::vector<std::string> names;
  for (const Case& c : cases)
    names.emplace_back(c.name);
  return names;
}

std::vector<VerificationRow> run_verification_case(const std::string& name,
                                                   const VerificationOptions& options,
                                                   Progress& progress) {
  for (const Case& c : cases)
    if (name == c.name)
      return c.run(options, progress);
  throw ConfigError(
      concat("verification case '", name, "'"), "there is no such case",
      "choose one of ring, octrode, sphere, shell, disc, image, anisotropic, fascicle");
}

} // namespace foramen::field
