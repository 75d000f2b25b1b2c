#pragma once

#include <stddef.h>
#include <stdint.h>

/// Memory at a multiple of 2 MiB, in large pages where the system grants them, every page touched; NULL where there is
/// none. It is never given back.
void *cms_allocate(size_t bytes);

/// Reads `bytes` (a multiple of 256) at `memory` (a multiple of 64), and returns their exclusive or, so that no read is
/// spared.
uint64_t cms_read(const void *memory, size_t bytes);
