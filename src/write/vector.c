/* Pages that keep lines and text as vectors: SVG and PDF, through cairo. */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "base/memory.h"
#include "write/sink.h"

static cairo_status_t write_bytes(void *stream, const unsigned char *bytes, unsigned size)
{
    bool good = fwrite(bytes, 1, size, stream) == size;
    return good ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Paints the page and completes the surface, which it destroys. */
static bool paint_page(cairo_surface_t *surface, page_painter *paint, void *context,
                       const char *path, struct error *err)
{
    cairo_t *cairo = cairo_create(surface);
    paint(context, cairo);
    cairo_show_page(cairo);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    status = status ? status : cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return !status
        || error_set(err, ERROR_RENDER, "%s: cannot write the page: %s", path,
                     cairo_status_to_string(status));
}

/* The document's date. It is never the clock's, so that the same input gives
 * the same bytes. See https://reproducible-builds.org/specs/source-date-epoch */
static void date_print(char *text, size_t size)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t seconds = epoch ? (time_t)strtoll(epoch, NULL, 10) : 0;
    struct tm parts;
    if (!gmtime_r(&seconds, &parts) || !strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &parts)) {
        snprintf(text, size, "1970-01-01T00:00:00Z");
    }
}

static bool write_pdf(struct sink *sink, page_painter *paint, void *context, struct error *err)
{
    char date[64];
    date_print(date, sizeof date);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        write_bytes, sink->file.stream, sink->info.width_pt, sink->info.height_pt);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, sink->info.title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    return paint_page(surface, paint, context, sink->file.path, err);
}

/* Names in the order in which a document mentions them; borrowed from it. */
struct names {
    struct name {
        const char *text;
        size_t length;
    } *items;
    size_t count, capacity;
};

static size_t name_index(struct names *names, const char *text, size_t length)
{
    size_t i = 0;
    while (i < names->count && (names->items[i].length != length
                                || memcmp(names->items[i].text, text, length))) {
        i++;
    }
    if (i == names->count) {
        names->items = memory_grow(names->items, i, &names->capacity, sizeof *names->items);
        names->items[names->count++] = (struct name){ text, length };
    }
    return i;
}

/* The length of the mark at text after which an id stands, or 0. */
static size_t mark_length(const char *text)
{
    static const char *const marks[] = { " id=\"", "\"#", "(#" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!strncmp(text, marks[i], strlen(marks[i]))) {
            return strlen(marks[i]);
        }
    }
    return 0;
}

/* Copies SVG text with its ids renumbered. cairo numbers them by how many
 * surfaces the process has made before, which no other run repeats. */
static void copy_renumbered(const char *text, FILE *stream)
{
    struct names names = { 0 };
    while (*text) {
        size_t mark = mark_length(text);
        if (!mark) {
            size_t plain = 1 + strcspn(text + 1, " \"(");
            fwrite(text, 1, plain, stream);
            text += plain;
            continue;
        }
        size_t length = strcspn(text + mark, "\")");
        size_t index = name_index(&names, text + mark, length);
        fprintf(stream, "%.*sn%zu", (int)mark, text, index);
        text += mark + length;
    }
    free(names.items);
}

static void print_escaped(const char *text, FILE *stream)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", stream);
            break;
        case '<':
            fputs("&lt;", stream);
            break;
        default:
            if ((unsigned char)*text >= ' ') { /* XML has no control characters */
                fputc(*text, stream);
            }
        }
    }
}

/* Writes what cairo made, with the title that cairo cannot give. */
static bool complete_svg(struct sink *sink, const char *text, struct error *err)
{
    FILE *stream = sink->file.stream;
    const char *start = strstr(text, "<svg");
    const char *body = start ? strchr(start, '>') : NULL;
    if (!body) {
        return error_set(err, ERROR_RENDER, "%s: cairo made no SVG", sink->file.path);
    }
    fwrite(text, 1, (size_t)(body + 1 - text), stream);
    fputs("\n<title>", stream);
    print_escaped(sink->info.title, stream);
    fputs("</title>", stream);
    copy_renumbered(body + 1, stream);
    return outfile_check(&sink->file, err);
}

static bool write_svg(struct sink *sink, page_painter *paint, void *context, struct error *err)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (!memory) {
        return error_set(err, ERROR_RENDER, "%s: %s", sink->file.path, strerror(errno));
    }
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
        write_bytes, memory, sink->info.width_pt, sink->info.height_pt);
    bool good = paint_page(surface, paint, context, sink->file.path, err);
    if (fclose(memory) && good) {
        good = error_set(err, ERROR_RENDER, "%s: %s", sink->file.path, strerror(errno));
    }
    good = good && complete_svg(sink, text, err);
    free(text);
    return good;
}

const struct format svg_format = {
    .name = "svg",
    .kind = FORMAT_VECTOR,
    .help = "one page of vectors, for the web",
    .page = write_svg,
};

const struct format pdf_format = {
    .name = "pdf",
    .kind = FORMAT_VECTOR,
    .help = "one page of vectors, for print",
    .page = write_pdf,
};
