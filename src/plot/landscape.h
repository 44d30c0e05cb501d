/* Everything about the function that does not depend on the page: computed
 * once, shared by film, stills and every size. */
#ifndef PLOT_LANDSCAPE_H
#define PLOT_LANDSCAPE_H

#include "load/preset.h"
#include "model/critical.h"
#include "model/objective.h"
#include "plot/grid.h"
#include "plot/scale.h"
#include "plot/style.h"
#include "plot/surface.h"

struct landscape {
    const struct objective *objective; /* borrowed */
    struct range limits;               /* of the function on the grid, and within surface.z */
    struct grid axes;                  /* of the samples; these are not kept */
    struct range level_range;          /* of scaled values, which levels divide */
    struct tone contour_tone;
    struct tone surface_tone; /* the same, unless the theme is the notebook's */
    struct height_scale height;
    struct range cut; /* heights outside it are not shown; infinite: all are */
    struct range box; /* heights at the bottom and top of the camera's box */
    struct critical_points critical; /* none unless they are marked */
    double floor;     /* the height of the floor, below the box where lines lie on it */
};

/* Levels and colours divide the range of the values, or of surface.z where it
 * is given; and where the lowest and the highest two-hundredth of the panel
 * take more than half of that range, as poles do, the range without these.
 *
 * Where the preset leaves the scale to the theme it is linear, but root when
 * half of the panel lies in the lowest fifth of the range and log when it lies
 * in the lowest fiftieth. A root is that of z - lo, lo being the range's low
 * end. A logarithm is that of z where lo is not negative, else of z - lo; it
 * begins at the value below which a two-hundredth of the panel lies, so that
 * neither a minimum of 0 nor the hole around it takes all levels and colours.
 *
 * In theme notebook the range is that of all values, the scale linear unless
 * the preset says otherwise, and the logarithm that of z; z <= 0 is a hole. */
void landscape_init(struct landscape *landscape, const struct preset *preset,
                    const struct look *look, const struct objective *objective);
void landscape_finish(struct landscape *landscape);

/* Samples the function on the contour's scale, thinned as by grid_thin. Finish it
 * with grid_finish. */
void landscape_scaled(const struct landscape *landscape, struct stride stride,
                      struct grid *scaled);

/* How high the surface is at a point; NaN where it is not shown. */
double landscape_height(const struct landscape *landscape, struct vec2 at);

#endif
