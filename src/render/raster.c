#include "render/raster.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Samples per pixel side; rows of pixels that are worked on at a time; and the
 * fixed-point steps per sample in which vertices are placed. */
enum { SIDE = 4, BAND_ROWS = 32, FIXED = 256 };

/* Vertices further away than this many samples are left out: the products of
 * the edge functions stay within 64 bits. */
static const double FAR = 1 << 20;

enum { SHADES = 1024 };

struct vertex {
    int64_t x, y;  /* fixed point, in samples */
    float nearness; /* 1 / depth: linear on the screen; 0: not drawn */
    float value;   /* 0..1 on the colormap */
};

struct sample {
    float nearness;
    uint32_t color; /* 0xRRGGBB, opaque where nearness > 0 */
};

struct raster {
    struct vertex *vertices;
    uint32_t shades[SHADES + 1];
    struct sample *samples; /* of one band */
    int width;              /* samples per row */
    int first, rows;        /* the band's sample rows */
};

static void place_vertices(struct raster *raster, const struct surface_view *surface,
                           const struct raster_place *place)
{
    double low = surface->color_range.lo, span = surface->color_range.hi - low;
    raster->vertices = memory_new(MESH_SIDE * MESH_SIDE, sizeof *raster->vertices);
    for (size_t i = 0; i < MESH_SIDE * MESH_SIDE; i++) {
        const struct projected *seen = &surface->vertices[i];
        double x = (seen->page.x * place->scale - place->origin_x) * SIDE;
        double y = (seen->page.y * place->scale - place->origin_y) * SIDE;
        if (!(seen->depth > 0 && fabs(x) < FAR && fabs(y) < FAR)) {
            continue;
        }
        double value = (surface->mesh->heights[i] - low) / span;
        raster->vertices[i] = (struct vertex){ llround(x * FIXED), llround(y * FIXED),
                                               (float)(1 / seen->depth),
                                               (float)fmin(1, fmax(0, value)) };
    }
}

static void mix_shades(struct raster *raster, const struct colormap *colormap)
{
    for (int i = 0; i <= SHADES; i++) {
        struct color color = colormap_blend(colormap, (double)i / SHADES);
        raster->shades[i] = (uint32_t)lround(255 * color.r) << 16
                            | (uint32_t)lround(255 * color.g) << 8
                            | (uint32_t)lround(255 * color.b);
    }
}

static int64_t least(int64_t a, int64_t b, int64_t c)
{
    int64_t low = a < b ? a : b;
    return low < c ? low : c;
}

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* First sample index whose centre is at or after a fixed-point coordinate;
 * centres are in the middle of their FIXED steps. */
static int64_t sample_from(int64_t at)
{
    int64_t shifted = at - FIXED / 2;
    return shifted >= 0 ? (shifted + FIXED - 1) / FIXED : -(-shifted / FIXED);
}

/* Twice the signed area of a, b and a point: its sign tells the side. */
struct edge {
    int64_t across, down; /* change per sample to the right and downwards */
    int64_t value;
};

static struct edge edge_at(const struct vertex *a, const struct vertex *b, int64_t x, int64_t y)
{
    return (struct edge){ -(b->y - a->y) * FIXED, (b->x - a->x) * FIXED,
                          (b->x - a->x) * (y - a->y) - (b->y - a->y) * (x - a->x) };
}

static void draw_triangle(struct raster *raster, const struct vertex *a, const struct vertex *b,
                          const struct vertex *c)
{
    if (a->nearness <= 0 || b->nearness <= 0 || c->nearness <= 0) {
        return;
    }
    int64_t area = (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x);
    if (area == 0) {
        return;
    }
    if (area < 0) { /* both sides of the surface are shown */
        const struct vertex *swap = b;
        b = c;
        c = swap;
        area = -area;
    }
    int64_t bottom = raster->first + raster->rows;
    int64_t top = clamp(sample_from(least(a->y, b->y, c->y)), raster->first, bottom);
    int64_t end = clamp(sample_from(-least(-a->y, -b->y, -c->y) + 1), raster->first, bottom);
    int64_t left = clamp(sample_from(least(a->x, b->x, c->x)), 0, raster->width);
    int64_t right = clamp(sample_from(-least(-a->x, -b->x, -c->x) + 1), 0, raster->width);
    int64_t x = left * FIXED + FIXED / 2, y = top * FIXED + FIXED / 2;
    struct edge bc = edge_at(b, c, x, y), ca = edge_at(c, a, x, y), ab = edge_at(a, b, x, y);
    float unit = 1 / (float)area;
    for (int64_t row = top; row < end; row++) {
        struct sample *samples = raster->samples + (row - raster->first) * raster->width;
        int64_t in_a = bc.value, in_b = ca.value, in_c = ab.value;
        for (int64_t column = left; column < right; column++) {
            if ((in_a | in_b | in_c) >= 0) {
                float wa = (float)in_a * unit, wb = (float)in_b * unit, wc = (float)in_c * unit;
                float nearness = wa * a->nearness + wb * b->nearness + wc * c->nearness;
                if (nearness > samples[column].nearness) {
                    float value = wa * a->value + wb * b->value + wc * c->value;
                    samples[column].nearness = nearness;
                    samples[column].color = raster->shades[clamp((int64_t)(value * SHADES), 0,
                                                                 SHADES)];
                }
            }
            in_a += bc.across;
            in_b += ca.across;
            in_c += ab.across;
        }
        bc.value += bc.down;
        ca.value += ca.down;
        ab.value += ab.down;
    }
}

/* Each cell of the mesh is two triangles. */
static void draw_cells(struct raster *raster)
{
    for (size_t row = 0; row < MESH_CELLS; row++) {
        for (size_t column = 0; column < MESH_CELLS; column++) {
            const struct vertex *low = raster->vertices + row * MESH_SIDE + column;
            const struct vertex *high = low + MESH_SIDE;
            draw_triangle(raster, &low[0], &low[1], &high[1]);
            draw_triangle(raster, &low[0], &high[1], &high[0]);
        }
    }
}

/* The mean of a pixel's samples, premultiplied with the covered share. */
static uint32_t resolve(const struct raster *raster, int x, int row)
{
    uint32_t covered = 0, red = 0, green = 0, blue = 0;
    const uint32_t all = SIDE * SIDE;
    for (int j = 0; j < SIDE; j++) {
        const struct sample *samples = raster->samples + (row * SIDE + j) * raster->width
                                       + x * SIDE;
        for (int i = 0; i < SIDE; i++) {
            if (samples[i].nearness > 0) {
                covered++;
                red += samples[i].color >> 16;
                green += samples[i].color >> 8 & 255;
                blue += samples[i].color & 255;
            }
        }
    }
    return (covered * 255 + all / 2) / all << 24 | (red + all / 2) / all << 16
           | (green + all / 2) / all << 8 | (blue + all / 2) / all;
}

void raster_surface(struct image *image, const struct surface_view *surface,
                    const struct raster_place *place)
{
    struct raster raster = { .width = image->width * SIDE };
    place_vertices(&raster, surface, place);
    mix_shades(&raster, surface->colormap);
    size_t band = (size_t)raster.width * SIDE * BAND_ROWS;
    raster.samples = memory_new(band, sizeof *raster.samples);
    for (int top = 0; top < image->height; top += BAND_ROWS) {
        int rows = image->height - top < BAND_ROWS ? image->height - top : BAND_ROWS;
        memset(raster.samples, 0, band * sizeof *raster.samples);
        raster.first = top * SIDE;
        raster.rows = rows * SIDE;
        draw_cells(&raster);
        for (int row = 0; row < rows; row++) {
            uint32_t *pixels = (uint32_t *)(void *)(image->pixels
                                                    + (size_t)(top + row) * (size_t)image->stride);
            for (int x = 0; x < image->width; x++) {
                pixels[x] = resolve(&raster, x, row);
            }
        }
    }
    free(raster.samples);
    free(raster.vertices);
}
