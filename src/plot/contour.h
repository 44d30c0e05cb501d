/* Level lines of a grid: marching squares, joined into polylines.
 *
 * W. Lorensen and H. Cline, "Marching cubes", SIGGRAPH 1987, in two dimensions:
 * a sample is inside when it is above the level, crossings are interpolated
 * linearly, and of the two ways through a saddle cell the mean of its four
 * corners decides. A cell with one non-finite corner is cut as the triangle of
 * the other three; cells with more are holes. */
#ifndef PLOT_CONTOUR_H
#define PLOT_CONTOUR_H

#include <stddef.h>

#include "base/geometry.h"
#include "plot/grid.h"
#include "plot/levels.h"

/* The lines of one level, one after another in points. A line whose last
 * point is its first is closed. The higher side is on the left. */
struct level_lines {
    struct vec2 *points; /* data coordinates */
    size_t point_count, point_capacity;
    size_t *lengths; /* points per line, each at least 2 */
    size_t count, capacity;
};

/* Traces all levels in one pass over the cells. Returns levels->count entries;
 * free with contour_free. */
struct level_lines *contour_trace(const struct grid *grid, const struct levels *levels);

/* How long all level lines are together, where a unit of x and of y counts so
 * much. Needs no memory for lines. */
double contour_length(const struct grid *grid, const struct levels *levels, struct vec2 scale);

/* The regions where the grid is at or above a level, each bounded by closed
 * lines with the region on their left; the grid's rim and what is not finite
 * counts as below everything. Returns levels->count + 1 entries, for the whole
 * finite part comes first; free with contour_free. */
struct level_lines *contour_regions(const struct grid *grid, const struct levels *levels);

/* Begins a line, and adds a point to the line begun last. */
void lines_begin(struct level_lines *lines);
void lines_point(struct level_lines *lines, struct vec2 point);

void contour_free(struct level_lines *lines, size_t level_count);

#endif
