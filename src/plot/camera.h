/* The camera of the surface panel: data coordinates to page points.
 *
 * The data's box is scaled to edges in the ratio 4 : 4 : 3 and seen in
 * perspective from a point at a given distance, as matplotlib's mplot3d does;
 * see camera.c for the formulas. */
#ifndef PLOT_CAMERA_H
#define PLOT_CAMERA_H

#include <stdbool.h>

#include "base/geometry.h"

struct camera {
    struct vec3 low, scale; /* world = (data - low) * scale */
    struct vec3 eye;        /* in world units */
    struct vec3 right, up, back;
    double zoom;        /* view plane units to points */
    struct vec2 center; /* where the view axis meets the page, points */
};

struct projected {
    struct vec2 page; /* points, y downwards */
    double depth;     /* distance in front of the eye; <= 0: behind it, page is useless */
};

/* Looks at the middle of the box. Azimuth and elevation in degrees, distance
 * in units in which the box measures 1.14 x 1.14 x 0.86. */
void camera_init(struct camera *camera, struct range x, struct range y, struct range z,
                 double azimuth_deg, double elevation_deg, double distance);

/* The window of the notebook's pictures: view plane -0.095 .. 0.09 on a square. */
void camera_fit_notebook(struct camera *camera, struct rect square);

/* Shows the view plane box lo..hi centred in rect, as large as fits. */
void camera_fit(struct camera *camera, struct vec2 lo, struct vec2 hi, struct rect rect);

/* The point on the view plane at unit distance, y upwards. Inline, as is the
 * next: whole meshes are seen through them. */
static inline struct vec2 camera_view(const struct camera *camera, struct vec3 data, double *depth)
{
    struct vec3 seen = { (data.x - camera->low.x) * camera->scale.x - camera->eye.x,
                         (data.y - camera->low.y) * camera->scale.y - camera->eye.y,
                         (data.z - camera->low.z) * camera->scale.z - camera->eye.z };
    *depth = -vec3_dot(camera->back, seen);
    return (struct vec2){ vec3_dot(camera->right, seen) / *depth,
                          vec3_dot(camera->up, seen) / *depth };
}

static inline struct projected camera_project(const struct camera *camera, struct vec3 data)
{
    struct projected found;
    struct vec2 view = camera_view(camera, data, &found.depth);
    found.page.x = camera->center.x + camera->zoom * view.x;
    found.page.y = camera->center.y - camera->zoom * view.y;
    return found;
}

/* The eye in data coordinates. */
struct vec3 camera_eye(const struct camera *camera);

#endif
