/* A tape's values at many points, in double precision: the same numbers as
 * jet_evaluate gives, bit for bit, but many times faster. */
#ifndef MODEL_BLOCK_H
#define MODEL_BLOCK_H

#include <stddef.h>

#include "model/tape.h"

/* z[i] = f(x[i], y[i]) for count points; z does not overlap x or y. */
void block_evaluate(const struct tape *tape, size_t count, const double *x, const double *y,
                    double *z);

/* z[row * columns + column] = f(x[column], y[row]). What changes with only one of
 * them is computed once for each of its values. */
void block_evaluate_grid(const struct tape *tape, size_t columns, const double *x, size_t rows,
                         const double *y, double *z);

#endif
