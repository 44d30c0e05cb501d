#include "write/sink.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/suggest.h"

#define X(name) extern const struct format name##_format;
#include "write/formats.h"
#undef X

static const struct format *const formats[] = {
#define X(name) &name##_format,
#include "write/formats.h"
#undef X
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

const struct format *const *format_list(size_t *count)
{
    *count = FORMAT_COUNT;
    return formats;
}

const struct format *format_by_name(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (!strcasecmp(formats[i]->name, name)) {
            return formats[i];
        }
    }
    return NULL;
}

void format_names(char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < FORMAT_COUNT && used < size; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "",
                                 formats[i]->name);
    }
}

const struct format *format_by_path(const char *path, struct error *err)
{
    const char *dot = strrchr(path_name(path), '.');
    const struct format *format = dot ? format_by_name(dot + 1) : NULL;
    char known[256], near[64];
    format_names(known, sizeof known);
    if (!dot || !dot[1]) {
        error_set(err, ERROR_USAGE, "'%s' has no extension that tells the format; "
                  "add one of %s, or give --format", path, known);
    } else if (!format) {
        struct suggestion suggestion = { .wanted = dot + 1, .length = strlen(dot + 1) };
        for (size_t i = 0; i < FORMAT_COUNT; i++) {
            suggestion_offer(&suggestion, formats[i]->name);
        }
        suggestion_text(&suggestion, near, sizeof near);
        error_set(err, ERROR_USAGE, "'%s': unknown format '%s'%s (known: %s)", path, dot + 1,
                  near, known);
    }
    return format;
}

static FILE *open_regular(const char *path)
{
    struct stat info;
    bool is_regular = !stat(path, &info) && S_ISREG(info.st_mode);
    return is_regular ? fopen(path, "rb") : NULL;
}

const char *sink_read_record(const char *path, const struct format *format,
                             struct arena *arena)
{
    FILE *file = open_regular(path);
    const char *record = NULL;
    for (size_t i = 0; file && !record && i < FORMAT_COUNT; i++) {
        bool is_asked = formats[i]->record && (!format || format == formats[i]);
        rewind(file);
        record = is_asked ? formats[i]->record(path, file, arena) : NULL;
    }
    if (file) {
        fclose(file);
    }
    return record;
}

static bool open_file(struct outfile *file, const char *path, const struct sink_info *info,
                      struct error *err)
{
    return info->is_scratch ? outfile_open_scratch(file, path, err)
                            : outfile_open(file, path, err);
}

static void hash_image(struct hash *hash, const struct image *image)
{
    for (int y = 0; y < image->height; y++) {
        hash_add(hash, image->pixels + (size_t)y * (size_t)image->stride,
                 4 * (size_t)image->width);
    }
}

/* The page as pixels, for that purpose alone: 144 for an inch, fewer of large pages. */
static bool hash_page(struct hash *hash, const struct sink_info *info, page_painter *paint,
                      void *context, struct error *err)
{
    const double most = 4096, longer = fmax(info->width_pt, info->height_pt);
    const double scale = fmin(2, most / longer);
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, (int)ceil(scale * info->width_pt),
        (int)ceil(scale * info->height_pt));
    cairo_t *cairo = cairo_create(surface);
    cairo_scale(cairo, scale, scale);
    paint(context, cairo);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    status = status ? status : cairo_surface_status(surface);
    if (status) {
        cairo_surface_destroy(surface);
        return error_set(err, ERROR_RENDER, "cannot paint the page: %s",
                         cairo_status_to_string(status));
    }
    struct image image = { .width = cairo_image_surface_get_width(surface),
                           .height = cairo_image_surface_get_height(surface),
                           .stride = cairo_image_surface_get_stride(surface),
                           .pixels = cairo_image_surface_get_data(surface) };
    hash_image(hash, &image);
    cairo_surface_destroy(surface);
    return true;
}

bool sink_open(struct sink *sink, const struct format *format, const char *path,
               const struct sink_info *info, struct error *err)
{
    *sink = (struct sink){ .format = format, .info = *info };
    sink->state = format->state_size ? memory_new(1, format->state_size) : NULL;
    if (open_file(&sink->file, path, info, err) && (!format->open || format->open(sink, err))) {
        return true;
    }
    sink_discard(sink);
    return false;
}

bool sink_frame(struct sink *sink, const struct image *image, struct error *err)
{
    assert(image->width == sink->info.width_px && image->height == sink->info.height_px);
    assert(sink->format->kind == FORMAT_FILM || sink->written == 0);
    sink->written++;
    if (sink->info.drawn) {
        hash_image(sink->info.drawn, image);
    }
    return sink->format->frame(sink, image, err);
}

bool sink_page(struct sink *sink, page_painter *paint, void *context, struct error *err)
{
    assert(sink->written == 0);
    sink->written++;
    if (sink->info.drawn && !hash_page(sink->info.drawn, &sink->info, paint, context, err)) {
        return error_context(err, "%s", sink->file.path);
    }
    return sink->format->page(sink, paint, context, err);
}

bool sink_data(struct sink *sink, const struct trajectory *trajectories, size_t count,
               struct error *err)
{
    assert(sink->written == 0);
    sink->written++;
    return sink->format->data(sink, trajectories, count, err);
}

bool sink_is_stream(const struct sink *sink)
{
    return sink->format && outfile_is_stream(&sink->file);
}

static void release(struct sink *sink)
{
    if (sink->state && sink->format->release) {
        sink->format->release(sink);
    }
    free(sink->state);
    sink->state = NULL;
}

bool sink_complete(struct sink *sink, struct error *err)
{
    if (!sink->format) {
        return true;
    }
    if (!sink->written) {
        return error_set(err, ERROR_RENDER, "%s: there is nothing to write", sink->file.path);
    }
    if (sink->format->finish && !sink->format->finish(sink, err)) {
        return false;
    }
    release(sink);
    return outfile_complete(&sink->file, err);
}

bool sink_commit(struct sink *sink, struct error *err)
{
    bool good = !sink->format || outfile_commit(&sink->file, err);
    *sink = (struct sink){ 0 };
    return good;
}

void sink_discard(struct sink *sink)
{
    release(sink);
    outfile_discard(&sink->file);
    *sink = (struct sink){ 0 };
}
