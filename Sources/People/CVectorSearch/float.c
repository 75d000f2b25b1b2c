#include "kernels.h"

// The same source serves every instruction set: a vector of 16 floats is one register with AVX-512, two with AVX2, and
// four with SSE2 and NEON.
typedef float floats __attribute__((vector_size(64)));

CVS_INLINE void score(const float *blocks, size_t count, size_t dimension, const float *query, float *scores) {
    const floats *row = (const floats *)blocks;
    floats *out = (floats *)scores;
    for (size_t block = 0; block < count; block++, row += dimension) {
        // Four sums, so that an addition need not wait for the previous one.
        floats a = {0}, b = {0}, c = {0}, d = {0};
        for (size_t i = 0; i < dimension; i += 4) {
            a += row[i] * query[i];
            b += row[i + 1] * query[i + 1];
            c += row[i + 2] * query[i + 2];
            d += row[i + 3] * query[i + 3];
        }
        out[block] = (a + b) + (c + d);
    }
}

// Processes two blocks at a time: with 16 independent sums, each number of a query is loaded only once for 32 rows.
CVS_INLINE void score_pair(const floats *row, size_t dimension, const float *queries, float *scores, size_t stride) {
    floats low[CVS_BATCH] = {0}, high[CVS_BATCH] = {0};
    for (size_t i = 0; i < dimension; i++, queries += CVS_BATCH) {
        floats a = row[i], b = row[i + dimension];
#pragma clang loop unroll(full)
        for (int j = 0; j < CVS_BATCH; j++) {
            low[j] += a * queries[j];
            high[j] += b * queries[j];
        }
    }
    for (int j = 0; j < CVS_BATCH; j++) {
        *(floats *)(scores + j * stride) = low[j];
        *(floats *)(scores + j * stride + CVS_BLOCK) = high[j];
    }
}

CVS_INLINE void score_single(const floats *row, size_t dimension, const float *queries, float *scores, size_t stride) {
    floats sum[CVS_BATCH] = {0};
    for (size_t i = 0; i < dimension; i++, queries += CVS_BATCH) {
        floats a = row[i];
#pragma clang loop unroll(full)
        for (int j = 0; j < CVS_BATCH; j++) sum[j] += a * queries[j];
    }
    for (int j = 0; j < CVS_BATCH; j++) *(floats *)(scores + j * stride) = sum[j];
}

CVS_INLINE void score_batch(
    const float *blocks, size_t count, size_t dimension, const float *queries, float *scores, size_t stride) {
    const floats *row = (const floats *)blocks;
    size_t block = 0;
    for (; block + 2 <= count; block += 2) {
        score_pair(row + block * dimension, dimension, queries, scores + block * CVS_BLOCK, stride);
    }
    if (block < count) score_single(row + block * dimension, dimension, queries, scores + block * CVS_BLOCK, stride);
}

#define KERNEL(name, attributes)                                                                                      \
    attributes static void score_##name(                                                                              \
        const float *blocks, size_t count, size_t dimension, const float *query, float *scores) {                     \
        score(blocks, count, dimension, query, scores);                                                               \
    }                                                                                                                 \
    attributes static void score_batch_##name(                                                                        \
        const float *blocks, size_t count, size_t dimension, const float *queries, float *scores, size_t stride) {    \
        score_batch(blocks, count, dimension, queries, scores, stride);                                               \
    }

KERNEL(baseline, )
#if defined(CVS_X86)
KERNEL(avx2, CVS_TARGET_AVX2)
KERNEL(avx512, CVS_TARGET_AVX512)
#endif

void cvs_score_float(
    cvs_kernel kernel, const float *blocks, size_t count, size_t dimension, const float *query, float *scores) {
    switch (kernel) {
#if defined(CVS_X86)
    case CVS_AVX512:
    case CVS_AVX512_VNNI: score_avx512(blocks, count, dimension, query, scores); return;
    case CVS_AVX2:
    case CVS_AVX2_VNNI: score_avx2(blocks, count, dimension, query, scores); return;
#endif
    default: score_baseline(blocks, count, dimension, query, scores); return;
    }
}

void cvs_score_float_batch(
    cvs_kernel kernel, const float *blocks, size_t count, size_t dimension, const float *queries, float *scores,
    size_t stride) {
    switch (kernel) {
#if defined(CVS_X86)
    case CVS_AVX512:
    case CVS_AVX512_VNNI: score_batch_avx512(blocks, count, dimension, queries, scores, stride); return;
    case CVS_AVX2:
    case CVS_AVX2_VNNI: score_batch_avx2(blocks, count, dimension, queries, scores, stride); return;
#endif
    default: score_batch_baseline(blocks, count, dimension, queries, scores, stride); return;
    }
}
