#include "study/sweep.hpp"

#include "core/error.hpp"

#include <charconv>

namespace foramen::study {
namespace {

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

} // namespace

std::string plain_value(const std::string& toml) {
  const bool quoted = toml.size() > 1 && toml.front() == '"' && toml.back() == '"';
  return quoted ? toml.substr(1, toml.size() - 2) : toml;
}

std::size_t sweep_size(const std::vector<SweepAxis>& axes) {
  std::size_t size = 1;
  for (const SweepAxis& axis : axes)
    size *= axis.values.size();
  return size;
}

std::vector<SweepPoint> expand_sweep(const std::vector<SweepAxis>& axes) {
  std::vector<SweepPoint> points(sweep_size(axes));
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i].index = i;
    points[i].position.resize(axes.size());
    std::size_t rest = i;
    for (std::size_t a = axes.size(); a-- > 0;) {
      points[i].position[a] = rest % axes[a].values.size();
      rest /= axes[a].values.size();
    }
    for (std::size_t a = 0; a < axes.size(); ++a)
      points[i].assignments.push_back(
          concat(axes[a].key, "=", axes[a].values[points[i].position[a]]));
  }
  return points;
}

Shard parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto index = whole_number(std::string_view(text).substr(0, slash));
  const auto count = slash == std::string::npos
                         ? std::nullopt
                         : whole_number(std::string_view(text).substr(slash + 1));
  if (!index || !count || *count == 0 || *index >= *count)
    throw ConfigError("--shard", concat("\"", text, "\" is not a shard"),
                      "write i/N with 0 <= i < N: 0/4, 1/4, 2/4 and 3/4 are the shards of four");
  return {*index, *count};
}

} // namespace foramen::study
