#include "plot/surface_panel.h"

#include <math.h>

#include "plot/box.h"
#include "plot/locate.h"

struct surface_style surface_panel_style(const struct plot *plot)
{
    const struct look *look = plot->look;
    const struct theme *theme = look->theme;
    const struct level_map *map = &plot->level_map;
    bool is_draped = plot->preset->surface.contours == DRAPE_SURFACE;
    return (struct surface_style){
        .colormap = look->surface_map,
        .mixed = color_hex(theme->background),
        .mixed_share = theme->surface_tint,
        .shade = look->shade,
        .mesh_lines = look->mesh_lines,
        .mesh_line_width = theme->mesh_line_width,
        .mesh_line = color_fade(color_hex(theme->mesh_line), theme->mesh_line_alpha),
        .levels = map->parts,
        .level_colors = map->colors,
        .level_count = is_draped ? map->levels.count : 0,
        .level_line_width = look->level_line_width,
    };
}

/* Lines of the domain, projected on the floor; they live as long as the scene. */
static const struct vec2 *floor_points(const struct plot *plot, const struct camera *camera,
                                       const struct level_lines *lines, struct scene *scene)
{
    struct vec2 *page = arena_new(&scene->arena, lines->point_count, sizeof *page);
    for (size_t i = 0; i < lines->point_count; i++) {
        struct vec3 point = { lines->points[i].x, lines->points[i].y, plot->landscape->floor };
        page[i] = camera_project(camera, point).page;
    }
    return page;
}

/* The contour panel's bands and lines, in perspective. */
static void draw_floor(const struct plot *plot, const struct camera *camera, struct scene *scene)
{
    const struct level_map *map = &plot->level_map;
    const struct rect *area = &plot->page.surface_area;
    for (size_t i = 0; map->regions && i <= map->levels.count; i++) {
        const struct level_lines *region = &map->regions[i];
        if (region->count) {
            scene_fill(scene, area, floor_points(plot, camera, region, scene),
                       region->point_count, region->lengths, region->count, map->band_colors[i]);
        }
    }
    for (size_t i = 0; i < map->levels.count; i++) {
        const struct level_lines *lines = &map->lines[i];
        struct stroke stroke = { map->colors[i], plot->look->level_line_width, .cap = CAP_BUTT };
        if (lines->count && stroke.width > 0 && stroke.color.a > 0) {
            scene_lines(scene, area, floor_points(plot, camera, lines, scene), lines->point_count,
                        lines->lengths, lines->count, &stroke);
        }
    }
}

void plot_surface(const struct plot *plot, const struct view *view, struct scene *scene)
{
    /* Seen from below, the floor would cover all the rest. */
    bool has_floor = plot->preset->surface.contours == DRAPE_FLOOR
                     && view->eye.z > plot->landscape->floor;
    if (plot->preset->surface.axes) {
        box_draw(plot, view, scene);
    }
    if (has_floor) {
        draw_floor(plot, &view->camera, scene);
    }
    scene_surface(scene, &plot->page.surface_area, &view->surface);
    if (!plot->look->theme->stars_above) {
        plot_minima(plot, view, PANEL_SURFACE, scene);
    }
}
