/* A shipped preset taken up to its plot, for the tests of plot and render. */
#ifndef TESTS_FIGURE_H
#define TESTS_FIGURE_H

#include "plot/plot.h"
#include "render/frame.h"

struct figure {
    struct preset preset;
    struct report report;
    struct objective objective;
    struct look look;
    struct run *runs;
    struct trajectory *trajectories;
    struct landscape landscape;
    struct plot film, still;
};

/* Loads presets/NAME.ini in theme and layout notebook, with overrides
 * ("SECTION.KEY=VALUE", NULL-terminated list or NULL); fails the test when it is
 * wrong. */
void figure_init(struct figure *figure, const char *name, const char *const *overrides);

/* The same as the preset has it, changed by the overrides alone. */
void figure_init_shipped(struct figure *figure, const char *name, const char *const *overrides);
void figure_finish(struct figure *figure);

/* Frames of a plot; these fail the test when cairo fails. */
void frames_open(struct frames *frames, const struct plot *plot, double dpi);
struct image frames_at(struct frames *frames, size_t number);

/* Whether the latest frame says that it changed a pixel. */
bool frames_damaged(const struct frames *frames, int x, int y);

/* The theme of the list; fails the test when there is none. */
const struct theme *theme_named(const char *name);

/* A mesh of height and colour 0 over -1 .. 1, all of it shown. */
struct mesh mesh_flat(size_t cells);

#endif
