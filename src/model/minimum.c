#include "model/minimum.h"

#include <math.h>

#include "base/elementary.h"
#include "model/jet.h"

/* Steps are in units of the box's sides: (1, 1) crosses it. */
enum { RING_POINTS = 16, WALK_MAX = 5000, HURRIED_MAX = 300 };
static const double NEWTON_MAX = 0.05, NEWTON_LEAST = 1e-6;
static const double RADIUS_FIRST = 1e-3, RADIUS_MAX = 0.05, RADIUS_LAST = 1e-9;

struct walk {
    const struct tape *tape;
    struct range x, y;
    double sign; /* -1: upwards, as the walk goes down the function times this */
    struct vec2 at;
    double f; /* times the sign */
};

static double clamp(double value, struct range range)
{
    return fmin(fmax(value, range.lo), range.hi);
}

/* The point one step away, kept inside of the box. */
static struct vec2 walk_point(const struct walk *walk, double dx, double dy)
{
    return (struct vec2){ clamp(walk->at.x + dx * range_width(walk->x), walk->x),
                          clamp(walk->at.y + dy * range_width(walk->y), walk->y) };
}

static double walk_value(const struct walk *walk, struct vec2 at)
{
    return walk->sign * jet_evaluate(walk->tape, at, PRECISION_DOUBLE, false).f;
}

/* Goes there when that is lower. */
static bool walk_to(struct walk *walk, struct vec2 to)
{
    double f = walk_value(walk, to);
    if (!isfinite(f) || f >= walk->f) {
        return false;
    }
    walk->at = to;
    walk->f = f;
    return true;
}

/* Newton's step, halved until it leads down. */
static bool walk_newton(struct walk *walk)
{
    struct jet j = jet_evaluate(walk->tape, walk->at, PRECISION_DOUBLE, true);
    double determinant = j.fxx * j.fyy - j.fxy * j.fxy;
    if (!(walk->sign * j.fxx > 0 && determinant > 0)) {
        return false;
    }
    double dx = (j.fxy * j.fy - j.fyy * j.fx) / determinant / range_width(walk->x);
    double dy = (j.fxy * j.fx - j.fxx * j.fy) / determinant / range_width(walk->y);
    if (!isfinite(dx + dy)) {
        return false;
    }
    for (double part = fmin(1, NEWTON_MAX / cr_hypot(dx, dy)); part > NEWTON_LEAST; part /= 2) {
        if (walk_to(walk, walk_point(walk, part * dx, part * dy))) {
            return true;
        }
    }
    return false;
}

static bool walk_ring(struct walk *walk, double radius)
{
    struct vec2 lowest = walk->at;
    double f = walk->f;
    for (int i = 0; i < RING_POINTS; i++) {
        double angle = 2 * PI * i / RING_POINTS;
        struct vec2 to = walk_point(walk, radius * cr_cos(angle), radius * cr_sin(angle));
        double value = walk_value(walk, to);
        if (value < f) {
            f = value;
            lowest = to;
        }
    }
    return f < walk->f && walk_to(walk, lowest);
}

/* False when so many steps are not enough. */
static bool walk_down(struct walk *walk, int steps)
{
    double radius = RADIUS_FIRST;
    walk->f = walk_value(walk, walk->at);
    for (int i = 0; i < steps && radius > RADIUS_LAST; i++) {
        if (walk_newton(walk)) {
            continue;
        }
        radius = walk_ring(walk, radius) ? fmin(2 * radius, RADIUS_MAX) : radius / 2;
    }
    return radius <= RADIUS_LAST;
}

struct vec2 minimum_near(const struct tape *tape, struct range x, struct range y,
                         struct vec2 from)
{
    struct walk walk = { tape, x, y, 1, from, 0 };
    walk_down(&walk, WALK_MAX);
    return walk.at;
}

bool extremum_near(const struct tape *tape, struct range x, struct range y, double sign,
                   struct vec2 *at)
{
    struct walk walk = { tape, x, y, sign, *at, 0 };
    bool has_ended = walk_down(&walk, HURRIED_MAX);
    *at = walk.at;
    return has_ended;
}
