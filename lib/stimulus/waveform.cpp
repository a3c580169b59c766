#include "stimulus/waveform.hpp"

#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::stimulus {
namespace {

double level_within(const Piece& p, double t) {
  const double f = (t - p.begin.si()) / (p.end.si() - p.begin.si());
  return p.level_begin + f * (p.level_end - p.level_begin);
}

double integral(const Piece& p, double t0, double t1) {
  const double a = std::max(t0, p.begin.si());
  const double b = std::min(t1, p.end.si());
  return b <= a ? 0.0 : 0.5 * (level_within(p, a) + level_within(p, b)) * (b - a);
}

double sign_of(const Piece& p) {
  const double sum = p.level_begin + p.level_end;
  return sum > 0.0 ? 1.0 : (sum < 0.0 ? -1.0 : 0.0);
}

// Of the stretches of one sign, in order.
std::vector<Time> phase_durations(const std::vector<Piece>& pieces) {
  std::vector<Time> durations;
  for (std::size_t i = 0; i < pieces.size();) {
    const Time begin = pieces[i].begin;
    const double sign = sign_of(pieces[i]);
    Time end = pieces[i].end;
    for (++i; i < pieces.size() && pieces[i].begin == end && sign_of(pieces[i]) == sign; ++i)
      end = pieces[i].end;
    if (sign != 0.0)
      durations.push_back(end - begin);
  }
  return durations;
}

} // namespace

double Waveform::level(Time t) const {
  for (const Piece& p : pieces)
    if (p.begin <= t && t < p.end)
      return level_within(p, t.si());
  return 0.0;
}

double Waveform::mean_level(Time t0, Time t1) const {
  if (!(t1 > t0))
    return level(t0);
  double sum = 0.0;
  for (const Piece& p : pieces)
    sum += integral(p, t0.si(), t1.si());
  return sum / (t1 - t0).si();
}

Time Waveform::begin() const {
  return pieces.empty() ? Time{} : pieces.front().begin;
}

Time Waveform::end() const {
  return pieces.empty() ? Time{} : pieces.back().end;
}

double Waveform::net_charge() const {
  double sum = 0.0;
  for (const Piece& p : pieces)
    sum += integral(p, p.begin.si(), p.end.si());
  return sum;
}

Time Waveform::first_phase_duration() const {
  const std::vector<Time> all = phase_durations(pieces);
  return all.empty() ? Time{} : all.front();
}

Time Waveform::shortest_phase_duration() const {
  const std::vector<Time> all = phase_durations(pieces);
  return all.empty() ? Time{} : *std::min_element(all.begin(), all.end());
}

std::vector<Time> Waveform::edges() const {
  std::vector<Time> times;
  double before = 0.0;
  Time reached{};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Piece& p = pieces[i];
    if (i > 0 && p.begin > reached && before != 0.0) {
      times.push_back(reached); // back to zero in between
      before = 0.0;
    }
    if (p.level_begin != before)
      times.push_back(p.begin);
    before = p.level_end;
    reached = p.end;
  }
  if (before != 0.0)
    times.push_back(reached);
  return times;
}

void validate(const Waveform& waveform) {
  const std::string place = concat("waveform '", waveform.name, "'");
  if (waveform.pieces.empty())
    throw ConfigError(place, "it has no pieces", "give the pulse a width");
  Time reached{};
  for (std::size_t i = 0; i < waveform.pieces.size(); ++i) {
    const Piece& p = waveform.pieces[i];
    if (!std::isfinite(p.level_begin) || !std::isfinite(p.level_end) ||
        !std::isfinite(p.begin.si()) || !std::isfinite(p.end.si()))
      throw ConfigError(place, concat("piece ", i, " has a time or level that is not finite"),
                        "check the table of times and levels");
    if (!(p.end > p.begin))
      throw ConfigError(place,
                        concat("piece ", i, " ends at ", p.end.in(us),
                               " us, not after it begins at ", p.begin.in(us), " us"),
                        "make times ascend");
    if (p.begin < reached)
      throw ConfigError(place,
                        concat("piece ", i, " begins at ", p.begin.in(us), " us, before ",
                               reached.in(us), " us (the start, or the end of the piece before)"),
                        "make pieces follow each other without overlap");
    reached = p.end;
  }
}

} // namespace foramen::stimulus
