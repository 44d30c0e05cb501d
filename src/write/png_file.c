#include "write/png_file.h"

#include <math.h>
#include <setjmp.h>
#include <string.h>

static void report_failure(png_structp png, png_const_charp message)
{
    struct png_file *file = png_get_error_ptr(png);
    error_set(file->err, ERROR_RENDER, "%s: libpng: %s", file->sink->file.path, message);
    png_longjmp(png, 1);
}

static void ignore_warning(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t size)
{
    struct png_file *file = png_get_io_ptr(png);
    if (!outfile_write(&file->sink->file, bytes, size, file->err)) {
        png_longjmp(png, 1);
    }
}

static void flush_nothing(png_structp png)
{
    (void)png;
}

bool png_file_open(struct png_file *file, struct sink *sink, struct error *err)
{
    file->sink = sink;
    file->err = err;
    file->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, file, report_failure,
                                        ignore_warning);
    file->info = file->png ? png_create_info_struct(file->png) : NULL;
    return file->info || error_set(err, ERROR_RENDER, "libpng cannot be set up");
}

void png_file_close(struct png_file *file)
{
    png_destroy_write_struct(&file->png, &file->info);
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

void png_file_convert(unsigned char *to, const uint32_t *from, int width, bool opaque)
{
    (opaque ? convert_opaque : convert_transparent)(to, from, width);
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

static void set_texts(const struct png_file *file, const struct sink_info *info)
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
    png_set_text(file->png, file->info, chunks, count);
}

/* Readers look for the control among the first bytes, so that long texts come later. */
static void write_header(const struct png_file *file, const struct sink_info *info,
                         const unsigned char *control)
{
    enum { CONTROL_SIZE = 8 };
    png_set_IHDR(file->png, file->info, (png_uint_32)info->width_px,
                 (png_uint_32)info->height_px, 8,
                 file->opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(file->png, file->info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_uint_32 per_meter = (png_uint_32)lround(info->dpi / 0.0254);
    png_set_pHYs(file->png, file->info, per_meter, per_meter, PNG_RESOLUTION_METER);
    set_texts(file, info);
    png_write_info_before_PLTE(file->png, file->info);
    if (control) {
        png_write_chunk(file->png, (png_const_bytep) "acTL", control, CONTROL_SIZE);
    }
    png_write_info(file->png, file->info);
}

bool png_file_begin(struct png_file *file, bool opaque, const unsigned char *control,
                    struct error *err)
{
    file->opaque = opaque;
    file->err = err;
    if (setjmp(png_jmpbuf(file->png))) {
        return false;
    }
    png_set_write_fn(file->png, file, write_bytes, flush_nothing);
    write_header(file, &file->sink->info, control);
    return true;
}

bool png_file_chunk(struct png_file *file, const char *name, const void *bytes, size_t size,
                    struct error *err)
{
    file->err = err;
    if (setjmp(png_jmpbuf(file->png))) {
        return false;
    }
    png_write_chunk(file->png, (png_const_bytep)name, bytes, size);
    return true;
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

/* Whether the chunk that says so is among those before the picture. The file is behind its
 * signature. */
static bool has_control(FILE *file)
{
    unsigned char head[8];
    while (fread(head, 1, sizeof head, file) == sizeof head && memcmp(head + 4, "IDAT", 4)) {
        if (!memcmp(head + 4, "acTL", 4)) {
            return true;
        }
        if (fseek(file, (long)png_get_uint_32(head) + 4, SEEK_CUR)) { /* and its CRC */
            return false;
        }
    }
    return false;
}

const char *png_file_record(FILE *file, bool is_animated, struct arena *arena)
{
    unsigned char signature[8];
    if (fread(signature, 1, sizeof signature, file) != sizeof signature
        || png_sig_cmp(signature, 0, sizeof signature) || has_control(file) != is_animated
        || !has_end(file)) {
        return NULL;
    }
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, ignore_warning);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    rewind(file);
    const char *record = info ? read_text(png, info, file, arena) : NULL;
    png_destroy_read_struct(&png, &info, NULL);
    return record;
}
