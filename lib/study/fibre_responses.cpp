#include "study/fibre_responses.hpp"

#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "core/provenance.hpp"
#include "io/hdf5_file.hpp"
#include "stimulus/pulses.hpp"
#include "stimulus/train.hpp"
#include "study/text_table.hpp"

#include <cmath>
#include <sstream>

namespace foramen::study {
namespace {

using io::Hdf5Writer;
using response::ThresholdResult;

// A single pulse of the programme.
stimulus::Waveform one_pulse(const stimulus::Waveform& waveform) {
  stimulus::Waveform pulse = waveform;
  pulse.repeats = 1;
  return pulse;
}

std::vector<Time> spread(double low_ms, double high_ms, std::size_t n) {
  std::vector<Time> times;
  for (std::size_t i = 0; i < n; ++i)
    times.push_back(
        low_ms * std::pow(high_ms / low_ms, static_cast<double>(i) / static_cast<double>(n - 1)) *
        ms);
  return times;
}

// C fibres need longer to fire, to recover, and for an action potential to arrive.
response::ThresholdOptions search_of(const Study& study, const ChosenFibre& chosen) {
  response::ThresholdOptions search = study.thresholds.search;
  if (axon::model(chosen.population->model).unmyelinated) {
    const double slow_m_s = 0.2 * std::sqrt(chosen.fibre.sample.diameter.in(um));
    search.time_limit =
        std::max(search.time_limit, 5.0 * ms + chosen.fibre.cable.length().si() / slow_m_s * s);
  }
  return search;
}

response::StrengthDurationCurve strength_duration(const Study& study, const ChosenFibre& chosen) {
  const stimulus::Waveform pulse = one_pulse(chosen.programme->waveform);
  const Time own = pulse.first_phase_duration();
  const std::vector<Time> widths = spread(0.02, 2.0, 13);
  return response::strength_duration(
      chosen.fibre.cable, chosen.field, widths,
      [&](Time width) { return stimulus::stretched(pulse, width / own); },
      search_of(study, chosen));
}

response::RecoveryCycle recovery(const Study& study, const ChosenFibre& chosen) {
  const std::vector<Time> intervals = spread(0.4, 40.0, 17);
  return response::recovery_cycle(chosen.fibre.cable, chosen.field,
                                  one_pulse(chosen.programme->waveform), intervals,
                                  {.search = search_of(study, chosen)});
}

ThresholdResult block(const Study& study, const ChosenFibre& chosen, Frequency frequency) {
  const response::ThresholdOptions search = search_of(study, chosen);
  const bool thin = axon::model(chosen.population->model).unmyelinated;
  const response::BlockProtocol protocol{.test_current = (thin ? 0.5 : 5.0) * nA,
                                         .patience = std::max(5.0 * ms, search.time_limit)};
  const Time cycle = 1.0 / frequency;
  const int n = static_cast<int>(std::ceil((protocol.test_at + protocol.patience) / cycle + 1e-9));
  const stimulus::Waveform wave =
      stimulus::train(stimulus::sine({.width = 0.5 * cycle}), n, frequency);
  const response::ThresholdJob job{
      .cable = &chosen.fibre.cable, .field = &chosen.field, .waveform = &wave};
  return response::find_block_thresholds(std::span(&job, 1), protocol, search).front();
}

ThresholdResult upper_limit(const Study& study, const ChosenFibre& chosen) {
  const response::ThresholdJob job = chosen.job();
  const response::ThresholdOptions search = search_of(study, chosen);
  const auto thresholds = response::find_thresholds(std::span(&job, 1), search);
  return response::find_upper_limits(std::span(&job, 1), thresholds, search).front();
}

// ---- text

std::string cell(const ThresholdResult& r) {
  return r.status == response::ThresholdStatus::converged ? significant(r.threshold.in(mA), 4)
                                                          : response::name_of(r.status);
}

std::string sentence(const char* what, const ThresholdResult& r) {
  return concat("\n", what, ": ",
                r.status == response::ThresholdStatus::converged
                    ? concat("from ", cell(r), " mA on")
                    : concat("none up to ", significant(r.threshold.in(mA), 3), " mA"),
                "\n");
}

// ---- HDF5

void write_rows(Hdf5Writer& file, const std::string& group, const std::vector<Time>& times,
                const std::string& axis, const io::Label& label,
                const std::vector<ThresholdResult>& rows) {
  std::vector<double> t, threshold, below, step_error;
  std::vector<int> status;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    t.push_back(times[i].in(ms));
    threshold.push_back(rows[i].threshold.in(mA));
    below.push_back(rows[i].below.in(mA));
    step_error.push_back(rows[i].step_error);
    status.push_back(static_cast<int>(rows[i].status));
  }
  const io::Shape shape{rows.size()};
  const io::Axes axes{group + "/" + axis};
  io::EnumNames names;
  using enum response::ThresholdStatus;
  for (const auto value : {converged, above_ceiling, below_floor, fires_unstimulated})
    names.emplace_back(response::name_of(value), static_cast<int>(value));
  file.write_doubles(axes[0], t, shape, label);
  file.write_doubles(group + "/threshold", threshold, shape,
                     {"mA", "upper end of the bracket: does it"}, axes);
  file.write_doubles(group + "/below", below, shape, {"mA", "lower end of the bracket: does not"},
                     axes);
  file.write_doubles(group + "/step_error", step_error, shape,
                     {"1", "bound on what the time step adds"}, axes);
  file.write_enums(group + "/status", status, shape, names, "how the search ended", axes);
}

void write_law(Hdf5Writer& file, const std::string& group,
               const response::StrengthDurationLaw& law) {
  file.write_number(group + "/rheobase", law.rheobase.in(mA),
                    {"mA", "current that a pulse without end needs"});
  file.write_number(group + "/chronaxie", law.chronaxie.in(us),
                    {"us", "width at which twice the rheobase is needed"});
  file.write_number(group + "/worst_residual", law.worst_residual,
                    {"1", "largest relative deviation of the law"});
}

void write_one(Hdf5Writer& file, const std::string& group, const ThresholdResult& r) {
  file.write_number(group + "/threshold", r.threshold.in(mA),
                    {"mA", "upper end of the bracket: silent"});
  file.write_number(group + "/below", r.below.in(mA), {"mA", "lower end of the bracket: not"});
  file.write_number(group + "/step_error", r.step_error, {"1", "bound on what the time step adds"});
  file.write_text(group + "/status", response::name_of(r.status), "how the search ended");
}

} // namespace

FibreResponses fibre_responses(const Study& study, const ChosenFibre& chosen,
                               const ResponseRequest& request, Progress& progress) {
  FibreResponses found;
  const auto stage = [&](const char* name) {
    progress.stage(name);
    progress.checkpoint();
  };
  if (request.strength_duration) {
    stage("strength-duration");
    found.strength_duration = strength_duration(study, chosen);
  }
  if (request.recovery) {
    stage("recovery");
    found.recovery = recovery(study, chosen);
  }
  if (request.block) {
    stage("block");
    found.block = block(study, chosen, request.block_frequency);
  }
  if (request.upper_limit) {
    stage("upper limit");
    found.upper_limit = upper_limit(study, chosen);
  }
  return found;
}

std::string response_table(const FibreResponses& responses) {
  std::ostringstream out;
  if (const auto& curve = responses.strength_duration) {
    TextTable table;
    table.add({"width (us)", "threshold (mA)"});
    for (std::size_t i = 0; i < curve->widths.size(); ++i)
      table.add({significant(curve->widths[i].in(us), 3), cell(curve->thresholds[i])});
    out << "\nstrength-duration\n" << table.text();
    if (curve->complete)
      out << "rheobase " << significant(curve->weiss.rheobase.in(mA), 3) << " mA, chronaxie "
          << significant(curve->weiss.chronaxie.in(us), 3) << " us (Weiss, to "
          << significant(100.0 * curve->weiss.worst_residual, 2) << " %); "
          << significant(curve->lapicque.rheobase.in(mA), 3) << " mA, "
          << significant(curve->lapicque.chronaxie.in(us), 3) << " us (Lapicque, to "
          << significant(100.0 * curve->lapicque.worst_residual, 2) << " %)\n";
  }
  if (const auto& cycle = responses.recovery) {
    TextTable table;
    table.add({"interval (ms)", "second pulse (mA)", "over the first"});
    for (std::size_t i = 0; i < cycle->intervals.size(); ++i)
      table.add({significant(cycle->intervals[i].in(ms), 3),
                 std::isfinite(cycle->ratios[i]) ? cell(cycle->thresholds[i]) : "refractory",
                 std::isfinite(cycle->ratios[i]) ? significant(cycle->ratios[i], 3) : "-"});
    out << "\nrecovery after a pulse of " << significant(cycle->conditioning.in(mA), 3)
        << " mA, 1.5 times threshold\n"
        << table.text();
  }
  if (responses.block)
    out << sentence("block", *responses.block);
  if (responses.upper_limit)
    out << sentence("silent again", *responses.upper_limit);
  return out.str();
}

void write_responses(const Study& study, const ChosenFibre& chosen, const ResponseRequest& request,
                     const FibreResponses& responses, const std::string& path) {
  Hdf5Writer file(path);
  describe(file, study, chosen, request.choice);
  if (const auto& curve = responses.strength_duration) {
    write_rows(file, "/strength_duration", curve->widths, "width",
               {"ms", "width of the first phase; the rest of the pulse stretched alike"},
               curve->thresholds);
    if (curve->complete) {
      write_law(file, "/strength_duration/weiss", curve->weiss);
      write_law(file, "/strength_duration/lapicque", curve->lapicque);
    }
  }
  if (const auto& cycle = responses.recovery) {
    write_rows(file, "/recovery", cycle->intervals, "interval",
               {"ms", "from the begin of the first pulse to that of the second"},
               cycle->thresholds);
    file.write_number("/recovery/conditioning", cycle->conditioning.in(mA),
                      {"mA", "amplitude of the first pulse"});
    file.write_number("/recovery/unconditioned", cycle->unconditioned.threshold.in(mA),
                      {"mA", "threshold of a pulse alone"});
  }
  if (responses.block) {
    write_one(file, "/block", *responses.block);
    file.write_number("/block/frequency", request.block_frequency.in(kHz),
                      {"kHz", "of the sine that blocks"});
  }
  if (responses.upper_limit)
    write_one(file, "/upper_limit", *responses.upper_limit);
  file.commit();
}

} // namespace foramen::study
