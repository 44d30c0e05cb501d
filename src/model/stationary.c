#include "model/stationary.h"

#include <math.h>

#include "base/elementary.h"
#include "model/jet.h"
#include "model/minimum.h"

enum { NEWTON_MAX = 80, HALVINGS = 6, RING_POINTS = 64 };

/* Eigenvalues below such shares of the greatest one are noise for a step, and 0 for a
 * critical point. */
static const double NOISE = 1e-13, ZERO = 1e-7;

/* A last step that long ends at the point; one so short is not worth another. */
static const double ARRIVED = 1e-7, SHORTEST = 1e-14;

/* Radii of rings on which values are looked at: for kinks, and where derivatives do
 * not decide. */
static const double CLOSE = 1e-5, AROUND = 0.02;

/* Shares of the values' range, of a Hessian and of values, that are flat. */
static const double FLAT_HESSIAN = 1e-9, FLAT_VALUES = 1e-10;

/* The derivatives where the box is 1 by 1, and the Hessian's eigenvalues; the second
 * one's vector is (c, s), the first one's (-s, c). */
struct local {
    double f, fx, fy, fxx, fxy, fyy;
    double lo, hi, big; /* big: of their absolute values */
    double c, s;
};

static double width(struct range range)
{
    return range.hi - range.lo;
}

static struct range eigenvalues(double fxx, double fxy, double fyy)
{
    double middle = (fxx + fyy) / 2, half = cr_hypot((fxx - fyy) / 2, fxy);
    return (struct range){ middle - half, middle + half };
}

static bool look(const struct field *field, struct vec2 at, struct local *local)
{
    struct jet jet = jet_evaluate(field->tape, at, PRECISION_DOUBLE, true);
    double w = width(field->x), h = width(field->y);
    *local = (struct local){ .f = jet.f, .fx = jet.fx * w, .fy = jet.fy * h,
                             .fxx = jet.fxx * w * w, .fxy = jet.fxy * w * h,
                             .fyy = jet.fyy * h * h };
    struct range range = eigenvalues(local->fxx, local->fxy, local->fyy);
    local->lo = range.lo;
    local->hi = range.hi;
    local->big = fmax(fabs(range.lo), fabs(range.hi));
    /* Of the two formulas for the vector the one without cancellation. */
    bool is_along_x = local->fxx >= local->fyy;
    double c = is_along_x ? local->hi - local->fyy : local->fxy;
    double s = is_along_x ? local->fxy : local->hi - local->fxx;
    double length = cr_hypot(c, s);
    local->c = length > 0 ? c / length : 1;
    local->s = length > 0 ? s / length : 0;
    return isfinite(local->f + local->fx + local->fy) && isfinite(local->lo + local->hi);
}

static struct vec2 moved(const struct field *field, struct vec2 at, double dx, double dy)
{
    return (struct vec2){ at.x + dx * width(field->x), at.y + dy * width(field->y) };
}

static double value_at(const struct field *field, struct vec2 at)
{
    return jet_evaluate(field->tape, at, PRECISION_DOUBLE, false).f;
}

/* Newton's step; nothing along a direction whose eigenvalue is noise. */
static struct vec2 step_of(const struct local *local)
{
    double along_hi = local->fx * local->c + local->fy * local->s;
    double along_lo = local->fy * local->c - local->fx * local->s;
    double hi = fabs(local->hi) > NOISE * local->big ? -along_hi / local->hi : 0;
    double lo = fabs(local->lo) > NOISE * local->big ? -along_lo / local->lo : 0;
    return (struct vec2){ hi * local->c - lo * local->s, hi * local->s + lo * local->c };
}

/* Goes a part of the step that makes the gradient shorter; false when none does. */
static bool go(const struct field *field, struct vec2 step, double part, struct vec2 *at,
               struct local *local)
{
    double slope = cr_hypot(local->fx, local->fy);
    for (int i = 0; i < HALVINGS; i++, part /= 2) {
        struct local next;
        struct vec2 to = moved(field, *at, part * step.x, part * step.y);
        if (look(field, to, &next) && cr_hypot(next.fx, next.fy) < slope) {
            *at = to;
            *local = next;
            return true;
        }
    }
    return false;
}

/* Puts a point that rounding has put outside of the range into it; false when it is
 * farther away. */
static bool put_inside(struct range range, double *value)
{
    double slack = 1e-9 * width(range);
    bool is_near = *value >= range.lo - slack && *value <= range.hi + slack;
    *value = fmin(fmax(*value, range.lo), range.hi);
    return is_near;
}

bool stationary_near(const struct field *field, double most, struct vec2 *at)
{
    struct local local;
    double length = 0;
    if (!look(field, *at, &local)) {
        return false;
    }
    for (int i = 0; i < NEWTON_MAX; i++) {
        struct vec2 step = step_of(&local);
        length = cr_hypot(step.x, step.y);
        if (!(length > SHORTEST) || !go(field, step, fmin(1, most / length), at, &local)) {
            break;
        }
    }
    /* Along a direction without curvature there is no step, but may be a slope. */
    double slope = cr_hypot(local.fx, local.fy), flat = fmax(local.big, field->range);
    return length < ARRIVED && slope <= ARRIVED * flat && put_inside(field->x, &at->x)
        && put_inside(field->y, &at->y);
}

/* How much lower and higher it gets on a ring around a point. */
static struct range ring(const struct field *field, struct vec2 at, double f, double radius)
{
    struct range found = { INFINITY, -INFINITY };
    for (int i = 0; i < RING_POINTS; i++) {
        double turn = 2 * PI * i / RING_POINTS;
        struct vec2 to = moved(field, at, radius * cr_cos(turn), radius * cr_sin(turn));
        double over = value_at(field, to) - f;
        found.lo = fmin(found.lo, over);
        found.hi = fmax(found.hi, over);
    }
    return found;
}

/* What rounding does to a difference of values. */
static double rounding(const struct field *field, double f)
{
    return 1e-14 * fabs(f) + 1e-16 * field->range;
}

/* Whether values close by are other than the derivatives say. */
static bool is_kink(const struct field *field, struct vec2 at, const struct local *local)
{
    double most = 0;
    for (int i = 0; i < RING_POINTS; i++) {
        double turn = 2 * PI * i / RING_POINTS;
        double dx = CLOSE * cr_cos(turn), dy = CLOSE * cr_sin(turn);
        double said = dx * local->fx + dy * local->fy
                      + (dx * dx * local->fxx + dy * dy * local->fyy) / 2 + dx * dy * local->fxy;
        most = fmax(most, fabs(value_at(field, moved(field, at, dx, dy)) - local->f - said));
    }
    double curved = CLOSE * CLOSE * fmax(local->big, FLAT_HESSIAN * field->range);
    return !(most <= curved / 4 + 100 * rounding(field, local->f));
}

/* By the values around; false when these are the same. */
static bool tell_by_values(const struct field *field, struct vec2 at, double f,
                           enum critical_kind *kind)
{
    struct range far = ring(field, at, f, AROUND), close = ring(field, at, f, AROUND / 10);
    double noise = rounding(field, f);
    bool falls = fmin(far.lo, close.lo) < -noise, rises = fmax(far.hi, close.hi) > noise;
    *kind = falls && rises ? CRITICAL_SADDLE : falls ? CRITICAL_MAXIMUM : CRITICAL_MINIMUM;
    double change = fmax(-far.lo, far.hi), closer = fmax(-close.lo, close.hi);
    bool is_jump = closer > change / 2; /* a smooth change would be a hundredth of it */
    return change > FLAT_VALUES * field->range && closer > noise && !is_jump;
}

bool stationary_tell(const struct field *field, struct vec2 at, struct critical_point *point)
{
    struct local local;
    if (!look(field, at, &local) || is_kink(field, at, &local)) {
        return false;
    }
    bool is_flat = local.big <= FLAT_HESSIAN * field->range;
    double least = fmin(fabs(local.lo), fabs(local.hi));
    *point = (struct critical_point){ .at = at, .value = local.f };
    struct jet jet = jet_evaluate(field->tape, at, PRECISION_DOUBLE, true);
    point->eigenvalues = eigenvalues(jet.fxx, jet.fxy, jet.fyy);
    if (is_flat || least <= ZERO * local.big) {
        point->form = CRITICAL_DEGENERATE;
        if (is_flat) {
            point->eigenvalues = (struct range){ 0, 0 };
        }
        return tell_by_values(field, at, local.f, &point->kind);
    }
    point->kind = local.lo > 0 ? CRITICAL_MINIMUM : local.hi < 0 ? CRITICAL_MAXIMUM
                                                                 : CRITICAL_SADDLE;
    return true;
}

bool stationary_kink(const struct field *field, enum critical_kind kind, struct vec2 from,
                     struct critical_point *point)
{
    bool is_lowest = kind == CRITICAL_MINIMUM;
    struct vec2 at = from;
    bool has_ended = extremum_near(field->tape, field->x, field->y, is_lowest ? 1 : -1, &at);
    double f = value_at(field, at), noise = 1e-9 * CLOSE * field->range;
    bool is_inside = at.x > field->x.lo && at.x < field->x.hi && at.y > field->y.lo
                  && at.y < field->y.hi;
    if (!has_ended || !isfinite(f) || !is_inside) {
        return false;
    }
    struct range found = ring(field, at, f, CLOSE);
    *point = (struct critical_point){ kind, CRITICAL_KINK, at, f, { NAN, NAN } };
    return is_lowest ? found.lo > noise : found.hi < -noise;
}
