#include "core/error.hpp"
#include "study/cache.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace foramen;
using study::Artefact;
using study::Cache;
using tests::TemporaryFolder;

namespace {

struct Listener : Progress {
  std::string notes, warnings;
  void note(const std::string& line) override { notes += line + "\n"; }
  void warning(const std::string& line) override { warnings += line + "\n"; }
};

Artefact one(double value) {
  Artefact artefact;
  artefact.set("x", std::vector<double>{value});
  return artefact;
}

const core::Digest key{1, 2};

} // namespace

TEST_CASE("a stage is computed once and reused afterwards, and says so", "[study]") {
  const TemporaryFolder folder;
  Cache cache(folder / "cache");
  Listener listener;
  int computed = 0;
  const auto compute = [&] { return ++computed, one(3.0); };
  CHECK(cache.get("mesh", key, listener, compute).doubles("x")[0] == 3.0);
  CHECK(cache.get("mesh", key, listener, compute).doubles("x")[0] == 3.0);
  CHECK(computed == 1);
  CHECK_THAT(listener.notes, Catch::Contains("computed (") && Catch::Contains("reused from"));
  cache.get("field", key, listener, compute); // another stage, another artefact
  cache.get("mesh", {1, 3}, listener, compute);
  CHECK(computed == 3);
}

TEST_CASE("a damaged artefact is reported, set aside and computed again", "[study]") {
  const TemporaryFolder folder;
  Cache cache(folder.path());
  Listener listener;
  cache.get("mesh", key, listener, [] { return one(3.0); });
  std::string bytes = tests::read_bytes(cache.path("mesh", key));
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  tests::write_bytes(cache.path("mesh", key), bytes);
  CHECK(cache.get("mesh", key, listener, [] { return one(4.0); }).doubles("x")[0] == 4.0);
  CHECK_THAT(listener.warnings, Catch::Contains(cache.path("mesh", key)) &&
                                    Catch::Contains("does not match its checksum") &&
                                    Catch::Contains("remedy:"));
  CHECK(std::filesystem::exists(cache.path("mesh", key) + ".damaged"));
  CHECK(Artefact::read(cache.path("mesh", key)).artefact.doubles("x")[0] == 4.0);
}

TEST_CASE("a cache that cannot be written costs a warning, not the result", "[study]") {
  const TemporaryFolder folder;
  Cache cache(folder / "cache");
  std::filesystem::remove_all(folder / "cache");
  Listener listener;
  CHECK(cache.get("mesh", key, listener, [] { return one(5.0); }).doubles("x")[0] == 5.0);
  CHECK_THAT(listener.warnings, Catch::Contains("could not be kept for later runs"));
}

TEST_CASE("a cache folder that cannot be made is refused with the way out", "[study]") {
  const TemporaryFolder folder;
  tests::write_bytes(folder / "file", "x");
  CHECK_THROWS_WITH(Cache(folder / "file/cache"),
                    Catch::Contains("the cache folder cannot be made") &&
                        Catch::Contains("remedy: name another with --cache DIR"));
}

TEST_CASE("a kept object is made once, and the last few live", "[study]") {
  const TemporaryFolder folder;
  Cache cache(folder / "cache");
  int made = 0;
  const auto get = [&](const std::string& kind, std::uint64_t low) {
    return *cache.kept<int>(kind, {0, low}, [&] { return std::make_shared<int>(++made); });
  };
  CHECK(get("a", 1) == 1);
  CHECK(get("a", 1) == 1);
  CHECK(get("b", 1) == 2); // another kind
  CHECK(get("a", 2) == 3);
  CHECK(get("a", 3) == 4);
  CHECK(get("a", 1) == 1); // now the most recent
  CHECK(get("a", 4) == 5); // b 1 goes: the least recent
  CHECK(get("a", 1) == 1);
  CHECK(get("b", 1) == 6);
  cache.forget("a", {0, 1});
  CHECK(get("a", 1) == 7);
}
