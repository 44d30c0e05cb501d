/* Where the paths are now: heads, arrows where runs left the domain, crosses
 * where they ended, and the number of the step. */
#include <math.h>

#include "plot/locate.h"

#include "base/elementary.h"

/* Heads nearer than this, in head diameters, are shown as sectors of one disc. */
static const double TOGETHER = 0.35;

/* So are arrows, which are larger and more often side by side; what several share is so
 * much larger. */
static const double TOGETHER_LEAVING = 0.8, SHARED_SIZE = 1.2;

/* A head in one panel. */
struct head {
    struct vec2 at; /* page */
    bool is_there;  /* it can be drawn */
    bool hidden;
    size_t leader;  /* the first head at its place; itself when there is none */
};

static struct color casing_color(const struct theme *theme)
{
    return color_fade(color_hex(theme->background), theme->casing_alpha);
}

/* The outline of a marker of a diameter, all about equally large. */
static size_t marker_outline(enum marker marker, struct vec2 at, double diameter,
                             struct vec2 *points)
{
    static const struct {
        size_t corners;
        double turn, size; /* of the first corner; of its distance, in diameters */
    } shapes[MARKER_COUNT] = {
        [MARKER_SQUARE] = { 4, PI / 4, 0.63 },
        [MARKER_TRIANGLE] = { 3, PI / 2, 0.68 },
        [MARKER_DIAMOND] = { 4, 0, 0.68 },
    };
    for (size_t i = 0; i < shapes[marker].corners; i++) {
        double turn = shapes[marker].turn + 2 * PI * (double)i / (double)shapes[marker].corners;
        double reach = shapes[marker].size * diameter;
        points[i] = (struct vec2){ at.x + reach * cr_cos(turn), at.y - reach * cr_sin(turn) };
    }
    return shapes[marker].corners;
}

static void draw_marker(struct scene *scene, const struct rect *clip, enum marker marker,
                        struct vec2 at, double diameter, struct color fill,
                        const struct stroke *rim)
{
    struct vec2 outline[4];
    size_t count = marker_outline(marker, at, diameter, outline);
    if (count) {
        scene_polygon(scene, clip, outline, count, fill, rim);
    } else {
        scene_disc(scene, clip, at, diameter / 2, fill, rim);
    }
}

void head_draw(struct scene *scene, const struct rect *clip, const struct theme *theme,
               enum marker marker, struct vec2 at, struct color color)
{
    struct stroke rim = { color_hex(theme->head_rim), theme->head_rim_width, .cap = CAP_BUTT };
    if (theme->casing_width > 0) {
        double reach = theme->head_diameter + 2 * theme->casing_width + theme->head_rim_width;
        draw_marker(scene, clip, marker, at, reach, casing_color(theme), NULL);
    }
    draw_marker(scene, clip, marker, at, theme->head_diameter, color, &rim);
}

/* One that the surface hides stays as an outline. */
static void draw_outline(const struct plot *plot, struct scene *scene, const struct rect *clip,
                         const struct path *path, struct vec2 at)
{
    const struct theme *theme = plot->look->theme;
    enum hidden hidden = plot->preset->surface.hidden;
    double diameter = theme->head_diameter - theme->path_width;
    struct stroke ring = { path->color, theme->path_width / 2, .cap = CAP_BUTT };
    if (hidden == HIDDEN_FAINT && !theme->share_heads) {
        struct color faint = color_fade(path->color, theme->hidden_alpha);
        scene_disc(scene, clip, at, theme->head_diameter / 2, faint, NULL);
    } else if (hidden != HIDDEN_NONE) {
        draw_marker(scene, clip, path->marker, at, diameter, (struct color){ 0 }, &ring);
    }
}

/* Sector number index of count of a disc, from the top on clockwise. */
static void draw_sector(struct scene *scene, const struct rect *clip, struct vec2 at,
                        double radius, size_t index, size_t count, struct color color)
{
    enum { ARC = 24 };
    struct vec2 points[ARC + 2] = { at };
    for (size_t i = 0; i <= ARC; i++) {
        double part = ((double)index + (double)i / ARC) / (double)count;
        double turn = 2 * PI * part;
        points[1 + i] = (struct vec2){ at.x + radius * cr_sin(turn), at.y - radius * cr_cos(turn) };
    }
    scene_polygon(scene, clip, points, ARC + 2, color, NULL);
}

/* Heads at one place share a disc, so that none buries another. */
static void draw_together(const struct plot *plot, struct scene *scene, const struct rect *clip,
                          const struct head *heads, size_t leader, size_t members)
{
    const struct theme *theme = plot->look->theme;
    struct vec2 at = heads[leader].at;
    double radius = SHARED_SIZE / 2 * theme->head_diameter;
    struct stroke rim = { color_hex(theme->head_rim), theme->head_rim_width, .cap = CAP_BUTT };
    scene_disc(scene, clip, at, radius + theme->casing_width, casing_color(theme), NULL);
    size_t index = 0;
    for (size_t i = leader; i < plot->path_count; i++) {
        if (heads[i].is_there && heads[i].leader == leader) {
            draw_sector(scene, clip, at, radius, index++, members, plot->paths[i].color);
        }
    }
    scene_disc(scene, clip, at, radius, (struct color){ 0 }, &rim);
}

/* Finds the heads that are at one place. */
static void group(const struct theme *theme, struct head *heads, size_t count)
{
    double near = theme->share_heads ? TOGETHER * theme->head_diameter : -1;
    for (size_t i = 0; i < count; i++) {
        heads[i].leader = i;
        for (size_t j = 0; j < i; j++) {
            if (heads[j].is_there && heads[j].leader == j && heads[j].hidden == heads[i].hidden
                && cr_hypot(heads[i].at.x - heads[j].at.x, heads[i].at.y - heads[j].at.y) <= near) {
                heads[i].leader = j;
                break;
            }
        }
    }
}

static size_t members_of(const struct head *heads, size_t count, size_t leader)
{
    size_t members = 0;
    for (size_t i = leader; i < count; i++) {
        members += heads[i].is_there && heads[i].leader == leader;
    }
    return members;
}

static struct head find_head(const struct plot *plot, const struct view *view,
                             const struct path *path, enum panel panel, double step)
{
    struct head head = { .is_there = false };
    if (!path->count) {
        return head;
    }
    struct vec2 at = path_at(path, step);
    head.is_there = in_domain(plot->landscape->objective, at);
    if (panel == PANEL_LOSS) {
        head.at = path_loss_at(plot, path, step);
        const struct rect *rect = &plot->page.panels[PANEL_LOSS];
        head.is_there = head.at.y >= rect->y - 1 && head.at.y <= rect->y + rect->height + 1;
    } else if (panel == PANEL_CONTOUR) {
        head.at = contour_panel_point(plot, at);
    } else if (head.is_there) {
        struct vec3 point = lift(plot, at);
        head.is_there = on_page(view, point, &head.at);
        head.hidden = head.is_there && is_hidden(plot, view, point);
    }
    return head;
}

/* What a panel may paint on. A head on a panel's frame is not cut in two. */
static const struct rect *clip_of(const struct plot *plot, enum panel panel)
{
    return panel == PANEL_SURFACE ? &plot->page.surface_area
         : plot->look->theme->share_heads ? NULL
                                          : &plot->page.panels[panel];
}

static void draw_panel_heads(const struct plot *plot, const struct view *view,
                             struct scene *scene, enum panel panel, double step)
{
    const struct rect *clip = clip_of(plot, panel);
    struct head *heads = arena_new(&scene->arena, plot->path_count, sizeof *heads);
    for (size_t i = 0; i < plot->path_count; i++) {
        heads[i] = find_head(plot, view, &plot->paths[i], panel, step);
    }
    group(plot->look->theme, heads, plot->path_count);
    for (size_t i = 0; i < plot->path_count; i++) {
        const struct path *path = &plot->paths[i];
        size_t members = heads[i].is_there && heads[i].leader == i
                             ? members_of(heads, plot->path_count, i) : 0;
        if (members && heads[i].hidden) {
            draw_outline(plot, scene, clip, path, heads[i].at);
        } else if (members > 1) {
            draw_together(plot, scene, clip, heads, i, members);
        } else if (members) {
            head_draw(scene, clip, plot->look->theme, path->marker, heads[i].at, path->color);
        }
    }
}

/* An arrow head at tip, pointing away from back. */
struct arrow {
    struct vec2 back, tip;
    struct color color;
    bool is_there;
    size_t leader; /* the first arrow at its place; itself when there is none */
};

/* Its tip and its two other corners. */
static void arrow_corners(const struct theme *theme, const struct arrow *arrow, double size,
                          struct vec2 corners[3])
{
    struct vec2 back = arrow->back, tip = arrow->tip;
    double length = cr_hypot(tip.x - back.x, tip.y - back.y);
    /* The tip lies a little ahead, over the round end of the path. */
    struct vec2 unit = { (tip.x - back.x) / length, (tip.y - back.y) / length };
    double reach = theme->path_width;
    tip = (struct vec2){ tip.x + reach * unit.x, tip.y + reach * unit.y };
    struct vec2 ahead = { unit.x * size, unit.y * size };
    struct vec2 base = { tip.x - 1.4 * ahead.x, tip.y - 1.4 * ahead.y };
    corners[0] = tip;
    corners[1] = (struct vec2){ base.x - 0.6 * ahead.y, base.y + 0.6 * ahead.x };
    corners[2] = (struct vec2){ base.x + 0.6 * ahead.y, base.y - 0.6 * ahead.x };
}

static bool is_member(const struct arrow *arrows, size_t leader, size_t i)
{
    return arrows[i].is_there && arrows[i].leader == leader;
}

/* The arrow in the middle of those that share a place. */
static struct arrow middle_of(const struct arrow *arrows, size_t leader, size_t count,
                              size_t *members)
{
    struct arrow middle = { .is_there = true };
    *members = 0;
    for (size_t i = leader; i < count; i++) {
        if (is_member(arrows, leader, i)) {
            double part = 1 / (double)++*members;
            middle.back = between(middle.back, arrows[i].back, part);
            middle.tip = between(middle.tip, arrows[i].tip, part);
        }
    }
    return middle;
}

/* How many of the arrows at a place come before one, on the way from a to b. */
static size_t order_of(const struct arrow *arrows, size_t leader, size_t count, size_t index,
                       struct vec2 a, struct vec2 b)
{
    size_t before = 0;
    for (size_t i = leader; i < count; i++) {
        double way = (arrows[i].tip.x - arrows[index].tip.x) * (b.x - a.x)
                   + (arrows[i].tip.y - arrows[index].tip.y) * (b.y - a.y);
        before += is_member(arrows, leader, i) && (way < 0 || (way == 0 && i < index));
    }
    return before;
}

/* Arrows at one place share one, which is a little larger and parted from its tip to its
 * base, so that none buries another; parts are side by side as the paths are. */
static void draw_arrow(const struct theme *theme, struct scene *scene, const struct rect *clip,
                       const struct arrow *arrows, size_t leader, size_t count)
{
    struct stroke casing = { casing_color(theme), 2 * theme->casing_width, .cap = CAP_BUTT };
    struct vec2 corners[3];
    size_t members;
    struct arrow middle = middle_of(arrows, leader, count, &members);
    double size = (members > 1 ? SHARED_SIZE : 1) * theme->head_diameter;
    arrow_corners(theme, &middle, size, corners);
    if (theme->casing_width > 0) {
        scene_polygon(scene, clip, corners, 3, (struct color){ 0 }, &casing);
    }
    for (size_t i = leader; i < count; i++) {
        if (is_member(arrows, leader, i)) {
            double at = (double)order_of(arrows, leader, count, i, corners[1], corners[2]);
            double from = at / (double)members, to = (at + 1) / (double)members;
            struct vec2 part[3] = { corners[0], between(corners[1], corners[2], from),
                                    between(corners[1], corners[2], to) };
            scene_polygon(scene, clip, part, 3, arrows[i].color, NULL);
        }
    }
}

/* Finds the arrows that are at one place and go about the same way. */
static void group_arrows(const struct theme *theme, struct arrow *arrows, size_t count)
{
    double near = theme->share_heads ? TOGETHER_LEAVING * theme->head_diameter : -1;
    for (size_t i = 0; i < count; i++) {
        struct vec2 way = { arrows[i].tip.x - arrows[i].back.x,
                            arrows[i].tip.y - arrows[i].back.y };
        arrows[i].leader = i;
        for (size_t j = 0; j < i && arrows[i].leader == i; j++) {
            const struct arrow *other = &arrows[j];
            double along = way.x * (other->tip.x - other->back.x)
                         + way.y * (other->tip.y - other->back.y);
            if (other->is_there && other->leader == j && along > 0
                && other->color.a == arrows[i].color.a
                && cr_hypot(other->tip.x - arrows[i].tip.x,
                            other->tip.y - arrows[i].tip.y) <= near) {
                arrows[i].leader = j;
            }
        }
    }
}

/* The way by which a path that is outside at a position left the domain. */
static bool find_exit(const struct plot *plot, const struct path *path, double step,
                      struct cut *cut)
{
    const struct objective *objective = plot->landscape->objective;
    const struct vec2 *points = path->trajectory->points;
    size_t whole = (size_t)fmin(step, (double)(path->count - 1)), touch = path->touches[whole];
    return cut_segment(objective, points[whole], path_at(path, step), cut)
        || (touch && cut_segment(objective, points[touch - 1], points[touch], cut));
}

/* Where a path left a panel. */
static struct arrow find_arrow(const struct plot *plot, const struct view *view,
                               const struct path *path, enum panel panel, double step)
{
    struct cut cut;
    struct arrow arrow = { .color = path->color };
    if (!find_exit(plot, path, step, &cut)) {
        return arrow;
    }
    if (panel == PANEL_CONTOUR) {
        arrow.back = contour_panel_point(plot, cut.from);
        arrow.tip = contour_panel_point(plot, cut.to);
        arrow.is_there = true;
    } else {
        struct vec3 end = lift(plot, cut.to);
        bool is_seen = on_page(view, end, &arrow.tip)
                    && on_page(view, lift(plot, between(cut.to, cut.from, 0.02)), &arrow.back);
        bool hidden = is_seen && is_hidden(plot, view, end);
        arrow.is_there = is_seen && !(hidden && plot->preset->surface.hidden == HIDDEN_NONE);
        arrow.color = color_fade(path->color, hidden ? plot->look->theme->hidden_alpha : 1);
    }
    arrow.is_there &= cr_hypot(arrow.tip.x - arrow.back.x, arrow.tip.y - arrow.back.y) >= 1e-9;
    return arrow;
}

static bool has_ended(const struct path *path, const struct moment *moment)
{
    return path->ends && moment->whole_step + 1 >= path->trajectory->count;
}

/* Where paths left, arrows instead of their heads. */
static void draw_exits(const struct plot *plot, const struct view *view, struct scene *scene,
                       enum panel panel, const struct moment *moment)
{
    const struct rect *clip = panel == PANEL_SURFACE ? &plot->page.surface_area
                                                     : &plot->page.panels[panel];
    const struct theme *theme = plot->look->theme;
    size_t count = plot->path_count;
    struct arrow *arrows = arena_new(&scene->arena, count, sizeof *arrows);
    for (size_t i = 0; i < count; i++) {
        const struct path *path = &plot->paths[i];
        arrows[i] = (struct arrow){ .is_there = false };
        if (path->count && !has_ended(path, moment)
            && !in_domain(plot->landscape->objective, path_at(path, moment->step))) {
            arrows[i] = find_arrow(plot, view, path, panel, moment->step);
        }
    }
    group_arrows(theme, arrows, count);
    for (size_t i = 0; i < count; i++) {
        if (arrows[i].is_there && arrows[i].leader == i) {
            draw_arrow(theme, scene, clip, arrows, i, count);
        }
    }
}

static void draw_cross(const struct plot *plot, struct scene *scene, struct vec2 at,
                       const struct rect *clip, struct color color)
{
    const struct theme *theme = plot->look->theme;
    double arm = theme->head_diameter * 0.75;
    struct vec2 falling[2] = { { at.x - arm, at.y - arm }, { at.x + arm, at.y + arm } };
    struct vec2 rising[2] = { { at.x - arm, at.y + arm }, { at.x + arm, at.y - arm } };
    struct stroke casing = { casing_color(theme), theme->path_width + 2 * theme->casing_width,
                             .cap = CAP_ROUND };
    struct stroke stroke = { color, theme->path_width, .cap = CAP_ROUND };
    if (theme->casing_width > 0) {
        scene_line(scene, clip, falling, 2, &casing);
        scene_line(scene, clip, rising, 2, &casing);
    }
    scene_line(scene, clip, falling, 2, &stroke);
    scene_line(scene, clip, rising, 2, &stroke);
}

/* Where a run that ended was last: at its last state, or where it left the
 * domain before; false when it was never inside. */
static bool end_place(const struct plot *plot, const struct path *path, struct vec2 *at)
{
    struct cut cut;
    *at = path->trajectory->points[path->count - 1];
    if (in_domain(plot->landscape->objective, *at)) {
        return true;
    }
    bool left = find_exit(plot, path, (double)(path->count - 1), &cut);
    *at = cut.to;
    return left;
}

/* How many runs before this one ended at about the same place of the panel. */
static size_t ends_before(const struct plot *plot, size_t index, struct vec2 page)
{
    size_t count = 0;
    for (size_t i = 0; i < index; i++) {
        struct vec2 at;
        const struct path *path = &plot->paths[i];
        if (path->ends && path->count && end_place(plot, path, &at)) {
            struct vec2 other = contour_panel_point(plot, at);
            count += cr_hypot(other.x - page.x, other.y - page.y) < 3 * path->end_note->size;
        }
    }
    return count;
}

/* The step at which a run ended stands beside its cross, within the panel and
 * below those that ended there before. */
static void draw_end_note(const struct plot *plot, struct scene *scene, size_t index,
                          struct vec2 at, const struct rect *panel)
{
    const struct text_run *note = plot->paths[index].end_note;
    double away = plot->look->theme->head_diameter * 1.25, size = note->size;
    bool fits = at.x + away + note->width <= panel->x + panel->width;
    double down = at.y + (0.35 + 1.2 * (double)ends_before(plot, index, at)) * size;
    struct vec2 baseline = { fits ? at.x + away : at.x - away - note->width,
                             fmin(fmax(down, panel->y + size),
                                  panel->y + panel->height - 0.3 * size) };
    scene_text(scene, note, baseline, color_hex(plot->look->theme->ink));
}

static void draw_loss_end(const struct plot *plot, struct scene *scene, const struct path *path)
{
    const struct rect *panel = &plot->page.panels[PANEL_LOSS];
    struct vec2 at = path_loss_at(plot, path, (double)(path->count - 1));
    at.y = fmin(fmax(at.y, panel->y), panel->y + panel->height);
    draw_cross(plot, scene, at, panel, path->color);
}

/* A run that is no longer finite has a cross where it was last. */
static void draw_end(const struct plot *plot, const struct view *view, struct scene *scene,
                     size_t index)
{
    const struct path *path = &plot->paths[index];
    struct vec2 at, page;
    if (plot_shows(plot, PANEL_LOSS)) {
        draw_loss_end(plot, scene, path);
    }
    if (!end_place(plot, path, &at)) {
        return;
    }
    if (plot_shows(plot, PANEL_CONTOUR)) {
        const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
        page = contour_panel_point(plot, at);
        draw_cross(plot, scene, page, panel, path->color);
        draw_end_note(plot, scene, index, page, panel);
    }
    if (plot_shows(plot, PANEL_SURFACE) && on_page(view, lift(plot, at), &page)) {
        draw_cross(plot, scene, page, &plot->page.surface_area, path->color);
        if (!plot_shows(plot, PANEL_CONTOUR)) {
            draw_end_note(plot, scene, index, page, &plot->page.surface_area);
        }
    }
}

static void draw_counter(const struct plot *plot, struct scene *scene, size_t step)
{
    struct vec2 baseline;
    if (plot->is_still || !plot->preset->film.counter
        || !legend_counter_place(plot, &baseline)) {
        return;
    }
    const struct theme *theme = plot->look->theme;
    const char *text = arena_printf(&scene->arena, "step %zu / %zu", step,
                                    plot->timeline.steps - 1);
    scene_text(scene, text_shape(&scene->arena, text, theme->small_text_size), baseline,
               color_hex(theme->soft_ink));
}

void plot_heads(const struct plot *plot, const struct view *view, struct scene *scene,
                const struct moment *moment)
{
    bool has_heads = !plot->dots || plot->look->theme->share_heads;
    for (enum panel panel = 0; plot->look->theme->stars_above && panel < PANEL_LOSS; panel++) {
        if (plot_shows(plot, panel)) {
            plot_minima(plot, view, panel, scene);
        }
    }
    for (enum panel panel = 0; panel < PANEL_LOSS; panel++) {
        if (plot_shows(plot, panel)) {
            draw_exits(plot, view, scene, panel, moment);
        }
    }
    for (enum panel panel = 0; has_heads && panel < PANEL_COUNT; panel++) {
        if (plot_shows(plot, panel)) {
            draw_panel_heads(plot, view, scene, panel, moment->step);
        }
    }
    for (size_t i = 0; i < plot->path_count; i++) {
        if (plot->paths[i].count && has_ended(&plot->paths[i], moment)) {
            draw_end(plot, view, scene, i);
        }
    }
    draw_counter(plot, scene, moment->whole_step);
}
