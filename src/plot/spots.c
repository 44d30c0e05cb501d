/* By matplotlib's rule of loc = "best", applied to the complete paths: the number of covered path
 * points, path crossings and minima. */
#include "plot/spots.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "plot/locate.h"

static const double TO_FRAME = 0.5; /* of the text size */

static bool rect_holds(struct rect rect, struct vec2 point)
{
    return point.x > rect.x && point.x < rect.x + rect.width && point.y > rect.y
           && point.y < rect.y + rect.height;
}

/* Whether the line from a to b touches the box (Liang and Barsky 1984). */
static bool line_meets(struct rect box, struct vec2 a, struct vec2 b)
{
    double from = 0, to = 1;
    const double moves[4] = { a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y };
    const double rooms[4] = { a.x - box.x, box.x + box.width - a.x, a.y - box.y,
                        box.y + box.height - a.y };
    for (int side = 0; side < 4; side++) {
        if (moves[side] == 0) {
            if (rooms[side] < 0) {
                return false;
            }
        } else if (moves[side] < 0) {
            from = fmax(from, rooms[side] / moves[side]);
        } else {
            to = fmin(to, rooms[side] / moves[side]);
        }
    }
    return from <= to;
}

static bool rects_meet(struct rect a, struct rect b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height
           && b.y < a.y + a.height;
}

static enum panel host_of(const struct plot *plot)
{
    return plot_shows(plot, PANEL_CONTOUR)   ? PANEL_CONTOUR
           : plot_shows(plot, PANEL_SURFACE) ? PANEL_SURFACE
                                             : PANEL_LOSS;
}

const struct rect *spot_panel(const struct plot *plot)
{
    enum panel host = host_of(plot);
    return host == PANEL_SURFACE ? &plot->page.surface_area : &plot->page.panels[host];
}

/* Where the host shows a point of the domain; false when it does not. */
static bool domain_point(const struct plot *plot, struct vec2 at, struct vec2 *page)
{
    if (host_of(plot) == PANEL_CONTOUR) {
        *page = contour_panel_point(plot, at);
        return true;
    }
    return host_of(plot) == PANEL_SURFACE && on_page(&plot->view, lift(plot, at), page);
}

static bool state_point(const struct plot *plot, const struct path *path, size_t step,
                        struct vec2 *page)
{
    if (host_of(plot) == PANEL_LOSS) {
        *page = path_loss_at(plot, path, (double)step);
        return true;
    }
    return domain_point(plot, path->trajectory->points[step], page);
}

size_t spot_mark_weight(const struct plot *plot)
{
    size_t weight = 1;
    for (size_t i = 0; i < plot->path_count && !plot->look->theme->legend_inside; i++) {
        weight = plot->paths[i].count > weight ? plot->paths[i].count : weight;
    }
    return weight;
}

static size_t path_badness(const struct plot *plot, const struct path *path, struct rect box)
{
    size_t bad = 0;
    bool crossed = false, was_shown = false;
    struct vec2 last = { 0, 0 }, point;
    for (size_t k = 0; k < path->count; k++) {
        bool is_shown = state_point(plot, path, k, &point);
        bad += is_shown && rect_holds(box, point);
        crossed = crossed || (is_shown && was_shown && line_meets(box, last, point));
        was_shown = is_shown;
        last = point;
    }
    return bad + crossed;
}

/* How many heads, minima and marks of critical points a box touches. In the notebook's theme heads
 * are points of paths and what is marked has no size. */
static size_t marks_covered(const struct plot *plot, struct rect box)
{
    const struct theme *theme = plot->look->theme;
    const struct objective *objective = plot->landscape->objective;
    const struct critical_marks *marks = &plot->contour.marks;
    double reach = theme->legend_inside ? 0 : theme->head_diameter / 2;
    box = (struct rect){ box.x - reach, box.y - reach, box.width + 2 * reach,
                         box.height + 2 * reach };
    size_t covered = 0;
    struct vec2 point;
    for (size_t i = 0; i < plot->path_count && !theme->legend_inside; i++) {
        const struct path *path = &plot->paths[i];
        covered += path->count && state_point(plot, path, path->count - 1, &point)
                   && rect_holds(box, point);
    }
    for (size_t i = 0; i < objective->minimum_count; i++) {
        covered += domain_point(plot, objective->minima[i], &point) && rect_holds(box, point);
    }
    for (size_t i = 0; host_of(plot) == PANEL_CONTOUR && i < marks->count; i++) {
        covered += rect_holds(box, marks->items[i].at);
    }
    return covered;
}

/* How much of the paths and of what is marked a box covers. */
static size_t badness(const struct plot *plot, struct rect box)
{
    const struct level_labels *labels = &plot->contour.labels;
    bool has_marks = host_of(plot) == PANEL_CONTOUR && plot->contour.marks.count;
    size_t bad = spot_mark_weight(plot) * marks_covered(plot, box);
    for (size_t i = 0; i < plot->path_count; i++) {
        bad += path_badness(plot, &plot->paths[i], box);
    }
    for (size_t i = 0; has_marks && i < labels->count; i++) {
        bad += rects_meet(box, labels->items[i].box);
    }
    return bad;
}

static double margin_of(const struct plot *plot)
{
    return TO_FRAME * plot->look->theme->text_size;
}

struct vec2 spot_room(const struct plot *plot)
{
    const struct rect *panel = spot_panel(plot);
    return (struct vec2){ panel->width - 2 * margin_of(plot),
                          panel->height - 2 * margin_of(plot) };
}

struct rect spot_box(const struct plot *plot, struct vec2 size, struct spot spot)
{
    const struct rect *panel = spot_panel(plot);
    double margin = margin_of(plot);
    return (struct rect){ panel->x + margin + spot.across * (panel->width - 2 * margin - size.x),
                          panel->y + margin + spot.along * (panel->height - 2 * margin - size.y),
                          size.x, size.y };
}

struct rect spot_choose(const struct plot *plot, struct vec2 size, const struct spot *spots,
                          size_t count, struct rect avoid, size_t *least)
{
    struct rect best = { .width = 0 };
    *least = SIZE_MAX;
    for (size_t i = 0; i < count && *least; i++) {
        struct rect candidate = spot_box(plot, size, spots[i]);
        size_t bad = rects_meet(candidate, avoid) ? SIZE_MAX : badness(plot, candidate);
        if (bad < *least) {
            *least = bad;
            best = candidate;
        }
    }
    return best;
}
