#include "core/error.hpp"
#include "study/artefact.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <csignal>
#include <limits>
#include <sys/resource.h>

using namespace foramen;
using study::Artefact;
using tests::read_bytes;
using tests::TemporaryFolder;
using tests::write_bytes;

namespace {

Artefact sample() {
  Artefact artefact;
  artefact.set("phi",
               std::vector<double>{1.5, -0.0, std::numeric_limits<double>::denorm_min(), 4.0},
               {2, 2});
  artefact.set("region", std::vector<std::int32_t>{3, -7});
  artefact.set("nothing", std::vector<double>{});
  return artefact;
}

} // namespace

TEST_CASE("an artefact reads back bit for bit with its shapes", "[study]") {
  const TemporaryFolder folder;
  sample().write(folder / "a.bin");
  const auto reading = Artefact::read(folder / "a.bin");
  REQUIRE(reading.problem == Artefact::Problem::none);
  CHECK(reading.artefact.doubles("phi") == sample().doubles("phi"));
  CHECK(std::signbit(reading.artefact.doubles("phi")[1]));
  CHECK(reading.artefact.shape("phi") == std::vector<std::size_t>{2, 2});
  CHECK(reading.artefact.integers("region") == std::vector<std::int32_t>{3, -7});
  CHECK(reading.artefact.doubles("nothing").empty());
  CHECK(folder.file_count() == 1);
}

TEST_CASE("every flipped byte and every cut of an artefact is noticed", "[study]") {
  const TemporaryFolder folder;
  sample().write(folder / "a.bin");
  const std::string whole = read_bytes(folder / "a.bin");
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string flipped = whole;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
    write_bytes(folder / "b.bin", flipped);
    CHECK(Artefact::read(folder / "b.bin").problem == Artefact::Problem::damaged);
    write_bytes(folder / "b.bin", whole.substr(0, i));
    CHECK(Artefact::read(folder / "b.bin").problem == Artefact::Problem::damaged);
  }
}

TEST_CASE("an absent artefact is absent, not damaged", "[study]") {
  const TemporaryFolder folder;
  CHECK(Artefact::read(folder / "none.bin").problem == Artefact::Problem::absent);
}

TEST_CASE("a disk that fills up is reported and leaves nothing behind", "[study]") {
  const TemporaryFolder folder;
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{64, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  std::string message;
  try {
    sample().write(folder / "a.bin");
  } catch (const WorldError& error) {
    message = error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old);
  CHECK_THAT(message, Catch::Contains("a.bin: cannot be written: File too large"));
  CHECK_THAT(message, Catch::Contains("remedy: free at least"));
  CHECK(folder.file_count() == 0);
}

TEST_CASE("a folder that is none is reported with the path", "[study]") {
  const TemporaryFolder folder;
  write_bytes(folder / "file", "x");
  CHECK_THROWS_WITH(sample().write(folder / "file/a.bin"),
                    Catch::Contains("there is no folder") && Catch::Contains("remedy: "));
}
