#include "ccodecs.h"

#if defined(__GLIBC__) || defined(__linux__)
#include <malloc.h>
#endif

void codec_give_back_large_blocks(size_t size) {
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, (int)size);
#else
    (void)size;
#endif
}
