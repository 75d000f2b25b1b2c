#pragma once

#include "cvectorsearch.h"

#define CVS_INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define CVS_X86 1
#define CVS_TARGET_AVX2 __attribute__((target("avx2,fma")))
#define CVS_TARGET_AVX2_VNNI __attribute__((target("avx2,fma,avxvnni")))
#define CVS_TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl")))
#define CVS_TARGET_AVX512_VNNI __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))
#elif defined(__aarch64__)
#define CVS_ARM 1
#define CVS_TARGET_DOTPROD __attribute__((target("dotprod")))
#endif
