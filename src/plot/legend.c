/* The legend: one place for the whole film, where it covers least.
 *
 * Sizes and the choice of the place follow matplotlib's loc = "best", applied
 * to the complete paths: of ten candidates the first with the least number of
 * covered path points, path crossings and minima. */
#include "plot/legend.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/elementary.h"
#include "plot/locate.h"

/* In units of the text size. */
static const double PADDING = 0.4, HANDLE = 2, HANDLE_GAP = 0.8, ROW_GAP = 0.5, TO_FRAME = 0.5;
static const double HANDLE_DASHED = 3.5; /* shows the longest dashes */
static const double DESCENT = 0.2, LINE_HEIGHT = 0.35; /* of a handle over the baseline */
static const double CORNER = 0.2;
static const double LINE_SPACING = 1.2; /* of the small lines, in their own size */

static const double READABLE = 0.75;    /* texts shrink so far before any is left out, */
static const double LEAST = 0.6;        /* and so far before any is cut */
static const double INSIDE_SHARE = 0.16; /* of its panel that the legend may cover */

/* A place in the panel: 0 the left or upper end, 1 the right or lower. */
struct spot {
    double across, along;
};

/* matplotlib's order: corners, right, left, right, lower, upper, centre. */
static const struct spot best_spots[] = {
    { 1, 0 }, { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 0.5 }, { 0, 0.5 },
    { 1, 0.5 }, { 0.5, 1 }, { 0.5, 0 }, { 0.5, 0.5 },
};

static const struct spot counter_spots[] = { { 1, 1 }, { 0, 1 }, { 0, 0 }, { 1, 0 } };

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

/* The panel that the legend is in, where it is in one. */
static enum panel host_of(const struct plot *plot)
{
    return plot_shows(plot, PANEL_CONTOUR)   ? PANEL_CONTOUR
           : plot_shows(plot, PANEL_SURFACE) ? PANEL_SURFACE
                                             : PANEL_LOSS;
}

static const struct rect *host_rect(const struct plot *plot)
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

/* How much of the paths and of what is marked a box covers. */
static size_t badness(const struct plot *plot, struct rect box)
{
    size_t bad = 0;
    for (size_t i = 0; i < plot->path_count; i++) {
        const struct path *path = &plot->paths[i];
        bool crossed = false, was_shown = false;
        struct vec2 last = { 0, 0 }, point;
        for (size_t k = 0; k < path->count; k++) {
            bool is_shown = state_point(plot, path, k, &point);
            bad += is_shown && rect_holds(box, point);
            crossed = crossed || (is_shown && was_shown && line_meets(box, last, point));
            was_shown = is_shown;
            last = point;
        }
        bad += crossed;
    }
    const struct objective *objective = plot->landscape->objective;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 point;
        bad += domain_point(plot, objective->minima[i], &point) && rect_holds(box, point);
    }
    const struct critical_marks *marks = &plot->contour.marks;
    const struct level_labels *labels = &plot->contour.labels;
    for (size_t i = 0; host_of(plot) == PANEL_CONTOUR && i < marks->count; i++) {
        bad += rect_holds(box, marks->items[i].at);
    }
    for (size_t i = 0; host_of(plot) == PANEL_CONTOUR && marks->count && i < labels->count; i++) {
        bad += rects_meet(box, labels->items[i].box);
    }
    return bad;
}

static struct rect place(const struct plot *plot, struct vec2 size, struct spot spot)
{
    const struct rect *panel = host_rect(plot);
    double margin = TO_FRAME * plot->look->theme->text_size;
    return (struct rect){ panel->x + margin + spot.across * (panel->width - 2 * margin - size.x),
                          panel->y + margin + spot.along * (panel->height - 2 * margin - size.y),
                          size.x, size.y };
}

/* The first of the spots where a box of a size covers least, and nothing of
 * what is to be avoided; its width is 0 when there is none. */
static struct rect choose(const struct plot *plot, struct vec2 size, const struct spot *spots,
                          size_t count, struct rect avoid)
{
    struct rect best = { .width = 0 };
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < count && least; i++) {
        struct rect candidate = place(plot, size, spots[i]);
        size_t bad = rects_meet(candidate, avoid) ? SIZE_MAX : badness(plot, candidate);
        if (bad < least) {
            least = bad;
            best = candidate;
        }
    }
    return best;
}

static double text_size(const struct legend *legend, const struct plot *plot)
{
    return legend->scale * plot->look->theme->text_size;
}

static double small_text_size(const struct legend *legend, const struct plot *plot)
{
    return legend->scale * plot->look->theme->small_text_size;
}

/* From the box's left side to the texts. */
static double text_indent(const struct legend *legend, const struct plot *plot)
{
    double padding = legend->framed ? PADDING : 0;
    return (padding + legend->handle + HANDLE_GAP) * text_size(legend, plot);
}

/* How texts are set: at most so many lines of each entry, the small ones broken where they are
 * wider, in points at scale 1. */
struct setting {
    size_t lines;
    double width;
};

/* Where the text can be broken next behind a byte: behind a comma outside of markup's groups. */
static size_t next_break(const char *text, size_t from)
{
    size_t depth = 0;
    for (size_t i = 0; text[i]; i++) {
        depth += text[i] == '{';
        depth -= text[i] == '}' && depth;
        if (i >= from && !depth && text[i] == ',' && text[i + 1] == ' ') {
            return i + 1;
        }
    }
    return strlen(text);
}

/* As much of a small line as fits, one part at least. Returns what is left of it. */
static const char *shape_part(struct legend *legend, struct legend_entry *entry, const char *text,
                              double size, double width)
{
    bool is_last = entry->line_count + 1 == LEGEND_LINES_MAX;
    size_t end = is_last ? strlen(text) : next_break(text, 0);
    struct text_run *run = text_markup(&legend->arena, arena_copy(&legend->arena, text, end), size);
    while (text[end]) {
        size_t further = next_break(text, end);
        struct text_run *longer = text_markup(&legend->arena,
                                              arena_copy(&legend->arena, text, further), size);
        if (longer->width > width) {
            break;
        }
        run = longer;
        end = further;
    }
    entry->runs[entry->line_count++] = run;
    return text + end + strspn(text + end, " ");
}

static void shape_entry(struct legend *legend, struct legend_entry *entry,
                        const struct plot *plot, const struct setting *setting)
{
    double size = small_text_size(legend, plot), width = setting->width * legend->scale;
    size_t count = entry->text.count < setting->lines ? entry->text.count : setting->lines;
    entry->runs[0] = text_markup(&legend->arena, entry->text.lines[0], text_size(legend, plot));
    entry->line_count = 1;
    for (size_t k = 1; k < count; k++) {
        const char *text = entry->text.lines[k];
        do {
            text = shape_part(legend, entry, text, size, width);
        } while (*text);
    }
}

static void shape(struct legend *legend, const struct plot *plot, double scale,
                  const struct setting *setting)
{
    legend->scale = scale;
    legend->count = plot->path_count;
    for (size_t i = 0; i < legend->count; i++) {
        shape_entry(legend, &legend->entries[i], plot, setting);
    }
}

static double entry_height(const struct legend *legend, const struct plot *plot,
                           const struct legend_entry *entry)
{
    return text_size(legend, plot)
           + (double)(entry->line_count - 1) * LINE_SPACING * small_text_size(legend, plot);
}

/* What the shaped entries take. */
static struct vec2 size_of(const struct legend *legend, const struct plot *plot)
{
    double em = text_size(legend, plot), padding = legend->framed ? PADDING * em : 0;
    double widest = legend->rest ? legend->rest->width : 0;
    double height = legend->rest ? em + ROW_GAP * em : 0;
    for (size_t i = 0; i < legend->count; i++) {
        const struct legend_entry *entry = &legend->entries[i];
        for (size_t k = 0; k < entry->line_count; k++) {
            widest = fmax(widest, entry->runs[k]->width);
        }
        height += entry_height(legend, plot, entry) + (i ? ROW_GAP * em : 0);
    }
    return (struct vec2){ text_indent(legend, plot) + widest + padding, height + 2 * padding };
}

/* Shapes a line with as many of its characters as there is room for. */
static struct text_run *shape_within(struct arena *arena, const char *text, double size,
                                     double room)
{
    struct text_run *run = text_markup(arena, text, size);
    size_t length = strlen(text);
    while (run->width > room && length) {
        length = (size_t)fmin((double)length - 1, (double)length * room / run->width);
        while (length && ((unsigned char)text[length] & 0xC0) == 0x80) {
            length--;
        }
        run = text_markup(arena, arena_printf(arena, "%.*s\u2026", (int)length, text), size);
    }
    return run;
}

/* Where even small texts are too much: cuts long lines, then the last entries.
 * Returns what is left, width 0 when that is nothing. */
static struct vec2 cut(struct legend *legend, const struct plot *plot, struct vec2 room)
{
    double em = text_size(legend, plot);
    legend->scale = 1;
    double width = room.x - text_indent(legend, plot) - (legend->framed ? PADDING * em : 0);
    if (width < em) {
        return (struct vec2){ 0, 0 };
    }
    for (size_t i = 0; i < legend->count; i++) {
        struct legend_entry *entry = &legend->entries[i];
        entry->runs[0] = shape_within(&legend->arena, entry->text.lines[0], em, width);
    }
    struct vec2 size = size_of(legend, plot);
    while (size.y > room.y && legend->count > 1) {
        legend->count--;
        const char *rest = arena_printf(&legend->arena, "\u2026 and %zu more",
                                        plot->path_count - legend->count);
        legend->rest = shape_within(&legend->arena, rest, em, width);
        size = size_of(legend, plot);
    }
    return size.y > room.y ? (struct vec2){ 0, 0 } : size;
}

/* Whole lines; broken ones, if there is a width for them; then first lines alone. */
enum { WHOLE, BROKEN, FIRST, SETTINGS };

/* Shapes the entries so that they fit into a room, and into an area if that is
 * smaller. Returns their size. */
static struct vec2 fit(struct legend *legend, const struct plot *plot, struct vec2 room,
                       double area)
{
    legend->scale = 1;
    double width = room.x - text_indent(legend, plot)
                   - (legend->framed ? PADDING * plot->look->theme->text_size : 0);
    const struct setting settings[SETTINGS] = {
        [WHOLE] = { ENTRY_LINES_MAX, INFINITY },
        [BROKEN] = { ENTRY_LINES_MAX, width },
        [FIRST] = { 1, INFINITY },
    };
    double scales[SETTINGS];
    for (size_t i = 0; i < SETTINGS; i++) {
        shape(legend, plot, 1, &settings[i]);
        struct vec2 size = size_of(legend, plot);
        scales[i] = fmin(fmin(1, fmin(room.x / size.x, room.y / size.y)),
                         sqrt(area / (size.x * size.y)));
    }
    size_t best = scales[BROKEN] > scales[WHOLE] ? BROKEN : WHOLE;
    best = scales[best] >= READABLE ? best : FIRST;
    shape(legend, plot, fmax(scales[best], LEAST), &settings[best]);
    return scales[best] >= READABLE ? size_of(legend, plot) : cut(legend, plot, room);
}

static struct vec2 fit_inside(struct legend *legend, const struct plot *plot)
{
    const struct theme *theme = plot->look->theme;
    const struct rect *panel = host_rect(plot);
    double margin = 2 * TO_FRAME * theme->text_size;
    double share = theme->legend_inside ? 1 : INSIDE_SHARE;
    struct vec2 room = { panel->width - margin, panel->height - margin };
    return fit(legend, plot, room, share * panel->width * panel->height);
}

static struct rect place_inside(struct legend *legend, const struct plot *plot)
{
    static const struct spot corners[] = {
        [LEGEND_UPPER_RIGHT] = { 1, 0 }, [LEGEND_UPPER_LEFT] = { 0, 0 },
        [LEGEND_LOWER_LEFT] = { 0, 1 }, [LEGEND_LOWER_RIGHT] = { 1, 1 },
    };
    enum legend_place wanted = plot->preset->figure.legend;
    struct vec2 size = fit_inside(legend, plot);
    if (size.x <= 0) {
        return (struct rect){ 0 };
    }
    if (wanted == LEGEND_BEST || wanted == LEGEND_OUTSIDE) {
        size_t count = sizeof best_spots / sizeof *best_spots;
        return choose(plot, size, best_spots, count, (struct rect){ 0 });
    }
    return place(plot, size, corners[wanted]);
}

static double counter_height(const struct plot *plot)
{
    bool has_counter = plot->preset->film.counter && !plot->is_still;
    return has_counter ? LINE_SPACING * plot->look->theme->small_text_size : 0;
}

static struct rect place_outside(struct legend *legend, const struct plot *plot)
{
    const struct rect *room = &plot->page.legend;
    struct vec2 size = fit(legend, plot,
                           (struct vec2){ room->width, room->height - counter_height(plot) },
                           INFINITY);
    return (struct rect){ room->x, room->y, size.x, size.y };
}

void legend_measure(struct legend *legend, const struct plot *plot)
{
    enum legend_place wanted = plot->preset->figure.legend;
    *legend = (struct legend){ .handle = HANDLE };
    if (wanted == LEGEND_NONE) {
        return;
    }
    legend->entries = arena_new(&legend->arena, plot->path_count, sizeof *legend->entries);
    for (size_t i = 0; i < plot->path_count; i++) {
        struct entry_subject subject = { &plot->preset->optimizers[i], &plot->runs[i],
                                         plot->paths[i].trajectory };
        legend->entries[i].text = entry_fill(&legend->arena, plot->look->legend_text, &subject);
        legend->handle = plot->paths[i].dash.count ? HANDLE_DASHED : legend->handle;
    }
    bool is_best = wanted == LEGEND_BEST && !plot->look->theme->legend_inside;
    if (is_best || wanted == LEGEND_OUTSIDE) {
        const struct setting first = { 1, INFINITY }, whole = { ENTRY_LINES_MAX, INFINITY };
        shape(legend, plot, READABLE, &first);
        legend->least_width = is_best ? size_of(legend, plot).x : 2 * text_indent(legend, plot);
        shape(legend, plot, 1, &whole);
        struct vec2 size = size_of(legend, plot);
        legend->box = (struct rect){ .width = size.x, .height = size.y };
    }
}

static void place_entries(struct legend *legend, const struct plot *plot)
{
    double em = text_size(legend, plot);
    double y = legend->box.y + (legend->framed ? PADDING * em : 0);
    for (size_t i = 0; i < legend->count; i++) {
        struct legend_entry *entry = &legend->entries[i];
        entry->baseline = (struct vec2){ legend->box.x + text_indent(legend, plot),
                                         y + (1 - DESCENT) * em };
        y += entry_height(legend, plot, entry) + ROW_GAP * em;
    }
}

/* Below the legend beside the panels, else in a corner that is as free as can be. */
static void place_counter(struct legend *legend, const struct plot *plot)
{
    const struct rect *room = &plot->page.legend;
    double em = plot->look->theme->small_text_size;
    size_t last = plot->timeline.steps - 1;
    const char *longest = arena_printf(&legend->arena, "step %zu / %zu", last, last);
    double width = text_shape(&legend->arena, longest, em)->width;
    legend->counter = (struct vec2){ room->x, room->y + room->height };
    legend->has_counter = room->width > 0 && room->x + width <= plot->page.width;
    if (!legend->has_counter) {
        struct rect box = choose(plot, (struct vec2){ width, em }, counter_spots,
                                 sizeof counter_spots / sizeof *counter_spots, legend->box);
        legend->counter = (struct vec2){ box.x, box.y + (1 - DESCENT) * em };
        legend->has_counter = box.width > 0 && width < host_rect(plot)->width;
    }
}

void legend_place(struct legend *legend, const struct plot *plot)
{
    if (legend->entries) {
        legend->framed = plot->page.legend.width <= 0;
        legend->box = legend->framed ? place_inside(legend, plot) : place_outside(legend, plot);
        place_entries(legend, plot);
    }
    if (counter_height(plot) > 0) {
        place_counter(legend, plot);
    }
}

bool legend_counter_place(const struct plot *plot, struct vec2 *baseline)
{
    *baseline = plot->legend.counter;
    return plot->legend.has_counter;
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
            points[count++] = (struct vec2){ center.x + radius * cr_cos(turn),
                                             center.y + radius * cr_sin(turn) };
        }
    }
    return count;
}

static void draw_frame(const struct legend *legend, const struct plot *plot, struct scene *scene)
{
    const struct theme *theme = plot->look->theme;
    struct color paper = color_hex(theme->background), ink = color_hex(theme->ink);
    struct vec2 outline[4 * 8];
    size_t count = rounded(legend->box, CORNER * text_size(legend, plot), outline, 8);
    struct stroke rim = { color_fade(color_mix(paper, ink, 0.2), 0.8), 1, .cap = CAP_BUTT };
    scene_polygon(scene, NULL, outline, count, color_fade(paper, 0.8), &rim);
}

/* A piece of the path, with its head in themes that are not the notebook's. */
static void draw_sample(const struct legend *legend, const struct plot *plot,
                        const struct path *path, struct vec2 baseline, struct scene *scene)
{
    const struct theme *theme = plot->look->theme;
    double em = text_size(legend, plot), y = baseline.y - LINE_HEIGHT * em;
    double right = baseline.x - HANDLE_GAP * em;
    struct vec2 line[2] = { { right - legend->handle * em, y }, { right, y } };
    struct stroke stroke = { path->color, theme->path_width, .cap = CAP_BUTT,
                             .dash_count = path->dash.count };
    for (int i = 0; i < path->dash.count; i++) {
        stroke.dashes[i] = path->dash.lengths[i] * theme->path_width;
    }
    scene_line(scene, NULL, line, 2, &stroke);
    if (!theme->legend_inside) {
        head_draw(scene, NULL, theme, path->marker, line[1], path->color);
    }
}

void legend_draw(const struct legend *legend, const struct plot *plot, struct scene *scene)
{
    const struct theme *theme = plot->look->theme;
    if (legend->box.width <= 0) {
        return;
    }
    if (legend->framed) {
        draw_frame(legend, plot, scene);
    }
    for (size_t i = 0; i < legend->count; i++) {
        const struct legend_entry *entry = &legend->entries[i];
        struct vec2 at = entry->baseline;
        draw_sample(legend, plot, &plot->paths[i], at, scene);
        for (size_t k = 0; k < entry->line_count; k++) {
            scene_text(scene, entry->runs[k], at, color_hex(k ? theme->soft_ink : theme->ink));
            at.y += LINE_SPACING * small_text_size(legend, plot);
        }
    }
    if (legend->rest) {
        struct vec2 at = legend->entries[legend->count - 1].baseline;
        at.y += (1 + ROW_GAP) * text_size(legend, plot);
        scene_text(scene, legend->rest, at, color_hex(theme->soft_ink));
    }
}

void legend_finish(struct legend *legend)
{
    arena_finish(&legend->arena);
    *legend = (struct legend){ 0 };
}
