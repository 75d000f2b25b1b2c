#include "cmemorystream.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

typedef uint64_t words __attribute__((vector_size(64)));

#define READ                                                                                                          \
    const words *at = memory;                                                                                         \
    words a = {0}, b = {0}, c = {0}, d = {0};                                                                         \
    for (size_t i = 0; i < bytes / sizeof(words); i += 4) {                                                           \
        a ^= at[i];                                                                                                   \
        b ^= at[i + 1];                                                                                               \
        c ^= at[i + 2];                                                                                               \
        d ^= at[i + 3];                                                                                               \
    }                                                                                                                 \
    a ^= b ^ c ^ d;                                                                                                   \
    uint64_t sum = 0;                                                                                                 \
    for (int i = 0; i < 8; i++) sum ^= a[i];                                                                          \
    return sum;

static uint64_t read_baseline(const void *memory, size_t bytes) { READ }
#if defined(__x86_64__)
__attribute__((target("avx2"))) static uint64_t read_avx2(const void *memory, size_t bytes) { READ }
__attribute__((target("avx512f"))) static uint64_t read_avx512(const void *memory, size_t bytes) { READ }
#endif

uint64_t cms_read(const void *memory, size_t bytes) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return read_avx512(memory, bytes);
    if (__builtin_cpu_supports("avx2")) return read_avx2(memory, bytes);
#endif
    return read_baseline(memory, bytes);
}

void *cms_allocate(size_t bytes) {
    void *memory = NULL;
    if (posix_memalign(&memory, (size_t)2 << 20, bytes) != 0) return NULL;
#if defined(__linux__)
    madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    memset(memory, 1, bytes);
    return memory;
}
