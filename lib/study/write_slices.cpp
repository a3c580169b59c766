#include "study/write_slices.hpp"

#include "field/sampling.hpp"
#include "study/columns.hpp"
#include "study/write_leads.hpp"

namespace foramen::study {

using io::Hdf5Writer;

namespace {

// Current density at the pixels of a coarse plane.
void write_arrows(Hdf5Writer& file, const std::string& group, FieldStage& field,
                  std::size_t contacts, const Plane& plane) {
  const std::size_t rows = plane.y.size(), columns = plane.x.size();
  file.write_doubles(group + "/arrow_x", scaled(plane.x, 1e3), {columns},
                     {"mm", "where current densities stand, along the plane's x axis"});
  file.write_doubles(group + "/arrow_y", scaled(plane.y, 1e3), {rows},
                     {"mm", "where current densities stand, along the plane's y axis"});
  file.write_doubles(
      group + "/current_density",
      current_density_image(field.potentials(), field.sampler(), field.scene(), plane),
      {contacts, rows, columns, 3},
      {"A/m^2 per A", "current density along the plane's x, y and normal, per ampere through each "
                      "contact; 0 outside the mesh"},
      {"/lead/contact", group + "/arrow_y", group + "/arrow_x", ""});
}

} // namespace

void write_plane(Hdf5Writer& file, const std::string& group, const Study& study,
                 const Plane& plane) {
  auto axis = [](std::vector<double> values, double offset) {
    for (double& value : values)
      value = (value + offset) * 1e3;
    return values;
  };
  const std::size_t rows = plane.y.size(), columns = plane.x.size();
  file.write_doubles(group + "/x", axis(plane.x, plane.x_offset), {columns},
                     {"mm", "pixel centres along the plane's x axis"});
  file.write_doubles(group + "/y", axis(plane.y, plane.y_offset), {rows},
                     {"mm", "pixel centres along the plane's y axis"});
  file.write_doubles(group + "/origin", coordinates({plane.origin}, 1e3), {3},
                     {"mm", "point of the scene at the middle of the plane"});
  file.write_doubles(group + "/axes", coordinates({plane.x_axis, plane.y_axis}), {2, 3},
                     {"1", "unit vectors of the plane's x and y axis"});
  file.write_texts(group + "/tissue_name", tissue_names(study), {tissue_names(study).size()},
                   "names of the tissues");
  file.write_integers(group + "/tissue", tissue_image(study, plane), {rows, columns},
                      {"1", "index of the tissue at each pixel"}, {group + "/y", group + "/x"});
  const auto project = [&](const std::vector<Vector3d>& points) {
    std::vector<double> values;
    for (const Vector3d& p : points) {
      values.push_back(((p - plane.origin).dot(plane.x_axis) + plane.x_offset) * 1e3);
      values.push_back(((p - plane.origin).dot(plane.y_axis) + plane.y_offset) * 1e3);
    }
    return values;
  };
  std::vector<Vector3d> course;
  const geometry::Curve& curve = *study.anatomy.nerve.course;
  for (int i = 0; i <= 100; ++i)
    course.push_back(curve.point(curve.length() * i / 100.0));
  file.write_doubles(group + "/nerve_projection", project(course), {course.size(), 2},
                     {"mm", "the nerve's course projected onto the plane"});
  std::vector<Vector3d> axes;
  for (const lead::PlacedLead& lead : study.leads)
    for (const Vector3d& p : axis_points(lead))
      axes.push_back(p);
  file.write_doubles(group + "/lead_projection", project(axes), {axes.size(), 2},
                     {"mm", "points of /lead/axis projected onto the plane"});
}

void write_field_slices(Hdf5Writer& file, const Study& study, FieldStage& field,
                        std::size_t contact) {
  const std::size_t n = study.contacts.size();
  for (const Plane& plane : field_planes(study, contact)) {
    const std::string group = "/field/slices/" + plane.name;
    write_plane(file, group, study, plane);
    write_arrows(file, group, field, n, arrow_plane(plane));
    const PotentialImage image = potential_image(field.sampler(), n, plane);
    file.write_doubles(group + "/potential", image.potential, {n, plane.y.size(), plane.x.size()},
                       {"ohm", "potential per ampere through each contact, 0 outside the mesh"},
                       {"/lead/contact", group + "/y", group + "/x"});
    file.write_integers(group + "/inside", image.inside, {plane.y.size(), plane.x.size()},
                        {"1", "1 where the potential is known, 0 in the lead's body and beyond"},
                        {group + "/y", group + "/x"});
  }
}

} // namespace foramen::study
