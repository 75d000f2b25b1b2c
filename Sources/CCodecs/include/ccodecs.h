// Three image libraries behind one small interface: bytes in memory to 8-bit RGB and back.
//
// Every function returns a status with a message and never ends the process; what it allocates on the way is freed,
// also on errors. A decoder fills exactly width * height * 3 bytes, and only where the file agrees with the width and
// the height that the caller read from its header.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef enum {
    codec_ok = 0,
    // The data end too early.
    codec_truncated,
    // The data contradict the format.
    codec_corrupt,
    // The format's own optional part that this library cannot read or write.
    codec_unsupported,
    // Within the format, and beyond what was allowed.
    codec_limit,
    codec_out_of_memory,
} codec_status;

typedef struct {
    codec_status status;
    // For people; empty where the status is codec_ok.
    char message[120];
} codec_result;

// An encoder's result; `bytes` is freed with codec_bytes_free.
typedef struct {
    uint8_t *bytes;
    size_t count;
} codec_bytes;

void codec_bytes_free(codec_bytes bytes);

// Baseline, progressive and arithmetic-coded; gray, YCbCr, RGB, CMYK and YCCK. The slow integer DCT and smooth chroma
// upsampling, libjpeg's defaults, so that the pixels equal those of other readers. At most max_scans scans.
codec_result codec_jpeg_decode(
    const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint32_t max_scans, uint8_t *rgb);

// quality 1...100; chroma is halved in both directions, as libjpeg does by default.
codec_result codec_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, codec_bytes *out);

// Every color type and depth; the high byte of 16-bit samples; alpha and transparent colors composited on white.
codec_result codec_png_decode(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgb);

// The same with alpha, not multiplied into the colors: width * height * 4 bytes.
codec_result codec_png_decode_rgba(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgba);

codec_result codec_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height, codec_bytes *out);

// Lossy and lossless; the first frame of an animation on its canvas; alpha composited on white.
codec_result codec_webp_decode(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgb);

// quality 0...100, lossy.
codec_result codec_webp_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality, codec_bytes *out);
