/* A bitmap as cairo lays it out: CAIRO_FORMAT_ARGB32, premultiplied, native
 * byte order, top row first. Made by render, read by write. */
#ifndef RENDER_IMAGE_H
#define RENDER_IMAGE_H

#include <stddef.h>

struct image {
    int width, height; /* pixels */
    int stride;        /* bytes from row to row */
    unsigned char *pixels;
};

#endif
