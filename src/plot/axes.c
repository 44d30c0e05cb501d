#include "plot/axes.h"

#include <math.h>

#include "base/elementary.h"
#include "plot/ticks.h"

enum { TICKS_WANTED = 5 };

/* In sizes of the text. A raised exponent reaches up to the ascent. */
static const double ASCENT = 0.95, DESCENT = 0.25, DIGIT_HEIGHT = 0.73;
static const double GAP = 0.3;     /* from tick to number, from number to name */
static const double BETWEEN = 0.8; /* numbers side by side */

static const double GRID_ALPHA = 0.15;
static const double STEPS_ROOM = 0.015; /* for heads at the first and last step, of all steps */

double axis_value(enum scale scale, double value)
{
    switch (scale) {
    case SCALE_LOG:
        return value > 0 ? cr_log10(value) : -INFINITY;
    case SCALE_ROOT:
        return copysign(sqrt(fabs(value)), value);
    default:
        return value;
    }
}

static void choose_ticks(struct ticks *ticks, struct arena *arena, struct range range,
                         enum scale scale)
{
    if (scale == SCALE_LOG) {
        ticks_init_log(ticks, arena, range, TICKS_WANTED);
    } else if (scale == SCALE_ROOT) {
        struct range values = { range.lo * fabs(range.lo), range.hi * fabs(range.hi) };
        ticks_init(ticks, arena, values, TICKS_WANTED);
        for (size_t i = 0; i < ticks->count; i++) {
            ticks->values[i] = axis_value(scale, ticks->values[i]);
        }
    } else {
        ticks_init(ticks, arena, range, TICKS_WANTED);
    }
}

static void shape(struct axis *axis, const struct ticks *ticks, const char *name,
                  const struct theme *theme)
{
    axis->ticks = ticks->values;
    axis->count = ticks->count;
    axis->numbers = arena_new(&axis->arena, ticks->count, sizeof *axis->numbers);
    for (size_t i = 0; i < ticks->count; i++) {
        axis->numbers[i] = text_markup(&axis->arena, ticks->labels[i], theme->small_text_size);
        axis->widest = fmax(axis->widest, axis->numbers[i]->width);
    }
    if (theme->axis_labels && *name) {
        axis->name = text_markup(&axis->arena, name, theme->text_size);
    }
}

void axis_init(struct axis *axis, struct range range, enum scale scale, const char *name,
               const struct theme *theme)
{
    *axis = (struct axis){ .range = range };
    if (theme->ticks) {
        struct ticks ticks;
        choose_ticks(&ticks, &axis->arena, range, scale);
        shape(axis, &ticks, name, theme);
    }
}

static bool are_whole(const struct ticks *ticks)
{
    for (size_t i = 0; i < ticks->count; i++) {
        if (ticks->values[i] != round(ticks->values[i])) {
            return false;
        }
    }
    return true;
}

void axis_init_steps(struct axis *axis, size_t last, const char *name, const struct theme *theme)
{
    double steps = fmax(1, (double)last);
    *axis = (struct axis){ .range = { -STEPS_ROOM * steps, (1 + STEPS_ROOM) * steps } };
    if (theme->ticks) {
        struct ticks ticks;
        int wanted = TICKS_WANTED;
        do {
            ticks_init(&ticks, &axis->arena, axis->range, wanted--);
        } while (wanted > 0 && !are_whole(&ticks));
        shape(axis, &ticks, name, theme);
    }
}

void axis_finish(struct axis *axis)
{
    arena_finish(&axis->arena);
}

static double name_room(const struct axis *axis, enum axes_detail detail, const struct theme *theme)
{
    bool shown = axis->name && detail >= AXES_NAMED;
    return shown ? GAP * theme->small_text_size + (ASCENT + DESCENT) * theme->text_size : 0;
}

/* From the frame to the near side of the numbers. */
static double tick_room(const struct theme *theme)
{
    return theme->tick_length + GAP * theme->small_text_size;
}

/* A number stands in the middle of its tick, which may be at the panel's corner. */
static double overhang(const struct axis *x, size_t number)
{
    return x->count ? x->numbers[number]->width / 2 : 0;
}

struct axes_room axes_room(const struct axis *x, const struct axis *y, enum axes_detail detail,
                           const struct theme *theme)
{
    if (detail == AXES_BARE || !theme->ticks) {
        return (struct axes_room){ 0 };
    }
    double size = theme->small_text_size;
    return (struct axes_room){
        .left = fmax(tick_room(theme) + y->widest + name_room(y, detail, theme), overhang(x, 0)),
        .right = overhang(x, x->count - 1),
        .above = y->count ? (ASCENT - DIGIT_HEIGHT / 2) * size : 0,
        .below = tick_room(theme) + (ASCENT + DESCENT) * size + name_room(x, detail, theme),
    };
}

/* The part of its way along the axis at which a tick is. */
static double part_of(const struct axis *axis, size_t tick)
{
    return (axis->ticks[tick] - axis->range.lo) / (axis->range.hi - axis->range.lo);
}

/* One side of a panel: how long it is, and whether it is the left one. */
struct side {
    const struct axis *axis;
    double length;
    bool is_left;
};

static bool numbers_touch(const struct side *side, size_t a, size_t b)
{
    const struct text_run *first = side->axis->numbers[a], *second = side->axis->numbers[b];
    double taken = side->is_left ? (ASCENT + DESCENT) * first->size
                                 : (first->width + second->width) / 2 + BETWEEN * first->size;
    return (part_of(side->axis, b) - part_of(side->axis, a)) * side->length < taken;
}

/* Which numbers are written: every stride-th, counted from first. */
struct thinning {
    size_t first, stride;
};

/* The number nearest to 0 (of a logarithmic axis: to 1) is one of them, so that
 * what remains is as round as can be. */
static struct thinning thin_out(const struct side *side)
{
    const struct axis *axis = side->axis;
    struct thinning thinning = { 0, 0 };
    size_t anchor = 0;
    for (size_t i = 1; i < axis->count; i++) {
        anchor = fabs(axis->ticks[i]) < fabs(axis->ticks[anchor]) ? i : anchor;
    }
    bool touching = true;
    while (touching) {
        touching = false;
        thinning.stride++;
        thinning.first = anchor % thinning.stride;
        for (size_t i = thinning.first; i + thinning.stride < axis->count; i += thinning.stride) {
            touching = touching || numbers_touch(side, i, i + thinning.stride);
        }
    }
    return thinning;
}

static void draw_tick(struct vec2 at, struct vec2 end, const struct theme *theme,
                      struct scene *scene)
{
    struct stroke stroke = { color_hex(theme->frame), theme->frame_width, .snap = true };
    scene_line(scene, NULL, (struct vec2[]){ at, end }, 2, &stroke);
}

static void draw_x_numbers(const struct axis *x, const struct rect *panel,
                           const struct theme *theme, struct scene *scene)
{
    struct thinning shown = thin_out(&(struct side){ x, panel->width, false });
    double bottom = panel->y + panel->height;
    double baseline = bottom + tick_room(theme) + ASCENT * theme->small_text_size;
    for (size_t i = 0; i < x->count; i++) {
        struct vec2 at = { panel->x + part_of(x, i) * panel->width, bottom };
        draw_tick(at, (struct vec2){ at.x, bottom + theme->tick_length }, theme, scene);
        if (i % shown.stride == shown.first) {
            struct vec2 start = { at.x - x->numbers[i]->width / 2, baseline };
            scene_text(scene, x->numbers[i], start, color_hex(theme->soft_ink));
        }
    }
}

static double tick_height(const struct axis *y, const struct rect *panel, size_t tick)
{
    return panel->y + (1 - part_of(y, tick)) * panel->height;
}

static void draw_y_numbers(const struct axis *y, const struct rect *panel,
                           const struct theme *theme, struct scene *scene)
{
    struct thinning shown = thin_out(&(struct side){ y, panel->height, true });
    double right = panel->x - tick_room(theme);
    double drop = DIGIT_HEIGHT / 2 * theme->small_text_size;
    for (size_t i = 0; i < y->count; i++) {
        struct vec2 at = { panel->x, tick_height(y, panel, i) };
        draw_tick(at, (struct vec2){ at.x - theme->tick_length, at.y }, theme, scene);
        if (i % shown.stride == shown.first) {
            struct vec2 start = { right - y->numbers[i]->width, at.y + drop };
            scene_text(scene, y->numbers[i], start, color_hex(theme->soft_ink));
        }
    }
}

/* The name as it is, or shaped again so small that its side is long enough. */
static const struct text_run *fitting(const struct text_run *name, double length,
                                      struct scene *scene)
{
    return name->width <= length
               ? name
               : text_markup(&scene->arena, name->text, name->size * length / name->width);
}

static void draw_x_name(const struct axis *x, const struct rect *panel, const struct theme *theme,
                        struct scene *scene)
{
    const struct text_run *name = fitting(x->name, panel->width, scene);
    double above = tick_room(theme) + (ASCENT + DESCENT + GAP) * theme->small_text_size;
    struct vec2 start = { panel->x + (panel->width - name->width) / 2,
                          panel->y + panel->height + above + ASCENT * theme->text_size };
    scene_text(scene, name, start, color_hex(theme->ink));
}

static void draw_y_name(const struct axis *y, const struct rect *panel, const struct theme *theme,
                        struct scene *scene)
{
    const struct text_run *name = fitting(y->name, panel->height, scene);
    double beside = tick_room(theme) + y->widest + GAP * theme->small_text_size;
    struct vec2 start = { panel->x - beside - DESCENT * theme->text_size,
                          panel->y + (panel->height + name->width) / 2 };
    scene_text_upwards(scene, name, start, color_hex(theme->ink));
}

void axes_draw(const struct axis *x, const struct axis *y, const struct rect *panel,
               enum axes_detail detail, const struct theme *theme, struct scene *scene)
{
    if (detail >= AXES_NUMBERED) {
        draw_x_numbers(x, panel, theme, scene);
        draw_y_numbers(y, panel, theme, scene);
    }
    if (detail >= AXES_NAMED && x->name) {
        draw_x_name(x, panel, theme, scene);
    }
    if (detail >= AXES_NAMED && y->name) {
        draw_y_name(y, panel, theme, scene);
    }
}

void axes_grid(const struct axis *y, const struct rect *panel, const struct theme *theme,
               struct scene *scene)
{
    struct stroke stroke = { color_fade(color_hex(theme->frame), GRID_ALPHA), theme->frame_width,
                             .snap = true };
    for (size_t i = 0; i < y->count; i++) {
        double height = tick_height(y, panel, i);
        struct vec2 ends[2] = { { panel->x, height }, { panel->x + panel->width, height } };
        scene_line(scene, panel, ends, 2, &stroke);
    }
}

void axes_frame(const struct rect *panel, const struct theme *theme, struct scene *scene)
{
    struct vec2 corners[4] = { { panel->x, panel->y }, { panel->x + panel->width, panel->y },
                               { panel->x + panel->width, panel->y + panel->height },
                               { panel->x, panel->y + panel->height } };
    struct stroke frame = { color_hex(theme->frame), theme->frame_width, .snap = true };
    scene_polygon(scene, NULL, corners, 4, (struct color){ 0 }, &frame);
}
