/* Palette indices -> the compressed pixels of a GIF picture (GIF89a, appendix F).
 *
 * Where a pixel may as well be transparent, the one is taken that goes on with a string
 * that the table has. */
#ifndef WRITE_LZW_H
#define WRITE_LZW_H

#include <stddef.h>
#include <stdint.h>

struct lzw_pixels {
    const uint8_t *indices;
    const uint8_t *stays;   /* whether each may be transparent; NULL: none */
    size_t count;           /* at least 1 */
    int transparent;        /* the index of a transparent pixel */
    int bits;               /* of an index, 2 .. 8 */
};

struct lzw;

struct lzw *lzw_create(void);

/* The bytes in the file, from the number of bits to the last block, valid until the next
 * call. */
const unsigned char *lzw_compress(struct lzw *lzw, const struct lzw_pixels *pixels, size_t *size);

/* Accepts NULL. */
void lzw_destroy(struct lzw *lzw);

#endif
