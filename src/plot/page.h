/* The page: where each panel is. Points, y downwards. */
#ifndef PLOT_PAGE_H
#define PLOT_PAGE_H

#include "base/geometry.h"
#include "load/preset.h"
#include "plot/axes.h"

/* What the page has to leave room for around its panels, points. */
struct page_needs {
    struct axes_room axes[PANEL_COUNT][AXES_DETAILS];
    double title, caption;              /* heights, 0: none */
    double legend_width, legend_height; /* 0: none outside the panels */
    double legend_least; /* the width that it can make do with */
    double aspect; /* height by width of the contour panel; 0: free */
    double text_size;
};

struct page {
    double width, height;
    struct rect panels[PANEL_COUNT];     /* width 0: not shown */
    enum axes_detail axes[PANEL_COUNT];  /* that have room around them */
    struct rect surface_area;            /* what the surface may paint on */
    struct rect title, caption;          /* strips for them, height 0: none */
    struct rect legend;                  /* width 0: no room outside the panels */
};

/* Panels of a page of width x height points in one of the layouts:
 * notebook - the boxes of the original pictures (matplotlib's default subplots);
 * wide     - columns with a 2 % gutter. The losses of three panels are a strip
 *            below the others unless the page is very wide; a page higher than
 *            wide is stacked;
 * stacked  - rows, for portrait pages; that of the losses is lower;
 * single   - one panel alone, on the whole page.
 *
 * Everything is on the page and no panels overlap, however small the page or
 * large the needs: axes that leave a panel less than half of its cell lose
 * their names, then all; title and caption that take more than a third of the
 * page each are left out, and a legend that takes more than a third of a cell. */
void page_init(struct page *page, double width, double height,
               const struct figure_section *figure, const struct page_needs *needs);

#endif
