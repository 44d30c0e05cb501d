/* Pages that keep lines and text as vectors: SVG and PDF, through cairo. */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "base/epoch.h"
#include "base/memory.h"
#include "write/pdf.h"
#include "write/sink.h"
#include "write/svg.h"

/* Where cairo's bytes go. It forgets why they were not taken. */
struct page_stream {
    struct outfile *file;
    struct error trouble;
};

static cairo_status_t write_bytes(void *context, const unsigned char *bytes, unsigned size)
{
    struct page_stream *stream = context;
    bool good = outfile_write(stream->file, bytes, size, &stream->trouble);
    return good ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static cairo_status_t write_to_memory(void *stream, const unsigned char *bytes, unsigned size)
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

static void date_print(char *text, size_t size)
{
    time_t seconds = (time_t)epoch_seconds();
    struct tm parts;
    if (!gmtime_r(&seconds, &parts) || !strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &parts)) {
        snprintf(text, size, "1970-01-01T00:00:00Z");
    }
}

static bool write_pdf(struct sink *sink, page_painter *paint, void *context, struct error *err)
{
    char date[64];
    struct page_stream stream = { .file = &sink->file };
    date_print(date, sizeof date);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        write_bytes, &stream, sink->info.width_pt, sink->info.height_pt);
    /* Newer ones are not for every LaTeX: pdfTeX takes 1.5 and warns above. */
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
    if (sink->info.title) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, sink->info.title);
    }
    if (sink->info.description) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT,
                                       sink->info.description);
    }
    if (sink->info.record) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, sink->info.record);
    }
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    bool good = paint_page(surface, paint, context, sink->file.path, err);
    if (stream.trouble.kind) {
        *err = stream.trouble;
    }
    return good && !stream.trouble.kind;
}

/* Writes what cairo made, with what it lacks. */
static bool complete_svg(struct sink *sink, const char *text, struct error *err)
{
    const struct sink_info *info = &sink->info;
    struct svg_page page = { .title = info->title, .description = info->description,
                             .record = info->record };
    if (info->in_pixels) {
        page.width_px = info->width_px;
        page.height_px = info->height_px;
    }
    return svg_complete(text, &page, sink->file.stream)
               ? outfile_check(&sink->file, err)
               : error_set(err, ERROR_RENDER, "%s: cairo made no SVG", sink->file.path);
}

static bool write_svg(struct sink *sink, page_painter *paint, void *context, struct error *err)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (!memory) {
        memory_end();
    }
    cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
        write_to_memory, memory, sink->info.width_pt, sink->info.height_pt);
    /* Older cairo does so by itself, newer takes pixels. */
    cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PT);
    bool good = paint_page(surface, paint, context, sink->file.path, err);
    if (fclose(memory)) {
        memory_end();
    }
    good = good && complete_svg(sink, text, err);
    free(text);
    return good;
}

static const char *svg_read(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    return svg_record(file, arena);
}

static const char *pdf_read(const char *path, FILE *file, struct arena *arena)
{
    (void)path;
    return pdf_record(file, arena);
}

const struct format svg_format = {
    .name = "svg",
    .kind = FORMAT_VECTOR,
    .help = "one page of vectors, for the web",
    .page = write_svg,
    .record = svg_read,
};

const struct format pdf_format = {
    .name = "pdf",
    .kind = FORMAT_VECTOR,
    .is_dated = true,
    .help = "one page of vectors, for print",
    .page = write_pdf,
    .record = pdf_read,
};
