/* The trails of a film as coverage: one mask for every path, panel and role.
 *
 * A trail grows by strokes. In a mask they do not add up where they overlap,
 * so that a see-through trail has one tone, and casings stay below the lines
 * of their path. Composing gives each mask its colour, path by path in the
 * preset's order. */
#ifndef RENDER_LAYERS_H
#define RENDER_LAYERS_H

#include <stdatomic.h>
#include <stddef.h>

#include <cairo.h>

#include "plot/plot.h"
#include "render/image.h"

struct layer {
    cairo_surface_t *mask; /* A8; NULL: nothing there yet */
    struct pixels box;     /* that the mask covers; it grows with the trail */
    struct color color;
};

/* What a mask was before strokes that are to be taken back. */
struct undo {
    struct layer *layer;
    struct pixels box; /* on the page */
    unsigned char *bytes;
};

struct layers {
    struct layer *items;
    size_t path_count;
    struct pixels boxes[PANEL_COUNT]; /* of the panels: no mask is larger */
    double scale; /* pixels per point */
    struct undo *undos;
    size_t undo_count, undo_capacity;
    atomic_int status; /* cairo's, of something that went wrong */
};

/* width and height of the page in pixels. */
void layers_init(struct layers *layers, const struct plot *plot, double scale, int width,
                 int height);
void layers_finish(struct layers *layers);

/* Strokes the trail that is in the scene. Threads may stroke different trails at
 * the same time. */
void layers_stroke(struct layers *layers, size_t path, enum panel panel,
                   const struct scene *scene);

/* The same until layers_undo. */
void layers_stroke_briefly(struct layers *layers, size_t path, enum panel panel,
                           const struct scene *scene);
void layers_undo(struct layers *layers);

/* Forgets the trails of a panel. */
void layers_clear(struct layers *layers, enum panel panel);

/* Paints all trails within the clip of a context in pixels. */
void layers_compose(const struct layers *layers, cairo_t *cairo);


/* The whole pixels that a primitive can touch; false when there are none. */
bool primitive_pixels(const struct scene *scene, const struct primitive *primitive, double scale,
                      struct pixels page, struct pixels *found);

#endif
