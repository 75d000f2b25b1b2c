#include "cdigest.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <unistd.h>

int likeness_sha256(const void *bytes, size_t count, uint8_t digest[32]) {
    unsigned int length = 0;
    int done = EVP_Digest(bytes, count, digest, &length, EVP_sha256(), NULL);
    return done == 1 && length == 32 ? 0 : -1;
}

// A block stays in the processor's cache while it is digested. Mapping the file instead would cost a page fault every
// few pages.
enum { block = 1 << 18 };

static int digest_rest(int file, EVP_MD_CTX *context, void *buffer) {
    for (;;) {
        ssize_t got = read(file, buffer, block);
        if (got == 0) {
            return 0;
        }
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return errno;
        }
        if (EVP_DigestUpdate(context, buffer, (size_t)got) != 1) {
            return -1;
        }
    }
}

int likeness_sha256_file(int file, uint8_t digest[32]) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    void *buffer = malloc(block);
    int status = -1;
    if (context && buffer && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1) {
        status = digest_rest(file, context, buffer);
        if (status == 0 && EVP_DigestFinal_ex(context, digest, NULL) != 1) {
            status = -1;
        }
    }
    free(buffer);
    EVP_MD_CTX_free(context);
    return status;
}
