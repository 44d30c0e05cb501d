#include "plot/locate.h"

#include <math.h>

#include "base/memory.h"

/* Far outside of any page, and cairo still counts right. */
static const double FAR = 1e5;

/* So many ranges away, rounding moves a segment's way through the domain by as
 * much as the eye can see: what comes from there is not drawn. */
static const double UNRESOLVED = 1e12;

struct vec2 between(struct vec2 a, struct vec2 b, double part)
{
    return (struct vec2){ a.x + part * (b.x - a.x), a.y + part * (b.y - a.y) };
}

bool in_domain(const struct objective *objective, struct vec2 point)
{
    return range_holds(objective->x, point.x) && range_holds(objective->y, point.y);
}

/* Narrows part lo..hi of the way from a to b to where a coordinate is in range. */
static void cut_axis(struct range range, double a, double b, double *lo, double *hi)
{
    if (a == b) {
        if (!range_holds(range, a)) {
            *hi = -1;
        }
        return;
    }
    double first = (range.lo - a) / (b - a), second = (range.hi - a) / (b - a);
    *lo = fmax(*lo, fmin(first, second));
    *hi = fmin(*hi, fmax(first, second));
}

/* Whether the difference of a coordinate to one in range has digits that count. */
static bool is_resolved(struct range range, double value)
{
    return fabs(value - range.lo) < UNRESOLVED * (range.hi - range.lo);
}

static struct vec2 clamped(const struct objective *objective, struct vec2 at)
{
    return (struct vec2){ fmin(fmax(at.x, objective->x.lo), objective->x.hi),
                          fmin(fmax(at.y, objective->y.lo), objective->y.hi) };
}

bool cut_segment(const struct objective *objective, struct vec2 a, struct vec2 b,
                 struct cut *cut)
{
    double lo = 0, hi = 1;
    if (!is_resolved(objective->x, a.x) || !is_resolved(objective->x, b.x)
        || !is_resolved(objective->y, a.y) || !is_resolved(objective->y, b.y)) {
        return false;
    }
    cut_axis(objective->x, a.x, b.x, &lo, &hi);
    cut_axis(objective->y, a.y, b.y, &lo, &hi);
    if (lo > hi) {
        return false;
    }
    cut->from = clamped(objective, lo > 0 ? between(a, b, lo) : a);
    cut->to = clamped(objective, hi < 1 ? between(a, b, hi) : b);
    return true;
}

/* The whole step at or before a position, and the part of the way to the next. */
static size_t split(const struct path *path, double step, double *part)
{
    double last = (double)(path->count - 1), within = fmin(step, last);
    double whole = floor(within);
    *part = within - whole;
    return (size_t)whole;
}

struct vec2 path_at(const struct path *path, double step)
{
    double part;
    size_t whole = split(path, step, &part);
    const struct vec2 *points = path->trajectory->points + whole;
    return part > 0 ? between(points[0], points[1], part) : points[0];
}

struct vec2 path_loss_at(const struct plot *plot, const struct path *path, double step)
{
    double part;
    size_t whole = split(path, step, &part);
    const double *losses = path->trajectory->losses + whole;
    struct vec2 from = loss_panel_point(plot, (double)whole, losses[0]);
    return part > 0 ? between(from, loss_panel_point(plot, (double)whole + 1, losses[1]), part)
                    : from;
}

uint32_t *path_touches(const struct objective *objective, const struct path *path)
{
    struct cut cut;
    const struct vec2 *points = path->trajectory->points;
    uint32_t *touches = memory_new(path->count, sizeof *touches);
    for (size_t step = 1; step < path->count; step++) {
        bool touched = cut_segment(objective, points[step - 1], points[step], &cut);
        touches[step] = touched ? (uint32_t)step : touches[step - 1];
    }
    return touches;
}

struct vec3 lift(const struct plot *plot, struct vec2 at)
{
    return (struct vec3){ at.x, at.y, landscape_height(plot->landscape, at) };
}

bool on_page(const struct view *view, struct vec3 point, struct vec2 *page)
{
    struct projected seen = camera_project(&view->camera, point);
    *page = seen.page;
    return seen.depth > 0 && fabs(seen.page.x) < FAR && fabs(seen.page.y) < FAR;
}

bool is_hidden(const struct plot *plot, const struct view *view, struct vec3 point)
{
    return plot->preset->surface.hidden != HIDDEN_SOLID
           && surface_hides(&plot->mesh, view->eye, point);
}
