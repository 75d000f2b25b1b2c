#include "cvectorsearch.h"

float cvs_write_row(float *floats, uint8_t *bytes, size_t lane, const float *values, size_t dimension, float scale) {
    float loss = 0, unit = 1 / scale;
    for (size_t i = 0; i < dimension; i++) {
        int8_t byte = cvs_quantized(values[i], scale);
        float lost = values[i] - (float)byte * unit;
        loss += lost * lost;
        floats[i * CVS_BLOCK + lane] = values[i];
        bytes[(i / 4 * CVS_BLOCK + lane) * 4 + i % 4] = (uint8_t)byte ^ 0x80;
    }
    return loss;
}

double cvs_squared_length(const float *values, size_t dimension) {
    // Four sums, so that an addition need not wait for the previous one.
    double sums[4] = {0};
    for (size_t i = 0; i < dimension; i++) sums[i % 4] += (double)values[i] * (double)values[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double cvs_exact_product(const float *block, size_t lane, size_t dimension, const float *query) {
    double sum = 0;
    for (size_t i = 0; i < dimension; i++) sum += (double)block[i * CVS_BLOCK + lane] * (double)query[i];
    return sum;
}
