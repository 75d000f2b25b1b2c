#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Returns the length of the shrunk picture. Its last row or column may cover fewer stored ones.
static uint32_t shrunk(uint32_t length, uint32_t factor) { return length / factor + (length % factor != 0); }

codec_result codec_sink_open(
    codec_sink *sink, const codec_request *request, uint32_t width, uint32_t height, uint32_t factor) {
    *sink = (codec_sink){.request = request, .factor = factor, .width = width, .height = height};
    for (uint32_t i = 0; i < request->count_of_parts; i++) {
        const codec_part *part = &request->parts[i];
        uint64_t right = (uint64_t)part->left + part->width, bottom = (uint64_t)part->top + part->height;
        if (part->width == 0 || part->height == 0 || right > shrunk(width, factor) ||
            bottom > shrunk(height, factor)) {
            return codec_failure(codec_corrupt, "two headers disagree on the size");
        }
        uint64_t end = bottom * factor;
        if (end > sink->end) {
            sink->end = end > height ? height : (uint32_t)end;
        }
    }
    if (factor > 1) {
        sink->sums = calloc((size_t)shrunk(width, factor) * 3, sizeof *sink->sums);
        if (!sink->sums) {
            return codec_failure(codec_out_of_memory, "no memory for a row of the picture");
        }
    }
    return codec_success();
}

static void add_row(codec_sink *sink, const uint8_t *rgb) {
    uint32_t *sums = sink->sums;
    uint32_t left = sink->width;
    for (; left >= sink->factor; left -= sink->factor, sums += 3) {
        uint32_t red = 0, green = 0, blue = 0;
        for (uint32_t i = 0; i < sink->factor; i++, rgb += 3) {
            red += rgb[0];
            green += rgb[1];
            blue += rgb[2];
        }
        sums[0] += red;
        sums[1] += green;
        sums[2] += blue;
    }
    for (; left > 0; left--, rgb += 3) {
        sums[0] += rgb[0];
        sums[1] += rgb[1];
        sums[2] += rgb[2];
    }
}

// Returns the start of the part's row for row `y` of the shrunk picture; NULL if the part does not contain it.
static uint8_t *row_of(const codec_part *part, uint32_t y) {
    if (y < part->top || y - part->top >= part->height) {
        return NULL;
    }
    return part->rgb + (ptrdiff_t)(y - part->top) * part->row_step;
}

static void put_row(const codec_part *part, uint8_t *target, const uint8_t *rgb) {
    if (part->column_step == 3) {
        memcpy(target, rgb, (size_t)part->width * 3);
        return;
    }
    for (uint32_t x = 0; x < part->width; x++, rgb += 3, target += part->column_step) {
        memcpy(target, rgb, 3);
    }
}

static void copy_row(codec_sink *sink, uint32_t y, const uint8_t *rgb) {
    for (uint32_t i = 0; i < sink->request->count_of_parts; i++) {
        const codec_part *part = &sink->request->parts[i];
        uint8_t *target = row_of(part, y);
        if (target) {
            put_row(part, target, rgb + (size_t)part->left * 3);
        }
    }
}

static void divide_row(codec_sink *sink, uint32_t y, uint32_t rows) {
    uint32_t whole = sink->width / sink->factor;
    for (uint32_t i = 0; i < sink->request->count_of_parts; i++) {
        const codec_part *part = &sink->request->parts[i];
        uint8_t *target = row_of(part, y);
        for (uint32_t x = 0; target && x < part->width; x++, target += part->column_step) {
            uint32_t column = part->left + x;
            uint32_t count = rows * (column < whole ? sink->factor : sink->width % sink->factor);
            for (uint32_t channel = 0; channel < 3; channel++) {
                target[channel] = (uint8_t)((sink->sums[(size_t)column * 3 + channel] + count / 2) / count);
            }
        }
    }
    memset(sink->sums, 0, (size_t)shrunk(sink->width, sink->factor) * 3 * sizeof *sink->sums);
}

void codec_sink_take(codec_sink *sink, const uint8_t *rgb) {
    uint32_t y = sink->next++;
    if (sink->factor == 1) {
        copy_row(sink, y, rgb);
        return;
    }
    add_row(sink, rgb);
    uint32_t rows = y % sink->factor + 1;
    if (rows == sink->factor || y + 1 == sink->height) {
        divide_row(sink, y / sink->factor, rows);
    }
}

int codec_sink_is_full(const codec_sink *sink) { return sink->next >= sink->end; }

void codec_sink_fill(codec_sink *sink) {
    // An incomplete row is divided by the number of its rows.
    uint32_t begun = sink->next % sink->factor;
    if (begun != 0 && sink->next < sink->height) {
        divide_row(sink, sink->next / sink->factor, begun);
    }
    uint32_t first = shrunk(sink->next, sink->factor);
    for (uint32_t i = 0; i < sink->request->count_of_parts; i++) {
        const codec_part *part = &sink->request->parts[i];
        for (uint32_t y = first > part->top ? first : part->top; y < part->top + part->height; y++) {
            uint8_t *target = row_of(part, y);
            for (uint32_t x = 0; x < part->width; x++, target += part->column_step) {
                memset(target, 128, 3);
            }
        }
    }
    sink->next = sink->height;
}

void codec_sink_close(codec_sink *sink) {
    free(sink->sums);
    sink->sums = NULL;
}

int codec_fits(const codec_request *request, uint64_t bytes, codec_result *result) {
    if (bytes <= request->max_memory) {
        return 1;
    }
    char message[sizeof result->message];
    snprintf(message, sizeof message, "%llu", (unsigned long long)bytes);
    *result = codec_failure(codec_memory_limit, message);
    return 0;
}
