/* What a preset claims of its paths: [claim] NAME = SIDE < SIDE.
 *
 * The sides are chains (model/chain.h) over measures (optimize/measure.h) of
 * optimizers by their labels. */
#ifndef OPTIMIZE_CLAIM_H
#define OPTIMIZE_CLAIM_H

#include <stdbool.h>

#include "base/arena.h"
#include "load/preset.h"
#include "optimize/trajectory.h"

/* Reports what is wrong with the claims as they are written, before anything is
 * run; true when nothing is. An objective of NULL, for one that was refused,
 * lets the rest be judged. */
bool claims_check(const struct preset *preset, const struct objective *objective,
                  struct report *report);

struct verdict {
    bool holds;
    const char *numbers; /* of the sides, "55 < 68"; in the arena */
    const char *note;    /* NULL, or why it cannot hold: there is no such step */
    struct place place;  /* of the claim, or of the first comparison that fails */
};

/* Judges a claim that was checked. The trajectories are those of the preset's
 * optimizers, in their order. */
struct verdict claim_judge(const struct claim *claim, const struct preset *preset,
                           const struct objective *objective,
                           const struct trajectory *trajectories, struct arena *arena);

#endif
