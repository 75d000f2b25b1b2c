#define _GNU_SOURCE
#include "support.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int64_t codec_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// The longest wait between two calls of is_stopped, in milliseconds.
enum { longest_wait = 50 };

int codec_read_in_time(
    int descriptor, int64_t deadline, codec_is_stopped is_stopped, uint8_t *target, size_t count) {
    size_t done = 0;
    while (done < count) {
        int64_t left = deadline - codec_now();
        if (left <= 0 || is_stopped()) {
            return 0;
        }
        struct pollfd ready = {.fd = descriptor, .events = POLLIN};
        int found = poll(&ready, 1, left > longest_wait ? longest_wait : (int)left);
        if (found < 0 && errno != EINTR) {
            return 0;
        }
        if (found <= 0) {
            continue;
        }
        ssize_t got = read(descriptor, target + done, count - done);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) {
            return 0;
        }
        done += got > 0 ? (size_t)got : 0;
    }
    return 1;
}

codec_result codec_rows_decode(
    const codec_request *request, int descriptor, int64_t deadline, codec_is_stopped is_stopped) {
    codec_sink sink;
    codec_result result = codec_sink_open(&sink, request, request->width, request->height, request->reduction);
    size_t stride = (size_t)request->width * 3;
    uint8_t *row = malloc(stride);
    if (!row) {
        result = codec_failure(codec_out_of_memory, "no memory for a row of the picture");
    }
    while (result.status == codec_ok && !codec_sink_is_full(&sink)) {
        if (!codec_read_in_time(descriptor, deadline, is_stopped, row, stride)) {
            result = codec_failure(codec_truncated, "the rows end too early, or come too late");
            break;
        }
        codec_sink_take(&sink, row);
    }
    free(row);
    codec_sink_close(&sink);
    return result;
}
