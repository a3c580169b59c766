// The same check on every SIMD target that this machine and build have.
#pragma once

#include "axon/simd.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>

namespace foramen::axon::test {

// Runs `check` once for each target that this machine and build have.
inline void for_each_target(const std::function<void()>& check) {
  for (const std::string& target : simd_targets()) {
    use_simd_target(target);
    CAPTURE(target);
    check();
  }
  use_simd_target({});
}

} // namespace foramen::axon::test
