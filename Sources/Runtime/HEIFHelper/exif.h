#pragma once

#include <stddef.h>
#include <stdint.h>

// Returns whether a HEIF file rotates or mirrors any of its pictures, that is, whether its item properties contain
// `irot` or `imir`.
int heif_is_transformed(const uint8_t *data, size_t count);

// Returns the orientation 1...8 in an Exif item: four bytes with the offset of its TIFF header, then Exif; 1 if it
// contains no orientation.
int exif_orientation(const uint8_t *block, size_t count);
