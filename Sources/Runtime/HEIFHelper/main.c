// likeness-heif: decodes the HEIC or AVIF on its standard input, for the process that started it.
//
//     likeness-heif size|rows MEMORY SECONDS PIXELS
//
// Writes the line `size WIDTH HEIGHT` for the upright picture and, for `rows`, WIDTH * HEIGHT * 3 bytes: red, green and
// blue, row by row, with transparency composited on white. On failure, writes a line that starts with the reason,
// `missing` (the library), `memory`, `large`, `unsupported`, `truncated` or `corrupt`, followed by a message for
// people.
//
// Limits its own memory to MEMORY bytes and its time to SECONDS. If a damaged or hostile file breaks the library, only
// this process ends.

#include "exif.h"
#include "libheif.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <signal.h>
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static _Noreturn void refuse(const char *word, const char *why) {
    printf("%s %.400s\n", word, why);
    fflush(stdout);
    _exit(1);
}

static void limit(int what, unsigned long long value) {
    struct rlimit old;
    if (getrlimit(what, &old) != 0) {
        return;
    }
    rlim_t wanted = (rlim_t)value;
    if (old.rlim_max != RLIM_INFINITY && wanted > old.rlim_max) {
        wanted = old.rlim_max;
    }
    if (old.rlim_cur != RLIM_INFINITY && wanted > old.rlim_cur) {
        return;
    }
    struct rlimit new = {.rlim_cur = wanted, .rlim_max = wanted};
    setrlimit(what, &new);
}

// The memory for programs, libraries and the stacks of libheif's threads, which does not depend on the picture.
static const unsigned long long own_memory = 512ull << 20;

static void limit_everything(unsigned long long memory, unsigned long long seconds) {
    limit(RLIMIT_AS, memory + own_memory);
    limit(RLIMIT_CPU, seconds * 4);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    alarm((unsigned)seconds + 1);
}

static uint8_t *read_input(size_t *count) {
    struct stat status;
    size_t capacity = fstat(STDIN_FILENO, &status) == 0 && status.st_size > 0 ? (size_t)status.st_size + 1 : 1 << 20;
    uint8_t *bytes = malloc(capacity);
    *count = 0;
    while (bytes) {
        if (*count == capacity) {
            capacity *= 2;
            uint8_t *more = realloc(bytes, capacity);
            if (!more) {
                break;
            }
            bytes = more;
        }
        ssize_t got = read(STDIN_FILENO, bytes + *count, capacity - *count);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return bytes;
        }
        *count += (size_t)got;
    }
    refuse("memory", "no memory for the file");
}

static void check(heif_error error) {
    if (error.code == heif_error_ok) {
        return;
    }
    const char *message = error.message && *error.message ? error.message : "no reason given";
    if (error.code == heif_error_memory_allocation || error.subcode == heif_suberror_security_limit) {
        refuse("memory", message);
    }
    if (error.code == heif_error_unsupported_feature || error.code == heif_error_unsupported_filetype) {
        refuse("unsupported", message);
    }
    refuse(error.subcode == heif_suberror_end_of_data ? "truncated" : "corrupt", message);
}

// Returns the orientation in EXIF if HEIF itself defines no rotation. According to the standard, HEIF's own
// transformations are the valid ones, and writers that use them may set EXIF's orientation to anything.
static int orientation(const heif_functions *heif, const heif_handle *handle, const uint8_t *data, size_t count) {
    uint32_t id;
    if (heif_is_transformed(data, count) || heif->metadata_ids(handle, "Exif", &id, 1) < 1) {
        return 1;
    }
    size_t size = heif->metadata_size(handle, id);
    uint8_t *block = size > 4 && size <= count ? malloc(size) : NULL;
    int result = 1;
    if (block && heif->metadata(handle, id, block).code == heif_error_ok) {
        result = exif_orientation(block, size);
    }
    free(block);
    return result;
}

static uint8_t over_white(uint8_t value, uint8_t alpha, int premultiplied) {
    uint32_t sum = premultiplied ? (uint32_t)value * 255u : (uint32_t)value * alpha;
    sum += 255u * (255u - alpha) + 128u;
    uint32_t result = (sum + (sum >> 8)) >> 8;
    return (uint8_t)(result > 255 ? 255 : result);
}

static void write_all(const uint8_t *bytes, size_t count) {
    while (count > 0) {
        ssize_t put = write(STDOUT_FILENO, bytes, count);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            _exit(1);
        }
        bytes += put;
        count -= (size_t)put;
    }
}

// The decoded picture, and the transformation that makes it upright.
typedef struct {
    const uint8_t *pixels;
    size_t stride;
    int width, height, channels, premultiplied, turn;
} picture;

// Returns the pixel at column x and row y of the upright picture.
static const uint8_t *pixel(const picture *from, int x, int y) {
    int swaps = from->turn >= 5;
    int column = swaps ? y : x, row = swaps ? x : y;
    if (from->turn == 2 || from->turn == 3 || from->turn == 7 || from->turn == 8) {
        column = from->width - 1 - column;
    }
    if (from->turn == 3 || from->turn == 4 || from->turn == 6 || from->turn == 7) {
        row = from->height - 1 - row;
    }
    return from->pixels + (size_t)row * from->stride + (size_t)column * (size_t)from->channels;
}

static void write_rows(const picture *from) {
    int swaps = from->turn >= 5;
    int width = swaps ? from->height : from->width, height = swaps ? from->width : from->height;
    uint8_t *row = malloc((size_t)width * 3);
    if (!row) {
        _exit(1);
    }
    for (int y = 0; y < height; y++) {
        uint8_t *target = row;
        for (int x = 0; x < width; x++, target += 3) {
            const uint8_t *source = pixel(from, x, y);
            for (int channel = 0; channel < 3; channel++) {
                target[channel] = from->channels == 4
                    ? over_white(source[channel], source[3], from->premultiplied) : source[channel];
            }
        }
        write_all(row, (size_t)width * 3);
    }
    free(row);
}

static void decode(const heif_functions *heif, const heif_handle *handle, int width, int height, int turn) {
    heif_decoding_options *options = heif->options_alloc();
    if (!options) {
        _exit(1);
    }
    if (options->version >= 2) {
        options->convert_hdr_to_8bit = 1;
    }
    int alpha = heif->has_alpha(handle);
    heif_image *image = NULL;
    heif_error error = heif->decode(
        handle, &image, heif_colorspace_rgb, alpha ? heif_chroma_interleaved_rgba : heif_chroma_interleaved_rgb,
        options);
    if (error.code != heif_error_ok || !image) {
        _exit(2);
    }
    int stride = 0;
    picture from = {.channels = alpha ? 4 : 3, .turn = turn};
    from.pixels = heif->plane(image, heif_channel_interleaved, &stride);
    from.stride = (size_t)stride;
    from.width = heif->image_width(image, heif_channel_interleaved);
    from.height = heif->image_height(image, heif_channel_interleaved);
    from.premultiplied = alpha && heif->is_premultiplied && heif->is_premultiplied(handle);
    if (!from.pixels || from.width != width || from.height != height) {
        _exit(2);
    }
    write_rows(&from);
}

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "usage: likeness-heif size|rows MEMORY SECONDS PIXELS\n");
        return 64;
    }
#ifdef __linux__
    // If the parent process ends for any reason, nobody needs the picture. The parent's thread that starts this process
    // also waits for it, so the end of that thread is the end of the parent.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    limit_everything(strtoull(arguments[2], NULL, 10), strtoull(arguments[3], NULL, 10));
    heif_functions heif = {0};
    const char *why = heif_open(&heif);
    if (why) {
        refuse("missing", why);
    }
    size_t size;
    uint8_t *data = read_input(&size);
    if (heif.init) {
        check(heif.init(NULL));
    }
    heif_context *context = heif.context_alloc();
    heif_handle *handle = NULL;
    if (!context) {
        refuse("memory", "no memory for the decoder");
    }
    check(heif.read(context, data, size, NULL));
    check(heif.primary(context, &handle));
    int width = heif.width(handle), height = heif.height(handle);
    int turn = orientation(&heif, handle, data, size);
    int upright[2] = {turn >= 5 ? height : width, turn >= 5 ? width : height};
    if (width <= 0 || height <= 0) {
        refuse("corrupt", "it has no pixels");
    }
    if ((unsigned long long)width * (unsigned long long)height > strtoull(arguments[4], NULL, 10)) {
        char sides[64];
        snprintf(sides, sizeof sides, "%d %d", upright[0], upright[1]);
        refuse("large", sides);
    }
    printf("size %d %d\n", upright[0], upright[1]);
    fflush(stdout);
    if (strcmp(arguments[1], "rows") == 0) {
        decode(&heif, handle, width, height, turn);
    }
    // Exits without the library's cleanup, which a damaged file may have made impossible.
    _exit(0);
}
