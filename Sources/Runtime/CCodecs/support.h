#pragma once

#include "ccodecs.h"

codec_result codec_success(void);

codec_result codec_failure(codec_status status, const char *message);

// Composites `count` pixels with straight alpha over white. `rgb` must not overlap `rgba`.
void codec_composite_on_white(const uint8_t *rgba, size_t count, uint8_t *rgb);

// Copies the rows of a stored picture into the parts, and shrinks them if the request has a reduction.
typedef struct {
    const codec_request *request;
    // The numbers of rows and columns of the input that make one row and column of the parts.
    uint32_t factor;
    // The width of the input rows in pixels, and their number.
    uint32_t width, height;
    // The next input row.
    uint32_t next;
    // The first input row after all parts.
    uint32_t end;
    // Sums of the rows that make up one row of the parts, with the width of the shrunk picture times 3. Used only if
    // factor is greater than 1.
    uint32_t *sums;
} codec_sink;

// Opens a sink for `height` rows of `width` pixels. codec_sink_close frees its `sums`.
codec_result codec_sink_open(codec_sink *sink, const codec_request *request, uint32_t width, uint32_t height, uint32_t factor);

// Takes the next row of red, green and blue.
void codec_sink_take(codec_sink *sink, const uint8_t *rgb);

// Returns whether no part needs further rows.
int codec_sink_is_full(const codec_sink *sink);

// Fills the missing rows with gray.
void codec_sink_fill(codec_sink *sink);

void codec_sink_close(codec_sink *sink);

// Reads `count` bytes. Returns 0 if the data ends early or does not arrive before `deadline`, in milliseconds of the
// monotonic clock.
int codec_read_in_time(
    int descriptor, int64_t deadline, codec_is_stopped is_stopped, uint8_t *target, size_t count);

// Returns whether a decoder may allocate `bytes` more. If not, `result` contains the number of bytes.
int codec_fits(const codec_request *request, uint64_t bytes, codec_result *result);
