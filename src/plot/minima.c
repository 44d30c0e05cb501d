/* The stars at the minima of the objective. */
#include <math.h>

#include "plot/locate.h"

#include "base/elementary.h"

/* Five points, one up; the inner radius is half the outer. One that the surface
 * hides is an outline. */
static void draw_star(const struct theme *theme, struct scene *scene, const struct rect *clip,
                      struct vec2 center, bool hidden)
{
    struct vec2 points[10];
    for (int i = 0; i < 10; i++) {
        double turn = PI / 2 + i * PI / 5, radius = theme->star_radius / (i % 2 ? 2 : 1);
        points[i] = (struct vec2){ center.x + radius * cr_cos(turn),
                                   center.y - radius * cr_sin(turn) };
    }
    struct color fill = color_fade(color_hex(theme->star), hidden ? 0 : theme->star_alpha);
    struct color edge = color_fade(color_hex(theme->star_rim), theme->star_alpha);
    struct stroke rim = { edge, theme->star_rim_width, .cap = CAP_BUTT };
    scene_polygon(scene, clip, points, 10, fill, &rim);
}

void plot_minima(const struct plot *plot, const struct view *view, enum panel panel,
                 struct scene *scene)
{
    const struct objective *objective = plot->landscape->objective;
    bool is_surface = panel == PANEL_SURFACE;
    const struct rect *clip = is_surface ? &plot->page.surface_area : &plot->page.panels[panel];
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = objective->minima[i], page = contour_panel_point(plot, at);
        if (in_domain(objective, at)
            && (!is_surface || on_page(view, lift(plot, at), &page))) {
            bool hidden = is_surface && plot->look->theme->stars_above
                          && is_hidden(plot, view, lift(plot, at));
            draw_star(plot->look->theme, scene, clip, page, hidden);
        }
    }
}
