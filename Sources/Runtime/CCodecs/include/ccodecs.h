// Three image libraries behind one small interface: bytes in memory to 8-bit RGB and back.
//
// Every function returns a status with a message and never ends the process; what it allocates on the way is freed,
// also on errors. A decoder fills the parts that it was asked for, and only where the file agrees with the width and the
// height that the caller read from its header.
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
    // The decoder would need more memory than was allowed; the message is how many bytes, in decimal digits.
    codec_memory_limit,
} codec_status;

typedef struct {
    codec_status status;
    // For people; empty where the status is codec_ok.
    char message[120];
    // Where the status is codec_ok: whether what ends a file of the format is not there, and how many rows of the stored
    // picture, the last ones, were not there either and are gray in the parts: at most one in twenty.
    uint8_t lacks_end;
    uint32_t missing_rows;
} codec_result;

// An encoder's result; `bytes` is freed with codec_bytes_free.
typedef struct {
    uint8_t *bytes;
    size_t count;
} codec_bytes;

void codec_bytes_free(codec_bytes bytes);

// A rectangle of the stored picture shrunk by the request's reduction, and where its pixels go.
typedef struct {
    // Pixels of the shrunk picture, whose sides are the stored ones divided by the reduction and rounded up.
    uint32_t left, top, width, height;
    // Where the red, green and blue of the first pixel go: width * height * 3 bytes in all.
    uint8_t *rgb;
    // From one column, and from one row, to the next, in bytes: a picture that is stored turned is turned as it is written.
    ptrdiff_t column_step, row_step;
} codec_part;

// What is wanted of a file.
typedef struct {
    const uint8_t *data;
    size_t count;
    // The stored picture's size, as its header was read.
    uint32_t width, height;
    // Each pixel of the parts is the mean of reduction * reduction stored ones; 1 and more. JPEG's are 1, 2, 4 and 8, made
    // in the transform itself, and for larger ones averaged further: multiples of 8.
    uint32_t reduction;
    const codec_part *parts;
    uint32_t count_of_parts;
    // The most scans of a progressive JPEG.
    uint32_t max_scans;
    // The most that the decoder may allocate beside the parts, in bytes.
    uint64_t max_memory;
} codec_request;

// Baseline, progressive and arithmetic-coded; gray, YCbCr, RGB, CMYK and YCCK. The slow integer DCT and smooth chroma
// upsampling, libjpeg's defaults, so that the pixels equal those of other readers.
codec_result codec_jpeg_decode(const codec_request *request);

// quality 1...100; chroma is halved in both directions, as libjpeg does by default.
codec_result codec_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, codec_bytes *out);

// Every color type and depth; the high byte of 16-bit samples; alpha and transparent colors composited on white. Row by
// row where the picture is not interlaced.
codec_result codec_png_decode(const codec_request *request);

// The whole picture with alpha, not multiplied into the colors: width * height * 4 bytes.
codec_result codec_png_decode_rgba(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgba);

codec_result codec_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height, codec_bytes *out);

// Lossy and lossless; the first frame of an animation on its canvas; alpha composited on white.
codec_result codec_webp_decode(const codec_request *request);

// quality 0...100, lossy.
codec_result codec_webp_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality, codec_bytes *out);

// Says whether what is waited for is not wanted any more; asked many times a second.
typedef int (*codec_is_stopped)(void);

// 8-bit RGB rows as they are, from a file descriptor: width * height * 3 bytes. `data` and `count` are not looked at.
//
// Waits at most until `deadline`, in milliseconds of the monotonic clock, and says codec_truncated where the rows end
// early or come too late, or where `is_stopped` says so.
codec_result codec_rows_decode(
    const codec_request *request, int descriptor, int64_t deadline, codec_is_stopped is_stopped);

// Another process that writes to this one.
typedef struct {
    int64_t process;
    // What it writes, to be read.
    int output;
} codec_child;

// Starts `program` with `arguments`, a list that ends with NULL, and the data on its standard input; its errors go nowhere.
//
// Returns 0, or the system's error number.
int codec_child_start(
    codec_child *child, const char *program, const char *const *arguments, const uint8_t *data, size_t count);

// Reads a line without its end; its length, 0 where there is none before `deadline`, or before `is_stopped` says so.
size_t codec_child_line(
    const codec_child *child, int64_t deadline, codec_is_stopped is_stopped, char *line, size_t capacity);

// Ends the child, at once where `kill_it` says so, and waits for it; the signal that it died of, 0 where it was none.
int codec_child_end(codec_child *child, int kill_it);

// Milliseconds of the monotonic clock.
int64_t codec_now(void);

// From now on blocks of at least `size` bytes, at most 32 MiB, go back to the system when they are freed, where the C library
// can do that: the GNU one does.
void codec_give_back_large_blocks(size_t size);
