#include "plot/loss_panel.h"

#include "plot/plot.h"

void loss_panel_init(struct loss_panel *panel, const struct plot *plot)
{
    *panel = (struct loss_panel){ 0 };
    axis_init(&panel->steps, (struct range){ 0, (double)plot->timeline.steps }, false, "step",
              plot->look->theme);
    axis_init(&panel->losses, (struct range){ 0, 1 }, false, "loss", plot->look->theme);
}

void loss_panel_finish(struct loss_panel *panel)
{
    axis_finish(&panel->steps);
    axis_finish(&panel->losses);
}

void loss_panel_draw(const struct loss_panel *panel, const struct plot *plot, struct scene *scene)
{
    axes_draw(&panel->steps, &panel->losses, &plot->page.panels[PANEL_LOSS], plot->look->theme,
              scene);
}

struct vec2 loss_panel_point(const struct plot *plot, double step, double loss)
{
    const struct rect *rect = &plot->page.panels[PANEL_LOSS];
    const struct loss_panel *panel = &plot->loss;
    const struct range x = panel->steps.range, y = panel->losses.range;
    return (struct vec2){ rect->x + rect->width * (step - x.lo) / (x.hi - x.lo),
                          rect->y + rect->height * (y.hi - loss) / (y.hi - y.lo) };
}
