/* The surface panel: the mesh seen by a view, and what lies on it. */
#ifndef PLOT_SURFACE_PANEL_H
#define PLOT_SURFACE_PANEL_H

#include "plot/surface.h"

struct plot;

/* What theme, preset and levels make of the surface. */
struct surface_style surface_panel_style(const struct plot *plot);

#endif
