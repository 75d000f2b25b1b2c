// Three image libraries behind one small interface: from bytes in memory to 8-bit RGB and back.
//
// Every function returns a status with a message and never ends the process. Memory that it allocates is freed, also on
// errors. A decoder fills the requested parts, and only if the file has the width and the height that the caller read
// from its header.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef enum {
    codec_ok = 0,
    // The data ends too early.
    codec_truncated,
    // The data violates the format.
    codec_corrupt,
    // An optional feature of the format that this library cannot read or write.
    codec_unsupported,
    // Valid, but beyond a limit of the request.
    codec_limit,
    codec_out_of_memory,
    // The decoder would need more memory than allowed. The message is the number of bytes, in decimal digits.
    codec_memory_limit,
} codec_status;

typedef struct {
    codec_status status;
    // A message for people; empty if the status is codec_ok.
    char message[120];
    // If the status is codec_ok: whether the end marker of the format is missing, and how many rows at the end of the
    // stored picture are missing. Missing rows are gray in the parts; they are at most one in twenty.
    uint8_t lacks_end;
    uint32_t missing_rows;
} codec_result;

// An encoder's result. codec_bytes_free frees `bytes`.
typedef struct {
    uint8_t *bytes;
    size_t count;
} codec_bytes;

void codec_bytes_free(codec_bytes bytes);

// A rectangle of the stored picture, shrunk by the request's reduction, and the destination of its pixels.
typedef struct {
    // The rectangle in pixels of the shrunk picture, whose sides are the stored ones divided by the reduction and
    // rounded up.
    uint32_t left, top, width, height;
    // The destination of the red, green and blue of the first pixel: width * height * 3 bytes in all.
    uint8_t *rgb;
    // The distances between columns and between rows in bytes. A picture that is stored rotated is rotated as it is
    // written.
    ptrdiff_t column_step, row_step;
} codec_part;

// A request to decode parts of a file.
typedef struct {
    const uint8_t *data;
    size_t count;
    // The stored picture's size, as read from its header.
    uint32_t width, height;
    // Each pixel of the parts is the mean of reduction * reduction stored pixels; at least 1. For JPEG, 1, 2, 4 and 8
    // are done in the transform itself; larger reductions are multiples of 8 and average further.
    uint32_t reduction;
    const codec_part *parts;
    uint32_t count_of_parts;
    // The largest number of scans of a progressive JPEG.
    uint32_t max_scans;
    // The largest number of bytes that the decoder may allocate in addition to the parts.
    uint64_t max_memory;
} codec_request;

// Decodes baseline, progressive and arithmetic-coded files in gray, YCbCr, RGB, CMYK and YCCK. Uses libjpeg's defaults,
// the slow integer DCT and smooth chroma upsampling, so that the pixels equal those of other readers.
codec_result codec_jpeg_decode(const codec_request *request);

// Encodes with quality 1...100. Chroma is halved in both directions, libjpeg's default.
codec_result codec_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, codec_bytes *out);

// Decodes every color type and depth, with the high byte of 16-bit samples, and composites alpha and transparent colors
// on white. Works row by row if the picture is not interlaced.
codec_result codec_png_decode(const codec_request *request);

// Decodes the whole picture with straight alpha: width * height * 4 bytes.
codec_result codec_png_decode_rgba(const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint8_t *rgba);

codec_result codec_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height, codec_bytes *out);

// Decodes lossy and lossless files and the first frame of an animation on its canvas, and composites alpha on white.
codec_result codec_webp_decode(const codec_request *request);

// Encodes lossy, with quality 0...100.
codec_result codec_webp_encode(const uint8_t *rgb, uint32_t width, uint32_t height, float quality, codec_bytes *out);

// Returns whether to stop waiting. Called many times a second.
typedef int (*codec_is_stopped)(void);

// Reads 8-bit RGB rows from a file descriptor: width * height * 3 bytes. `data` and `count` are ignored.
//
// Waits until `deadline` at most, in milliseconds of the monotonic clock. Returns codec_truncated if the rows end early
// or arrive too late, or if `is_stopped` returns true.
codec_result codec_rows_decode(
    const codec_request *request, int descriptor, int64_t deadline, codec_is_stopped is_stopped);

// A child process that writes to this one.
typedef struct {
    int64_t process;
    // The read end of its output.
    int output;
} codec_child;

// Starts `program` with `arguments`, a list that ends with NULL, and with the data on its standard input. Its standard
// error is discarded.
//
// Returns 0, or the system's error number.
int codec_child_start(
    codec_child *child, const char *program, const char *const *arguments, const uint8_t *data, size_t count);

// Reads a line without its line end and returns its length; 0 if there is no line before `deadline`, or before
// `is_stopped` returns true.
size_t codec_child_line(
    const codec_child *child, int64_t deadline, codec_is_stopped is_stopped, char *line, size_t capacity);

// Ends the child, immediately if `kill_it` is true, and waits for it. Returns the signal that ended it, or 0 if it
// ended without a signal.
int codec_child_end(codec_child *child, int kill_it);

// Returns the time of the monotonic clock in milliseconds.
int64_t codec_now(void);

// From now on, blocks of at least `size` bytes (at most 32 MiB) are returned to the system when they are freed, if the
// C library supports this, as the GNU library does.
void codec_give_back_large_blocks(size_t size);
