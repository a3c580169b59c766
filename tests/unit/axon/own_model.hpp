// A fibre model defined outside the library, as a user would: lib/axon/README.md points here.
#pragma once

#include "axon/cable.hpp"

namespace foramen::axon::test {

// Unmyelinated, 1 um thick, of `n` compartments of 10 um: two gates made up for the purpose.
Cable own_fibre(int n);

} // namespace foramen::axon::test
