/* One image as a PNG file. */
#include <stdint.h>
#include <stdlib.h>

#include <png.h>

#include "base/memory.h"
#include "write/png_file.h"
#include "write/sink.h"
#include "write/zlib_rows.h"

struct writer {
    struct png_file file;
    struct zlib_part *parts; /* of the compressed rows */
    size_t part_count;
};

static bool open_png(struct sink *sink, struct error *err)
{
    struct writer *writer = sink->state;
    return png_file_open(&writer->file, sink, err);
}

static const uint32_t *image_row(const struct image *image, int y)
{
    return (const uint32_t *)(const void *)(image->pixels + (size_t)y * (size_t)image->stride);
}

static bool is_opaque(const struct image *image)
{
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image_row(image, y);
        for (int x = 0; x < image->width; x++) {
            if (row[x] >> 24 != 255) {
                return false;
            }
        }
    }
    return true;
}

static bool decode(const char *path, struct hash *hash, struct error *err)
{
    png_image image = { .version = PNG_IMAGE_VERSION };
    bool good = png_image_begin_read_from_file(&image, path);
    image.format = PNG_FORMAT_RGBA;
    uint32_t size = PNG_IMAGE_SIZE(image); /* libpng refuses images that have more */
    unsigned char *bytes = good ? memory_new(size, 1) : NULL;
    good = good && png_image_finish_read(&image, NULL, bytes, 0, NULL);
    if (good) {
        hash_add(hash, bytes, size);
    }
    free(bytes);
    png_image_free(&image);
    return good || error_set(err, ERROR_RENDER, "%s: libpng: %s", path, image.message);
}

struct picture {
    const struct image *image;
    bool opaque;
};

static void read_row(const void *context, size_t row, unsigned char *bytes)
{
    const struct picture *picture = context;
    const struct image *image = picture->image;
    *bytes++ = PNG_FILTER_VALUE_NONE;
    png_file_convert(bytes, image_row(image, (int)row), image->width, picture->opaque);
}

/* On flat plots no filter at level 6 is smaller than any filter at level 9 (709
 * against 826 kB at 2800 x 800) and ten times faster. libpng would compress in
 * this thread alone, which takes a fifth of a still's time. */
static void compress(struct writer *writer, const struct image *image, bool opaque)
{
    struct picture picture = { image, opaque };
    struct zlib_rows rows = { .count = (size_t)image->height,
                              .size = 1 + (size_t)image->width * (opaque ? 3 : 4),
                              .level = 6,
                              .read = read_row,
                              .context = &picture };
    writer->parts = zlib_compress(&rows, &writer->part_count);
}

static bool write_image(struct sink *sink, const struct image *image, struct error *err)
{
    struct writer *writer = sink->state;
    bool opaque = is_opaque(image);
    compress(writer, image, opaque);
    bool good = png_file_begin(&writer->file, opaque, NULL, err);
    for (size_t i = 0; good && i < writer->part_count; i++) {
        good = png_file_chunk(&writer->file, "IDAT", writer->parts[i].bytes,
                              writer->parts[i].size, err);
    }
    return good && png_file_chunk(&writer->file, "IEND", NULL, 0, err);
}

static void release(struct sink *sink)
{
    struct writer *writer = sink->state;
    png_file_close(&writer->file);
    for (size_t i = 0; i < writer->part_count; i++) {
        free(writer->parts[i].bytes);
    }
    free(writer->parts);
}

static const char *read_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    return png_file_record(file, false, arena);
}

const struct format png_format = {
    .name = "png",
    .kind = FORMAT_BITMAP,
    .help = "one picture, 8 bits per channel",
    .state_size = sizeof(struct writer),
    .open = open_png,
    .frame = write_image,
    .record = read_record,
    .decode = decode,
    .release = release,
};
