// Vectors of a few lanes and functions compiled for several instruction sets, chosen at start-up.
//
// One binary serves every x86-64: mark a kernel FORAMEN_KERNEL and it exists for SSE2, AVX2 and
// AVX-512. Contraction to fused multiply-adds is off (foramen_flags), so all of them give the same
// bits.
#pragma once

#include <cstddef>

namespace foramen::field {

// A pack of N numbers with elementwise arithmetic: Pack<double, 8>::type.
template <class Number, std::size_t N> struct Pack {
  typedef Number type __attribute__((vector_size(N * sizeof(Number))));
};
template <class Number, std::size_t N> using Lanes = typename Pack<Number, N>::type;

// Without sanitizers only: these instrument the resolvers that run before they are ready.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define FORAMEN_KERNEL __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define FORAMEN_KERNEL
#endif
#define FORAMEN_INLINE inline __attribute__((always_inline))

} // namespace foramen::field
