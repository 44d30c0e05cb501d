/* The contour panel: bands, level lines and their labels, placed on the page. */
#ifndef PLOT_CONTOUR_PANEL_H
#define PLOT_CONTOUR_PANEL_H

#include <stddef.h>

#include "base/geometry.h"
#include "plot/axes.h"
#include "plot/critical_marks.h"
#include "plot/level_crowd.h"
#include "plot/level_labels.h"
#include "plot/level_map.h"
#include "plot/scene.h"

struct plot;

struct contour_panel {
    struct axis x, y;
    const struct level_map *map; /* borrowed from the plot */
    struct level_lines *lines;   /* in page points, one entry per level */
    struct level_lines (*faded)[FADE_STEPS]; /* the same by strength; NULL: all are strong */
    struct level_lines *regions; /* and one more of these; NULL: not filled */
    struct level_labels labels; /* of levels and of marks */
    struct critical_marks marks;
};

/* Shapes the axes; before the page is laid out. */
void contour_panel_init(struct contour_panel *panel, const struct plot *plot);

/* Places the lines, once the page is known. */
void contour_panel_place(struct contour_panel *panel, const struct plot *plot);
void contour_panel_finish(struct contour_panel *panel);

/* Everything but the frame, which is drawn over the paths. */
void contour_panel_draw(const struct contour_panel *panel, const struct plot *plot,
                        struct scene *scene);

/* The page point of a point of the domain. */
struct vec2 contour_panel_point(const struct plot *plot, struct vec2 data);

#endif
