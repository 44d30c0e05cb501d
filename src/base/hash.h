/* SHA-256 (FIPS 180-4) of bytes, by Nettle: what sha256sum prints. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdio.h>

#include <nettle/sha2.h>

struct hash {
    struct sha256_ctx context;
};

/* In hexadecimal digits. */
struct digest {
    char text[2 * SHA256_DIGEST_SIZE + 1];
};

void hash_init(struct hash *hash);
void hash_add(struct hash *hash, const void *bytes, size_t size);

/* All that the stream still holds. */
void hash_add_stream(struct hash *hash, FILE *stream);

/* The digest of what was added; the hash begins anew. */
struct digest hash_end(struct hash *hash);

struct digest hash_of_text(const char *text);

#endif
