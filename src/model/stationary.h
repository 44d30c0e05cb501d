/* One critical point: walking there, and telling what it is. */
#ifndef MODEL_STATIONARY_H
#define MODEL_STATIONARY_H

#include <stdbool.h>

#include "base/geometry.h"
#include "model/critical.h"
#include "model/field.h"
#include "model/ridge.h"

enum stationary_verdict {
    STATIONARY_TOLD,
    STATIONARY_PLAIN, /* no critical point, as nothing, or only rounding, changes around */
    STATIONARY_KINK   /* the derivatives do not say: see stationary_tell_kink */
};

/* Newton's method for a gradient of 0 with steps of at most most. False when there is
 * none near or it is outside of the box. */
bool stationary_near(const struct field *field, double most, struct vec2 *at);

/* What a point with a gradient of 0 is. When it is on a level line its places are added to the
 * line, and the point is a curve if nothing falls, or rises, away along it. A point in the
 * midst of a long flat stretch moves to its middle. */
enum stationary_verdict stationary_tell(const struct field *field, struct vec2 at,
                                        struct critical_point *point, struct line *line);

/* Goes to the lowest or highest point near, by values alone; false when that is on the edge or
 * too far. */
bool stationary_walk(const struct field *field, enum critical_kind kind, struct vec2 *at);

/* What such a point is by the values around, as stationary_tell; a regular one where these are
 * those of a smooth function without derivatives in its formula. False when it is no
 * extremum, or one whose place doubles are too coarse for. */
bool stationary_tell_kink(const struct field *field, enum critical_kind kind, struct vec2 at,
                          struct critical_point *point, struct line *line);

#endif
