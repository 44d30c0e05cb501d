#include "plot/page.h"

#include <math.h>

/* matplotlib's default subplot parameters, fractions of the page from below. */
static const double NOTEBOOK_LEFT = 0.125, NOTEBOOK_RIGHT = 0.9;
static const double NOTEBOOK_BOTTOM = 0.11, NOTEBOOK_TOP = 0.88, NOTEBOOK_SPACE = 0.2;

static const double GUTTER = 0.02;  /* between panels, of the page */
static const double MARGIN = 0.06;  /* round a contour panel, of its cell's shorter side */
static const double FILL = 0.92;    /* of its cell that the surface fills */

static struct rect notebook_cell(const struct page *page, size_t column, size_t columns)
{
    double count = (double)columns;
    double width = (NOTEBOOK_RIGHT - NOTEBOOK_LEFT) / (count + NOTEBOOK_SPACE * (count - 1));
    double left = NOTEBOOK_LEFT + (double)column * width * (1 + NOTEBOOK_SPACE);
    return (struct rect){ left * page->width, (1 - NOTEBOOK_TOP) * page->height,
                          width * page->width, (NOTEBOOK_TOP - NOTEBOOK_BOTTOM) * page->height };
}

static struct rect inner_square(struct rect cell)
{
    double side = fmin(cell.width, cell.height);
    return (struct rect){ cell.x + (cell.width - side) / 2, cell.y + (cell.height - side) / 2,
                          side, side };
}

static struct rect shrink(struct rect cell, double across, double along)
{
    return (struct rect){ cell.x + across, cell.y + along, cell.width - 2 * across,
                          cell.height - 2 * along };
}

static struct rect cell_of(const struct page *page, enum layout layout, size_t index, size_t count)
{
    double number = (double)count, at = (double)index;
    if (layout == LAYOUT_NOTEBOOK) {
        return notebook_cell(page, index, count);
    }
    if (layout == LAYOUT_STACKED) {
        double gap = GUTTER * page->height, height = (page->height - gap * (number - 1)) / number;
        return (struct rect){ 0, at * (height + gap), page->width, height };
    }
    double gap = GUTTER * page->width, width = (page->width - gap * (number - 1)) / number;
    return (struct rect){ at * (width + gap), 0, width, page->height };
}

static struct rect panel_in(struct rect cell, enum layout layout, enum panel panel)
{
    if (layout == LAYOUT_NOTEBOOK) {
        return panel == PANEL_SURFACE ? inner_square(cell) : cell;
    }
    if (panel == PANEL_SURFACE) {
        return shrink(cell, (1 - FILL) / 2 * cell.width, (1 - FILL) / 2 * cell.height);
    }
    double margin = MARGIN * fmin(cell.width, cell.height);
    return shrink(cell, margin, margin);
}

void page_init(struct page *page, double width, double height,
               const struct figure_section *figure)
{
    *page = (struct page){ .width = width, .height = height };
    page->surface_area = (struct rect){ 0, 0, width, height };
    size_t count = figure->panels.count;
    for (size_t i = 0; i < count; i++) {
        enum panel panel = figure->panels.items[i];
        struct rect cell = cell_of(page, figure->layout, i, count);
        page->panels[panel] = panel_in(cell, figure->layout, panel);
        if (panel == PANEL_SURFACE && figure->layout != LAYOUT_NOTEBOOK) {
            page->surface_area = cell;
        }
    }
    /* The notebook's square is small and cuts the surface; ours may spread
     * over the margins, but not over the other panel. */
    const struct rect *contour = &page->panels[PANEL_CONTOUR];
    const struct rect *surface = &page->panels[PANEL_SURFACE];
    if (figure->layout == LAYOUT_NOTEBOOK && contour->width > 0 && surface->width > 0) {
        double gap = GUTTER * width;
        if (surface->x < contour->x) {
            page->surface_area.width = contour->x - gap;
        } else {
            page->surface_area.x = contour->x + contour->width + gap;
            page->surface_area.width = width - page->surface_area.x;
        }
    }
}
