#include "plot/contour.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The sides of a cell, counterclockwise; the last two are those of a triangle
 * to the corner that is missing. */
enum { SIDE_BOTTOM, SIDE_RIGHT, SIDE_TOP, SIDE_LEFT, SIDE_RISING, SIDE_FALLING };

/* Their ends, counted from the cell's lower left sample. Both cells of a side
 * take it the same way, upwards or to the right, and find the same point. */
static const struct ends {
    unsigned char row_a, column_a, row_b, column_b;
} side_ends[] = {
    [SIDE_BOTTOM] = { 0, 0, 0, 1 },
    [SIDE_RIGHT] = { 0, 1, 1, 1 },
    [SIDE_TOP] = { 1, 0, 1, 1 },
    [SIDE_LEFT] = { 0, 0, 1, 0 },
    [SIDE_RISING] = { 0, 0, 1, 1 },
    [SIDE_FALLING] = { 0, 1, 1, 0 },
};

/* A piece of a level line through one cell, from side to side. */
struct piece {
    uint32_t row, column;
    uint32_t next; /* the piece that begins where this one ends, plus one */
    unsigned char in, out;
    bool is_continued; /* another piece ends where this one begins */
    bool is_joined;
};

/* Visits the pieces of all levels, cell by cell. */
struct scan {
    const struct grid *grid;
    const double *levels;
    double *bounds; /* the levels, after what is below and before what is above all */
    void (*visit)(void *context, int level, const struct piece *piece);
    void *context;
};

/* A cell's corners, counterclockwise, or three of them. */
struct cell {
    int count;
    int corner[4];    /* from the lower left one on */
    size_t sample[4]; /* its index */
    int below[4];     /* how many levels are below it */
};

/* How many levels lie below z, -1 for what is not finite; guess is the answer
 * for a neighbour. */
static int levels_below(const struct scan *scan, double z, int guess)
{
    const double *bounds = scan->bounds;
    if (!isfinite(z)) {
        return -1;
    }
    while (bounds[guess + 1] < z) {
        guess++;
    }
    while (guess > 0 && bounds[guess] >= z) {
        guess--;
    }
    return guess;
}

static bool is_above(const struct cell *cell, int corner, int level)
{
    return cell->below[corner % cell->count] > level;
}

/* The edge where the piece that leaves through edge number start comes out.
 * Edge i joins corners i and i + 1. */
static int opposite_edge(const struct scan *scan, const struct cell *cell, int start, int level)
{
    double sum = 0;
    for (int i = 0; i < cell->count; i++) {
        sum += scan->grid->z[cell->sample[i]];
    }
    bool center_above = sum / cell->count > scan->levels[level];
    int turn = center_above ? 1 : cell->count - 1;
    int edge = (start + turn) % cell->count;
    while (is_above(cell, edge, level) || !is_above(cell, edge + 1, level)) {
        edge = (edge + turn) % cell->count;
    }
    return edge;
}

static unsigned char cell_side(const struct cell *cell, int edge)
{
    int from = cell->corner[edge], to = cell->corner[(edge + 1) % cell->count];
    bool is_diagonal = (from + 1) % 4 != to;
    return (unsigned char)(!is_diagonal ? from : from % 2 ? SIDE_FALLING : SIDE_RISING);
}

/* Where the level crosses a side of a piece's cell. */
static struct vec2 crossing(const struct grid *grid, const struct piece *piece, int side,
                            double level)
{
    const struct ends *ends = &side_ends[side];
    size_t row_a = piece->row + ends->row_a, column_a = piece->column + ends->column_a;
    size_t row_b = piece->row + ends->row_b, column_b = piece->column + ends->column_b;
    double a = grid->z[row_a * grid->columns + column_a];
    double b = grid->z[row_b * grid->columns + column_b];
    struct vec2 from = { grid->x[column_a], grid->y[row_a] };
    struct vec2 to = { grid->x[column_b], grid->y[row_b] };
    double part = (level - a) / (b - a);
    return (struct vec2){ from.x + part * (to.x - from.x), from.y + part * (to.y - from.y) };
}

/* The cell above and to the right of a sample, without its non-finite corner. */
static struct cell cell_at(const struct scan *scan, size_t at, const int below[4])
{
    size_t columns = scan->grid->columns;
    const size_t samples[4] = { at, at + 1, at + columns + 1, at + columns };
    struct cell cell = { 0 };
    for (int i = 0; i < 4; i++) {
        if (below[i] >= 0) {
            cell.corner[cell.count] = i;
            cell.sample[cell.count] = samples[i];
            cell.below[cell.count++] = below[i];
        }
    }
    return cell;
}

/* A level in a triangle or through a saddle, where there may be two pieces. */
static void visit_rare(const struct scan *scan, int level, struct piece piece,
                       const int below[4])
{
    struct cell cell = cell_at(scan, piece.row * scan->grid->columns + piece.column, below);
    for (int i = 0; i < cell.count && cell.count >= 3; i++) {
        if (is_above(&cell, i, level) && !is_above(&cell, i + 1, level)) {
            piece.in = cell_side(&cell, i);
            piece.out = cell_side(&cell, opposite_edge(scan, &cell, i, level));
            scan->visit(scan->context, level, &piece);
        }
    }
}

/* Where the only piece enters and leaves a cell of four corners, by the mask of
 * the corners above; NOT_ONE for a saddle. */
enum { NOT_ONE = 9 };
static const unsigned char entries[16] = { NOT_ONE, 0, 1, 1, 2, NOT_ONE, 2, 2,
                                           3, 0, NOT_ONE, 1, 3, 0, 3, NOT_ONE };
static const unsigned char exits[16] = { NOT_ONE, 3, 0, 3, 1, NOT_ONE, 0, 3,
                                         2, 2, NOT_ONE, 2, 1, 1, 0, NOT_ONE };

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int greatest(int a, int b)
{
    return a > b ? a : b;
}

static void visit_cell(const struct scan *scan, size_t row, size_t column, const int below[4])
{
    int low = least(least(below[0], below[1]), least(below[2], below[3]));
    int high = greatest(greatest(below[0], below[1]), greatest(below[2], below[3]));
    bool is_whole = low >= 0;
    struct piece piece = { .row = (uint32_t)row, .column = (uint32_t)column };
    for (int level = greatest(low, 0); level < high; level++) {
        int mask = (below[0] > level) | (below[1] > level) << 1 | (below[2] > level) << 2
                 | (below[3] > level) << 3;
        piece.in = entries[mask];
        piece.out = exits[mask];
        if (is_whole && piece.in != NOT_ONE) {
            scan->visit(scan->context, level, &piece);
        } else {
            visit_rare(scan, level, piece, below);
        }
    }
}

/* Counts the levels below a row of samples and visits the cells beneath it;
 * below has the counts of the row beneath and then those of this one. */
static void scan_row(const struct scan *scan, size_t row, int *below)
{
    size_t columns = scan->grid->columns;
    const double *z = scan->grid->z + row * columns;
    double low = scan->bounds[0], high = scan->bounds[1];
    int guess = 0, left = 0, left_beneath = 0;
    for (size_t column = 0; column < columns; column++) {
        int here = guess, beneath = below[column];
        if (!(z[column] > low && z[column] <= high)) {
            here = levels_below(scan, z[column], guess);
            guess = here >= 0 ? here : guess;
            low = scan->bounds[guess];
            high = scan->bounds[guess + 1];
        }
        if ((here != beneath || here != left || beneath != left_beneath) && row > 0 && column > 0) {
            int corners[4] = { left_beneath, beneath, here, left };
            visit_cell(scan, row - 1, column - 1, corners);
        }
        below[column] = left = here;
        left_beneath = beneath;
    }
}

static void scan_run(struct scan *scan, const struct levels *levels)
{
    size_t count = levels->count;
    scan->levels = levels->values;
    scan->bounds = memory_new(count + 2, sizeof *scan->bounds);
    scan->bounds[0] = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        scan->bounds[i + 1] = levels->values[i];
    }
    scan->bounds[count + 1] = DBL_MAX;
    int *below = memory_new(scan->grid->columns, sizeof *below);
    for (size_t row = 0; row < scan->grid->rows; row++) {
        scan_row(scan, row, below);
    }
    free(below);
    free(scan->bounds);
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

struct pieces {
    struct piece *items;
    size_t count, capacity;
};

/* A piece at a side that it shares with a cell still to come. */
struct wait {
    uint32_t sample; /* where the side begins */
    uint32_t piece;  /* counted through all levels, plus one */
};

struct tracer {
    const struct grid *grid;
    struct pieces *pieces; /* per level */
    /* Above cells, two rows in turn, and to their right, two columns in turn. */
    struct wait *above, right[2];
    uint32_t done; /* pieces of the levels before */
};

static void add_piece(void *context, int level, const struct piece *piece)
{
    struct tracer *tracer = context;
    struct pieces *pieces = &tracer->pieces[level];
    if (pieces->count == pieces->capacity) {
        pieces->items = memory_grow(pieces->items, pieces->count, &pieces->capacity,
                                    sizeof *pieces->items);
    }
    pieces->items[pieces->count++] = *piece;
}

static void link_pieces(struct piece *from, struct piece *to, size_t to_index)
{
    from->next = (uint32_t)to_index + 1;
    to->is_continued = true;
}

/* Cells come row by row: of the two at a side the one below or to the left is
 * the first, and its piece waits there. */
static void link_side(struct tracer *tracer, struct piece *items, size_t index, int side)
{
    struct piece *piece = &items[index];
    size_t row = piece->row + (side == SIDE_TOP), column = piece->column + (side == SIDE_RIGHT);
    size_t columns = tracer->grid->columns;
    uint32_t sample = (uint32_t)(row * columns + column);
    struct wait *wait = side == SIDE_BOTTOM || side == SIDE_TOP
                            ? &tracer->above[row % 2 * columns + column]
                            : &tracer->right[column % 2];
    if (side == SIDE_TOP || side == SIDE_RIGHT) {
        *wait = (struct wait){ sample, tracer->done + (uint32_t)index + 1 };
    } else if (side <= SIDE_LEFT && wait->sample == sample && wait->piece > tracer->done) {
        size_t other = wait->piece - tracer->done - 1;
        if (piece->in == side) {
            link_pieces(&items[other], piece, index);
        } else {
            link_pieces(piece, &items[other], other);
        }
    }
}

/* Follows the pieces from one on until the line ends or closes. */
static void join_from(const struct tracer *tracer, struct level_lines *lines,
                      struct piece *items, size_t first, double level)
{
    struct piece *piece = &items[first];
    lines_begin(lines);
    for (;;) {
        piece->is_joined = true;
        lines_point(lines, crossing(tracer->grid, piece, piece->in, level));
        if (!piece->next || items[piece->next - 1].is_joined) {
            break;
        }
        piece = &items[piece->next - 1];
    }
    lines_point(lines, crossing(tracer->grid, piece, piece->out, level));
}

static void join_level(struct tracer *tracer, struct level_lines *lines,
                       const struct pieces *pieces, double level)
{
    for (size_t i = 0; i < pieces->count; i++) {
        link_side(tracer, pieces->items, i, pieces->items[i].in);
        link_side(tracer, pieces->items, i, pieces->items[i].out);
    }
    /* Open lines begin where no piece ends; what is left then is closed. */
    for (size_t i = 0; i < pieces->count; i++) {
        if (!pieces->items[i].is_continued) {
            join_from(tracer, lines, pieces->items, i, level);
        }
    }
    for (size_t i = 0; i < pieces->count; i++) {
        if (!pieces->items[i].is_joined) {
            join_from(tracer, lines, pieces->items, i, level);
        }
    }
    tracer->done += (uint32_t)pieces->count;
}

struct level_lines *contour_trace(const struct grid *grid, const struct levels *levels)
{
    struct tracer tracer = { .grid = grid };
    struct scan scan = { .grid = grid, .visit = add_piece, .context = &tracer };
    tracer.pieces = memory_new(levels->count, sizeof *tracer.pieces);
    tracer.above = memory_new(2 * grid->columns, sizeof *tracer.above);
    struct level_lines *lines = memory_new(levels->count, sizeof *lines);
    scan_run(&scan, levels);
    for (size_t level = 0; level < levels->count; level++) {
        join_level(&tracer, &lines[level], &tracer.pieces[level], levels->values[level]);
        free(tracer.pieces[level].items);
    }
    free(tracer.pieces);
    free(tracer.above);
    return lines;
}

struct ruler {
    const struct grid *grid;
    const double *levels;
    struct vec2 scale;
    double length;
};

static void add_length(void *context, int level, const struct piece *piece)
{
    struct ruler *ruler = context;
    double value = ruler->levels[level];
    struct vec2 from = crossing(ruler->grid, piece, piece->in, value);
    struct vec2 to = crossing(ruler->grid, piece, piece->out, value);
    double x = (to.x - from.x) * ruler->scale.x, y = (to.y - from.y) * ruler->scale.y;
    ruler->length += sqrt(x * x + y * y);
}

double contour_length(const struct grid *grid, const struct levels *levels, struct vec2 scale)
{
    struct ruler ruler = { .grid = grid, .levels = levels->values, .scale = scale };
    struct scan scan = { .grid = grid, .visit = add_length, .context = &ruler };
    scan_run(&scan, levels);
    return ruler.length;
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
