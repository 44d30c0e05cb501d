/* Bytes as text inside of a document, RFC 4648, a piece at a time. */
#ifndef WRITE_BASE64_H
#define WRITE_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <nettle/base64.h>

struct base64 {
    struct base64_encode_ctx context;
    FILE *to; /* who looks whether it took everything is the caller */
};

void base64_begin(struct base64 *base64, FILE *to);
void base64_add(struct base64 *base64, const void *bytes, size_t size);
void base64_end(struct base64 *base64);

/* The bytes of the text that is next in a stream, up to the character end. False when they
 * cannot be written or the text is not whole. */
bool base64_decode(FILE *from, char end, FILE *to);

#endif
