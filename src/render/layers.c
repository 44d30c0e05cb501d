#include "render/layers.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "render/painter.h"

/* Pixels by which a mask grows at least. */
enum { GROWTH = 16 };

/* The whole pixels around a rectangle of points, and some more on each side. */
static struct pixels around(struct rect box, double scale, int more)
{
    int left = (int)floor(box.x * scale) - more, top = (int)floor(box.y * scale) - more;
    int right = (int)ceil((box.x + box.width) * scale) + more;
    int bottom = (int)ceil((box.y + box.height) * scale) + more;
    return (struct pixels){ left, top, right - left, bottom - top };
}

bool primitive_pixels(const struct scene *scene, const struct primitive *primitive, double scale,
                      struct pixels page, struct pixels *found)
{
    struct rect box;
    if (!primitive_bounds(scene, primitive, &box)) {
        return false;
    }
    *found = pixels_common(around(box, scale, 1), page);
    return found->width > 0 && found->height > 0;
}

void layers_init(struct layers *layers, const struct plot *plot, double scale, int width,
                 int height)
{
    struct pixels page = { 0, 0, width, height };
    *layers = (struct layers){ .path_count = plot->path_count, .scale = scale };
    layers->items = memory_new(plot->path_count * PANEL_COUNT * ROLE_COUNT,
                               sizeof *layers->items);
    for (enum panel panel = 0; panel < PANEL_COUNT; panel++) {
        bool is_surface = panel == PANEL_SURFACE && plot_shows(plot, panel);
        layers->boxes[panel] = pixels_common(around(is_surface ? plot->page.surface_area
                                                        : plot->page.panels[panel], scale, 0),
                                      page);
    }
}

void layers_finish(struct layers *layers)
{
    for (size_t i = 0; i < layers->path_count * PANEL_COUNT * ROLE_COUNT; i++) {
        cairo_surface_destroy(layers->items[i].mask);
    }
    free(layers->items);
    free(layers->undos);
    *layers = (struct layers){ 0 };
}

static struct layer *layer_of(const struct layers *layers, size_t path, enum panel panel,
                              enum role role)
{
    return &layers->items[(path * PANEL_COUNT + panel) * ROLE_COUNT + role];
}

static void note_status(struct layers *layers, cairo_status_t status)
{
    if (status) {
        layers->status = (int)status;
    }
}

static cairo_surface_t *mask_new(struct layers *layers, struct pixels box)
{
    cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, box.width, box.height);
    cairo_surface_set_device_offset(mask, -box.x, -box.y);
    note_status(layers, cairo_surface_status(mask));
    return mask;
}

/* The union, and some room around it for the trail to grow. */
static struct pixels roomy_union(struct pixels a, struct pixels b)
{
    struct pixels both = pixels_union(a, b);
    int across = both.width / 4 + GROWTH, along = both.height / 4 + GROWTH;
    return (struct pixels){ both.x - across, both.y - along, both.width + 2 * across,
                            both.height + 2 * along };
}

static bool holds(struct pixels box, struct pixels part)
{
    return part.x >= box.x && part.y >= box.y && part.x + part.width <= box.x + box.width
        && part.y + part.height <= box.y + box.height;
}

/* The byte of a layer's mask at a pixel of the page. */
static unsigned char *mask_at(const struct layer *layer, int x, int y)
{
    return cairo_image_surface_get_data(layer->mask)
           + (ptrdiff_t)(y - layer->box.y) * cairo_image_surface_get_stride(layer->mask)
           + (x - layer->box.x);
}

/* Makes the mask cover a part of its panel as well. */
static void cover(struct layers *layers, struct layer *layer, struct pixels part,
                  struct pixels panel)
{
    struct layer before = *layer;
    if (before.mask && holds(before.box, part)) {
        return;
    }
    layer->box = pixels_common(roomy_union(before.mask ? before.box : part, part), panel);
    layer->mask = mask_new(layers, layer->box);
    if (before.mask && !layers->status) {
        struct pixels kept = before.box;
        cairo_surface_flush(before.mask);
        for (int y = kept.y; y < kept.y + kept.height; y++) {
            memcpy(mask_at(layer, kept.x, y), mask_at(&before, kept.x, y), (size_t)kept.width);
        }
        cairo_surface_mark_dirty(layer->mask);
    }
    cairo_surface_destroy(before.mask);
}

/* Raises the mask's bytes to those of a stroke where they are less. */
static void raise_mask(const struct layer *layer, cairo_surface_t *stroke, struct pixels touched)
{
    cairo_surface_flush(layer->mask);
    cairo_surface_flush(stroke);
    const unsigned char *strokes = cairo_image_surface_get_data(stroke);
    for (int row = 0; row < touched.height; row++) {
        unsigned char *bytes = mask_at(layer, touched.x, touched.y + row);
        for (int i = 0; i < touched.width; i++) {
            bytes[i] = bytes[i] > strokes[i] ? bytes[i] : strokes[i];
        }
        strokes += cairo_image_surface_get_stride(stroke);
    }
    cairo_surface_mark_dirty(layer->mask);
}

/* A pixel is covered as much as by the stroke that covers it most: where strokes
 * meet or are repeated, the edges of a trail that grows stay as they were. */
static void stroke_layer(struct layers *layers, struct layer *layer,
                         const struct primitive *primitive, struct pixels touched)
{
    struct primitive opaque = *primitive;
    layer->color = primitive->stroke.color;
    opaque.stroke.color.a = 1;
    cairo_surface_t *stroke = mask_new(layers, touched);
    cairo_t *cairo = cairo_create(stroke);
    cairo_scale(cairo, layers->scale, layers->scale);
    painter_paint(cairo, &opaque, 1, NULL, layers->scale);
    note_status(layers, cairo_status(cairo));
    cairo_destroy(cairo);
    if (!layers->status) {
        raise_mask(layer, stroke, touched);
    }
    cairo_surface_destroy(stroke);
}

/* Copies a box of a mask's bytes, from the mask or back to it. */
static void copy_box(const struct undo *undo, bool back)
{
    cairo_surface_t *mask = undo->layer->mask;
    cairo_surface_flush(mask);
    size_t stride = (size_t)cairo_image_surface_get_stride(mask), width = (size_t)undo->box.width;
    unsigned char *bytes = mask_at(undo->layer, undo->box.x, undo->box.y);
    for (int row = 0; row < undo->box.height; row++) {
        unsigned char *kept = undo->bytes + (size_t)row * width;
        memcpy(back ? bytes : kept, back ? kept : bytes, width);
        bytes += stride;
    }
    cairo_surface_mark_dirty(mask);
}

static void remember(struct layers *layers, struct layer *layer, struct pixels touched)
{
    layers->undos = memory_grow(layers->undos, layers->undo_count, &layers->undo_capacity,
                                sizeof *layers->undos);
    struct undo *undo = &layers->undos[layers->undo_count++];
    *undo = (struct undo){ layer, touched,
                           memory_new((size_t)touched.width * (size_t)touched.height, 1) };
    copy_box(undo, false);
}

static void stroke_all(struct layers *layers, size_t path, enum panel panel,
                       const struct scene *scene, bool briefly)
{
    struct pixels box = layers->boxes[panel], touched;
    for (size_t i = 0; i < scene->count; i++) {
        const struct primitive *primitive = &scene->items[i];
        struct layer *layer = layer_of(layers, path, panel, primitive->role);
        if (!primitive_pixels(scene, primitive, layers->scale, box, &touched)) {
            continue;
        }
        cover(layers, layer, touched, box);
        if (layers->status) {
            return;
        }
        if (briefly) {
            remember(layers, layer, touched);
        }
        stroke_layer(layers, layer, primitive, touched);
    }
}

void layers_stroke(struct layers *layers, size_t path, enum panel panel,
                   const struct scene *scene)
{
    stroke_all(layers, path, panel, scene, false);
}

void layers_stroke_briefly(struct layers *layers, size_t path, enum panel panel,
                           const struct scene *scene)
{
    stroke_all(layers, path, panel, scene, true);
}

void layers_undo(struct layers *layers)
{
    while (layers->undo_count) { /* latest first: boxes may overlap */
        struct undo *undo = &layers->undos[--layers->undo_count];
        copy_box(undo, true);
        free(undo->bytes);
    }
}

void layers_clear(struct layers *layers, enum panel panel)
{
    for (size_t path = 0; path < layers->path_count; path++) {
        for (enum role role = 0; role < ROLE_COUNT; role++) {
            struct layer *layer = layer_of(layers, path, panel, role);
            cairo_surface_destroy(layer->mask);
            layer->mask = NULL;
        }
    }
}

static void compose_layer(const struct layers *layers, cairo_t *cairo, size_t path,
                          enum panel panel, enum role role)
{
    const struct layer *layer = layer_of(layers, path, panel, role);
    if (layer->mask) {
        cairo_set_source_rgba(cairo, layer->color.r, layer->color.g, layer->color.b,
                              layer->color.a);
        cairo_mask_surface(cairo, layer->mask, 0, 0);
    }
}

void layers_compose(const struct layers *layers, cairo_t *cairo)
{
    for (size_t path = 0; path < layers->path_count; path++) {
        for (enum panel panel = 0; panel < PANEL_COUNT; panel++) {
            for (enum role role = 0; role < ROLE_SHARED; role++) {
                compose_layer(layers, cairo, path, panel, role);
            }
        }
    }
    for (size_t path = 0; path < layers->path_count; path++) {
        for (enum panel panel = 0; panel < PANEL_COUNT; panel++) {
            compose_layer(layers, cairo, path, panel, ROLE_SHARED);
        }
    }
}
