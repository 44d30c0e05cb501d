#include "plot/surface.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

double height_of(const struct height_scale *scale, double z)
{
    return scale->scale == SCALE_LOG ? log1p(z - scale->low) : z;
}

static double mesh_coordinate(struct range range, size_t index)
{
    return index == MESH_CELLS ? range.hi
                               : range.lo + (range.hi - range.lo) * (double)index / MESH_CELLS;
}

static void mesh_row(struct mesh *mesh, const struct objective *objective,
                     const struct height_scale *scale, size_t row)
{
    double x[MESH_SIDE], y[MESH_SIDE], z[MESH_SIDE];
    for (size_t i = 0; i < MESH_SIDE; i++) {
        x[i] = mesh_coordinate(mesh->x, i);
        y[i] = mesh_coordinate(mesh->y, row);
    }
    objective_values(objective, MESH_SIDE, x, y, z);
    for (size_t i = 0; i < MESH_SIDE; i++) {
        double height = height_of(scale, z[i]);
        mesh->heights[row * MESH_SIDE + i] = height;
        if (isfinite(height)) {
            mesh->limits.lo = fmin(mesh->limits.lo, height);
            mesh->limits.hi = fmax(mesh->limits.hi, height);
        }
    }
}

void mesh_init(struct mesh *mesh, const struct objective *objective,
               const struct height_scale *scale)
{
    mesh->x = objective->x;
    mesh->y = objective->y;
    mesh->limits = (struct range){ INFINITY, -INFINITY };
    mesh->heights = memory_new(MESH_SIDE * MESH_SIDE, sizeof *mesh->heights);
    for (size_t row = 0; row < MESH_SIDE; row++) {
        mesh_row(mesh, objective, scale, row);
    }
    if (mesh->limits.lo > mesh->limits.hi) {
        mesh->limits = (struct range){ 0, 1 };
    }
}

void mesh_finish(struct mesh *mesh)
{
    free(mesh->heights);
    *mesh = (struct mesh){ 0 };
}

static struct vec3 mesh_vertex(const struct mesh *mesh, size_t row, size_t column)
{
    return (struct vec3){ mesh_coordinate(mesh->x, column), mesh_coordinate(mesh->y, row),
                          mesh->heights[row * MESH_SIDE + column] };
}

/* Interpolated bilinearly; NaN in holes and outside the domain. */
static double mesh_height(const struct mesh *mesh, double x, double y)
{
    double u = (x - mesh->x.lo) / (mesh->x.hi - mesh->x.lo) * MESH_CELLS;
    double v = (y - mesh->y.lo) / (mesh->y.hi - mesh->y.lo) * MESH_CELLS;
    if (!(u >= 0 && u <= MESH_CELLS && v >= 0 && v <= MESH_CELLS)) {
        return NAN;
    }
    size_t column = u < MESH_CELLS ? (size_t)u : MESH_CELLS - 1;
    size_t row = v < MESH_CELLS ? (size_t)v : MESH_CELLS - 1;
    const double *low = mesh->heights + row * MESH_SIDE + column, *high = low + MESH_SIDE;
    double across = u - (double)column, along = v - (double)row;
    return (1 - along) * ((1 - across) * low[0] + across * low[1])
           + along * ((1 - across) * high[0] + across * high[1]);
}

void surface_view_init(struct surface_view *view, const struct mesh *mesh,
                       const struct camera *camera, const struct colormap *colormap,
                       struct range color_range)
{
    *view = (struct surface_view){ .mesh = mesh, .colormap = colormap, .color_range = color_range };
    view->vertices = memory_new(MESH_SIDE * MESH_SIDE, sizeof *view->vertices);
    for (size_t row = 0; row < MESH_SIDE; row++) {
        for (size_t column = 0; column < MESH_SIDE; column++) {
            view->vertices[row * MESH_SIDE + column] =
                camera_project(camera, mesh_vertex(mesh, row, column));
        }
    }
}

void surface_view_finish(struct surface_view *view)
{
    free(view->vertices);
    *view = (struct surface_view){ 0 };
}

void mesh_view_box(const struct mesh *mesh, const struct camera *camera, struct vec2 *lo,
                   struct vec2 *hi)
{
    *lo = (struct vec2){ INFINITY, INFINITY };
    *hi = (struct vec2){ -INFINITY, -INFINITY };
    for (size_t row = 0; row < MESH_SIDE; row++) {
        for (size_t column = 0; column < MESH_SIDE; column++) {
            double depth;
            struct vec2 view = camera_view(camera, mesh_vertex(mesh, row, column), &depth);
            if (depth > 0 && isfinite(view.x) && isfinite(view.y)) {
                *lo = (struct vec2){ fmin(lo->x, view.x), fmin(lo->y, view.y) };
                *hi = (struct vec2){ fmax(hi->x, view.x), fmax(hi->y, view.y) };
            }
        }
    }
}

bool surface_hides(const struct mesh *mesh, struct vec3 eye, struct vec3 point)
{
    /* One step per mesh cell along the longer horizontal direction; the first
     * is skipped, where interpolation cannot tell the point from its surface. */
    double cells_x = (eye.x - point.x) / (mesh->x.hi - mesh->x.lo) * MESH_CELLS;
    double cells_y = (eye.y - point.y) / (mesh->y.hi - mesh->y.lo) * MESH_CELLS;
    double steps = fmax(fabs(cells_x), fabs(cells_y));
    double tolerance = 1e-3 * (mesh->limits.hi - mesh->limits.lo);
    bool above = false, below = false;
    for (double step = 1; step < steps; step++) {
        double part = step / steps;
        struct vec3 at = { point.x + part * (eye.x - point.x), point.y + part * (eye.y - point.y),
                           point.z + part * (eye.z - point.z) };
        if (!range_holds(mesh->x, at.x) || !range_holds(mesh->y, at.y)) {
            break;
        }
        double over = at.z - mesh_height(mesh, at.x, at.y); /* NaN over a hole */
        above = above || over > tolerance;
        below = below || over < -tolerance;
        if (above && below) {
            return true;
        }
    }
    return false;
}
