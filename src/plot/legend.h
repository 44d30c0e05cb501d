/* The legend: one place for the whole film, a function of the plot alone.
 *
 * Each entry has a sample of its path and up to three lines of text
 * (plot/entry.h): the first in the ink's colour, the others small and soft.
 * Where there is no room for all of it, small lines are broken behind commas and the text
 * shrinks, whatever leaves it larger; then all lines are broken behind commas or else between
 * words, and the samples become shorter; then the small lines go, then long words, long labels
 * and the last entries are cut. */
#ifndef PLOT_LEGEND_H
#define PLOT_LEGEND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "plot/entry.h"
#include "plot/scene.h"

struct plot;

enum { LEGEND_PARTS_MAX = 6 /* of a broken line */ };
enum { LEGEND_LINES_MAX = LEGEND_PARTS_MAX * ENTRY_LINES_MAX };

struct legend_entry {
    struct entry text;
    struct text_run *runs[LEGEND_LINES_MAX];
    size_t line_count;    /* that are shown; */
    size_t label_count;   /* so many of them are the first line of the text */
    struct vec2 baseline; /* of the first line */
};

struct legend {
    struct rect box;        /* width 0: none */
    double least_width;     /* below which it cannot stand outside the panels */
    double scale;           /* of its texts; less than 1 where there is no room */
    bool framed;            /* stands in a box over a panel */
    double handle;          /* length of the samples */
    struct legend_entry *entries;
    size_t count;           /* that are shown, in the order of the paths */
    struct text_run *rest;  /* "... and 12 more"; NULL: all are shown */
    struct vec2 counter;    /* the baseline of the step counter */
    bool has_counter;
    struct arena arena;
};

/* Shapes the entries; box has the size that the legend would take outside the
 * panels, or width 0 when it is to be inside or absent. Runs before the page
 * is laid out. */
void legend_measure(struct legend *legend, const struct plot *plot);

/* Gives it and the step counter their places, once the page is known: in
 * page.legend where that has room, else over a panel where it covers the
 * fewest points of the whole film. */
void legend_place(struct legend *legend, const struct plot *plot);

/* Where the step counter's line begins; false when there is no room for it. */
bool legend_counter_place(const struct plot *plot, struct vec2 *baseline);

void legend_draw(const struct legend *legend, const struct plot *plot, struct scene *scene);
void legend_finish(struct legend *legend);

#endif
