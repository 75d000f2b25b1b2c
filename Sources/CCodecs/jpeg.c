#include "support.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

// Everything that must survive a longjmp lives in these two structs, which the functions that call setjmp only point to.

typedef struct {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    codec_result result;
} jpeg_failure;

typedef struct {
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress;
    jpeg_failure failure;
    const uint8_t *data;
    size_t count;
    uint32_t width, height, max_scans;
    uint8_t *rgb;
} jpeg_reader;

typedef struct {
    struct jpeg_compress_struct info;
    jpeg_failure failure;
    const uint8_t *rgb;
    uint32_t width, height;
    int quality;
    unsigned char *bytes;
    unsigned long count;
} jpeg_writer;

static _Noreturn void give_up(j_common_ptr info, codec_status status) {
    jpeg_failure *failure = (jpeg_failure *)info->err;
    char message[JMSG_LENGTH_MAX];
    failure->manager.format_message(info, message);
    failure->result = codec_failure(status, message);
    longjmp(failure->escape, 1);
}

static void on_error(j_common_ptr info) {
    switch (info->err->msg_code) {
    case JERR_OUT_OF_MEMORY:
        give_up(info, codec_out_of_memory);
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_IMAGE_TOO_BIG:
    case JERR_SOF_UNSUPPORTED:
        give_up(info, codec_unsupported);
    default:
        give_up(info, codec_corrupt);
    }
}

// libjpeg goes on after a warning and fills what is missing with gray. Those that mean missing or wrong pixels are
// errors here; the others (stray bytes between segments, odd headers) are common in good photographs.
static void on_message(j_common_ptr info, int level) {
    if (level >= 0) {
        return;
    }
    switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
        give_up(info, codec_truncated);
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
        give_up(info, codec_corrupt);
    default:
        info->err->num_warnings++;
    }
}

static struct jpeg_error_mgr *install(jpeg_failure *failure) {
    jpeg_std_error(&failure->manager);
    failure->manager.error_exit = on_error;
    failure->manager.emit_message = on_message;
    return &failure->manager;
}

// A few kilobytes can hold thousands of progressive scans, each of which costs a pass over the whole picture.
static void on_progress(j_common_ptr info) {
    jpeg_reader *reader = (jpeg_reader *)info->client_data;
    if ((uint32_t)reader->info.input_scan_number > reader->max_scans) {
        reader->failure.result = codec_failure(codec_limit, "more progressive scans than any sound file has");
        longjmp(reader->failure.escape, 1);
    }
}

// Four inks are stored inverted, 255 for none, as Adobe's writers do, marked or not: other readers take it so as well.
static void inks_to_rgb(const uint8_t *inks, uint32_t width, uint8_t *rgb) {
    for (uint32_t x = 0; x < width; x++, inks += 4, rgb += 3) {
        for (int channel = 0; channel < 3; channel++) {
            uint32_t product = (uint32_t)inks[channel] * inks[3] + 128u;
            rgb[channel] = (uint8_t)((product + (product >> 8)) >> 8);
        }
    }
}

static void read_rgb_rows(jpeg_reader *reader) {
    enum { batch = 16 };
    size_t stride = (size_t)reader->width * 3;
    while (reader->info.output_scanline < reader->height) {
        JSAMPROW rows[batch];
        uint32_t first = reader->info.output_scanline;
        uint32_t left = reader->height - first;
        uint32_t count = left < batch ? left : batch;
        for (uint32_t i = 0; i < count; i++) {
            rows[i] = reader->rgb + (first + i) * stride;
        }
        jpeg_read_scanlines(&reader->info, rows, count);
    }
}

static void read_ink_rows(jpeg_reader *reader) {
    JSAMPARRAY row = reader->info.mem->alloc_sarray(
        (j_common_ptr)&reader->info, JPOOL_IMAGE, reader->width * 4, 1);
    size_t stride = (size_t)reader->width * 3;
    while (reader->info.output_scanline < reader->height) {
        uint8_t *rgb = reader->rgb + reader->info.output_scanline * stride;
        jpeg_read_scanlines(&reader->info, row, 1);
        inks_to_rgb(row[0], reader->width, rgb);
    }
}

static void read_picture(jpeg_reader *reader) {
    struct jpeg_decompress_struct *info = &reader->info;
    if (setjmp(reader->failure.escape)) {
        return;
    }
    jpeg_create_decompress(info);
    info->client_data = reader;
    info->progress = &reader->progress;
    jpeg_mem_src(info, reader->data, reader->count);
    jpeg_read_header(info, TRUE);
    if (info->image_width != reader->width || info->image_height != reader->height) {
        reader->failure.result = codec_failure(codec_corrupt, "two headers disagree on the size");
        return;
    }
    int inks = info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK;
    info->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(info);
    if (inks) {
        read_ink_rows(reader);
    } else {
        read_rgb_rows(reader);
    }
    jpeg_finish_decompress(info);
}

codec_result codec_jpeg_decode(
    const uint8_t *data, size_t count, uint32_t width, uint32_t height, uint32_t max_scans, uint8_t *rgb) {
    jpeg_reader reader = {
        .data = data, .count = count, .width = width, .height = height, .max_scans = max_scans, .rgb = rgb};
    reader.info.err = install(&reader.failure);
    reader.progress.progress_monitor = on_progress;
    read_picture(&reader);
    jpeg_destroy_decompress(&reader.info);
    return reader.failure.result;
}

static void write_picture(jpeg_writer *writer) {
    struct jpeg_compress_struct *info = &writer->info;
    if (setjmp(writer->failure.escape)) {
        return;
    }
    jpeg_create_compress(info);
    jpeg_mem_dest(info, &writer->bytes, &writer->count);
    info->image_width = writer->width;
    info->image_height = writer->height;
    info->input_components = 3;
    info->in_color_space = JCS_RGB;
    jpeg_set_defaults(info);
    jpeg_set_quality(info, writer->quality, TRUE);
    jpeg_start_compress(info, TRUE);
    size_t stride = (size_t)writer->width * 3;
    while (info->next_scanline < info->image_height) {
        JSAMPROW row = (JSAMPROW)(writer->rgb + info->next_scanline * stride);
        jpeg_write_scanlines(info, &row, 1);
    }
    jpeg_finish_compress(info);
}

codec_result codec_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, codec_bytes *out) {
    jpeg_writer writer = {.rgb = rgb, .width = width, .height = height, .quality = quality};
    writer.info.err = install(&writer.failure);
    write_picture(&writer);
    jpeg_destroy_compress(&writer.info);
    if (writer.failure.result.status != codec_ok) {
        free(writer.bytes);
        return writer.failure.result;
    }
    *out = (codec_bytes){.bytes = writer.bytes, .count = writer.count};
    return codec_success();
}
