#include "plot/plot.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

static const double POINTS_PER_INCH = 72;

/* Level lines come with a point per grid cell; nearer than this the eye cannot
 * tell, and files and strokes get smaller. */
static const double NEAR = 0.2;

struct vec2 plot_contour_point(const struct plot *plot, struct vec2 data)
{
    const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
    const struct range x = plot->landscape->objective->x, y = plot->landscape->objective->y;
    return (struct vec2){ panel->x + panel->width * (data.x - x.lo) / (x.hi - x.lo),
                          panel->y + panel->height * (y.hi - data.y) / (y.hi - y.lo) };
}

/* One line in page points, thinned out. Returns how many points are left. */
static size_t place_line(const struct plot *plot, const struct vec2 *data, size_t count,
                         struct vec2 *page)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct vec2 point = plot_contour_point(plot, data[i]);
        bool is_end = i == 0 || i + 1 == count;
        if (is_end || hypot(point.x - page[kept - 1].x, point.y - page[kept - 1].y) >= NEAR) {
            page[kept++] = point;
        }
    }
    return kept;
}

static void place_level_lines(struct plot *plot)
{
    const struct landscape *landscape = plot->landscape;
    plot->page_lines = memory_new(landscape->levels.count, sizeof *plot->page_lines);
    for (size_t level = 0; level < landscape->levels.count; level++) {
        const struct level_lines *data = &landscape->lines[level];
        struct level_lines *page = &plot->page_lines[level];
        page->points = memory_new(data->point_count, sizeof *page->points);
        page->lengths = memory_new(data->count, sizeof *page->lengths);
        page->count = data->count;
        size_t start = 0;
        for (size_t i = 0; i < data->count; i++) {
            page->lengths[i] = place_line(plot, data->points + start, data->lengths[i],
                                          page->points + page->point_count);
            page->point_count += page->lengths[i];
            start += data->lengths[i];
        }
    }
}

static bool is_finite_row(const struct trajectory *trajectory, size_t row)
{
    return isfinite(trajectory->points[row].x) && isfinite(trajectory->points[row].y);
}

static void add_paths(struct plot *plot, const struct trajectory *trajectories, size_t count)
{
    plot->paths = memory_new(count, sizeof *plot->paths);
    plot->path_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct trajectory *trajectory = &trajectories[i];
        struct path *path = &plot->paths[i];
        path->trajectory = trajectory;
        path->color = trajectory->color.given ? trajectory->color.value
                                              : theme_path_color(plot->look->theme, i);
        path->count = trajectory->count;
        while (path->count && !is_finite_row(trajectory, path->count - 1)) {
            path->count--;
        }
        path->ends = trajectory->diverged;
    }
}

static void aim_camera(struct plot *plot)
{
    const struct surface_section *section = &plot->preset->surface;
    const struct objective *objective = plot->landscape->objective;
    const struct rect panel = plot->page.panels[PANEL_SURFACE];
    camera_init(&plot->camera, objective->x, objective->y, plot->landscape->box,
                section->azimuth_deg, section->elevation_deg, section->distance);
    if (plot->preset->figure.layout == LAYOUT_NOTEBOOK) {
        camera_fit_notebook(&plot->camera, panel);
    } else {
        struct vec2 lo, hi;
        mesh_view_box(&plot->landscape->mesh, &plot->camera, &lo, &hi);
        if (hi.x > lo.x && hi.y > lo.y) {
            camera_fit(&plot->camera, lo, hi, panel);
        } else {
            camera_fit_notebook(&plot->camera, panel);
        }
    }
    plot->eye = camera_eye(&plot->camera);
}

void plot_init(struct plot *plot, const struct preset *preset, const struct page_section *page,
               bool dots, const struct look *look, const struct landscape *landscape,
               const struct trajectory *trajectories, size_t count)
{
    *plot = (struct plot){ .preset = preset, .look = look, .landscape = landscape, .dots = dots };
    page_init(&plot->page, page->width_in * POINTS_PER_INCH, page->height_in * POINTS_PER_INCH,
              &preset->figure);
    add_paths(plot, trajectories, count);
    plot->frames = trajectory_longest(trajectories, count);
    if (plot->page.panels[PANEL_SURFACE].width > 0) {
        aim_camera(plot);
        surface_view_init(&plot->surface, &landscape->mesh, &plot->camera, look->surface_map,
                          landscape->surface_range);
    }
    if (plot->page.panels[PANEL_CONTOUR].width > 0) {
        place_level_lines(plot);
    }
    legend_init(&plot->legend, plot);
}

void plot_finish(struct plot *plot)
{
    surface_view_finish(&plot->surface);
    if (plot->landscape) {
        contour_free(plot->page_lines, plot->landscape->levels.count);
    }
    free(plot->paths);
    legend_finish(&plot->legend);
    *plot = (struct plot){ 0 };
}

/* A star at a minimum: five points up, the inner radius half the outer. */
static void draw_star(const struct plot *plot, struct scene *scene, const struct rect *clip,
                      struct vec2 center)
{
    const struct theme *theme = plot->look->theme;
    struct vec2 points[10];
    for (int i = 0; i < 10; i++) {
        double turn = PI / 2 + i * PI / 5, radius = theme->star_radius / (i % 2 ? 2 : 1);
        points[i] = (struct vec2){ center.x + radius * cos(turn), center.y - radius * sin(turn) };
    }
    struct color color = color_fade(color_hex(theme->star), theme->star_alpha);
    struct stroke rim = { color, theme->star_edge, .cap = CAP_BUTT };
    scene_polygon(scene, clip, points, 10, color, &rim);
}

static void draw_surface_panel(const struct plot *plot, struct scene *scene)
{
    const struct objective *objective = plot->landscape->objective;
    scene_surface(scene, &plot->page.surface_area, &plot->surface);
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = objective->minima[i];
        double z;
        objective_values(objective, 1, &at.x, &at.y, &z);
        struct vec3 point = { at.x, at.y, height_of(&plot->landscape->height, z) };
        struct projected seen = camera_project(&plot->camera, point);
        bool is_inside = range_holds(objective->x, at.x) && range_holds(objective->y, at.y);
        if (is_inside && isfinite(z) && seen.depth > 0) {
            draw_star(plot, scene, &plot->page.surface_area, seen.page);
        }
    }
}

static void draw_contour_panel(const struct plot *plot, struct scene *scene)
{
    const struct landscape *landscape = plot->landscape;
    const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
    for (size_t level = 0; level < landscape->levels.count; level++) {
        const struct level_lines *lines = &plot->page_lines[level];
        struct stroke stroke = { landscape->level_colors[level], plot->preset->contour.line_width,
                                 .cap = CAP_BUTT };
        if (lines->count && stroke.width > 0 && stroke.color.a > 0) {
            scene_lines(scene, panel, lines->points, lines->point_count, lines->lengths,
                        lines->count, &stroke);
        }
    }
    for (size_t i = 0; i < landscape->objective->minimum_count; i++) {
        draw_star(plot, scene, panel, plot_contour_point(plot, landscape->objective->minima[i]));
    }
}

void plot_background(const struct plot *plot, struct scene *scene)
{
    /* One point over the page: its last row of pixels may be a part of one. */
    double right = plot->page.width + 1, bottom = plot->page.height + 1;
    struct vec2 corners[4] = { { 0, 0 }, { right, 0 }, { right, bottom }, { 0, bottom } };
    scene_polygon(scene, NULL, corners, 4, color_hex(plot->look->theme->background), NULL);
    if (plot->page.panels[PANEL_SURFACE].width > 0) {
        draw_surface_panel(plot, scene);
    }
    if (plot->page.panels[PANEL_CONTOUR].width > 0) {
        draw_contour_panel(plot, scene);
    }
}

void plot_overlay(const struct plot *plot, struct scene *scene)
{
    const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
    if (panel->width > 0) {
        struct vec2 corners[4] = { { panel->x, panel->y }, { panel->x + panel->width, panel->y },
                                   { panel->x + panel->width, panel->y + panel->height },
                                   { panel->x, panel->y + panel->height } };
        struct stroke frame = { color_hex(plot->look->theme->ink), plot->look->theme->frame_width,
                                .snap = true };
        scene_polygon(scene, NULL, corners, 4, (struct color){ 0 }, &frame);
    }
    legend_draw(&plot->legend, plot, scene);
}

void plot_picture(const struct plot *plot, struct scene *scene, size_t step)
{
    plot_background(plot, scene);
    for (size_t k = 0; k <= step; k++) {
        plot_trail(plot, scene, k);
    }
    plot_heads(plot, scene, step);
    plot_overlay(plot, scene);
}
