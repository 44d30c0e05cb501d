#include "model/ridge.h"

#include <math.h>
#include <stdbool.h>

#include "base/elementary.h"
#include "base/memory.h"

const double RIDGE_STEP = 0.01;

/* How far the way may turn in one step, radians; the last step before the edge; steps until
 * it is too long; how often the best way is narrowed down, and the end of the level part. */
static const double TURN = 0.5, LAST_STEP = 1e-4;
enum { FOLLOWED_MAX = 600, LOOKS = 40, BISECTIONS = 8 };

void line_add(struct line *line, struct vec2 at)
{
    line->points = memory_grow(line->points, line->count, &line->capacity, sizeof *line->points);
    line->points[line->count++] = at;
}

double ridge_look(const struct ridge *ridge, struct vec2 at, double radius, double arc,
                  double *angle)
{
    const double golden = 0.6180339887498949;
    double lo = *angle - arc, hi = *angle + arc;
    double a = hi - golden * (hi - lo), b = lo + golden * (hi - lo);
    double fa = ridge->sign * field_value(ridge->field, field_around(ridge->field, at, radius, a));
    double fb = ridge->sign * field_value(ridge->field, field_around(ridge->field, at, radius, b));
    for (int i = 0; i < LOOKS; i++) {
        if (fa < fb) {
            hi = b;
            b = a;
            fb = fa;
            a = hi - golden * (hi - lo);
            fa = ridge->sign * field_value(ridge->field,
                                           field_around(ridge->field, at, radius, a));
        } else {
            lo = a;
            a = b;
            fa = fb;
            b = lo + golden * (hi - lo);
            fb = ridge->sign * field_value(ridge->field,
                                           field_around(ridge->field, at, radius, b));
        }
    }
    *angle = fa < fb ? a : b;
    return ridge->sign * fmin(fa, fb);
}

/* Whether the way at the radius is level; it is tried straight on first, as a line on which
 * a root is 0 is missed by all other angles. */
static bool is_level(const struct ridge *ridge, struct vec2 at, double radius, double *angle,
                     double *value)
{
    *value = field_value(ridge->field, field_around(ridge->field, at, radius, *angle));
    if (!(fabs(*value - ridge->value) <= ridge->tolerance)) {
        *value = ridge_look(ridge, at, radius, TURN, angle);
    }
    return fabs(*value - ridge->value) <= ridge->tolerance;
}

static double level_part(const struct ridge *ridge, struct vec2 at, double step, double angle)
{
    double lo = 0, hi = step;
    for (int i = 0; i < BISECTIONS; i++) {
        double middle = (lo + hi) / 2, value, turned = angle;
        *(is_level(ridge, at, middle, &turned, &value) ? &lo : &hi) = middle;
    }
    return lo;
}

static bool is_in(const struct field *field, struct vec2 at, double value)
{
    return isfinite(value) && range_holds(field->x, at.x) && range_holds(field->y, at.y);
}

enum ridge_end ridge_follow(const struct ridge *ridge, struct vec2 from, double angle,
                            struct line *line, double *length)
{
    const struct field *field = ridge->field;
    struct vec2 at = from;
    double step = RIDGE_STEP;
    *length = 0;
    for (int i = 0; i < FOLLOWED_MAX && line->steps > 0; i++, line->steps--) {
        double value, turned = angle;
        bool goes_on = is_level(ridge, at, step, &turned, &value);
        struct vec2 to = field_around(field, at, step, turned);
        if (!is_in(field, to, value)) { /* what is left before the edge counts too */
            step /= 2;
            if (step < LAST_STEP) {
                break;
            }
            continue;
        }
        if (!goes_on) {
            *length += level_part(ridge, at, step, angle);
            return value < ridge->value ? RIDGE_LOWER : RIDGE_HIGHER;
        }
        at = to;
        angle = turned;
        *length += step;
        line_add(line, at);
        if (*length > 3 * RIDGE_STEP && field_distance(field, at, from) < RIDGE_STEP) {
            return RIDGE_CLOSED;
        }
    }
    return RIDGE_OPEN;
}
