// The part of libheif 1.12 and later that is used, declared here and looked up in the library at run time, so that
// building needs no files of libheif. The declarations follow libheif's own header.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
    int code;
    int subcode;
    const char *message;
} heif_error;

enum {
    heif_error_ok = 0,
    heif_error_unsupported_filetype = 3,
    heif_error_unsupported_feature = 4,
    heif_error_memory_allocation = 6,
    heif_suberror_end_of_data = 100,
    heif_suberror_security_limit = 1000,
    heif_colorspace_rgb = 1,
    heif_chroma_interleaved_rgb = 10,
    heif_chroma_interleaved_rgba = 11,
    heif_channel_interleaved = 10,
};

// The start of libheif's struct. Later versions add fields at its end.
typedef struct {
    uint8_t version;
    uint8_t ignore_transformations;
    void *callbacks[4];
    uint8_t convert_hdr_to_8bit;
} heif_decoding_options;

typedef struct heif_context heif_context;
typedef struct heif_handle heif_handle;
typedef struct heif_image heif_image;

typedef struct {
    heif_error (*init)(void *parameters);
    heif_context *(*context_alloc)(void);
    heif_error (*read)(heif_context *context, const void *data, size_t count, const void *options);
    heif_error (*primary)(heif_context *context, heif_handle **handle);
    int (*width)(const heif_handle *handle);
    int (*height)(const heif_handle *handle);
    int (*has_alpha)(const heif_handle *handle);
    int (*is_premultiplied)(const heif_handle *handle);
    int (*metadata_ids)(const heif_handle *handle, const char *type, uint32_t *ids, int count);
    size_t (*metadata_size)(const heif_handle *handle, uint32_t id);
    heif_error (*metadata)(const heif_handle *handle, uint32_t id, void *target);
    heif_decoding_options *(*options_alloc)(void);
    heif_error (*decode)(
        const heif_handle *handle, heif_image **image, int colorspace, int chroma, const heif_decoding_options *options);
    int (*image_width)(const heif_image *image, int channel);
    int (*image_height)(const heif_image *image, int channel);
    const uint8_t *(*plane)(const heif_image *image, int channel, int *stride);
} heif_functions;

// Opens the library. Returns NULL on success, otherwise the reason why it can't be used.
const char *heif_open(heif_functions *functions);
