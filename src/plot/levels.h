/* Round values for level lines: matplotlib's choice for "about so many".
 *
 * Source: matplotlib 3.6 ticker.MaxNLocator(nbins = wanted + 1, min_n_ticks = 1)
 * as ContourSet uses it, restated as a formula. */
#ifndef PLOT_LEVELS_H
#define PLOT_LEVELS_H

#include <stddef.h>

#include "base/geometry.h"
#include "plot/scale.h"

struct levels {
    double *values; /* ascending; free with levels_finish */
    size_t count;
};

/* Round values that cover limits: the first may lie below and the last above
 * them. Limits that are not finite, or differ by no more than rounding noise
 * or denormal numbers do,
 * give no levels. */
void levels_init(struct levels *levels, struct range limits, int wanted);

/* About so many levels within a range of scaled values. They are evenly spaced
 * or nearly so, for each is moved to where the function's value is a round
 * number; on a logarithm those of every decade are the same (1, 2, 5 where
 * three fit). */
void levels_spread(struct levels *levels, const struct value_scale *scale, struct range range,
                   int wanted);
void levels_finish(struct levels *levels);

#endif
