#include "plot/plot.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "plot/box.h"
#include "plot/locate.h"
#include "plot/shares.h"

static const double POINTS_PER_INCH = 72;
static const double TEXT_WIDTH = 0.94; /* of the page, for titles and captions */

static bool is_finite_row(const struct trajectory *trajectory, size_t row)
{
    return isfinite(trajectory->points[row].x) && isfinite(trajectory->points[row].y)
        && isfinite(trajectory->losses[row]);
}

static void add_paths(struct plot *plot, const struct trajectory *trajectories, size_t count)
{
    const struct theme *theme = plot->look->theme;
    plot->paths = memory_new(count, sizeof *plot->paths);
    plot->path_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct trajectory *trajectory = &trajectories[i];
        struct path *path = &plot->paths[i];
        path->trajectory = trajectory;
        path->color = trajectory->color.given ? trajectory->color.value
                                              : theme_path_color(theme, i);
        path->dash = theme_path_dash(theme, i);
        path->marker = theme_path_marker(theme, i);
        path->count = trajectory->count;
        while (path->count && !is_finite_row(trajectory, path->count - 1)) {
            path->count--;
        }
        path->ends = trajectory->diverged;
        path->touches = path_touches(plot->landscape->objective, path);
        if (path->ends) {
            const char *note = arena_printf(&plot->arena, "step %zu", trajectory->count - 1);
            path->end_note = text_shape(&plot->arena, note, theme->small_text_size);
        }
    }
}

/* A rectangle without a margin, which takes half of it at most. */
static struct rect rect_within(struct rect rect, double margin)
{
    double across = fmin(margin, rect.width / 4), along = fmin(margin, rect.height / 4);
    return (struct rect){ rect.x + across, rect.y + along, rect.width - 2 * across,
                          rect.height - 2 * along };
}

/* What is measured before the page can be laid out. */
static struct page_needs measure(struct plot *plot, double page_width)
{
    const struct theme *theme = plot->look->theme;
    const struct figure_section *figure = &plot->preset->figure;
    struct page_needs needs = { .text_size = theme->text_size };
    contour_panel_init(&plot->contour, plot);
    loss_panel_init(&plot->loss, plot);
    legend_measure(&plot->legend, plot);
    for (enum axes_detail detail = AXES_BARE; detail < AXES_DETAILS; detail++) {
        needs.axes[PANEL_CONTOUR][detail] = axes_room(&plot->contour.x, &plot->contour.y, detail,
                                                      theme);
        needs.axes[PANEL_LOSS][detail] = axes_room(&plot->loss.steps, &plot->loss.losses, detail,
                                                   theme);
    }
    needs.legend_width = plot->legend.box.width;
    needs.legend_height = plot->legend.box.height;
    needs.legend_least = plot->legend.least_width;
    paragraph_init(&plot->title, &plot->arena, figure->title.text, theme->title_size,
                   TEXT_WIDTH * page_width);
    paragraph_init(&plot->caption, &plot->arena, figure->show_caption ? figure->caption.text : NULL,
                   theme->text_size, TEXT_WIDTH * page_width);
    needs.title = paragraph_height(&plot->title);
    needs.caption = paragraph_height(&plot->caption);
    if (plot->preset->contour.aspect == ASPECT_EQUAL) {
        struct range x = plot->landscape->objective->x, y = plot->landscape->objective->y;
        needs.aspect = (y.hi - y.lo) / (x.hi - x.lo);
    }
    return needs;
}

static void make_surface(struct plot *plot, double dpi)
{
    const struct landscape *landscape = plot->landscape;
    const struct rect *panel = &plot->page.panels[PANEL_SURFACE];
    double pixels = fmax(panel->width, panel->height) * dpi / POINTS_PER_INCH;
    size_t cells = mesh_cells(pixels, plot->preset->surface.z.given);
    mesh_init(&plot->mesh, landscape->objective, cells, &landscape->height,
              &landscape->surface_tone, landscape->cut);
    struct rect room = plot->preset->surface.axes
                           ? rect_within(*panel, box_room(plot->look->theme)) : *panel;
    plot->window = view_window(&plot->preset->surface, landscape, &plot->mesh, room,
                               plot->preset->figure.layout == LAYOUT_NOTEBOOK);
    plot_view(plot, &plot->view, 0);
}

void plot_view(const struct plot *plot, struct view *view, double turn)
{
    struct surface_style style = surface_panel_style(plot);
    view_init(view, &plot->preset->surface, plot->landscape, &plot->mesh, &style, &plot->window,
              turn);
}

/* A dashed trail that grows step by step has to know how long it is. */
static void measure_dashes(struct plot *plot, struct path *path)
{
    if (!path->count || !(path->dash.count || path->shares)) {
        return;
    }
    for (enum panel panel = 0; panel < PANEL_COUNT; panel++) {
        if (plot_shows(plot, panel)) {
            path->lengths[panel] = trail_lengths(plot, path, panel);
        }
    }
}

void plot_init(struct plot *plot, const struct plot_source *source,
               const struct page_section *page, bool is_still)
{
    const struct preset *preset = source->preset;
    *plot = (struct plot){ .preset = preset, .look = source->look, .runs = source->runs,
                           .landscape = source->landscape, .timeline = *source->timeline,
                           .is_still = is_still,
                           .dots = is_still && preset->still.dots };
    add_paths(plot, source->trajectories, preset->optimizer_count);
    double width = page->width_in * POINTS_PER_INCH, height = page->height_in * POINTS_PER_INCH;
    struct page_needs needs = measure(plot, width);
    page_init(&plot->page, width, height, &preset->figure, &needs);
    bool has_contour = plot_shows(plot, PANEL_CONTOUR);
    level_map_init(&plot->level_map, plot->landscape, &preset->contour, plot->look,
                   &plot->page.panels[has_contour ? PANEL_CONTOUR : PANEL_SURFACE], page->dpi);
    if (plot_shows(plot, PANEL_SURFACE)) {
        make_surface(plot, page->dpi);
    }
    if (plot_shows(plot, PANEL_CONTOUR)) {
        contour_panel_place(&plot->contour, plot);
    }
    legend_place(&plot->legend, plot);
    shares_find(plot);
    for (size_t i = 0; i < plot->path_count; i++) {
        measure_dashes(plot, &plot->paths[i]);
    }
}

void plot_finish(struct plot *plot)
{
    view_finish(&plot->view);
    mesh_finish(&plot->mesh);
    contour_panel_finish(&plot->contour); /* counts the map's levels */
    level_map_finish(&plot->level_map);
    loss_panel_finish(&plot->loss);
    legend_finish(&plot->legend);
    arena_finish(&plot->arena);
    for (size_t i = 0; i < plot->path_count; i++) {
        for (enum panel panel = 0; panel < PANEL_COUNT; panel++) {
            free(plot->paths[i].lengths[panel]);
        }
        free(plot->paths[i].shares);
        free(plot->paths[i].touches);
    }
    free(plot->paths);
    *plot = (struct plot){ 0 };
}

bool plot_moves(const struct plot *plot)
{
    return plot_shows(plot, PANEL_SURFACE) && view_moves(&plot->preset->surface);
}

void plot_background(const struct plot *plot, struct scene *scene)
{
    const struct theme *theme = plot->look->theme;
    /* One point over the page: its last row of pixels may be a part of one. */
    double right = plot->page.width + 1, bottom = plot->page.height + 1;
    if (!plot->look->transparent) {
        struct vec2 corners[4] = { { 0, 0 }, { right, 0 }, { right, bottom }, { 0, bottom } };
        scene_polygon(scene, NULL, corners, 4, color_hex(theme->background), NULL);
    }
    if (plot_shows(plot, PANEL_CONTOUR)) {
        contour_panel_draw(&plot->contour, plot, scene);
    }
    if (plot_shows(plot, PANEL_LOSS)) {
        loss_panel_draw(&plot->loss, plot, scene);
    }
    if (plot->page.title.height > 0) {
        paragraph_draw(&plot->title, &plot->page.title, color_hex(theme->ink), scene);
    }
    if (plot->page.caption.height > 0) {
        paragraph_draw(&plot->caption, &plot->page.caption, color_hex(theme->soft_ink), scene);
    }
}

void plot_overlay(const struct plot *plot, struct scene *scene)
{
    static const enum panel framed[] = { PANEL_CONTOUR, PANEL_LOSS };
    for (size_t i = 0; i < 2; i++) {
        if (plot_shows(plot, framed[i])) {
            axes_frame(&plot->page.panels[framed[i]], plot->look->theme, scene);
        }
    }
    legend_draw(&plot->legend, plot, scene);
}

void plot_picture(const struct plot *plot, struct scene *scene, const struct view *view,
                  const struct moment *moment)
{
    plot_background(plot, scene);
    if (plot_shows(plot, PANEL_SURFACE)) {
        plot_surface(plot, view, scene);
    }
    size_t trails = scene->count;
    for (size_t i = 0; i < plot->path_count; i++) {
        for (enum panel panel = 0; panel < PANEL_COUNT; panel++) {
            if (plot_shows(plot, panel)) {
                plot_trail(plot, view, scene, i, panel, 0, moment->step);
            }
        }
    }
    scene_raise(scene, trails, ROLE_SHARED);
    plot_heads(plot, view, scene, moment);
    plot_overlay(plot, scene);
}
