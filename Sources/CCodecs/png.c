#include "support.h"

#include <spng.h>
#include <stdlib.h>

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

static int has_alpha(spng_ctx *context, const struct spng_ihdr *header) {
    struct spng_trns transparency;
    return header->color_type == SPNG_COLOR_TYPE_GRAYSCALE_ALPHA ||
        header->color_type == SPNG_COLOR_TYPE_TRUECOLOR_ALPHA || spng_get_trns(context, &transparency) == SPNG_OK;
}

static codec_result decode_over_white(spng_ctx *context, size_t pixels, uint8_t *rgb) {
    uint8_t *rgba = malloc(pixels * 4);
    if (!rgba) {
        return codec_failure(codec_out_of_memory, "no memory for the picture's alpha");
    }
    int code = spng_decode_image(context, rgba, pixels * 4, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS);
    if (code == SPNG_OK) {
        codec_composite_on_white(rgba, pixels, rgb);
    }
    free(rgba);
    return code == SPNG_OK ? codec_success() : failure(code);
}

static codec_result decode_plain(spng_ctx *context, size_t pixels, uint8_t *rgb) {
    int code = spng_decode_image(context, rgb, pixels * 3, SPNG_FMT_RGB8, 0);
    return code == SPNG_OK ? codec_success() : failure(code);
}

static codec_result decode(
    spng_ctx *context, const uint8_t *data, size_t count, uint32_t width, uint32_t height, int keeps_alpha,
    uint8_t *target) {
    struct spng_ihdr header;
    int code = spng_set_png_buffer(context, data, count);
    if (code == SPNG_OK) {
        code = spng_get_ihdr(context, &header);
    }
    if (code != SPNG_OK) {
        return failure(code);
    }
    if (header.width != width || header.height != height) {
        return codec_failure(codec_corrupt, "two headers disagree on the size");
    }
    size_t pixels = (size_t)width * height;
    if (keeps_alpha) {
        code = spng_decode_image(context, target, pixels * 4, SPNG_FMT_RGBA8, SPNG_DECODE_TRNS);
        return code == SPNG_OK ? codec_success() : failure(code);
    }
    return has_alpha(context, &header) ? decode_over_white(context, pixels, target)
                                       : decode_plain(context, pixels, target);
}

static codec_result decode_limited(
    const uint8_t *data, size_t count, uint32_t width, uint32_t height, int keeps_alpha, uint8_t *target) {
    // Compressed texts and profiles can grow a thousandfold; nothing of them is needed here.
    const size_t ancillary_bytes = (size_t)32 << 20;
    spng_ctx *context = spng_ctx_new(0);
    if (!context) {
        return codec_failure(codec_out_of_memory, "no memory for the PNG decoder");
    }
    size_t chunk_bytes = count > ancillary_bytes ? count : ancillary_bytes;
    spng_set_chunk_limits(context, chunk_bytes, chunk_bytes);
    codec_result result = decode(context, data, count, width, height, keeps_alpha, target);
    spng_ctx_free(context);
    return result;
}

codec_result codec_png_decode(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgb) {
    return decode_limited(data, count, width, height, 0, rgb);
}

codec_result codec_png_decode_rgba(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgba) {
    return decode_limited(data, count, width, height, 1, rgba);
}

static int encode(spng_ctx *context, const uint8_t *rgb, uint32_t width, uint32_t height, codec_bytes *out) {
    struct spng_ihdr header = {
        .width = width, .height = height, .bit_depth = 8, .color_type = SPNG_COLOR_TYPE_TRUECOLOR};
    int code = spng_set_option(context, SPNG_ENCODE_TO_BUFFER, 1);
    // A fifth of the time of the defaults (level 6, every filter tried on every row), for 2 % more bytes of a photograph.
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
