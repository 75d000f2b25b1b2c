#include "cdigest.h"

#include <openssl/evp.h>

int likeness_sha256(const void *bytes, size_t count, uint8_t digest[32]) {
    unsigned int length = 0;
    int done = EVP_Digest(bytes, count, digest, &length, EVP_sha256(), NULL);
    return done == 1 && length == 32 ? 0 : -1;
}
