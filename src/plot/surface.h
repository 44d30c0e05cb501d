/* The surface: a mesh over the domain, and that mesh seen by a camera. */
#ifndef PLOT_SURFACE_H
#define PLOT_SURFACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/color.h"
#include "base/geometry.h"
#include "model/objective.h"
#include "plot/camera.h"
#include "plot/colormap.h"
#include "plot/scale.h"

/* The transform from a function value to a height in the picture. It goes on
 * below low in mirror image, so that a cut at low has clean edges. */
struct height_scale {
    enum scale scale;
    double low;  /* SCALE_ROOT shows sqrt(z - low), */
    double unit; /* SCALE_LOG log(1 + (z - low) / unit): log z when the unit is low */
};

double height_of(const struct height_scale *scale, double z);

/* Heights and colours at (cells + 1)^2 points that span the domain to its very
 * ends, row by row from y.lo. Heights that are not finite are holes. Points next to
 * sharp folds lie on them. */
struct mesh {
    struct range x, y;
    size_t cells; /* along each axis */
    double *heights;
    double *parts;       /* on the colormap, may lie beyond 0 .. 1 */
    struct vec2 *shifts; /* of vertices to folds, in cells; NULL: none */
    struct range cut;    /* heights outside it are not shown */
    struct range limits; /* of the heights that are; never empty */
};

/* How many cells make smooth silhouettes on a panel so many pixels wide. A surface
 * that is cut has twice as many: steep walls end there, and a pole has to lie
 * between two cells. */
size_t mesh_cells(double pixels, bool is_cut);

static inline size_t mesh_side(const struct mesh *mesh)
{
    return mesh->cells + 1;
}

/* Whether a vertex has been moved onto a sharp fold. */
static inline bool is_on_fold(const struct mesh *mesh, size_t vertex)
{
    return mesh->shifts && (mesh->shifts[vertex].x != 0 || mesh->shifts[vertex].y != 0);
}

/* The coordinate of a place between the mesh's columns or rows. */
double mesh_coordinate(const struct mesh *mesh, struct range range, double index);

/* A point of the mesh: its place in the domain and its height. */
struct vec3 mesh_vertex(const struct mesh *mesh, size_t row, size_t column);

void mesh_init(struct mesh *mesh, const struct objective *objective, size_t cells,
               const struct height_scale *scale, const struct tone *tone, struct range cut);
void mesh_finish(struct mesh *mesh);

/* What the surface is painted with. */
struct surface_style {
    const struct colormap *colormap;
    struct color mixed; /* into all colours, */
    double mixed_share; /* this much of it */
    double shade;       /* strength of the light, 0 .. 1 */
    /* Lines each way along the mesh, 0: none; a colour's alpha is that of lines. */
    int mesh_lines;
    double mesh_line_width; /* points, as all widths */
    struct color mesh_line;
    /* Level lines at parts of the colormap, ascending. Borrowed. */
    const double *levels;
    const struct color *level_colors;
    size_t level_count;
    double level_line_width;
};

/* What the rasterizer needs: the mesh, projected. The mesh is borrowed. */
struct surface_view {
    const struct mesh *mesh;
    struct surface_style style;
    struct camera camera;
    struct projected *vertices; /* in the mesh's order */
    double *lights;             /* what the light leaves of a vertex's colour, 0 .. 1 */
};

void surface_view_init(struct surface_view *view, const struct mesh *mesh,
                       const struct camera *camera, const struct surface_style *style);
void surface_view_finish(struct surface_view *view);

/* The box of the mesh on the camera's view plane, what lies behind it or is
 * cut off left out. */
void mesh_view_box(const struct mesh *mesh, const struct camera *camera, struct vec2 *lo,
                   struct vec2 *hi);

/* Whether the surface hides a point of itself from the eye (both in data
 * coordinates of the mesh): the line of sight is walked cell by cell, and it
 * is blocked where it changes from one side of the surface to the other.
 * A point seen on the underside is not hidden. */
bool surface_hides(const struct mesh *mesh, struct vec3 eye, struct vec3 point);

#endif
