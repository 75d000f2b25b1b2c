#include "jpeg.h"

typedef struct {
    struct jpeg_compress_struct info;
    jpeg_failure failure;
    const uint8_t *rgb;
    uint32_t width, height;
    int quality;
    unsigned char *bytes;
    unsigned long count;
} jpeg_writer;

static void on_error(j_common_ptr info) { jpeg_give_up(info, jpeg_status(info)); }

// Discards warnings: a library must not write to the standard error.
static void on_message(j_common_ptr info, int level) {
    if (level < 0) {
        info->err->num_warnings++;
    }
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
    writer.info.err = jpeg_std_error(&writer.failure.manager);
    writer.failure.manager.error_exit = on_error;
    writer.failure.manager.emit_message = on_message;
    write_picture(&writer);
    jpeg_destroy_compress(&writer.info);
    if (writer.failure.result.status != codec_ok) {
        free(writer.bytes);
        return writer.failure.result;
    }
    *out = (codec_bytes){.bytes = writer.bytes, .count = writer.count};
    return codec_success();
}
