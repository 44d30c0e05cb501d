/* A bitmap as cairo lays it out: CAIRO_FORMAT_ARGB32, premultiplied, native
 * byte order, top row first. Made by render, read by write. */
#ifndef RENDER_IMAGE_H
#define RENDER_IMAGE_H

#include <stddef.h>

/* A rectangle of pixels. */
struct pixels {
    int x, y, width, height;
};

/* What is in both, which may be empty, and the smallest that holds both. */
struct pixels pixels_common(struct pixels a, struct pixels b);
struct pixels pixels_union(struct pixels a, struct pixels b);

struct image {
    int width, height; /* pixels */
    int stride;        /* bytes from row to row */
    unsigned char *pixels;
    /* Where a film's frame differs from the one before, which may be less than
     * this says; NULL: everywhere. Borrowed from who made the frame. */
    const struct pixels *damage;
    size_t damage_count;
};

#endif
