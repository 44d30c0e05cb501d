/* The legend: one place for the whole film.
 *
 * An entry's text has up to three lines, separated by " | ", and placeholders
 * in braces: {label}, {method}, {parameters} (those that the preset gives, as
 * "lr 0.1, β 0.9"), {final_loss}, {steps}, and every hyper-parameter by its
 * name ({learning_rate}); a parameter that the entry's method lacks shows as a
 * dash. The first line is in the ink's colour, the others small and soft. */
#ifndef PLOT_LEGEND_H
#define PLOT_LEGEND_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "base/report.h"
#include "plot/scene.h"

struct plot;

struct legend {
    struct rect box;   /* width 0: none */
    double text_size;  /* the theme's, less where the panel has no room for it */
    bool framed;       /* stands in a box over a panel */
    struct text_run **labels; /* first lines, one per path */
    struct vec2 *baselines;   /* of the first lines */
    struct arena arena;
};

/* Tells the report of placeholders that mean nothing. */
bool legend_check(const struct text *text, struct report *report);

/* Shapes the entries; box has the size that the legend would take outside the
 * panels, or width 0 when it is to be inside or absent. Runs before the page
 * is laid out. */
void legend_measure(struct legend *legend, const struct plot *plot);

/* Gives it its place, once the page is known: page.legend where that has room,
 * else over the panel where it covers the fewest points of the whole film. */
void legend_place(struct legend *legend, const struct plot *plot);

/* Where the step counter's line begins; false when there is no room for it. */
bool legend_counter_place(const struct plot *plot, struct vec2 *baseline);

void legend_draw(const struct legend *legend, const struct plot *plot, struct scene *scene);
void legend_finish(struct legend *legend);

#endif
