#include "core/provenance.hpp"

#include "core/build_info.hpp"
#include "core/parallel.hpp"

#include <array>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sys/utsname.h>

namespace foramen::core {
namespace {

std::string processor() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("model name") && line.find(": ") != std::string::npos)
      return line.substr(line.find(": ") + 2);
  return "unknown";
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

} // namespace

std::string version() {
  return build_version;
}
std::string source_commit() {
  return build_commit;
}

std::vector<std::pair<std::string, std::string>> provenance() {
  utsname host{};
  uname(&host);
  return {{"version", version()},
          {"commit", source_commit()},
          {"compiler", build_compiler},
          {"build", build_type},
          {"host", host.nodename},
          {"system", std::string(host.sysname) + " " + host.release + " " + host.machine},
          {"processor", processor()},
          {"threads", std::to_string(thread_count())},
          {"start", utc_now()}};
}

std::string data_folder() {
  if (const char* folder = std::getenv("FORAMEN_DATA"); folder != nullptr && *folder != '\0')
    return folder;
  return build_data_folder;
}

} // namespace foramen::core
