/* What became of a path: the one thing about it that a sentence should say, with its
 * numbers. Distances are in the units of the xy plane, steps count from 0, the start. */
#ifndef OPTIMIZE_OUTCOME_H
#define OPTIMIZE_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

#include "model/objective.h"
#include "optimize/trajectory.h"

/* One of these, in the order in which they are told. DIVERGES, ARRIVES, LEAVES and RESTS go
 * before what the end is at, and that before NEARER, FARTHER and ENDS. To end at an extremum is
 * to be within the tolerance of it, at a saddle point to be near it. */
enum outcome_kind {
    OUTCOME_ARRIVES,  /* stays within the tolerance of a stated minimum from a step on */
    OUTCOME_LOWEST,   /* ends at another point whose value is that of the stated minima */
    OUTCOME_LOCAL,    /* ends at a local minimum that is not stated */
    OUTCOME_NEARER,   /* ends nearer to the minima than it began, */
    OUTCOME_FARTHER,  /* or not */
    OUTCOME_ENDS,     /* there is no stated minimum: all that is known is the value */
    OUTCOME_RESTS,    /* in some steps never gets farther from its start than the tolerance */
    OUTCOME_SADDLE,   /* ends near a saddle point */
    OUTCOME_MAXIMUM,  /* ends at a maximum */
    OUTCOME_LEAVES,   /* ends outside of the range that is drawn */
    OUTCOME_DIVERGES, /* is no longer finite */
    OUTCOME_COUNT
};

struct outcome {
    enum outcome_kind kind;
    size_t step;       /* of ARRIVES, LEAVES and DIVERGES: when */
    struct vec2 point; /* of ARRIVES, NEARER and FARTHER the stated minimum; of LOWEST, LOCAL, */
                       /* SADDLE and MAXIMUM that point */
    double value;      /* there, of LOWEST, LOCAL, SADDLE and MAXIMUM */
    double distance;   /* of the end from the point */
    double loss;       /* at the end */
    size_t left;       /* the step at which it leaves the picture though it comes back; 0: none */
    bool passes;       /* a saddle point, though it does not end there */
    struct vec2 passed;
    double passed_within; /* the least distance from it */
    size_t steps_near;    /* how many rows are near it, the start among them if it is */
};

/* What counts as being there, and as being near, by the shorter side of what is drawn: the
 * largest power of ten that is at most a twentieth of it, which is the 0.1 or the 0.01 that
 * summaries and claims go by; and a round number of about a sixteenth. */
double outcome_tolerance(const struct objective *objective);
double outcome_nearness(const struct objective *objective);

/* What became of each of the paths. */
void outcomes_find(struct outcome *outcomes, const struct trajectory *paths, size_t count,
                   const struct objective *objective);

/* The stated minimum nearest to a point; the objective has one. */
struct vec2 outcome_minimum(const struct objective *objective, struct vec2 to, double *distance);

#endif
