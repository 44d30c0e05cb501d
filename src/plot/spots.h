/* Where a box over a panel covers least: the places of the legend and of the step counter.
 *
 * The panel is the contour panel, else the surface, else the losses. In other themes than the
 * notebook's a head, minimum or mark of a critical point weighs as much as the longest path. */
#ifndef PLOT_SPOTS_H
#define PLOT_SPOTS_H

#include <stddef.h>

#include "base/geometry.h"
#include "plot/plot.h"

/* A place in the panel: 0 the left or upper end, 1 the right or lower. */
struct spot {
    double across, along;
};

const struct rect *spot_panel(const struct plot *plot);

/* The largest size of a box. */
struct vec2 spot_room(const struct plot *plot);

/* How much one thing that is marked weighs, where a point of a path weighs 1. */
size_t spot_mark_weight(const struct plot *plot);

/* A box of a size at a spot, a little off the panel's frame. */
struct rect spot_box(const struct plot *plot, struct vec2 size, struct spot spot);

/* The first of the spots where a box of a size covers least, and nothing of what is to be avoided;
 * its width is 0 when there is none. Least is how much it covers, SIZE_MAX where there is none. */
struct rect spot_choose(const struct plot *plot, struct vec2 size, const struct spot *spots,
                        size_t count, struct rect avoid, size_t *least);

#endif
