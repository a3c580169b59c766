#include "study/warnings.hpp"

#include "core/error.hpp"
#include "core/quantity_text.hpp"
#include "study/read_leads.hpp"
#include "study/text_table.hpp"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

namespace foramen::study {
namespace {

using core::concat;
using core::to_text;

void warn_of_rigid_tissue(const Study& study, std::vector<std::string>& lines) {
  for (std::size_t i = 0; i < study.contacts.size(); ++i) {
    const std::string table = table_of(study.leads[study.contacts[i].lead]);
    if (const double share = rigid_share(study, i); share > 0.0)
      lines.push_back(concat("contact ", study.contacts[i].name, " lies to ",
                             std::lround(100.0 * share),
                             " % in bone, where no lead can be.\n"
                             "  remedy: move the lead with ",
                             table, ".position, ", table, ".angle or ", table, ".tilt"));
  }
}

// The case belongs under the skin, in soft tissue.
void warn_of_case(const Study& study, std::vector<std::string>& lines) {
  if (!study.generator_case)
    return;
  constexpr double between = 3e-3; // metres, of the points that are looked at
  const auto points = geometry::triangulate_box(study.generator_case->body, between).points;
  const auto share = [&](const auto& where) {
    return 100.0 * static_cast<double>(std::count_if(points.begin(), points.end(), where)) /
           static_cast<double>(points.size());
  };
  const anatomy::Scene& scene = study.anatomy.scene;
  const auto say = [&](double percent, const char* what) {
    if (percent > 0.0)
      lines.push_back(concat("the case lies to ", std::max(1L, std::lround(percent)), " % ", what,
                             ".\n  remedy: move it with case.offset, or turn it"));
  };
  say(share([&](const auto& p) { return scene.tissue_at(p).rigid; }),
      "in bone, where no generator can be");
  say(share([&](const auto& p) { return scene.tissue_at(p).name == "air"; }), "outside the body");
}

// One line per programme of the study, not per contact configuration.
void warn_of_timing(const Study& study, std::vector<std::string>& lines) {
  const lead::PulseGenerator& generator = study.generator.model;
  std::set<std::string> seen;
  for (const stimulus::Programme& programme : study.programmes) {
    if (!seen.insert(programme.kind).second)
      continue;
    const std::string who = concat("programme ", programme.kind, ": ");
    if (programme.rate < generator.lowest_rate || programme.rate > generator.highest_rate)
      lines.push_back(concat(who, "its rate of ", to_text(programme.rate), " lies outside the ",
                             to_text(generator.lowest_rate), " to ",
                             to_text(generator.highest_rate), " of generator ", generator.name,
                             ".\n  remedy: another rate, or another generator.model"));
    const Time pulse = programme.waveform.first_phase_duration();
    const double grain = 1e-9; // rounding
    if (pulse < (1.0 - grain) * generator.shortest_pulse ||
        pulse > (1.0 + grain) * generator.longest_pulse)
      lines.push_back(concat(who, "its first phase of ", to_text(pulse), " lies outside the ",
                             to_text(generator.shortest_pulse), " to ",
                             to_text(generator.longest_pulse), " of generator ", generator.name,
                             ".\n  remedy: another pulse width, or another generator.model"));
  }
}

void warn_of_control(const Study& study, std::vector<std::string>& lines) {
  const lead::PulseGenerator& generator = study.generator.model;
  const bool by_voltage = study.control == Control::voltage;
  if (generator.voltage_controlled == by_voltage)
    return;
  const auto word = [](bool voltage) { return voltage ? "voltage" : "current"; };
  lines.push_back(concat("the programmes are controlled by ", word(by_voltage), ", but generator ",
                         generator.name, " controls the ", word(!by_voltage),
                         ".\n  remedy: set their control = \"", word(!by_voltage),
                         "\", or another generator.model"));
}

void warn_of_ends(const Study& study, const StudyResult& result, std::vector<std::string>& lines) {
  for (std::size_t p = 0; p < study.populations.size(); ++p) {
    std::size_t at_end = 0, all = 0;
    for (const auto& row : result.populations[p].thresholds)
      for (const response::ThresholdResult& r : row) {
        const bool converged = r.status == response::ThresholdStatus::converged;
        all += converged ? 1 : 0;
        at_end += converged && r.started_at_end ? 1 : 0;
      }
    if (at_end > 0)
      lines.push_back(concat("population ", study.populations[p].name, ": ", at_end, " of ", all,
                             " thresholds began at an end of the modelled fibre, not at the lead; "
                             "they are marked started_at_end in results.h5.\n  remedy: make the "
                             "nerve longer or move the lead away from its ends"));
  }
}

// The largest demand of a programme's configurations, and how many exceed the limit.
struct Excess {
  std::size_t count = 0, all = 0;
  double most = 0.0;
  std::string worst;
  void add(double value, double limit, const std::string& configuration) {
    ++all;
    if (value <= limit)
      return;
    ++count;
    if (value > most) {
      most = value;
      worst = configuration;
    }
  }
};

void warn_of_demand(const Study& study, const StudyResult& result,
                    std::vector<std::string>& lines) {
  const lead::PulseGenerator& generator = study.generator.model;
  for (std::size_t i = 0; i < study.programmes.size();) {
    const std::string kind = study.programmes[i].kind;
    Excess current, voltage;
    for (; i < study.programmes.size() && study.programmes[i].kind == kind; ++i) {
      const ProgrammeSummary& s = result.summary[i];
      if (!s.working_amplitude)
        continue;
      double largest = 0.0;
      for (const double weight : result.drive.programmes[i].weights)
        largest = std::max(largest, std::abs(weight));
      const std::string configuration = study.programmes[i].name.substr(kind.size() + 1);
      current.add(largest * s.working_amplitude->si(), generator.largest_current.si(),
                  configuration);
      if (s.safety && s.safety->voltage_known)
        voltage.add(s.safety->voltage.si(), generator.largest_voltage.si(), configuration);
    }
    const auto say = [&](const Excess& excess, const std::string& limit, const std::string& most,
                         const char* remedy) {
      if (excess.count > 0)
        lines.push_back(concat("programme ", kind, ": ", excess.count, " of ", excess.all,
                               " contact configurations need more than the ", limit,
                               " of generator ", generator.name,
                               " at the working amplitude; most: ", excess.worst, " with ", most,
                               ".\n  remedy: ", remedy));
    };
    say(current, to_text(generator.largest_current),
        concat(significant(1e3 * current.most, 3), " mA per contact"),
        "share the current between contacts, or lengthen the pulse");
    say(voltage, to_text(generator.largest_voltage, "V"),
        concat(significant(voltage.most, 3), " V"),
        "share the current between contacts, or lengthen the pulse");
  }
}

} // namespace

double rigid_share(const Study& study, std::size_t contact) {
  constexpr int around = 8, along = 3;
  const Contact& ring = study.contacts[contact];
  const lead::PlacedLead& lead = study.leads[ring.lead];
  const double radius = 0.5 * lead.model.diameter;
  int rigid = 0;
  for (int a = 0; a < around; ++a)
    for (int l = 0; l < along; ++l) {
      const double phi = 2.0 * std::numbers::pi * a / around;
      const geometry::Frame f = lead.frame(ring.s + 0.5 * ring.length * (l - 1));
      const Eigen::Vector3d p = f.origin + radius * (std::cos(phi) * f.u + std::sin(phi) * f.v);
      rigid += study.anatomy.scene.tissue_at(p).rigid ? 1 : 0;
    }
  return static_cast<double>(rigid) / (around * along);
}

std::vector<std::string> warnings_before(const Study& study) {
  std::vector<std::string> lines;
  warn_of_rigid_tissue(study, lines);
  warn_of_case(study, lines);
  warn_of_timing(study, lines);
  warn_of_control(study, lines);
  return lines;
}

std::vector<std::string> warnings_after(const Study& study, const StudyResult& result) {
  std::vector<std::string> lines;
  warn_of_ends(study, result, lines);
  if (result.accuracy && !result.accuracy->missed.empty())
    lines.push_back(concat("field.accuracy is not met: ", result.accuracy->missed,
                           ".\n  remedy: a larger field.max_unknowns or field.accuracy; where the "
                           "outer boundary is what is wrong, field.boundary = \"open\" or a larger "
                           "anatomy.domain.radius"));
  warn_of_demand(study, result, lines);
  return lines;
}

} // namespace foramen::study
