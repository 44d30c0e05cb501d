#include "plot/landscape.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* Room for a flat function, so that scaling by the extent stays finite. */
static struct range never_empty(struct range range)
{
    if (range.hi > range.lo) {
        return range;
    }
    double room = fmax(1, fabs(range.lo)) * 0.5;
    return (struct range){ range.lo - room, range.hi + room };
}

/* The grid's values as the level lines see them. */
static void take_logarithms(struct grid *grid)
{
    for (size_t i = 0; i < grid->columns * grid->rows; i++) {
        grid->z[i] = log(grid->z[i]);
    }
}

static void color_levels(struct landscape *landscape, const struct contour_section *contour,
                         const struct look *look)
{
    const struct levels *levels = &landscape->levels;
    landscape->level_colors = memory_new(levels->count, sizeof *landscape->level_colors);
    if (!levels->count) {
        return;
    }
    double low = contour->color_min.given ? contour->color_min.value : levels->values[0];
    double high = contour->color_max.given ? contour->color_max.value
                                           : levels->values[levels->count - 1];
    for (size_t i = 0; i < levels->count; i++) {
        double part = high > low ? (levels->values[i] - low) / (high - low) : 0;
        landscape->level_colors[i] = color_fade(colormap_color(look->contour_map, part),
                                                look->contour_alpha);
    }
}

void landscape_init(struct landscape *landscape, const struct preset *preset,
                    const struct look *look, const struct objective *objective)
{
    struct grid grid;
    grid_init(&grid, objective);
    *landscape = (struct landscape){ .objective = objective, .limits = grid_limits(&grid) };
    landscape->height = (struct height_scale){ preset->surface.scale, landscape->limits.lo };
    struct range facets = grid_facet_limits(&grid);
    if (preset->contour.scale == SCALE_LOG) {
        take_logarithms(&grid);
    }
    levels_init(&landscape->levels, grid_limits(&grid), preset->contour.levels);
    landscape->lines = contour_trace(&grid, &landscape->levels);
    grid_finish(&grid);
    color_levels(landscape, &preset->contour, look);

    const struct height_scale *height = &landscape->height;
    landscape->box = never_empty((struct range){ height_of(height, landscape->limits.lo),
                                                 height_of(height, landscape->limits.hi) });
    landscape->surface_range = never_empty((struct range){ height_of(height, facets.lo),
                                                           height_of(height, facets.hi) });
    mesh_init(&landscape->mesh, objective, height);
}

void landscape_finish(struct landscape *landscape)
{
    contour_free(landscape->lines, landscape->levels.count);
    levels_finish(&landscape->levels);
    free(landscape->level_colors);
    mesh_finish(&landscape->mesh);
    *landscape = (struct landscape){ 0 };
}
