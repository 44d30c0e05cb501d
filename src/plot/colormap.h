/* Colormaps: a value in 0..1 becomes a colour.
 *
 * A colormap is one row of the table in colormap.c and its 256 colours in
 * colormap_data.c. */
#ifndef PLOT_COLORMAP_H
#define PLOT_COLORMAP_H

#include <stddef.h>

#include "base/color.h"
#include "base/report.h"

enum { COLORMAP_SIZE = 256 };

/* sRGB in millionths. */
struct colormap_row {
    int r, g, b;
};

struct colormap {
    const char *name;
    const char *help;
    const struct colormap_row *rows; /* COLORMAP_SIZE */
};

extern const struct colormap_row colormap_viridis[COLORMAP_SIZE];
extern const struct colormap_row colormap_plasma[COLORMAP_SIZE];
extern const struct colormap_row colormap_inferno[COLORMAP_SIZE];
extern const struct colormap_row colormap_magma[COLORMAP_SIZE];
extern const struct colormap_row colormap_cividis[COLORMAP_SIZE];
extern const struct colormap_row colormap_greys[COLORMAP_SIZE];

const struct colormap *colormap_list(size_t *count);

/* The colormap that the text names; NULL after telling the report. */
const struct colormap *colormap_find(const struct text *name, struct report *report);

/* The table's colour of a value: row trunc(256 value), below 0 the first, from
 * 1 on the last (as matplotlib does, so that level colours are the same). */
struct color colormap_color(const struct colormap *colormap, double value);

/* Interpolated between rows, for smooth surfaces. */
struct color colormap_blend(const struct colormap *colormap, double value);

#endif
