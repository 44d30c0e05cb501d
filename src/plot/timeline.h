/* The film's clock: which frame shows which moment, and for how long.
 *
 * Without fps there is one frame per recorded step. With it there are so many
 * in a second and heads move linearly in time within a step; frame 0 is the
 * start and the last frame the end. Holding the start or the end makes the
 * first or last frame longer and adds none. */
#ifndef PLOT_TIMELINE_H
#define PLOT_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "load/preset.h"
#include "plot/style.h"

struct timeline {
    size_t steps;  /* rows of the longest path, at least 1 */
    size_t frames;
    int fps;       /* 0: a frame per step */
    int interval_ms;
    struct clock clock;
};

/* What a frame shows. */
struct moment {
    double step;       /* where heads are, in steps */
    size_t whole_step; /* the last one that is complete, for the counter */
    double turn;       /* the camera's way so far, 0 .. 1, eased */
};

void timeline_init(struct timeline *timeline, const struct film_section *film,
                   const struct look *look, size_t steps);

/* Frames beyond the last show what the last one shows. */
struct moment timeline_at(const struct timeline *timeline, size_t frame);

#endif
