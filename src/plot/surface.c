#include "plot/surface.h"

#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "plot/folds.h"

/* The least and the greatest number of cells, and how many pixels wide one is
 * at most in between. */
enum { CELLS_MIN = 96, CELLS_MAX = 1024, CELLS_STEP = 32 };
static const double CELL_PIXELS = 5.5;

/* Where the light comes from, seen from the eye: upper left, over the shoulder.
 * A unit vector to the right, upwards and towards the eye. */
static const struct vec3 LIGHT = { -0.41, 0.57, 0.71 };

/* log(1 + value / unit), also where the ratio is no double. */
static double log_of_ratio(double value, double unit)
{
    double ratio = value / unit;
    return isinf(ratio) && isfinite(value) ? cr_log(value) - cr_log(unit) : cr_log1p(ratio);
}

double height_of(const struct height_scale *scale, double z)
{
    double over = z - scale->low;
    switch (scale->scale) {
    case SCALE_ROOT:
        return copysign(sqrt(fabs(over)), over);
    case SCALE_LOG:
        return copysign(log_of_ratio(fabs(over), scale->unit), over);
    case SCALE_LINEAR:
    case SCALE_AUTO:
        break;
    }
    return z;
}

size_t mesh_cells(double pixels, bool is_cut)
{
    size_t finer = is_cut ? 2 : 1, cells = CELLS_MIN * finer;
    while (cells < CELLS_MAX && (double)cells * CELL_PIXELS < pixels * (double)finer) {
        cells += CELLS_STEP;
    }
    return cells;
}

double mesh_coordinate(const struct mesh *mesh, struct range range, double index)
{
    double cells = (double)mesh->cells;
    return index == cells ? range.hi : range.lo + (range.hi - range.lo) * index / cells;
}

/* The coordinates of every column or row; free them with free. */
static double *mesh_axis(const struct mesh *mesh, struct range range)
{
    double *axis = memory_new(mesh_side(mesh), sizeof *axis);
    for (size_t i = 0; i < mesh_side(mesh); i++) {
        axis[i] = mesh_coordinate(mesh, range, (double)i);
    }
    return axis;
}

/* From the function's values to heights and colours. */
static void mesh_scale(struct mesh *mesh, const struct height_scale *scale,
                       const struct tone *tone)
{
    for (size_t i = 0; i < mesh_side(mesh) * mesh_side(mesh); i++) {
        mesh->parts[i] = tone_part(tone, mesh->heights[i]);
        mesh->heights[i] = height_of(scale, mesh->heights[i]);
        if (isfinite(mesh->heights[i])) {
            mesh->limits.lo = fmin(mesh->limits.lo, mesh->heights[i]);
            mesh->limits.hi = fmax(mesh->limits.hi, mesh->heights[i]);
        }
    }
}

void mesh_init(struct mesh *mesh, const struct objective *objective, size_t cells,
               const struct height_scale *scale, const struct tone *tone, struct range cut)
{
    *mesh = (struct mesh){ .x = objective->x, .y = objective->y, .cells = cells,
                           .limits = { INFINITY, -INFINITY }, .cut = cut };
    size_t side = mesh_side(mesh);
    mesh->heights = memory_new(side * side, sizeof *mesh->heights);
    mesh->parts = memory_new(side * side, sizeof *mesh->parts);
    double *x = mesh_axis(mesh, mesh->x), *y = mesh_axis(mesh, mesh->y);
    objective_grid(objective, side, x, side, y, mesh->heights);
    mesh_scale(mesh, scale, tone);
    folds_find(mesh, &(struct fold_source){ objective, scale, tone });
    free(x);
    free(y);
    mesh->limits.lo = fmax(mesh->limits.lo, cut.lo);
    mesh->limits.hi = fmin(mesh->limits.hi, cut.hi);
    if (mesh->limits.lo > mesh->limits.hi) {
        mesh->limits = (struct range){ 0, 1 };
    }
}

void mesh_finish(struct mesh *mesh)
{
    free(mesh->heights);
    free(mesh->parts);
    free(mesh->shifts);
    *mesh = (struct mesh){ 0 };
}

struct vec3 mesh_vertex(const struct mesh *mesh, size_t row, size_t column)
{
    size_t at = row * mesh_side(mesh) + column;
    struct vec2 shift = mesh->shifts ? mesh->shifts[at] : (struct vec2){ 0, 0 };
    return (struct vec3){ mesh_coordinate(mesh, mesh->x, (double)column + shift.x),
                          mesh_coordinate(mesh, mesh->y, (double)row + shift.y),
                          mesh->heights[at] };
}

/* Interpolated bilinearly; NaN in holes, outside the domain and where the
 * surface is cut off. */
static double mesh_height(const struct mesh *mesh, double x, double y)
{
    double cells = (double)mesh->cells;
    double u = (x - mesh->x.lo) / (mesh->x.hi - mesh->x.lo) * cells;
    double v = (y - mesh->y.lo) / (mesh->y.hi - mesh->y.lo) * cells;
    if (!(u >= 0 && u <= cells && v >= 0 && v <= cells)) {
        return NAN;
    }
    size_t column = u < cells ? (size_t)u : mesh->cells - 1;
    size_t row = v < cells ? (size_t)v : mesh->cells - 1;
    const double *low = mesh->heights + row * mesh_side(mesh) + column;
    const double *high = low + mesh_side(mesh);
    double across = u - (double)column, along = v - (double)row;
    double height = (1 - along) * ((1 - across) * low[0] + across * low[1])
                    + along * ((1 - across) * high[0] + across * high[1]);
    return isfinite(height) && range_holds(mesh->cut, height) ? height : (double)NAN;
}

/* The slope between two neighbours of a vertex, or to the one that is finite. */
static double slope(double before, double here, double after)
{
    if (isfinite(before) && isfinite(after)) {
        return (after - before) / 2;
    }
    return isfinite(after) ? after - here : isfinite(before) ? here - before : 0;
}

/* Upwards from the surface, in the camera's box, not of unit length. */
static struct vec3 normal_at(const struct surface_view *view, size_t row, size_t column)
{
    const struct mesh *mesh = view->mesh;
    const struct vec3 *scale = &view->camera.scale;
    size_t side = mesh_side(mesh);
    const double *here = mesh->heights + row * side + column;
    double across = slope(column > 0 ? here[-1] : (double)NAN, *here,
                          column < mesh->cells ? here[1] : (double)NAN);
    double along = slope(row > 0 ? *(here - side) : (double)NAN, *here,
                         row < mesh->cells ? here[side] : (double)NAN);
    double cells = (double)mesh->cells;
    return (struct vec3){ -across * cells * scale->z / ((mesh->x.hi - mesh->x.lo) * scale->x),
                          -along * cells * scale->z / ((mesh->y.hi - mesh->y.lo) * scale->y), 1 };
}

/* Soft light (half Lambert) on the side that is seen. It takes from a colour
 * and never adds to it, so that the colormap keeps its ends. */
static double light_at(const struct surface_view *view, size_t row, size_t column, struct vec3 at)
{
    const struct camera *camera = &view->camera;
    struct vec3 normal = normal_at(view, row, column);
    struct vec3 to_eye = { camera->eye.x - (at.x - camera->low.x) * camera->scale.x,
                           camera->eye.y - (at.y - camera->low.y) * camera->scale.y,
                           camera->eye.z - (at.z - camera->low.z) * camera->scale.z };
    struct vec3 seen = { vec3_dot(normal, camera->right), vec3_dot(normal, camera->up),
                         vec3_dot(normal, camera->back) };
    double facing = copysign(1, vec3_dot(normal, to_eye));
    double cosine = facing * vec3_dot(seen, LIGHT) / sqrt(vec3_dot(normal, normal));
    double darkness = (1 - cosine) / 2;
    return 1 - view->style.shade * fmin(1, 1.6 * darkness);
}

/* A fold is as light as the lighter one of its sides, all along. */
static void light_folds(struct surface_view *view)
{
    const struct mesh *mesh = view->mesh;
    size_t side = mesh_side(mesh);
    for (size_t row = 1; row < mesh->cells; row++) {
        for (size_t column = 1; column < mesh->cells; column++) {
            size_t at = row * side + column;
            double light = 0;
            for (size_t i = 0; is_on_fold(mesh, at) && i < 9; i++) {
                size_t beside = at + (i / 3) * side + i % 3 - side - 1;
                light = is_on_fold(mesh, beside) ? light : fmax(light, view->lights[beside]);
            }
            view->lights[at] = light > 0 ? light : view->lights[at];
        }
    }
}

void surface_view_init(struct surface_view *view, const struct mesh *mesh,
                       const struct camera *camera, const struct surface_style *style)
{
    size_t side = mesh_side(mesh);
    *view = (struct surface_view){ .mesh = mesh, .style = *style, .camera = *camera };
    view->vertices = memory_new(side * side, sizeof *view->vertices);
    view->lights = memory_new(side * side, sizeof *view->lights);
    double *x = mesh_axis(mesh, mesh->x);
    for (size_t row = 0, i = 0; row < side; row++) {
        double y = mesh_coordinate(mesh, mesh->y, (double)row);
        for (size_t column = 0; column < side; column++, i++) {
            struct vec3 at = mesh->shifts ? mesh_vertex(mesh, row, column)
                                          : (struct vec3){ x[column], y, mesh->heights[i] };
            view->vertices[i] = camera_project(&view->camera, at);
            view->lights[i] = style->shade > 0 ? light_at(view, row, column, at) : 1;
        }
    }
    if (mesh->shifts) {
        light_folds(view);
    }
    free(x);
}

void surface_view_finish(struct surface_view *view)
{
    free(view->vertices);
    free(view->lights);
    *view = (struct surface_view){ 0 };
}

void mesh_view_box(const struct mesh *mesh, const struct camera *camera, struct vec2 *lo,
                   struct vec2 *hi)
{
    *lo = (struct vec2){ INFINITY, INFINITY };
    *hi = (struct vec2){ -INFINITY, -INFINITY };
    double *x = mesh_axis(mesh, mesh->x);
    for (size_t row = 0, i = 0; row <= mesh->cells; row++) {
        double y = mesh_coordinate(mesh, mesh->y, (double)row);
        for (size_t column = 0; column <= mesh->cells; column++, i++) {
            double depth;
            struct vec3 vertex = { x[column], y, mesh->heights[i] };
            if (!isfinite(vertex.z)) {
                continue;
            }
            vertex.z = fmin(mesh->cut.hi, fmax(mesh->cut.lo, vertex.z));
            struct vec2 view = camera_view(camera, vertex, &depth);
            if (depth > 0) {
                *lo = (struct vec2){ fmin(lo->x, view.x), fmin(lo->y, view.y) };
                *hi = (struct vec2){ fmax(hi->x, view.x), fmax(hi->y, view.y) };
            }
        }
    }
    free(x);
}

/* Narrows part, of the way from a to b, to where it leaves a range. */
static double until_exit(struct range range, double a, double b, double part)
{
    double end = b > a ? (range.hi - a) / (b - a) : b < a ? (range.lo - a) / (b - a) : part;
    return fmin(part, fmax(0, end));
}

bool surface_hides(const struct mesh *mesh, struct vec3 eye, struct vec3 point)
{
    /* One step per cell along the longer horizontal direction, up to the rim. */
    double reach = until_exit(mesh->x, point.x, eye.x, 1);
    reach = until_exit(mesh->y, point.y, eye.y, reach);
    double across = (eye.x - point.x) / (mesh->x.hi - mesh->x.lo);
    double along = (eye.y - point.y) / (mesh->y.hi - mesh->y.lo);
    double steps = ceil(reach * fmax(fabs(across), fabs(along)) * (double)mesh->cells);
    double tolerance = 1e-3 * (mesh->limits.hi - mesh->limits.lo);
    int side = 0; /* of the surface on which the line of sight is */
    /* The mesh is not quite the function: the point itself is on no side. */
    for (double step = 1; step <= steps; step++) {
        double part = reach * step / steps;
        double x = point.x + part * (eye.x - point.x), y = point.y + part * (eye.y - point.y);
        double z = point.z + part * (eye.z - point.z);
        bool is_leaving = eye.z > point.z ? side >= 0 && z > mesh->limits.hi + tolerance
                                          : side <= 0 && z < mesh->limits.lo - tolerance;
        if (is_leaving) { /* nothing is left to cross */
            return false;
        }
        double over = z - mesh_height(mesh, x, y);
        int now = over > tolerance ? 1 : over < -tolerance ? -1 : isnan(over) ? 0 : side;
        if (now * side < 0) {
            return true;
        }
        side = now; /* none over a hole, through which light passes */
    }
    return false;
}
