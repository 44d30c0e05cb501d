/* What happens in a film, as captions by its clock: what is shown, each path's turn of
 * events when it comes, who is ahead at every quarter, and the result. */
#ifndef PLOT_CAPTIONS_H
#define PLOT_CAPTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "plot/description.h"
#include "plot/timeline.h"

/* Milliseconds from the film's beginning. */
struct caption {
    int64_t start_ms, end_ms; /* start < end <= the start of the next */
    const char *text;         /* one line or more, none of them empty */
};

/* In the order of time and without gaps, in the arena. The description is the one of
 * these paths. */
struct caption *captions_make(const struct description *description,
                              const struct preset *preset, const struct objective *objective,
                              const struct trajectory *trajectories,
                              const struct timeline *timeline, struct arena *arena,
                              size_t *count);

#endif
