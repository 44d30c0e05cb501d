/* A film as a GIF (version 89a): one palette for all frames, and of every frame only what it
 * changes.
 *
 * Which colours a film has is known after its last frame, so that until then all changes are
 * kept, compressed. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/timings.h"
#include "write/decoder.h"
#include "write/encoder.h"
#include "write/lzw.h"
#include "write/pace.h"
#include "write/palette.h"
#include "write/patch.h"
#include "write/sink.h"

/* Delays are in hundredths of a second. Browsers show frames of less than two for ten. */
enum { UNITS_PER_SECOND = 100, SHORTEST_MS = 20 };

enum { EXTENSION = 0x21, CONTROL = 0xf9, COMMENT = 0xfe, APPLICATION = 0xff, PICTURE = 0x2c,
       END = 0x3b };
enum { BLOCK_MOST = 255, APPLICATION_BYTES = 11, SIDE_MOST = 65535 };

/* Identifier and authentication code of an application's extension. */
static const char LOOP[] = "NETSCAPE2.0", RECORD[] = "optrenderPR";

/* A frame that waits for the palette. */
struct change {
    struct pixels rectangle;
    int64_t units;        /* of time */
    unsigned char *bytes; /* its pixels, see patch.h, compressed */
    size_t size;
};

struct writer {
    struct pace pace;
    struct patch patch;
    struct palette *palette;
    int64_t taken;             /* frames of the film */
    struct change *changes;    /* those that are shown */
    size_t count, capacity;
    /* Once the palette is known: */
    struct lzw *lzw;
    int transparent;           /* the index that no colour has */
    int bits;                  /* of an index */
    uint32_t *pixels;          /* of a change */
    uint8_t *shown;            /* the film's frame, as indices */
    uint8_t *indices;          /* of a picture in the file */
};

static bool open_gif(struct sink *sink, struct error *err)
{
    struct writer *writer = sink->state;
    const struct sink_info *info = &sink->info;
    assert(info->width_px <= SIDE_MOST && info->height_px <= SIDE_MOST); /* base/limits.c */
    if (!encoder_is_ready(err)) { /* what is written is read back */
        return error_context(err, "%s", sink->file.path);
    }
    pace_init(&writer->pace, &info->clock, info->frames, UNITS_PER_SECOND, SHORTEST_MS);
    patch_init(&writer->patch, info, false);
    writer->palette = palette_create();
    return true;
}

static void keep(struct writer *writer, int64_t units)
{
    const struct patch *patch = &writer->patch;
    size_t count = (size_t)patch->rectangle.width * (size_t)patch->rectangle.height;
    uLong size = compressBound((uLong)(count * sizeof *patch->pixels));
    struct change change = { .rectangle = patch->rectangle, .units = units };
    change.bytes = memory_new(size, 1);
    if (compress2(change.bytes, &size, (const Bytef *)patch->pixels,
                  (uLong)(count * sizeof *patch->pixels), 1) != Z_OK) {
        memory_end();
    }
    change.bytes = memory_resize(change.bytes, size, 1);
    change.size = size;
    writer->changes = memory_grow(writer->changes, writer->count, &writer->capacity,
                                  sizeof *writer->changes);
    writer->changes[writer->count++] = change;
    palette_count(writer->palette, patch->pixels, count);
}

static bool write_frame(struct sink *sink, const struct image *image, struct error *err)
{
    struct writer *writer = sink->state;
    int64_t units = pace_units(&writer->pace, writer->taken++);
    int64_t since = timings_now();
    (void)err;
    if (units) {
        patch_show(&writer->patch, image);
        keep(writer, units);
    } else {
        patch_skip(&writer->patch, image);
    }
    timings_add(TIMING_CONVERT, since);
    return true;
}

/* Two bytes, the lower one first. */
static void put_number(unsigned char *bytes, int64_t number)
{
    bytes[0] = number & 255;
    bytes[1] = (unsigned char)(number >> 8);
}

static bool put(struct sink *sink, const void *bytes, size_t size, struct error *err)
{
    return outfile_write(&sink->file, bytes, size, err);
}

/* Text in blocks, after which none follows. */
static bool put_blocks(struct sink *sink, const char *text, struct error *err)
{
    bool good = true;
    for (size_t left = strlen(text); good && left;) {
        unsigned char size = (unsigned char)(left < BLOCK_MOST ? left : BLOCK_MOST);
        good = put(sink, &size, 1, err) && put(sink, text, size, err);
        text += size;
        left -= size;
    }
    return good && put(sink, "", 1, err);
}

static bool put_application(struct sink *sink, const char *name, struct error *err)
{
    const unsigned char begin[] = { EXTENSION, APPLICATION, APPLICATION_BYTES };
    return put(sink, begin, sizeof begin, err) && put(sink, name, APPLICATION_BYTES, err);
}

/* How often the film is to be repeated; without, it is played once. */
static bool put_loop(struct sink *sink, struct error *err)
{
    unsigned char bytes[] = { 3, 1, 0, 0, 0 };
    put_number(bytes + 2, sink->info.loop ? sink->info.loop - 1 : 0);
    return sink->info.loop == 1
           || (put_application(sink, LOOP, err) && put(sink, bytes, sizeof bytes, err));
}

static bool put_comment(struct sink *sink, const char *text, struct error *err)
{
    static const unsigned char comment[] = { EXTENSION, COMMENT };
    return !text || (put(sink, comment, sizeof comment, err) && put_blocks(sink, text, err));
}

static bool put_texts(struct sink *sink, struct error *err)
{
    const struct sink_info *info = &sink->info;
    return put_comment(sink, info->title, err) && put_comment(sink, info->description, err)
           && (!info->record || (put_application(sink, RECORD, err)
                                 && put_blocks(sink, info->record, err)));
}

static bool put_header(struct sink *sink, const uint32_t *colors, size_t count, struct error *err)
{
    const struct writer *writer = sink->state;
    unsigned char screen[13] = "GIF89a", table[3 * 256] = { 0 };
    put_number(screen + 6, sink->info.width_px);
    put_number(screen + 8, sink->info.height_px);
    screen[10] = (unsigned char)(0xf0 | (writer->bits - 1)); /* a palette of 8 bits, so large */
    for (size_t i = 0; i < 3 * count; i++) {
        table[i] = (unsigned char)(colors[i / 3] >> (16 - 8 * (i % 3)));
    }
    return put(sink, screen, sizeof screen, err)
           && put(sink, table, (size_t)3 << writer->bits, err)
           && put_loop(sink, err) && put_texts(sink, err);
}

static void uncompress_change(struct writer *writer, const struct change *change)
{
    uLong size = (uLong)change->rectangle.width * (uLong)change->rectangle.height
                 * sizeof *writer->pixels;
    if (uncompress((Bytef *)writer->pixels, &size, change->bytes, (uLong)change->size) != Z_OK) {
        memory_end();
    }
}

/* The indices of a change: those that stay are the ones that are shown, and so may others be
 * whose colours are nearly the same. The part that really changes. */
static struct pixels find_indices(struct writer *writer, const struct change *change)
{
    const struct pixels *part = &change->rectangle;
    int left = part->x + part->width, top = -1, right = part->x, bottom = part->y;
    const uint32_t *pixel = writer->pixels;
    uint8_t *index = writer->indices;
    for (int y = part->y; y < part->y + part->height; y++) {
        const uint8_t *shown = writer->shown + (size_t)y * (size_t)writer->patch.width;
        for (int x = part->x; x < part->x + part->width; x++, pixel++, index++) {
            *index = *pixel ? palette_index(writer->palette, *pixel, x, y) : shown[x];
            if (*index != shown[x]) {
                left = x < left ? x : left;
                right = x + 1 > right ? x + 1 : right;
                top = top < 0 ? y : top;
                bottom = y + 1;
            }
        }
    }
    bool is_empty = top < 0;
    return is_empty ? (struct pixels){ part->x, part->y, 1, 1 }
                    : (struct pixels){ left, top, right - left, bottom - top };
}

/* Puts the indices of a part of the change side by side. What stays is transparent, which
 * makes long runs. */
static void gather(struct writer *writer, const struct pixels *from, const struct pixels *part,
                   bool is_first)
{
    uint8_t *to = writer->indices;
    for (int y = part->y; y < part->y + part->height; y++) {
        const uint8_t *row = writer->indices + (size_t)(y - from->y) * (size_t)from->width;
        uint8_t *shown = writer->shown + (size_t)y * (size_t)writer->patch.width;
        for (int x = part->x; x < part->x + part->width; x++, to++) {
            uint8_t index = row[x - from->x];
            *to = index == shown[x] && !is_first ? (uint8_t)writer->transparent : index;
            shown[x] = index;
        }
    }
}

static bool put_picture(struct sink *sink, const struct pixels *part, int64_t units,
                        bool is_first, struct error *err)
{
    struct writer *writer = sink->state;
    /* What was shown stays, and one index shows it. */
    unsigned char control[8] = { EXTENSION, CONTROL, 4, is_first ? 4 : 5, 0, 0, 0, 0 };
    unsigned char picture[10] = { PICTURE };
    put_number(control + 4, units);
    control[6] = (unsigned char)(is_first ? 0 : writer->transparent);
    put_number(picture + 1, part->x);
    put_number(picture + 3, part->y);
    put_number(picture + 5, part->width);
    put_number(picture + 7, part->height);
    size_t count = (size_t)part->width * (size_t)part->height, size;
    const unsigned char *bytes = lzw_compress(writer->lzw, writer->indices, count,
                                              writer->bits < 2 ? 2 : writer->bits, &size);
    return put(sink, control, sizeof control, err) && put(sink, picture, sizeof picture, err)
           && put(sink, bytes, size, err);
}

static bool put_change(struct sink *sink, const struct change *change, bool is_first,
                       struct error *err)
{
    struct writer *writer = sink->state;
    uncompress_change(writer, change);
    struct pixels part = find_indices(writer, change);
    part = is_first ? change->rectangle : part;
    gather(writer, &change->rectangle, &part, is_first);
    return put_picture(sink, &part, change->units, is_first, err) && !interrupted(err);
}

static void begin_pictures(struct writer *writer, size_t colors)
{
    size_t count = (size_t)writer->patch.width * (size_t)writer->patch.height;
    writer->lzw = lzw_create();
    writer->transparent = (int)colors;
    writer->bits = 1;
    while (1 << writer->bits < writer->transparent + 1) {
        writer->bits++;
    }
    writer->pixels = memory_new(count, sizeof *writer->pixels);
    writer->shown = memory_new(count, 1);
    writer->indices = memory_new(count, 1);
}

static bool write_all(struct sink *sink, struct error *err)
{
    struct writer *writer = sink->state;
    uint32_t colors[PALETTE_MOST];
    size_t count = palette_choose(writer->palette, colors);
    begin_pictures(writer, count);
    bool good = put_header(sink, colors, count, err);
    for (size_t i = 0; good && i < writer->count; i++) {
        good = put_change(sink, &writer->changes[i], i == 0, err);
    }
    static const unsigned char end[] = { END };
    return good && put(sink, end, sizeof end, err) && outfile_check(&sink->file, err);
}

static bool finish(struct sink *sink, struct error *err)
{
    const struct writer *writer = sink->state;
    return write_all(sink, err)
           && (decoder_check(sink->file.temporary, NULL, sink->info.width_px,
                             sink->info.height_px, (int64_t)writer->count, err)
               || error_context(err, "%s", sink->file.path));
}

static void release(struct sink *sink)
{
    struct writer *writer = sink->state;
    for (size_t i = 0; i < writer->count; i++) {
        free(writer->changes[i].bytes);
    }
    free(writer->changes);
    patch_finish(&writer->patch);
    palette_destroy(writer->palette);
    lzw_destroy(writer->lzw);
    free(writer->pixels);
    free(writer->shown);
    free(writer->indices);
}

/* Reads blocks until there is none, into the text or, without one, past them; false when
 * the file ends before. */
static bool read_blocks(FILE *file, FILE *text)
{
    unsigned char block[BLOCK_MOST];
    int size;
    while ((size = getc(file)) > 0) {
        if (fread(block, 1, (size_t)size, file) != (size_t)size) {
            return false;
        }
        if (text) {
            fwrite(block, 1, (size_t)size, text);
        }
    }
    return size == 0;
}

/* Reads an extension; the record's goes into the text. */
static bool read_extension(FILE *file, FILE *text)
{
    char name[APPLICATION_BYTES];
    if (getc(file) != APPLICATION) {
        return read_blocks(file, NULL);
    }
    if (getc(file) != APPLICATION_BYTES || fread(name, 1, sizeof name, file) != sizeof name) {
        return false;
    }
    return read_blocks(file, memcmp(name, RECORD, sizeof name) ? NULL : text);
}

/* A palette has as many colours as the lower bits of its flags say, if it is there. */
static bool skip_palette(FILE *file, unsigned flags)
{
    return !(flags & 0x80) || !fseek(file, 3L << ((flags & 7) + 1), SEEK_CUR);
}

static bool skip_picture(FILE *file)
{
    unsigned char picture[9];
    return fread(picture, 1, sizeof picture, file) == sizeof picture
           && skip_palette(file, picture[8]) && getc(file) != EOF && read_blocks(file, NULL);
}

/* Reads the file to its end, whose last byte says that it is whole. */
static bool read_all(FILE *file, FILE *text)
{
    unsigned char screen[13];
    if (fread(screen, 1, sizeof screen, file) != sizeof screen || memcmp(screen, "GIF89a", 6)
        || !skip_palette(file, screen[10])) {
        return false;
    }
    for (;;) {
        int kind = getc(file);
        if (kind == END) {
            return getc(file) == EOF;
        }
        if (!(kind == EXTENSION ? read_extension(file, text)
                                : kind == PICTURE && skip_picture(file))) {
            return false;
        }
    }
}

static const char *read_record(const char *path, FILE *file, struct arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = memory_stream(&text, &size);
    (void)path;
    bool is_whole = read_all(file, stream);
    memory_stream_end(stream);
    const char *record = is_whole && size ? arena_copy(arena, text, size) : NULL;
    free(text);
    return record;
}

const struct format gif_format = {
    .name = "gif",
    .kind = FORMAT_FILM,
    .opaque = true,
    .help = "the film as an animated picture with 255 colours, at most 50 frames a second",
    .state_size = sizeof(struct writer),
    .open = open_gif,
    .frame = write_frame,
    .finish = finish,
    .decode = decoder_hash,
    .record = read_record,
    .release = release,
};
