#include "plot/levels.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "base/memory.h"

/* Steps that count as round, in tenths of a power of ten. */
static const double round_steps[] = { 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10 };
enum { ROUND_STEPS = sizeof round_steps / sizeof *round_steps };

/* Candidate i of the ascending staircase 0.1 .. 0.8, 1 .. 10, 15. */
enum { STAIRS = 2 * ROUND_STEPS };

static double stair(int i)
{
    if (i == STAIRS - 1) {
        return 10 * round_steps[1];
    }
    return i < ROUND_STEPS - 1 ? 0.1 * round_steps[i] : round_steps[i - (ROUND_STEPS - 1)];
}

/* A large common offset is taken out first, so that steps are round near it. */
static double common_offset(struct range limits, double span)
{
    double middle = (limits.lo + limits.hi) / 2;
    if (fabs(middle) / span < 100) {
        return 0;
    }
    return copysign(cr_pow(10, floor(cr_log10(fabs(middle)))), middle);
}

/* How near to a multiple counts as one, in steps. Next to a large offset the
 * values themselves are no more exact than that. */
static double edge_tolerance(double offset, double step)
{
    double tolerance = offset != 0 ? 1e-12 * fabs(offset) / step : 0;
    return fmin(0.4999, fmax(1e-10, tolerance));
}

static double multiple_below(double value, double step, double tolerance)
{
    double whole = floor(value / step), rest = value - whole * step;
    return fabs(rest / step - 1) < tolerance ? whole + 1 : whole;
}

static double multiple_above(double value, double step, double tolerance)
{
    double whole = floor(value / step), rest = value - whole * step;
    return fabs(rest / step) < tolerance ? whole : whole + 1;
}

/* limits are relative to the offset. */
static double round_step(int intervals, struct range limits, double offset)
{
    double raw = (limits.hi - limits.lo) / intervals, scale = cr_pow(10, floor(cr_log10(raw)));
    int i = 0;
    while (i < STAIRS - 1 && stair(i) * scale < raw) {
        i++;
    }
    /* Walk down until at least one multiple lies inside. */
    while (i > 0) {
        double step = stair(i) * scale, base = floor(limits.lo / step) * step;
        double tolerance = edge_tolerance(offset, step);
        if (base + step * multiple_above(limits.lo - base, step, tolerance) <= limits.hi) {
            break;
        }
        i--;
    }
    return stair(i) * scale;
}

/* Whether levels between the limits can be told apart. */
static bool has_room(struct range limits)
{
    double span = limits.hi - limits.lo;
    double noise = fmax(1e-13 * fmax(fabs(limits.lo), fabs(limits.hi)), 1e3 * DBL_MIN);
    return span > noise && isfinite(span);
}

void levels_init(struct levels *levels, struct range limits, int wanted)
{
    *levels = (struct levels){ 0 };
    double span = limits.hi - limits.lo;
    if (!has_room(limits)) {
        return;
    }
    double offset = common_offset(limits, span);
    struct range inner = { limits.lo - offset, limits.hi - offset };
    double step = round_step(wanted + 1, inner, offset);
    double tolerance = edge_tolerance(offset, step);
    double base = floor(inner.lo / step) * step;
    double low = multiple_below(inner.lo - base, step, tolerance);
    double high = multiple_above(inner.hi - base, step, tolerance);
    size_t count = (size_t)(high - low) + 1;
    double *ticks = memory_new(count, sizeof *ticks);
    size_t first = 0, last = count - 1;
    for (size_t i = 0; i < count; i++) {
        ticks[i] = base + step * (low + (double)i) + offset;
    }
    /* Keep one below the limits and one above them. */
    while (first + 1 < count && ticks[first + 1] < limits.lo) {
        first++;
    }
    while (last > first && ticks[last - 1] > limits.hi) {
        last--;
    }
    levels->count = last - first + 1;
    levels->values = memory_new(levels->count, sizeof *levels->values);
    for (size_t i = 0; i < levels->count; i++) {
        levels->values[i] = ticks[first + i];
    }
    free(ticks);
}

/* Drops levels at and beyond the ends of a range. */
static void levels_within(struct levels *levels, struct range range)
{
    size_t count = 0;
    for (size_t i = 0; i < levels->count; i++) {
        if (levels->values[i] > range.lo && levels->values[i] < range.hi) {
            levels->values[count++] = levels->values[i];
        }
    }
    levels->count = count;
}

/* The multiple of 1, 2 or 5 times a power of ten that is next to value, in
 * steps of at most room. */
static double round_within(double value, double room)
{
    double power = cr_pow(10, floor(cr_log10(room)));
    double step = room >= 5 * power ? 5 * power : room >= 2 * power ? 2 * power : power;
    return step * round(value / step);
}

/* The distance of scaled levels: an even part of the range, for logarithms a
 * whole part of a decade or whole decades. */
static double even_step(enum scale scale, struct range range, int wanted)
{
    double step = (range.hi - range.lo) / (wanted + 1);
    if (scale != SCALE_LOG) {
        return step;
    }
    double decade = cr_log(10);
    return step < decade ? decade / floor(decade / step) : decade * ceil(step / decade);
}

void levels_spread(struct levels *levels, const struct value_scale *scale, struct range range,
                   int wanted)
{
    if (scale->scale == SCALE_LINEAR) {
        levels_init(levels, range, wanted);
        levels_within(levels, range);
        return;
    }
    *levels = (struct levels){ 0 };
    if (!has_room(range)) {
        return;
    }
    double step = even_step(scale->scale, range, wanted);
    double first = floor(range.lo / step) + 1;
    size_t count = (size_t)((range.hi - range.lo) / step) + 2;
    levels->values = memory_new(count, sizeof *levels->values);
    for (size_t i = 0; i < count; i++) {
        double at = (first + (double)i) * step;
        double z = value_unscaled(scale, at), room = (z - value_unscaled(scale, at - step)) / 2;
        double level = value_scaled(scale, round_within(z, room));
        bool is_level = isfinite(level); /* no power of e near the largest number is */
        if (is_level && (!levels->count || level > levels->values[levels->count - 1])) {
            levels->values[levels->count++] = level;
        }
    }
    levels_within(levels, range);
}

void levels_finish(struct levels *levels)
{
    free(levels->values);
    *levels = (struct levels){ 0 };
}
