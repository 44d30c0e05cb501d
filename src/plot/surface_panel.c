#include "plot/surface_panel.h"

#include <math.h>

#include "plot/locate.h"

struct surface_style surface_panel_style(const struct plot *plot)
{
    const struct look *look = plot->look;
    const struct theme *theme = look->theme;
    return (struct surface_style){
        .colormap = look->surface_map,
        .mixed = color_hex(theme->background),
        .mixed_share = theme->surface_tint,
        .shade = look->shade,
        .mesh_lines = look->mesh_lines,
        .mesh_line_width = theme->mesh_line_width,
        .mesh_line = color_fade(color_hex(theme->mesh_line), theme->mesh_line_alpha),
    };
}

void plot_surface(const struct plot *plot, const struct view *view, struct scene *scene)
{
    const struct objective *objective = plot->landscape->objective;
    const struct rect *area = &plot->page.surface_area;
    scene_surface(scene, area, &view->surface);
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 page;
        if (in_domain(objective, objective->minima[i])
            && on_page(view, lift(plot, objective->minima[i]), &page)) {
            plot_star(plot, scene, area, page);
        }
    }
}
