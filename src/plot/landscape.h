/* Everything about the function that does not depend on the page: computed
 * once, shared by film, stills and every size. */
#ifndef PLOT_LANDSCAPE_H
#define PLOT_LANDSCAPE_H

#include "base/color.h"
#include "load/preset.h"
#include "model/objective.h"
#include "plot/contour.h"
#include "plot/grid.h"
#include "plot/levels.h"
#include "plot/style.h"
#include "plot/surface.h"

struct landscape {
    const struct objective *objective; /* borrowed */
    struct range limits;               /* of the function on the grid */
    struct levels levels;
    struct level_lines *lines;  /* one per level */
    struct color *level_colors; /* one per level */
    struct height_scale height;
    struct mesh mesh;
    struct range box;           /* heights at the bottom and top of the camera's box */
    struct range surface_range; /* heights at the ends of the surface's colormap */
};

/* The values of level lines are of z, or of its natural logarithm when the
 * contour section says log (z <= 0 is a hole then). */
void landscape_init(struct landscape *landscape, const struct preset *preset,
                    const struct look *look, const struct objective *objective);
void landscape_finish(struct landscape *landscape);

#endif
