#include "optimize/outcome.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/elementary.h"
#include "base/number.h"
#include "model/stationary.h"
#include "optimize/measure.h"

/* The longest of the steps by which a saddle is looked for, a share of the box. */
static const double NEWTON_STEP = 1.0 / 16;

/* A long path is looked at so many times for where it is flattest. */
enum { LOOKS = 4096 };

/* The largest of 1, 2 and 5 times a power of ten that is not more. */
static double round_down(double value)
{
    char text[NUMBER_SIZE];
    double power = 1;
    snprintf(text, sizeof text, "%.0e", value);
    text[0] = '1';
    number_parse(text, strlen(text), &power);
    power = power > value ? power / 10 : power; /* 9.7 is printed as 10 */
    return power * (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1);
}

static double shorter_side(const struct objective *objective)
{
    return fmin(range_width(objective->x), range_width(objective->y));
}

double outcome_tolerance(const struct objective *objective)
{
    return round_down(shorter_side(objective) / 100);
}

double outcome_nearness(const struct objective *objective)
{
    return round_down(shorter_side(objective) / 16);
}

struct vec2 outcome_minimum(const struct objective *objective, struct vec2 to, double *distance)
{
    struct vec2 nearest = objective->minima[0];
    *distance = vec2_distance(nearest, to);
    for (size_t i = 1; i < objective->minimum_count; i++) {
        double other = vec2_distance(objective->minima[i], to);
        if (other < *distance) {
            nearest = objective->minima[i];
            *distance = other;
        }
    }
    return nearest;
}

static double measured(const char *measure, const struct trajectory *path,
                       const struct objective *objective, double argument)
{
    return measure_find(measure)->value(&(struct measured){ path, objective },
                                        (double[QUANTITY_ARGUMENTS_MAX]){ 0, argument });
}

/* A measure about a point. */
static double measure_at(const char *measure, const struct trajectory *path,
                         const struct objective *objective, struct vec2 point, double radius)
{
    return measure_find(measure)->value(
        &(struct measured){ path, objective },
        (double[QUANTITY_ARGUMENTS_MAX]){ 0, point.x, point.y, radius });
}

static bool is_drawn(const struct objective *objective, struct vec2 at)
{
    return range_holds(objective->x, at.x) && range_holds(objective->y, at.y);
}

/* A zero of the gradient where the surface bends both ways, found from a point near it. */
static bool find_saddle(const struct objective *objective, struct vec2 from, struct vec2 *saddle)
{
    const double exact = 1e-9 * shorter_side(objective);
    const struct field field = { objective->tape, objective->x, objective->y, 0 };
    struct critical_point point;
    struct line none = { 0 };
    if (!stationary_near(&field, NEWTON_STEP, &from)
        || stationary_tell(&field, from, &point, &none) != STATIONARY_TOLD
        || point.kind != CRITICAL_SADDLE || point.form != CRITICAL_REGULAR) {
        return false;
    }
    saddle->x = fabs(point.at.x) <= exact ? 0 : point.at.x;
    saddle->y = fabs(point.at.y) <= exact ? 0 : point.at.y;
    return true;
}

/* Where the path's gradient is least, of what is drawn of it. */
static bool find_flattest(const struct trajectory *path, const struct objective *objective,
                          struct vec2 *flattest)
{
    double least = INFINITY;
    size_t stride = 1 + (path->count - 1) / LOOKS;
    for (size_t i = path->count; i-- > 0;) {
        if ((path->count - 1 - i) % stride || !is_drawn(objective, path->points[i])) {
            continue;
        }
        struct jet j = objective_gradient(objective, path->points[i], PRECISION_DOUBLE);
        double steepness = cr_hypot(j.fx, j.fy);
        if (steepness < least) {
            least = steepness;
            *flattest = path->points[i];
        }
    }
    return isfinite(least);
}

static void look_for_saddle(struct outcome *outcome, const struct trajectory *path,
                            const struct objective *objective)
{
    struct vec2 flattest = path->points[0], saddle;
    double near = outcome_nearness(objective);
    if (!find_flattest(path, objective, &flattest)
        || !find_saddle(objective, flattest, &saddle)) {
        return;
    }
    double end = vec2_distance(path->points[path->count - 1], saddle);
    double least = measure_at("closest", path, objective, saddle, 0);
    if (outcome->kind < OUTCOME_RESTS && end <= near) {
        outcome->kind = OUTCOME_SADDLE;
        outcome->point = saddle;
        outcome->distance = end;
    } else if (least <= near && least < vec2_distance(path->points[0], saddle)) {
        outcome->passes = true;
        outcome->passed = saddle;
        outcome->passed_within = least;
        outcome->steps_near = (size_t)measure_at("within", path, objective, saddle, near);
    }
}

static bool rests(const struct trajectory *path, double tolerance)
{
    double most = 0;
    for (size_t i = 0; i < path->count; i++) {
        most = fmax(most, vec2_distance(path->points[i], path->points[0]));
    }
    return most <= tolerance;
}

static void compare_distances(struct outcome *outcome, const struct trajectory *path,
                              const struct objective *objective)
{
    double before;
    outcome_minimum(objective, path->points[0], &before);
    outcome->point = outcome_minimum(objective, path->points[path->count - 1],
                                     &outcome->distance);
    double step = measured("arrival", path, objective, outcome_tolerance(objective));
    if (isfinite(step)) {
        outcome->kind = OUTCOME_ARRIVES;
        outcome->step = (size_t)step;
    } else {
        outcome->kind = outcome->distance < before ? OUTCOME_NEARER : OUTCOME_FARTHER;
    }
}

struct outcome outcome_of(const struct trajectory *path, const struct objective *objective)
{
    const size_t last = path->count - 1;
    struct outcome outcome = { .kind = OUTCOME_ENDS, .loss = path->losses[last] };
    if (path->diverged) {
        outcome.kind = OUTCOME_DIVERGES;
        outcome.step = last;
    } else if (objective->minimum_count) {
        compare_distances(&outcome, path, objective);
    }
    if (outcome.kind == OUTCOME_ARRIVES) {
        return outcome;
    }
    if (outcome.kind != OUTCOME_DIVERGES && !is_drawn(objective, path->points[last])) {
        outcome.kind = OUTCOME_LEAVES;
        outcome.step = (size_t)measured("leaves", path, objective, 0);
    } else if (outcome.kind != OUTCOME_DIVERGES
               && rests(path, outcome_tolerance(objective))) {
        outcome.kind = OUTCOME_RESTS;
    }
    look_for_saddle(&outcome, path, objective);
    return outcome;
}
