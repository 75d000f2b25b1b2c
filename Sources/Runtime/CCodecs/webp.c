#include "support.h"

#include <stdlib.h>
#include <string.h>

#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>

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

// A still picture as red, green, blue and, if it has transparency, alpha.
typedef struct {
    uint32_t width, height;
    int alpha;
    uint8_t *pixels;
    // The number of decoded rows, from the top.
    uint32_t rows;
    int lacks_end;
} still;

static void aim(WebPDecoderConfig *config, const still *picture) {
    size_t stride = (size_t)picture->width * (picture->alpha ? 4 : 3);
    config->output.colorspace = picture->alpha ? MODE_RGBA : MODE_RGB;
    config->output.is_external_memory = 1;
    config->output.u.RGBA.rgba = picture->pixels;
    config->output.u.RGBA.stride = (int)stride;
    config->output.u.RGBA.size = stride * picture->height;
}

// Decodes as many rows as the data contains, for truncated files.
static VP8StatusCode decode_cut(WebPDecoderConfig *config, const uint8_t *data, size_t count, still *picture) {
    WebPIDecoder *decoder = WebPIDecode(NULL, 0, config);
    if (!decoder) {
        return VP8_STATUS_OUT_OF_MEMORY;
    }
    VP8StatusCode code = WebPIUpdate(decoder, data, count);
    int rows = 0;
    // Before the first rows are decoded, the pointer is NULL and `rows` has no value.
    int has_rows = (code == VP8_STATUS_OK || code == VP8_STATUS_SUSPENDED) &&
        WebPIDecGetRGB(decoder, &rows, NULL, NULL, NULL);
    picture->rows = has_rows && rows > 0 ? (uint32_t)rows : 0;
    WebPIDelete(decoder);
    return code == VP8_STATUS_SUSPENDED ? VP8_STATUS_OK : code;
}

// Returns whether the container declares more bytes than the data has.
static int is_cut(const uint8_t *data, size_t count) {
    if (count < 12 || memcmp(data, "RIFF", 4) != 0) {
        return 0;
    }
    uint64_t size = data[4] | (uint64_t)data[5] << 8 | (uint64_t)data[6] << 16 | (uint64_t)data[7] << 24;
    return size + 8 > count;
}

// Decodes into newly allocated memory, which the caller frees.
static codec_result decode_still(
    const codec_request *request, const uint8_t *data, size_t count, int cut, still *picture) {
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config)) {
        return codec_failure(codec_unsupported, "libwebp is not the version that this was built for");
    }
    VP8StatusCode code = WebPGetFeatures(data, count, &config.input);
    if (code != VP8_STATUS_OK) {
        return failure(code);
    }
    *picture = (still){
        .width = (uint32_t)config.input.width, .height = (uint32_t)config.input.height,
        .alpha = config.input.has_alpha};
    uint64_t pixels = (uint64_t)picture->width * picture->height;
    uint64_t bytes = pixels * (picture->alpha ? 4 : 3);
    // Lossless pictures are unpacked as a whole, and so is the alpha of lossy pictures.
    uint64_t unpacked = config.input.format == 2 ? pixels * 4 : picture->alpha ? pixels : 0;
    codec_result result;
    if (!codec_fits(request, bytes + unpacked, &result)) {
        return result;
    }
    picture->pixels = malloc(bytes);
    if (!picture->pixels) {
        return codec_failure(codec_out_of_memory, "no memory for the picture");
    }
    picture->rows = picture->height;
    aim(&config, picture);
    code = cut ? decode_cut(&config, data, count, picture) : WebPDecode(data, count, &config);
    if (code != VP8_STATUS_OK) {
        return failure(code);
    }
    if (picture->height - picture->rows > picture->height / 20) {
        return failure(VP8_STATUS_NOT_ENOUGH_DATA);
    }
    picture->lacks_end = cut;
    return codec_success();
}

static codec_result deliver_still(codec_sink *sink, const still *picture) {
    size_t stride = (size_t)picture->width * (picture->alpha ? 4 : 3);
    uint8_t *row = picture->alpha ? malloc((size_t)picture->width * 3) : NULL;
    if (picture->alpha && !row) {
        return codec_failure(codec_out_of_memory, "no memory for a row of the picture");
    }
    for (uint32_t y = 0; y < picture->rows; y++) {
        const uint8_t *pixels = picture->pixels + y * stride;
        if (row) {
            codec_composite_on_white(pixels, picture->width, row);
        }
        codec_sink_take(sink, row ? row : pixels);
    }
    free(row);
    codec_result result = codec_success();
    result.lacks_end = (uint8_t)picture->lacks_end;
    result.missing_rows = picture->height - picture->rows;
    if (result.missing_rows > 0) {
        codec_sink_fill(sink);
    }
    return result;
}

// Delivers the first frame of an animation on a white canvas.
static codec_result deliver_frame(codec_sink *sink, const still *frame, uint32_t left, uint32_t top) {
    uint32_t width = sink->width, height = sink->height;
    if ((uint64_t)left + frame->width > width || (uint64_t)top + frame->height > height) {
        return codec_failure(codec_corrupt, "two headers disagree on the size");
    }
    uint8_t *row = malloc((size_t)width * 3);
    if (!row) {
        return codec_failure(codec_out_of_memory, "no memory for a row of the picture");
    }
    size_t channels = frame->alpha ? 4 : 3;
    for (uint32_t y = 0; y < height; y++) {
        memset(row, 255, (size_t)width * 3);
        if (y >= top && y - top < frame->height) {
            const uint8_t *pixels = frame->pixels + (size_t)(y - top) * frame->width * channels;
            if (frame->alpha) {
                codec_composite_on_white(pixels, frame->width, row + (size_t)left * 3);
            } else {
                memcpy(row + (size_t)left * 3, pixels, (size_t)frame->width * 3);
            }
        }
        codec_sink_take(sink, row);
    }
    free(row);
    return codec_success();
}

static codec_result decode_first_frame(const codec_request *request, codec_sink *sink) {
    WebPData bytes = {.bytes = request->data, .size = request->count};
    WebPDemuxer *demuxer = WebPDemux(&bytes);
    if (!demuxer) {
        int cut = is_cut(request->data, request->count);
        return codec_failure(cut ? codec_truncated : codec_corrupt, "the WebP animation is damaged");
    }
    codec_result result = codec_failure(codec_corrupt, "the WebP animation has no frame");
    WebPIterator frame;
    if (WebPDemuxGetFrame(demuxer, 1, &frame)) {
        still picture = {0};
        result = decode_still(request, frame.fragment.bytes, frame.fragment.size, 0, &picture);
        if (result.status == codec_ok) {
            result = deliver_frame(sink, &picture, (uint32_t)frame.x_offset, (uint32_t)frame.y_offset);
        }
        free(picture.pixels);
        WebPDemuxReleaseIterator(&frame);
    }
    WebPDemuxDelete(demuxer);
    return result;
}

codec_result codec_webp_decode(const codec_request *request) {
    WebPBitstreamFeatures features;
    VP8StatusCode code = WebPGetFeatures(request->data, request->count, &features);
    if (code != VP8_STATUS_OK) {
        return failure(code);
    }
    if ((uint32_t)features.width != request->width || (uint32_t)features.height != request->height) {
        return codec_failure(codec_corrupt, "two headers disagree on the size");
    }
    codec_sink sink;
    codec_result result = codec_sink_open(&sink, request, request->width, request->height, request->reduction);
    if (result.status != codec_ok) {
        codec_sink_close(&sink);
        return result;
    }
    if (features.has_animation) {
        result = decode_first_frame(request, &sink);
    } else {
        still picture = {0};
        int cut = is_cut(request->data, request->count);
        result = decode_still(request, request->data, request->count, cut, &picture);
        if (result.status == codec_ok) {
            result = picture.width == request->width && picture.height == request->height
                ? deliver_still(&sink, &picture)
                : codec_failure(codec_corrupt, "two headers disagree on the size");
        }
        free(picture.pixels);
    }
    codec_sink_close(&sink);
    return result;
}

codec_result codec_webp_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality, codec_bytes *out) {
    out->count = WebPEncodeRGB(rgb, (int)width, (int)height, (int)width * 3, quality, &out->bytes);
    if (out->count == 0) {
        return codec_failure(codec_unsupported, "libwebp could not encode the picture");
    }
    return codec_success();
}
