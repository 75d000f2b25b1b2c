#pragma once

#include "ccodecs.h"

codec_result codec_success(void);

codec_result codec_failure(codec_status status, const char *message);

// Red, green, blue and straight alpha of `count` pixels over white; `rgb` may not overlap `rgba`.
void codec_composite_on_white(const uint8_t *rgba, size_t count, uint8_t *rgb);

// Rows of a stored picture on their way into parts of it, shrunk on the way where the request says so.
typedef struct {
    const codec_request *request;
    // How many of the given rows and columns make one row and column of the parts.
    uint32_t factor;
    // The given rows' length, in pixels, and their number.
    uint32_t width, height;
    // The given row that comes next.
    uint32_t next;
    // The first given row of which no part has anything.
    uint32_t end;
    // Sums of the rows that make one row of the parts: width of the picture of parts times 3; only where factor is over 1.
    uint32_t *sums;
} codec_sink;

// Opens a sink for rows of `width` pixels, `height` of them. Its `sums` are freed with codec_sink_close.
codec_result codec_sink_open(codec_sink *sink, const codec_request *request, uint32_t width, uint32_t height, uint32_t factor);

// Takes the next row of red, green and blue.
void codec_sink_take(codec_sink *sink, const uint8_t *rgb);

// Whether no part needs what is still to come.
int codec_sink_is_full(const codec_sink *sink);

// Fills what was never taken with gray, and says how many rows of the stored picture that were.
void codec_sink_fill(codec_sink *sink);

void codec_sink_close(codec_sink *sink);

// Reads `count` bytes; 0 where they end before, or don't come until `deadline`, in milliseconds of the monotonic clock.
int codec_read_in_time(
    int descriptor, int64_t deadline, codec_is_stopped is_stopped, uint8_t *target, size_t count);

// Whether `bytes` more may be allocated by a decoder; says in `result` what it would need where not.
int codec_fits(const codec_request *request, uint64_t bytes, codec_result *result);
