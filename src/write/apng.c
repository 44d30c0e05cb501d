/* A film as an animated PNG (https://www.w3.org/TR/png-3/): true colours, an alpha channel,
 * and of every frame only what it changes. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/timings.h"
#include "write/decoder.h"
#include "write/encoder.h"
#include "write/pace.h"
#include "write/patch.h"
#include "write/png_file.h"
#include "write/sink.h"
#include "write/zlib_rows.h"

enum { BLEND_SOURCE, BLEND_OVER };

/* Browsers show frames of 10 ms or less for 100 ms. */
enum { SHORTEST_MS = 11 };

/* FFmpeg takes an apng for a png when long texts come before its picture. */
static const char DEMUXER[] = "apng";

struct writer {
    struct png_file file;
    struct pace pace;
    struct patch patch;
    int64_t taken;      /* frames of the film */
    int64_t shown;      /* those that are in the file */
    uint32_t sequence;  /* of the next chunk that is numbered */
};

static bool begin(struct writer *writer, const struct sink_info *info, struct error *err)
{
    unsigned char control[8];
    png_save_uint_32(control, (uint32_t)pace_count(&writer->pace));
    png_save_uint_32(control + 4, (uint32_t)info->loop);
    return png_file_begin(&writer->file, false, control, err);
}

static bool open_apng(struct sink *sink, struct error *err)
{
    struct writer *writer = sink->state;
    const struct clock *clock = &sink->info.clock;
    if (!encoder_is_ready(err)) { /* what is written is read back */
        return error_context(err, "%s", sink->file.path);
    }
    pace_init(&writer->pace, clock, sink->info.frames, clock->ticks_per_second, SHORTEST_MS);
    patch_init(&writer->patch, &sink->info, true);
    return png_file_open(&writer->file, sink, err);
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    return b ? common_divisor(b, a % b) : a;
}

/* A delay is a fraction of two numbers of 16 bits. Where that cannot be, as a long hold has
 * many ticks, it is as near as it can. */
static void put_delay(unsigned char *bytes, int64_t units, int64_t per_second)
{
    const int64_t most = UINT16_MAX;
    int64_t divisor = common_divisor(units, per_second);
    units /= divisor;
    per_second /= divisor;
    if (units > most || per_second > most) {
        int64_t most_for_units = most * per_second / units;
        assert(most_for_units > 0); /* holds have a minute at most */
        int64_t parts = most_for_units < 1000 ? most_for_units : 1000;
        units = (2 * units * parts + per_second) / (2 * per_second);
        per_second = parts;
    }
    png_save_uint_16(bytes, (unsigned)units);
    png_save_uint_16(bytes + 2, (unsigned)per_second);
}

static bool write_frame_control(struct writer *writer, int64_t units, struct error *err)
{
    const struct patch *patch = &writer->patch;
    const struct pixels *part = &patch->rectangle;
    unsigned char bytes[26] = { 0 };
    png_save_uint_32(bytes, writer->sequence++);
    png_save_uint_32(bytes + 4, (uint32_t)part->width);
    png_save_uint_32(bytes + 8, (uint32_t)part->height);
    png_save_uint_32(bytes + 12, (uint32_t)part->x);
    png_save_uint_32(bytes + 16, (uint32_t)part->y);
    put_delay(bytes + 20, units, writer->pace.units_per_second);
    bytes[25] = patch->is_over ? BLEND_OVER : BLEND_SOURCE; /* 24: it stays */
    return png_file_chunk(&writer->file, "fcTL", bytes, sizeof bytes, err);
}

static void read_row(const void *context, size_t row, unsigned char *bytes)
{
    const struct patch *patch = context;
    const int width = patch->rectangle.width;
    *bytes++ = PNG_FILTER_VALUE_NONE;
    png_file_convert(bytes, patch->pixels + row * (size_t)width, width, false);
}

static bool write_part(struct writer *writer, const struct zlib_part *part, struct error *err)
{
    if (!writer->shown) {
        return png_file_chunk(&writer->file, "IDAT", part->bytes, part->size, err);
    }
    unsigned char *bytes = memory_new(part->size + 4, 1);
    png_save_uint_32(bytes, writer->sequence++);
    memcpy(bytes + 4, part->bytes, part->size);
    bool good = png_file_chunk(&writer->file, "fdAT", bytes, part->size + 4, err);
    free(bytes);
    return good;
}

/* As a still's rows, see png.c. */
static bool write_patch(struct writer *writer, struct error *err)
{
    const struct pixels *part = &writer->patch.rectangle;
    struct zlib_rows rows = { .count = (size_t)part->height,
                              .size = 1 + 4 * (size_t)part->width,
                              .level = 6,
                              .read = read_row,
                              .context = &writer->patch };
    size_t count;
    struct zlib_part *parts = zlib_compress(&rows, &count);
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = good && write_part(writer, &parts[i], err);
        free(parts[i].bytes);
    }
    free(parts);
    return good;
}

static bool write_shown(struct sink *sink, int64_t units, struct error *err)
{
    struct writer *writer = sink->state;
    bool is_first = !writer->shown;
    if ((is_first && !begin(writer, &sink->info, err))
        || !write_frame_control(writer, units, err) || !write_patch(writer, err)) {
        return false;
    }
    writer->shown++;
    return true;
}

static bool write_frame(struct sink *sink, const struct image *image, struct error *err)
{
    struct writer *writer = sink->state;
    int64_t units = pace_units(&writer->pace, writer->taken++);
    int64_t since = timings_now();
    bool good = true;
    if (units) {
        patch_show(&writer->patch, image);
        good = write_shown(sink, units, err);
    } else {
        patch_skip(&writer->patch, image);
    }
    timings_add(TIMING_ENCODE, since);
    return good;
}

static bool finish(struct sink *sink, struct error *err)
{
    struct writer *writer = sink->state;
    if (!png_file_chunk(&writer->file, "IEND", NULL, 0, err) || !outfile_check(&sink->file, err)) {
        return false;
    }
    return decoder_check(sink->file.temporary, DEMUXER, sink->info.width_px,
                         sink->info.height_px, writer->shown, err)
        || error_context(err, "%s", sink->file.path);
}

static void release(struct sink *sink)
{
    struct writer *writer = sink->state;
    png_file_close(&writer->file);
    patch_finish(&writer->patch);
}

static const char *read_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    return png_file_record(file, true, arena);
}

static bool decode(const char *path, struct hash *hash, struct error *err)
{
    return decoder_hash_as(path, DEMUXER, hash, err);
}

const struct format apng_format = {
    .name = "apng",
    .kind = FORMAT_FILM,
    .help = "the film as an animated picture in true colours, with transparency",
    .state_size = sizeof(struct writer),
    .open = open_apng,
    .frame = write_frame,
    .finish = finish,
    .decode = decode,
    .record = read_record,
    .release = release,
};
