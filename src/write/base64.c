#include "write/base64.h"

#include <stdint.h>

/* What is turned into text at a time. */
enum { PIECE = 3 * 4096 };

void base64_begin(struct base64 *base64, FILE *to)
{
    base64->to = to;
    base64_encode_init(&base64->context);
}

void base64_add(struct base64 *base64, const void *bytes, size_t size)
{
    char text[BASE64_ENCODE_LENGTH(PIECE) + 1];
    const uint8_t *from = bytes;
    while (size) {
        size_t piece = size < PIECE ? size : PIECE;
        size_t length = base64_encode_update(&base64->context, text, piece, from);
        fwrite(text, 1, length, base64->to);
        from += piece;
        size -= piece;
    }
}

void base64_end(struct base64 *base64)
{
    char text[BASE64_ENCODE_FINAL_LENGTH];
    fwrite(text, 1, base64_encode_final(&base64->context, text), base64->to);
}

bool base64_decode(FILE *from, char end, FILE *to)
{
    struct base64_decode_ctx context;
    base64_decode_init(&context);
    int c;
    while ((c = getc_unlocked(from)) != EOF && c != end) {
        uint8_t byte;
        int count = base64_decode_single(&context, &byte, (char)c);
        if (count < 0 || (count && putc_unlocked(byte, to) == EOF)) {
            return false;
        }
    }
    return c == end && base64_decode_final(&context);
}
