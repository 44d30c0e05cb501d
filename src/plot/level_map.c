#include "plot/level_map.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "plot/simplify.h"

/* Lines come with a point per cell of the grid; what is less from its place than
 * this many points the eye cannot tell, and files and strokes get smaller. */
static const double NEAR = 0.05;

/* Thinning leaves so many levels, where as many are wanted: a function with
 * many bumps has to show them. */
enum { LEVELS_LEAST = 8 };

/* The samples where lines are only measured. */
static const struct stride COARSE = { 4, 4 };

/* Level lines are traced with about a sample per pixel, where there are as many:
 * a circle of radius 3 is then within a tenth of a pixel of its polygon. */
static const double SAMPLES_PER_PIXEL = 0.9;

/* Beyond the outermost level values go on for less than this share of the distance to the
 * next one, on more than this share of the panel: the ground is as good as flat there, and
 * a line would show its noise. */
static const double FLAT = 0.4, FLAT_AREA = 0.1;

/* Whether the ground is flat beyond the first level, or the last one. */
static bool is_flat_beyond(const struct levels *levels, bool is_last, const struct grid *grid)
{
    const double *values = levels->values, sign = is_last ? 1 : -1;
    size_t end = is_last ? levels->count - 1 : 0, next = is_last ? end - 1 : 1;
    double height = 0;
    size_t beyond = 0, finite = 0;
    for (size_t i = 0; i < grid->columns * grid->rows; i++) {
        double over = sign * (grid->z[i] - values[end]);
        if (isfinite(over)) {
            height = fmax(height, over);
            beyond += over > 0;
            finite++;
        }
    }
    return height < FLAT * fabs(values[end] - values[next])
        && (double)beyond > FLAT_AREA * (double)finite;
}

static void drop_flat(struct levels *levels, const struct grid *grid)
{
    while (levels->count > 2 && is_flat_beyond(levels, true, grid)) {
        levels->count--;
    }
    while (levels->count > 2 && is_flat_beyond(levels, false, grid)) {
        levels->count--;
        memmove(levels->values, levels->values + 1, levels->count * sizeof *levels->values);
    }
}

/* As many levels as are wanted and the eye can separate: so many that their lines
 * are a gap apart on average. A coarse grid is enough to know how long they are. */
static void spread_thinned(struct levels *levels, const struct landscape *landscape, int wanted,
                           double gap, const struct rect *panel)
{
    const struct value_scale *scale = &landscape->contour_tone.scale;
    struct range x = landscape->objective->x, y = landscape->objective->y;
    struct vec2 points = { panel->width / (x.hi - x.lo), panel->height / (y.hi - y.lo) };
    struct grid coarse;
    landscape_scaled(landscape, COARSE, &coarse);
    levels_spread(levels, scale, landscape->level_range, wanted);
    while (wanted > LEVELS_LEAST) {
        double length = contour_length(&coarse, levels, points);
        double part = panel->width * panel->height / (length * gap);
        if (!(part < 1)) { /* nor where there are no lines and no panel */
            break;
        }
        int fewer = (int)(wanted * part);
        fewer = fewer < wanted ? fewer : wanted - 1;
        wanted = fewer > LEVELS_LEAST ? fewer : LEVELS_LEAST;
        levels_finish(levels);
        levels_spread(levels, scale, landscape->level_range, wanted);
    }
    drop_flat(levels, &coarse);
    grid_finish(&coarse);
}

static struct color level_color(const struct look *look, double part)
{
    const struct theme *theme = look->theme;
    if (theme->level_colored) {
        return color_fade(colormap_color(look->contour_map, part),
                          look->filled ? 1 : look->contour_alpha);
    }
    return color_fade(color_hex(theme->level_ink), theme->level_ink_alpha);
}

static void color_levels(struct level_map *map, const struct look *look, struct range range)
{
    size_t count = map->levels.count;
    map->colors = memory_new(count, sizeof *map->colors);
    for (size_t i = 0; i < count; i++) {
        double span = range.hi - range.lo;
        double part = span > 0 ? (map->levels.values[i] - range.lo) / span : 0;
        map->colors[i] = level_color(look, part);
    }
}

/* A band has the colour of its middle, mixed with the background. */
static void color_bands(struct level_map *map, const struct look *look, struct range range)
{
    const double *levels = map->levels.values;
    size_t count = map->levels.count;
    struct color background = color_hex(look->theme->background);
    map->band_colors = memory_new(count + 1, sizeof *map->band_colors);
    for (size_t i = 0; i <= count; i++) {
        double low = i > 0 ? fmax(levels[i - 1], range.lo) : range.lo;
        double high = i < count ? fmin(levels[i], range.hi) : range.hi;
        double part = ((low + high) / 2 - range.lo) / (range.hi - range.lo);
        map->band_colors[i] = color_mix(background, colormap_blend(look->contour_map, part),
                                        look->contour_alpha);
    }
}

/* The notebook's colours go from its first level to its last. */
static struct range notebook_range(const struct levels *levels,
                                   const struct contour_section *section)
{
    struct range range = { 0, 1 };
    if (levels->count) {
        range = (struct range){ levels->values[0], levels->values[levels->count - 1] };
    }
    range.lo = section->color_min.given ? section->color_min.value : range.lo;
    range.hi = section->color_max.given ? section->color_max.value : range.hi;
    return range;
}

static void simplify_lines(struct level_lines *levels, size_t level_count,
                           struct vec2 tolerance)
{
    for (size_t level = 0; level < level_count; level++) {
        struct level_lines *lines = &levels[level];
        const struct vec2 *from = lines->points;
        lines->point_count = 0;
        for (size_t i = 0; i < lines->count; i++) {
            struct vec2 *to = lines->points + lines->point_count;
            size_t length = lines->lengths[i];
            memmove(to, from, length * sizeof *to);
            from += length;
            lines->lengths[i] = simplify(to, length, tolerance);
            lines->point_count += lines->lengths[i];
        }
    }
}

static void find_parts(struct level_map *map, const struct landscape *landscape)
{
    const struct value_scale *scale = &landscape->contour_tone.scale;
    map->parts = memory_new(map->levels.count, sizeof *map->parts);
    for (size_t i = 0; i < map->levels.count; i++) {
        map->parts[i] = tone_part(&landscape->surface_tone,
                                  value_unscaled(scale, map->levels.values[i]));
    }
}

/* The sample in the middle is one of those, where that does not take twice as many: many
 * functions have walls along their axes, which are seen there or nowhere. */
static size_t axis_stride(size_t samples, double pixels)
{
    double wanted = fmax(1, SAMPLES_PER_PIXEL * pixels);
    size_t most = (size_t)fmax(1, (double)samples / wanted), stride = most;
    while (2 * stride > most && ((samples - 1) % 2 || (samples - 1) / 2 % stride)) {
        stride--;
    }
    return 2 * stride > most ? stride : most;
}

static struct stride pixel_stride(const struct grid *axes, const struct rect *panel, double dpi)
{
    return (struct stride){ axis_stride(axes->columns, panel->width * dpi / 72),
                            axis_stride(axes->rows, panel->height * dpi / 72) };
}

/* What lines and regions are traced from. */
struct tracing {
    struct level_map *map;
    struct grid field;
    struct vec2 tolerance; /* data coordinates */
};

/* Part 0: lines; 1: regions. */
static void trace_part(void *context, size_t part)
{
    const struct tracing *tracing = context;
    struct level_map *map = tracing->map;
    if (part == 0) {
        map->lines = contour_trace(&tracing->field, &map->levels);
        simplify_lines(map->lines, map->levels.count, tracing->tolerance);
    } else {
        map->regions = contour_regions(&tracing->field, &map->levels);
        simplify_lines(map->regions, map->levels.count + 1, tracing->tolerance);
    }
}

static void trace(struct level_map *map, const struct landscape *landscape, bool is_filled,
                  const struct rect *panel, double dpi)
{
    struct range x = landscape->objective->x, y = landscape->objective->y;
    struct tracing tracing = { .map = map,
                               .tolerance = { NEAR * (x.hi - x.lo) / panel->width,
                                              NEAR * (y.hi - y.lo) / panel->height } };
    landscape_scaled(landscape, pixel_stride(&landscape->axes, panel, dpi), &tracing.field);
    parallel_for(is_filled ? 2 : 1, trace_part, &tracing);
    grid_finish(&tracing.field);
}

void level_map_init(struct level_map *map, const struct landscape *landscape,
                    const struct contour_section *section, const struct look *look,
                    const struct rect *panel, double dpi)
{
    struct range range = landscape->contour_tone.range;
    *map = (struct level_map){ 0 };
    if (look->theme->auto_scale) {
        spread_thinned(&map->levels, landscape, section->levels, look->theme->level_gap, panel);
    } else {
        levels_init(&map->levels, landscape->level_range, section->levels);
        range = notebook_range(&map->levels, section);
    }
    trace(map, landscape, look->filled, panel, dpi);
    color_levels(map, look, range);
    find_parts(map, landscape);
    if (look->filled) {
        color_bands(map, look, range);
    }
}

void level_map_finish(struct level_map *map)
{
    contour_free(map->lines, map->levels.count);
    contour_free(map->regions, map->levels.count + 1);
    free(map->colors);
    free(map->parts);
    free(map->band_colors);
    levels_finish(&map->levels);
    *map = (struct level_map){ 0 };
}
