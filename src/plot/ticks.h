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

/* Multiples of 1, 2, 2.5 or 5 times a power of ten. Their number differs by at
 * most one from wanted where a step allows it, and by two at most for
 * wanted = 5. Very large or small values share one power of ten. */
void ticks_init(struct ticks *ticks, struct arena *arena, struct range range, int wanted);

/* For a logarithmic axis. The range and the values are common logarithms.
 * Powers of ten, every second, third or fifth where more than wanted + 1 would
 * fit; below two decades 1-2-5 in each, and where fewer than three of these
 * fit the ticks of a linear axis. */
void ticks_init_log(struct ticks *ticks, struct arena *arena, struct range range, int wanted);

#endif
