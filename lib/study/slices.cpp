#include "study/slices.hpp"

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "field/current_density.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <map>

namespace foramen::study {
namespace {

std::vector<double> pixel_centres(double half, std::size_t count) {
  std::vector<double> x;
  for (std::size_t i = 0; i < count; ++i)
    x.push_back(half * (2.0 * (static_cast<double>(i) + 0.5) / static_cast<double>(count) - 1.0));
  return x;
}

// Of the pixels, row by row.
std::vector<Vector3d> points_of(const Plane& plane) {
  std::vector<Vector3d> points;
  for (std::size_t i = 0; i < plane.pixels(); ++i)
    points.push_back(plane.point(i % plane.x.size(), i / plane.x.size()));
  return points;
}

// Empty when the point is outside the nerve.
std::string nerve_tissue(const anatomy::Nerve& nerve, const Vector3d& p) {
  const geometry::Curve::Foot foot = nerve.course->closest(p);
  const bool beside_ends = foot.s > 0.0 && foot.s < nerve.course->length();
  if (foot.distance > nerve.radius || !beside_ends)
    return {};
  const geometry::Frame frame = nerve.course->frame(foot.s);
  const double u = (p - frame.origin).dot(frame.u), v = (p - frame.origin).dot(frame.v);
  for (const anatomy::Fascicle& f : nerve.fascicles)
    if (std::hypot(u - f.u, v - f.v) <= f.radius)
      return nerve.endoneurium;
  return nerve.fascicles.empty() ? nerve.endoneurium : nerve.epineurium;
}

std::string tissue_at(const Study& study, const Vector3d& p) {
  for (const lead::PlacedLead& lead : study.leads) {
    const double radius = 0.5 * lead.model.diameter, sheath = lead.encapsulation.thickness;
    if (lead.distance_to_body(p, radius, 0.0) <= 0.0)
      return "lead";
    if (sheath > 0.0 && lead.distance_to_body(p, radius + sheath, sheath) <= 0.0)
      return lead.encapsulation.tissue;
  }
  if (study.generator_case && study.generator_case->solid()->contains(p))
    return "case";
  if (std::string inside = nerve_tissue(study.anatomy.nerve, p); !inside.empty())
    return inside;
  return study.anatomy.scene.tissue_at(p).name;
}

} // namespace

std::vector<Plane> field_planes(const Study& study, std::size_t index) {
  const Vector3d contact = study.contacts[index].centre;
  const lead::PlacedLead& lead = study.leads[study.contacts[index].lead];
  const geometry::Curve& course = *study.anatomy.nerve.course;
  const geometry::Frame frame = course.frame(course.closest(contact).s);
  const Vector3d offset = contact - frame.origin;
  // A straight lead's axis lies in the plane from end to end, a bent one's touches it at the
  // contact; the nerve bends out of it.
  const Vector3d direction = lead.frame(study.contacts[index].s).tangent;
  const Vector3d along = direction.dot(frame.tangent) < 0.0 ? Vector3d(-direction) : direction;
  const Vector3d away = (offset - offset.dot(along) * along).normalized();
  const double half = 0.5 * study.output.slice_extent.si();
  return {{"across", frame.origin, frame.u, frame.v, pixel_centres(half, 161),
           pixel_centres(half, 161), 0.0, 0.0},
          {"along", frame.origin, along, away, pixel_centres(2.0 * half, 321),
           pixel_centres(half, 161), 0.0, 0.0}};
}

std::vector<Plane> anatomical_planes(const Study& study, std::size_t contact) {
  const Vector3d c = study.contacts[contact].centre;
  const double half = 0.8 * study.anatomy.domain_radius;
  const std::vector<double> pixels = pixel_centres(half, 241);
  const Vector3d x = Vector3d::UnitX(), y = Vector3d::UnitY(), z = Vector3d::UnitZ();
  return {{"axial", c, x, y, pixels, pixels, c.x(), c.y()},
          {"coronal", c, x, z, pixels, pixels, c.x(), c.z()},
          {"sagittal", c, y, z, pixels, pixels, c.y(), c.z()}};
}

std::vector<std::string> tissue_names(const Study& study) {
  std::vector<std::string> names = study.anatomy.scene.tissues().names();
  names.emplace_back("lead");
  if (study.generator_case)
    names.emplace_back("case");
  return names;
}

std::vector<int> tissue_image(const Study& study, const Plane& plane) {
  std::map<std::string, int> index;
  for (const std::string& name : tissue_names(study))
    index.emplace(name, static_cast<int>(index.size()));
  std::vector<int> image(plane.pixels());
  core::parallel_for(plane.y.size(), 4, [&](std::size_t row) {
    for (std::size_t column = 0; column < plane.x.size(); ++column)
      image[row * plane.x.size() + column] = index.at(tissue_at(study, plane.point(column, row)));
  });
  return image;
}

PotentialImage potential_image(const field::Sampler& sampler, std::size_t contacts,
                               const Plane& plane) {
  const std::vector<Vector3d> all = points_of(plane);
  PotentialImage image;
  image.inside.assign(plane.pixels(), 0);
  image.potential.assign(contacts * plane.pixels(), 0.0);
  core::parallel_for(all.size(), 64,
                     [&](std::size_t i) { image.inside[i] = sampler.contains(all[i]) ? 1 : 0; });
  std::vector<Vector3d> points;
  std::vector<std::size_t> pixel;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (image.inside[i] != 0) {
      points.push_back(all[i]);
      pixel.push_back(i);
    }
  const field::Sampler::Values values = sampler.raw(points);
  for (std::size_t k = 0; k < pixel.size(); ++k)
    for (std::size_t c = 0; c < contacts; ++c)
      image.potential[c * plane.pixels() + pixel[k]] =
          values(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(c));
  return image;
}

Plane arrow_plane(const Plane& plane) {
  constexpr std::size_t stride = 4;
  const auto thinned = [](const std::vector<double>& values) {
    std::vector<double> kept;
    for (std::size_t i = stride / 2; i < values.size(); i += stride)
      kept.push_back(values[i]);
    return kept;
  };
  Plane coarse = plane;
  coarse.x = thinned(plane.x);
  coarse.y = thinned(plane.y);
  return coarse;
}

std::vector<double> current_density_image(const field::UnitPotentials& potentials,
                                          const field::Sampler& sampler,
                                          const field::VolumeScene& scene, const Plane& plane) {
  const std::vector<Vector3d> points = points_of(plane);
  const std::vector<double> density =
      field::unit_current_density(potentials, scene.conductivity, sampler.location(), points);
  const auto contacts = static_cast<std::size_t>(potentials.phi.cols());
  Eigen::Matrix3d axes;
  axes << plane.x_axis.transpose(), plane.y_axis.transpose(),
      plane.x_axis.cross(plane.y_axis).transpose();
  std::vector<double> image(3 * contacts * points.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t c = 0; c < contacts; ++c) {
      const Eigen::Map<const Vector3d> j(&density[3 * (i * contacts + c)]);
      Eigen::Map<Vector3d> to(&image[3 * (c * points.size() + i)]);
      to = axes * j;
    }
  return image;
}

} // namespace foramen::study
