#pragma once

#include <stddef.h>
#include <stdint.h>

// Whether a HEIF file turns or mirrors any of its pictures: whether its item properties hold `irot` or `imir`.
int heif_is_transformed(const uint8_t *data, size_t count);

// The orientation 1...8 in an Exif item: four bytes that say where its TIFF header begins, then Exif; 1 where it states none.
int exif_orientation(const uint8_t *block, size_t count);
