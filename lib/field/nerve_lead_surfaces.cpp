#include "field/nerve_lead_surfaces.hpp"

#include "core/error.hpp"
#include "geometry/triangulated_sphere.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

namespace foramen::field {
namespace {

constexpr int domain = 0, nerve_region = 1;

double gap_to_nerve(const LeadShape& lead, const anatomy::Nerve& nerve, double s) {
  const double d = nerve.course->closest(lead.point(s)).distance;
  return std::max(0.0, d - nerve.radius - lead.outer_radius());
}

void add_lead(VolumeScene& scene, const lead::PlacedLead& placed, const std::string& prefix,
              const anatomy::Nerve& nerve, const Resolution& resolution) {
  const LeadShape shape = lead_shape(placed);
  int parent = domain;
  if (shape.shell > 0.0) {
    const auto gap = [&](double s) { return gap_to_nerve(shape, nerve, s); };
    parent = static_cast<int>(scene.surfaces.size());
    scene.surfaces.push_back({prefix + "encapsulation",
                              encapsulation_surface(shape, resolution, gap), domain, false, 0.0});
  }
  const int surface = static_cast<int>(scene.surfaces.size());
  scene.surfaces.push_back({prefix + "lead", lead_surface(shape, resolution), parent, true, 0.0});
  for (std::size_t i = 0; i < placed.model.contacts.size(); ++i)
    scene.electrodes.push_back(
        {prefix + placed.model.contacts[i].name, surface, {static_cast<int>(i) + 1}});
}

std::string prefix_of(const std::vector<lead::PlacedLead>& leads, std::size_t i) {
  if (!leads[i].name.empty())
    return leads[i].name + ":";
  return leads.size() > 1 ? core::concat(i + 1, ":") : "";
}

} // namespace

LeadShape lead_shape(const lead::PlacedLead& placed) {
  LeadShape shape;
  static_cast<lead::LeadAxis&>(shape) = placed;
  shape.radius = 0.5 * placed.model.diameter;
  shape.shell = placed.encapsulation.thickness;
  for (const lead::RingContact& c : placed.model.contacts)
    shape.contacts.push_back({c.centre - 0.5 * c.length, c.centre + 0.5 * c.length});
  return shape;
}

VolumeScene fit_surfaces(const anatomy::Nerve& nerve, const std::vector<lead::PlacedLead>& leads,
                         const Vector3d& ball_centre, double ball_radius,
                         const Resolution& resolution) {
  VolumeScene scene;
  const double far = std::min(resolution.far.si(), 0.25 * ball_radius);
  scene.surfaces.push_back(
      {"domain", geometry::triangulate_sphere(ball_centre, ball_radius, far), -1, false, 0.0});
  scene.open_centre = ball_centre;
  std::vector<LeadShape> shapes;
  std::transform(leads.begin(), leads.end(), std::back_inserter(shapes), lead_shape);

  const MeshedCourse meshed = meshed_course(nerve, ball_centre, ball_radius);
  const auto sizes = std::make_shared<const NerveSizes>(nerve, meshed, shapes, resolution);
  scene.surfaces.push_back({"nerve", nerve_surface(nerve, meshed, *sizes), domain, false, 0.0});
  for (std::size_t i = 0; i < nerve.fascicles.size(); ++i)
    scene.surfaces.push_back({core::concat("fascicle ", i + 1),
                              fascicle_surface(nerve, i, meshed, *sizes), nerve_region, false,
                              nerve.fascicles[i].sheet_resistance});
  for (std::size_t i = 0; i < leads.size(); ++i)
    add_lead(scene, leads[i], prefix_of(leads, i), nerve, resolution);

  scene.size = [sizes, shapes, resolution, far](const Vector3d& p) {
    double size = std::min(far, sizes->at(p));
    for (const LeadShape& shape : shapes)
      size = std::min(size, size_near_lead(shape, resolution, p));
    return resolution.finer.empty() ? size : size * resolution.factor(p);
  };
  return scene;
}

} // namespace foramen::field
