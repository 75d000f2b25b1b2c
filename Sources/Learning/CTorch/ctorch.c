#include "ctorch.h"

#include <dlfcn.h>
#include <malloc.h>
#include <stdio.h>

const ctorch_api *ctorch_open(const char *path, char *reason, int64_t capacity) {
    // Each step allocates and frees large tensors. Usually the C library gives such memory back to the kernel, which
    // fills it with zeros again: a third of the time for maps of 112 x 112. Here it is kept.
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, -1);
    mallopt(M_TOP_PAD, 256 << 20);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        snprintf(reason, (size_t)capacity, "%s", dlerror());
        return NULL;
    }
    ctorch_entry entry = (ctorch_entry)dlsym(library, "likeness_torch_api");
    if (!entry) {
        snprintf(reason, (size_t)capacity, "it exports no likeness_torch_api");
        return NULL;
    }
    const ctorch_api *api = entry();
    if (api->version != CTORCH_VERSION) {
        snprintf(reason, (size_t)capacity, "it was built for version %d of the interface, this program needs %d",
                 api->version, CTORCH_VERSION);
        return NULL;
    }
    return api;
}
