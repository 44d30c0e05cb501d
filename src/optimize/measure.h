/* What a path comes to in one number: THE TABLE of measures, which claims call
 * and summaries show.
 *
 * Steps count from 0, the start. A step that never comes is infinite. Of a path
 * that became non-finite the last row is so, and what is asked about it is
 * answered by IEEE 754; it arrives nowhere. What is asked about a step behind the last
 * one is NaN. */
#ifndef OPTIMIZE_MEASURE_H
#define OPTIMIZE_MEASURE_H

#include <stdbool.h>
#include <stddef.h>

#include "model/chain.h"
#include "model/objective.h"
#include "optimize/trajectory.h"

/* What an argument is. The first one of every measure is a label. */
enum measure_argument {
    MEASURE_NONE,
    MEASURE_LABEL,  /* of the optimizer whose path is measured; a word */
    MEASURE_AXIS,   /* x (0) or y (1); a word */
    MEASURE_NUMBER,
    MEASURE_LENGTH, /* not negative */
    MEASURE_STEP    /* a whole number, not negative */
};

/* A path with the function that it descends; both borrowed. */
struct measured {
    const struct trajectory *path;
    const struct objective *objective;
};

struct measure {
    struct quantity quantity;
    enum measure_argument kinds[QUANTITY_ARGUMENTS_MAX];
    bool needs_minimum; /* it is a distance from the nearest of the function's minima */
    /* Of arguments in their order, the label's unused. */
    double (*value)(const struct measured *of, const double *arguments);
};

const struct measure *measure_list(size_t *count);

/* The measure of that name, which must exist. */
const struct measure *measure_find(const char *name);

#endif
