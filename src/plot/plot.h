/* One page of the picture: panels, camera and legend, fixed for the film, and
 * the scenes made of them.
 *
 * Paint order: background, then the trail up to a step, the heads at that
 * step, and the overlay on top. A frame is a function of the plot and its
 * number: the trail is defined as its segments stroked one after another, step
 * by step, so adding the newest segments gives the same picture as replaying
 * all of them. */
#ifndef PLOT_PLOT_H
#define PLOT_PLOT_H

#include <stdbool.h>
#include <stddef.h>

#include "load/preset.h"
#include "optimize/trajectory.h"
#include "plot/camera.h"
#include "plot/landscape.h"
#include "plot/page.h"
#include "plot/scene.h"
#include "plot/style.h"

/* One trajectory as the plot sees it. */
struct path {
    const struct trajectory *trajectory; /* borrowed */
    struct color color;
    size_t count; /* finite points */
    bool ends;    /* it became non-finite after the last of them */
};

struct legend {
    struct rect box;  /* width 0: none */
    double text_size; /* the theme's, less where the panel has no room for it */
    struct text_run **labels;
    struct vec2 *baselines; /* one per label */
    struct arena arena;
};

struct plot {
    struct page page;
    const struct preset *preset; /* borrowed, as are the next two */
    const struct look *look;
    const struct landscape *landscape;
    struct camera camera;
    struct vec3 eye; /* in data coordinates */
    struct surface_view surface;
    struct path *paths;
    size_t path_count;
    size_t frames; /* steps of the longest path */
    bool dots;     /* one at every step */
    struct legend legend;
    struct level_lines *page_lines; /* the level lines, in page points */
};

void plot_init(struct plot *plot, const struct preset *preset, const struct page_section *page,
               bool dots, const struct look *look, const struct landscape *landscape,
               const struct trajectory *trajectories, size_t count);
void plot_finish(struct plot *plot);

/* Where a point of the domain is in the contour panel. */
struct vec2 plot_contour_point(const struct plot *plot, struct vec2 data);

/* The four parts of a frame; each appends to the scene. */
void plot_background(const struct plot *plot, struct scene *scene);
void plot_trail(const struct plot *plot, struct scene *scene, size_t step);
void plot_heads(const struct plot *plot, struct scene *scene, size_t step);
void plot_overlay(const struct plot *plot, struct scene *scene);

/* A whole picture: the paths up to step and their heads (no heads in a still
 * with dots, whose last dots say the same). */
void plot_picture(const struct plot *plot, struct scene *scene, size_t step);

/* legend.c: chooses the place, see there. */
void legend_init(struct legend *legend, const struct plot *plot);
void legend_draw(const struct legend *legend, const struct plot *plot, struct scene *scene);
void legend_finish(struct legend *legend);

#endif
