#include "plot/simplify.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"

/* A stretch of the line that may become one segment. */
struct stretch {
    size_t first, last;
};

/* The square of it, in tolerances. */
static double distance_to_segment(struct vec2 point, struct vec2 a, struct vec2 b,
                                  struct vec2 tolerance)
{
    double x = (b.x - a.x) / tolerance.x, y = (b.y - a.y) / tolerance.y;
    double to_x = (point.x - a.x) / tolerance.x, to_y = (point.y - a.y) / tolerance.y;
    double square = x * x + y * y, part = square > 0 ? (to_x * x + to_y * y) / square : 0;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    double off_x = to_x - part * x, off_y = to_y - part * y;
    return off_x * off_x + off_y * off_y;
}

/* The point of a stretch that is furthest from its segment. */
static size_t furthest(const struct vec2 *points, struct stretch stretch, struct vec2 tolerance,
                       double *distance)
{
    size_t found = stretch.first;
    *distance = 0;
    for (size_t i = stretch.first + 1; i < stretch.last; i++) {
        double here = distance_to_segment(points[i], points[stretch.first], points[stretch.last],
                                          tolerance);
        if (here > *distance) {
            *distance = here;
            found = i;
        }
    }
    return found;
}

size_t simplify(struct vec2 *points, size_t count, struct vec2 tolerance)
{
    if (count < 3) {
        return count;
    }
    bool *keep = memory_new(count, sizeof *keep);
    struct stretch *open = NULL;
    size_t open_count = 0, capacity = 0, kept = 0;
    keep[0] = keep[count - 1] = true;
    open = memory_grow(open, open_count, &capacity, sizeof *open);
    open[open_count++] = (struct stretch){ 0, count - 1 };
    while (open_count) {
        struct stretch stretch = open[--open_count];
        double distance;
        size_t at = furthest(points, stretch, tolerance, &distance);
        if (distance > 1) {
            keep[at] = true;
            open = memory_grow(open, open_count, &capacity, sizeof *open);
            open[open_count++] = (struct stretch){ stretch.first, at };
            open = memory_grow(open, open_count, &capacity, sizeof *open);
            open[open_count++] = (struct stretch){ at, stretch.last };
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (keep[i]) {
            points[kept++] = points[i];
        }
    }
    free(open);
    free(keep);
    return kept;
}
