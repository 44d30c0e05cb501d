#include "plot/critical_marks.h"

#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "plot/critical_choice.h"
#include "plot/locate.h"

/* Of the theme's small text: half of a mark's width; its line, points. */
static const double RADIUS_SHARE = 0.3, LINE_WIDTH = 0.8;

/* Between a mark and its value, and between that and other marks, points. */
static const double GAP = 1.5, GAP_TO_OTHERS = 6;

static double radius_of(const struct plot *plot)
{
    return RADIUS_SHARE * plot->look->theme->small_text_size;
}

/* Whether a star is drawn there. */
static bool is_starred(const struct plot *plot, const struct critical_mark *mark)
{
    const struct objective *objective = plot->landscape->objective;
    for (size_t i = 0; mark->point->kind == CRITICAL_MINIMUM && i < objective->minimum_count;
         i++) {
        struct vec2 star = contour_panel_point(plot, objective->minima[i]);
        if (in_domain(objective, objective->minima[i])
            && cr_hypot(star.x - mark->at.x, star.y - mark->at.y)
                   < radius_of(plot)) {
            return true;
        }
    }
    return false;
}

/* Whether a value's box could be taken for another mark's. */
static bool is_ambiguous(const struct critical_marks *marks, const struct critical_mark *own,
                         const struct rect *box, double radius)
{
    for (size_t i = 0; i < marks->count; i++) {
        struct vec2 at = marks->items[i].at;
        double x = fmax(fmax(box->x - at.x, at.x - box->x - box->width), 0);
        double y = fmax(fmax(box->y - at.y, at.y - box->y - box->height), 0);
        double least = radius + GAP_TO_OTHERS;
        if (&marks->items[i] != own && x * x + y * y < least * least) {
            return true;
        }
    }
    return false;
}

/* The value beside its mark, where it covers nothing; not at all when that is nowhere. */
static void add_value(const struct critical_marks *marks, const struct critical_mark *mark,
                      struct level_labels *labels, const struct plot *plot)
{
    static const struct vec2 sides[] = { { 1, 0 }, { -1, 0 }, { 0, -1 }, { 0, 1 },
                                         { 1, -1 }, { 1, 1 }, { -1, -1 }, { -1, 1 } };
    const struct theme *theme = plot->look->theme;
    struct text_run *run = level_labels_shape(labels, mark->point->value, theme);
    struct rect box = level_labels_box(run);
    double away = GAP + (is_starred(plot, mark) ? theme->star_radius : radius_of(plot));
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        box.x = mark->at.x - box.width / 2 + sides[i].x * (box.width / 2 + away);
        box.y = mark->at.y - box.height / 2 + sides[i].y * (box.height / 2 + away);
        if (!is_ambiguous(marks, mark, &box, radius_of(plot))
            && level_labels_add(labels, run, box, &plot->page.panels[PANEL_CONTOUR])) {
            return;
        }
    }
}

/* Values stand off the marks and the stars. */
static void keep_off(struct level_labels *labels, struct vec2 at, double radius)
{
    for (int row = -1; row <= 1; row++) {
        level_labels_avoid(labels, (struct vec2){ at.x - radius, at.y + row * radius },
                           (struct vec2){ at.x + radius, at.y + row * radius });
    }
}

void critical_marks_place(struct critical_marks *marks, struct level_labels *labels,
                          const struct plot *plot)
{
    const struct critical_points *points = &plot->landscape->critical;
    const struct objective *objective = plot->landscape->objective;
    double radius = radius_of(plot);
    bool *chosen = critical_choose(points, objective);
    marks->items = memory_new(points->count, sizeof *marks->items);
    for (size_t i = 0; i < points->count; i++) {
        const struct critical_point *point = &points->items[i];
        if (chosen[i]) {
            struct vec2 at = contour_panel_point(plot, point->at);
            marks->items[marks->count++] = (struct critical_mark){ point, at };
            keep_off(labels, at, radius);
        }
    }
    free(chosen);
    for (size_t i = 0; i < objective->minimum_count; i++) {
        keep_off(labels, contour_panel_point(plot, objective->minima[i]),
                 plot->look->theme->star_radius / 2);
    }
    for (size_t i = 0; i < marks->count; i++) {
        add_value(marks, &marks->items[i], labels, plot);
    }
}

void critical_marks_finish(struct critical_marks *marks)
{
    free(marks->items);
    *marks = (struct critical_marks){ 0 };
}

static void draw_cross(struct vec2 at, double radius, const struct rect *clip,
                       const struct stroke *stroke, struct scene *scene)
{
    for (int slope = -1; slope <= 1; slope += 2) {
        struct vec2 line[2] = { { at.x - radius, at.y - slope * radius },
                                { at.x + radius, at.y + slope * radius } };
        scene_line(scene, clip, line, 2, stroke);
    }
}

/* A triangle around the point; an outline where derivatives do not tell what it is. */
static void draw_triangle(const struct critical_mark *mark, double radius, const struct rect *clip,
                          struct color ink, struct color paper, struct scene *scene)
{
    bool is_regular = mark->point->form == CRITICAL_REGULAR;
    double up = mark->point->kind == CRITICAL_MAXIMUM ? -1 : 1;
    struct vec2 at = mark->at;
    struct vec2 corners[3] = { { at.x, at.y + up * radius },
                               { at.x + radius, at.y - up * radius * 0.8 },
                               { at.x - radius, at.y - up * radius * 0.8 } };
    struct stroke rim = { ink, LINE_WIDTH, .cap = CAP_BUTT };
    scene_polygon(scene, clip, corners, 3, is_regular ? ink : paper, &rim);
}

void critical_marks_draw(const struct critical_marks *marks, const struct plot *plot,
                         struct scene *scene)
{
    const struct theme *theme = plot->look->theme;
    const struct rect *clip = &plot->page.panels[PANEL_CONTOUR];
    struct color ink = color_hex(theme->ink), paper = color_hex(theme->background);
    struct stroke under = { color_fade(paper, 0.7), 3 * LINE_WIDTH, .cap = CAP_BUTT };
    struct stroke line = { ink, 1.5 * LINE_WIDTH, .cap = CAP_BUTT };
    double radius = radius_of(plot);
    for (size_t i = 0; i < marks->count; i++) {
        const struct critical_mark *mark = &marks->items[i];
        if (mark->point->kind == CRITICAL_SADDLE) {
            draw_cross(mark->at, radius, clip, &under, scene);
            draw_cross(mark->at, 0.9 * radius, clip, &line, scene);
        } else if (!is_starred(plot, mark)) {
            draw_triangle(mark, radius, clip, ink, paper, scene);
        }
    }
}
