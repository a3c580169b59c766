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

double largest(const Piece& p) {
  return std::max(std::abs(p.level_begin), std::abs(p.level_end));
}

double sign_of(const Piece& p) {
  const double sum = p.level_begin + p.level_end;
  return sum > 0.0 ? 1.0 : (sum < 0.0 ? -1.0 : 0.0);
}

// The same time but for the rounding of begin + k * period.
bool same_time(Time a, Time b) {
  return std::abs((a - b).si()) <= 1e-14 * std::max(std::abs(a.si()), std::abs(b.si()));
}

struct Phase {
  Time duration;
  double charge = 0.0; // seconds at level 1
};

// The stretches of one sign in the first period, in order.
std::vector<Phase> phases(const std::vector<Piece>& pieces) {
  std::vector<Phase> all;
  for (std::size_t i = 0; i < pieces.size();) {
    const Piece& first = pieces[i];
    const double sign = sign_of(first);
    Time end = first.end;
    double charge = integral(first, first.begin.si(), first.end.si());
    for (++i; i < pieces.size() && pieces[i].begin == end && sign_of(pieces[i]) == sign; ++i) {
      end = pieces[i].end;
      charge += integral(pieces[i], pieces[i].begin.si(), pieces[i].end.si());
    }
    if (sign != 0.0)
      all.push_back({end - first.begin, std::abs(charge)});
  }
  return all;
}

} // namespace

std::size_t Waveform::n_pieces() const {
  return pieces.size() * static_cast<std::size_t>(std::max(1, repeats));
}

Piece Waveform::piece(std::size_t i) const {
  Piece p = pieces[i % pieces.size()];
  if (i >= pieces.size()) {
    const Time shift = static_cast<double>(i / pieces.size()) * period;
    p.begin = p.begin + shift;
    p.end = p.end + shift;
  }
  return p;
}

std::size_t Waveform::first_piece_after(Time t) const {
  if (pieces.empty())
    return 0;
  std::size_t repeat = 0;
  if (repeats > 1 && t > begin())
    repeat = static_cast<std::size_t>(
        std::min<double>((t - begin()) / period, static_cast<double>(repeats - 1)));
  if (repeat > 0)
    --repeat; // rounding may have led one too far
  std::size_t first = repeat * pieces.size();
  const std::size_t all = n_pieces();
  while (first < all) {
    const std::size_t end = first + pieces.size();
    if (t < piece(end - 1).end) {
      std::size_t low = first, high = end - 1; // high ends after t
      while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (t < piece(middle).end)
          high = middle;
        else
          low = middle + 1;
      }
      return low;
    }
    first = end;
  }
  return all;
}

double Waveform::level(Time t) const {
  const std::size_t i = first_piece_after(t);
  if (i >= n_pieces())
    return 0.0;
  const Piece p = piece(i);
  return p.begin <= t ? level_within(p, t.si()) : 0.0;
}

double Waveform::mean_level(Time t0, Time t1) const {
  if (!(t1 > t0))
    return level(t0);
  double sum = 0.0;
  const std::size_t all = n_pieces();
  for (std::size_t i = first_piece_after(t0); i < all; ++i) {
    const Piece p = piece(i);
    if (p.begin >= t1)
      break;
    sum += integral(p, t0.si(), t1.si());
  }
  return sum / (t1 - t0).si();
}

std::optional<double> Waveform::constant_level(Time t0, Time t1) const {
  const Time middle = 0.5 * (t0 + t1);
  const std::size_t i = first_piece_after(middle);
  if (i >= n_pieces())
    return i == 0 || piece(i - 1).end <= t0 || same_time(piece(i - 1).end, t0) ? std::optional(0.0)
                                                                               : std::nullopt;
  const Piece p = piece(i);
  const auto not_after = [](Time a, Time b) { return a <= b || same_time(a, b); };
  if (p.begin > middle) { // between pieces
    const bool none_before = i == 0 || not_after(piece(i - 1).end, t0);
    return none_before && not_after(t1, p.begin) ? std::optional(0.0) : std::nullopt;
  }
  const bool covered = not_after(p.begin, t0) && not_after(t1, p.end);
  return covered && p.level_begin == p.level_end ? std::optional(p.level_begin) : std::nullopt;
}

double Waveform::largest_level() const {
  double most = 0.0;
  for (const Piece& p : pieces)
    most = std::max(most, largest(p));
  return most;
}

double Waveform::largest_level(Time t0, Time t1) const {
  if (repeats > 1 && t1 - t0 >= 2.0 * period && t0 < end() && t1 > begin())
    return largest_level();
  double most = 0.0;
  const std::size_t all = n_pieces();
  for (std::size_t i = first_piece_after(t0); i < all; ++i) {
    const Piece p = piece(i);
    if (p.begin >= t1)
      break;
    most = std::max(most, largest(p));
  }
  return most;
}

std::optional<Time> Waveform::next_jump(Time after) const {
  const std::size_t all = n_pieces();
  std::size_t i = first_piece_after(after);
  if (i > 0)
    --i; // its end may be a jump that rounding has put before `after`
  const std::size_t enough = i + 2 * pieces.size(); // without a jump: periods join smoothly
  for (; i < all; ++i) {
    if (i == enough && i + pieces.size() < all)
      i = all - pieces.size();
    const Piece p = piece(i);
    const bool joined = i > 0 && same_time(piece(i - 1).end, p.begin);
    const double before = joined ? piece(i - 1).level_end : 0.0;
    if (p.begin > after && p.level_begin != before)
      return p.begin;
    const bool continued = i + 1 < all && same_time(piece(i + 1).begin, p.end);
    if (p.end > after && !continued && p.level_end != 0.0)
      return p.end;
  }
  return std::nullopt;
}

Time Waveform::begin() const {
  return pieces.empty() ? Time{} : pieces.front().begin;
}

Time Waveform::end() const {
  return pieces.empty() ? Time{} : piece(n_pieces() - 1).end;
}

double Waveform::net_charge() const {
  double sum = 0.0;
  for (const Piece& p : pieces)
    sum += integral(p, p.begin.si(), p.end.si());
  return sum * static_cast<double>(std::max(1, repeats));
}

Time Waveform::first_phase_duration() const {
  const std::vector<Phase> all = phases(pieces);
  return all.empty() ? Time{} : all.front().duration;
}

Time Waveform::shortest_phase_duration() const {
  Time shortest{};
  for (const Phase& p : phases(pieces))
    shortest = shortest == Time{} ? p.duration : std::min(shortest, p.duration);
  return shortest;
}

Time Waveform::decisive_phase_duration() const {
  const std::vector<Phase> all = phases(pieces);
  double largest = 0.0;
  for (const Phase& p : all)
    largest = std::max(largest, p.charge);
  Time shortest{};
  for (const Phase& p : all)
    if (p.charge >= 0.1 * largest)
      shortest = shortest == Time{} ? p.duration : std::min(shortest, p.duration);
  return shortest;
}

std::vector<Time> Waveform::edges() const {
  std::vector<Time> times;
  for (std::optional<Time> t = next_jump(Time::from_si(-1.0)); t; t = next_jump(*t))
    times.push_back(*t);
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
  if (waveform.repeats < 1)
    throw ConfigError(place, concat(waveform.repeats, " repeats"), "give at least 1");
  const Time length = reached - waveform.begin();
  if (waveform.repeats > 1 &&
      (!std::isfinite(waveform.period.si()) || waveform.period < length * (1.0 - 1e-12)))
    throw ConfigError(place,
                      concat("a period of ", waveform.period.in(us), " us for ", length.in(us),
                             " us that are to be repeated"),
                      "give a period that is at least as long");
}

} // namespace foramen::stimulus
