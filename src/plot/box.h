/* The box around the surface: its three faces behind the surface, with lines
 * and numbers at round values. */
#ifndef PLOT_BOX_H
#define PLOT_BOX_H

#include "plot/plot.h"

/* Room that the numbers and names take around the box, points. */
double box_room(const struct theme *theme);

/* Draws it into the surface panel; before the surface. */
void box_draw(const struct plot *plot, const struct view *view, struct scene *scene);

#endif
