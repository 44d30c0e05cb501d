#include "plot/contour_panel.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "plot/locate.h"

/* Lines nearer to each other than this share of the theme's gap on average are faded. */
static const double CROWDED = 0.25;

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
        for (size_t level = 0; panel->faded && level < panel->map->levels.count; level++) {
            for (int step = 0; step < FADE_STEPS; step++) {
                free(panel->faded[level][step].points);
                free(panel->faded[level][step].lengths);
            }
        }
        free(panel->faded);
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

/* Labels of levels keep off the stars and what may lie on them. */
static void avoid_stars(struct contour_panel *panel, const struct plot *plot)
{
    const struct objective *objective = plot->landscape->objective;
    const struct theme *theme = plot->look->theme;
    double reach = theme->star_radius + theme->head_diameter / 2;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = contour_panel_point(plot, objective->minima[i]);
        for (double y = -reach; in_domain(objective, objective->minima[i]) && y <= reach;
             y += reach / 4) {
            double half = sqrt(fmax(0, reach * reach - y * y));
            level_labels_avoid(&panel->labels, (struct vec2){ at.x - half, at.y + y },
                               (struct vec2){ at.x + half, at.y + y });
        }
    }
}

/* Where lines crowd, they fade to the ink that the eye can separate; themes that draw as
 * many lines as are asked for leave them as they are. */
static void fade_lines(struct contour_panel *panel, const struct level_crowd *crowd,
                       const struct theme *theme)
{
    double least = CROWDED * theme->level_gap;
    if (least <= 0) {
        return;
    }
    panel->faded = memory_new(panel->map->levels.count, sizeof *panel->faded);
    for (size_t level = 0; level < panel->map->levels.count; level++) {
        level_crowd_fade(crowd, &panel->lines[level], least, panel->faded[level]);
    }
}

void contour_panel_place(struct contour_panel *panel, const struct plot *plot)
{
    const struct level_map *map = panel->map = &plot->level_map;
    const struct rect *area = &plot->page.panels[PANEL_CONTOUR];
    struct level_crowd crowd;
    panel->lines = place_lines(plot, map->lines, map->levels.count);
    level_crowd_init(&crowd, panel->lines, map->levels.count, area);
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
        avoid_stars(panel, plot);
        level_labels_init(&panel->labels, panel->lines, &map->levels,
                          &plot->landscape->contour_tone.scale, plot->look->theme, &crowd);
    }
    level_labels_cut(&panel->labels, panel->lines, map->levels.count);
    fade_lines(panel, &crowd, plot->look->theme);
    level_crowd_finish(&crowd);
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

static void draw_level(const struct level_lines *lines, const struct stroke *stroke,
                       const struct rect *area, struct scene *scene)
{
    if (lines->count && stroke->width > 0 && stroke->color.a > 0) {
        scene_lines(scene, area, lines->points, lines->point_count, lines->lengths, lines->count,
                    stroke);
    }
}

static void draw_lines(const struct contour_panel *panel, double width, const struct rect *area,
                       struct scene *scene)
{
    for (size_t level = 0; level < panel->map->levels.count; level++) {
        struct color color = panel->map->colors[level];
        for (int step = 0; step < (panel->faded ? FADE_STEPS : 1); step++) {
            struct stroke stroke = { color_fade(color, fade_strength(step)), width,
                                     .cap = CAP_BUTT };
            draw_level(panel->faded ? &panel->faded[level][step] : &panel->lines[level], &stroke,
                       area, scene);
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
