#include "plot/camera.h"

#include <math.h>

#include "base/elementary.h"

/* Edges of mplot3d's box: (4, 4, 3) normed to this length. */
static const double BOX_SCALE = 1.8294640721620434;

static struct vec3 cross(struct vec3 a, struct vec3 b)
{
    return (struct vec3){ a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x };
}

static struct vec3 unit(struct vec3 a)
{
    double length = sqrt(vec3_dot(a, a));
    return (struct vec3){ a.x / length, a.y / length, a.z / length };
}

void camera_init(struct camera *camera, struct range x, struct range y, struct range z,
                 double azimuth_deg, double elevation_deg, double distance)
{
    const double edge = BOX_SCALE / sqrt(4 * 4 + 4 * 4 + 3 * 3);
    double azimuth = azimuth_deg * PI / 180, elevation = elevation_deg * PI / 180;
    struct vec3 toward = { cr_cos(elevation) * cr_cos(azimuth),
                           cr_cos(elevation) * cr_sin(azimuth), cr_sin(elevation) };
    camera->low = (struct vec3){ x.lo, y.lo, z.lo };
    camera->scale = (struct vec3){ 4 * edge / (x.hi - x.lo), 4 * edge / (y.hi - y.lo),
                                   3 * edge / (z.hi - z.lo) };
    camera->eye = (struct vec3){ 2 * edge + distance * toward.x, 2 * edge + distance * toward.y,
                                 1.5 * edge + distance * toward.z };
    camera->back = toward;
    /* z cross toward; the azimuth still tells when looking straight down. */
    camera->right = (struct vec3){ -cr_sin(azimuth), cr_cos(azimuth), 0 };
    camera->up = unit(cross(camera->back, camera->right));
    camera->zoom = 1;
    camera->center = (struct vec2){ 0, 0 };
}

void camera_fit_notebook(struct camera *camera, struct rect square)
{
    const double low = -0.095, high = 0.09;
    camera->zoom = square.width / (high - low);
    camera->center.x = square.x - low * camera->zoom;
    camera->center.y = square.y + square.height + low * camera->zoom;
}

void camera_fit(struct camera *camera, struct vec2 lo, struct vec2 hi, struct rect rect)
{
    camera->zoom = fmin(rect.width / (hi.x - lo.x), rect.height / (hi.y - lo.y));
    camera->center.x = rect.x + rect.width / 2 - camera->zoom * (lo.x + hi.x) / 2;
    camera->center.y = rect.y + rect.height / 2 + camera->zoom * (lo.y + hi.y) / 2;
}

struct vec3 camera_eye(const struct camera *camera)
{
    return (struct vec3){ camera->eye.x / camera->scale.x + camera->low.x,
                          camera->eye.y / camera->scale.y + camera->low.y,
                          camera->eye.z / camera->scale.z + camera->low.z };
}
