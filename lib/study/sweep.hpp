// A sweep: every combination of the listed values of any keys, as numbered points.
//
//   [sweep]
//   "lead.clearance" = ["0.5 mm", "1 mm", "2 mm"]
//   "lead.position"  = ["0 mm", "10 mm"]
//
// The first axis varies slowest. Point i belongs to shard i mod N, so that a sweep's shards take
// equally long. Each point is the study with its assignments applied as overrides.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace foramen::study {

struct SweepAxis {
  std::string key;                 // "lead.clearance"
  std::vector<std::string> values; // as TOML values or bare text, as --set takes them
};

struct SweepPoint {
  std::size_t index = 0;
  std::vector<std::size_t> position;    // along each axis
  std::vector<std::string> assignments; // "lead.clearance=0.5 mm"
};

// A value for people: without the quotes of TOML text.
std::string plain_value(const std::string& toml);

std::size_t sweep_size(const std::vector<SweepAxis>& axes);
std::vector<SweepPoint> expand_sweep(const std::vector<SweepAxis>& axes);

struct Shard {
  std::size_t index = 0, count = 1; // 0 <= index < count
  bool owns(std::size_t point) const { return point % count == index; }
};
// "0/4"; throws ConfigError for anything else.
Shard parse_shard(const std::string& text);

} // namespace foramen::study
