// Messages have place, cause and remedy; kinds have their exit codes.
#include "core/error.hpp"
#include "core/progress.hpp"
#include "core/provenance.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

using namespace foramen::core;

TEST_CASE("a message is place, cause and remedy", "[core]") {
  CHECK(std::string(ConfigError("study.toml:3", "wrong", "write right").what()) ==
        "study.toml:3: wrong\n  remedy: write right");
  CHECK(std::string(WorldError("", "disk is full", "").what()) == "disk is full");
  const SolverError error("mesh 7", "did not converge", "refine");
  CHECK(error.place() == "mesh 7");
  CHECK(error.cause() == "did not converge");
  CHECK(error.remedy() == "refine");
}

TEST_CASE("each kind of error has its exit code", "[core]") {
  CHECK(static_cast<int>(ConfigError("", "", "").exit_code()) == 2);
  CHECK(static_cast<int>(WorldError("", "", "").exit_code()) == 3);
  CHECK(static_cast<int>(SolverError("", "", "").exit_code()) == 4);
}

TEST_CASE("a broken invariant names the condition, the values and the file", "[core]") {
  const int n = -3;
  try {
    FORAMEN_EXPECT(n > 0, "n = ", n);
    FAIL("nothing was refused");
  } catch (const std::logic_error& error) {
    const std::string text = error.what();
    CHECK(text.find("error_test.cpp:") != std::string::npos);
    CHECK(text.find("broken invariant: n > 0; n = -3\n") != std::string::npos);
    CHECK(text.find("please report it") != std::string::npos);
  }
}

TEST_CASE("parts are joined as text", "[core]") {
  CHECK(concat("a", 3, " b ", 0.25) == "a3 b 0.25");
  CHECK(concat().empty());
}

TEST_CASE("the silent progress takes everything and never interrupts", "[core]") {
  Progress& progress = silent();
  progress.stage("mesh");
  progress.done(0.5);
  progress.warning("warning");
  CHECK_NOTHROW(progress.checkpoint());
  CHECK(std::string(Interrupted().what()).find("resume") != std::string::npos);
}

TEST_CASE("provenance names version, machine and time, each once", "[core]") {
  const auto pairs = provenance();
  for (const char* name : {"version", "commit", "compiler", "build", "host", "system", "processor",
                           "threads", "start"}) {
    const auto count = std::count_if(pairs.begin(), pairs.end(),
                                     [&](const auto& pair) { return pair.first == name; });
    CHECK(count == 1);
  }
  for (const auto& [name, value] : pairs)
    CHECK_FALSE(value.empty());
}

TEST_CASE("the data folder follows the environment, else the source tree", "[core]") {
  ::setenv("FORAMEN_DATA", "/some/where", 1);
  CHECK(data_folder() == "/some/where");
  ::unsetenv("FORAMEN_DATA");
  CHECK(data_folder() == std::string(FORAMEN_SOURCE_DIR) + "/configs");
}
