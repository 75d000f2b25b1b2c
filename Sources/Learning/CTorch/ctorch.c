#include "ctorch.h"

#include <dlfcn.h>
#include <stdio.h>

const ctorch_api *ctorch_open(const char *path, char *reason, int64_t capacity) {
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
