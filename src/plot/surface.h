/* The surface: a mesh over the domain, and that mesh seen by a camera. */
#ifndef PLOT_SURFACE_H
#define PLOT_SURFACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "model/objective.h"
#include "plot/camera.h"
#include "plot/colormap.h"

/* Cells along each axis: fine enough for smooth silhouettes at print sizes. */
enum { MESH_CELLS = 256, MESH_SIDE = MESH_CELLS + 1 };

/* Heights at MESH_SIDE x MESH_SIDE points that span the domain to its very
 * ends, row by row from y.lo. Heights that are not finite are holes. */
struct mesh {
    struct range x, y;
    double *heights;
    struct range limits; /* of the heights; never empty */
};

/* The transform from a function value to a height in the picture. */
struct height_scale {
    enum scale scale;
    double low; /* SCALE_LOG shows log(1 + z - low) */
};

double height_of(const struct height_scale *scale, double z);

void mesh_init(struct mesh *mesh, const struct objective *objective,
               const struct height_scale *scale);
void mesh_finish(struct mesh *mesh);

/* What the rasterizer needs: the mesh, projected. Borrowed, but for vertices. */
struct surface_view {
    const struct mesh *mesh;
    struct projected *vertices; /* in the mesh's order */
    const struct colormap *colormap;
    struct range color_range; /* heights at the ends of the colormap */
};

void surface_view_init(struct surface_view *view, const struct mesh *mesh,
                       const struct camera *camera, const struct colormap *colormap,
                       struct range color_range);
void surface_view_finish(struct surface_view *view);

/* The box of the mesh on the camera's view plane, what lies behind it left out. */
void mesh_view_box(const struct mesh *mesh, const struct camera *camera, struct vec2 *lo,
                   struct vec2 *hi);

/* Whether the surface hides a point of itself from the eye (both in data
 * coordinates of the mesh): the line of sight is walked cell by cell, and it
 * is blocked where it changes from one side of the surface to the other.
 * A point seen on the underside is not hidden. */
bool surface_hides(const struct mesh *mesh, struct vec3 eye, struct vec3 point);

#endif
