/* The legend: one place for the whole film, where it covers least.
 *
 * Sizes and candidates follow matplotlib's loc = "best". */
#include "plot/legend.h"

#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "plot/locate.h"
#include "plot/spots.h"

/* In units of the text size. */
static const double PADDING = 0.4, HANDLE = 2, HANDLE_GAP = 0.8, ROW_GAP = 0.5;
static const double HANDLE_DASHED = 3.5; /* shows the longest dashes */
static const double HANDLE_SHORT = 0.6;  /* of that, where room is scarce */
static const double HEADS_LONG = 2;      /* a short one is in heads, at least */
static const double DESCENT = 0.2, LINE_HEIGHT = 0.35; /* of a handle over the baseline */
static const double CORNER = 0.2;
static const double LINE_SPACING = 1.2; /* of the small lines, in their own size */

static const double READABLE = 0.75;    /* texts shrink so far before any is left out, */
static const double LEAST = 0.6;        /* and so far before any is cut */
static const double INSIDE_SHARE = 0.16; /* of its panel that the legend may cover */

/* matplotlib's order: corners, right, left, right, lower, upper, centre. */
static const struct spot best_spots[] = {
    { 1, 0 }, { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 0.5 }, { 0, 0.5 },
    { 1, 0.5 }, { 0.5, 1 }, { 0.5, 0 }, { 0.5, 0.5 },
};

static const struct spot counter_spots[] = { { 1, 1 }, { 0, 1 }, { 0, 0 }, { 1, 0 } };

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

/* Where lines are broken: behind commas first, else between words. */
enum breaks { BREAK_NEVER, BREAK_COMMAS, BREAK_WORDS };

/* How texts are set: at most so many lines of each entry, those that are wider than the room
 * broken, with handles of full length or short ones. Room is what there is at a scale: where
 * that is less than 1, lines hold more and the text has to shrink so far. */
struct setting {
    size_t lines;
    enum breaks labels, others;
    bool is_short;
    double scale;
};

/* In the order in which they are tried. */
enum { WHOLE, COMMAS, FIRST = 6, SETTINGS = 10, TIGHTEST = 9 };
static const struct setting settings[SETTINGS] = {
    [WHOLE] = { ENTRY_LINES_MAX, BREAK_NEVER, BREAK_NEVER, false, 1 },
    [COMMAS] = { ENTRY_LINES_MAX, BREAK_NEVER, BREAK_COMMAS, false, 1 },
    { ENTRY_LINES_MAX, BREAK_NEVER, BREAK_WORDS, false, 1 },
    { ENTRY_LINES_MAX, BREAK_WORDS, BREAK_WORDS, false, 1 },
    { ENTRY_LINES_MAX, BREAK_WORDS, BREAK_WORDS, true, 1 },
    { ENTRY_LINES_MAX, BREAK_WORDS, BREAK_WORDS, true, READABLE },
    [FIRST] = { 1, BREAK_NEVER, BREAK_NEVER, false, 1 },
    { 1, BREAK_WORDS, BREAK_NEVER, false, 1 },
    { 1, BREAK_WORDS, BREAK_NEVER, true, 1 },
    [TIGHTEST] = { 1, BREAK_WORDS, BREAK_NEVER, true, LEAST },
};

/* "0.3 .. 0" stays together. */
static bool is_range(const char *text, size_t space)
{
    return !strncmp(text + space, " .. ", 4)
           || (space > 2 && !strncmp(text + space - 3, " .. ", 4));
}

/* Where the text can be broken next behind a byte, outside of markup's groups. */
static size_t next_break(const char *text, size_t from, enum breaks breaks)
{
    size_t depth = 0;
    for (size_t i = 0; text[i]; i++) {
        depth += text[i] == '{';
        depth -= text[i] == '}' && depth;
        bool is_break = i > from && !depth && text[i] == ' '
                        && (text[i - 1] == ',' || (breaks == BREAK_WORDS && !is_range(text, i)));
        if (is_break) {
            return i;
        }
    }
    return strlen(text);
}

/* As much of a line as fits, one part at least, up to an end. */
static struct text_run *shape_most(struct arena *arena, const char *text, double size,
                                   double width, enum breaks breaks, size_t *end)
{
    struct text_run *run = NULL;
    size_t further = 0;
    do {
        further = breaks == BREAK_NEVER ? strlen(text) : next_break(text, further, breaks);
        struct text_run *longer = text_markup(arena, arena_copy(arena, text, further), size);
        if (run && longer->width > width) {
            break;
        }
        run = longer;
        *end = further;
    } while (text[further]);
    return run;
}

/* Adds a line to an entry, broken into parts. */
static void shape_line(struct legend *legend, struct legend_entry *entry, const char *text,
                       double size, double width, enum breaks breaks)
{
    for (size_t parts = 1; parts == 1 || *text; parts++) {
        size_t end = 0;
        enum breaks now = parts == LEGEND_PARTS_MAX ? BREAK_NEVER : breaks;
        struct text_run *run = shape_most(&legend->arena, text, size, width,
                                          now == BREAK_WORDS ? BREAK_COMMAS : now, &end);
        if (now == BREAK_WORDS && run->width > width) {
            run = shape_most(&legend->arena, text, size, width, now, &end);
        }
        entry->runs[entry->line_count++] = run;
        text += end + strspn(text + end, " ");
    }
}

/* Long enough for dashes where paths have them. */
static double handle_length(const struct plot *plot, bool is_short)
{
    double length = HANDLE;
    for (size_t i = 0; i < plot->path_count; i++) {
        length = plot->paths[i].dash.count ? HANDLE_DASHED : length;
    }
    const struct theme *theme = plot->look->theme;
    double least = HEADS_LONG * theme->head_diameter / theme->text_size;
    return is_short ? fmin(length, fmax(HANDLE_SHORT * length, least)) : length;
}

/* Shapes the entries at a scale for a room of a width. */
static void shape(struct legend *legend, const struct plot *plot, double scale,
                  const struct setting *setting, double room)
{
    legend->handle = handle_length(plot, setting->is_short);
    legend->scale = 1;
    double around = text_indent(legend, plot)
                    + (legend->framed ? PADDING * text_size(legend, plot) : 0);
    double width = scale * (room / setting->scale - around);
    legend->scale = scale;
    legend->count = plot->path_count;
    legend->rest = NULL;
    for (size_t i = 0; i < legend->count; i++) {
        struct legend_entry *entry = &legend->entries[i];
        entry->line_count = 0;
        for (size_t k = 0; k < entry->text.count && k < setting->lines; k++) {
            shape_line(legend, entry, entry->text.lines[k],
                       k ? small_text_size(legend, plot) : text_size(legend, plot), width,
                       k ? setting->others : setting->labels);
            entry->label_count = k ? entry->label_count : entry->line_count;
        }
    }
}

/* From the baseline of an entry's line to that of the next. */
static double line_advance(const struct legend *legend, const struct plot *plot,
                           const struct legend_entry *entry, size_t line)
{
    bool is_label = line + 1 < entry->label_count;
    return LINE_SPACING * (is_label ? text_size(legend, plot) : small_text_size(legend, plot));
}

static double entry_height(const struct legend *legend, const struct plot *plot,
                           const struct legend_entry *entry)
{
    double height = text_size(legend, plot);
    for (size_t k = 0; k + 1 < entry->line_count; k++) {
        height += line_advance(legend, plot, entry, k);
    }
    return height;
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

/* Where the character of a byte begins. */
static size_t character_start(const char *text, size_t at)
{
    while (at && ((unsigned char)text[at] & 0xC0) == 0x80) {
        at--;
    }
    return at;
}

/* Shapes a line with as many of its characters as there is room for, the last of them from its
 * end where that is to be kept. */
static struct text_run *shape_within(struct arena *arena, const char *text, double size,
                                     double room, bool keeps_end)
{
    struct text_run *run = text_markup(arena, text, size);
    size_t whole = strlen(text), length = whole;
    while (run->width > room && length) {
        length = (size_t)fmin((double)length - 1, (double)length * room / run->width);
        size_t tail = keeps_end ? length / 2 : 0;
        size_t head = character_start(text, length - tail);
        run = text_markup(arena, arena_printf(arena, "%.*s\u2026%s", (int)head, text,
                                              text + character_start(text, whole - tail)), size);
    }
    return run;
}

/* Cuts labels to a line each, in their middle where they would become alike by less. */
static void cut_labels(struct legend *legend, double em, double width)
{
    bool is_alike = false;
    for (int pass = 0; pass == 0 || (pass == 1 && is_alike); pass++) {
        for (size_t i = 0; i < legend->count; i++) {
            struct legend_entry *entry = &legend->entries[i];
            const char *label = entry->text.lines[0];
            entry->runs[0] = shape_within(&legend->arena, label, em, width, is_alike);
            entry->label_count = entry->line_count = 1;
        }
        for (size_t i = 1; i < legend->count; i++) {
            const struct legend_entry *entry = &legend->entries[i];
            for (size_t k = 0; k < i && !is_alike; k++) {
                const struct legend_entry *other = &legend->entries[k];
                is_alike = !strcmp(entry->runs[0]->text, other->runs[0]->text)
                           && strcmp(entry->text.lines[0], other->text.lines[0]) != 0;
            }
        }
    }
}

/* Where even small texts are too much: cuts long words; or, where that is not enough, whole
 * labels to a line each, then the last entries. Returns what is left, width 0 when that is
 * nothing. */
static struct vec2 cut(struct legend *legend, const struct plot *plot, struct vec2 room)
{
    shape(legend, plot, LEAST, &settings[TIGHTEST], room.x);
    double em = text_size(legend, plot);
    double width = room.x - text_indent(legend, plot) - (legend->framed ? PADDING * em : 0);
    if (width < em) {
        return (struct vec2){ 0, 0 };
    }
    if (size_of(legend, plot).y > room.y) {
        cut_labels(legend, em, width);
    }
    for (size_t i = 0; i < legend->count; i++) {
        struct legend_entry *entry = &legend->entries[i];
        for (size_t k = 0; k < entry->line_count; k++) {
            entry->runs[k] = shape_within(&legend->arena, entry->runs[k]->text, em, width, false);
        }
    }
    struct vec2 size = size_of(legend, plot);
    while (size.y > room.y && legend->count > 1) {
        legend->count--;
        const char *rest = arena_printf(&legend->arena, "\u2026 and %zu more",
                                        plot->path_count - legend->count);
        legend->rest = shape_within(&legend->arena, rest, em, width, false);
        size = size_of(legend, plot);
    }
    return size.y > room.y ? (struct vec2){ 0, 0 } : size;
}

/* How large texts of a setting can be in a room, and in an area if that is smaller. */
static double scale_of(struct legend *legend, const struct plot *plot,
                       const struct setting *setting, struct vec2 room, double area)
{
    shape(legend, plot, 1, setting, room.x);
    struct vec2 size = size_of(legend, plot);
    return fmin(fmin(1, fmin(room.x / size.x, room.y / size.y)), sqrt(area / (size.x * size.y)));
}

/* Shapes the entries so that they fit, by one of the settings from a first one on: the largest
 * of whole lines and lines broken behind commas, else the first that can be read. Returns their
 * size. */
static struct vec2 fit(struct legend *legend, const struct plot *plot, struct vec2 room,
                       double area, size_t first)
{
    size_t best = first;
    double scale = scale_of(legend, plot, &settings[first], room, area);
    for (size_t i = first + 1; i < SETTINGS && scale < (i == COMMAS ? 1 : READABLE); i++) {
        double other = scale_of(legend, plot, &settings[i], room, area);
        best = other > scale ? i : best;
        scale = fmax(scale, other);
    }
    shape(legend, plot, fmax(scale, LEAST), &settings[best], room.x);
    return scale >= READABLE ? size_of(legend, plot) : cut(legend, plot, room);
}

static struct vec2 fit_inside(struct legend *legend, const struct plot *plot, size_t first)
{
    const struct theme *theme = plot->look->theme;
    const struct rect *panel = spot_panel(plot);
    double share = theme->legend_inside ? 1 : INSIDE_SHARE;
    return fit(legend, plot, spot_room(plot), share * panel->width * panel->height, first);
}

/* Where the entries cover least; without their small lines, where those would cover what is marked
 * and less is covered without them. */
static struct rect place_best(struct legend *legend, const struct plot *plot)
{
    size_t count = sizeof best_spots / sizeof *best_spots, bad, bad_small;
    struct rect none = { 0 };
    struct vec2 size = fit_inside(legend, plot, WHOLE);
    struct rect box = spot_choose(plot, size, best_spots, count, none, &bad);
    if (plot->look->theme->legend_inside || bad < spot_mark_weight(plot)) {
        return box;
    }
    struct vec2 small_size = fit_inside(legend, plot, FIRST);
    struct rect small = spot_choose(plot, small_size, best_spots, count, none, &bad_small);
    if (small_size.x > 0 && bad_small < bad) {
        return small;
    }
    fit_inside(legend, plot, WHOLE);
    return box;
}

static struct rect place_inside(struct legend *legend, const struct plot *plot)
{
    static const struct spot corners[] = {
        [LEGEND_UPPER_RIGHT] = { 1, 0 }, [LEGEND_UPPER_LEFT] = { 0, 0 },
        [LEGEND_LOWER_LEFT] = { 0, 1 }, [LEGEND_LOWER_RIGHT] = { 1, 1 },
    };
    enum legend_place wanted = plot->preset->figure.legend;
    if (wanted == LEGEND_BEST || wanted == LEGEND_OUTSIDE) {
        return place_best(legend, plot);
    }
    struct vec2 size = fit_inside(legend, plot, WHOLE);
    return size.x > 0 ? spot_box(plot, size, corners[wanted]) : (struct rect){ 0 };
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
                           INFINITY, WHOLE);
    return (struct rect){ room->x, room->y, size.x, size.y };
}

void legend_measure(struct legend *legend, const struct plot *plot)
{
    enum legend_place wanted = plot->preset->figure.legend;
    *legend = (struct legend){ 0 };
    if (wanted == LEGEND_NONE) {
        return;
    }
    legend->entries = arena_new(&legend->arena, plot->path_count, sizeof *legend->entries);
    for (size_t i = 0; i < plot->path_count; i++) {
        struct run run = plot->runs[i];
        run.label = entry_label(&legend->arena, plot->runs, plot->path_count, i);
        struct entry_subject subject = { &plot->preset->optimizers[i], &run,
                                         plot->paths[i].trajectory };
        legend->entries[i].text = entry_fill(&legend->arena, plot->look->legend_text, &subject);
    }
    bool is_best = wanted == LEGEND_BEST && !plot->look->theme->legend_inside;
    if (is_best || wanted == LEGEND_OUTSIDE) {
        shape(legend, plot, READABLE, &settings[FIRST], INFINITY);
        legend->least_width = is_best ? size_of(legend, plot).x : 2 * text_indent(legend, plot);
        shape(legend, plot, 1, &settings[WHOLE], INFINITY);
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
        size_t least;
        struct rect box = spot_choose(plot, (struct vec2){ width, em }, counter_spots,
                                 sizeof counter_spots / sizeof *counter_spots, legend->box,
                                 &least);
        legend->counter = (struct vec2){ box.x, box.y + (1 - DESCENT) * em };
        legend->has_counter = box.width > 0 && width < spot_panel(plot)->width;
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
            scene_text(scene, entry->runs[k], at,
                       color_hex(k < entry->label_count ? theme->ink : theme->soft_ink));
            at.y += line_advance(legend, plot, entry, k);
        }
    }
    if (legend->rest) {
        const struct legend_entry *last = &legend->entries[legend->count - 1];
        struct vec2 at = last->baseline;
        at.y += entry_height(legend, plot, last) + ROW_GAP * text_size(legend, plot);
        scene_text(scene, legend->rest, at, color_hex(theme->soft_ink));
    }
}

void legend_finish(struct legend *legend)
{
    arena_finish(&legend->arena);
    *legend = (struct legend){ 0 };
}
