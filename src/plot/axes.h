/* Axes: ticks, numbers and names along a panel's frame. */
#ifndef PLOT_AXES_H
#define PLOT_AXES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "plot/scene.h"
#include "plot/style.h"

/* One axis, shaped before its place is known. A logarithmic one has the range
 * of the logarithm to base 10. */
struct axis {
    struct range range;
    double *ticks; /* in the range's units */
    struct text_run **numbers;
    size_t count;
    struct text_run *name; /* NULL: none */
    double widest;         /* number */
    struct arena arena;
};

void axis_init(struct axis *axis, struct range range, bool is_log, const char *name,
               const struct theme *theme);
void axis_finish(struct axis *axis);

/* Room that ticks, numbers and name take outside the panel, points: below a
 * panel, and on its left. 0 where the theme shows none. */
double axis_room_below(const struct axis *axis, const struct theme *theme);
double axis_room_left(const struct axis *axis, const struct theme *theme);

/* Draws both axes of a panel, without its frame. */
void axes_draw(const struct axis *x, const struct axis *y, const struct rect *panel,
               const struct theme *theme, struct scene *scene);

/* The frame of a panel, over what it holds. */
void axes_frame(const struct rect *panel, const struct theme *theme, struct scene *scene);

#endif
