/* Which level lines a panel shows, and how they and the bands between them are
 * coloured: for one size of panel, in data coordinates. */
#ifndef PLOT_LEVEL_MAP_H
#define PLOT_LEVEL_MAP_H

#include "plot/contour.h"
#include "plot/landscape.h"
#include "plot/levels.h"

struct level_map {
    struct levels levels;         /* on the scale of the contour's tone */
    struct color *colors;         /* of lines, one per level */
    double *parts;                /* the levels on the surface's colormap */
    struct level_lines *lines;    /* one per level, with as many points as the eye needs */
    struct color *band_colors;    /* opaque; band i is below level i, there is one more */
    struct level_lines *regions;  /* band i and all above it; NULL: not filled */
};

/* Where the theme has a level gap, there are so few levels that the panel's
 * area divided by the length of all lines is at least that. Lines are as fine as
 * the panel's pixels ask for; panel in points. */
void level_map_init(struct level_map *map, const struct landscape *landscape,
                    const struct contour_section *section, const struct look *look,
                    const struct rect *panel, double dpi);
void level_map_finish(struct level_map *map);

#endif
