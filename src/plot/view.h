/* Where the surface is seen from, at one moment of the film. */
#ifndef PLOT_VIEW_H
#define PLOT_VIEW_H

#include "load/preset.h"
#include "plot/camera.h"
#include "plot/landscape.h"
#include "plot/surface.h"

struct view {
    struct camera camera;
    struct vec3 eye;             /* in data coordinates */
    struct surface_view surface; /* the mesh, projected */
};

/* The window on the page that holds the whole surface from every place that
 * the camera comes to, so that the scale does not change during the film. */
struct view_window {
    bool is_notebook; /* the notebook's fixed window on a square */
    struct vec2 lo, hi; /* of the camera's view plane */
    struct rect rect;   /* page points */
};

struct view_window view_window(const struct surface_section *surface,
                               const struct landscape *landscape, const struct mesh *mesh,
                               struct rect panel, bool is_notebook);

/* turn is 0 at the start of the camera's way and 1 at its end. */
void view_init(struct view *view, const struct surface_section *surface,
               const struct landscape *landscape, const struct mesh *mesh,
               const struct surface_style *style, const struct view_window *window, double turn);
void view_finish(struct view *view);

/* Whether the camera moves at all. */
bool view_moves(const struct surface_section *surface);

#endif
