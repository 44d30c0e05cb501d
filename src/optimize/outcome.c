#include "optimize/outcome.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/number.h"
#include "model/stationary.h"
#include "optimize/measure.h"

/* How far a level valley or ridge is followed, as the search for critical points does. */
enum { LINE_STEPS = 1200 };

/* Values along each side that tell their range. */
enum { SAMPLES = 33 };

/* Newton's longest step, as a share of the box. */
static const double STEP = 1.0 / 16;

/* As shares of the range of values, and of what a path has come down: what is the same. */
static const double SAME_VALUE = 1e-12, SAME_LOSS = 1e-9;

struct surroundings {
    const struct objective *objective;
    struct field field;
    double least; /* of the stated minima; infinite when there is none */
};

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

static void look_around(struct surroundings *around, const struct objective *objective)
{
    double least = INFINITY, most = -INFINITY;
    *around = (struct surroundings){ objective, { objective->tape, objective->x, objective->y, 0 },
                                     INFINITY };
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
        double across = i % SAMPLES / (SAMPLES - 1.0), up = i / SAMPLES / (SAMPLES - 1.0);
        struct vec2 at = { objective->x.lo + across * range_width(objective->x),
                           objective->y.lo + up * range_width(objective->y) };
        double value = objective_gradient(objective, at, PRECISION_DOUBLE).f;
        least = isfinite(value) ? fmin(least, value) : least;
        most = isfinite(value) ? fmax(most, value) : most;
    }
    around->field.range = most > least && isfinite(most - least) ? most - least : 0;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        double value = objective_gradient(objective, objective->minima[i], PRECISION_DOUBLE).f;
        around->least = isfinite(value) ? fmin(around->least, value) : around->least;
    }
}

static bool is_least(const struct surroundings *around, double value)
{
    return fabs(value - around->least) <= SAME_VALUE * around->field.range;
}

/* A zero of the gradient near a point, and what it is. Values decide where they are those of
 * the stated minima: on a curve of minima one eigenvalue is 0, of either sign by rounding. */
static bool find_point(const struct surroundings *around, struct vec2 from,
                       struct critical_point *point)
{
    const double exact = 1e-9 * shorter_side(around->objective);
    struct vec2 at = from;
    struct line line = { .steps = LINE_STEPS };
    bool is_told = stationary_near(&around->field, STEP, &at)
                   && stationary_tell(&around->field, at, point, &line) == STATIONARY_TOLD;
    free(line.points);
    if (!is_told) {
        return false;
    }
    point->at.x = fabs(at.x) <= exact ? 0 : at.x;
    point->at.y = fabs(at.y) <= exact ? 0 : at.y;
    point->kind = is_least(around, point->value) ? CRITICAL_MINIMUM : point->kind;
    if (fabs(point->value) <= SAME_VALUE * around->field.range) {
        point->value = 0;
    }
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

/* Whether a path's end is as low as the stated minima though its gradient is not 0, as along a
 * kink: neither its value nor what is near is lower. */
static bool is_as_low(const struct surroundings *around, const struct trajectory *path,
                      double loss)
{
    enum { DIRECTIONS = 16 };
    const struct vec2 end = path->points[path->count - 1];
    const double radius = outcome_tolerance(around->objective);
    double same = SAME_LOSS * fmin(path->losses[0] - around->least, around->field.range);
    bool is_low = same > 0 && fabs(loss - around->least) <= same;
    for (int i = 0; is_low && i < DIRECTIONS; i++) {
        double angle = 2 * PI * i / DIRECTIONS;
        struct vec2 at = { end.x + radius * cr_cos(angle), end.y + radius * cr_sin(angle) };
        double value = objective_gradient(around->objective, at, PRECISION_DOUBLE).f;
        is_low = !(value < loss - same);
    }
    return is_low;
}

/* What the path ends at: a minimum that is not stated, a maximum or a saddle point. */
static void look_at_end(struct outcome *outcome, const struct trajectory *path,
                        const struct surroundings *around)
{
    static const enum outcome_kind kinds[] = { [CRITICAL_MINIMUM] = OUTCOME_LOCAL,
                                               [CRITICAL_MAXIMUM] = OUTCOME_MAXIMUM,
                                               [CRITICAL_SADDLE] = OUTCOME_SADDLE };
    struct vec2 end = path->points[path->count - 1];
    struct critical_point point = { .kind = CRITICAL_SADDLE };
    bool is_found = find_point(around, end, &point);
    bool is_lowest = is_found && is_least(around, point.value);
    double distance = vec2_distance(end, point.at);
    double most = point.kind == CRITICAL_SADDLE ? outcome_nearness(around->objective)
                                                : outcome_tolerance(around->objective);
    if (is_found && distance <= most && is_drawn(around->objective, point.at)) {
        outcome->kind = is_lowest ? OUTCOME_LOWEST : kinds[point.kind];
        outcome->point = point.at;
        outcome->distance = distance;
        outcome->value = point.value;
    } else if (!is_lowest && is_as_low(around, path, outcome->loss)) {
        outcome->kind = OUTCOME_LOWEST; /* along a kink */
        outcome->point = end;
        outcome->distance = 0;
        outcome->value = outcome->loss;
    }
}

static void look_for_saddle(struct outcome *outcome, const struct trajectory *path,
                             const struct surroundings *around)
{
    const struct objective *objective = around->objective;
    struct vec2 flattest = path->points[0];
    struct critical_point point;
    double near = outcome_nearness(objective);
    if (!find_flattest(path, objective, &flattest) || !find_point(around, flattest, &point)
        || point.kind != CRITICAL_SADDLE || !is_drawn(objective, point.at)) {
        return;
    }
    double end = vec2_distance(path->points[path->count - 1], point.at);
    double least = measure_at("closest", path, objective, point.at, 0);
    bool is_open = outcome->kind == OUTCOME_NEARER || outcome->kind == OUTCOME_FARTHER
                || outcome->kind == OUTCOME_ENDS;
    if (is_open && end <= near) {
        outcome->kind = OUTCOME_SADDLE;
        outcome->point = point.at;
        outcome->distance = end;
        outcome->value = point.value;
    } else if (least <= near && least < vec2_distance(path->points[0], point.at)) {
        outcome->passes = true;
        outcome->passed = point.at;
        outcome->passed_within = least;
        outcome->steps_near = (size_t)measure_at("within", path, objective, point.at, near);
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

static struct outcome outcome_of(const struct trajectory *path, const struct surroundings *around)
{
    const struct objective *objective = around->objective;
    const size_t last = path->count - 1;
    struct outcome outcome = { .kind = OUTCOME_ENDS, .loss = path->losses[last] };
    double leaves = measured("leaves", path, objective, 0);
    if (path->diverged) {
        outcome.kind = OUTCOME_DIVERGES;
        outcome.step = last;
    } else if (objective->minimum_count) {
        compare_distances(&outcome, path, objective);
    }
    bool is_out = !is_drawn(objective, path->points[last]);
    outcome.left = isfinite(leaves) && !is_out ? (size_t)leaves : 0;
    if (outcome.kind == OUTCOME_ARRIVES) {
        return outcome;
    }
    if (outcome.kind != OUTCOME_DIVERGES && is_out) {
        outcome.kind = OUTCOME_LEAVES;
        outcome.step = (size_t)leaves;
    } else if (outcome.kind != OUTCOME_DIVERGES
               && rests(path, outcome_tolerance(objective))) {
        outcome.kind = OUTCOME_RESTS;
    } else if (outcome.kind != OUTCOME_DIVERGES) {
        look_at_end(&outcome, path, around);
    }
    if (outcome.kind != OUTCOME_SADDLE) {
        look_for_saddle(&outcome, path, around);
    }
    return outcome;
}

void outcomes_find(struct outcome *outcomes, const struct trajectory *paths, size_t count,
                   const struct objective *objective)
{
    struct surroundings around;
    look_around(&around, objective);
    for (size_t i = 0; i < count; i++) {
        outcomes[i] = outcome_of(&paths[i], &around);
    }
}
