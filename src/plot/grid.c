#include "plot/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

enum { SAMPLES_MIN = 200, SAMPLES_MAX = 2100, SAMPLES_ELSE = 1000, FACETS = 50 };
enum { PART_ROWS = 32 };

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

struct sampling {
    struct grid *grid;
    const struct objective *objective;
};

/* Samples the rows of one of the parts that threads share. */
static void sample_rows(void *context, size_t part)
{
    const struct sampling *sampling = context;
    const struct grid *grid = sampling->grid;
    size_t first = part * PART_ROWS, rest = grid->rows - first;
    objective_grid(sampling->objective, grid->columns, grid->x,
                   rest < PART_ROWS ? rest : PART_ROWS, grid->y + first,
                   grid->z + first * grid->columns);
}

void grid_init(struct grid *grid, const struct objective *objective)
{
    struct sampling sampling = { grid, objective };
    grid->columns = sample_axis(objective->x, &grid->x);
    grid->rows = sample_axis(objective->y, &grid->y);
    grid->z = memory_new(grid->columns * grid->rows, sizeof *grid->z);
    parallel_for((grid->rows + PART_ROWS - 1) / PART_ROWS, sample_rows, &sampling);
}

/* Indices 0, stride, ... and the last; their number. */
static size_t thin_axis(const double *from, size_t count, size_t stride, double **values,
                        size_t **kept)
{
    size_t fewer = (count - 1 + stride - 1) / stride + 1;
    *values = memory_new(fewer, sizeof **values);
    *kept = memory_new(fewer, sizeof **kept);
    for (size_t i = 0; i < fewer; i++) {
        (*kept)[i] = i * stride < count ? i * stride : count - 1;
        (*values)[i] = from[(*kept)[i]];
    }
    return fewer;
}

void grid_thin(struct grid *thin, const struct grid *grid, struct stride stride)
{
    size_t *columns, *rows;
    thin->columns = thin_axis(grid->x, grid->columns, stride.x, &thin->x, &columns);
    thin->rows = thin_axis(grid->y, grid->rows, stride.y, &thin->y, &rows);
    thin->z = memory_new(thin->columns * thin->rows, sizeof *thin->z);
    double *z = thin->z;
    for (size_t row = 0; row < thin->rows; row++) {
        for (size_t column = 0; column < thin->columns; column++) {
            *z++ = grid->z[rows[row] * grid->columns + columns[column]];
        }
    }
    free(columns);
    free(rows);
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
struct range grid_limits_above(const struct grid *grid, double floor)
{
    struct range limits = { INFINITY, floor };
    for (size_t row = 0; row + 1 < grid->rows; row++) {
        const double *z = grid->z + row * grid->columns;
        for (size_t column = 0; column + 1 < grid->columns; column++) {
            if (z[column] < limits.lo && z[column] > floor) {
                limits.lo = z[column];
            }
            if (z[column] > limits.hi && z[column] < INFINITY) {
                limits.hi = z[column];
            }
        }
    }
    return limits;
}

struct range grid_limits(const struct grid *grid)
{
    return range_or_unit(grid_limits_above(grid, -INFINITY));
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
