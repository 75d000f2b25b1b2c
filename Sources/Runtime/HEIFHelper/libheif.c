#include "libheif.h"

#include <dlfcn.h>
#include <string.h>

static const struct {
    const char *name;
    size_t offset;
    int optional;
} entries[] = {
    {"heif_init", offsetof(heif_functions, init), 1},
    {"heif_context_alloc", offsetof(heif_functions, context_alloc), 0},
    {"heif_context_read_from_memory_without_copy", offsetof(heif_functions, read), 0},
    {"heif_context_get_primary_image_handle", offsetof(heif_functions, primary), 0},
    {"heif_image_handle_get_width", offsetof(heif_functions, width), 0},
    {"heif_image_handle_get_height", offsetof(heif_functions, height), 0},
    {"heif_image_handle_has_alpha_channel", offsetof(heif_functions, has_alpha), 0},
    {"heif_image_handle_is_premultiplied_alpha", offsetof(heif_functions, is_premultiplied), 1},
    {"heif_image_handle_get_list_of_metadata_block_IDs", offsetof(heif_functions, metadata_ids), 0},
    {"heif_image_handle_get_metadata_size", offsetof(heif_functions, metadata_size), 0},
    {"heif_image_handle_get_metadata", offsetof(heif_functions, metadata), 0},
    {"heif_decoding_options_alloc", offsetof(heif_functions, options_alloc), 0},
    {"heif_decode_image", offsetof(heif_functions, decode), 0},
    {"heif_image_get_width", offsetof(heif_functions, image_width), 0},
    {"heif_image_get_height", offsetof(heif_functions, image_height), 0},
    {"heif_image_get_plane_readonly", offsetof(heif_functions, plane), 0},
};

const char *heif_open(heif_functions *functions) {
    const char *const names[] = {"libheif.so.1", "libheif.so", "libheif.1.dylib", "libheif.dylib"};
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !library; i++) {
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    }
    if (!library) {
        return "the library libheif is not installed";
    }
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        void *symbol = dlsym(library, entries[i].name);
        if (!symbol && !entries[i].optional) {
            return "the installed libheif is too old";
        }
        memcpy((char *)functions + entries[i].offset, &symbol, sizeof symbol);
    }
    return NULL;
}
