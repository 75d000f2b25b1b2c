#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Inner products of queries with many rows, one kernel per instruction set, chosen at run time.
//
// Rows lie in blocks of 16, and inside a block dimension by dimension, so that one vector register holds the same
// dimension of 16 rows and no sum across a register is ever needed:
//
//     float:  block[dimension][row],           dimension padded with zeros to a multiple of 4
//     int8:   block[dimension / 4][row][4],    the same padding; each byte is the number plus 128
//
// Blocks begin at multiples of 64 bytes. Scores are float, 16 per block, in the order of the rows.

/// Rows in a block.
#define CVS_BLOCK 16
/// Queries that one call of the batch kernels takes.
#define CVS_BATCH 8

/// The instruction sets that there are kernels for, each better than the one before on its processors.
typedef enum {
    CVS_BASELINE = 0,
    CVS_AVX2 = 1,
    CVS_AVX2_VNNI = 2,
    CVS_AVX512 = 3,
    CVS_AVX512_VNNI = 4,
    CVS_NEON_DOTPROD = 5,
    CVS_KERNEL_COUNT = 6
} cvs_kernel;

/// A name such as `avx512-vnni`.
const char *cvs_kernel_name(cvs_kernel kernel);
/// Whether this processor, and this build, can run `kernel`.
bool cvs_kernel_is_supported(cvs_kernel kernel);
/// The best supported kernel.
cvs_kernel cvs_kernel_best(void);

/// Scores `count` blocks against one query of `dimension` numbers; `scores` holds 16 per block.
void cvs_score_float(
    cvs_kernel kernel, const float *blocks, size_t count, size_t dimension, const float *query, float *scores);

/// Scores `count` blocks against CVS_BATCH queries, which lie dimension by dimension (`queries[dimension][query]`).
/// The scores of query j begin at `scores + j * stride`.
void cvs_score_float_batch(
    cvs_kernel kernel, const float *blocks, size_t count, size_t dimension, const float *queries, float *scores,
    size_t stride);

/// A query (or, with the `_batch` call, several) for the int8 kernels.
typedef struct {
    /// One query: `[dimension]`. Several: `[dimension / 4][CVS_BATCH][4]`.
    const int8_t *numbers;
    /// Per query, 128 times the sum of its numbers.
    const int32_t *offsets;
    /// What the integer inner product is multiplied by: 1 over the squared quantisation scale.
    float scale;
} cvs_int8_query;

/// Scores `count` blocks against one int8 query: exact in integers, then scaled to float.
void cvs_score_int8(
    cvs_kernel kernel, const uint8_t *blocks, size_t count, size_t dimension, cvs_int8_query query, float *scores);

/// Scores `count` blocks against CVS_BATCH int8 queries; the scores of query j begin at `scores + j * stride`.
void cvs_score_int8_batch(
    cvs_kernel kernel, const uint8_t *blocks, size_t count, size_t dimension, cvs_int8_query queries, float *scores,
    size_t stride);

/// Writes to `rows` the positions of the scores with `score + weight * slack[block] >= cutoff`, in their order, and
/// returns how many there are. `rows` must have room for 16 per block.
size_t cvs_select(
    cvs_kernel kernel, const float *scores, size_t count, const float *slack, float weight, float cutoff,
    uint32_t *rows);

/// A number in a byte: times `scale`, rounded half away from zero, kept within ±127.
static inline int8_t cvs_quantized(float value, float scale) {
    float scaled = value * scale;
    float rounded = scaled < 0 ? scaled - 0.5f : scaled + 0.5f;
    return (int8_t)(rounded < -127 ? -127 : rounded > 127 ? 127 : rounded);
}

/// Writes a row into lane `lane` of a block of floats and of the same block of bytes, and returns the squared length of
/// what quantization took from it.
float cvs_write_row(float *floats, uint8_t *bytes, size_t lane, const float *values, size_t dimension, float scale);

/// The squared length of a vector, summed in double.
double cvs_squared_length(const float *values, size_t dimension);

/// The inner product of `query` with row `lane` of one float block, summed in double from the first dimension on.
double cvs_exact_product(const float *block, size_t lane, size_t dimension, const float *query);

/// Zeroed memory at a multiple of 2 MiB, in large pages where the system grants them; NULL where there is none. What
/// is never touched is never made.
void *cvs_allocate(size_t bytes);
/// Gives back what cvs_allocate returned for as many bytes.
void cvs_free(void *memory, size_t bytes);
