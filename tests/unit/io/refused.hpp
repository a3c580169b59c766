// What a WorldError says, part by part.
#pragma once

#include "core/error.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace foramen::io::test {

struct Refusal {
  std::string place, cause, remedy;
};

// The WorldError of `action`; the test fails if there is none.
template <class Action> Refusal refused(const Action& action) {
  try {
    action();
  } catch (const core::WorldError& error) {
    CHECK(error.exit_code() == core::ExitCode::world_failed);
    return {error.place(), error.cause(), error.remedy()};
  }
  FAIL("nothing was refused");
  return {};
}

} // namespace foramen::io::test
