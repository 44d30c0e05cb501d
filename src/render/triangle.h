/* Filling triangles and cells of two with colours and lines, pixel by pixel, in bands of rows. */
#ifndef RENDER_TRIANGLE_H
#define RENDER_TRIANGLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/color.h"
#include "base/geometry.h"

/* Samples per pixel side, fixed-point steps per sample in which corners are
 * placed, and the most rows of pixels in a band. */
enum { SIDE = 4, FIXED = 256, BAND_ROWS = 16 };

/* Corners are at most this many samples away from the image's: products of
 * their differences stay within 64 bits. */
enum { FAR_SAMPLES = 1 << 20 };

struct corner {
    int32_t x, y; /* fixed point, in samples */
    bool is_drawn;
    float red, green, blue; /* 0 .. 255 */
    float part, light;      /* on the colormap, and what is left of its colour */
    float column, row;      /* of the mesh */
};

/* Lines where a value that is linear on a triangle is one of some. */
struct isolines {
    double half_width;          /* samples; 0: no lines */
    const double *values;       /* ascending */
    const struct color *colors; /* of each */
    size_t count;
};

enum { SHADES = 1024 };

/* What triangles are painted with. */
struct paint {
    struct color shades[SHADES + 1]; /* of parts 0 .. 1, components 0 .. 255 */
    struct isolines columns, rows, parts;
};

/* Rows of pixels that are being painted. A pixel is a set of samples that are
 * covered, one bit each, row by row, and the sum of their colours. */
struct band {
    uint16_t *covered;
    uint64_t *sums;  /* packed; they mean nothing where nothing is covered */
    int width;       /* pixels per row */
    int first, rows; /* of the image */
    int left, right; /* the columns that are painted, right left out */
};

/* The shade of a part, which may be beyond the colormap. */
const struct color *paint_shade(const struct paint *paint, double part);

/* Covers the samples that no triangle before has covered: what is nearer comes
 * first. Both sides of the triangle are shown. Its colours are interpolated, or
 * looked up sample by sample where it spans a good part of the colormap. */
void triangle_fill(const struct band *band, const struct paint *paint, const struct corner *a,
                   const struct corner *b, const struct corner *c);

/* Fills a cell, whose corners are counted around it, as the two triangles on both
 * sides of its first diagonal would, to half a level. False, and nothing is
 * done, where that takes both. */
bool cell_fill(const struct band *band, const struct paint *paint,
               const struct corner *const corners[4]);

/* A row of a band as cairo's pixels: the means of their samples' colours,
 * premultiplied with the shares that are covered. */
void band_row(const struct band *band, int row, uint32_t *pixels);

#endif
