/* Ticks of an axis: round values and their labels.
 *
 * Labels are markup (plot/markup.h). All lie in the given arena. A range that
 * is empty, not finite or no wider than rounding noise has no ticks. */
#ifndef PLOT_TICKS_H
#define PLOT_TICKS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/geometry.h"

struct ticks {
    double *values; /* ascending, none outside the range */
    const char **labels;
    size_t count;
};

/* Multiples of 1, 2, 2.5 or 5 times a power of ten, about as many as wanted:
 * for 5 there are 4 to 6, and 7 where no step gives that. Very large or small
 * values share one power of ten. */
void ticks_init(struct ticks *ticks, struct arena *arena, struct range range, int wanted);

/* For a logarithmic axis. The range and the values are common logarithms, from
 * -300 to 300. The ticks are powers of ten; where these are too many every 2nd,
 * 3rd, 5th, 10th, ...; below two decades 1-2-5 in each; and where fewer than
 * three of those fit, what a linear axis has. */
void ticks_init_log(struct ticks *ticks, struct arena *arena, struct range range, int wanted);

#endif
