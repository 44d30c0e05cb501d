/* Polylines with fewer points.
 *
 * D. Douglas and T. Peucker, "Algorithms for the reduction of the number of
 * points required to represent a digitized line", Cartographica 10 (1973). */
#ifndef PLOT_SIMPLIFY_H
#define PLOT_SIMPLIFY_H

#include <stddef.h>

#include "base/geometry.h"

/* Leaves out points, in place, so that none of them was further from the line
 * than tolerance says for its axes: an ellipse around the point. The ends stay,
 * and a closed line (whose last point is its first) stays closed. Returns how
 * many points are left. */
size_t simplify(struct vec2 *points, size_t count, struct vec2 tolerance);

#endif
