/* One page of the picture: panels, camera and legend, fixed for the film, and
 * the scenes made of them.
 *
 * Paint order: the background, then for every path in the preset's order its
 * trail up to a moment, then the heads, and the overlay on top. A frame is a
 * function of the plot and its number. */
#ifndef PLOT_PLOT_H
#define PLOT_PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "load/preset.h"
#include "optimize/trajectory.h"
#include "plot/contour_panel.h"
#include "plot/landscape.h"
#include "plot/legend.h"
#include "plot/level_map.h"
#include "plot/loss_panel.h"
#include "plot/page.h"
#include "plot/paragraph.h"
#include "plot/scene.h"
#include "plot/style.h"
#include "plot/surface_panel.h"
#include "plot/timeline.h"
#include "plot/view.h"

/* One trajectory as the plot sees it. */
struct path {
    const struct trajectory *trajectory; /* borrowed */
    struct color color;
    struct dash_pattern dash;
    enum marker marker;
    size_t count; /* of states with finite coordinates and loss */
    bool ends;    /* it became non-finite after the last of them */
    uint32_t *touches; /* see path_touches in locate.h */
    struct text_run *end_note;    /* "step 37", for the mark of its end */
    unsigned char *shares; /* how many other paths have been where the segment after */
                           /* a step runs along them; NULL: it runs alone */
    float *lengths[PANEL_COUNT]; /* of the trail up to a step, points; NULL: not dashed */
};

struct plot {
    struct page page;
    const struct preset *preset; /* borrowed, as are the next three */
    const struct look *look;
    const struct landscape *landscape;
    const struct run *runs; /* one per path */
    struct path *paths;
    size_t path_count;
    bool is_still; /* the complete paths, not frames of the film */
    bool dots;     /* one at every step */
    struct timeline timeline;
    struct level_map level_map;
    struct mesh mesh; /* as fine as the page's pixels ask for */
    struct view_window window;
    struct view view; /* of the first frame, and of all when the camera stays */
    struct contour_panel contour;
    struct loss_panel loss;
    struct legend legend;
    struct paragraph title, caption;
    struct arena arena; /* of these and of end notes */
};

/* What a plot is made from; everything is borrowed. */
struct plot_source {
    const struct preset *preset;
    const struct look *look;
    const struct landscape *landscape;
    const struct timeline *timeline;
    const struct run *runs; /* one per optimizer, as are the next */
    const struct trajectory *trajectories;
};

void plot_init(struct plot *plot, const struct plot_source *source,
               const struct page_section *page, bool is_still);
void plot_finish(struct plot *plot);

/* Whether the camera moves, so that the surface is drawn for every frame. */
bool plot_moves(const struct plot *plot);

/* The view when the camera is part turn of its way; finish it with view_finish. */
void plot_view(const struct plot *plot, struct view *view, double turn);

/* Whether a panel is on the page. */
static inline bool plot_shows(const struct plot *plot, enum panel panel)
{
    return plot->page.panels[panel].width > 0;
}

/* What the film does not change: page, panels, titles; not the surface. */
void plot_background(const struct plot *plot, struct scene *scene);

/* The surface panel, seen by a view. */
void plot_surface(const struct plot *plot, const struct view *view, struct scene *scene);

/* The trail of one path in one panel, between two positions counted in steps
 * (3.5 is half way between steps 3 and 4); the first is a whole number. What
 * the trail is made of is labelled with its role, for painting in layers. */
void plot_trail(const struct plot *plot, const struct view *view, struct scene *scene,
                size_t path, enum panel panel, double from, double to);

/* Heads, arrows, crosses and the counter at a moment. */
void plot_heads(const struct plot *plot, const struct view *view, struct scene *scene,
                const struct moment *moment);

/* One head as paths and legends have it. */
void head_draw(struct scene *scene, const struct rect *clip, const struct theme *theme,
               enum marker marker, struct vec2 at, struct color color);

/* Frames and legend, over everything. */
void plot_overlay(const struct plot *plot, struct scene *scene);

/* The whole picture at a moment. */
void plot_picture(const struct plot *plot, struct scene *scene, const struct view *view,
                  const struct moment *moment);

/* The stars at minima, in the surface panel (seen by the view) or the contour
 * panel: over the trails, so that none buries them, or in theme notebook below. */
void plot_minima(const struct plot *plot, const struct view *view, enum panel panel,
                 struct scene *scene);

#endif
