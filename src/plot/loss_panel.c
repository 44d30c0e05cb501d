#include "plot/loss_panel.h"

#include <math.h>

#include "base/elementary.h"
#include "base/number.h"
#include "plot/plot.h"

static const double DECADES_MIN = 2;  /* more than so many make auto logarithmic */
static const double DECADES_MAX = 12; /* on a logarithmic axis */
static const double ROOM = 0.04;      /* above and below the losses, of their range */
static const double LARGEST = 1e300;  /* loss on an axis, for finite differences */
static const double NOISE = 1e-9;     /* of a loss: as good as constant */

/* Single-precision losses at a minimum may be this much below its value, of
 * the range of the losses. */
static const double ROUNDING = 1e-5;

enum { OFFSET_DIGITS = 4 };

/* The losses that decide about the axis; lo > hi when there are none. */
struct seen {
    double lo, hi;
    double minimum; /* the lowest value of the function's minima; NAN: none known */
};

static bool counts(const struct plot *plot, const struct trajectory *trajectory, size_t row)
{
    const struct objective *objective = plot->landscape->objective;
    struct vec2 at = trajectory->points[row];
    bool in_domain = range_holds(objective->x, at.x) && range_holds(objective->y, at.y);
    return isfinite(trajectory->losses[row]) && (row == 0 || in_domain);
}

static double clamp(double value, double lo, double hi)
{
    return fmin(fmax(value, lo), hi);
}

static double lowest_minimum(const struct objective *objective)
{
    double lowest = NAN;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        double value;
        objective_values(objective, 1, &objective->minima[i].x, &objective->minima[i].y, &value);
        lowest = isfinite(value) ? fmin(lowest, value) : lowest;
    }
    return lowest;
}

static struct seen look_at_losses(const struct plot *plot)
{
    struct seen seen = { INFINITY, -INFINITY, lowest_minimum(plot->landscape->objective) };
    for (size_t i = 0; i < plot->path_count; i++) {
        const struct trajectory *trajectory = plot->paths[i].trajectory;
        for (size_t row = 0; row < trajectory->count; row++) {
            if (counts(plot, trajectory, row)) {
                double loss = clamp(trajectory->losses[row], -LARGEST, LARGEST);
                seen.lo = fmin(seen.lo, loss);
                seen.hi = fmax(seen.hi, loss);
            }
        }
    }
    return seen;
}

/* The range of the losses above the offset as logarithms; lo > hi when there
 * are none. */
static struct range decades(const struct plot *plot, double offset)
{
    struct range range = { INFINITY, -INFINITY };
    for (size_t i = 0; i < plot->path_count; i++) {
        const struct trajectory *trajectory = plot->paths[i].trajectory;
        for (size_t row = 0; row < trajectory->count; row++) {
            double above = trajectory->losses[row] - offset;
            if (counts(plot, trajectory, row) && above > 0) {
                double power = cr_log10(fmin(above, LARGEST));
                range.lo = fmin(range.lo, power);
                range.hi = fmax(range.hi, power);
            }
        }
    }
    range.lo = fmax(range.lo, range.hi - DECADES_MAX);
    return range;
}

static double log_offset(const struct seen *seen)
{
    return seen->lo >= 0 ? 0 : fmin(seen->lo, seen->minimum);
}

static bool suits_log(const struct seen *seen, double offset, struct range shown)
{
    bool means_something = offset == 0
                           || seen->minimum - offset <= ROUNDING * (seen->hi - seen->lo);
    return means_something && shown.hi - shown.lo > DECADES_MIN;
}

/* Sets the panel's scale and offset; returns the losses' range on that scale. */
static struct range choose_scale(struct loss_panel *panel, const struct plot *plot)
{
    struct seen seen = look_at_losses(plot);
    double offset = log_offset(&seen);
    struct range shown = decades(plot, offset);
    enum scale wanted = plot->preset->loss.scale;
    if ((wanted == SCALE_LOG && shown.lo <= shown.hi)
        || (wanted == SCALE_AUTO && suits_log(&seen, offset, shown))) {
        panel->scale = SCALE_LOG;
        panel->offset = offset;
        return shown;
    }
    panel->scale = wanted == SCALE_ROOT ? SCALE_ROOT : SCALE_LINEAR;
    return (struct range){ axis_value(panel->scale, seen.lo), axis_value(panel->scale, seen.hi) };
}

/* Never empty, with a little room at both ends. */
static struct range widened(struct range range)
{
    if (range.lo > range.hi) {
        return (struct range){ 0, 1 };
    }
    double largest = fmax(fabs(range.lo), fabs(range.hi)), span = range.hi - range.lo;
    double room = ROOM * span;
    if (span <= NOISE * largest || largest < 1 / LARGEST) {
        room = largest < 1 / LARGEST ? 1 : largest / 2;
    }
    return (struct range){ range.lo - room, range.hi + room };
}

static const char *axis_name(struct arena *arena, double offset)
{
    char number[NUMBER_SHOWN_SIZE];
    number_show(number, sizeof number, fabs(offset), OFFSET_DIGITS);
    return offset == 0 ? "loss"
                       : arena_printf(arena, "loss %s %s", offset < 0 ? "+" : "\u2212", number);
}

void loss_panel_init(struct loss_panel *panel, const struct plot *plot)
{
    const struct theme *theme = plot->look->theme;
    *panel = (struct loss_panel){ .offset = 0 };
    struct range range = choose_scale(panel, plot);
    size_t steps = plot->timeline.steps;
    struct arena names = { 0 };
    axis_init_steps(&panel->steps, steps ? steps - 1 : 0, "step", theme);
    axis_init(&panel->losses, widened(range), panel->scale,
              axis_name(&names, panel->offset), theme);
    arena_finish(&names);
}

void loss_panel_finish(struct loss_panel *panel)
{
    axis_finish(&panel->steps);
    axis_finish(&panel->losses);
}

void loss_panel_draw(const struct loss_panel *panel, const struct plot *plot, struct scene *scene)
{
    const struct rect *area = &plot->page.panels[PANEL_LOSS];
    const struct theme *theme = plot->look->theme;
    enum axes_detail detail = plot->page.axes[PANEL_LOSS];
    if (detail != AXES_BARE) {
        axes_grid(&panel->losses, area, theme, scene);
    }
    axes_draw(&panel->steps, &panel->losses, area, detail, theme, scene);
}

struct vec2 loss_panel_point(const struct plot *plot, double step, double loss)
{
    const struct rect *area = &plot->page.panels[PANEL_LOSS];
    const struct loss_panel *panel = &plot->loss;
    const struct range x = panel->steps.range, y = panel->losses.range;
    double span = y.hi - y.lo;
    double value = axis_value(panel->scale, loss - panel->offset);
    double part = (y.hi - clamp(value, y.lo - span, y.hi + span)) / span;
    return (struct vec2){ area->x + area->width * (step - x.lo) / (x.hi - x.lo),
                          area->y + area->height * part };
}
