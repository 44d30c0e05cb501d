/* Frames of a film: the background is painted once, the trail grows by its
 * newest segments, and only what changed is composed again.
 *
 *     trail image = background + trail segments so far
 *     frame image = trail image + heads + overlay
 *
 * Frame k painted alone equals frame k of the film, byte for byte. */
#ifndef RENDER_FRAME_H
#define RENDER_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include <cairo.h>

#include "base/error.h"
#include "plot/plot.h"
#include "render/image.h"

/* A rectangle of pixels. */
struct damage {
    int x, y, width, height;
};

struct frames {
    const struct plot *plot; /* borrowed */
    double scale;            /* pixels per point */
    int width, height;       /* pixels */
    cairo_font_face_t *font;
    cairo_surface_t *trail, *overlay, *frame;
    struct scene scene;
    size_t next; /* first step that the trail image lacks */
    /* What the latest frame changed; the first changes everything. Writers do
     * not use it yet, see HACKING.md. */
    struct damage *damage;
    size_t damage_count, damage_capacity;
    /* Where heads are now, and have to be wiped out next. */
    struct damage *heads;
    size_t head_count, head_capacity;
};

/* width and height in pixels. Fails when cairo cannot make the images. */
bool frames_init(struct frames *frames, const struct plot *plot, int width, int height, double dpi,
                 struct error *err);
void frames_finish(struct frames *frames);

/* The picture at a step, which may not go back. It stays valid until the next
 * call. */
bool frames_paint(struct frames *frames, size_t step, struct image *image, struct error *err);

#endif
