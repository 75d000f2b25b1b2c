#pragma once

#include <stddef.h>
#include <stdint.h>

/// Allocates memory at a multiple of 2 MiB, in large pages if the system grants them, and touches every page. Returns
/// NULL if there is not enough. The memory is never freed.
void *cms_allocate(size_t bytes);

/// Reads `bytes` (a multiple of 256) at `memory` (a multiple of 64). Returns their exclusive or, so that the compiler
/// removes no read.
uint64_t cms_read(const void *memory, size_t bytes);
