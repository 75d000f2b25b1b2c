#include "kernels.h"

#if defined(CVS_X86)
#include <immintrin.h>
#elif defined(CVS_ARM)
#include <arm_neon.h>
#endif
#include <string.h>

// The number of bytes of a block that hold four dimensions of its 16 rows.
#define GROUP 64

CVS_INLINE int32_t four(const int8_t *numbers) {
    int32_t word;
    memcpy(&word, numbers, sizeof word);
    return word;
}

// MARK: Any processor

static void score_baseline(
    const uint8_t *blocks, size_t count, size_t groups, const int8_t *query, size_t step, float scale, float *scores) {
    for (size_t block = 0; block < count; block++, scores += CVS_BLOCK) {
        int32_t sum[CVS_BLOCK] = {0};
        const int8_t *numbers = query;
        for (size_t group = 0; group < groups; group++, blocks += GROUP, numbers += step) {
            for (int row = 0; row < CVS_BLOCK; row++) {
                for (int i = 0; i < 4; i++) sum[row] += ((int32_t)blocks[row * 4 + i] - 128) * numbers[i];
            }
        }
        for (int row = 0; row < CVS_BLOCK; row++) scores[row] = (float)sum[row] * scale;
    }
}

#if defined(CVS_X86)

// MARK: AVX2

// |q| · (sign(q) · row): both factors stay within ±127, so that the pairwise sums never saturate 16 bits.
#define MULTIPLY_AVX2(sum, rows, word)                                                                                \
    do {                                                                                                              \
        __m256i spread = _mm256_set1_epi32(word);                                                                     \
        __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(spread), _mm256_sign_epi8(rows, spread));                \
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));                                  \
    } while (0)

CVS_TARGET_AVX2 static void score_avx2(
    const uint8_t *blocks, size_t count, size_t groups, const int8_t *query, float scale, float *scores) {
    const __m256i bias = _mm256_set1_epi8((char)0x80);
    for (size_t block = 0; block < count; block++, scores += CVS_BLOCK) {
        __m256i low = _mm256_setzero_si256(), high = low;
        for (size_t group = 0; group < groups; group++, blocks += GROUP) {
            int32_t word = four(query + group * 4);
            __m256i first = _mm256_xor_si256(_mm256_load_si256((const __m256i *)blocks), bias);
            __m256i second = _mm256_xor_si256(_mm256_load_si256((const __m256i *)(blocks + 32)), bias);
            MULTIPLY_AVX2(low, first, word);
            MULTIPLY_AVX2(high, second, word);
        }
        _mm256_storeu_ps(scores, _mm256_mul_ps(_mm256_cvtepi32_ps(low), _mm256_set1_ps(scale)));
        _mm256_storeu_ps(scores + 8, _mm256_mul_ps(_mm256_cvtepi32_ps(high), _mm256_set1_ps(scale)));
    }
}

CVS_TARGET_AVX2 static void score_batch_avx2(
    const uint8_t *blocks, size_t count, size_t groups, const int8_t *queries, float scale, float *scores,
    size_t stride) {
    const __m256i bias = _mm256_set1_epi8((char)0x80);
    for (size_t half = 0; half < count * 2; half++, scores += 8) {
        const uint8_t *rows = blocks + half / 2 * groups * GROUP + half % 2 * 32;
        __m256i sum[CVS_BATCH];
        for (int j = 0; j < CVS_BATCH; j++) sum[j] = _mm256_setzero_si256();
        for (size_t group = 0; group < groups; group++) {
            const int8_t *numbers = queries + group * 4 * CVS_BATCH;
            __m256i row = _mm256_xor_si256(_mm256_load_si256((const __m256i *)(rows + group * GROUP)), bias);
#pragma clang loop unroll(full)
            for (int j = 0; j < CVS_BATCH; j++) MULTIPLY_AVX2(sum[j], row, four(numbers + j * 4));
        }
        for (int j = 0; j < CVS_BATCH; j++) {
            _mm256_storeu_ps(scores + j * stride, _mm256_mul_ps(_mm256_cvtepi32_ps(sum[j]), _mm256_set1_ps(scale)));
        }
    }
}

// MARK: AVX2 with VNNI

// The instruction multiplies unsigned by signed bytes. The offset of 128 in the rows is subtracted at the end.
CVS_TARGET_AVX2_VNNI static void score_avx2_vnni(
    const uint8_t *blocks, size_t count, size_t groups, cvs_int8_query query, float *scores) {
    const __m256i offset = _mm256_set1_epi32(query.offsets[0]);
    const __m256 scale = _mm256_set1_ps(query.scale);
    for (size_t block = 0; block < count; block++, scores += CVS_BLOCK) {
        __m256i low = _mm256_setzero_si256(), high = low;
        for (size_t group = 0; group < groups; group++, blocks += GROUP) {
            __m256i spread = _mm256_set1_epi32(four(query.numbers + group * 4));
            low = _mm256_dpbusd_avx_epi32(low, _mm256_load_si256((const __m256i *)blocks), spread);
            high = _mm256_dpbusd_avx_epi32(high, _mm256_load_si256((const __m256i *)(blocks + 32)), spread);
        }
        _mm256_storeu_ps(scores, _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(low, offset)), scale));
        _mm256_storeu_ps(scores + 8, _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(high, offset)), scale));
    }
}

CVS_TARGET_AVX2_VNNI static void score_batch_avx2_vnni(
    const uint8_t *blocks, size_t count, size_t groups, cvs_int8_query queries, float *scores, size_t stride) {
    const __m256 scale = _mm256_set1_ps(queries.scale);
    for (size_t half = 0; half < count * 2; half++, scores += 8) {
        const uint8_t *rows = blocks + half / 2 * groups * GROUP + half % 2 * 32;
        __m256i sum[CVS_BATCH];
        for (int j = 0; j < CVS_BATCH; j++) sum[j] = _mm256_set1_epi32(-queries.offsets[j]);
        for (size_t group = 0; group < groups; group++) {
            const int8_t *numbers = queries.numbers + group * 4 * CVS_BATCH;
            __m256i row = _mm256_load_si256((const __m256i *)(rows + group * GROUP));
#pragma clang loop unroll(full)
            for (int j = 0; j < CVS_BATCH; j++) {
                sum[j] = _mm256_dpbusd_avx_epi32(sum[j], row, _mm256_set1_epi32(four(numbers + j * 4)));
            }
        }
        for (int j = 0; j < CVS_BATCH; j++) {
            _mm256_storeu_ps(scores + j * stride, _mm256_mul_ps(_mm256_cvtepi32_ps(sum[j]), scale));
        }
    }
}

// MARK: AVX-512 with VNNI

#define SCALED(sum, offset, scale) _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_sub_epi32(sum, offset)), scale)

CVS_TARGET_AVX512_VNNI static void score_avx512_vnni(
    const uint8_t *blocks, size_t count, size_t groups, cvs_int8_query query, float *scores) {
    const __m512i offset = _mm512_set1_epi32(query.offsets[0]);
    const __m512 scale = _mm512_set1_ps(query.scale);
    size_t block = 0;
    for (; block + 4 <= count; block += 4, scores += 4 * CVS_BLOCK) {
        const uint8_t *rows = blocks + block * groups * GROUP;
        __m512i a = _mm512_setzero_si512(), b = a, c = a, d = a;
        for (size_t group = 0; group < groups; group++, rows += GROUP) {
            __m512i spread = _mm512_set1_epi32(four(query.numbers + group * 4));
            a = _mm512_dpbusd_epi32(a, _mm512_load_si512(rows), spread);
            b = _mm512_dpbusd_epi32(b, _mm512_load_si512(rows + groups * GROUP), spread);
            c = _mm512_dpbusd_epi32(c, _mm512_load_si512(rows + 2 * groups * GROUP), spread);
            d = _mm512_dpbusd_epi32(d, _mm512_load_si512(rows + 3 * groups * GROUP), spread);
        }
        _mm512_storeu_ps(scores, SCALED(a, offset, scale));
        _mm512_storeu_ps(scores + CVS_BLOCK, SCALED(b, offset, scale));
        _mm512_storeu_ps(scores + 2 * CVS_BLOCK, SCALED(c, offset, scale));
        _mm512_storeu_ps(scores + 3 * CVS_BLOCK, SCALED(d, offset, scale));
    }
    for (; block < count; block++, scores += CVS_BLOCK) {
        const uint8_t *rows = blocks + block * groups * GROUP;
        __m512i sum = _mm512_setzero_si512();
        for (size_t group = 0; group < groups; group++, rows += GROUP) {
            sum = _mm512_dpbusd_epi32(
                sum, _mm512_load_si512(rows), _mm512_set1_epi32(four(query.numbers + group * 4)));
        }
        _mm512_storeu_ps(scores, SCALED(sum, offset, scale));
    }
}

CVS_TARGET_AVX512_VNNI static void score_batch_avx512_vnni(
    const uint8_t *blocks, size_t count, size_t groups, cvs_int8_query queries, float *scores, size_t stride) {
    const __m512 scale = _mm512_set1_ps(queries.scale);
    size_t block = 0;
    for (; block + 2 <= count; block += 2, scores += 2 * CVS_BLOCK) {
        const uint8_t *rows = blocks + block * groups * GROUP;
        __m512i low[CVS_BATCH], high[CVS_BATCH];
        for (int j = 0; j < CVS_BATCH; j++) low[j] = high[j] = _mm512_set1_epi32(-queries.offsets[j]);
        for (size_t group = 0; group < groups; group++, rows += GROUP) {
            const int8_t *numbers = queries.numbers + group * 4 * CVS_BATCH;
            __m512i a = _mm512_load_si512(rows), b = _mm512_load_si512(rows + groups * GROUP);
#pragma clang loop unroll(full)
            for (int j = 0; j < CVS_BATCH; j++) {
                __m512i spread = _mm512_set1_epi32(four(numbers + j * 4));
                low[j] = _mm512_dpbusd_epi32(low[j], a, spread);
                high[j] = _mm512_dpbusd_epi32(high[j], b, spread);
            }
        }
        for (int j = 0; j < CVS_BATCH; j++) {
            _mm512_storeu_ps(scores + j * stride, _mm512_mul_ps(_mm512_cvtepi32_ps(low[j]), scale));
            _mm512_storeu_ps(scores + j * stride + CVS_BLOCK, _mm512_mul_ps(_mm512_cvtepi32_ps(high[j]), scale));
        }
    }
    if (block == count) return;
    const uint8_t *rows = blocks + block * groups * GROUP;
    __m512i sum[CVS_BATCH];
    for (int j = 0; j < CVS_BATCH; j++) sum[j] = _mm512_set1_epi32(-queries.offsets[j]);
    for (size_t group = 0; group < groups; group++, rows += GROUP) {
        const int8_t *numbers = queries.numbers + group * 4 * CVS_BATCH;
        __m512i row = _mm512_load_si512(rows);
        for (int j = 0; j < CVS_BATCH; j++) {
            sum[j] = _mm512_dpbusd_epi32(sum[j], row, _mm512_set1_epi32(four(numbers + j * 4)));
        }
    }
    for (int j = 0; j < CVS_BATCH; j++) {
        _mm512_storeu_ps(scores + j * stride, _mm512_mul_ps(_mm512_cvtepi32_ps(sum[j]), scale));
    }
}

#elif defined(CVS_ARM)

// MARK: NEON with dot products

CVS_TARGET_DOTPROD static void score_dotprod(
    const uint8_t *blocks, size_t count, size_t groups, const int8_t *query, size_t step, float scale, float *scores) {
    const uint8x16_t bias = vdupq_n_u8(0x80);
    for (size_t block = 0; block < count; block++, scores += CVS_BLOCK) {
        int32x4_t sum[4] = {vdupq_n_s32(0), vdupq_n_s32(0), vdupq_n_s32(0), vdupq_n_s32(0)};
        const int8_t *numbers = query;
        for (size_t group = 0; group < groups; group++, blocks += GROUP, numbers += step) {
            int8x16_t spread = vreinterpretq_s8_s32(vdupq_n_s32(four(numbers)));
            for (int i = 0; i < 4; i++) {
                int8x16_t rows = vreinterpretq_s8_u8(veorq_u8(vld1q_u8(blocks + i * 16), bias));
                sum[i] = vdotq_s32(sum[i], rows, spread);
            }
        }
        for (int i = 0; i < 4; i++) vst1q_f32(scores + i * 4, vmulq_n_f32(vcvtq_f32_s32(sum[i]), scale));
    }
}

#endif

// MARK: Selection

void cvs_score_int8(
    cvs_kernel kernel, const uint8_t *blocks, size_t count, size_t dimension, cvs_int8_query query, float *scores) {
    size_t groups = dimension / 4;
    switch (kernel) {
#if defined(CVS_X86)
    case CVS_AVX512_VNNI: score_avx512_vnni(blocks, count, groups, query, scores); return;
    case CVS_AVX2_VNNI: score_avx2_vnni(blocks, count, groups, query, scores); return;
    case CVS_AVX512:
    case CVS_AVX2: score_avx2(blocks, count, groups, query.numbers, query.scale, scores); return;
#elif defined(CVS_ARM)
    case CVS_NEON_DOTPROD: score_dotprod(blocks, count, groups, query.numbers, 4, query.scale, scores); return;
#endif
    default: score_baseline(blocks, count, groups, query.numbers, 4, query.scale, scores); return;
    }
}

void cvs_score_int8_batch(
    cvs_kernel kernel, const uint8_t *blocks, size_t count, size_t dimension, cvs_int8_query queries, float *scores,
    size_t stride) {
    size_t groups = dimension / 4;
    switch (kernel) {
#if defined(CVS_X86)
    case CVS_AVX512_VNNI: score_batch_avx512_vnni(blocks, count, groups, queries, scores, stride); return;
    case CVS_AVX2_VNNI: score_batch_avx2_vnni(blocks, count, groups, queries, scores, stride); return;
    case CVS_AVX512:
    case CVS_AVX2: score_batch_avx2(blocks, count, groups, queries.numbers, queries.scale, scores, stride); return;
#elif defined(CVS_ARM)
    case CVS_NEON_DOTPROD:
        for (int j = 0; j < CVS_BATCH; j++) {
            const int8_t *numbers = queries.numbers + j * 4;
            score_dotprod(blocks, count, groups, numbers, 4 * CVS_BATCH, queries.scale, scores + j * stride);
        }
        return;
#endif
    default:
        for (int j = 0; j < CVS_BATCH; j++) {
            const int8_t *numbers = queries.numbers + j * 4;
            score_baseline(blocks, count, groups, numbers, 4 * CVS_BATCH, queries.scale, scores + j * stride);
        }
    }
}
