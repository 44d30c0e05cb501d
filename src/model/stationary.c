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

/* Shares of the values' range, of a Hessian and of values, that are flat; of values that are
 * level on a kink, and on a smooth valley. */
static const double FLAT_HESSIAN = 1e-9, FLAT_VALUES = 1e-10, LEVEL = 1e-9, LEVEL_SMOOTH = 1e-14;

/* Where a valley is looked for, in radians from where derivatives have it; of a ring's points
 * so many may be on level lines, else it is a plain. */
static const double ARC = 0.5;
enum { LEVEL_MOST = 4 };

/* A step for differences of values; where doubles are tried at kinks, and the share of the
 * range that such a place may be off. */
static const double DIFFERENCE = 1e-4, SETTLED = 1e-9, UNSETTLED = 3e-3;

/* The derivatives where the box is 1 by 1, and the Hessian's eigenvalues; the second
 * one's vector is (c, s), the first one's (-s, c). */
struct local {
    double f, fx, fy, fxx, fxy, fyy;
    double lo, hi, big; /* big: of their absolute values */
    double c, s;
};

static struct range eigenvalues(double fxx, double fxy, double fyy)
{
    double middle = (fxx + fyy) / 2, half = cr_hypot((fxx - fyy) / 2, fxy);
    return (struct range){ middle - half, middle + half };
}

static bool look(const struct field *field, struct vec2 at, struct local *local)
{
    struct jet jet = jet_evaluate(field->tape, at, PRECISION_DOUBLE, true);
    double w = range_width(field->x), h = range_width(field->y);
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
        struct vec2 to = field_moved(field, *at, part * step.x, part * step.y);
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
    double slack = 1e-9 * range_width(range);
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

/* A ring of values less f, times the sign, around a point. */
struct ring {
    double over[RING_POINTS], least, most;
    int lowest; /* which of them */
};

static double angle_of(int i)
{
    return 2 * PI * i / RING_POINTS;
}

static void look_around(struct ring *ring, const struct ridge *ridge, struct vec2 at,
                        double radius)
{
    *ring = (struct ring){ .least = INFINITY, .most = -INFINITY };
    for (int i = 0; i < RING_POINTS; i++) {
        struct vec2 to = field_around(ridge->field, at, radius, angle_of(i));
        ring->over[i] = ridge->sign * (field_value(ridge->field, to) - ridge->value);
        ring->lowest = ring->over[i] < ring->least ? i : ring->lowest;
        ring->least = fmin(ring->least, ring->over[i]);
        ring->most = fmax(ring->most, ring->over[i]);
    }
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
        double dx = CLOSE * cr_cos(angle_of(i)), dy = CLOSE * cr_sin(angle_of(i));
        double said = dx * local->fx + dy * local->fy
                      + (dx * dx * local->fxx + dy * dy * local->fyy) / 2 + dx * dy * local->fxy;
        double value = field_value(field, field_moved(field, at, dx, dy));
        most = fmax(most, fabs(value - local->f - said));
    }
    double curved = CLOSE * CLOSE * fmax(local->big, FLAT_HESSIAN * field->range);
    return !(most <= curved / 4 + 100 * rounding(field, local->f));
}

/* Whether a value that changes along a valley from one side to the other does so as one whose
 * slope is 0 in between: a tenth of the way is much less than a tenth of the change. */
static bool bends(const struct ridge *ridge, struct vec2 at, const double *angles)
{
    double far = 0, close = 0;
    for (int i = 0; i < 2; i++) {
        double angle = angles[i];
        double on = fabs(ridge_look(ridge, at, RIDGE_STEP, ARC, &angle) - ridge->value);
        angle = angles[i];
        double near = fabs(ridge_look(ridge, at, RIDGE_STEP / 10, ARC, &angle) - ridge->value);
        far = fmax(far, on);
        close = fmax(close, near);
    }
    return close < far / 30;
}

/* What a point in a valley, or on a ridge, is, that begins in both directions: it may be level
 * for a while. False when that ends in a slope. */
static bool tell_ridge(const struct ridge *ridge, const double *angles,
                       struct critical_point *point, struct line *line)
{
    enum ridge_end ends[2], beyond = ridge->sign > 0 ? RIDGE_LOWER : RIDGE_HIGHER;
    double lengths[2];
    int beyonds = 0, levels = 0;
    if (line->steps > 0) {
        line_add(line, point->at);
    }
    for (int i = 0; i < 2; i++) {
        ends[i] = i && ends[0] == RIDGE_CLOSED ? RIDGE_CLOSED :
                  ridge_follow(ridge, point->at, angles[i], line, &lengths[i]);
        beyonds += ends[i] == beyond;
        levels += ends[i] == RIDGE_OPEN || ends[i] == RIDGE_CLOSED;
    }
    point->kind = beyonds ? CRITICAL_SADDLE : ridge->sign > 0 ? CRITICAL_MINIMUM
                                                              : CRITICAL_MAXIMUM;
    if (levels) {
        point->form = CRITICAL_CURVE;
        return !beyonds;
    }
    bool is_long = fmax(lengths[0], lengths[1]) > RIDGE_STEP;
    if (is_long) {
        int longer = lengths[1] > lengths[0];
        double angle = angles[longer], part = fabs(lengths[1] - lengths[0]) / 2;
        ridge_look(ridge, point->at, part, ARC, &angle);
        point->at = field_around(ridge->field, point->at, part, angle);
    }
    return beyonds != 1 || (!is_long && bends(ridge, point->at, angles));
}

/* The same where rings say that it is an extremum: is it in all directions? A line on which
 * it is level may pass between the ring's points. */
static bool tell_ring(const struct ridge *ridge, const struct ring *ring, double radius,
                      struct critical_point *point, struct line *line)
{
    int levels = 0;
    for (int i = 0; i < RING_POINTS; i++) {
        levels += ring->over[i] <= ridge->tolerance;
    }
    double angles[] = { angle_of(ring->lowest), 0 };
    double least = ring->least;
    if (least > ridge->tolerance) {
        double value = ridge_look(ridge, point->at, radius, 2 * PI / RING_POINTS, angles);
        least = fmin(least, ridge->sign * (value - ridge->value));
    }
    if (least < -ridge->tolerance || levels > LEVEL_MOST) {
        return false;
    }
    if (least > ridge->tolerance) {
        return true;
    }
    angles[1] = angles[0] + PI;
    return tell_ridge(&(struct ridge){ ridge->field, ridge->sign, ridge->value,
                                       LEVEL * ridge->field->range }, angles, point, line);
}

/* By the values around where the whole Hessian is 0. */
static bool tell_flat(const struct field *field, struct critical_point *point, struct line *line)
{
    struct ridge ridge = { field, 1, point->value, rounding(field, point->value) };
    struct ring far, close;
    look_around(&far, &ridge, point->at, AROUND);
    look_around(&close, &ridge, point->at, AROUND / 10);
    bool falls = fmin(far.least, close.least) < -ridge.tolerance;
    bool rises = fmax(far.most, close.most) > ridge.tolerance;
    double change = fmax(-far.least, far.most), closer = fmax(-close.least, close.most);
    bool is_jump = closer > change / 2; /* a smooth change would be a hundredth of it */
    if (!(change > FLAT_VALUES * field->range && closer > ridge.tolerance) || is_jump) {
        return false;
    }
    if (falls && rises) {
        point->kind = CRITICAL_SADDLE;
        return true;
    }
    point->kind = falls ? CRITICAL_MAXIMUM : CRITICAL_MINIMUM;
    ridge.sign = falls ? -1 : 1;
    look_around(&far, &ridge, point->at, AROUND);
    return tell_ring(&ridge, &far, AROUND, point, line);
}

enum stationary_verdict stationary_tell(const struct field *field, struct vec2 at,
                                        struct critical_point *point, struct line *line)
{
    struct local local;
    if (!look(field, at, &local) || is_kink(field, at, &local)) {
        return STATIONARY_KINK;
    }
    struct jet jet = jet_evaluate(field->tape, at, PRECISION_DOUBLE, true);
    *point = (struct critical_point){ .at = at, .value = local.f,
                                      .eigenvalues = eigenvalues(jet.fxx, jet.fxy, jet.fyy) };
    if (local.big <= FLAT_HESSIAN * field->range) {
        point->form = CRITICAL_DEGENERATE;
        point->eigenvalues = (struct range){ 0, 0 };
        return tell_flat(field, point, line) ? STATIONARY_TOLD : STATIONARY_PLAIN;
    }
    if (fmin(fabs(local.lo), fabs(local.hi)) <= ZERO * local.big) {
        bool is_valley = local.hi > -local.lo;
        double along = is_valley ? cr_atan2(local.c, -local.s) : cr_atan2(local.s, local.c);
        struct ridge ridge = { field, is_valley ? 1 : -1, local.f,
                               10 * rounding(field, local.f) + LEVEL_SMOOTH * field->range };
        point->form = CRITICAL_DEGENERATE;
        return tell_ridge(&ridge, (double[]){ along, along + PI }, point, line)
                   ? STATIONARY_TOLD : STATIONARY_PLAIN;
    }
    point->kind = local.lo > 0 ? CRITICAL_MINIMUM : local.hi < 0 ? CRITICAL_MAXIMUM
                                                                 : CRITICAL_SADDLE;
    return STATIONARY_TOLD;
}

bool stationary_walk(const struct field *field, enum critical_kind kind, struct vec2 *at)
{
    return extremum_near(field->tape, field->x, field->y, kind == CRITICAL_MINIMUM ? 1 : -1, at)
        && isfinite(field_value(field, *at)) && !range_is_edge(field->x, at->x)
        && !range_is_edge(field->y, at->y);
}

/* The Hessian by differences of values, where the box is 1 by 1. */
static void differences(const struct field *field, struct vec2 at, double h, double *hessian)
{
    double f = field_value(field, at), around[3][3];
    for (int i = 0; i < 9; i++) {
        around[i / 3][i % 3] = field_value(field, field_moved(field, at, h * (i % 3 - 1),
                                                              h * (i / 3 - 1)));
    }
    hessian[0] = (around[1][0] - 2 * f + around[1][2]) / (h * h);
    hessian[1] = (around[2][2] - around[2][0] - around[0][2] + around[0][0]) / (4 * h * h);
    hessian[2] = (around[0][1] - 2 * f + around[2][1]) / (h * h);
}

/* Whether the values around are those of a smooth function though there are no derivatives,
 * as of cos(hypot(x, y)) at 0: differences near and nearer say the same. */
static bool tell_smooth(const struct field *field, enum critical_kind kind, struct vec2 at,
                        struct critical_point *point)
{
    double near[3], nearer[3], w = range_width(field->x), h = range_width(field->y);
    differences(field, at, DIFFERENCE, near);
    differences(field, at, DIFFERENCE / 2, nearer);
    double big = 0, off = 0;
    for (int i = 0; i < 3; i++) {
        off = fmax(off, fabs(near[i] - nearer[i]));
        nearer[i] += (nearer[i] - near[i]) / 3; /* without the error of the second order */
        big = fmax(big, fabs(nearer[i]));
    }
    struct range own = eigenvalues(nearer[0], nearer[1], nearer[2]);
    *point = (struct critical_point){
        kind, CRITICAL_REGULAR, at, field_value(field, at),
        eigenvalues(nearer[0] / w / w, nearer[1] / w / h, nearer[2] / h / h)
    };
    return off < 1e-3 * big && (kind == CRITICAL_MINIMUM ? own.lo : -own.hi) > 1e-3 * big;
}

/* Moves to the best double near; returns how much better it is. */
static double settle(const struct ridge *ridge, struct vec2 *at)
{
    double f = ridge->sign * ridge->value, first = f;
    for (double radius = SETTLED; radius > SHORTEST * SETTLED; radius /= 2) {
        for (int i = 0; i < RING_POINTS; i += 4) {
            struct vec2 to = field_around(ridge->field, *at, radius, angle_of(i));
            double value = ridge->sign * field_value(ridge->field, to);
            if (value < f) {
                f = value;
                *at = to;
            }
        }
    }
    return first - f;
}

bool stationary_tell_kink(const struct field *field, enum critical_kind kind, struct vec2 at,
                          struct critical_point *point, struct line *line)
{
    struct ridge ridge = { field, kind == CRITICAL_MINIMUM ? 1 : -1, field_value(field, at),
                           LEVEL * CLOSE * field->range };
    struct ring ring;
    if (tell_smooth(field, kind, at, point)) {
        return true;
    }
    if (settle(&ridge, &at) > UNSETTLED * field->range) {
        return false;
    }
    ridge.value = field_value(field, at);
    *point = (struct critical_point){ kind, CRITICAL_KINK, at, ridge.value, { NAN, NAN } };
    look_around(&ring, &ridge, at, CLOSE);
    return tell_ring(&ridge, &ring, CLOSE, point, line);
}
