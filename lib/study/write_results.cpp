#include "study/write_results.hpp"

#include "core/error.hpp"
#include "core/provenance.hpp"
#include "field/sampling.hpp"
#include "io/hdf5_file.hpp"
#include "study/field_frequency.hpp"
#include "study/slices.hpp"
#include "study/write_fibres.hpp"
#include "study/write_leads.hpp"
#include "study/write_summary.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::study {
namespace {

using io::Hdf5Writer;
using io::Label;

std::vector<double> scaled(std::vector<double> values, double factor) {
  for (double& value : values)
    value *= factor;
  return values;
}

std::vector<double> in_mm(const std::vector<Vector3d>& points) {
  std::vector<double> values;
  for (const Vector3d& p : points)
    for (int k = 0; k < 3; ++k)
      values.push_back(p[k] * 1e3);
  return values;
}

template <class T, class F> std::vector<double> column(const std::vector<T>& rows, const F& value) {
  std::vector<double> values;
  for (const T& row : rows)
    values.push_back(value(row));
  return values;
}

void write_meta(Hdf5Writer& file, const Study& study, const StudyResult& result,
                const std::string& table) {
  file.attribute("/meta", "program", std::string("foramen"));
  file.attribute("/meta", "title", study.title);
  file.attribute("/meta", "best_programme", study.programmes[best_programme(study, result)].name);
  file.attribute("/meta", "seed", static_cast<std::int64_t>(study.seed));
  for (const auto& [name, value] : core::provenance())
    file.attribute("/meta", name, value);
  file.write_text("/meta/configuration", study.resolved,
                  "the study with every default filled in; runs again as it is (TOML)");
  if (study.field.frequency) {
    file.attribute("/meta", "frequency_hz", study.field.frequency->in(Hz));
    const std::vector<std::string> lines = frequency_report(study);
    file.write_texts("/meta/frequency", lines, {lines.size()},
                     "which conductivities were taken at which frequency");
  }
  file.write_text("/meta/table", table, "the result table as printed");
  std::vector<std::string> stages;
  std::vector<double> seconds;
  for (const auto& [stage, time] : result.stage_seconds) {
    stages.push_back(stage);
    seconds.push_back(time);
  }
  file.write_texts("/meta/stage", stages, {stages.size()}, "stages of the run");
  file.write_doubles("/meta/stage_seconds", seconds, {seconds.size()},
                     {"s", "time each stage took, near zero when reused from the cache"},
                     {"/meta/stage"});
}

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
  file.write_doubles(group + "/origin", in_mm({plane.origin}), {3},
                     {"mm", "point of the scene at the middle of the plane"});
  file.write_doubles(group + "/axes", in_mm({1e-3 * plane.x_axis, 1e-3 * plane.y_axis}), {2, 3},
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

// The contact that carries most cathodic current of the best programme: where the slices lie.
std::size_t shown_contact(const Study& study, const StudyResult& result) {
  const std::vector<double>& weights =
      result.drive.programmes[best_programme(study, result)].weights;
  return static_cast<std::size_t>(std::max_element(weights.begin(), weights.end()) -
                                  weights.begin());
}

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
  file.write_doubles("/anatomy/course", in_mm(course), {course.size(), 3},
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
  file.write_doubles("/case/centre", in_mm({body.centre}), {3}, {"mm", "middle of the case"});
  file.write_doubles("/case/size", in_mm({2.0 * body.half_size}), {3},
                     {"mm", "width, height and thickness of the case"});
  file.write_doubles(
      "/case/axes",
      in_mm({1e-3 * body.axes.col(0), 1e-3 * body.axes.col(1), 1e-3 * body.axes.col(2)}), {3, 3},
      {"1", "unit vectors of its width, height and thickness"});
  file.write_number("/case/rounding", body.rounding * 1e3, {"mm", "of its edges and corners"});
}

// Current density at the pixels of a coarse plane.
void write_arrows(Hdf5Writer& file, const std::string& group, FieldStage& field,
                  std::size_t contacts, const Plane& plane) {
  const std::size_t rows = plane.y.size(), columns = plane.x.size();
  file.write_doubles(group + "/arrow_x", scaled(plane.x, 1e3), {columns},
                     {"mm", "where current densities stand, along the plane's x axis"});
  file.write_doubles(group + "/arrow_y", scaled(plane.y, 1e3), {rows},
                     {"mm", "where current densities stand, along the plane's y axis"});
  file.write_doubles(
      group + "/current_density", current_density_image(field.potentials(), field.scene(), plane),
      {contacts, rows, columns, 3},
      {"A/m^2 per A", "current density along the plane's x, y and normal, per ampere through each "
                      "contact; 0 outside the mesh"},
      {"/lead/contact", group + "/arrow_y", group + "/arrow_x", ""});
}

void write_field(Hdf5Writer& file, const Study& study, const StudyResult& result, FieldStage* field,
                 std::size_t contact) {
  if (field == nullptr)
    return;
  const auto n = static_cast<std::size_t>(result.impedance.rows());
  file.write_doubles(
      "/field/impedance",
      std::span(result.impedance.data(), static_cast<std::size_t>(result.impedance.size())), {n, n},
      {"ohm", "potential of one contact per ampere through another"},
      {"/lead/contact", "/lead/contact"});
  if (const LoadedMesh* own = field->own_mesh()) {
    file.attribute("/field", "mesh", study.field.own_mesh->source.path);
    file.attribute("/field", "mesh_digest", own->file.hex());
  }
  file.attribute("/field", "unknowns", static_cast<std::int64_t>(result.solver.n_unknowns));
  file.attribute("/field", "tetrahedra", static_cast<std::int64_t>(result.solver.n_tets));
  file.attribute("/field", "iterations", static_cast<std::int64_t>(result.solver.iterations));
  file.attribute("/field", "relative_residual", result.solver.residual);
  file.attribute("/field", "current_imbalance", result.solver.current_imbalance);
  if (result.accuracy) {
    file.attribute("/field", "reported_field_error", result.accuracy->worst);
    file.attribute("/field", "refine", result.accuracy->refine);
    if (result.accuracy->wanted) {
      file.attribute("/field", "wanted_accuracy", *result.accuracy->wanted);
      file.attribute("/field", "accuracy_met",
                     static_cast<std::int64_t>(result.accuracy->missed.empty() ? 1 : 0));
    }
  }
  const field::Sampler sampler(field->potentials());
  for (const Plane& plane : field_planes(study, contact)) {
    const std::string group = "/field/slices/" + plane.name;
    write_plane(file, group, study, plane);
    write_arrows(file, group, *field, n, arrow_plane(plane));
    const PotentialImage image = potential_image(sampler, n, plane);
    file.write_doubles(group + "/potential", image.potential, {n, plane.y.size(), plane.x.size()},
                       {"ohm", "potential per ampere through each contact, 0 outside the mesh"},
                       {"/lead/contact", group + "/y", group + "/x"});
    file.write_integers(group + "/inside", image.inside, {plane.y.size(), plane.x.size()},
                        {"1", "1 where the potential is known, 0 in the lead's body and beyond"},
                        {group + "/y", group + "/x"});
  }
}

void write_programmes(Hdf5Writer& file, const Study& study, const Drive& drive) {
  std::vector<std::string> names, kinds, pulses, targets;
  std::vector<double> weights, rates, widths;
  for (std::size_t i = 0; i < drive.programmes.size(); ++i) {
    const stimulus::Programme& p = drive.programmes[i];
    names.push_back(p.name);
    kinds.push_back(p.kind);
    pulses.push_back(p.waveform.name);
    targets.emplace_back(study.targets[i] == response::Role::motor ? "motor" : "sensory");
    weights.insert(weights.end(), p.weights.begin(), p.weights.end());
    rates.push_back(p.rate.in(Hz));
    widths.push_back(p.waveform.first_phase_duration().in(us));
  }
  const std::size_t n = names.size();
  const io::Axes axis{"/programmes/name"};
  file.write_texts("/programmes/name", names, {n}, "programmes, one per contact configuration");
  file.write_texts("/programmes/kind", kinds, {n}, "programme of the study it belongs to", axis);
  file.write_texts("/programmes/target", targets, {n}, "whose threshold is its working amplitude",
                   axis);
  file.write_texts("/programmes/pulse", pulses, {n}, "shape of the pulse", axis);
  file.write_doubles(
      "/programmes/weights", weights, {n, study.contacts.size()},
      {"1", "share of the cathodes' current per contact, +1: cathode of the first phase"},
      {"/programmes/name", "/lead/contact"});
  file.write_doubles("/programmes/rate", rates, {n}, {"Hz", "pulse rate"}, axis);
  file.write_doubles("/programmes/pulse_width", widths, {n}, {"us", "width of the first phase"},
                     axis);
  file.attribute("/programmes", "control", std::string(drive.noun()));
  if (drive.by_voltage())
    file.write_doubles(
        "/programmes/load", column(drive.loads, [](Resistance load) { return load.in(ohm); }), {n},
        {"ohm", "voltage between cathodes and anodes over the cathodes' current"}, axis);
}

void write_places(Hdf5Writer& file, const Study& study, const std::string& group,
                  const std::vector<PlacedFibre>& fibres) {
  const auto fibre = [&](const std::string& name, const Label& label, auto value) {
    file.write_doubles(group + "/" + name, column(fibres, value), {fibres.size()}, label);
  };
  fibre("diameter", {"um", "outer diameter of the fibre"},
        [](const PlacedFibre& f) { return f.sample.diameter.in(um); });
  fibre("fascicle", {"1", "index of the fascicle"},
        [](const PlacedFibre& f) { return static_cast<double>(f.sample.fascicle); });
  fibre("u", {"mm", "place in the nerve's cross-section"},
        [](const PlacedFibre& f) { return f.sample.u.in(mm); });
  fibre("v", {"mm", "place in the nerve's cross-section"},
        [](const PlacedFibre& f) { return f.sample.v.in(mm); });
  fibre("node_phase", {"1", "shift of the nodes along the nerve, in internodes"},
        [](const PlacedFibre& f) { return f.sample.node_phase; });
  fibre("distance_to_lead", {"mm", "smallest distance from the fibre to the lead's surface"},
        [&](const PlacedFibre& f) { return distance_to_lead(study, f) * 1e3; });
}

void write_thresholds(Hdf5Writer& file, const std::string& group,
                      const PopulationResult& population, const Drive& drive, double foramen_s) {
  const std::size_t programmes = population.thresholds.size(), fibres = population.fibres.size();
  const io::Shape shape{programmes, fibres};
  const io::Axes axes{"/programmes/name", ""};
  using response::ThresholdResult;
  const auto number = [&](const std::string& name, const Label& label, auto value) {
    std::vector<double> values;
    for (const auto& row : population.thresholds)
      for (std::size_t i = 0; i < fibres; ++i)
        values.push_back(value(row[i], population.fibres[i]));
    file.write_doubles(group + "/" + name, values, shape, label, axes);
  };
  const auto integer = [&](const std::string& name, const std::string& meaning, auto value) {
    std::vector<int> values;
    for (const auto& row : population.thresholds)
      for (const ThresholdResult& r : row)
        values.push_back(value(r));
    file.write_integers(group + "/" + name, values, shape, {"1", meaning}, axes);
  };
  const auto amplitude = [&](const std::string& name, const std::string& meaning,
                             Current ThresholdResult::*field) {
    std::vector<double> values;
    for (std::size_t p = 0; p < programmes; ++p)
      for (const ThresholdResult& r : population.thresholds[p])
        values.push_back(drive.amplitude(p, r.*field));
    file.write_doubles(group + "/" + name, values, shape, {drive.unit(), meaning}, axes);
  };
  const std::string noun = drive.noun();
  amplitude("threshold", "threshold: upper end of the bracket, a " + noun + " that fired",
            &ThresholdResult::threshold);
  amplitude("below", "lower end of the bracket, a " + noun + " that did not fire",
            &ThresholdResult::below);
  number("step_error",
         {"1",
          "bound on what the time step adds: the threshold lies between below * (1 - step_error) "
          "and threshold * (1 + step_error)"},
         [](const ThresholdResult& r, const PlacedFibre&) { return r.step_error; });
  number("field_error",
         {"1",
          "what the field's error adds, held by 19 of 20: the threshold lies between below * (1 - "
          "step_error - field_error) and threshold * (1 + step_error + field_error); 0 where it is "
          "not estimated"},
         [](const ThresholdResult& r, const PlacedFibre&) { return r.field_error; });
  amplitude("silent_from",
            noun + " from which on the fibre is silent again; 0: not met, or not searched",
            &ThresholdResult::silent_from);
  number("latency", {"ms", "from the pulse to detection, at threshold"},
         [](const ThresholdResult& r, const PlacedFibre&) { return r.latency.in(ms); });
  number("firing_time", {"ms", "from the pulse to the first node's crossing, at threshold"},
         [](const ThresholdResult& r, const PlacedFibre&) { return r.firing_time.in(ms); });
  number("firing_position",
         {"mm",
          "where the first node fired: along the nerve from the foramen, outwards positive; 0 "
          "where nothing fired"},
         [&](const ThresholdResult& r, const PlacedFibre& f) {
           return r.firing_node < 0
                      ? 0.0
                      : (f.course_s[static_cast<std::size_t>(r.firing_node)] - foramen_s) * 1e3;
         });
  integer("firing_node", "first node to fire, counted from the root end; -1 without one",
          [](const ThresholdResult& r) { return r.firing_node; });
  integer("started_at_end", "1 where the fibre's end fired first, not the lead's neighbourhood",
          [](const ThresholdResult& r) { return r.started_at_end ? 1 : 0; });
  integer("maybe_blocked", "1 where a larger current fired nodes without propagating",
          [](const ThresholdResult& r) { return r.maybe_blocked ? 1 : 0; });
  integer("simulations", "runs of the search",
          [](const ThresholdResult& r) { return r.simulations; });
  std::vector<int> status;
  for (const auto& row : population.thresholds)
    for (const ThresholdResult& r : row)
      status.push_back(static_cast<int>(r.status));
  io::EnumNames names;
  using enum response::ThresholdStatus;
  for (const auto value : {converged, above_ceiling, below_floor, fires_unstimulated})
    names.emplace_back(response::name_of(value), static_cast<int>(value));
  file.write_enums(group + "/status", status, shape, names, "how the search ended", axes);
}

// Estimates of the field's error along every fibre.
void write_field_errors(Hdf5Writer& file, const std::string& group,
                        const std::vector<std::vector<field::LineErrors>>& errors,
                        std::size_t contacts) {
  const auto write = [&](const std::string& name, const std::string& meaning,
                         double field::LineErrors::*value) {
    std::vector<double> values;
    for (const auto& fibre : errors)
      for (const field::LineErrors& contact : fibre)
        values.push_back(contact.*value);
    file.write_doubles(group + "/" + name, values, {errors.size(), contacts}, {"ohm", meaning},
                       {"", "/lead/contact"});
  };
  write("potential_error",
        "estimated error of the potential per ampere through each contact, largest along the fibre",
        &field::LineErrors::potential);
  write("second_difference_error",
        "the same of the potential's second difference over 1 mm (or an internode, if longer)",
        &field::LineErrors::second_difference);
}

void write_phase_spread(Hdf5Writer& file, const std::string& group,
                        const PopulationResult& population, std::size_t n_phases) {
  const std::size_t programmes = population.thresholds.size();
  const std::size_t places = population.fibres.size() / n_phases;
  std::vector<double> spread;
  for (const auto& row : population.thresholds)
    for (const double s : phase_spreads(row, n_phases))
      spread.push_back(s);
  file.write_doubles(group + "/phase_spread", spread, {programmes, places},
                     {"1",
                      "highest over lowest threshold of a fibre at all phases of its nodes, less "
                      "1; -1 where a threshold is open"},
                     {"/programmes/name", ""});
}

void write_recruitment(Hdf5Writer& file, const Study& study, const StudyResult& result) {
  constexpr std::size_t steps = 400;
  const double low = std::log(0.01), high = std::log(ceiling_of(study, result.drive));
  std::vector<double> amplitude;
  for (std::size_t i = 0; i < steps; ++i)
    amplitude.push_back(std::exp(low + (high - low) * static_cast<double>(i) / (steps - 1)));
  file.write_doubles("/recruitment/amplitude", amplitude, {steps},
                     {result.drive.unit(), "amplitude"});
  for (std::size_t p = 0; p < study.populations.size(); ++p) {
    std::vector<double> fraction;
    for (std::size_t i = 0; i < study.programmes.size(); ++i) {
      const auto curve = response::recruitment_curve(result.populations[p].thresholds[i]);
      for (const double a : amplitude)
        fraction.push_back(curve.at(result.drive.current(i, a)));
    }
    file.write_doubles("/recruitment/" + study.populations[p].name, fraction,
                       {study.programmes.size(), steps},
                       {"1", "fraction of the population that fires"},
                       {"/programmes/name", "/recruitment/amplitude"});
  }
}

} // namespace

std::string write_results(const Study& study, const Run& run, const std::string& table,
                          const std::string& folder) {
  const StudyResult& result = run.result;
  const std::string path = folder + "/results.h5";
  Hdf5Writer file(path);
  write_meta(file, study, result, table);
  const std::size_t contact = shown_contact(study, result);
  write_leads(file, study, contact);
  write_case(file, study);
  write_anatomy(file, study, contact);
  write_field(file, study, result, run.field.get(), contact);
  write_programmes(file, study, result.drive);
  for (std::size_t p = 0; p < study.populations.size(); ++p) {
    const PopulationSettings& settings = study.populations[p];
    const std::string group = "/populations/" + settings.name;
    file.attribute(group, "role",
                   std::string(settings.role == response::Role::motor ? "motor" : "sensory"));
    file.attribute(group, "model", settings.model);
    file.attribute(group, "diameters", settings.diameters.name);
    file.attribute(group, "source", settings.diameters.source);
    write_places(file, study, group, result.populations[p].fibres);
    write_thresholds(file, group, result.populations[p], result.drive,
                     study.anatomy.nerve.foramen_s);
    if (result.accuracy)
      write_field_errors(file, group, result.accuracy->along_fibres[p], study.contacts.size());
    if (settings.node_phases > 1)
      write_phase_spread(file, group, result.populations[p], settings.node_phases);
  }
  write_along_fibre(file, study, run);
  write_recruitment(file, study, result);
  write_summary(file, study, result);
  file.commit();
  return path;
}

} // namespace foramen::study
