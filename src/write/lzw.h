/* Palette indices -> the compressed pixels of a GIF picture (GIF89a, appendix F). */
#ifndef WRITE_LZW_H
#define WRITE_LZW_H

#include <stddef.h>
#include <stdint.h>

struct lzw;

struct lzw *lzw_create(void);

/* The bytes in the file for so many indices, at least one, of 2 .. 8 bits: from the number
 * of bits to the last block, valid until the next call. */
const unsigned char *lzw_compress(struct lzw *lzw, const uint8_t *indices, size_t count, int bits,
                                  size_t *size);

/* Accepts NULL. */
void lzw_destroy(struct lzw *lzw);

#endif
