#include "plot/contour_panel.h"

#include <stdlib.h>

#include "base/memory.h"
#include "plot/locate.h"

struct vec2 contour_panel_point(const struct plot *plot, struct vec2 data)
{
    const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
    const struct range x = plot->landscape->objective->x, y = plot->landscape->objective->y;
    return (struct vec2){ panel->x + panel->width * (data.x - x.lo) / (x.hi - x.lo),
                          panel->y + panel->height * (y.hi - data.y) / (y.hi - y.lo) };
}

void contour_panel_init(struct contour_panel *panel, const struct plot *plot)
{
    const struct objective *objective = plot->landscape->objective;
    const struct contour_section *section = &plot->preset->contour;
    const struct theme *theme = plot->look->theme;
    *panel = (struct contour_panel){ 0 };
    axis_init(&panel->x, objective->x, SCALE_LINEAR, section->x_label.text, theme);
    axis_init(&panel->y, objective->y, SCALE_LINEAR, section->y_label.text, theme);
}

void contour_panel_finish(struct contour_panel *panel)
{
    axis_finish(&panel->x);
    axis_finish(&panel->y);
    if (panel->map) {
        contour_free(panel->lines, panel->map->levels.count);
        contour_free(panel->regions, panel->map->levels.count + 1);
        level_labels_finish(&panel->labels);
        critical_marks_finish(&panel->marks);
    }
}

/* Lines in page points. */
static struct level_lines *place_lines(const struct plot *plot, const struct level_lines *levels,
                                       size_t level_count)
{
    struct level_lines *placed = memory_new(level_count, sizeof *placed);
    for (size_t level = 0; level < level_count; level++) {
        const struct level_lines *data = &levels[level];
        struct level_lines *page = &placed[level];
        page->points = memory_new(data->point_count, sizeof *page->points);
        page->lengths = memory_new(data->count, sizeof *page->lengths);
        page->point_count = data->point_count;
        page->count = data->count;
        for (size_t i = 0; i < data->point_count; i++) {
            page->points[i] = contour_panel_point(plot, data->points[i]);
        }
        for (size_t i = 0; i < data->count; i++) {
            page->lengths[i] = data->lengths[i];
        }
    }
    return placed;
}

/* Labels keep off the paths. */
static void avoid_paths(struct contour_panel *panel, const struct plot *plot)
{
    for (size_t i = 0; i < plot->path_count; i++) {
        const struct path *path = &plot->paths[i];
        for (size_t step = 0; step + 1 < path->count; step++) {
            struct cut cut;
            if (cut_segment(plot->landscape->objective, path->trajectory->points[step],
                            path->trajectory->points[step + 1], &cut)) {
                level_labels_avoid(&panel->labels, contour_panel_point(plot, cut.from),
                                   contour_panel_point(plot, cut.to));
            }
        }
    }
}

void contour_panel_place(struct contour_panel *panel, const struct plot *plot)
{
    const struct level_map *map = panel->map = &plot->level_map;
    panel->lines = place_lines(plot, map->lines, map->levels.count);
    if (map->regions) {
        panel->regions = place_lines(plot, map->regions, map->levels.count + 1);
    }
    if (plot->look->level_labels || plot->preset->contour.critical) {
        avoid_paths(panel, plot);
    }
    if (plot->preset->contour.critical) {
        critical_marks_place(&panel->marks, &panel->labels, plot);
    }
    if (plot->look->level_labels) {
        level_labels_init(&panel->labels, panel->lines, &map->levels,
                          &plot->landscape->contour_tone.scale, plot->look->theme,
                          &plot->page.panels[PANEL_CONTOUR]);
    }
    level_labels_cut(&panel->labels, panel->lines, map->levels.count);
}

/* Every region lies on the lower ones, so that no seam shows between bands. */
static void draw_bands(const struct contour_panel *panel, const struct rect *area,
                       struct scene *scene)
{
    for (size_t i = 0; panel->regions && i <= panel->map->levels.count; i++) {
        const struct level_lines *region = &panel->regions[i];
        if (region->count) {
            scene_fill(scene, area, region->points, region->point_count, region->lengths,
                       region->count, panel->map->band_colors[i]);
        }
    }
}

static void draw_lines(const struct contour_panel *panel, double width, const struct rect *area,
                       struct scene *scene)
{
    for (size_t level = 0; level < panel->map->levels.count; level++) {
        const struct level_lines *lines = &panel->lines[level];
        struct stroke stroke = { panel->map->colors[level], width, .cap = CAP_BUTT };
        if (lines->count && stroke.width > 0 && stroke.color.a > 0) {
            scene_lines(scene, area, lines->points, lines->point_count, lines->lengths,
                        lines->count, &stroke);
        }
    }
}

void contour_panel_draw(const struct contour_panel *panel, const struct plot *plot,
                        struct scene *scene)
{
    const struct rect *area = &plot->page.panels[PANEL_CONTOUR];
    draw_bands(panel, area, scene);
    draw_lines(panel, plot->look->level_line_width, area, scene);
    level_labels_draw(&panel->labels, plot->look->theme, scene);
    critical_marks_draw(&panel->marks, plot, scene);
    if (!plot->look->theme->stars_above) {
        plot_minima(plot, &plot->view, PANEL_CONTOUR, scene);
    }
    axes_draw(&panel->x, &panel->y, area, plot->page.axes[PANEL_CONTOUR], plot->look->theme, scene);
}
