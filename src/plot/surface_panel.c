/* The surface panel: the mesh seen by a view, and what lies on it. */
#include <math.h>

#include "plot/plot.h"

void plot_surface(const struct plot *plot, const struct view *view, struct scene *scene)
{
    const struct objective *objective = plot->landscape->objective;
    scene_surface(scene, &plot->page.surface_area, &view->surface);
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = objective->minima[i];
        double z;
        objective_values(objective, 1, &at.x, &at.y, &z);
        struct vec3 point = { at.x, at.y, height_of(&plot->landscape->height, z) };
        struct projected seen = camera_project(&view->camera, point);
        bool is_inside = range_holds(objective->x, at.x) && range_holds(objective->y, at.y);
        if (is_inside && isfinite(z) && seen.depth > 0) {
            plot_star(plot, scene, &plot->page.surface_area, seen.page);
        }
    }
}
