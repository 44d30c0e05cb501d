#include "plot/contour_panel.h"

#include <math.h>

#include "base/memory.h"
#include "plot/plot.h"

/* Level lines come with a point per grid cell; nearer than this the eye cannot
 * tell, and files and strokes get smaller. */
static const double NEAR = 0.2;

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
    contour_free(panel->lines, panel->level_count);
}

/* One line in page points, thinned out. Returns how many points are left. */
static size_t place_line(const struct plot *plot, const struct vec2 *data, size_t count,
                         struct vec2 *page)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct vec2 point = contour_panel_point(plot, data[i]);
        bool is_end = i == 0 || i + 1 == count;
        if (is_end || hypot(point.x - page[kept - 1].x, point.y - page[kept - 1].y) >= NEAR) {
            page[kept++] = point;
        }
    }
    return kept;
}

void contour_panel_place(struct contour_panel *panel, const struct plot *plot)
{
    const struct landscape *landscape = plot->landscape;
    panel->level_count = landscape->levels.count;
    panel->lines = memory_new(panel->level_count, sizeof *panel->lines);
    for (size_t level = 0; level < landscape->levels.count; level++) {
        const struct level_lines *data = &landscape->lines[level];
        struct level_lines *page = &panel->lines[level];
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

void contour_panel_draw(const struct contour_panel *panel, const struct plot *plot,
                        struct scene *scene)
{
    const struct landscape *landscape = plot->landscape;
    const struct rect *area = &plot->page.panels[PANEL_CONTOUR];
    for (size_t level = 0; level < panel->level_count; level++) {
        const struct level_lines *lines = &panel->lines[level];
        struct stroke stroke = { landscape->level_colors[level], plot->look->level_line_width,
                                 .cap = CAP_BUTT };
        if (lines->count && stroke.width > 0 && stroke.color.a > 0) {
            scene_lines(scene, area, lines->points, lines->point_count, lines->lengths,
                        lines->count, &stroke);
        }
    }
    for (size_t i = 0; i < landscape->objective->minimum_count; i++) {
        plot_star(plot, scene, area, contour_panel_point(plot, landscape->objective->minima[i]));
    }
    axes_draw(&panel->x, &panel->y, area, plot->page.axes[PANEL_CONTOUR], plot->look->theme, scene);
}
