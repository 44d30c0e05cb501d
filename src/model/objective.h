/* The function that is minimised: the front door of the model stage.
 *
 * Made from a preset's [problem] section: a catalogue name or a formula with
 * its lets, compiled once to a tape. Evaluation is pure and thread-safe. */
#ifndef MODEL_OBJECTIVE_H
#define MODEL_OBJECTIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "base/report.h"
#include "load/preset.h"

struct tape;

/* A value with its exact first and second derivatives. */
struct jet {
    double f;
    double fx, fy;
    double fxx, fxy, fyy;
};

struct objective {
    const char *name;    /* catalogue name, or "formula" */
    const char *formula; /* as text; borrowed from the preset or the catalogue */
    struct let *lets;    /* what it uses, parameters first; their texts are borrowed */
    size_t let_count, param_count; /* all of them, and how many are parameters */
    struct tape *tape;
    struct range x, y;   /* the domain that is drawn */
    struct vec2 start;
    const struct vec2 *minima; /* borrowed from the preset or the catalogue, or: */
    size_t minimum_count;
    struct vec2 *moved; /* where parameters that are not standard put them; or NULL */
};

/* Compiles and completes the section with the catalogue's domain, start, parameters
 * and minima; where a parameter is given, to where that moves them, even out of the box, or
 * without any, with a warning, where it turns the function over. Mistakes go to the report (false
 * then, and nothing to finish); a given minimum that is not one is a warning that names the
 * nearest true one. */
bool objective_init(struct objective *objective, const struct problem_section *problem,
                    struct report *report);
void objective_finish(struct objective *objective);

/* Value and derivatives at a point. In single precision every elementary
 * operation is rounded to float, as a float program would. A domain error
 * gives NaN or an infinity as IEEE 754 does. */
struct jet objective_jet(const struct objective *objective, struct vec2 at,
                         enum precision precision);

/* Only the value and the gradient, (fxx, fxy, fyy are 0): cheaper. */
struct jet objective_gradient(const struct objective *objective, struct vec2 at,
                              enum precision precision);

/* z[i] = f(x[i], y[i]) in double precision for count points; beyond 1e307, where differences
 * of values would be no numbers, infinite. */
void objective_values(const struct objective *objective, size_t count, const double *x,
                      const double *y, double *z);

/* The same numbers, z[row * columns + column] = f(x[column], y[row]), for less. */
void objective_grid(const struct objective *objective, size_t columns, const double *x,
                    size_t rows, const double *y, double *z);

#endif
