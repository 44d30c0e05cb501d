/* The legend: one place for the whole film, where it covers least.
 *
 * Sizes and the choice of the place follow matplotlib's loc = "best", applied
 * to the complete paths: of ten candidates the first with the least number of
 * covered path points, path crossings and minima. */
#include "plot/legend.h"

#include <math.h>

#include "plot/plot.h"

/* In units of the text size. */
static const double PADDING = 0.4, HANDLE = 2, HANDLE_GAP = 0.8, ROW_GAP = 0.5, TO_FRAME = 0.5;
static const double DESCENT = 0.2, LINE_HEIGHT = 0.35; /* of a handle over the baseline */
static const double CORNER = 0.2;

enum { LABEL_MAX = 40 }; /* characters */

/* A place in the panel: 0 the left or upper end, 1 the right or lower. */
struct spot {
    double across, along;
};

/* matplotlib's order: corners, right, left, right, lower, upper, centre. */
static const struct spot best_spots[] = {
    { 1, 0 }, { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 0.5 }, { 0, 0.5 },
    { 1, 0.5 }, { 0.5, 1 }, { 0.5, 0 }, { 0.5, 0.5 },
};

static bool rect_holds(struct rect rect, struct vec2 point)
{
    return point.x > rect.x && point.x < rect.x + rect.width && point.y > rect.y
           && point.y < rect.y + rect.height;
}

/* Whether the line from a to b touches the box (Liang and Barsky 1984). */
static bool line_meets(struct rect box, struct vec2 a, struct vec2 b)
{
    double from = 0, to = 1;
    double moves[4] = { a.x - b.x, b.x - a.x, a.y - b.y, b.y - a.y };
    double rooms[4] = { a.x - box.x, box.x + box.width - a.x, a.y - box.y,
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

/* The panel that the legend is in. */
static const struct rect *host(const struct plot *plot)
{
    const struct rect *contour = &plot->page.panels[PANEL_CONTOUR];
    return contour->width > 0 ? contour : &plot->page.surface_area;
}

static size_t badness(const struct plot *plot, struct rect box)
{
    size_t bad = 0;
    if (plot->page.panels[PANEL_CONTOUR].width <= 0) {
        return bad;
    }
    for (size_t i = 0; i < plot->path_count; i++) {
        const struct path *path = &plot->paths[i];
        bool crossed = false;
        struct vec2 last = { 0, 0 };
        for (size_t k = 0; k < path->count; k++) {
            struct vec2 point = contour_panel_point(plot, path->trajectory->points[k]);
            bad += rect_holds(box, point);
            crossed = crossed || (k && line_meets(box, last, point));
            last = point;
        }
        bad += crossed;
    }
    const struct objective *objective = plot->landscape->objective;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        bad += rect_holds(box, contour_panel_point(plot, objective->minima[i]));
    }
    return bad;
}

static struct rect place(const struct plot *plot, struct rect box, struct spot spot)
{
    const struct rect *panel = host(plot);
    double margin = TO_FRAME * plot->look->theme->text_size;
    box.x = panel->x + margin + spot.across * (panel->width - 2 * margin - box.width);
    box.y = panel->y + margin + spot.along * (panel->height - 2 * margin - box.height);
    return box;
}

static struct rect choose_place(const struct plot *plot, struct rect box)
{
    static const struct spot corners[] = {
        [LEGEND_UPPER_RIGHT] = { 1, 0 }, [LEGEND_UPPER_LEFT] = { 0, 0 },
        [LEGEND_LOWER_LEFT] = { 0, 1 }, [LEGEND_LOWER_RIGHT] = { 1, 1 },
    };
    enum legend_place wanted = plot->preset->figure.legend;
    if (wanted != LEGEND_BEST) {
        return place(plot, box, corners[wanted]);
    }
    struct rect best = place(plot, box, best_spots[0]);
    size_t least = badness(plot, best);
    for (size_t i = 1; i < sizeof best_spots / sizeof *best_spots && least; i++) {
        struct rect candidate = place(plot, box, best_spots[i]);
        size_t bad = badness(plot, candidate);
        if (bad < least) {
            least = bad;
            best = candidate;
        }
    }
    return best;
}

/* A label that would not fit is cut, with an ellipsis for its rest. */
static const char *shorten(struct arena *arena, const char *label)
{
    size_t characters = 0;
    for (size_t i = 0; label[i]; i++) {
        bool begins = ((unsigned char)label[i] & 0xC0) != 0x80;
        characters += begins;
        if (begins && characters > LABEL_MAX) {
            return arena_printf(arena, "%.*s\u2026", (int)i, label);
        }
    }
    return label;
}

static struct rect measure(struct legend *legend, const struct plot *plot, double em)
{
    double count = (double)plot->path_count, widest = 0;
    for (size_t i = 0; i < plot->path_count; i++) {
        const char *label = shorten(&legend->arena, plot->paths[i].trajectory->label);
        legend->labels[i] = text_shape(&legend->arena, label, em);
        widest = fmax(widest, legend->labels[i]->width);
    }
    legend->text_size = em;
    return (struct rect){ .width = (2 * PADDING + HANDLE + HANDLE_GAP) * em + widest,
                          .height = (2 * PADDING + count + (count - 1) * ROW_GAP) * em };
}

bool legend_check(const struct text *text, struct report *report)
{
    (void)text, (void)report;
    return true;
}

void legend_measure(struct legend *legend, const struct plot *plot)
{
    *legend = (struct legend){ 0 };
    if (plot->preset->figure.legend == LEGEND_NONE) {
        return;
    }
    legend->labels = arena_new(&legend->arena, plot->path_count, sizeof *legend->labels);
    legend->baselines = arena_new(&legend->arena, plot->path_count, sizeof *legend->baselines);
}

bool legend_counter_place(const struct plot *plot, struct vec2 *baseline)
{
    *baseline = (struct vec2){ plot->page.legend.x, plot->page.legend.y + plot->page.legend.height };
    return plot->page.legend.width > 0;
}

void legend_place(struct legend *legend, const struct plot *plot)
{
    if (!legend->labels) {
        return;
    }
    double em = plot->look->theme->text_size;
    struct rect box = measure(legend, plot, em);
    const struct rect *panel = host(plot);
    double room = fmin((panel->width - 2 * TO_FRAME * em) / box.width,
                       (panel->height - 2 * TO_FRAME * em) / box.height);
    if (room < 1) {
        em *= fmax(room, 0);
        box = measure(legend, plot, em);
    }
    legend->box = choose_place(plot, box);
    for (size_t i = 0; i < plot->path_count; i++) {
        legend->baselines[i] = (struct vec2){
            legend->box.x + (PADDING + HANDLE + HANDLE_GAP) * em,
            legend->box.y + (PADDING + 1 - DESCENT + (double)i * (1 + ROW_GAP)) * em
        };
    }
}

/* The outline of a box with rounded corners. */
static size_t rounded(struct rect box, double radius, struct vec2 *points, size_t per_corner)
{
    size_t count = 0;
    for (int corner = 0; corner < 4; corner++) {
        bool right = corner == 0 || corner == 3, low = corner < 2;
        struct vec2 center = { right ? box.x + box.width - radius : box.x + radius,
                               low ? box.y + box.height - radius : box.y + radius };
        for (size_t i = 0; i < per_corner; i++) {
            double turn = (corner + (double)i / (double)(per_corner - 1)) * PI / 2;
            points[count++] = (struct vec2){ center.x + radius * cos(turn),
                                             center.y + radius * sin(turn) };
        }
    }
    return count;
}

void legend_draw(const struct legend *legend, const struct plot *plot, struct scene *scene)
{
    if (legend->box.width <= 0) {
        return;
    }
    const struct theme *theme = plot->look->theme;
    double em = legend->text_size;
    struct vec2 outline[4 * 8];
    size_t count = rounded(legend->box, CORNER * em, outline, 8);
    struct stroke rim = { color_fade(color_hex(0xcccccc), 0.8), 1, .cap = CAP_BUTT };
    scene_polygon(scene, NULL, outline, count, color_fade(color_hex(theme->background), 0.8), &rim);
    for (size_t i = 0; i < plot->path_count; i++) {
        struct vec2 base = legend->baselines[i];
        double y = base.y - LINE_HEIGHT * em;
        struct vec2 handle[2] = { { legend->box.x + PADDING * em, y },
                                  { legend->box.x + (PADDING + HANDLE) * em, y } };
        struct stroke stroke = { plot->paths[i].color, theme->path_width, .cap = CAP_BUTT };
        scene_line(scene, NULL, handle, 2, &stroke);
        scene_text(scene, legend->labels[i], base, color_hex(theme->ink));
    }
}

void legend_finish(struct legend *legend)
{
    arena_finish(&legend->arena);
    *legend = (struct legend){ 0 };
}
