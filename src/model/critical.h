/* The critical points of an objective within its box: minima, maxima and saddles.
 *
 * A grid of gradients says where both derivatives change sign and where a value is the
 * lowest or highest around; from there Newton's method walks to where the gradient is 0.
 * The work is bounded and the same on every run, less for long formulas. Points that are
 * closer together than the grid's cells, or a cell away from a kink, may be missed. Left out
 * are extrema on the edge of the box, saddles at kinks, plains where nothing changes, and
 * kinks so sharp that doubles next to each other have other values. */
#ifndef MODEL_CRITICAL_H
#define MODEL_CRITICAL_H

#include <stdbool.h>
#include <stddef.h>

#include "model/objective.h"

enum critical_kind { CRITICAL_MINIMUM, CRITICAL_MAXIMUM, CRITICAL_SADDLE };

/* How the kind is known. */
enum critical_form {
    CRITICAL_REGULAR,    /* by the eigenvalues of the Hessian, none of which is 0 */
    CRITICAL_DEGENERATE, /* one is 0: by the values around */
    CRITICAL_CURVE,      /* stands for all points of a line, level to rounding, that are the
                          * lowest, or highest, on both sides; of kinks too */
    CRITICAL_KINK        /* there are no derivatives: by the values around */
};

struct critical_point {
    enum critical_kind kind;
    enum critical_form form;
    struct vec2 at;
    double value;
    struct range eigenvalues; /* of the Hessian; NaN at kinks */
};

enum { CRITICAL_POINTS_MAX = 5000 };

struct critical_points {
    struct critical_point *items; /* minima first, each kind by its values */
    size_t count, capacity;
    bool is_cut;        /* the search ended early; others may be missing without it */
    struct vec2 lowest; /* the lowest point found, which may be on the edge */
    double least;       /* its value; infinite when there is none */
    double range;       /* of the values in the box */
};

/* Free it with critical_finish, as also a zeroed one. */
void critical_find(struct critical_points *points, const struct objective *objective);
void critical_finish(struct critical_points *points);

/* A value of the objective without what rounding leaves of its range: 0, not 8e-31. */
double critical_value(const struct critical_points *points, double value);

/* Warns when a point is found that is lower than the minima: at each of those that the
 * problem states, or where it changes the catalogue's parameters or box. */
void critical_check(const struct objective *objective, const struct problem_section *problem,
                    struct report *report);

/* "minimum", "maximum" or "saddle". */
const char *critical_kind_name(enum critical_kind kind);

/* "regular", "degenerate", "curve" or "kink". */
const char *critical_form_name(enum critical_form form);

#endif
