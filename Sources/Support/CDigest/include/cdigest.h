#pragma once

#include <stddef.h>
#include <stdint.h>

/// Computes SHA-256 (FIPS 180-4) of `count` bytes with the system's OpenSSL.
///
/// Returns 0, or −1 if OpenSSL fails (it has no memory, or its provider is missing).
int likeness_sha256(const void *_Nullable bytes, size_t count, uint8_t digest[_Nonnull 32]);

/// Computes SHA-256 of the rest of an open file, from the current position to the end.
///
/// Returns 0, −1 if OpenSSL fails, or the `errno` of the failed read.
int likeness_sha256_file(int file, uint8_t digest[_Nonnull 32]);
