/* Axes: ticks, numbers and names along a panel's frame. */
#ifndef PLOT_AXES_H
#define PLOT_AXES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "load/preset.h"
#include "plot/scene.h"
#include "plot/style.h"

/* One axis, shaped before its place is known. Range and ticks count in the
 * units of its scale: see axis_value. */
struct axis {
    struct range range;
    double *ticks; /* ascending, in the range */
    struct text_run **numbers;
    size_t count;
    struct text_run *name; /* NULL: none */
    double widest;         /* number */
    struct arena arena;
};

/* Where a value is on an axis: its common logarithm (-inf for what has none),
 * its square root with the sign of the value, or itself. */
double axis_value(enum scale scale, double value);

/* Without ticks and name where the theme shows none. */
void axis_init(struct axis *axis, struct range range, enum scale scale, const char *name,
               const struct theme *theme);

/* From 0 to the last of some steps, with room for heads at both; every tick is
 * a whole number. */
void axis_init_steps(struct axis *axis, size_t last, const char *name, const struct theme *theme);
void axis_finish(struct axis *axis);

/* How much of the axes a panel has room for; each adds to the one before. */
enum axes_detail { AXES_BARE, AXES_NUMBERED, AXES_NAMED, AXES_DETAILS };

/* Room outside a panel, points. */
struct axes_room {
    double left, right, above, below;
};

/* What ticks, numbers and names take; nothing where the theme shows none. */
struct axes_room axes_room(const struct axis *x, const struct axis *y, enum axes_detail detail,
                           const struct theme *theme);

/* Draws both axes of a panel within that room, without its frame. Numbers that
 * would touch are thinned out evenly, and a name longer than its side shrinks. */
void axes_draw(const struct axis *x, const struct axis *y, const struct rect *panel,
               enum axes_detail detail, const struct theme *theme, struct scene *scene);

/* Faint lines across the panel at the ticks of a vertical axis. */
void axes_grid(const struct axis *y, const struct rect *panel, const struct theme *theme,
               struct scene *scene);

/* The frame of a panel, over what it holds. */
void axes_frame(const struct rect *panel, const struct theme *theme, struct scene *scene);

#endif
