#include "plot/view.h"

#include <math.h>

/* Places on the camera's way at which its window is measured. */
enum { LOOKS = 16 };

static double at(const struct sweep *sweep, double turn)
{
    return sweep->from + turn * (sweep->to - sweep->from);
}

static void aim(struct camera *camera, const struct surface_section *surface,
                const struct landscape *landscape, double turn)
{
    camera_init(camera, landscape->objective->x, landscape->objective->y, landscape->box,
                at(&surface->azimuth_deg, turn), at(&surface->elevation_deg, turn),
                at(&surface->distance, turn));
}

static bool changes(const struct sweep *sweep)
{
    return sweep->from != sweep->to;
}

bool view_moves(const struct surface_section *surface)
{
    return changes(&surface->azimuth_deg) || changes(&surface->elevation_deg)
        || changes(&surface->distance);
}

/* Widens a box on the view plane by the corners of a rectangle at a height. */
static void include_level(const struct landscape *landscape, const struct camera *camera,
                          double height, struct vec2 *lo, struct vec2 *hi)
{
    const struct objective *objective = landscape->objective;
    for (int i = 0; i < 4; i++) {
        double depth;
        struct vec3 corner = { i % 2 ? objective->x.hi : objective->x.lo,
                               i / 2 ? objective->y.hi : objective->y.lo, height };
        struct vec2 view = camera_view(camera, corner, &depth);
        *lo = (struct vec2){ fmin(lo->x, view.x), fmin(lo->y, view.y) };
        *hi = (struct vec2){ fmax(hi->x, view.x), fmax(hi->y, view.y) };
    }
}

struct view_window view_window(const struct surface_section *surface,
                               const struct landscape *landscape, const struct mesh *mesh,
                               struct rect panel, bool is_notebook)
{
    struct view_window window = { is_notebook, { INFINITY, INFINITY }, { -INFINITY, -INFINITY },
                                  panel };
    int looks = view_moves(surface) ? LOOKS : 0;
    for (int i = 0; i <= looks; i++) {
        struct camera camera;
        struct vec2 lo, hi;
        aim(&camera, surface, landscape, looks ? (double)i / looks : 0);
        mesh_view_box(mesh, &camera, &lo, &hi);
        if (surface->axes || landscape->floor < landscape->box.lo) {
            include_level(landscape, &camera, landscape->floor, &lo, &hi);
        }
        if (surface->axes) {
            include_level(landscape, &camera, landscape->box.hi, &lo, &hi);
        }
        window.lo = (struct vec2){ fmin(window.lo.x, lo.x), fmin(window.lo.y, lo.y) };
        window.hi = (struct vec2){ fmax(window.hi.x, hi.x), fmax(window.hi.y, hi.y) };
    }
    bool is_empty = !(window.hi.x > window.lo.x && window.hi.y > window.lo.y);
    window.is_notebook = is_notebook || is_empty;
    return window;
}

void view_init(struct view *view, const struct surface_section *surface,
               const struct landscape *landscape, const struct mesh *mesh,
               const struct surface_style *style, const struct view_window *window, double turn)
{
    aim(&view->camera, surface, landscape, turn);
    if (window->is_notebook) {
        camera_fit_notebook(&view->camera, window->rect);
    } else {
        camera_fit(&view->camera, window->lo, window->hi, window->rect);
    }
    view->eye = camera_eye(&view->camera);
    surface_view_init(&view->surface, mesh, &view->camera, style);
}

void view_finish(struct view *view)
{
    surface_view_finish(&view->surface);
}
