/* A film for web pages: one <figure> that holds everything, alone or in a page of its own.
 * It asks for nothing else, from nobody, and has no script.
 *
 * The film is made as an mp4 beside the document and then copied into it, so that neither is
 * ever in memory as a whole; decoded a page's film is what -o NAME.mp4 makes. It does not
 * play by itself, for some ask for no motion (prefers-reduced-motion) and CSS cannot
 * stop a film: until it is played the poster, the film's last picture, is a still. */
#include <cairo.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/xml.h"
#include "write/base64.h"
#include "write/decoder.h"
#include "write/encoder.h"
#include "write/head.h"
#include "write/vtt.h"

struct document {
    struct outfile film;
    struct encoder *encoder;
    cairo_surface_t *poster;
};

static const char PAGE_START[] = "<!DOCTYPE html>\n", PAGE_END[] = "</html>\n",
                  FIGURE_END[] = "</figure>\n", RECORD_START[] = "<!-- optrender preset\n",
                  RECORD_END[] = "\n-->", FILM_START[] = " src=\"data:video/mp4;base64,";

/* A larger film is shown by a poster of half its size: a third of the bytes. */
enum { POSTER_WIDTH = 1000 };

static bool open_html(struct sink *sink, struct error *err)
{
    struct document *document = sink->state;
    if (!outfile_open_beside(&document->film, &sink->file, err)) {
        return false;
    }
    document->encoder = encoder_create(container_find("mp4"), &sink->info,
                                       document->film.temporary, err);
    return document->encoder || error_context(err, "%s", sink->file.path);
}

/* The mean of scale x scale opaque pixels, in each channel. */
static uint32_t mean_of(const struct image *image, int x, int y, int scale)
{
    uint32_t sums[3] = { 0 }, count = (uint32_t)(scale * scale);
    for (int i = 0; i < scale * scale; i++) {
        const unsigned char *row = image->pixels
                                   + (size_t)(y + i / scale) * (size_t)image->stride;
        uint32_t pixel = ((const uint32_t *)(const void *)row)[x + i % scale];
        for (int channel = 0; channel < 3; channel++) {
            sums[channel] += pixel >> 8 * channel & 255;
        }
    }
    uint32_t mean = 0;
    for (int channel = 0; channel < 3; channel++) {
        mean |= (sums[channel] + count / 2) / count << 8 * channel;
    }
    return mean;
}

/* The picture at half its size, scale being 2. */
static cairo_surface_t *reduced(cairo_surface_t *full, int scale)
{
    struct image image = { .width = cairo_image_surface_get_width(full),
                           .height = cairo_image_surface_get_height(full),
                           .stride = cairo_image_surface_get_stride(full),
                           .pixels = cairo_image_surface_get_data(full) };
    cairo_surface_t *small = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, image.width / scale, image.height / scale);
    for (int y = 0; !cairo_surface_status(small) && y < image.height / scale; y++) {
        unsigned char *row = cairo_image_surface_get_data(small)
                             + (size_t)y * (size_t)cairo_image_surface_get_stride(small);
        for (int x = 0; x < image.width / scale; x++) {
            ((uint32_t *)(void *)row)[x] = mean_of(&image, x * scale, y * scale, scale);
        }
    }
    cairo_surface_mark_dirty(small);
    return small;
}

/* The picture as the film shows it: where it can be seen through it lies on the matte. */
static cairo_surface_t *poster_of(const struct image *image, unsigned matte)
{
    cairo_surface_t *source = cairo_image_surface_create_for_data(
        image->pixels, CAIRO_FORMAT_ARGB32, image->width, image->height, image->stride);
    cairo_surface_t *poster = cairo_image_surface_create(CAIRO_FORMAT_RGB24, image->width,
                                                         image->height);
    cairo_t *cairo = cairo_create(poster);
    cairo_set_source_rgb(cairo, (matte >> 16) / 255.0, (matte >> 8 & 255) / 255.0,
                         (matte & 255) / 255.0);
    cairo_paint(cairo);
    cairo_set_source_surface(cairo, source, 0, 0);
    cairo_paint(cairo);
    cairo_destroy(cairo);
    cairo_surface_destroy(source);
    cairo_surface_flush(poster);
    if (image->width > POSTER_WIDTH && !cairo_surface_status(poster)) {
        cairo_surface_t *small = reduced(poster, 2);
        cairo_surface_destroy(poster);
        poster = small;
    }
    return poster;
}

static bool write_frame(struct sink *sink, const struct image *image, struct error *err)
{
    struct document *document = sink->state;
    if ((int64_t)sink->written >= sink->info.frames) {
        cairo_surface_destroy(document->poster);
        document->poster = poster_of(image, sink->info.matte);
    }
    return encoder_frame(document->encoder, image, err)
           || error_context(err, "%s", sink->file.path);
}

static cairo_status_t add_bytes(void *base64, const unsigned char *bytes, unsigned size)
{
    base64_add(base64, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

static bool print_poster(cairo_surface_t *poster, FILE *to, struct error *err)
{
    struct base64 base64;
    base64_begin(&base64, to);
    cairo_status_t status = cairo_surface_write_to_png_stream(poster, add_bytes, &base64);
    base64_end(&base64);
    return !status || error_set(err, ERROR_RENDER, "cannot write the poster: %s",
                                cairo_status_to_string(status));
}

/* False with errno when the film cannot be read. */
static bool print_film(const char *path, FILE *to)
{
    struct base64 base64;
    char bytes[1 << 14];
    size_t size;
    FILE *film = fopen(path, "rb");
    base64_begin(&base64, to);
    while (film && (size = fread(bytes, 1, sizeof bytes, film)) > 0) {
        base64_add(&base64, bytes, size);
    }
    int cause = errno;
    bool good = film && !ferror(film);
    base64_end(&base64);
    if (film) {
        fclose(film);
    }
    errno = cause;
    return good;
}

/* Not shown until the reader asks for them: the film alone is what most want. */
static void print_captions(const struct sink_info *info, FILE *to)
{
    struct base64 base64;
    char *text = NULL;
    size_t size = 0;
    FILE *memory = memory_stream(&text, &size);
    vtt_print(info, memory);
    memory_stream_end(memory);
    fputs("<track kind=\"captions\" srclang=\"en\" label=\"English\" "
          "src=\"data:text/vtt;base64,", to);
    base64_begin(&base64, to);
    base64_add(&base64, text, size);
    base64_end(&base64);
    fputs("\">", to);
    free(text);
}

static void print_attribute(const char *name, const char *text, FILE *to)
{
    fprintf(to, " %s=\"", name);
    xml_print(text, to);
    fputc('"', to);
}

static void print_record(const char *record, FILE *to)
{
    fputs(RECORD_START, to);
    xml_print(record ? record : "", to);
    fprintf(to, "%s\n", RECORD_END);
}

/* Before the figure, where it has a page of its own. The film brings its own background. */
static void print_head(const struct sink_info *info, FILE *to)
{
    fputs("<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "img-src data:; media-src data:; style-src 'unsafe-inline'\">\n<title>", to);
    xml_print(info->title ? info->title : "optrender", to);
    fputs("</title>\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n"
          "<style>\n"
          "html { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --edge: #e3e5e8 }\n"
          "@media (prefers-color-scheme: dark) {\n"
          "  html { --paper: #14161a; --ink: #e8eaed; --edge: #33373e }\n"
          "}\n"
          "body { margin: 0; min-height: 100vh; display: flex; align-items: center;\n"
          "  justify-content: center; background: var(--paper); color: var(--ink);\n"
          "  font: 1rem/1.6 system-ui, sans-serif }\n"
          "main { padding: 1.5rem; min-width: 0 }\n"
          "video { border-radius: 6px; outline: 1px solid var(--edge) }\n"
          "figcaption { max-width: 42rem; margin: 1rem auto 0; text-align: center;\n"
          "  text-wrap: balance; overflow-wrap: anywhere }\n"
          "</style>\n</head>\n<body>\n<main>\n", to);
}

/* Its name in the document that it becomes a part of. */
static void print_id(const struct sink_info *info, FILE *to)
{
    struct digest digest = hash_of_text(info->record ? info->record : "");
    fprintf(to, "optrender-%.12s", digest.text);
}

static bool print_video(const struct sink *sink, FILE *to, struct error *err)
{
    const struct document *document = sink->state;
    const struct sink_info *info = &sink->info;
    fprintf(to, "<video controls loop muted playsinline preload=\"metadata\" width=\"%d\" "
            "height=\"%d\" style=\"display:block;max-width:100%%;height:auto;margin:0 auto\"",
            info->width_px + (info->width_px & 1), info->height_px + (info->height_px & 1));
    if (info->title) {
        print_attribute("aria-label", info->title, to);
    }
    if (info->description) {
        fputs(" aria-describedby=\"", to);
        print_id(info, to);
        fputc('"', to);
    }
    fputs(" poster=\"data:image/png;base64,", to);
    if (!print_poster(document->poster, to, err)) {
        return error_context(err, "%s", sink->file.path);
    }
    fprintf(to, "\"%s", FILM_START);
    if (!print_film(document->film.temporary, to)) {
        return error_set(err, ERROR_RENDER, "%s: cannot read the film back: %s", sink->file.path,
                         strerror(errno));
    }
    fputs("\">", to);
    print_captions(info, to);
    xml_print(info->description ? info->description : info->title ? info->title : "", to);
    fputs("</video>\n", to);
    return true;
}

static bool print_figure(const struct sink *sink, FILE *to, struct error *err)
{
    const struct sink_info *info = &sink->info;
    fputs("<figure class=\"optrender\" style=\"margin:0\">\n", to);
    if (!print_video(sink, to, err)) {
        return false;
    }
    if (info->description) {
        fputs("<p hidden id=\"", to);
        print_id(info, to);
        fputs("\">", to);
        xml_print(info->description, to);
        fputs("</p>\n", to);
    }
    if (info->title) {
        fputs("<figcaption style=\"margin-top:.75em;text-align:center\">", to);
        xml_print(info->title, to);
        fputs("</figcaption>\n", to);
    }
    fputs(FIGURE_END, to);
    return true;
}

static bool finish(struct sink *sink, struct error *err)
{
    struct document *document = sink->state;
    const struct sink_info *info = &sink->info;
    FILE *to = sink->file.stream;
    if (!encoder_finish(document->encoder, err)) {
        return error_context(err, "%s", sink->file.path);
    }
    encoder_destroy(document->encoder);
    document->encoder = NULL;
    fputs(info->embeds ? "" : PAGE_START, to);
    print_record(info->record, to);
    if (!info->embeds) {
        print_head(info, to);
    }
    if (!print_figure(sink, to, err)) {
        return false;
    }
    fputs(info->embeds ? "" : "</main>\n</body>\n", to);
    fputs(info->embeds ? "" : PAGE_END, to);
    return outfile_check(&sink->file, err);
}

static void release(struct sink *sink)
{
    struct document *document = sink->state;
    encoder_destroy(document->encoder);
    outfile_discard(&document->film);
    cairo_surface_destroy(document->poster);
}

static const char *read_record(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    bool embeds = head_ends_with(file, FIGURE_END);
    if (!embeds && !head_ends_with(file, PAGE_END)) {
        return NULL;
    }
    rewind(file);
    char *text = head_read(file, embeds ? RECORD_START : PAGE_START, RECORD_END);
    char *begin = text ? text + (embeds ? 0 : strlen(PAGE_START)) : NULL;
    const char *record = NULL;
    if (begin && !strncmp(begin, RECORD_START, strlen(RECORD_START))) {
        begin += strlen(RECORD_START);
        record = xml_restore(arena_copy(arena, begin, strlen(begin) - strlen(RECORD_END)));
    }
    free(text);
    return record;
}

/* Moves to behind the first occurrence of the mark, which nothing that is escaped holds and
 * whose first character does not come twice. */
static bool find_mark(FILE *file, const char *mark)
{
    size_t found = 0;
    int c = 0;
    while (found < strlen(mark) && (c = getc(file)) != EOF) {
        found = c == mark[found] ? found + 1 : c == mark[0];
    }
    return found == strlen(mark);
}

static bool decode(const char *path, struct hash *hash, struct error *err)
{
    struct outfile film = { 0 };
    FILE *file = fopen(path, "rb");
    bool is_open = file && outfile_open_scratch(&film, path, err);
    bool good = is_open && find_mark(file, FILM_START)
                && base64_decode(file, '"', film.stream) && !fflush(film.stream);
    if (is_open && !good) {
        error_set(err, ERROR_RENDER, "%s: cannot take the film out of it", path);
    } else if (!file) {
        error_set(err, ERROR_RENDER, "%s: cannot read it", path);
    }
    good = good && decoder_hash(film.temporary, hash, err);
    outfile_discard(&film);
    if (file) {
        fclose(file);
    }
    return good;
}

const struct format html_format = {
    .name = "html",
    .kind = FORMAT_FILM,
    .opaque = true,
    .embeds = true,
    .help = "a web page with the film in it, or with --embed its <figure>",
    .state_size = sizeof(struct document),
    .open = open_html,
    .frame = write_frame,
    .finish = finish,
    .record = read_record,
    .decode = decode,
    .release = release,
};
