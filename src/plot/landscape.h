/* Everything about the function that does not depend on the page: computed
 * once, shared by film, stills and every size. */
#ifndef PLOT_LANDSCAPE_H
#define PLOT_LANDSCAPE_H

#include "load/preset.h"
#include "model/objective.h"
#include "plot/grid.h"
#include "plot/scale.h"
#include "plot/style.h"
#include "plot/surface.h"

struct landscape {
    const struct objective *objective; /* borrowed */
    struct range limits;               /* of the function on the grid, and within surface.z */
    struct grid field;                 /* values on the contour's scale */
    struct range level_range;          /* of the field */
    struct tone contour_tone;
    struct tone surface_tone; /* the same, unless the theme is the notebook's */
    struct height_scale height;
    struct range cut; /* heights outside it are not shown; infinite: all are */
    struct range box; /* heights at the bottom and top of the camera's box */
};

/* The contour's scale, where the preset leaves it to the theme: linear, but
 * root when half of the panel lies in the lowest fifth of the values and log
 * when it lies in the lowest fiftieth.
 *
 * A root is that of z - lo, lo being the least value. A logarithm is that of z
 * where no value is negative, else of z - lo; its range begins at the value
 * below which a five-hundredth of the panel lies, so that neither a minimum of
 * 0 nor the hole around it takes all levels and colours. In theme notebook it
 * is plainly that of z, and z <= 0 is a hole. */
void landscape_init(struct landscape *landscape, const struct preset *preset,
                    const struct look *look, const struct objective *objective);
void landscape_finish(struct landscape *landscape);

/* How high the surface is at a point; NaN where it is not shown. */
double landscape_height(const struct landscape *landscape, struct vec2 at);

#endif
