#include "plot/landscape.h"

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/memory.h"

/* Of the range of heights, see log_unit. */
static const double LOG_SHARE = 1e-3;

/* Shares of the values' range: where half of the panel lies below them, its
 * scale is a root or a logarithm. */
static const double ROOT_BELOW = 0.2, LOG_BELOW = 0.02;

/* The share of the panel at an end of the range that may be left out, and how
 * much is left of the range where it is. */
static const double TAIL = 0.005, KEPT_AT_MOST = 0.5;

/* How far below the box a floor with level lines is, in the box's heights. */
static const double FLOOR_DROP = 0.3;

/* Samples that stand for the panel where shares of it are asked for. */
enum { QUANTILE_SAMPLES = 20000 };

/* Extents below this have no reciprocal. */
static const double EXTENT_MIN = 1e-290;

/* Room for a flat function, so that scaling by the extent stays finite. */
static struct range never_empty(struct range range)
{
    if (range.hi - range.lo > EXTENT_MIN) {
        return range;
    }
    double room = fmax(1, fabs(range.lo)) * 0.5;
    return (struct range){ range.lo - room, range.hi + room };
}

/* Values that stand for the panel, to ask how high shares of it lie. */
struct distribution {
    double *values; /* finite ones, from places spread over the panel */
    size_t count;
};

/* Takes every so many'th sample; a stride prime to the columns does not follow
 * any of them. */
static size_t quantile_stride(const struct grid *grid)
{
    size_t stride = grid->columns * grid->rows / QUANTILE_SAMPLES + 1;
    while (grid->columns % stride == 0 && stride > 1) {
        stride++;
    }
    return stride;
}

/* The value that would be at an index if they were sorted; changes their order.
 * C. A. R. Hoare, "Algorithm 65: Find", CACM 4(7), 1961. */
static double find(double *values, size_t count, size_t index)
{
    ptrdiff_t first = 0, last = (ptrdiff_t)count - 1, wanted = (ptrdiff_t)index;
    while (first < last) {
        double pivot = values[first + (last - first) / 2];
        ptrdiff_t low = first, high = last;
        while (low <= high) {
            while (values[low] < pivot) {
                low++;
            }
            while (values[high] > pivot) {
                high--;
            }
            if (low <= high) {
                double swap = values[low];
                values[low++] = values[high];
                values[high--] = swap;
            }
        }
        if (wanted > high && wanted < low) {
            break;
        }
        first = wanted <= high ? first : low;
        last = wanted <= high ? high : last;
    }
    return values[index];
}

static double quantile(struct distribution *values, double share)
{
    size_t count = values->count;
    return count ? find(values->values, count, (size_t)(share * (double)(count - 1))) : 0;
}

static struct range without_tails(struct distribution *values, struct range limits)
{
    struct range inner = { fmax(limits.lo, quantile(values, TAIL)),
                           fmin(limits.hi, quantile(values, 1 - TAIL)) };
    double kept = inner.hi - inner.lo;
    return kept > 0 && kept < KEPT_AT_MOST * (limits.hi - limits.lo) ? inner : limits;
}

static enum scale fitting_scale(double median, struct range limits)
{
    if (!(limits.hi > limits.lo)) {
        return SCALE_LINEAR;
    }
    double below = (median - limits.lo) / (limits.hi - limits.lo);
    return below < LOG_BELOW ? SCALE_LOG : below < ROOT_BELOW ? SCALE_ROOT : SCALE_LINEAR;
}

/* The scale of levels and colours, see the header. */
static struct value_scale contour_scale(struct distribution *values, struct range limits,
                                        enum scale wanted)
{
    struct value_scale scale = { .scale = wanted };
    if (wanted == SCALE_AUTO) {
        scale.scale = fitting_scale(quantile(values, 0.5), limits);
    }
    if (scale.scale == SCALE_ROOT) {
        scale.base = limits.lo;
    } else if (scale.scale == SCALE_LOG) {
        scale.base = fmin(0, limits.lo);
        scale.foot = fmax(quantile(values, TAIL), limits.lo) - scale.base;
        if (!(scale.foot > 0)) { /* flat at the bottom: any small share will do */
            scale.foot = fmax(1e-3 * (limits.hi - scale.base), DBL_MIN);
        }
    }
    return scale;
}

static struct value_scale notebook_scale(enum scale wanted, struct range limits)
{
    return (struct value_scale){ .scale = wanted == SCALE_AUTO ? SCALE_LINEAR : wanted,
                                 .base = wanted == SCALE_ROOT ? limits.lo : 0 };
}

static struct range scaled_range(const struct value_scale *scale, struct range range)
{
    return never_empty((struct range){ value_scaled(scale, range.lo),
                                       value_scaled(scale, range.hi) });
}

/* The limits of all scaled values; the logarithm leaves holes. */
static struct range notebook_range(const struct landscape *landscape, const struct grid *field)
{
    const struct value_scale *scale = &landscape->contour_tone.scale;
    double floor = scale->scale == SCALE_LOG ? scale->base : -INFINITY;
    struct range range = grid_limits_above(field, floor);
    if (range.lo > range.hi) {
        return (struct range){ 0, 1 };
    }
    return (struct range){ value_scaled(scale, range.lo), value_scaled(scale, range.hi) };
}

/* The notebook colours facets by their heights. */
static struct tone facet_tone(const struct landscape *landscape, struct range facets)
{
    const struct height_scale *height = &landscape->height;
    struct tone tone = { .scale = { .scale = height->scale } };
    if (height->scale != SCALE_LINEAR) {
        tone.scale.base = height->scale == SCALE_LOG ? height->low - height->unit : height->low;
    }
    tone.range = scaled_range(&tone.scale, facets);
    return tone;
}

static struct range color_range(const struct contour_section *contour, struct range range)
{
    range.lo = contour->color_min.given ? contour->color_min.value : range.lo;
    range.hi = contour->color_max.given ? contour->color_max.value : range.hi;
    return range;
}

/* Positive values have their plain logarithm. Where the lowest is 0 or less, it
 * is 1 over it that has the logarithm 0, or a share of the range if that is less. */
static double log_unit(struct range limits)
{
    double share = fmin(1, LOG_SHARE * (limits.hi - limits.lo));
    return limits.lo > 0 ? limits.lo : share > 0 ? share : 1;
}

static void apply_cut(struct landscape *landscape, const struct surface_section *surface)
{
    const struct maybe_range *z = &surface->z;
    landscape->cut = (struct range){ -INFINITY, INFINITY };
    if (z->given) {
        landscape->limits = z->value;
    }
    landscape->height.low = landscape->limits.lo;
    landscape->height.unit = log_unit(landscape->limits);
    struct range heights = { height_of(&landscape->height, landscape->limits.lo),
                             height_of(&landscape->height, landscape->limits.hi) };
    if (z->given) {
        landscape->cut = heights;
    }
    landscape->box = never_empty(heights);
    landscape->floor = landscape->box.lo;
    if (surface->contours == DRAPE_FLOOR) {
        landscape->floor -= FLOOR_DROP * (landscape->box.hi - landscape->box.lo);
    }
}

/* The means of facets need all samples at a time. */
static void init_notebook(struct landscape *landscape, const struct preset *preset)
{
    struct tone *tone = &landscape->contour_tone;
    struct grid field = landscape->axes;
    grid_sample(&field, landscape->objective);
    struct range facets = grid_facet_limits(&field);
    landscape->limits = grid_limits(&field);
    apply_cut(landscape, &preset->surface);
    tone->scale = notebook_scale(preset->contour.scale, landscape->limits);
    landscape->level_range = notebook_range(landscape, &field);
    tone->range = never_empty(color_range(&preset->contour, landscape->level_range));
    landscape->surface_tone = facet_tone(landscape, preset->surface.z.given
                                                        ? preset->surface.z.value : facets);
    free(field.z);
}

static void init_scaled(struct landscape *landscape, const struct preset *preset)
{
    struct tone *tone = &landscape->contour_tone;
    struct distribution values;
    landscape->limits = grid_survey(&landscape->axes, landscape->objective,
                                    quantile_stride(&landscape->axes), &values.values,
                                    &values.count);
    apply_cut(landscape, &preset->surface);
    struct range range = preset->surface.z.given ? landscape->limits
                                                 : without_tails(&values, landscape->limits);
    tone->scale = contour_scale(&values, range, preset->contour.scale);
    landscape->level_range = scaled_range(&tone->scale, range);
    tone->range = never_empty(color_range(&preset->contour, landscape->level_range));
    landscape->surface_tone = *tone;
    free(values.values);
}

void landscape_init(struct landscape *landscape, const struct preset *preset,
                    const struct look *look, const struct objective *objective)
{
    *landscape = (struct landscape){ .objective = objective,
                                     .height = { .scale = preset->surface.scale } };
    grid_init(&landscape->axes, objective);
    if (preset->contour.critical) {
        critical_find(&landscape->critical, objective);
    }
    if (look->theme->auto_scale) {
        init_scaled(landscape, preset);
    } else {
        init_notebook(landscape, preset);
    }
}

void landscape_finish(struct landscape *landscape)
{
    grid_finish(&landscape->axes);
    critical_finish(&landscape->critical);
    *landscape = (struct landscape){ 0 };
}

void landscape_scaled(const struct landscape *landscape, struct stride stride,
                      struct grid *scaled)
{
    grid_thin(scaled, &landscape->axes, stride);
    grid_sample(scaled, landscape->objective);
    for (size_t i = 0; i < scaled->columns * scaled->rows; i++) {
        scaled->z[i] = value_scaled(&landscape->contour_tone.scale, scaled->z[i]);
    }
}

double landscape_height(const struct landscape *landscape, struct vec2 at)
{
    double z;
    objective_values(landscape->objective, 1, &at.x, &at.y, &z);
    double height = height_of(&landscape->height, z);
    return range_holds(landscape->cut, height) ? height : NAN;
}
