/* Frames of a film: what stays is painted once, trails grow by their newest
 * segments, and only what changed is composed again.
 *
 *     frame = background [+ surface, when the camera moves] + trails + heads + overlay
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
#include "render/layers.h"

struct frames {
    const struct plot *plot; /* borrowed */
    double scale;            /* pixels per point */
    struct pixels page;
    cairo_font_face_t *font;
    cairo_surface_t *background, *frame; /* of the page */
    cairo_surface_t *overlay;            /* as large as what lies on top */
    struct layers layers;
    struct view turned; /* the frame's view when the camera moves */
    struct scene scene, heads; /* what is being painted; heads of this frame */
    size_t next;   /* first step that the layers lack */
    bool is_begun; /* a frame has been painted */
    /* What the latest frame changed; the first changes everything. */
    struct pixels *damage;
    size_t damage_count, damage_capacity;
    /* What is there now and will not be there in the next frame. */
    struct pixels *passing;
    size_t passing_count, passing_capacity;
};

/* width and height in pixels. Paints what stays and, in threads that have nothing
 * else to do, the trails up to frame first, which none before will be wanted.
 * Fails when cairo cannot make the images. */
bool frames_init(struct frames *frames, const struct plot *plot, int width, int height, double dpi,
                 size_t first, struct error *err);
void frames_finish(struct frames *frames);

/* Brings the trails up to a frame without painting it, as a long way there is
 * made in parts. */
void frames_advance(struct frames *frames, size_t number);

/* The picture of a frame of the film, whose numbers may not go back. It stays
 * valid until the next call. */
bool frames_paint(struct frames *frames, size_t number, struct image *image, struct error *err);

#endif
