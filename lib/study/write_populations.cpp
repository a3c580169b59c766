#include "study/write_populations.hpp"

#include "study/columns.hpp"

namespace foramen::study {

using io::Hdf5Writer;
using io::Label;

namespace {

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

} // namespace

void write_populations(Hdf5Writer& file, const Study& study, const StudyResult& result) {
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
}

} // namespace foramen::study
