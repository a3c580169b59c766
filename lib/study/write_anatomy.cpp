#include "study/write_anatomy.hpp"

#include "study/columns.hpp"
#include "study/slices.hpp"
#include "study/write_slices.hpp"

namespace foramen::study {

using io::Hdf5Writer;
using io::Label;

void write_anatomy(Hdf5Writer& file, const Study& study, std::size_t contact) {
  const anatomy::Nerve& nerve = study.anatomy.nerve;
  file.attribute("/anatomy", "level", nerve.level);
  file.attribute("/anatomy", "dermatome", study.anatomy.innervation.dermatome);
  file.attribute("/anatomy", "key_muscles", study.anatomy.innervation.key_muscles);
  std::vector<Vector3d> course;
  std::vector<double> s;
  constexpr int samples = 200;
  for (int i = 0; i <= samples; ++i) {
    s.push_back(nerve.course->length() * i / samples);
    course.push_back(nerve.course->point(s.back()));
  }
  file.write_doubles("/anatomy/course_s", scaled(s, 1e3), {s.size()},
                     {"mm", "arc length along the nerve, from its root end"});
  file.write_doubles("/anatomy/course", coordinates(course, 1e3), {course.size(), 3},
                     {"mm", "the nerve's centre line (x right, y anterior, z cranial)"},
                     {"/anatomy/course_s", ""});
  file.write_number("/anatomy/foramen_s", nerve.foramen_s * 1e3,
                    {"mm", "arc length at the lateral border of the foramen"});
  file.write_number("/anatomy/nerve_radius", nerve.radius * 1e3,
                    {"mm", "radius of the epineurium"});
  const auto fascicles = [&](const std::string& name, const Label& label, auto value) {
    file.write_doubles("/anatomy/fascicle_" + name, column(nerve.fascicles, value),
                       {nerve.fascicles.size()}, label);
  };
  using anatomy::Fascicle;
  fascicles("u", {"mm", "fascicle centres in the nerve's frame"},
            [](const Fascicle& f) { return f.u * 1e3; });
  fascicles("v", {"mm", "fascicle centres in the nerve's frame"},
            [](const Fascicle& f) { return f.v * 1e3; });
  fascicles("radius", {"mm", "inner radii of the fascicles"},
            [](const Fascicle& f) { return f.radius * 1e3; });
  fascicles("sheet_resistance", {"ohm*m^2", "specific resistance of each perineurium"},
            [](const Fascicle& f) { return f.sheet_resistance; });
  for (const Plane& plane : anatomical_planes(study, contact))
    write_plane(file, "/anatomy/slices/" + plane.name, study, plane);
}

void write_case(Hdf5Writer& file, const Study& study) {
  if (!study.generator_case)
    return;
  const geometry::RoundedBox& body = study.generator_case->body;
  file.write_doubles("/case/centre", coordinates({body.centre}, 1e3), {3},
                     {"mm", "middle of the case"});
  file.write_doubles("/case/size", coordinates({2.0 * body.half_size}, 1e3), {3},
                     {"mm", "width, height and thickness of the case"});
  file.write_doubles("/case/axes",
                     coordinates({body.axes.col(0), body.axes.col(1), body.axes.col(2)}), {3, 3},
                     {"1", "unit vectors of its width, height and thickness"});
  file.write_number("/case/rounding", body.rounding * 1e3, {"mm", "of its edges and corners"});
}

} // namespace foramen::study
