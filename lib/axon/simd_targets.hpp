// The SIMD targets for which kernels are compiled: AVX-512, AVX2 (machines since 2013) and
// Highway's portable one for what is older; NEON on Arm. Included before hwy/foreach_target.h.
#pragma once

#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
