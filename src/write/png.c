/* One image as a PNG file: 8 bits per channel, sRGB, without a clock time. The
 * record is an iTXt chunk before the picture. */
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "base/memory.h"
#include "write/sink.h"
#include "write/zlib_rows.h"

struct writer {
    const char *path; /* for messages */
    png_structp png;
    png_infop info;
    bool opaque; /* the image needs no alpha channel */
    struct zlib_part *parts; /* of its compressed rows */
    size_t part_count;
    struct error *err; /* of the call in progress */
};

static void report_failure(png_structp png, png_const_charp message)
{
    struct writer *writer = png_get_error_ptr(png);
    error_set(writer->err, ERROR_RENDER, "%s: libpng: %s", writer->path, message);
    png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t size)
{
    struct sink *sink = png_get_io_ptr(png);
    struct writer *writer = sink->state;
    if (!outfile_write(&sink->file, bytes, size, writer->err)) {
        png_longjmp(png, 1);
    }
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

static bool open_png(struct sink *sink, struct error *err)
{
    struct writer *writer = sink->state;
    writer->err = err;
    writer->path = sink->file.path;
    writer->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, writer, report_failure,
                                          ignore_warning);
    writer->info = writer->png ? png_create_info_struct(writer->png) : NULL;
    return writer->info || error_set(err, ERROR_RENDER, "libpng cannot be set up");
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

/* The straight value of a premultiplied component, rounded to nearest. */
static png_byte straight(uint32_t component, uint32_t alpha)
{
    return (png_byte)(alpha ? (component * 255 + alpha / 2) / alpha : 0);
}

static void convert_opaque(png_bytep to, const uint32_t *from, int width)
{
    for (int x = 0; x < width; x++) {
        *to++ = (png_byte)(from[x] >> 16);
        *to++ = (png_byte)(from[x] >> 8);
        *to++ = (png_byte)from[x];
    }
}

static void convert_transparent(png_bytep to, const uint32_t *from, int width)
{
    for (int x = 0; x < width; x++) {
        uint32_t alpha = from[x] >> 24;
        *to++ = straight(from[x] >> 16 & 255, alpha);
        *to++ = straight(from[x] >> 8 & 255, alpha);
        *to++ = straight(from[x] & 255, alpha);
        *to++ = (png_byte)alpha;
    }
}

/* A preset has at most a megabyte, which names of keys and defaults make longer. */
enum { RECORD_BYTES_MAX = 1 << 23 };

static const char RECORD_KEY[] = "optrender";

/* One iTXt chunk, whose text is UTF-8. */
static png_text text_chunk(const char *key, const char *text)
{
    png_text chunk = { .compression = PNG_ITXT_COMPRESSION_NONE };
    chunk.key = (png_charp)(uintptr_t)key;
    chunk.text = (png_charp)(uintptr_t)text;
    chunk.itxt_length = strlen(text);
    return chunk;
}

static void set_texts(const struct writer *writer, const struct sink_info *info)
{
    png_text chunks[3];
    int count = 0;
    if (info->title) {
        chunks[count++] = text_chunk("Title", info->title);
    }
    if (info->description) {
        chunks[count++] = text_chunk("Description", info->description);
    }
    if (info->record) {
        chunks[count++] = text_chunk(RECORD_KEY, info->record);
    }
    png_set_text(writer->png, writer->info, chunks, count);
}

static void write_header(const struct writer *writer, const struct sink_info *info)
{
    png_set_IHDR(writer->png, writer->info, (png_uint_32)info->width_px,
                 (png_uint_32)info->height_px, 8,
                 writer->opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(writer->png, writer->info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_uint_32 per_meter = (png_uint_32)lround(info->dpi / 0.0254);
    png_set_pHYs(writer->png, writer->info, per_meter, per_meter, PNG_RESOLUTION_METER);
    set_texts(writer, info);
    png_write_info(writer->png, writer->info);
}

/* The text that the chunks before the picture hold, or NULL. */
static const char *read_text(png_structp png, png_infop info, FILE *file, struct arena *arena)
{
    png_textp texts = NULL;
    int count = 0;
    if (setjmp(png_jmpbuf(png))) {
        return NULL;
    }
    /* Whatever stands at an output's path is read: a chunk's length may be a lie. */
    png_set_chunk_malloc_max(png, RECORD_BYTES_MAX);
    png_set_benign_errors(png, 0); /* only then it is an error */
    png_init_io(png, file);
    png_read_info(png, info);
    png_get_text(png, info, &texts, &count);
    for (int i = 0; i < count; i++) {
        if (!strcmp(texts[i].key, RECORD_KEY)) {
            return arena_copy(arena, texts[i].text, strlen(texts[i].text));
        }
    }
    return NULL;
}

static void give_up(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

/* A complete file ends in this chunk, with its length before and its CRC behind. */
static bool has_end(FILE *file)
{
    static const unsigned char end[12] = "\0\0\0\0IEND\xae\x42\x60\x82";
    unsigned char found[sizeof end];
    return !fseek(file, -(long)sizeof end, SEEK_END)
           && fread(found, 1, sizeof found, file) == sizeof found
           && !memcmp(found, end, sizeof end);
}

static const char *read_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    unsigned char signature[8];
    if (fread(signature, 1, sizeof signature, file) != sizeof signature
        || png_sig_cmp(signature, 0, sizeof signature) || !has_end(file)) {
        return NULL;
    }
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, ignore_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    rewind(file);
    const char *record = info ? read_text(png, info, file, arena) : NULL;
    png_destroy_read_struct(&png, &info, NULL);
    return record;
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
    if (picture->opaque) {
        convert_opaque(bytes, image_row(image, (int)row), image->width);
    } else {
        convert_transparent(bytes, image_row(image, (int)row), image->width);
    }
}

/* On flat plots no filter at level 6 is smaller than any filter at level 9 (709
 * against 826 kB at 2800 x 800) and ten times faster. libpng would compress in
 * this thread alone, which takes a fifth of a still's time. */
static void compress(struct writer *writer, const struct image *image)
{
    struct picture picture = { image, writer->opaque };
    struct zlib_rows rows = { .count = (size_t)image->height,
                              .size = 1 + (size_t)image->width * (writer->opaque ? 3 : 4),
                              .level = 6,
                              .read = read_row,
                              .context = &picture };
    writer->parts = zlib_compress(&rows, &writer->part_count);
}

static bool write_image(struct sink *sink, const struct image *image, struct error *err)
{
    struct writer *writer = sink->state;
    writer->opaque = is_opaque(image);
    writer->err = err;
    compress(writer, image);
    if (setjmp(png_jmpbuf(writer->png))) {
        return false;
    }
    png_set_write_fn(writer->png, sink, write_bytes, flush_nothing);
    write_header(writer, &sink->info);
    for (size_t i = 0; i < writer->part_count; i++) {
        png_write_chunk(writer->png, (png_const_bytep)"IDAT", writer->parts[i].bytes,
                        writer->parts[i].size);
    }
    png_write_chunk(writer->png, (png_const_bytep)"IEND", NULL, 0);
    return true;
}

static void release(struct sink *sink)
{
    struct writer *writer = sink->state;
    png_destroy_write_struct(&writer->png, &writer->info);
    for (size_t i = 0; i < writer->part_count; i++) {
        free(writer->parts[i].bytes);
    }
    free(writer->parts);
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
