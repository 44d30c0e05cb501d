/* The page: where each panel is. Points, y downwards. */
#ifndef PLOT_PAGE_H
#define PLOT_PAGE_H

#include "base/geometry.h"
#include "load/preset.h"

struct page {
    double width, height;
    struct rect panels[PANEL_COUNT];  /* width 0: not shown */
    struct rect surface_area;         /* what the surface may paint on */
};

/* Panels of a page of width x height points in one of the layouts:
 * notebook - the boxes of the original pictures (matplotlib's default subplots);
 * wide     - equal columns with a 2 % gutter;
 * stacked  - equal rows, for portrait pages;
 * single   - one panel alone, on the whole page. */
void page_init(struct page *page, double width, double height,
               const struct figure_section *figure);

#endif
