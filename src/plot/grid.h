/* The function sampled on a regular grid: what levels, limits and level lines
 * are made from. */
#ifndef PLOT_GRID_H
#define PLOT_GRID_H

#include <stddef.h>

#include "base/geometry.h"
#include "model/objective.h"

struct grid {
    size_t columns, rows; /* samples along x and along y */
    double *x, *y;        /* their coordinates, ascending */
    double *z;            /* z[row * columns + column], may hold NaN and infinities; or NULL */
};

/* The axes of the whole domain, z being NULL: lo, lo + step, ... below hi, then
 * hi itself. The step is 0.01, as in the notebook, where that makes a usable
 * number of samples, otherwise a thousandth of the range. */
void grid_init(struct grid *grid, const struct objective *objective);

/* So many samples apart along x and along y; at least 1. */
struct stride {
    size_t x, y;
};

/* The axes of those samples of a grid that are a stride apart, and the last ones. */
void grid_thin(struct grid *thin, const struct grid *grid, struct stride stride);

/* Samples the function where the axes say. */
void grid_sample(struct grid *grid, const struct objective *objective);

void grid_finish(struct grid *grid);

/* Least and greatest finite value. The last row and column (at hi) do not count
 * because the notebook does not sample them, and its level values follow from
 * these limits. (0, 1) when nothing is finite. */
struct range grid_limits(const struct grid *grid);

/* The same of the values above a floor; lo is greater than hi when there are none. */
struct range grid_limits_above(const struct grid *grid, double floor);

/* The limits of all samples on a grid's axes, and every so many'th of these samples
 * as far as they are finite, without room for all. Free samples with free. */
struct range grid_survey(const struct grid *grid, const struct objective *objective,
                         size_t stride, double **samples, size_t *count);

/* The range of the notebook's facet colours: least and greatest mean over the
 * rims of about 50 x 50 patches (matplotlib's plot_surface). */
struct range grid_facet_limits(const struct grid *grid);

#endif
