#include "write/zlib_rows.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/memory.h"
#include "base/parallel.h"

/* A part is about so many bytes; deflate looks back by a window at most. */
enum { PART_BYTES = 1 << 17, WINDOW = 1 << 15 };

/* Around the deflated data: method and window, which level was used; a checksum. */
enum { HEADER_BYTES = 2, CHECKSUM_BYTES = 4 };

struct compression {
    const struct zlib_rows *rows;
    size_t rows_per_part, count;
    struct zlib_part *parts;
    uLong *checksums; /* of each part */
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The calls are right: only memory can be short. */
static void check(bool good)
{
    if (!good) {
        memory_end();
    }
}

/* Appends the deflated bytes to a part, which begins the stream if it is empty. */
static void deflate_part(struct zlib_part *part, const unsigned char *bytes, size_t size,
                         size_t before, int level, bool is_last)
{
    z_stream stream = { 0 };
    check(deflateInit2(&stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    check(deflateSetDictionary(&stream, bytes - before, (uInt)before) == Z_OK);
    size_t room = deflateBound(&stream, (uLong)size) + HEADER_BYTES + CHECKSUM_BYTES + 16;
    part->bytes = memory_resize(part->bytes, room, 1);
    stream.next_in = (z_const Bytef *)bytes;
    stream.avail_in = (uInt)size;
    stream.next_out = part->bytes + part->size;
    stream.avail_out = (uInt)(room - part->size);
    int code = deflate(&stream, is_last ? Z_FINISH : Z_SYNC_FLUSH);
    check(code == (is_last ? Z_STREAM_END : Z_OK) && !stream.avail_in);
    part->size += stream.total_out;
    deflateEnd(&stream);
}

static void compress_part(void *context, size_t number)
{
    const struct compression *compression = context;
    const struct zlib_rows *rows = compression->rows;
    size_t first = number * compression->rows_per_part;
    size_t end = least(first + compression->rows_per_part, rows->count);
    size_t rows_before = least(first, (WINDOW + rows->size - 1) / rows->size);
    unsigned char *bytes = memory_new(end - first + rows_before, rows->size);
    for (size_t row = first - rows_before; row < end; row++) {
        rows->read(rows->context, row, bytes + (row + rows_before - first) * rows->size);
    }
    size_t before = rows_before * rows->size, size = (end - first) * rows->size;
    struct zlib_part *part = &compression->parts[number];
    if (number == 0) {
        part->bytes = memory_new(HEADER_BYTES, 1);
        part->bytes[part->size++] = 0x78; /* deflate with the largest window */
        part->bytes[part->size++] = 0x9c; /* at the default level; makes a multiple of 31 */
    }
    deflate_part(part, bytes + before, size, least(before, WINDOW), rows->level,
                 end == rows->count);
    compression->checksums[number] = adler32(adler32(0, NULL, 0), bytes + before, (uInt)size);
    free(bytes);
}

/* Closes the stream with the checksum of all bytes, most significant byte first. */
static void add_checksum(struct compression *compression)
{
    const struct zlib_rows *rows = compression->rows;
    struct zlib_part *last = &compression->parts[compression->count - 1];
    uLong sum = compression->checksums[0];
    for (size_t i = 1; i < compression->count; i++) {
        size_t first = i * compression->rows_per_part;
        size_t part_rows = least(compression->rows_per_part, rows->count - first);
        sum = adler32_combine(sum, compression->checksums[i], (z_off_t)(part_rows * rows->size));
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
        last->bytes[last->size++] = (unsigned char)(sum >> shift);
    }
}

struct zlib_part *zlib_compress(const struct zlib_rows *rows, size_t *count)
{
    struct compression compression = { .rows = rows };
    size_t fitting = PART_BYTES / rows->size;
    compression.rows_per_part = fitting ? fitting : 1;
    compression.count = (rows->count + compression.rows_per_part - 1)
                        / compression.rows_per_part;
    compression.parts = memory_new(compression.count, sizeof *compression.parts);
    compression.checksums = memory_new(compression.count, sizeof *compression.checksums);
    parallel_for(compression.count, compress_part, &compression);
    add_checksum(&compression);
    free(compression.checksums);
    *count = compression.count;
    return compression.parts;
}
