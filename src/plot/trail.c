/* Trails: the way of a path so far, in every panel, as runs of one look. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/elementary.h"
#include "plot/locate.h"
#include "plot/simplify.h"

/* A segment across the whole domain is lifted in this many pieces, so that it
 * follows the surface's cells; usual steps need a few. */
enum { PIECES_ACROSS = 256 };

/* Nearer to a line than this a point does not bend it, points on the page. */
static const double NEAR = 0.02;

/* Where paths run along each other: length of a dash, in path widths. */
static const double SHARED_DASH = 3;

/* A line: its points, how long the trail was where it begins (points on the
 * page), and how many other paths it runs along. */
struct run_info {
    size_t length;
    double start;
    unsigned others;
};

/* Lines with one look, collected to be stroked as one. */
struct runs {
    struct vec2 *points; /* one line after another */
    size_t point_count, point_capacity;
    struct run_info *infos;
    size_t count, capacity;
};

/* A trail on its way through one panel. */
struct trail {
    const struct plot *plot;
    const struct view *view;
    const struct path *path;
    struct runs shown, shared, hidden; /* alone, along others, by the surface */
    struct runs shown_dots, hidden_dots;
    struct runs *open;         /* the runs that the last point went to; NULL: none */
    struct vec2 last;
    unsigned others; /* that this step runs along */
    double length;   /* so far, points on the page */
};

static void runs_point(struct runs *runs, struct vec2 point)
{
    runs->points = memory_grow(runs->points, runs->point_count, &runs->point_capacity,
                               sizeof *runs->points);
    runs->points[runs->point_count++] = point;
    runs->infos[runs->count - 1].length++;
}

static void runs_begin(struct runs *runs, struct vec2 point, double start, unsigned others)
{
    runs->infos = memory_grow(runs->infos, runs->count, &runs->capacity, sizeof *runs->infos);
    runs->infos[runs->count++] = (struct run_info){ 0, start, others };
    runs_point(runs, point);
}

static void runs_free(struct runs *runs)
{
    free(runs->points);
    free(runs->infos);
}

/* A round cap on a line without length is a dot. */
static void runs_dot(struct runs *runs, struct vec2 at)
{
    runs_begin(runs, at, 0, 0);
    runs_point(runs, at);
}

/* The line goes on to a point; its look is that of the way there. */
static void trail_line(struct trail *trail, struct vec2 to, bool hidden)
{
    struct runs *runs = hidden ? &trail->hidden : trail->others ? &trail->shared : &trail->shown;
    if (trail->open != runs || runs->infos[runs->count - 1].others != trail->others) {
        runs_begin(runs, trail->last, trail->length, trail->others);
        trail->open = runs;
    }
    runs_point(runs, to);
    trail->length += cr_hypot(to.x - trail->last.x, to.y - trail->last.y);
    trail->last = to;
}

/* The line goes on somewhere else, unless it is there already. */
static void trail_jump(struct trail *trail, struct vec2 to)
{
    if (to.x != trail->last.x || to.y != trail->last.y) {
        trail->open = NULL;
        trail->last = to;
    }
}

/* A segment of the domain follows the surface. */
static void trail_over_surface(struct trail *trail, const struct cut *cut)
{
    const struct plot *plot = trail->plot;
    const struct objective *objective = plot->landscape->objective;
    double across = fabs(cut->to.x - cut->from.x) / (objective->x.hi - objective->x.lo);
    double along = fabs(cut->to.y - cut->from.y) / (objective->y.hi - objective->y.lo);
    size_t pieces = (size_t)ceil(fmin(1, fmax(across, along)) * PIECES_ACROSS);
    pieces = pieces ? pieces : 1;
    bool was_on_page = false, was_hidden = false;
    for (size_t i = 0; i <= pieces; i++) {
        double part = (double)i / (double)pieces;
        struct vec3 point = lift(plot, between(cut->from, cut->to, part));
        struct vec2 page;
        bool is_on_page = on_page(trail->view, point, &page);
        if (is_on_page) {
            bool hidden = is_hidden(plot, trail->view, point);
            if (was_on_page) {
                trail_line(trail, page, hidden && was_hidden);
            } else {
                trail_jump(trail, page);
            }
            was_hidden = hidden;
        }
        was_on_page = is_on_page;
    }
}

static void trail_segment(struct trail *trail, enum panel panel, double from, double to)
{
    const struct plot *plot = trail->plot;
    struct cut cut;
    trail->others = trail->path->shares && panel != PANEL_LOSS
                        ? trail->path->shares[(size_t)from] : 0;
    if (panel == PANEL_LOSS) {
        trail_jump(trail, path_loss_at(plot, trail->path, from));
        trail_line(trail, path_loss_at(plot, trail->path, to), false);
        return;
    }
    if (!cut_segment(plot->landscape->objective, path_at(trail->path, from),
                     path_at(trail->path, to), &cut)) {
        return;
    }
    if (panel == PANEL_SURFACE) {
        trail_over_surface(trail, &cut);
    } else {
        trail_jump(trail, contour_panel_point(plot, cut.from));
        trail_line(trail, contour_panel_point(plot, cut.to), false);
    }
}

static void trail_dot(struct trail *trail, enum panel panel, size_t step)
{
    const struct plot *plot = trail->plot;
    struct vec2 at = trail->path->trajectory->points[step], page;
    if (panel == PANEL_LOSS || !in_domain(plot->landscape->objective, at)) {
        return;
    }
    if (panel == PANEL_CONTOUR) {
        runs_dot(&trail->shown_dots, contour_panel_point(plot, at));
        return;
    }
    struct vec3 point = lift(plot, at);
    if (on_page(trail->view, point, &page)) {
        bool hidden = is_hidden(plot, trail->view, point);
        runs_dot(hidden ? &trail->hidden_dots : &trail->shown_dots, page);
    }
}

static void trail_walk(struct trail *trail, enum panel panel, double from, double to)
{
    double end = fmin(to, (double)trail->path->count - 1);
    for (double step = from; step < end; step++) {
        trail_segment(trail, panel, step, fmin(step + 1, end));
    }
    /* The dot where the trail goes on is there already. */
    for (double step = from > 0 ? from + 1 : 0; trail->plot->dots && step <= end; step++) {
        trail_dot(trail, panel, (size_t)step);
    }
}

/* All runs as one stroke: where they overlap, a see-through one stays even.
 * Points that the eye cannot tell from their line are left out. */
static void draw_solid(struct scene *scene, const struct rect *clip, const struct runs *runs,
                       const struct stroke *stroke)
{
    if (!runs->count || stroke->color.a <= 0) {
        return;
    }
    struct vec2 *points = arena_new(&scene->arena, runs->point_count, sizeof *points);
    size_t *lengths = arena_new(&scene->arena, runs->count, sizeof *lengths);
    memcpy(points, runs->points, runs->point_count * sizeof *points);
    size_t from = 0, count = 0;
    for (size_t i = 0; i < runs->count; i++) {
        size_t length = runs->infos[i].length;
        memmove(points + count, points + from, length * sizeof *points);
        lengths[i] = simplify(points + count, length, (struct vec2){ NEAR, NEAR });
        from += length;
        count += lengths[i];
    }
    scene_lines(scene, clip, points, count, lengths, runs->count, stroke);
}

/* Run by run, so that the dashes go on where the trail was interrupted. */
static void draw_dashed(struct scene *scene, const struct rect *clip, const struct runs *runs,
                        const struct dash_pattern *dash, const struct stroke *solid)
{
    struct stroke stroke = *solid;
    stroke.cap = CAP_BUTT;
    stroke.dash_count = dash->count;
    for (int i = 0; i < dash->count; i++) {
        stroke.dashes[i] = dash->lengths[i] * solid->width;
    }
    const struct vec2 *points = runs->points;
    for (size_t i = 0; i < runs->count && stroke.color.a > 0; i++) {
        stroke.dash_phase = runs->infos[i].start;
        scene_line(scene, clip, points, runs->infos[i].length, &stroke);
        points += runs->infos[i].length;
    }
}

static void draw_runs(struct scene *scene, const struct rect *clip, const struct runs *runs,
                      const struct dash_pattern *dash, const struct stroke *stroke)
{
    if (dash->count) {
        draw_dashed(scene, clip, runs, dash, stroke);
    } else {
        draw_solid(scene, clip, runs, stroke);
    }
}

/* What the surface hides: see-through, dashed, or not there. */
static void draw_hidden(const struct trail *trail, struct scene *scene, const struct rect *clip)
{
    static const struct dash_pattern hidden_dash = { { 2, 2 }, 2 };
    const struct theme *theme = trail->plot->look->theme;
    enum hidden hidden = trail->plot->preset->surface.hidden;
    bool is_dashed = hidden == HIDDEN_DASHED || (hidden == HIDDEN_FAINT && theme->hidden_dashed);
    double alpha = hidden == HIDDEN_NONE ? 0 : is_dashed ? 1 : theme->hidden_alpha;
    struct stroke stroke = { color_fade(trail->path->color, alpha), theme->path_width,
                             .cap = CAP_ROUND };
    scene->role = ROLE_HIDDEN;
    draw_runs(scene, clip, &trail->hidden, is_dashed ? &hidden_dash : &trail->path->dash, &stroke);
    stroke.width = theme->dot_diameter;
    draw_solid(scene, clip, &trail->hidden_dots, &stroke);
}

/* The rim in the background's colour keeps a path readable over any other. */
static void draw_casing(const struct trail *trail, struct scene *scene, const struct rect *clip)
{
    const struct theme *theme = trail->plot->look->theme;
    if (theme->casing_width <= 0) {
        return;
    }
    struct stroke stroke = { color_fade(color_hex(theme->background), theme->casing_alpha),
                             theme->path_width + 2 * theme->casing_width, .cap = CAP_ROUND };
    scene->role = ROLE_CASING;
    draw_solid(scene, clip, &trail->shown, &stroke);
    stroke.width = theme->dot_diameter + 2 * theme->casing_width;
    draw_solid(scene, clip, &trail->shown_dots, &stroke);
}

static void draw_line(const struct trail *trail, struct scene *scene, const struct rect *clip)
{
    const struct theme *theme = trail->plot->look->theme;
    struct stroke stroke = { trail->path->color, theme->path_width, .cap = CAP_ROUND };
    scene->role = ROLE_LINE;
    draw_runs(scene, clip, &trail->shown, &trail->path->dash, &stroke);
    stroke.width = theme->dot_diameter;
    draw_solid(scene, clip, &trail->shown_dots, &stroke);
}

/* Dashes over the paths that it runs along, which show between them: of two
 * each has one half, of three a third. */
static void draw_shared(const struct trail *trail, struct scene *scene, const struct rect *clip)
{
    const struct vec2 *points = trail->shared.points;
    const double width = trail->plot->look->theme->path_width, dash = SHARED_DASH * width;
    scene->role = ROLE_SHARED;
    for (size_t i = 0; i < trail->shared.count; i++) {
        const struct run_info *info = &trail->shared.infos[i];
        struct stroke stroke = { trail->path->color, width, .cap = CAP_BUTT,
                                 .dashes = { dash, info->others * dash }, .dash_count = 2,
                                 .dash_phase = info->start + info->others * dash };
        scene_line(scene, clip, points, info->length, &stroke);
        points += info->length;
    }
}

static void trail_free(struct trail *trail)
{
    runs_free(&trail->shown);
    runs_free(&trail->shared);
    runs_free(&trail->hidden);
    runs_free(&trail->shown_dots);
    runs_free(&trail->hidden_dots);
}

void plot_trail(const struct plot *plot, const struct view *view, struct scene *scene,
                size_t index, enum panel panel, double from, double to)
{
    const struct path *path = &plot->paths[index];
    if (!path->count || from > (double)path->count - 1) {
        return;
    }
    const float *lengths = path->lengths[panel];
    struct trail trail = { .plot = plot, .view = view, .path = path,
                           .length = lengths ? lengths[(size_t)from] : 0 };
    const struct rect *clip = panel == PANEL_SURFACE ? &plot->page.surface_area
                                                     : &plot->page.panels[panel];
    trail_walk(&trail, panel, from, to);
    draw_hidden(&trail, scene, clip);
    draw_casing(&trail, scene, clip);
    draw_line(&trail, scene, clip);
    draw_shared(&trail, scene, clip);
    trail_free(&trail);
}

/* Forgets the lines so far, where only their lengths are wanted. */
static void trail_drop(struct trail *trail)
{
    struct runs *all[] = { &trail->shown, &trail->shared, &trail->hidden };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        all[i]->count = all[i]->point_count = 0;
    }
    trail->open = NULL;
}

float *trail_lengths(const struct plot *plot, const struct path *path, enum panel panel)
{
    struct trail trail = { .plot = plot, .view = &plot->view, .path = path };
    float *lengths = memory_new(path->count, sizeof *lengths);
    for (size_t step = 0; step + 1 < path->count; step++) {
        trail_segment(&trail, panel, (double)step, (double)step + 1);
        lengths[step + 1] = (float)trail.length;
        trail_drop(&trail);
    }
    trail_free(&trail);
    return lengths;
}
