/* A function in its box, for searches that measure in shares of the box: its sides count as
 * 1 for distances, radii and angles. */
#ifndef MODEL_FIELD_H
#define MODEL_FIELD_H

#include "base/geometry.h"
#include "model/tape.h"

struct field {
    const struct tape *tape;
    struct range x, y;
    double range; /* of the values in the box; 0 when it is not known */
};

double field_value(const struct field *field, struct vec2 at);

struct vec2 field_moved(const struct field *field, struct vec2 at, double dx, double dy);

/* The point at a radius and an angle from another; exactly beside or above it for such angles,
 * so that it is on a kink along the axes when the other is. */
struct vec2 field_around(const struct field *field, struct vec2 at, double radius, double angle);

double field_distance(const struct field *field, struct vec2 a, struct vec2 b);

#endif
