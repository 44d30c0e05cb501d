#include "model/field.h"

#include <math.h>

#include "base/elementary.h"
#include "model/jet.h"

double field_value(const struct field *field, struct vec2 at)
{
    return jet_evaluate(field->tape, at, PRECISION_DOUBLE, false).f;
}

struct vec2 field_moved(const struct field *field, struct vec2 at, double dx, double dy)
{
    return (struct vec2){ at.x + dx * range_width(field->x), at.y + dy * range_width(field->y) };
}

/* cos(PI / 2) is not 0. */
static double snapped(double value)
{
    return fabs(value) < 1e-15 ? 0 : value;
}

struct vec2 field_around(const struct field *field, struct vec2 at, double radius, double angle)
{
    return field_moved(field, at, radius * snapped(cr_cos(angle)),
                       radius * snapped(cr_sin(angle)));
}

double field_distance(const struct field *field, struct vec2 a, struct vec2 b)
{
    return cr_hypot((a.x - b.x) / range_width(field->x), (a.y - b.y) / range_width(field->y));
}
