#include "plot/shares.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "plot/locate.h"

/* The panel as a grid of cells, so many a point where there are enough of them,
 * each knowing who has been there or so many cells from it: within 1.9 points, where the
 * casing of one path leaves hardly more than a fringe of the other. A way is tested at
 * places so many cells apart, and runs shorter than some path widths are crossings. */
enum { SIDE = 768, WORDS = 2, REACH = 2 };
static const double CELLS_PER_POINT = 1.6, APART = 0.7, SHORTEST = 10;

/* Cells next to each other are near in memory too, in tiles so wide and high:
 * paths touch a small part of the panel, and so of the memory. */
enum { TILE = 8 };

struct visits {
    const struct plot *plot;
    uint64_t *visitors; /* words of bits per cell */
    size_t words;
    int columns, rows, tiles; /* tiles in a row of them */
    struct vec2 scale;        /* cells per unit of the domain */
};

/* The cell of a point of the domain, fractions of it not rounded. */
static struct vec2 place(const struct visits *visits, struct vec2 at)
{
    const struct objective *objective = visits->plot->landscape->objective;
    return (struct vec2){ (at.x - objective->x.lo) * visits->scale.x,
                          (at.y - objective->y.lo) * visits->scale.y };
}

/* The words of a cell; NULL outside the panel. */
static uint64_t *cell_at(const struct visits *visits, int column, int row)
{
    if (column < 0 || row < 0 || column >= visits->columns || row >= visits->rows) {
        return NULL;
    }
    int tile = row / TILE * visits->tiles + column / TILE;
    int cell = (tile * TILE + row % TILE) * TILE + column % TILE;
    return visits->visitors + (size_t)cell * visits->words;
}

/* Marks a place and its neighbours, so that ways side by side meet. */
static void mark(struct visits *visits, struct vec2 at, size_t path)
{
    for (int row = (int)at.y - REACH; row <= (int)at.y + REACH; row++) {
        for (int column = (int)at.x - REACH; column <= (int)at.x + REACH; column++) {
            uint64_t *cell = cell_at(visits, column, row);
            if (cell) {
                cell[path / 64] |= (uint64_t)1 << path % 64;
            }
        }
    }
}

static unsigned count_bits(uint64_t bits)
{
    unsigned count = 0;
    for (; bits; bits &= bits - 1) {
        count++;
    }
    return count;
}

/* How many others have been at every place of the way from a to b. */
static unsigned count_others(const struct visits *visits, struct vec2 a, struct vec2 b,
                             size_t path)
{
    uint64_t common[WORDS] = { 0 };
    unsigned count = 0;
    for (size_t word = 0; word < visits->words; word++) {
        common[word] = UINT64_MAX;
    }
    common[path / 64] &= ~((uint64_t)1 << path % 64);
    size_t places = 1 + (size_t)(cr_hypot(b.x - a.x, b.y - a.y) / APART);
    for (size_t i = 0; i <= places; i++) {
        struct vec2 at = between(a, b, (double)i / (double)places);
        const uint64_t *cell = cell_at(visits, (int)at.x, (int)at.y);
        for (size_t word = 0; word < visits->words; word++) {
            common[word] &= cell ? cell[word] : 0;
        }
    }
    for (size_t word = 0; word < visits->words; word++) {
        count += count_bits(common[word]);
    }
    return count;
}

static void visit(struct visits *visits, struct path *path, size_t index, size_t step)
{
    struct cut cut;
    const struct vec2 *points = path->trajectory->points;
    if (!cut_segment(visits->plot->landscape->objective, points[step], points[step + 1], &cut)) {
        return;
    }
    struct vec2 a = place(visits, cut.from), b = place(visits, cut.to);
    unsigned others = count_others(visits, a, b, index);
    path->shares[step] = (unsigned char)others;
    size_t places = 1 + (size_t)(cr_hypot(b.x - a.x, b.y - a.y) / APART);
    for (size_t i = 0; i <= places; i++) {
        mark(visits, between(a, b, (double)i / (double)places), index);
    }
}

static double way(const struct visits *visits, const struct path *path, size_t step)
{
    const struct vec2 *points = path->trajectory->points;
    struct vec2 a = place(visits, points[step]), b = place(visits, points[step + 1]);
    return cr_hypot(b.x - a.x, b.y - a.y);
}

/* Drops runs that are too short, counted in cells; returns whether any is left. */
static bool drop_crossings(const struct visits *visits, struct path *path)
{
    double shortest = SHORTEST * CELLS_PER_POINT * visits->plot->look->theme->path_width;
    bool any = false;
    for (size_t start = 0, end; start + 1 < path->count; start = end) {
        double length = 0;
        for (end = start; end + 1 < path->count && path->shares[end]; end++) {
            length += way(visits, path, end);
        }
        if (length < shortest) {
            memset(path->shares + start, 0, end - start);
        }
        any = any || length >= shortest;
        end = end > start ? end : start + 1;
    }
    return any;
}

static void visits_init(struct visits *visits, const struct plot *plot, const struct rect *rect)
{
    const struct objective *objective = plot->landscape->objective;
    double across = fmin(CELLS_PER_POINT * rect->width, SIDE - 1);
    double along = fmin(CELLS_PER_POINT * rect->height, SIDE - 1);
    *visits = (struct visits){ .plot = plot, .columns = (int)across + 2, .rows = (int)along + 2 };
    visits->scale = (struct vec2){ across / (objective->x.hi - objective->x.lo),
                                   along / (objective->y.hi - objective->y.lo) };
    visits->words = (plot->path_count + 63) / 64;
    visits->tiles = (visits->columns + TILE - 1) / TILE;
    size_t tiles = (size_t)visits->tiles * (size_t)((visits->rows + TILE - 1) / TILE);
    visits->visitors = memory_new(tiles * TILE * TILE, visits->words * sizeof *visits->visitors);
}

void shares_find(struct plot *plot)
{
    const struct theme *theme = plot->look->theme;
    enum panel panel = plot_shows(plot, PANEL_CONTOUR) ? PANEL_CONTOUR : PANEL_SURFACE;
    const struct rect *rect = &plot->page.panels[panel];
    if (!theme->share_heads || theme->dashed_paths || rect->width <= 0) {
        return;
    }
    struct visits visits;
    visits_init(&visits, plot, rect);
    for (size_t i = 0; i < plot->path_count; i++) {
        plot->paths[i].shares = memory_new(plot->paths[i].count, 1);
    }
    for (size_t step = 0; step + 1 < plot->timeline.steps; step++) {
        for (size_t i = 0; i < plot->path_count; i++) {
            if (step + 1 < plot->paths[i].count) {
                visit(&visits, &plot->paths[i], i, step);
            }
        }
    }
    for (size_t i = 0; i < plot->path_count; i++) {
        if (!drop_crossings(&visits, &plot->paths[i])) {
            free(plot->paths[i].shares);
            plot->paths[i].shares = NULL;
        }
    }
    free(visits.visitors);
}
