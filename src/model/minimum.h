/* Looking for a local minimum or maximum near a point. */
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

/* The same in a hurry, downwards with sign 1 and upwards with -1; false when the walk has
 * not ended after some hundred steps. */
bool extremum_near(const struct tape *tape, struct range x, struct range y, double sign,
                   struct vec2 *at);

#endif
