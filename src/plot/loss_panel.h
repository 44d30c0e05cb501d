/* The loss panel: loss against step, one line per path, in step with the other
 * panels.
 *
 * Its range is that of the finite losses at the starts and inside the drawn
 * domain, so that a run that explodes leaves through the top and does not
 * flatten the others. What the scales show:
 * linear - the loss;
 * root   - its square root, with the loss's sign;
 * log    - loss - offset, twelve decades at most; what is not above the offset
 *          leaves through the bottom. The offset is 0 unless losses are below
 *          0: then it is the lowest value known, of minima or losses, and part
 *          of the axis's name. Without any loss above the offset: linear;
 * auto   - log when that shows more than two decades and its offset is 0 or
 *          the value of a minimum, else linear. A function that is unbounded
 *          below has no offset that means anything. */
#ifndef PLOT_LOSS_PANEL_H
#define PLOT_LOSS_PANEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "plot/axes.h"
#include "plot/scene.h"

struct plot;

struct loss_panel {
    enum scale scale; /* never auto */
    double offset;    /* 0 unless the scale is log */
    struct axis steps, losses;
};

/* Chooses scale and ranges from the trajectories and shapes the axes; before
 * the page is laid out. */
void loss_panel_init(struct loss_panel *panel, const struct plot *plot);
void loss_panel_finish(struct loss_panel *panel);

/* Grid, ticks, labels. */
void loss_panel_draw(const struct loss_panel *panel, const struct plot *plot,
                     struct scene *scene);

/* The page point of a loss at a step. What is beyond the axis, infinities too,
 * lands at most a panel's height beyond the panel and is clipped there; NaN
 * counts as the lowest. Between two steps lines are straight on the page. */
struct vec2 loss_panel_point(const struct plot *plot, double step, double loss);

#endif
