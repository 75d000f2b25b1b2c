#include "exif.h"

#include <string.h>

typedef struct {
    const uint8_t *bytes;
    size_t count;
} span;

static uint64_t number(const uint8_t *bytes, int length, int little) {
    uint64_t value = 0;
    for (int i = 0; i < length; i++) {
        value = value << 8 | bytes[little ? length - 1 - i : i];
    }
    return value;
}

// Takes the next box of an ISO base media file from `rest` and returns its four-letter type and its body. Returns 0 if
// there is no further box.
static int next_box(span *rest, const uint8_t **type, span *body) {
    if (rest->count < 8) {
        return 0;
    }
    uint64_t size = number(rest->bytes, 4, 0);
    size_t header = 8;
    if (size == 1) {
        if (rest->count < 16) {
            return 0;
        }
        size = number(rest->bytes + 8, 8, 0);
        header = 16;
    } else if (size == 0) {
        size = rest->count;
    }
    if (size < header || size > rest->count) {
        return 0;
    }
    *type = rest->bytes + 4;
    *body = (span){rest->bytes + header, (size_t)size - header};
    rest->bytes += size;
    rest->count -= (size_t)size;
    return 1;
}

// Returns the body of the first box of this kind; an empty body if there is no such box.
static span find(span boxes, const char *kind) {
    const uint8_t *type;
    span body;
    while (next_box(&boxes, &type, &body)) {
        if (memcmp(type, kind, 4) == 0) {
            return body;
        }
    }
    return (span){NULL, 0};
}

int heif_is_transformed(const uint8_t *data, size_t count) {
    span meta = find((span){data, count}, "meta");
    if (meta.count < 4) {
        return 0;
    }
    // A version and flags come first.
    span properties = find(find((span){meta.bytes + 4, meta.count - 4}, "iprp"), "ipco");
    return find(properties, "irot").bytes != NULL || find(properties, "imir").bytes != NULL;
}

int exif_orientation(const uint8_t *block, size_t count) {
    if (count < 4) {
        return 1;
    }
    uint64_t start = 4 + number(block, 4, 0);
    if (start > count || count - start < 8) {
        return 1;
    }
    const uint8_t *tiff = block + start;
    size_t length = count - (size_t)start;
    int little = memcmp(tiff, "II*\0", 4) == 0;
    if (!little && memcmp(tiff, "MM\0*", 4) != 0) {
        return 1;
    }
    uint64_t directory = number(tiff + 4, 4, little);
    if (directory > length || length - directory < 2) {
        return 1;
    }
    uint64_t entries = number(tiff + directory, 2, little);
    for (uint64_t i = 0; i < entries; i++) {
        uint64_t entry = directory + 2 + i * 12;
        if (entry + 12 > length) {
            return 1;
        }
        if (number(tiff + entry, 2, little) == 0x0112) {
            uint64_t value = number(tiff + entry + 8, 2, little);
            return value >= 1 && value <= 8 ? (int)value : 1;
        }
    }
    return 1;
}
