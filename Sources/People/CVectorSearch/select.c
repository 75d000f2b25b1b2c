#include "kernels.h"

typedef float floats __attribute__((vector_size(64)));
typedef int32_t integers __attribute__((vector_size(64)));

CVS_INLINE size_t select_rows(
    const float *scores, size_t count, const float *slack, float weight, float cutoff, uint32_t *rows) {
    size_t found = 0;
    for (size_t block = 0; block < count; block++) {
        float least = cutoff - weight * slack[block];
        integers reached = ((const floats *)scores)[block] >= least;
        // Usually none of the 16 scores is high enough, so one comparison per block suffices.
        if (__builtin_expect(__builtin_reduce_or(reached) == 0, 1)) continue;
        for (uint32_t lane = 0; lane < CVS_BLOCK; lane++) {
            rows[found] = (uint32_t)(block * CVS_BLOCK) + lane;
            found += reached[lane] != 0;
        }
    }
    return found;
}

static size_t select_baseline(
    const float *scores, size_t count, const float *slack, float weight, float cutoff, uint32_t *rows) {
    return select_rows(scores, count, slack, weight, cutoff, rows);
}

#if defined(CVS_X86)
CVS_TARGET_AVX2 static size_t select_avx2(
    const float *scores, size_t count, const float *slack, float weight, float cutoff, uint32_t *rows) {
    return select_rows(scores, count, slack, weight, cutoff, rows);
}

CVS_TARGET_AVX512 static size_t select_avx512(
    const float *scores, size_t count, const float *slack, float weight, float cutoff, uint32_t *rows) {
    return select_rows(scores, count, slack, weight, cutoff, rows);
}
#endif

size_t cvs_select(
    cvs_kernel kernel, const float *scores, size_t count, const float *slack, float weight, float cutoff,
    uint32_t *rows) {
    switch (kernel) {
#if defined(CVS_X86)
    case CVS_AVX512:
    case CVS_AVX512_VNNI: return select_avx512(scores, count, slack, weight, cutoff, rows);
    case CVS_AVX2:
    case CVS_AVX2_VNNI: return select_avx2(scores, count, slack, weight, cutoff, rows);
#endif
    default: return select_baseline(scores, count, slack, weight, cutoff, rows);
    }
}
