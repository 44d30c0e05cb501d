/* The page: where each panel is. Points, y downwards. */
#ifndef PLOT_PAGE_H
#define PLOT_PAGE_H

#include "base/geometry.h"
#include "load/preset.h"

/* What the page has to leave room for around its panels, points. */
struct page_needs {
    double left[PANEL_COUNT], below[PANEL_COUNT]; /* axis numbers and names */
    double title, caption;                        /* heights, 0: none */
    double legend_width, legend_height;           /* 0: none outside the panels */
    double legend_least; /* the width that it can make do with */
    double aspect; /* height by width of the contour panel; 0: free */
    double text_size;
};

struct page {
    double width, height;
    struct rect panels[PANEL_COUNT]; /* width 0: not shown */
    struct rect surface_area;        /* what the surface may paint on */
    struct rect title, caption;      /* strips for them, height 0: none */
    struct rect legend;              /* width 0: no room outside the panels */
};

/* Panels of a page of width x height points in one of the layouts:
 * notebook - the boxes of the original pictures (matplotlib's default subplots);
 * wide     - columns with a 2 % gutter;
 * stacked  - rows, for portrait pages;
 * single   - one panel alone, on the whole page. */
void page_init(struct page *page, double width, double height,
               const struct figure_section *figure, const struct page_needs *needs);

#endif
