// Digests name values: equal bits, equal names; anything else, another name.
#include "core/error.hpp"
#include "core/hash.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

using namespace foramen::core;

TEST_CASE("where one item ends and the next begins is part of the digest", "[core]") {
  CHECK(Hasher().add("ab").add("c").digest() != Hasher().add("a").add("bc").digest());
  CHECK(Hasher().add("").digest() != Hasher().digest());
  CHECK(Hasher().add("ab").digest() == Hasher().add("ab").digest());
}

TEST_CASE("the order, type and last bit of values count", "[core]") {
  CHECK(Hasher().add(1.0).add(2.0).digest() != Hasher().add(2.0).add(1.0).digest());
  CHECK(Hasher().add(0.0).digest() != Hasher().add(-0.0).digest());
  CHECK(Hasher().add(1.0).digest() != Hasher().add(std::nextafter(1.0, 2.0)).digest());
  const std::vector<int> values{1, 2, 3};
  const std::vector<int> others{1, 2, 4};
  CHECK(Hasher().add_values(std::span(values)).digest() !=
        Hasher().add_values(std::span(others)).digest());
}

TEST_CASE("ten thousand values have ten thousand names", "[core]") {
  std::set<std::string> names;
  for (std::uint64_t i = 0; i < 10000; ++i)
    names.insert(Hasher().add(i).digest().hex());
  CHECK(names.size() == 10000);
}

TEST_CASE("a digest is written as 32 digits", "[core]") {
  CHECK(Digest{0x1, 0xABCDEF}.hex() == "00000000000000010000000000abcdef");
  // Published digest of nothing (XXH3, 128 bits, seed 0): names do not change from build to build.
  CHECK(Hasher().digest().hex() == "99aa06d3014798d86001c324468d497f");
}

TEST_CASE("a file's digest follows its bytes", "[core]") {
  const std::string path =
      (std::filesystem::temp_directory_path() / "foramen_hash_test.bin").string();
  std::string bytes(200000, 'x');
  const auto digest = [&] {
    std::ofstream(path, std::ios::binary) << bytes;
    return hash_file(path);
  };
  const Digest original = digest();
  CHECK(digest() == original);
  bytes[150000] ^= 1;
  CHECK(digest() != original);
  bytes.clear();
  CHECK(digest() == Hasher().digest());
  std::filesystem::remove(path);
}

TEST_CASE("a file that cannot be read is a WorldError with path and reason", "[core]") {
  try {
    hash_file("/no/such/file");
    FAIL("nothing was refused");
  } catch (const WorldError& error) {
    CHECK(error.place() == "/no/such/file");
    CHECK(error.cause() == "cannot be read: No such file or directory");
    CHECK(error.remedy() == "check that it is a file and that you may read it");
    CHECK(error.exit_code() == ExitCode::world_failed);
  }
  CHECK_THROWS_AS(hash_file("/tmp"), WorldError); // a folder
}
