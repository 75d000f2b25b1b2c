#include "support.h"

#include <spng.h>
#include <stdlib.h>
#include <string.h>

static codec_result failure(int code) {
    switch (code) {
    case SPNG_IO_EOF:
    case SPNG_EIDAT_TOO_SHORT:
        return codec_failure(codec_truncated, spng_strerror(code));
    case SPNG_EMEM:
        return codec_failure(codec_out_of_memory, spng_strerror(code));
    default:
        return codec_failure(codec_corrupt, spng_strerror(code));
    }
}

// Determines whether the picture has transparency. This reads the chunks before the pixels, one of which may be
// truncated.
static int find_alpha(spng_ctx *context, const struct spng_ihdr *header, int *alpha) {
    struct spng_trns transparency;
    int code = spng_get_trns(context, &transparency);
    *alpha = code == SPNG_OK || header->color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA ||
        header->color_type == SPNG_COLOR_TYPE_TRUECOLOR_ALPHA;
    return code == SPNG_ECHUNKAVAIL ? SPNG_OK : code;
}

// Returns whether the end chunk of a PNG is complete.
static int has_end(const uint8_t *data, size_t count) {
    const size_t frame = 12;
    for (size_t offset = 8; offset < count && count - offset >= frame;) {
        const uint8_t *chunk = data + offset;
        if (memcmp(chunk + 4, "IEND", 4) == 0) {
            return 1;
        }
        size_t length = (size_t)chunk[0] << 24 | (size_t)chunk[1] << 16 | (size_t)chunk[2] << 8 | chunk[3];
        if (length > count - offset - frame) {
            return 0;
        }
        offset += length + frame;
    }
    return 0;
}

// The state of a decoder, besides the data.
typedef struct {
    spng_ctx *context;
    const codec_request *request;
    codec_sink sink;
    int alpha;
    // One row with its alpha, composited on white.
    uint8_t *row;
    // The whole picture if it is interlaced, otherwise one row.
    uint8_t *pixels;
} png_reader;

static codec_result rows_result(png_reader *reader, int code) {
    uint32_t height = reader->request->height, taken = reader->sink.next;
    if (code == SPNG_EOI) {
        codec_result result = codec_success();
        // All rows are present; only the end chunk may be missing.
        result.lacks_end = !has_end(reader->request->data, reader->request->count);
        return result;
    }
    if (code == SPNG_OK) {
        return codec_success();
    }
    codec_result result = failure(code);
    if (result.status == codec_truncated && height - taken <= height / 20) {
        codec_sink_fill(&reader->sink);
        result = codec_success();
        result.lacks_end = 1;
        result.missing_rows = height - taken;
    }
    return result;
}

static void take(png_reader *reader, const uint8_t *pixels) {
    if (reader->alpha) {
        codec_composite_on_white(pixels, reader->request->width, reader->row);
        pixels = reader->row;
    }
    codec_sink_take(&reader->sink, pixels);
}

static codec_result decode_rows(png_reader *reader, size_t stride) {
    int code = spng_decode_image(
        reader->context, NULL, 0, reader->alpha ? SPNG_FMT_RGBA8 : SPNG_FMT_RGB8,
        SPNG_DECODE_PROGRESSIVE | (reader->alpha ? SPNG_DECODE_TRNS : 0));
    while (code == SPNG_OK && !codec_sink_is_full(&reader->sink)) {
        code = spng_decode_row(reader->context, reader->pixels, stride);
        if (code == SPNG_OK || code == SPNG_EOI) {
            take(reader, reader->pixels);
        }
    }
    return rows_result(reader, code);
}

static codec_result decode_interlaced(png_reader *reader, size_t stride) {
    size_t height = reader->request->height;
    int code = spng_decode_image(
        reader->context, reader->pixels, stride * height, reader->alpha ? SPNG_FMT_RGBA8 : SPNG_FMT_RGB8,
        reader->alpha ? SPNG_DECODE_TRNS : 0);
    if (code != SPNG_OK) {
        return failure(code);
    }
    for (size_t y = 0; y < height; y++) {
        take(reader, reader->pixels + y * stride);
    }
    return rows_result(reader, SPNG_EOI);
}

static codec_result decode(png_reader *reader) {
    const codec_request *request = reader->request;
    struct spng_ihdr header;
    int code = spng_set_png_buffer(reader->context, request->data, request->count);
    if (code == SPNG_OK) {
        code = spng_get_ihdr(reader->context, &header);
    }
    if (code != SPNG_OK) {
        return failure(code);
    }
    if (header.width != request->width || header.height != request->height) {
        return codec_failure(codec_corrupt, "two headers disagree on the size");
    }
    code = find_alpha(reader->context, &header, &reader->alpha);
    if (code != SPNG_OK) {
        return failure(code);
    }
    int interlaced = header.interlace_method != 0;
    size_t stride = (size_t)header.width * (reader->alpha ? 4 : 3);
    size_t bytes = interlaced ? stride * header.height : stride;
    codec_result result;
    if (!codec_fits(request, bytes, &result)) {
        return result;
    }
    reader->pixels = malloc(bytes);
    reader->row = reader->alpha ? malloc((size_t)header.width * 3) : NULL;
    if (!reader->pixels || (reader->alpha && !reader->row)) {
        return codec_failure(codec_out_of_memory, "no memory for the picture's rows");
    }
    result = codec_sink_open(&reader->sink, request, header.width, header.height, request->reduction);
    if (result.status != codec_ok) {
        return result;
    }
    return interlaced ? decode_interlaced(reader, stride) : decode_rows(reader, stride);
}

static spng_ctx *limited_context(size_t count) {
    // Compressed texts and profiles can expand a thousandfold; none of them is needed here.
    const size_t ancillary_bytes = (size_t)32 << 20;
    spng_ctx *context = spng_ctx_new(0);
    if (context) {
        size_t chunk_bytes = count > ancillary_bytes ? count : ancillary_bytes;
        spng_set_chunk_limits(context, chunk_bytes, chunk_bytes);
    }
    return context;
}

codec_result codec_png_decode(const codec_request *request) {
    png_reader reader = {.context = limited_context(request->count), .request = request};
    if (!reader.context) {
        return codec_failure(codec_out_of_memory, "no memory for the PNG decoder");
    }
    codec_result result = decode(&reader);
    codec_sink_close(&reader.sink);
    free(reader.row);
    free(reader.pixels);
    spng_ctx_free(reader.context);
    return result;
}

static codec_result decode_rgba(
    spng_ctx *context, const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgba) {
    struct spng_ihdr header;
    int code = spng_set_png_buffer(context, data, count);
    if (code == SPNG_OK) {
        code = spng_get_ihdr(context, &header);
    }
    if (code == SPNG_OK && (header.width != width || header.height != height)) {
        return codec_failure(codec_corrupt, "two headers disagree on the size");
    }
    if (code == SPNG_OK) {
        code = spng_decode_image(context, rgba, (size_t)width * height * 4, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS);
    }
    return code == SPNG_OK ? codec_success() : failure(code);
}

codec_result codec_png_decode_rgba(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgba) {
    spng_ctx *context = limited_context(count);
    if (!context) {
        return codec_failure(codec_out_of_memory, "no memory for the PNG decoder");
    }
    codec_result result = decode_rgba(context, data, count, width, height, rgba);
    spng_ctx_free(context);
    return result;
}

static int encode(spng_ctx *context, const uint8_t *rgb, uint32_t width, uint32_t height, codec_bytes *out) {
    struct spng_ihdr header = {
        .width = width, .height = height, .bit_depth = 8, .color_type = SPNG_COLOR_TYPE_TRUECOLOR};
    int code = spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1);
    // This takes a fifth of the time of the defaults (level 6, every filter tried on every row) and makes photographs 2
    // % larger.
    if (code == SPNG_OK) {
        code = spng_set_option(context, SPNG_IMG_COMPRESSION_LEVEL, 3);
    }
    if (code == SPNG_OK) {
        code = spng_set_option(context, SPNG_FILTER_CHOICE, SPNG_FILTER_CHOICE_UP);
    }
    if (code == SPNG_OK) {
        code = spng_set_ihdr(context, &header);
    }
    if (code == SPNG_OK) {
        code = spng_encode_image(
            context, rgb, (size_t)width * height * 3, SPNG_FMT_PNG, SPNG_ENCODE_FINALIZE);
    }
    if (code == SPNG_OK) {
        out->bytes = spng_get_png_buffer(context, &out->count, &code);
    }
    return code;
}

codec_result codec_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height, codec_bytes *out) {
    spng_ctx *context = spng_ctx_new(SPNG_CTX_ENCODER);
    if (!context) {
        return codec_failure(codec_out_of_memory, "no memory for the PNG encoder");
    }
    int code = encode(context, rgb, width, height, out);
    spng_ctx_free(context);
    return code == SPNG_OK ? codec_success() : failure(code);
}
