/* Rows of bytes -> a zlib stream (RFC 1950), compressed in parts by threads that
 * have nothing else to do.
 *
 * Every part ends on a byte and knows the bytes before it as its dictionary
 * (zlib's manual: deflateSetDictionary, Z_SYNC_FLUSH), so that the stream is
 * about as small as one made at once. It is the same for any number of threads. */
#ifndef WRITE_ZLIB_ROWS_H
#define WRITE_ZLIB_ROWS_H

#include <stddef.h>

struct zlib_rows {
    size_t count, size; /* how many rows, and bytes of one; at least 1 */
    int level;          /* zlib's, 1 .. 9 */
    /* Writes the bytes of a row. Threads call it at the same time. */
    void (*read)(const void *context, size_t row, unsigned char *bytes);
    const void *context;
};

struct zlib_part {
    unsigned char *bytes; /* free them with free */
    size_t size;
};

/* The stream in order, part by part; their number is in count. Free the array
 * with free after its parts. */
struct zlib_part *zlib_compress(const struct zlib_rows *rows, size_t *count);

#endif
