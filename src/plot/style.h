/* Themes: how everything but the data looks. Sizes are points. */
#ifndef PLOT_STYLE_H
#define PLOT_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/color.h"
#include "base/report.h"
#include "load/preset.h"
#include "plot/colormap.h"

struct theme {
    const char *name;
    const char *help;
    unsigned background, ink; /* 0xRRGGBB */
    const unsigned *palette;  /* path colours, repeated when they run out */
    size_t palette_size;
    double text_size;
    double path_width;
    double dot_diameter;  /* at every step of a still */
    double head_diameter; /* where a path is now */
    double frame_width;   /* of the contour panel's frame */
    double star_radius;   /* outer; the inner one is half of it */
    double star_edge;
    unsigned star;        /* its colour */
    double star_alpha;
    double hidden_alpha;  /* of what lies behind the surface */
};

const struct theme *theme_list(size_t *count);

/* The rows that a preset names. */
struct look {
    const struct theme *theme;
    const struct colormap *surface_map, *contour_map;
};

/* Finds them; false after telling the report of unknown names. */
bool look_resolve(struct look *look, const struct preset *preset, struct report *report);

/* The colour of path number index. */
struct color theme_path_color(const struct theme *theme, size_t index);

#endif
