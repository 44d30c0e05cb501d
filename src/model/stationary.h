/* One critical point: walking there, and telling what it is. */
#ifndef MODEL_STATIONARY_H
#define MODEL_STATIONARY_H

#include <stdbool.h>

#include "base/geometry.h"
#include "model/critical.h"
#include "model/tape.h"

/* The function in its box, whose sides count as 1 for distances. */
struct field {
    const struct tape *tape;
    struct range x, y;
    double range; /* of the values in the box */
};

/* Newton's method for a gradient of 0 with steps of at most most. False when there is
 * none near or it is outside of the box. */
bool stationary_near(const struct field *field, double most, struct vec2 *at);

/* What a point with a gradient of 0 is; false when all around is flat, or when it is no
 * critical point but a kink. */
bool stationary_tell(const struct field *field, struct vec2 at, struct critical_point *point);

/* The lowest or highest point near, by values alone, as a kink; false when it is on the edge
 * or no extremum. */
bool stationary_kink(const struct field *field, enum critical_kind kind, struct vec2 from,
                     struct critical_point *point);

#endif
