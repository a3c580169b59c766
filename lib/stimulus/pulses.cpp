#include "stimulus/pulses.hpp"

#include "core/error.hpp"

#include <cmath>
#include <numbers>

namespace foramen::stimulus {
namespace {

double first_level(const PulseTiming& t) {
  return t.polarity == Polarity::cathodic_first ? -1.0 : 1.0;
}

Piece flat(Time begin, Time width, double level) {
  return {begin, begin + width, level, level};
}

void check_timing(const PulseTiming& t, const std::string& shape) {
  const std::string place = concat(shape, " pulse");
  if (!(t.width > Time{}) || !std::isfinite(t.width.si()))
    throw ConfigError(place, concat("a phase of ", t.width.in(us), " us is not a pulse"),
                      "give a width above 0 us");
  if (!(t.interphase >= Time{}) || !(t.delay >= Time{}))
    throw ConfigError(place, "a negative interphase gap or delay", "give 0 us or more");
}

} // namespace

Waveform monophasic(const PulseTiming& t) {
  check_timing(t, "monophasic");
  return {"monophasic", {flat(t.delay, t.width, first_level(t))}};
}

Waveform biphasic(const PulseTiming& t) {
  check_timing(t, "biphasic");
  const Time second = t.delay + t.width + t.interphase;
  return {"biphasic",
          {flat(t.delay, t.width, first_level(t)), flat(second, t.width, -first_level(t))}};
}

Waveform asymmetric(const PulseTiming& t, double ratio) {
  check_timing(t, "asymmetric");
  if (!(ratio > 0.0) || !std::isfinite(ratio))
    throw ConfigError("asymmetric pulse", concat("a phase ratio of ", ratio),
                      "give a ratio above 0: 10 makes the second phase ten times lower and longer");
  const Time second = t.delay + t.width + t.interphase;
  return {"asymmetric",
          {flat(t.delay, t.width, first_level(t)),
           flat(second, t.width * ratio, -first_level(t) / ratio)}};
}

Waveform sine(const PulseTiming& t) {
  check_timing(t, "sine");
  if (t.interphase > Time{})
    throw ConfigError("sine pulse", "an interphase gap", "give none, or a biphasic pulse");
  constexpr int n = 64;
  constexpr double step = 2.0 * std::numbers::pi / n;
  const double peak = first_level(t) * 2.0 / step * std::tan(0.5 * step); // the charge of a sine
  Waveform w{"sine", {}};
  const auto level = [&](int i) { return i % (n / 2) == 0 ? 0.0 : peak * std::sin(step * i); };
  const auto time = [&](int i) { return t.delay + (2.0 * i / n) * t.width; };
  for (int i = 0; i < n; ++i)
    w.pieces.push_back({time(i), time(i + 1), level(i), level(i + 1)});
  return w;
}

Waveform tabulated(const std::vector<Time>& times, const std::vector<double>& levels, Time delay) {
  const std::string place = "tabulated pulse";
  if (times.size() != levels.size())
    throw ConfigError(place, concat(times.size(), " times but ", levels.size(), " levels"),
                      "give one level per time");
  if (times.size() < 2)
    throw ConfigError(place, "fewer than two points", "give at least a first and a last point");
  Waveform w{"tabulated", {}};
  for (std::size_t i = 0; i + 1 < times.size(); ++i) {
    if (times[i + 1] < times[i])
      throw ConfigError(place,
                        concat("time ", i + 1, " (", times[i + 1].in(us), " us) lies before time ",
                               i, " (", times[i].in(us), " us)"),
                        "sort the points by time");
    if (times[i + 1] > times[i])
      w.pieces.push_back({delay + times[i], delay + times[i + 1], levels[i], levels[i + 1]});
  }
  validate(w);
  return w;
}

Waveform stretched(Waveform waveform, double factor) {
  FORAMEN_EXPECT(factor > 0.0, "factor ", factor);
  const Time begin = waveform.begin();
  for (Piece& p : waveform.pieces) {
    p.begin = begin + factor * (p.begin - begin);
    p.end = begin + factor * (p.end - begin);
  }
  waveform.period *= factor;
  return waveform;
}

Waveform scaled(Waveform waveform, double factor) {
  for (Piece& p : waveform.pieces) {
    p.level_begin *= factor;
    p.level_end *= factor;
  }
  return waveform;
}

} // namespace foramen::stimulus
