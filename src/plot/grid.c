#include "plot/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

enum { SAMPLES_MIN = 200, SAMPLES_MAX = 2100, SAMPLES_ELSE = 1000, FACETS = 50 };
enum { BAND_ROWS = 32 };

/* numpy's arange(lo, hi, 0.01) spaces by the rounded difference of its first
 * two values, not by 0.01; levels near a minimum of 0 depend on that. */
static size_t sample_axis(struct range range, double **values)
{
    double span = range.hi - range.lo, step = 0.01;
    size_t count = (size_t)ceil(span / step < 1e6 ? span / step : 1e6);
    if (count < SAMPLES_MIN || count > SAMPLES_MAX) {
        count = SAMPLES_ELSE;
        step = span / SAMPLES_ELSE;
    }
    double delta = (range.lo + step) - range.lo;
    *values = memory_new(count + 1, sizeof **values);
    for (size_t i = 0; i < count; i++) {
        (*values)[i] = range.lo + (double)i * delta;
    }
    (*values)[count] = range.hi;
    return count + 1;
}

/* The rows of one of the parts that threads share. */
struct band {
    size_t first, rows;
};

static struct band band_at(const struct grid *grid, size_t part)
{
    size_t first = part * BAND_ROWS, rest = grid->rows - first;
    return (struct band){ first, rest < BAND_ROWS ? rest : BAND_ROWS };
}

static size_t band_count(const struct grid *grid)
{
    return (grid->rows + BAND_ROWS - 1) / BAND_ROWS;
}

static void sample_rows(const struct grid *grid, const struct objective *objective,
                        struct band band, double *z)
{
    objective_grid(objective, grid->columns, grid->x, band.rows, grid->y + band.first, z);
}

struct sampling {
    struct grid *grid;
    const struct objective *objective;
};

static void sample_band(void *context, size_t part)
{
    const struct sampling *sampling = context;
    struct band band = band_at(sampling->grid, part);
    sample_rows(sampling->grid, sampling->objective, band,
                sampling->grid->z + band.first * sampling->grid->columns);
}

void grid_init(struct grid *grid, const struct objective *objective)
{
    *grid = (struct grid){ 0 };
    grid->columns = sample_axis(objective->x, &grid->x);
    grid->rows = sample_axis(objective->y, &grid->y);
}

void grid_sample(struct grid *grid, const struct objective *objective)
{
    struct sampling sampling = { grid, objective };
    grid->z = memory_new(grid->columns * grid->rows, sizeof *grid->z);
    parallel_for(band_count(grid), sample_band, &sampling);
}

/* Takes 0, stride, ... and the last; returns their number. */
static size_t thin_axis(const double *from, size_t count, size_t stride, double **values)
{
    size_t fewer = (count - 1 + stride - 1) / stride + 1;
    *values = memory_new(fewer, sizeof **values);
    for (size_t i = 0; i < fewer; i++) {
        (*values)[i] = from[i * stride < count ? i * stride : count - 1];
    }
    return fewer;
}

void grid_thin(struct grid *thin, const struct grid *grid, struct stride stride)
{
    *thin = (struct grid){ 0 };
    thin->columns = thin_axis(grid->x, grid->columns, stride.x, &thin->x);
    thin->rows = thin_axis(grid->y, grid->rows, stride.y, &thin->y);
}

void grid_finish(struct grid *grid)
{
    free(grid->x);
    free(grid->y);
    free(grid->z);
    *grid = (struct grid){ 0 };
}

static void range_extend(struct range *range, double value)
{
    if (isfinite(value)) {
        range->lo = fmin(range->lo, value);
        range->hi = fmax(range->hi, value);
    }
}

static struct range range_or_unit(struct range range)
{
    return range.lo <= range.hi ? range : (struct range){ 0, 1 };
}

/* Branches that are nearly never taken cost less than choosing values would. */
static void extend_limits(struct range *limits, const double *z, size_t count, double floor)
{
    struct range found = *limits;
    for (size_t i = 0; i < count; i++) {
        if (z[i] < found.lo && z[i] > floor) {
            found.lo = z[i];
        }
        if (z[i] > found.hi && z[i] < INFINITY) {
            found.hi = z[i];
        }
    }
    *limits = found;
}

struct range grid_limits_above(const struct grid *grid, double floor)
{
    struct range limits = { INFINITY, floor };
    for (size_t row = 0; row + 1 < grid->rows; row++) {
        extend_limits(&limits, grid->z + row * grid->columns, grid->columns - 1, floor);
    }
    return limits;
}

struct range grid_limits(const struct grid *grid)
{
    return range_or_unit(grid_limits_above(grid, -INFINITY));
}

struct surveying {
    const struct grid *grid;
    const struct objective *objective;
    size_t stride;
    struct range *limits; /* per part */
    double *samples;
};

static void survey_band(void *context, size_t part)
{
    const struct surveying *surveying = context;
    const struct grid *grid = surveying->grid;
    struct band band = band_at(grid, part);
    size_t columns = grid->columns, stride = surveying->stride;
    double *z = memory_resize(NULL, band.rows * columns, sizeof *z);
    struct range limits = { INFINITY, -INFINITY };
    sample_rows(grid, surveying->objective, band, z);
    for (size_t row = 0; row < band.rows && band.first + row + 1 < grid->rows; row++) {
        extend_limits(&limits, z + row * columns, columns - 1, -INFINITY);
    }
    surveying->limits[part] = limits;
    size_t start = band.first * columns, end = start + band.rows * columns;
    for (size_t i = (start + stride - 1) / stride; i * stride < end; i++) {
        surveying->samples[i] = z[i * stride - start];
    }
    free(z);
}

static size_t keep_finite(double *values, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(values[i])) {
            values[kept++] = values[i];
        }
    }
    return kept;
}

struct range grid_survey(const struct grid *grid, const struct objective *objective,
                         size_t stride, double **samples, size_t *count)
{
    size_t parts = band_count(grid), all = (grid->columns * grid->rows - 1) / stride + 1;
    struct range limits = { INFINITY, -INFINITY };
    struct surveying surveying = { grid, objective, stride, NULL, NULL };
    surveying.limits = memory_new(parts, sizeof *surveying.limits);
    surveying.samples = memory_new(all, sizeof *surveying.samples);
    parallel_for(parts, survey_band, &surveying);
    for (size_t i = 0; i < parts; i++) {
        limits.lo = fmin(limits.lo, surveying.limits[i].lo);
        limits.hi = fmax(limits.hi, surveying.limits[i].hi);
    }
    free(surveying.limits);
    *samples = surveying.samples;
    *count = keep_finite(surveying.samples, all);
    return range_or_unit(limits);
}

struct mean {
    double sum;
    size_t count;
};

static void mean_add(struct mean *mean, double value)
{
    if (isfinite(value)) {
        mean->sum += value;
        mean->count++;
    }
}

/* Mean of the finite samples on the rim of the patch between two rows and two
 * columns; NaN when there is none. */
static double rim_mean(const struct grid *grid, size_t top, size_t bottom, size_t left,
                       size_t right)
{
    const double *z = grid->z;
    struct mean mean = { 0 };
    for (size_t column = left; column < right; column++) {
        mean_add(&mean, z[top * grid->columns + column]);
        mean_add(&mean, z[bottom * grid->columns + column + 1]);
    }
    for (size_t row = top; row < bottom; row++) {
        mean_add(&mean, z[row * grid->columns + right]);
        mean_add(&mean, z[(row + 1) * grid->columns + left]);
    }
    return mean.sum / (double)mean.count;
}

static size_t facet_end(size_t start, size_t stride, size_t last)
{
    return start + stride < last ? start + stride : last;
}

struct range grid_facet_limits(const struct grid *grid)
{
    struct range limits = { INFINITY, -INFINITY };
    size_t last_row = grid->rows - 2, last_column = grid->columns - 2;
    size_t row_stride = (grid->rows - 1 + FACETS - 1) / FACETS;
    size_t column_stride = (grid->columns - 1 + FACETS - 1) / FACETS;
    for (size_t row = 0; row < last_row; row += row_stride) {
        size_t bottom = facet_end(row, row_stride, last_row);
        for (size_t column = 0; column < last_column; column += column_stride) {
            size_t right = facet_end(column, column_stride, last_column);
            range_extend(&limits, rim_mean(grid, row, bottom, column, right));
        }
    }
    return range_or_unit(limits);
}
