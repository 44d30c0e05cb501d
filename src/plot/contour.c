#include "plot/contour.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Edges of the grid are numbered three to a sample: to the right, upwards, and
 * the diagonal of the cell that begins there (triangles only). */
enum { EDGE_RIGHT, EDGE_UP, EDGE_DIAGONAL, EDGE_KINDS };

/* A piece of a level line through one cell, from edge to edge. */
struct piece {
    uint32_t from, to;
    struct vec2 start; /* where the level crosses the edge from */
};

struct pieces {
    struct piece *items;
    size_t count, capacity;
};

struct tracer {
    const struct grid *grid;
    const struct levels *levels;
    struct pieces *pieces; /* per level */
    /* For joining: the piece that begins at an edge, plus one; and whether one
     * ends there. Cleared again after each level. */
    uint32_t *begins;
    unsigned char *ends;
};

/* A cell's corners, counterclockwise, or three of them. */
struct cell {
    int count;
    size_t corner[4]; /* sample index */
    int below[4];     /* how many levels are below the sample */
};

/* How many levels lie below z; guess is the answer for a neighbour. */
static int levels_below(const struct levels *levels, double z, int guess)
{
    int count = (int)levels->count;
    if (guess > 0 && guess < count && z > levels->values[guess - 1] && z <= levels->values[guess]) {
        return guess;
    }
    if (!isfinite(z)) {
        return -1;
    }
    while (guess < count && levels->values[guess] < z) {
        guess++;
    }
    while (guess > 0 && levels->values[guess - 1] >= z) {
        guess--;
    }
    return guess;
}

static uint32_t edge_between(const struct tracer *tracer, size_t a, size_t b)
{
    size_t columns = tracer->grid->columns, low = a < b ? a : b, step = a < b ? b - a : a - b;
    if (step == 1) {
        return (uint32_t)(low * EDGE_KINDS + EDGE_RIGHT);
    }
    if (step == columns) {
        return (uint32_t)(low * EDGE_KINDS + EDGE_UP);
    }
    /* Either diagonal; a cell that is a triangle has only one. */
    size_t origin = step == columns + 1 ? low : low - 1;
    return (uint32_t)(origin * EDGE_KINDS + EDGE_DIAGONAL);
}

static bool is_above(const struct cell *cell, int corner, int level)
{
    return cell->below[corner % cell->count] > level;
}

/* The edge where the piece that leaves through edge number start comes out.
 * Edge i joins corners i and i + 1. */
static int opposite_edge(const struct tracer *tracer, const struct cell *cell, int start, int level)
{
    double sum = 0;
    for (int i = 0; i < cell->count; i++) {
        sum += tracer->grid->z[cell->corner[i]];
    }
    bool center_above = sum / cell->count > tracer->levels->values[level];
    int turn = center_above ? 1 : cell->count - 1;
    int edge = (start + turn) % cell->count;
    while (is_above(cell, edge, level) || !is_above(cell, edge + 1, level)) {
        edge = (edge + turn) % cell->count;
    }
    return edge;
}

static uint32_t cell_edge(const struct tracer *tracer, const struct cell *cell, int edge)
{
    return edge_between(tracer, cell->corner[edge], cell->corner[(edge + 1) % cell->count]);
}

/* Where the level crosses between two samples. */
static struct vec2 cross_samples(const struct grid *grid, size_t a, size_t b, double level)
{
    double part = (level - grid->z[a]) / (grid->z[b] - grid->z[a]);
    size_t row = a / grid->columns, column = a - row * grid->columns;
    size_t other_row = b / grid->columns, other = b - other_row * grid->columns;
    struct vec2 from = { grid->x[column], grid->y[row] };
    struct vec2 to = { grid->x[other], grid->y[other_row] };
    return (struct vec2){ from.x + part * (to.x - from.x), from.y + part * (to.y - from.y) };
}

/* Where the level crosses an edge. */
static struct vec2 crossing(const struct tracer *tracer, uint32_t edge, double level)
{
    size_t columns = tracer->grid->columns, a = edge / EDGE_KINDS, b = a + 1;
    if (edge % EDGE_KINDS == EDGE_UP) {
        b = a + columns;
    } else if (edge % EDGE_KINDS == EDGE_DIAGONAL) {
        /* The diagonal of a triangle avoids the corner that is not finite. */
        bool rising = isfinite(tracer->grid->z[a]) && isfinite(tracer->grid->z[a + columns + 1]);
        b = rising ? a + columns + 1 : a + columns;
        a = rising ? a : a + 1;
    }
    return cross_samples(tracer->grid, a, b, level);
}

static void add_piece(struct tracer *tracer, int level, const struct cell *cell, int in, int out)
{
    struct pieces *pieces = &tracer->pieces[level];
    uint32_t from = cell_edge(tracer, cell, in);
    if (pieces->count == pieces->capacity) {
        pieces->items = memory_grow(pieces->items, pieces->count, &pieces->capacity,
                                    sizeof *pieces->items);
    }
    pieces->items[pieces->count++] = (struct piece){
        from, cell_edge(tracer, cell, out), crossing(tracer, from, tracer->levels->values[level])
    };
}

static void trace_cell(struct tracer *tracer, const struct cell *cell)
{
    int low = cell->below[0], high = low;
    for (int i = 1; i < cell->count; i++) {
        low = cell->below[i] < low ? cell->below[i] : low;
        high = cell->below[i] > high ? cell->below[i] : high;
    }
    for (int level = low; level < high; level++) {
        for (int i = 0; i < cell->count; i++) {
            if (is_above(cell, i, level) && !is_above(cell, i + 1, level)) {
                add_piece(tracer, level, cell, i, opposite_edge(tracer, cell, i, level));
            }
        }
    }
}

/* The cell above and to the right of a sample, without its non-finite corner. */
static struct cell cell_at(const struct tracer *tracer, size_t row, size_t column,
                           const int *lower, const int *upper)
{
    size_t at = row * tracer->grid->columns + column;
    size_t corners[4] = { at, at + 1, at + tracer->grid->columns + 1,
                          at + tracer->grid->columns };
    int below[4] = { lower[column], lower[column + 1], upper[column + 1], upper[column] };
    struct cell cell = { 0 };
    for (int i = 0; i < 4; i++) {
        if (below[i] >= 0) {
            cell.corner[cell.count] = corners[i];
            cell.below[cell.count++] = below[i];
        }
    }
    return cell;
}

static void count_row(const struct tracer *tracer, size_t row, int *below)
{
    size_t columns = tracer->grid->columns;
    const double *z = tracer->grid->z + row * columns;
    int guess = 0;
    for (size_t column = 0; column < columns; column++) {
        below[column] = levels_below(tracer->levels, z[column], guess);
        guess = below[column] >= 0 ? below[column] : guess;
    }
}

static void trace_cells(struct tracer *tracer)
{
    size_t columns = tracer->grid->columns;
    int *lower = memory_new(columns, sizeof *lower), *upper = memory_new(columns, sizeof *upper);
    count_row(tracer, 0, lower);
    for (size_t row = 0; row + 1 < tracer->grid->rows; row++) {
        count_row(tracer, row + 1, upper);
        for (size_t column = 0; column + 1 < columns; column++) {
            if (lower[column] == lower[column + 1] && lower[column] == upper[column]
                && lower[column] == upper[column + 1]) {
                continue;
            }
            struct cell cell = cell_at(tracer, row, column, lower, upper);
            if (cell.count >= 3) {
                trace_cell(tracer, &cell);
            }
        }
        int *swap = lower;
        lower = upper;
        upper = swap;
    }
    free(lower);
    free(upper);
}

void lines_begin(struct level_lines *lines)
{
    lines->lengths = memory_grow(lines->lengths, lines->count, &lines->capacity,
                                 sizeof *lines->lengths);
    lines->lengths[lines->count++] = 0;
}

void lines_point(struct level_lines *lines, struct vec2 point)
{
    if (lines->point_count == lines->point_capacity) {
        lines->points = memory_grow(lines->points, lines->point_count, &lines->point_capacity,
                                    sizeof *lines->points);
    }
    lines->points[lines->point_count++] = point;
    lines->lengths[lines->count - 1]++;
}

/* Follows the pieces from one on until the line ends or closes. */
static void join_from(struct tracer *tracer, struct level_lines *lines, int level, size_t first)
{
    const struct pieces *pieces = &tracer->pieces[level];
    double value = tracer->levels->values[level];
    const struct piece *piece = NULL;
    lines_begin(lines);
    for (uint32_t next = (uint32_t)first + 1; next; next = tracer->begins[piece->to]) {
        piece = &pieces->items[next - 1];
        tracer->begins[piece->from] = 0;
        lines_point(lines, piece->start);
    }
    lines_point(lines, crossing(tracer, piece->to, value));
}

static void join_level(struct tracer *tracer, struct level_lines *lines, int level)
{
    const struct pieces *pieces = &tracer->pieces[level];
    for (size_t i = 0; i < pieces->count; i++) {
        tracer->begins[pieces->items[i].from] = (uint32_t)i + 1;
        tracer->ends[pieces->items[i].to] = 1;
    }
    /* Open lines begin where no piece ends; what is left then is closed. */
    for (size_t i = 0; i < pieces->count; i++) {
        if (!tracer->ends[pieces->items[i].from]) {
            join_from(tracer, lines, level, i);
        }
    }
    for (size_t i = 0; i < pieces->count; i++) {
        if (tracer->begins[pieces->items[i].from]) {
            join_from(tracer, lines, level, i);
        }
    }
    for (size_t i = 0; i < pieces->count; i++) {
        tracer->ends[pieces->items[i].to] = 0;
    }
}

struct level_lines *contour_trace(const struct grid *grid, const struct levels *levels)
{
    size_t edges = grid->columns * grid->rows * EDGE_KINDS;
    struct tracer tracer = { .grid = grid, .levels = levels };
    tracer.pieces = memory_new(levels->count, sizeof *tracer.pieces);
    tracer.begins = memory_new(edges, sizeof *tracer.begins);
    tracer.ends = memory_new(edges, sizeof *tracer.ends);
    struct level_lines *lines = memory_new(levels->count, sizeof *lines);
    trace_cells(&tracer);
    for (size_t level = 0; level < levels->count; level++) {
        join_level(&tracer, &lines[level], (int)level);
        free(tracer.pieces[level].items);
    }
    free(tracer.pieces);
    free(tracer.begins);
    free(tracer.ends);
    return lines;
}

static double *padded_axis(const double *axis, size_t count)
{
    double *padded = memory_new(count + 2, sizeof *padded);
    padded[0] = axis[0];
    memcpy(padded + 1, axis, count * sizeof *axis);
    padded[count + 1] = axis[count - 1];
    return padded;
}

/* The grid within a ring of low samples, whose cells have no area. */
static struct grid padded_grid(const struct grid *grid, double low)
{
    struct grid padded = { .columns = grid->columns + 2, .rows = grid->rows + 2 };
    padded.x = padded_axis(grid->x, grid->columns);
    padded.y = padded_axis(grid->y, grid->rows);
    padded.z = memory_new(padded.columns * padded.rows, sizeof *padded.z);
    for (size_t i = 0; i < padded.columns * padded.rows; i++) {
        padded.z[i] = low;
    }
    for (size_t row = 0; row < grid->rows; row++) {
        for (size_t column = 0; column < grid->columns; column++) {
            double z = grid->z[row * grid->columns + column];
            if (isfinite(z)) {
                padded.z[(row + 1) * padded.columns + column + 1] = z;
            }
        }
    }
    return padded;
}

struct level_lines *contour_regions(const struct grid *grid, const struct levels *levels)
{
    /* So far below that lines run through the last samples that are finite. */
    const double low = -DBL_MAX / 4, floor_level = 1e-12 * low;
    struct levels all = { memory_new(levels->count + 1, sizeof *all.values), levels->count + 1 };
    all.values[0] = floor_level;
    for (size_t i = 0; i < levels->count; i++) {
        all.values[i + 1] = levels->values[i];
    }
    struct grid padded = padded_grid(grid, low);
    struct level_lines *regions = contour_trace(&padded, &all);
    grid_finish(&padded);
    free(all.values);
    return regions;
}

void contour_free(struct level_lines *lines, size_t level_count)
{
    for (size_t level = 0; lines && level < level_count; level++) {
        free(lines[level].points);
        free(lines[level].lengths);
    }
    free(lines);
}
