// The SIMD targets for which kernels are compiled: AVX-512, AVX2 (machines since 2013) and
// Highway's portable one for what is older; NEON on Arm (SVE's vectors have no size and fit into no
// array). Included before hwy/foreach_target.h.
#pragma once

#define HWY_DISABLED_TARGETS                                                                       \
  (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
