#include "plot/level_crowd.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "base/memory.h"

/* Sides of cells, points; more on a panel that would have more than so many of them. */
static const double CELL = 1;
enum { CELLS_MAX = 1 << 20 };

/* The distance between places on a line that are counted, in cells. */
static const double STRIDE = 0.5;

/* The spacing is that of so many cells around a point, each way. */
enum { AROUND = 2 };

/* Strokes of this step have so much of the ink of the step before. */
static const double FADE = 0.7;

static double length_of(struct vec2 a, struct vec2 b)
{
    return cr_hypot(b.x - a.x, b.y - a.y);
}

static struct vec2 part_of(struct vec2 a, struct vec2 b, double part)
{
    return (struct vec2){ a.x + part * (b.x - a.x), a.y + part * (b.y - a.y) };
}

/* The cell of a point; those beyond the panel count as the nearest ones. */
static int column_at(const struct level_crowd *crowd, double x)
{
    double column = fmin(fmax(0, (x - crowd->panel.x) / crowd->cell), crowd->columns - 1);
    return (int)column;
}

static int row_at(const struct level_crowd *crowd, double y)
{
    double row = fmin(fmax(0, (y - crowd->panel.y) / crowd->cell), crowd->rows - 1);
    return (int)row;
}

static void count_segment(struct level_crowd *crowd, int level, struct vec2 a, struct vec2 b)
{
    double length = length_of(a, b), pieces = ceil(length / (STRIDE * crowd->cell));
    for (double i = 0; i < pieces; i++) {
        struct vec2 at = part_of(a, b, (i + 0.5) / pieces);
        struct crowd_cell *cell = &crowd->cells[row_at(crowd, at.y) * crowd->columns
                                                + column_at(crowd, at.x)];
        cell->length += (float)(length / pieces);
        cell->first = cell->first < level ? cell->first : level;
        cell->last = cell->last > level ? cell->last : level;
    }
}

void level_crowd_init(struct level_crowd *crowd, const struct level_lines *lines,
                      size_t level_count, const struct rect *panel)
{
    double least = sqrt(panel->width * panel->height / CELLS_MAX);
    *crowd = (struct level_crowd){ .panel = *panel, .cell = fmax(CELL, least) };
    crowd->columns = (int)fmax(1, ceil(panel->width / crowd->cell));
    crowd->rows = (int)fmax(1, ceil(panel->height / crowd->cell));
    int cells = crowd->columns * crowd->rows;
    crowd->cells = memory_new((size_t)cells, sizeof *crowd->cells);
    for (int i = 0; i < cells; i++) {
        crowd->cells[i] = (struct crowd_cell){ 0, INT_MAX, INT_MIN };
    }
    for (size_t level = 0; level < level_count; level++) {
        const struct vec2 *points = lines[level].points;
        for (size_t i = 0; i < lines[level].count; i++) {
            size_t length = lines[level].lengths[i];
            for (size_t k = 1; k < length; k++) {
                count_segment(crowd, (int)level, points[k - 1], points[k]);
            }
            points += length;
        }
    }
}

void level_crowd_finish(struct level_crowd *crowd)
{
    free(crowd->cells);
    *crowd = (struct level_crowd){ 0 };
}

int level_crowd_levels(const struct level_crowd *crowd, const struct rect *box)
{
    int first = INT_MAX, last = INT_MIN;
    int left = column_at(crowd, box->x), right = column_at(crowd, box->x + box->width);
    int bottom = row_at(crowd, box->y + box->height);
    for (int row = row_at(crowd, box->y); row <= bottom; row++) {
        for (int column = left; column <= right; column++) {
            const struct crowd_cell *cell = &crowd->cells[row * crowd->columns + column];
            first = cell->first < first ? cell->first : first;
            last = cell->last > last ? cell->last : last;
        }
    }
    return first > last ? 0 : last - first + 1;
}

double level_crowd_spacing(const struct level_crowd *crowd, struct vec2 at)
{
    int column = column_at(crowd, at.x), row = row_at(crowd, at.y), cells = 0;
    double length = 0;
    for (int y = row - AROUND; y <= row + AROUND; y++) {
        for (int x = column - AROUND; x <= column + AROUND; x++) {
            if (x >= 0 && y >= 0 && x < crowd->columns && y < crowd->rows) {
                length += (double)crowd->cells[y * crowd->columns + x].length;
                cells++;
            }
        }
    }
    return cells * crowd->cell * crowd->cell / length;
}

double fade_strength(int step)
{
    double strength = 1;
    for (; step > 0; step--) {
        strength *= FADE;
    }
    return strength;
}

static int step_at(const struct level_crowd *crowd, struct vec2 at, double least)
{
    double strength = level_crowd_spacing(crowd, at) / least;
    int step = 0;
    while (step < FADE_STEPS - 1 && fade_strength(step) > strength) {
        step++;
    }
    return step;
}

/* Adds the way from a to b, piece by piece; step is that of what was added last, -1 where
 * nothing was. */
static int fade_segment(const struct level_crowd *crowd, struct vec2 a, struct vec2 b,
                        double least, int step, struct level_lines faded[FADE_STEPS])
{
    int pieces = (int)fmax(1, ceil(length_of(a, b) / crowd->cell));
    for (int i = 0; i < pieces; i++) {
        struct vec2 from = part_of(a, b, (double)i / pieces);
        int here = step_at(crowd, part_of(a, b, (i + 0.5) / pieces), least);
        if (here != step) {
            if (i > 0) {
                lines_point(&faded[step], from);
            }
            lines_begin(&faded[here]);
            lines_point(&faded[here], from);
            step = here;
        }
    }
    lines_point(&faded[step], b);
    return step;
}

void level_crowd_fade(const struct level_crowd *crowd, const struct level_lines *lines,
                      double least, struct level_lines faded[FADE_STEPS])
{
    const struct vec2 *points = lines->points;
    for (size_t i = 0; i < lines->count; i++) {
        int step = -1;
        for (size_t k = 1; k < lines->lengths[i]; k++) {
            step = fade_segment(crowd, points[k - 1], points[k], least, step, faded);
        }
        points += lines->lengths[i];
    }
}
