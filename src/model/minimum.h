/* Looking for a local minimum near a point. */
#ifndef MODEL_MINIMUM_H
#define MODEL_MINIMUM_H

#include <stdbool.h>

#include "base/geometry.h"
#include "model/tape.h"

/* Walks down from a point inside of the box, where the value is finite, until
 * nothing lower is near: Newton's method where the surface is curved upwards,
 * else the lowest point of a ring. It needs no derivatives to be right, so
 * kinks are no obstacle; a point that is a minimum stays where it is. */
struct vec2 minimum_near(const struct tape *tape, struct range x, struct range y,
                         struct vec2 from);

#endif
