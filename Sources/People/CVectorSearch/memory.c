#include "cvectorsearch.h"

#include <sys/mman.h>

#define LARGE_PAGE ((size_t)2 << 20)

static size_t whole_pages(size_t bytes) { return (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE; }

void *cvs_allocate(size_t bytes) {
    size_t size = whole_pages(bytes);
    char *mapped = mmap(NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    if (mapped == MAP_FAILED) return NULL;
    size_t before = (LARGE_PAGE - (uintptr_t)mapped % LARGE_PAGE) % LARGE_PAGE;
    if (before > 0) munmap(mapped, before);
    if (before < LARGE_PAGE) munmap(mapped + before + size, LARGE_PAGE - before);
#if defined(__linux__)
    madvise(mapped + before, size, MADV_HUGEPAGE);
#endif
    return mapped + before;
}

void cvs_free(void *memory, size_t bytes) {
    if (memory != NULL) munmap(memory, whole_pages(bytes));
}
