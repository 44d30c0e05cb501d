/* Forward differentiation: a tape's value with its derivatives at one point. */
#ifndef MODEL_JET_H
#define MODEL_JET_H

#include <stdbool.h>

#include "model/objective.h"
#include "model/tape.h"

/* In single precision every elementary operation, those of the derivatives
 * too, is rounded to float. Without second, fxx, fxy and fyy are 0. */
struct jet jet_evaluate(const struct tape *tape, struct vec2 at, enum precision precision,
                        bool second);

#endif
