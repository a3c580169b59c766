// What a refused configuration says, part by part.
#pragma once

#include "core/error.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace foramen::config::test {

struct Refusal {
  std::string place, cause, remedy;
};

// The ConfigError of `action`; the test fails if there is none.
template <class Action> Refusal refused(const Action& action) {
  try {
    action();
  } catch (const core::ConfigError& error) {
    CHECK(error.exit_code() == core::ExitCode::wrong_input);
    return {error.place(), error.cause(), error.remedy()};
  }
  FAIL("nothing was refused");
  return {};
}

} // namespace foramen::config::test
