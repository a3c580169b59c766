#include "field/nerve_lead_scene.hpp"

#include <cmath>
#include <memory>

namespace foramen::field {
namespace {

constexpr int domain = 0;

// What each region is made of; the scene's conductivity function owns one.
struct Tissues {
  anatomy::Scene surroundings;
  std::shared_ptr<const geometry::Curve> course;
  std::vector<anatomy::Tissue> of_region; // not of the domain

  Matrix3d operator()(int region, const Vector3d& p) const {
    if (region == domain)
      return surroundings.conductivity(p);
    const anatomy::Tissue& tissue = of_region[static_cast<std::size_t>(region)];
    if (tissue.isotropic())
      return tissue.across.si() * Matrix3d::Identity();
    return anatomy::conductivity_tensor(tissue, course->tangent(course->closest(p).s));
  }
  // Points of one element: along a curved nerve each foot is found from the one before it.
  void operator()(int region, std::span<const Vector3d> p, std::span<Matrix3d> sigma) const {
    if (region == domain)
      return surroundings.conductivities(p, sigma);
    const bool along_nerve = !of_region[static_cast<std::size_t>(region)].isotropic();
    double s = along_nerve ? course->closest(p.front()).s : 0.0;
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (along_nerve) {
        s = course->closest(p[i], s).s;
        sigma[i] = anatomy::conductivity_tensor(of_region[static_cast<std::size_t>(region)],
                                                course->tangent(s));
      } else {
        sigma[i] = (*this)(region, p[i]);
      }
    }
  }
};

// Order of regions as in fit_surfaces; a hole takes a place although nobody asks for it.
std::vector<anatomy::Tissue> tissues_of_regions(const anatomy::Anatomy& anatomy,
                                                const std::vector<lead::PlacedLead>& leads) {
  const anatomy::TissueLibrary& library = anatomy.scene.tissues();
  std::vector<anatomy::Tissue> result{library.at(anatomy.scene.background()),
                                      library.at(anatomy.nerve.epineurium)};
  result.insert(result.end(), anatomy.nerve.fascicles.size(),
                library.at(anatomy.nerve.endoneurium));
  for (const lead::PlacedLead& placed : leads) {
    if (placed.encapsulation.thickness > 0.0)
      result.push_back(library.at(placed.encapsulation.tissue));
    result.push_back(result.front());
  }
  return result;
}

} // namespace

VolumeScene make_volume_scene(const anatomy::Anatomy& anatomy,
                              const std::vector<lead::PlacedLead>& leads,
                              const Resolution& resolution, OuterBoundary outer) {
  VolumeScene scene =
      fit_surfaces(anatomy.nerve, leads, anatomy.domain_centre, anatomy.domain_radius, resolution);
  scene.outer = outer;
  const bool straight = std::isinf(anatomy.nerve.course->min_radius_of_curvature());
  const auto tissues = std::make_shared<const Tissues>(
      Tissues{anatomy.scene, anatomy.nerve.course, tissues_of_regions(anatomy, leads)});
  for (const anatomy::Tissue& tissue : tissues->of_region)
    scene.region_is_uniform.push_back(tissue.isotropic() || straight);
  scene.region_is_uniform[domain] = anatomy.scene.uniform();
  scene.region_has_jumps.assign(tissues->of_region.size(), false);
  scene.region_has_jumps[domain] = !anatomy.scene.uniform();
  scene.conductivity = [tissues](int region, const Vector3d& p) { return (*tissues)(region, p); };
  scene.conductivities = [tissues](int region, std::span<const Vector3d> p,
                                   std::span<Matrix3d> sigma) { (*tissues)(region, p, sigma); };
  return scene;
}

} // namespace foramen::field
