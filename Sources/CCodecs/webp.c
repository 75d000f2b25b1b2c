#include "support.h"

#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>

typedef struct {
    uint32_t width, height;
    uint8_t *rgb;
} canvas;

static codec_result failure(VP8StatusCode code) {
    switch (code) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED:
        return codec_failure(codec_truncated, "the data end too early");
    case VP8_STATUS_OUT_OF_MEMORY:
        return codec_failure(codec_out_of_memory, "no memory for the WebP decoder");
    case VP8_STATUS_UNSUPPORTED_FEATURE:
        return codec_failure(codec_unsupported, "a WebP feature that libwebp does not know");
    default:
        return codec_failure(codec_corrupt, "the WebP bitstream is damaged");
    }
}

static VP8StatusCode decode_into(
    WebPDecoderConfig *config, const uint8_t *data, size_t count, WEBP_CSP_MODE mode, uint8_t *out, size_t stride) {
    config->output.colorspace = mode;
    config->output.is_external_memory = 1;
    config->output.u.RGBA.rgba = out;
    config->output.u.RGBA.stride = (int)stride;
    config->output.u.RGBA.size = stride * (size_t)config->input.height;
    return WebPDecode(data, count, config);
}

static codec_result decode_over_white(
    WebPDecoderConfig *config, const uint8_t *data, size_t count, uint32_t left, uint32_t top, const canvas *out) {
    size_t width = (size_t)config->input.width, height = (size_t)config->input.height;
    uint8_t *rgba = malloc(width * height * 4);
    if (!rgba) {
        return codec_failure(codec_out_of_memory, "no memory for the picture's alpha");
    }
    VP8StatusCode code = decode_into(config, data, count, MODE_RGBA, rgba, width * 4);
    if (code == VP8_STATUS_OK) {
        for (size_t y = 0; y < height; y++) {
            uint8_t *row = out->rgb + ((size_t)(top + y) * (size_t)out->width + left) * 3;
            codec_composite_on_white(rgba + y * width * 4, width, row);
        }
    }
    free(rgba);
    return code == VP8_STATUS_OK ? codec_success() : failure(code);
}

// One still picture, put on the canvas at left, top.
static codec_result decode_still(
    const uint8_t *data, size_t count, uint32_t left, uint32_t top, const canvas *out) {
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config)) {
        return codec_failure(codec_unsupported, "libwebp is not the version that this was built for");
    }
    VP8StatusCode code = WebPGetFeatures(data, count, &config.input);
    if (code != VP8_STATUS_OK) {
        return failure(code);
    }
    if (left + (uint32_t)config.input.width > out->width || top + (uint32_t)config.input.height > out->height) {
        return codec_failure(codec_corrupt, "two headers disagree on the size");
    }
    if (config.input.has_alpha) {
        return decode_over_white(&config, data, count, left, top, out);
    }
    uint8_t *first = out->rgb + ((size_t)top * out->width + left) * 3;
    code = decode_into(&config, data, count, MODE_RGB, first, (size_t)out->width * 3);
    return code == VP8_STATUS_OK ? codec_success() : failure(code);
}

static codec_result decode_first_frame(const uint8_t *data, size_t count, const canvas *out) {
    WebPData bytes = {.bytes = data, .size = count};
    WebPDemuxer *demuxer = WebPDemux(&bytes);
    if (!demuxer) {
        return codec_failure(codec_corrupt, "the WebP animation is damaged");
    }
    codec_result result = codec_failure(codec_corrupt, "the WebP animation has no frame");
    WebPIterator frame;
    if (WebPDemuxGetFrame(demuxer, 1, &frame)) {
        memset(out->rgb, 255, (size_t)out->width * out->height * 3);
        result = decode_still(
            frame.fragment.bytes, frame.fragment.size, (uint32_t)frame.x_offset, (uint32_t)frame.y_offset, out);
        WebPDemuxReleaseIterator(&frame);
    }
    WebPDemuxDelete(demuxer);
    return result;
}

codec_result codec_webp_decode(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgb) {
    WebPBitstreamFeatures features;
    VP8StatusCode code = WebPGetFeatures(data, count, &features);
    if (code != VP8_STATUS_OK) {
        return failure(code);
    }
    if ((uint32_t)features.width != width || (uint32_t)features.height != height) {
        return codec_failure(codec_corrupt, "two headers disagree on the size");
    }
    canvas out = {.width = width, .height = height, .rgb = rgb};
    return features.has_animation ? decode_first_frame(data, count, &out) : decode_still(data, count, 0, 0, &out);
}

codec_result codec_webp_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality, codec_bytes *out) {
    out->count = WebPEncodeRGB(rgb, (int)width, (int)height, (int)width * 3, quality, &out->bytes);
    if (out->count == 0) {
        return codec_failure(codec_unsupported, "libwebp could not encode the picture");
    }
    return codec_success();
}
