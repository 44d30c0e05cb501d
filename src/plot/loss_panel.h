/* The loss panel: loss against step, one line per path, in step with the other
 * panels. */
#ifndef PLOT_LOSS_PANEL_H
#define PLOT_LOSS_PANEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "plot/axes.h"
#include "plot/scene.h"

struct plot;

struct loss_panel {
    bool is_log;
    double offset; /* log shows loss - offset; 0 where all losses are positive */
    struct axis steps, losses;
};

/* Chooses scale and ranges from the trajectories and shapes the axes; before
 * the page is laid out. */
void loss_panel_init(struct loss_panel *panel, const struct plot *plot);
void loss_panel_finish(struct loss_panel *panel);

/* Frame, ticks, labels. */
void loss_panel_draw(const struct loss_panel *panel, const struct plot *plot,
                     struct scene *scene);

/* The page point of a loss at a step. Losses beyond the axis land beyond the
 * panel, finite in any case, and are clipped there. */
struct vec2 loss_panel_point(const struct plot *plot, double step, double loss);

#endif
