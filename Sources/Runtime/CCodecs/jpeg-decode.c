#include "jpeg.h"

#include <jerror.h>

typedef struct {
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress;
    jpeg_failure failure;
    const codec_request *request;
    codec_sink sink;
    // Whether the picture has several scans, and whether these contain every bit of every coefficient.
    int has_several_scans, has_every_bit;
    // Whether the data ends before the end-of-image marker.
    int has_ended;
    // Whether rows are missing; if so, the first stored row that is missing.
    int is_cut;
    uint32_t cut_row;
} jpeg_reader;

// Returns the reader of a decoder; NULL for an encoder.
static jpeg_reader *reader_of(j_common_ptr info) {
    return info->is_decompressor ? (jpeg_reader *)info->client_data : NULL;
}

static void on_error(j_common_ptr info) {
    jpeg_reader *reader = reader_of(info);
    codec_status status = jpeg_status(info);
    jpeg_give_up(info, status == codec_corrupt && reader && reader->has_ended ? codec_truncated : status);
}

// If the file has ended, missing data means missing pixels from the current row on. Otherwise the file is damaged.
static void on_missing_data(j_common_ptr info) {
    jpeg_reader *reader = reader_of(info);
    if (!reader || !reader->has_ended) {
        jpeg_give_up(info, codec_corrupt);
    }
    if (!reader->is_cut) {
        reader->is_cut = 1;
        reader->cut_row = reader->info.input_iMCU_row * (uint32_t)reader->info.max_v_samp_factor * DCTSIZE;
    }
}

// After a warning, libjpeg continues and fills missing parts with gray. This function handles the warnings about
// missing or wrong pixels. The others (stray bytes between segments, unusual headers) are common in good photographs.
static void on_message(j_common_ptr info, int level) {
    if (level >= 0) {
        return;
    }
    switch (info->err->msg_code) {
    case JWRN_JPEG_EOF: {
        jpeg_reader *reader = reader_of(info);
        if (!reader) {
            jpeg_give_up(info, codec_truncated);
        }
        reader->has_ended = 1;
        return;
    }
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
        on_missing_data(info);
        return;
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

// Limits the number of scans: a few kilobytes can hold thousands of progressive scans, and each costs a pass over the
// whole picture.
static void on_progress(j_common_ptr info) {
    jpeg_reader *reader = (jpeg_reader *)info->client_data;
    if ((uint32_t)reader->info.input_scan_number > reader->request->max_scans) {
        reader->failure.result = codec_failure(codec_limit, "more progressive scans than the limit");
        longjmp(reader->failure.escape, 1);
    }
}

// CMYK is stored inverted (255 means no ink), as Adobe's software writes it, with or without a marker. Other readers do
// the same.
static void inks_to_rgb(const uint8_t *inks, uint32_t width, uint8_t *rgb) {
    for (uint32_t x = 0; x < width; x++, inks += 4, rgb += 3) {
        for (int channel = 0; channel < 3; channel++) {
            uint32_t product = (uint32_t)inks[channel] * inks[3] + 128u;
            rgb[channel] = (uint8_t)((product + (product >> 8)) >> 8);
        }
    }
}

// The number of rows that are read at a time.
enum { batch = 16 };

// Decodes directly into the part, if the part is the whole, unchanged picture.
static void read_whole(jpeg_reader *reader) {
    struct jpeg_decompress_struct *info = &reader->info;
    size_t stride = (size_t)info->output_width * 3;
    while (info->output_scanline < info->output_height) {
        JSAMPROW rows[batch];
        uint32_t first = info->output_scanline, left = info->output_height - first;
        uint32_t count = left < batch ? left : batch;
        for (uint32_t i = 0; i < count; i++) {
            rows[i] = reader->request->parts[0].rgb + (first + i) * stride;
        }
        jpeg_read_scanlines(info, rows, count);
    }
    reader->sink.next = info->output_height;
}

// Returns the number of rows, from the next one on, that no part needs.
static uint32_t unneeded(const jpeg_reader *reader) {
    const codec_sink *sink = &reader->sink;
    uint64_t nearest = sink->end;
    for (uint32_t i = 0; i < reader->request->count_of_parts; i++) {
        const codec_part *part = &reader->request->parts[i];
        uint64_t top = (uint64_t)part->top * sink->factor, end = (uint64_t)(part->top + part->height) * sink->factor;
        if (end > sink->next && top < nearest) {
            nearest = top;
        }
    }
    return nearest > sink->next ? (uint32_t)(nearest - sink->next) : 0;
}

// Skips the rows before a part, except for a few that the smooth chroma upsampling of its first row needs.
static void skip_rows(jpeg_reader *reader) {
    const uint32_t margin = 64;
    uint32_t rows = unneeded(reader);
    if (reader->sink.factor > 1 || rows <= 2 * margin) {
        return;
    }
    reader->sink.next += jpeg_skip_scanlines(&reader->info, rows - margin);
}

static void read_rows(jpeg_reader *reader, int inks) {
    struct jpeg_decompress_struct *info = &reader->info;
    JDIMENSION samples = info->output_width * (inks ? 4 : 3);
    JSAMPARRAY rows = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, samples, batch);
    JSAMPARRAY rgb = inks ? info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, info->output_width * 3, 1) : NULL;
    while (!codec_sink_is_full(&reader->sink) && info->output_scanline < info->output_height) {
        skip_rows(reader);
        JDIMENSION count = jpeg_read_scanlines(info, rows, batch);
        for (JDIMENSION i = 0; i < count; i++) {
            if (inks) {
                inks_to_rgb(rows[i], info->output_width, rgb[0]);
            }
            codec_sink_take(&reader->sink, inks ? rgb[0] : rows[i]);
        }
    }
}

// Checks the memory limit: for files with several scans, all coefficients stay in memory until the last scan.
static int fits(jpeg_reader *reader) {
    struct jpeg_decompress_struct *info = &reader->info;
    if (!jpeg_has_multiple_scans(info)) {
        return 1;
    }
    uint64_t bytes = 0;
    for (int i = 0; i < info->num_components; i++) {
        const jpeg_component_info *component = &info->comp_info[i];
        uint64_t across = component->width_in_blocks + (uint64_t)component->h_samp_factor;
        uint64_t down = component->height_in_blocks + (uint64_t)component->v_samp_factor;
        bytes += across * down * sizeof(JBLOCK);
    }
    return codec_fits(reader->request, bytes, &reader->failure.result);
}

// Returns whether all scans of a file with several scans are present, as far as this can be known. In that case, a
// progressive file has every bit.
static int has_every_bit(const struct jpeg_decompress_struct *info) {
    if (!info->progressive_mode || !info->coef_bits) {
        return 0;
    }
    for (int component = 0; component < info->num_components; component++) {
        for (int i = 0; i < DCTSIZE2; i++) {
            if (info->coef_bits[component][i] != 0) {
                return 0;
            }
        }
    }
    return 1;
}

// Returns the result after decoding, with the missing rows if a few are missing, or an error if too many are.
static codec_result verdict(const jpeg_reader *reader) {
    codec_result result = codec_success();
    if (!reader->has_ended) {
        return result;
    }
    codec_result truncated = codec_failure(codec_truncated, "the data end too early");
    // Missing arithmetic codes are read as zeros, so the start of the missing part is unknown.
    if (reader->info.arith_code || (reader->has_several_scans && (reader->is_cut || !reader->has_every_bit))) {
        return truncated;
    }
    uint32_t height = reader->info.image_height;
    uint32_t missing = reader->is_cut && reader->cut_row < height ? height - reader->cut_row : 0;
    if (missing > height / 20) {
        return truncated;
    }
    result.lacks_end = 1;
    result.missing_rows = missing;
    return result;
}

static int is_whole(const jpeg_reader *reader) {
    const codec_part *part = &reader->request->parts[0];
    return reader->request->count_of_parts == 1 && reader->sink.factor == 1 && part->left == 0 && part->top == 0 &&
        part->width == reader->info.output_width && part->height == reader->info.output_height &&
        part->column_step == 3 && part->row_step == (ptrdiff_t)part->width * 3;
}

static void read_picture(jpeg_reader *reader) {
    struct jpeg_decompress_struct *info = &reader->info;
    const codec_request *request = reader->request;
    if (setjmp(reader->failure.escape)) {
        return;
    }
    jpeg_create_decompress(info);
    info->client_data = reader;
    info->progress = &reader->progress;
    jpeg_mem_src(info, request->data, request->count);
    jpeg_read_header(info, TRUE);
    if (info->image_width != request->width || info->image_height != request->height) {
        reader->failure.result = codec_failure(codec_corrupt, "two headers disagree on the size");
        return;
    }
    if (!fits(reader)) {
        return;
    }
    int inks = info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK;
    info->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    uint32_t reduction = request->reduction < 8 ? request->reduction : 8;
    info->scale_num = 8 / reduction;
    info->scale_denom = 8;
    reader->has_several_scans = jpeg_has_multiple_scans(info);
    jpeg_start_decompress(info);
    codec_result opened = codec_sink_open(
        &reader->sink, request, info->output_width, info->output_height, request->reduction / reduction);
    if (opened.status != codec_ok) {
        reader->failure.result = opened;
        return;
    }
    if (!inks && is_whole(reader)) {
        read_whole(reader);
    } else {
        read_rows(reader, inks);
    }
    // Finishing frees the information about the bits, and checks for the end marker.
    reader->has_every_bit = has_every_bit(info);
    if (info->output_scanline >= info->output_height) {
        jpeg_finish_decompress(info);
    }
    reader->failure.result = verdict(reader);
}

codec_result codec_jpeg_decode(const codec_request *request) {
    jpeg_reader reader = {.request = request};
    reader.info.err = install(&reader.failure);
    reader.progress.progress_monitor = on_progress;
    read_picture(&reader);
    codec_sink_close(&reader.sink);
    jpeg_destroy_decompress(&reader.info);
    return reader.failure.result;
}
