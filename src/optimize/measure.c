#include "optimize/measure.h"

#include <math.h>
#include <string.h>

#include "base/elementary.h"

static const double NEVER = INFINITY;

static struct vec2 nearest_minimum(const struct objective *objective, struct vec2 to)
{
    struct vec2 nearest = objective->minima[0];
    for (size_t i = 1; i < objective->minimum_count; i++) {
        if (vec2_distance(objective->minima[i], to) < vec2_distance(nearest, to)) {
            nearest = objective->minima[i];
        }
    }
    return nearest;
}

static double distance_at(const struct measured *of, size_t step)
{
    struct vec2 at = of->path->points[step];
    return vec2_distance(at, nearest_minimum(of->objective, at));
}

/* Whether the path has the step, which may be any number. */
static bool has_step(const struct measured *of, double step)
{
    return step >= 0 && step < (double)of->path->count && step == floor(step);
}

static double measure_arrival(const struct measured *of, const double *arguments)
{
    size_t first = of->path->count;
    while (first && distance_at(of, first - 1) <= arguments[1]) {
        first--;
    }
    return first < of->path->count && !of->path->diverged ? (double)first : NEVER;
}

static double measure_loss(const struct measured *of, const double *arguments)
{
    return has_step(of, arguments[1]) ? of->path->losses[(size_t)arguments[1]] : NAN;
}

static double measure_final_loss(const struct measured *of, const double *arguments)
{
    (void)arguments;
    return of->path->losses[of->path->count - 1];
}

static double measure_distance(const struct measured *of, const double *arguments)
{
    return has_step(of, arguments[1]) ? distance_at(of, (size_t)arguments[1]) : NAN;
}

static double measure_final_distance(const struct measured *of, const double *arguments)
{
    (void)arguments;
    return distance_at(of, of->path->count - 1);
}

static double measure_overshoot(const struct measured *of, const double *arguments)
{
    (void)arguments;
    const struct trajectory *path = of->path;
    struct vec2 start = path->points[0];
    struct vec2 minimum = nearest_minimum(of->objective, path->points[path->count - 1]);
    double length = vec2_distance(start, minimum), most = 0;
    for (size_t i = 0; length > 0 && i < path->count; i++) {
        struct vec2 at = path->points[i];
        double beyond = ((at.x - minimum.x) * (minimum.x - start.x)
                         + (at.y - minimum.y) * (minimum.y - start.y)) / length;
        most = fmax(most, beyond);
    }
    return most;
}

static double measure_closest(const struct measured *of, const double *arguments)
{
    struct vec2 point = { arguments[1], arguments[2] };
    double least = INFINITY;
    for (size_t i = 0; i < of->path->count; i++) {
        least = fmin(least, vec2_distance(of->path->points[i], point));
    }
    return least;
}

static double measure_within(const struct measured *of, const double *arguments)
{
    struct vec2 point = { arguments[1], arguments[2] };
    double count = 0;
    for (size_t i = 0; i < of->path->count; i++) {
        count += vec2_distance(of->path->points[i], point) <= arguments[3];
    }
    return count;
}

/* A row on the line itself belongs to the side that the path comes from. */
static double measure_crossings(const struct measured *of, const double *arguments)
{
    double count = 0, side = 0;
    for (size_t i = 0; i < of->path->count; i++) {
        struct vec2 at = of->path->points[i];
        double above = (arguments[1] == 0 ? at.x : at.y) - arguments[2];
        count += above * side < 0;
        side = above > 0 ? 1 : above < 0 ? -1 : side;
    }
    return count;
}

static double measure_leaves(const struct measured *of, const double *arguments)
{
    (void)arguments;
    for (size_t i = 0; i < of->path->count; i++) {
        struct vec2 at = of->path->points[i];
        if (!range_holds(of->objective->x, at.x) || !range_holds(of->objective->y, at.y)) {
            return (double)i;
        }
    }
    return NEVER;
}

static double measure_path_length(const struct measured *of, const double *arguments)
{
    (void)arguments;
    double length = 0;
    for (size_t i = 1; i < of->path->count; i++) {
        length += vec2_distance(of->path->points[i - 1], of->path->points[i]);
    }
    return length;
}

#define FIRST 1u        /* the label is a word */
#define FIRST_AND_NEXT 3u

static const struct measure measures[] = {
    { { "arrival", "LABEL, EPS", 2, FIRST, true,
        "the step from which on the path stays within EPS of the nearest minimum, to its end" },
      { MEASURE_LABEL, MEASURE_LENGTH }, true, measure_arrival },
    { { "leaves", "LABEL", 1, FIRST, true,
        "the first step at which the path is outside of the range that is drawn" },
      { MEASURE_LABEL }, false, measure_leaves },
    { { "loss", "LABEL, STEP", 2, FIRST, false, "the function's value at a step" },
      { MEASURE_LABEL, MEASURE_STEP }, false, measure_loss },
    { { "final_loss", "LABEL", 1, FIRST, false, "the function's value at the last step" },
      { MEASURE_LABEL }, false, measure_final_loss },
    { { "distance", "LABEL, STEP", 2, FIRST, false,
        "the distance from the nearest minimum at a step" },
      { MEASURE_LABEL, MEASURE_STEP }, true, measure_distance },
    { { "final_distance", "LABEL", 1, FIRST, false,
        "the distance from the nearest minimum at the last step" },
      { MEASURE_LABEL }, true, measure_final_distance },
    { { "overshoot", "LABEL", 1, FIRST, false,
        "how far the path gets beyond the minimum nearest to its end, along the direction from "
        "the start to that minimum; 0: it does not" },
      { MEASURE_LABEL }, true, measure_overshoot },
    { { "closest", "LABEL, X, Y", 3, FIRST, false,
        "the least distance of a step from the point X, Y" },
      { MEASURE_LABEL, MEASURE_NUMBER, MEASURE_NUMBER }, false, measure_closest },
    { { "within", "LABEL, X, Y, R", 4, FIRST, false,
        "how many steps, the start too, are within R of the point X, Y" },
      { MEASURE_LABEL, MEASURE_NUMBER, MEASURE_NUMBER, MEASURE_LENGTH }, false, measure_within },
    { { "crossings", "LABEL, AXIS, VALUE", 3, FIRST_AND_NEXT, false,
        "how often AXIS, x or y, gets from one side of VALUE to the other" },
      { MEASURE_LABEL, MEASURE_AXIS, MEASURE_NUMBER }, false, measure_crossings },
    { { "path_length", "LABEL", 1, FIRST, false, "the length of the path in the xy plane" },
      { MEASURE_LABEL }, false, measure_path_length },
};
enum { COUNT = sizeof measures / sizeof *measures };

const struct measure *measure_list(size_t *count)
{
    *count = COUNT;
    return measures;
}

const struct measure *measure_find(const char *name)
{
    const struct measure *measure = measures;
    while (strcmp(measure->quantity.name, name)) {
        measure++;
    }
    return measure;
}
