#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Inner products of queries with many rows, with one kernel per instruction set, selected at run time.
//
// Rows are stored in blocks of 16. A block is ordered by dimension, so that one vector register holds the same
// dimension of 16 rows, and sums across a register are never needed:
//
//     float:  block[dimension][row],           dimension padded with zeros to a multiple of 4
//     int8:   block[dimension / 4][row][4],    the same padding; each byte is the number plus 128
//
// Blocks are aligned to 64 bytes. Scores are float, 16 per block, in the order of the rows.

/// The number of rows in a block.
#define CVS_BLOCK 16
/// The number of queries in a call of a batch kernel.
#define CVS_BATCH 8

/// The instruction sets with a kernel. On the processors that support it, each is faster than the ones before.
typedef enum {
    CVS_BASELINE = 0,
    CVS_AVX2 = 1,
    CVS_AVX2_VNNI = 2,
    CVS_AVX512 = 3,
    CVS_AVX512_VNNI = 4,
    CVS_NEON_DOTPROD = 5,
    CVS_KERNEL_COUNT = 6
} cvs_kernel;

/// Returns a name such as `avx512-vnni`.
const char *cvs_kernel_name(cvs_kernel kernel);
/// Returns whether this processor and this build can run `kernel`.
bool cvs_kernel_is_supported(cvs_kernel kernel);
/// Returns the best supported kernel.
cvs_kernel cvs_kernel_best(void);

/// Scores `count` blocks against one query of `dimension` numbers; `scores` holds 16 per block.
void cvs_score_float(
    cvs_kernel kernel, const float *blocks, size_t count, size_t dimension, const float *query, float *scores);

/// Scores `count` blocks against CVS_BATCH queries, which are stored by dimension (`queries[dimension][query]`). The
/// scores of query j start at `scores + j * stride`.
void cvs_score_float_batch(
    cvs_kernel kernel, const float *blocks, size_t count, size_t dimension, const float *queries, float *scores,
    size_t stride);

/// A query (or, in a `_batch` call, several queries) for the int8 kernels.
typedef struct {
    /// One query: `[dimension]`. Several: `[dimension / 4][CVS_BATCH][4]`.
    const int8_t *numbers;
    /// 128 times the sum of the numbers, for each query.
    const int32_t *offsets;
    /// The factor of the integer inner product: 1 over the squared quantization scale.
    float scale;
} cvs_int8_query;

/// Scores `count` blocks against one int8 query. The integer product is exact; it is then scaled to float.
void cvs_score_int8(
    cvs_kernel kernel, const uint8_t *blocks, size_t count, size_t dimension, cvs_int8_query query, float *scores);

/// Scores `count` blocks against CVS_BATCH int8 queries. The scores of query j start at `scores + j * stride`.
void cvs_score_int8_batch(
    cvs_kernel kernel, const uint8_t *blocks, size_t count, size_t dimension, cvs_int8_query queries, float *scores,
    size_t stride);

/// Writes the positions of all scores with `score + weight * slack[block] >= cutoff` to `rows`, in order, and returns
/// their number. `rows` must have room for 16 per block.
size_t cvs_select(
    cvs_kernel kernel, const float *scores, size_t count, const float *slack, float weight, float cutoff,
    uint32_t *rows);

/// Converts a number to a byte: multiplies it by `scale`, rounds half away from zero, and limits it to ±127.
static inline int8_t cvs_quantized(float value, float scale) {
    float scaled = value * scale;
    float rounded = scaled < 0 ? scaled - 0.5f : scaled + 0.5f;
    return (int8_t)(rounded < -127 ? -127 : rounded > 127 ? 127 : rounded);
}

/// Writes a row into lane `lane` of a block of floats and of the corresponding block of bytes. Returns the squared
/// length of the quantization error.
float cvs_write_row(float *floats, uint8_t *bytes, size_t lane, const float *values, size_t dimension, float scale);

/// Returns the squared length of a vector, summed in double.
double cvs_squared_length(const float *values, size_t dimension);

/// Returns the inner product of `query` with row `lane` of one float block, summed in double, starting with the first
/// dimension.
double cvs_exact_product(const float *block, size_t lane, size_t dimension, const float *query);

/// Allocates zeroed memory aligned to 2 MiB, in large pages if the system provides them; NULL on failure. Pages that
/// are never used take no memory.
void *cvs_allocate(size_t bytes);
/// Frees memory from cvs_allocate of the given size.
void cvs_free(void *memory, size_t bytes);
