#include "study/field_frequency.hpp"

#include "anatomy/frequency.hpp"
#include "core/error.hpp"
#include "stimulus/spectrum.hpp"
#include "study/text_table.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::study {
namespace {

constexpr double largest_spread = 0.2; // of a conductivity between the programmes' frequencies

std::string in_kHz(Frequency f) {
  return concat(significant(f.in(kHz), 3), " kHz");
}

std::string value_text(const anatomy::Tissue& tissue) {
  const std::string across = significant(tissue.across.si(), 3);
  return tissue.isotropic()
             ? across + " S/m"
             : concat(significant(tissue.along.si(), 3), " S/m along, ", across, " S/m across");
}

struct ProgrammeFrequency {
  std::string kind;
  Frequency frequency;
};

// One per programme of the study, not per contact configuration.
std::vector<ProgrammeFrequency>
dominant_frequencies(const std::vector<stimulus::Programme>& programmes) {
  std::vector<ProgrammeFrequency> all;
  for (const stimulus::Programme& programme : programmes)
    if (all.empty() || all.back().kind != programme.kind)
      all.push_back({programme.kind, stimulus::dominant_frequency(programme.waveform)});
  return all;
}

// What changes most between two frequencies, and by how much.
struct Spread {
  std::string what;
  double value = 0.0; // larger over smaller, less 1
};

Spread largest_of(const anatomy::Anatomy& anatomy, Frequency low, Frequency high) {
  Spread most;
  const auto compare = [&most](const std::string& what, double a, double b, const char* unit) {
    const double spread = std::max(a, b) / std::min(a, b) - 1.0;
    if (spread > most.value)
      most = {concat(what, " would be ", significant(a, 3), " or ", significant(b, 3), " ", unit),
              spread};
  };
  for (const anatomy::Tissue& tissue : anatomy.scene.tissues().all())
    if (tissue.dispersion)
      compare(tissue.name, conductivity_at(*tissue.dispersion, low).si(),
              conductivity_at(*tissue.dispersion, high).si(), "S/m");
  const anatomy::Perineurium& sheath = anatomy.nerve.perineurium;
  if (sheath.depends_on_frequency() && !anatomy.nerve.fascicles.empty())
    compare("perineurium", perineurium_resistivity(sheath, low).si(),
            perineurium_resistivity(sheath, high).si(), "ohm*m");
  return most;
}

Frequency common_frequency(const anatomy::Anatomy& anatomy,
                           const std::vector<stimulus::Programme>& programmes,
                           const config::Table& field) {
  const std::vector<ProgrammeFrequency> all = dominant_frequencies(programmes);
  const auto [low, high] =
      std::minmax_element(all.begin(), all.end(),
                          [](const auto& a, const auto& b) { return a.frequency < b.frequency; });
  const Spread spread = largest_of(anatomy, low->frequency, high->frequency);
  if (spread.value > largest_spread)
    field.refuse("",
                 concat("one field cannot serve the pulses of ", low->kind, " (",
                        in_kHz(low->frequency), ") and ", high->kind, " (", in_kHz(high->frequency),
                        "): ", spread.what, ", ", std::lround(100.0 * spread.value), " % apart"),
                 concat("state field.frequency = \"", in_kHz(high->frequency),
                        "\", or give each programme a study of its own"));
  return std::sqrt(low->frequency.si() * high->frequency.si()) * Hz;
}

} // namespace

std::optional<Frequency> settle_frequency(anatomy::Anatomy& anatomy,
                                          const std::vector<stimulus::Programme>& programmes,
                                          std::optional<Frequency> stated,
                                          const config::Table& field) {
  if (!anatomy::depends_on_frequency(anatomy)) {
    if (stated)
      field.refuse("frequency", "no conductivity of this study depends on frequency",
                   "give a tissue a `dispersion`, set anatomy.nerve.perineurium.frequency_formula, "
                   "or remove `frequency`");
    return std::nullopt;
  }
  const Frequency f = stated ? *stated : common_frequency(anatomy, programmes, field);
  anatomy::evaluate_at(anatomy, f);
  return f;
}

std::vector<std::string> frequency_report(const Study& study) {
  if (!study.field.frequency)
    return {};
  const Frequency f = *study.field.frequency;
  std::string origin = "field.frequency";
  if (!study.field.frequency_stated) {
    origin = "dominant:";
    for (const ProgrammeFrequency& p : dominant_frequencies(study.programmes))
      origin += concat(" ", p.kind, " ", in_kHz(p.frequency), ",");
    origin.pop_back();
  }
  std::vector<std::string> lines{concat("conductivities at ", in_kHz(f), " (", origin, ")")};
  for (const anatomy::Tissue& tissue : study.anatomy.scene.tissues().all())
    if (tissue.dispersion)
      lines.push_back(concat(tissue.name, ": ", value_text(tissue), " (", tissue.source, ")"));
  const anatomy::Nerve& nerve = study.anatomy.nerve;
  if (nerve.perineurium.depends_on_frequency() && !nerve.fascicles.empty())
    lines.push_back(
        concat("perineurium: ", significant(perineurium_resistivity(nerve.perineurium, f).si(), 3),
               " ohm*m (Weerasuriya 1984)"));
  return lines;
}

} // namespace foramen::study
