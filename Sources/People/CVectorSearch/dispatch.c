#include "kernels.h"

#if defined(CVS_ARM) && defined(__linux__)
#include <asm/hwcap.h>
#include <sys/auxv.h>
#endif

const char *cvs_kernel_name(cvs_kernel kernel) {
    switch (kernel) {
    case CVS_AVX2: return "avx2";
    case CVS_AVX2_VNNI: return "avx2-vnni";
    case CVS_AVX512: return "avx512";
    case CVS_AVX512_VNNI: return "avx512-vnni";
    case CVS_NEON_DOTPROD: return "neon-dotprod";
    default: return "baseline";
    }
}

#if defined(CVS_X86)
static bool has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

static bool has_avx512(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}
#endif

bool cvs_kernel_is_supported(cvs_kernel kernel) {
    if (kernel == CVS_BASELINE) return true;
#if defined(CVS_X86)
    __builtin_cpu_init();
    switch (kernel) {
    case CVS_AVX2: return has_avx2();
    case CVS_AVX2_VNNI: return has_avx2() && __builtin_cpu_supports("avxvnni");
    case CVS_AVX512: return has_avx512();
    case CVS_AVX512_VNNI: return has_avx512() && __builtin_cpu_supports("avx512vnni");
    default: return false;
    }
#elif defined(CVS_ARM) && defined(__APPLE__)
    // All supported Macs have these instructions.
    return kernel == CVS_NEON_DOTPROD;
#elif defined(CVS_ARM) && defined(__linux__)
    return kernel == CVS_NEON_DOTPROD && (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0;
#else
    return false;
#endif
}

cvs_kernel cvs_kernel_best(void) {
    for (int kernel = CVS_KERNEL_COUNT - 1; kernel > CVS_BASELINE; kernel--) {
        if (cvs_kernel_is_supported((cvs_kernel)kernel)) return (cvs_kernel)kernel;
    }
    return CVS_BASELINE;
}
