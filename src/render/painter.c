#include "render/painter.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "render/raster.h"
#include "render/spread.h"

static void set_color(cairo_t *cairo, struct color color)
{
    cairo_set_source_rgba(cairo, color.r, color.g, color.b, color.a);
}

/* The nearest place where a line of this width covers whole pixels. */
static double snapped(double at, double width, double scale)
{
    double pixels = fmax(1, round(width * scale));
    double shift = fmod(pixels, 2) / 2;
    return (round(at * scale - shift) + shift) / scale;
}

static void trace_path(cairo_t *cairo, const struct primitive *primitive, double scale)
{
    const struct vec2 *point = primitive->points;
    const struct stroke *stroke = &primitive->stroke;
    for (size_t i = 0; i < primitive->subpath_count; i++) {
        size_t length = primitive->lengths ? primitive->lengths[i] : primitive->point_count;
        bool closed = length > 2 && point[0].x == point[length - 1].x
                      && point[0].y == point[length - 1].y;
        cairo_new_sub_path(cairo);
        for (size_t k = 0; k < length - closed; k++) {
            struct vec2 at = point[k];
            if (stroke->snap) {
                at.x = snapped(at.x, stroke->width, scale);
                at.y = snapped(at.y, stroke->width, scale);
            }
            cairo_line_to(cairo, at.x, at.y);
        }
        if (closed) {
            cairo_close_path(cairo);
        }
        point += length;
    }
}

static void stroke_path(cairo_t *cairo, const struct stroke *stroke, double scale)
{
    double width = stroke->width;
    if (stroke->snap) {
        width = fmax(1, round(width * scale)) / scale;
    }
    set_color(cairo, stroke->color);
    cairo_set_line_width(cairo, width);
    cairo_set_line_cap(cairo, stroke->cap == CAP_ROUND ? CAIRO_LINE_CAP_ROUND
                                                       : CAIRO_LINE_CAP_BUTT);
    cairo_set_line_join(cairo, stroke->snap ? CAIRO_LINE_JOIN_MITER : CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cairo, stroke->dashes, stroke->dash_count, stroke->dash_phase);
    cairo_stroke_preserve(cairo);
}

/* Fills and strokes the current path. */
static void paint_outline(cairo_t *cairo, const struct primitive *primitive, double scale)
{
    if (primitive->fill.a > 0) {
        set_color(cairo, primitive->fill);
        cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
        cairo_fill_preserve(cairo);
    }
    if (primitive->stroke.width > 0) {
        stroke_path(cairo, &primitive->stroke, scale);
    }
    cairo_new_path(cairo);
}

static void paint_path(cairo_t *cairo, const struct primitive *primitive, double scale)
{
    trace_path(cairo, primitive, scale);
    paint_outline(cairo, primitive, scale);
}

static void trace_circle(cairo_t *cairo, struct vec2 center, double radius)
{
    cairo_new_sub_path(cairo);
    cairo_arc(cairo, center.x, center.y, radius, 0, 2 * PI);
}

/* Fills the ring between two radii; a disc when the inner one is 0. */
static void fill_ring(cairo_t *cairo, struct vec2 center, double inner, double outer)
{
    cairo_new_path(cairo);
    trace_circle(cairo, center, outer);
    if (inner > 0) {
        trace_circle(cairo, center, inner);
    }
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_fill(cairo);
}

/* How much of a pixel a disc covers, by how far its middle is from the disc's. */
static double covered(double radius, double distance)
{
    return fmin(1, fmax(0, radius - distance + 0.5));
}

/* The same ring on an image, in pixels. The heads of a film are most of what is
 * drawn anew in a frame, and cairo takes ten times as long for its polygons. */
static void mask_ring(cairo_t *cairo, struct vec2 center, double inner, double outer)
{
    int left = (int)floor(center.x - outer - 0.5), top = (int)floor(center.y - outer - 0.5);
    int size = (int)ceil(2 * outer) + 2;
    cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, size, size);
    unsigned char *bytes = cairo_image_surface_get_data(mask);
    int stride = cairo_image_surface_get_stride(mask);
    for (int y = 0; bytes && y < size; y++, bytes += stride) {
        for (int x = 0; x < size; x++) {
            double across = left + x + 0.5 - center.x, along = top + y + 0.5 - center.y;
            double distance = sqrt(across * across + along * along);
            double part = covered(outer, distance) - (inner > 0 ? covered(inner, distance) : 0);
            bytes[x] = (unsigned char)(255 * part + 0.5);
        }
    }
    cairo_surface_mark_dirty(mask);
    cairo_save(cairo);
    cairo_identity_matrix(cairo);
    cairo_mask_surface(cairo, mask, left, top);
    cairo_restore(cairo);
    cairo_surface_destroy(mask);
}

/* Pixels from which on a disc is so large that its rim is nearly straight within
 * a pixel, and up to which its mask is small. */
static const double MASKED_MIN = 2.5, MASKED_MAX = 200;

static void paint_ring(cairo_t *cairo, const struct primitive *primitive, double inner,
                       double outer, struct color color, double scale)
{
    struct vec2 center = primitive->points[0];
    bool is_image = cairo_surface_get_type(cairo_get_target(cairo)) == CAIRO_SURFACE_TYPE_IMAGE;
    set_color(cairo, color);
    if (is_image && outer * scale >= MASKED_MIN && outer * scale <= MASKED_MAX) {
        cairo_user_to_device(cairo, &center.x, &center.y);
        mask_ring(cairo, center, inner * scale, outer * scale);
    } else {
        fill_ring(cairo, center, inner, outer);
    }
}

static void paint_disc(cairo_t *cairo, const struct primitive *primitive, double scale)
{
    double radius = primitive->radius, half = primitive->stroke.width / 2;
    if (primitive->fill.a > 0) {
        paint_ring(cairo, primitive, 0, radius, primitive->fill, scale);
    }
    if (half > 0) {
        paint_ring(cairo, primitive, fmax(0, radius - half), radius + half,
                   primitive->stroke.color, scale);
    }
}

static void paint_glyphs(cairo_t *cairo, const struct primitive *primitive, cairo_font_face_t *font)
{
    enum { BATCH = 64 };
    cairo_glyph_t glyphs[BATCH];
    const struct text_run *run = primitive->run;
    struct vec2 origin = primitive->points[0];
    if (primitive->upwards) {
        cairo_translate(cairo, origin.x, origin.y);
        cairo_rotate(cairo, -PI / 2);
        cairo_translate(cairo, -origin.x, -origin.y);
    }
    cairo_set_font_face(cairo, font);
    set_color(cairo, primitive->fill);
    for (size_t i = 0; i < run->count;) {
        double scale = run->glyphs[i].scale;
        int count = 0;
        for (; i < run->count && run->glyphs[i].scale == scale && count < BATCH; i++) {
            glyphs[count++] = (cairo_glyph_t){ run->glyphs[i].index,
                                               primitive->points[0].x + run->glyphs[i].x,
                                               primitive->points[0].y + run->glyphs[i].y };
        }
        cairo_set_font_size(cairo, scale * run->size);
        cairo_show_glyphs(cairo, glyphs, count);
    }
}

/* How much each pixel of an image is covered. */
static cairo_surface_t *coverage(const struct image *image)
{
    cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, image->width,
                                                       image->height);
    unsigned char *bytes = cairo_image_surface_get_data(mask);
    int stride = cairo_image_surface_get_stride(mask);
    for (int y = 0; bytes && y < image->height; y++, bytes += stride) {
        const uint32_t *row = (const uint32_t *)(const void *)(image->pixels
                                                               + (ptrdiff_t)y * image->stride);
        for (int x = 0; x < image->width; x++) {
            bytes[x] = (unsigned char)(row[x] >> 24);
        }
    }
    cairo_surface_mark_dirty(mask);
    return mask;
}

/* PDF keeps colours and coverage apart, and viewers scale each by itself. */
static void paint_apart(cairo_t *cairo, struct image *image, double left, double top)
{
    cairo_surface_t *mask = coverage(image);
    image_spread(image);
    cairo_surface_t *colors = cairo_image_surface_create_for_data(
        image->pixels, CAIRO_FORMAT_RGB24, image->width, image->height, image->stride);
    cairo_set_source_surface(cairo, colors, left, top);
    cairo_mask_surface(cairo, mask, left, top);
    cairo_surface_destroy(colors);
    cairo_surface_destroy(mask);
}

/* The surface becomes an image of its own, on whole device pixels. */
static void paint_surface(cairo_t *cairo, const struct primitive *primitive, double scale)
{
    const struct rect *area = primitive->clip;
    assert(area);
    double left = floor(area->x * scale), top = floor(area->y * scale);
    int width = (int)(ceil((area->x + area->width) * scale) - left);
    int height = (int)(ceil((area->y + area->height) * scale) - top);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    struct image image = { .width = width,
                           .height = height,
                           .stride = cairo_image_surface_get_stride(surface),
                           .pixels = cairo_image_surface_get_data(surface) };
    bool is_there = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (is_there) {
        struct raster_place place = { scale, left, top };
        cairo_surface_flush(surface);
        raster_surface(&image, primitive->surface, &place);
        cairo_surface_mark_dirty(surface);
    }
    cairo_save(cairo);
    cairo_scale(cairo, 1 / scale, 1 / scale);
    if (is_there && cairo_surface_get_type(cairo_get_target(cairo)) == CAIRO_SURFACE_TYPE_PDF) {
        paint_apart(cairo, &image, left, top);
    } else {
        cairo_set_source_surface(cairo, surface, left, top);
        cairo_paint(cairo);
    }
    cairo_restore(cairo);
    cairo_surface_destroy(surface);
}

static void paint_primitive(cairo_t *cairo, const struct primitive *primitive,
                            cairo_font_face_t *font, double scale)
{
    switch (primitive->kind) {
    case PRIMITIVE_PATH:
        paint_path(cairo, primitive, scale);
        break;
    case PRIMITIVE_DISC:
        paint_disc(cairo, primitive, scale);
        break;
    case PRIMITIVE_GLYPHS:
        paint_glyphs(cairo, primitive, font);
        break;
    case PRIMITIVE_SURFACE:
        paint_surface(cairo, primitive, scale);
        break;
    }
}

void painter_paint(cairo_t *cairo, const struct primitive *items, size_t count,
                   cairo_font_face_t *font, double scale)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cairo, options);
    cairo_font_options_destroy(options);
    for (size_t i = 0; i < count; i++) {
        const struct primitive *primitive = &items[i];
        cairo_save(cairo);
        if (primitive->clip) {
            cairo_rectangle(cairo, primitive->clip->x, primitive->clip->y, primitive->clip->width,
                            primitive->clip->height);
            cairo_clip(cairo);
        }
        paint_primitive(cairo, primitive, font, scale);
        cairo_restore(cairo);
    }
}
