#include "base/hash.h"

#include <string.h>

void hash_init(struct hash *hash)
{
    sha256_init(&hash->context);
}

void hash_add(struct hash *hash, const void *bytes, size_t size)
{
    sha256_update(&hash->context, size, bytes);
}

void hash_add_stream(struct hash *hash, FILE *stream)
{
    char bytes[65536];
    size_t size;
    while ((size = fread(bytes, 1, sizeof bytes, stream)) > 0) {
        hash_add(hash, bytes, size);
    }
}

struct digest hash_end(struct hash *hash)
{
    struct digest digest = { { 0 } };
    unsigned char bytes[SHA256_DIGEST_SIZE];
    sha256_digest(&hash->context, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        snprintf(digest.text + 2 * i, 3, "%02x", bytes[i]);
    }
    return digest;
}

struct digest hash_of_text(const char *text)
{
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, text, strlen(text));
    return hash_end(&hash);
}
