#include "support.h"

#include <stdio.h>
#include <stdlib.h>

codec_result codec_success(void) { return (codec_result){.status = codec_ok}; }

codec_result codec_failure(codec_status status, const char *message) {
    codec_result result = {.status = status};
    snprintf(result.message, sizeof result.message, "%s", message);
    return result;
}

void codec_bytes_free(codec_bytes bytes) { free(bytes.bytes); }

// Returns (value * alpha + 255 * (255 - alpha)) / 255, rounded. It is exact for every pair of bytes.
static uint8_t over_white(uint8_t value, uint8_t alpha) {
    uint32_t sum = (uint32_t)value * alpha + 255u * (255u - alpha) + 128u;
    return (uint8_t)((sum + (sum >> 8)) >> 8);
}

void codec_composite_on_white(const uint8_t *rgba, size_t count, uint8_t *rgb) {
    for (size_t i = 0; i < count; i++) {
        uint8_t alpha = rgba[i * 4 + 3];
        for (int channel = 0; channel < 3; channel++) {
            rgb[i * 3 + channel] = over_white(rgba[i * 4 + channel], alpha);
        }
    }
}
