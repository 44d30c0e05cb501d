/* Filling triangles with depth, colours and lines, in bands of samples. */
#ifndef RENDER_TRIANGLE_H
#define RENDER_TRIANGLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/color.h"

/* Fixed-point steps per sample in which corners are placed, and the greatest
 * nearness: it is proportional to 1 / depth, which is linear on the screen. */
enum { FIXED = 256, NEAREST = 1 << 30 };

/* Corners are at most this many samples away from the image's: products of
 * their differences stay within 64 bits. */
enum { FAR_SAMPLES = 1 << 20 };

struct corner {
    int32_t x, y; /* fixed point, in samples */
    float nearness;         /* above 0 */
    float red, green, blue; /* 0 .. 255 */
    float part;             /* on the colormap */
    float column, row;      /* of the mesh */
};

/* Lines where a value that is linear on a triangle is one of some. */
struct isolines {
    double half_width;          /* samples; 0: no lines */
    const double *values;       /* ascending */
    const struct color *colors; /* of each */
    size_t count;
};

struct inks {
    struct isolines columns, rows, parts;
};

/* Samples carry their colour packed, so that adding up those of a pixel is one
 * addition each, see samples_mean. A sample that nothing covers is 0. */
struct band {
    uint64_t *colors;
    uint32_t *nearness;
    int width;       /* samples per row */
    int first, rows; /* sample rows of the image */
};

/* Both sides of the triangle are shown. */
void triangle_fill(const struct band *band, const struct inks *inks, const struct corner *a,
                   const struct corner *b, const struct corner *c);

/* The mean of a pixel's 16 samples as a cairo pixel: premultiplied with the
 * share that is covered. sum is that of their colours. */
uint32_t samples_mean(uint64_t sum);

#endif
