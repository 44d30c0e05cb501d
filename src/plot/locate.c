#include "plot/locate.h"

#include <math.h>

/* Far outside of any page, and cairo still counts right. */
static const double FAR = 1e5;

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

bool cut_segment(const struct objective *objective, struct vec2 a, struct vec2 b,
                 struct cut *cut)
{
    double lo = 0, hi = 1;
    cut_axis(objective->x, a.x, b.x, &lo, &hi);
    cut_axis(objective->y, a.y, b.y, &lo, &hi);
    if (lo > hi) {
        return false;
    }
    cut->from = lo > 0 ? between(a, b, lo) : a;
    cut->to = hi < 1 ? between(a, b, hi) : b;
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
