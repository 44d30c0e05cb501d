/* Paths: the segments between steps, the heads, and the marks of runs that
 * leave the domain or end. Everything is clipped to the domain here. */
#include <math.h>

#include "plot/plot.h"

/* A segment across the whole domain is lifted in this many pieces; see
 * optimizers' typical steps: short ones need one or two. */
enum { PIECES_ACROSS = 64 };

/* The part of a segment that is inside the domain. */
struct cut {
    struct vec2 from, to;
};

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

static struct vec2 between(struct vec2 a, struct vec2 b, double part)
{
    return (struct vec2){ a.x + part * (b.x - a.x), a.y + part * (b.y - a.y) };
}

static bool cut_segment(const struct objective *objective, struct vec2 a, struct vec2 b,
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

static bool in_domain(const struct objective *objective, struct vec2 point)
{
    return range_holds(objective->x, point.x) && range_holds(objective->y, point.y);
}

static double surface_height(const struct plot *plot, struct vec2 at)
{
    double z;
    objective_values(plot->landscape->objective, 1, &at.x, &at.y, &z);
    return height_of(&plot->landscape->height, z);
}

static struct vec3 lift(const struct plot *plot, struct vec2 at)
{
    return (struct vec3){ at.x, at.y, surface_height(plot, at) };
}

/* Page point of a point on the surface; false when it cannot be drawn. */
static bool on_page(const struct view *view, struct vec3 point, struct vec2 *page)
{
    struct projected seen = camera_project(&view->camera, point);
    *page = seen.page;
    return seen.depth > 0 && fabs(seen.page.x) < 1e5 && fabs(seen.page.y) < 1e5;
}

static bool is_hidden(const struct plot *plot, const struct view *view, struct vec3 point)
{
    return plot->preset->surface.hidden != HIDDEN_SOLID
           && surface_hides(&plot->landscape->mesh, view->eye, point);
}

/* How a stroke or disc looks where the surface is in front of it. */
static struct color behind(const struct plot *plot, struct color color)
{
    switch (plot->preset->surface.hidden) {
    case HIDDEN_FAINT:
        return color_fade(color, plot->look->theme->hidden_alpha);
    case HIDDEN_NONE:
        return color_fade(color, 0);
    case HIDDEN_DASHED:
    case HIDDEN_SOLID:
        break;
    }
    return color;
}

static void draw_run(const struct plot *plot, struct scene *scene, const struct vec2 *points,
                     size_t count, bool hidden, struct color color)
{
    struct stroke stroke = { color, plot->look->theme->path_width, .cap = CAP_ROUND };
    if (hidden) {
        stroke.color = behind(plot, color);
        /* Round caps of see-through strokes would show as beads. */
        stroke.cap = CAP_BUTT;
        stroke.dashes[0] = stroke.dashes[1] = 2 * stroke.width;
        stroke.dash_count = plot->preset->surface.hidden == HIDDEN_DASHED ? 2 : 0;
    }
    if (count > 1 && stroke.color.a > 0) {
        scene_line(scene, &plot->page.surface_area, points, count, &stroke);
    }
}

/* A segment between two steps follows the surface; it is drawn in runs that
 * are hidden or not. */
static void draw_on_surface(const struct plot *plot, const struct view *view, struct scene *scene, const struct cut *cut,
                            struct color color)
{
    struct vec2 run[PIECES_ACROSS + 2];
    const struct objective *objective = plot->landscape->objective;
    double across = fabs(cut->to.x - cut->from.x) / (objective->x.hi - objective->x.lo);
    double along = fabs(cut->to.y - cut->from.y) / (objective->y.hi - objective->y.lo);
    size_t pieces = (size_t)ceil(fmin(1, fmax(across, along)) * PIECES_ACROSS);
    pieces = pieces ? pieces : 1;
    size_t count = 0;
    bool run_hidden = false;
    for (size_t i = 0; i <= pieces; i++) {
        double part = (double)i / (double)pieces;
        struct vec3 point = lift(plot, between(cut->from, cut->to, part));
        struct vec2 page;
        if (!on_page(view, point, &page)) {
            draw_run(plot, scene, run, count, run_hidden, color);
            count = 0;
            continue;
        }
        bool hidden = is_hidden(plot, view, point);
        run[count++] = page;
        if (count == 1) {
            run_hidden = hidden;
        } else if (hidden != run_hidden) {
            draw_run(plot, scene, run, count, run_hidden, color);
            run[0] = page;
            count = 1;
            run_hidden = hidden;
        }
    }
    draw_run(plot, scene, run, count, run_hidden, color);
}

static void draw_dot(const struct plot *plot, const struct view *view, struct scene *scene, struct vec2 at,
                     struct color color, double diameter)
{
    if (plot_shows(plot, PANEL_SURFACE)) {
        struct vec3 point = lift(plot, at);
        struct vec2 page;
        struct color shown = is_hidden(plot, view, point) ? behind(plot, color) : color;
        if (shown.a > 0 && on_page(view, point, &page)) {
            scene_disc(scene, &plot->page.surface_area, page, diameter / 2, shown, NULL);
        }
    }
    if (plot_shows(plot, PANEL_CONTOUR)) {
        scene_disc(scene, &plot->page.panels[PANEL_CONTOUR], contour_panel_point(plot, at),
                   diameter / 2, color, NULL);
    }
}

static void draw_segment(const struct plot *plot, const struct view *view, struct scene *scene, const struct path *path,
                         size_t step)
{
    struct cut cut;
    const struct vec2 *points = path->trajectory->points;
    if (!cut_segment(plot->landscape->objective, points[step - 1], points[step], &cut)) {
        return;
    }
    if (plot_shows(plot, PANEL_SURFACE)) {
        draw_on_surface(plot, view, scene, &cut, path->color);
    }
    if (plot_shows(plot, PANEL_CONTOUR)) {
        struct vec2 line[2] = { contour_panel_point(plot, cut.from),
                                contour_panel_point(plot, cut.to) };
        struct stroke stroke = { path->color, plot->look->theme->path_width, .cap = CAP_ROUND };
        scene_line(scene, &plot->page.panels[PANEL_CONTOUR], line, 2, &stroke);
    }
}

void plot_trail(const struct plot *plot, const struct view *view, struct scene *scene,
                size_t index, double from, double to)
{
    const struct path *path = &plot->paths[index];
    for (size_t step = (size_t)from; step <= (size_t)to && step < path->count; step++) {
        if (step > (size_t)from) {
            draw_segment(plot, view, scene, path, step);
        }
        if (plot->dots && in_domain(plot->landscape->objective, path->trajectory->points[step])) {
            draw_dot(plot, view, scene, path->trajectory->points[step], path->color,
                     plot->look->theme->dot_diameter);
        }
    }
}

/* An arrow head at tip, pointing away from back. */
static void draw_arrow(const struct plot *plot, struct scene *scene, struct vec2 back,
                       struct vec2 tip, const struct rect *clip, struct color color)
{
    double length = hypot(tip.x - back.x, tip.y - back.y), size = plot->look->theme->head_diameter;
    if (length < 1e-9) {
        return;
    }
    /* The tip lies a little ahead, over the round end of the path. */
    struct vec2 unit = { (tip.x - back.x) / length, (tip.y - back.y) / length };
    double reach = plot->look->theme->path_width;
    tip = (struct vec2){ tip.x + reach * unit.x, tip.y + reach * unit.y };
    struct vec2 ahead = { unit.x * size, unit.y * size };
    struct vec2 base = { tip.x - 1.4 * ahead.x, tip.y - 1.4 * ahead.y };
    struct vec2 corners[3] = { tip,
                               { base.x - 0.6 * ahead.y, base.y + 0.6 * ahead.x },
                               { base.x + 0.6 * ahead.y, base.y - 0.6 * ahead.x } };
    scene_polygon(scene, clip, corners, 3, color, NULL);
}

/* The segment by which a path that is outside at this step left the domain. */
static bool find_exit(const struct plot *plot, const struct path *path, size_t step,
                      struct cut *cut)
{
    const struct vec2 *points = path->trajectory->points;
    while (step && !in_domain(plot->landscape->objective, points[step])) {
        if (cut_segment(plot->landscape->objective, points[step - 1], points[step], cut)) {
            return true;
        }
        step--;
    }
    return false;
}

/* Where a path left, an arrow instead of its head. */
static void draw_exit(const struct plot *plot, const struct view *view, struct scene *scene, const struct path *path,
                      size_t step)
{
    struct cut cut;
    if (!find_exit(plot, path, step, &cut)) {
        return;
    }
    if (plot_shows(plot, PANEL_CONTOUR)) {
        draw_arrow(plot, scene, contour_panel_point(plot, cut.from),
                   contour_panel_point(plot, cut.to), &plot->page.panels[PANEL_CONTOUR],
                   path->color);
    }
    struct vec2 near, tip;
    struct vec2 before = between(cut.to, cut.from, 0.02);
    struct vec3 end = lift(plot, cut.to);
    if (plot_shows(plot, PANEL_SURFACE) && on_page(view, end, &tip)
        && on_page(view, lift(plot, before), &near)) {
        struct color color = is_hidden(plot, view, end) ? behind(plot, path->color) : path->color;
        draw_arrow(plot, scene, near, tip, &plot->page.surface_area, color);
    }
}

static void draw_cross(const struct plot *plot, struct scene *scene, struct vec2 at,
                       const struct rect *clip, struct color color)
{
    double arm = plot->look->theme->head_diameter * 0.75;
    struct stroke stroke = { color, plot->look->theme->path_width, .cap = CAP_ROUND };
    struct vec2 falling[2] = { { at.x - arm, at.y - arm }, { at.x + arm, at.y + arm } };
    struct vec2 rising[2] = { { at.x - arm, at.y + arm }, { at.x + arm, at.y - arm } };
    scene_line(scene, clip, falling, 2, &stroke);
    scene_line(scene, clip, rising, 2, &stroke);
}

/* The mark of a run that ended is where it was last seen in both panels. */
static void draw_end(const struct plot *plot, const struct view *view, struct scene *scene, const struct path *path)
{
    for (size_t step = path->count; step-- > 0;) {
        struct vec2 at = path->trajectory->points[step], page;
        if (!in_domain(plot->landscape->objective, at) || !isfinite(surface_height(plot, at))) {
            continue;
        }
        if (plot_shows(plot, PANEL_CONTOUR)) {
            draw_cross(plot, scene, contour_panel_point(plot, at),
                       &plot->page.panels[PANEL_CONTOUR], path->color);
        }
        if (plot_shows(plot, PANEL_SURFACE) && on_page(view, lift(plot, at), &page)) {
            draw_cross(plot, scene, page, &plot->page.surface_area, path->color);
        }
        return;
    }
}

void plot_heads(const struct plot *plot, const struct view *view, struct scene *scene,
                const struct moment *moment)
{
    size_t step = moment->whole_step;
    for (size_t i = 0; i < plot->path_count; i++) {
        const struct path *path = &plot->paths[i];
        if (!path->count) {
            continue;
        }
        size_t last = step < path->count ? step : path->count - 1;
        struct vec2 at = path->trajectory->points[last];
        if (!in_domain(plot->landscape->objective, at)) {
            draw_exit(plot, view, scene, path, last);
        } else if (!plot->dots) {
            draw_dot(plot, view, scene, at, path->color, plot->look->theme->head_diameter);
        }
        if (path->ends && step + 1 >= path->trajectory->count) {
            draw_end(plot, view, scene, path);
        }
    }
}
