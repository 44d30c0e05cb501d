#include "plot/page.h"

#include <math.h>

/* matplotlib's default subplot parameters, fractions of the page from below. */
static const double NOTEBOOK_LEFT = 0.125, NOTEBOOK_RIGHT = 0.9;
static const double NOTEBOOK_BOTTOM = 0.11, NOTEBOOK_TOP = 0.88, NOTEBOOK_SPACE = 0.2;

static const double GUTTER = 0.02;  /* between panels, of the page */
static const double MARGIN = 0.06;  /* round a contour panel, of its cell's shorter side */
static const double FILL = 0.92;    /* of its cell that the surface fills */
static const double STRIP = 0.3;    /* of the page that a strip of losses takes, and */
static const double STRIP_FROM = 0.45; /* how high by its width that page is at least */
static const double LEGEND_SHARE = 0.35; /* of a panel's cell that the legend may take */

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

/* Three panels on a page that is not very wide: loss is a strip below. */
static bool has_strip(const struct page *page, const struct figure_section *figure)
{
    return figure->layout == LAYOUT_WIDE && figure->panels.count == PANEL_COUNT
        && page->height > STRIP_FROM * page->width;
}

static struct rect row_cell(struct rect area, double gap, size_t index, size_t count)
{
    double height = (area.height - gap * (double)(count - 1)) / (double)count;
    return (struct rect){ area.x, area.y + (double)index * (height + gap), area.width, height };
}

static struct rect column_cell(struct rect area, double gap, size_t index, size_t count)
{
    double width = (area.width - gap * (double)(count - 1)) / (double)count;
    return (struct rect){ area.x + (double)index * (width + gap), area.y, width, area.height };
}

/* The cell of the panel at index; columns and gutters are shares of the page. */
static struct rect cell_of(const struct page *page, const struct figure_section *figure,
                           struct rect area, size_t index)
{
    size_t count = figure->panels.count;
    if (figure->layout == LAYOUT_NOTEBOOK) {
        return notebook_cell(page, index, count);
    }
    if (figure->layout == LAYOUT_STACKED) {
        return row_cell(area, GUTTER * page->height, index, count);
    }
    double gap = GUTTER * page->width;
    if (!has_strip(page, figure)) {
        return column_cell(area, gap, index, count);
    }
    struct rect strip = area;
    strip.height = STRIP * area.height;
    area.height -= strip.height;
    strip.y += area.height;
    if (figure->panels.items[index] == PANEL_LOSS) {
        return strip;
    }
    size_t column = 0;
    for (size_t i = 0; i < index; i++) {
        column += figure->panels.items[i] != PANEL_LOSS;
    }
    return column_cell(area, gap, column, count - 1);
}

/* A panel with axes in its cell. */
static struct rect framed_panel(struct rect cell, enum panel panel,
                                const struct page_needs *needs)
{
    double margin = MARGIN * fmin(cell.width, cell.height);
    double left = fmax(margin, needs->left[panel] + margin / 3);
    double below = fmax(margin, needs->below[panel] + margin / 3);
    return (struct rect){ cell.x + left, cell.y + margin, fmax(1, cell.width - left - margin),
                          fmax(1, cell.height - margin - below) };
}

static struct rect with_aspect(struct rect panel, double aspect)
{
    double width = fmin(panel.width, panel.height / aspect), height = width * aspect;
    return (struct rect){ panel.x + (panel.width - width) / 2,
                          panel.y + (panel.height - height) / 2, width, height };
}

/* Takes room for the legend off the right of a cell, where it has enough; or,
 * since the notebook's boxes stay where they are, off the margin behind them. */
static void reserve_legend(struct page *page, const struct figure_section *figure,
                           struct rect *cell, const struct page_needs *needs)
{
    double gap = needs->text_size, right = cell->x + cell->width;
    bool is_fixed = figure->layout == LAYOUT_NOTEBOOK;
    double room = is_fixed ? page->width - right - 2 * gap : LEGEND_SHARE * cell->width - gap;
    if (needs->legend_width <= 0 || room < needs->legend_least) {
        return;
    }
    double width = fmin(needs->legend_width, room);
    page->legend = (struct rect){ right - gap - width, cell->y, width, cell->height };
    cell->width -= is_fixed ? 0 : width + gap;
}

/* The legend's room begins beside its panel, at the same height; it reaches as
 * far down as the panel, or as it has to. */
static void align_legend(struct page *page, enum panel panel, const struct page_needs *needs)
{
    const struct rect *beside = &page->panels[panel];
    struct rect *legend = &page->legend;
    double bottom = legend->y + (1 - MARGIN) * legend->height;
    if (panel != PANEL_SURFACE) {
        legend->x = beside->x + beside->width + needs->text_size;
    }
    legend->y = beside->y;
    legend->height = fmax(beside->height, fmin(needs->legend_height, bottom - beside->y));
}

/* The panel on whose right the legend stands: the contour panel unless another
 * follows it in its row. PANEL_COUNT: there is no place. */
static enum panel legend_host(const struct page *page, const struct figure_section *figure)
{
    const struct panel_list *panels = &figure->panels;
    enum panel last = panels->items[panels->count - 1];
    bool in_row = figure->layout != LAYOUT_STACKED && !has_strip(page, figure);
    if (in_row && last != PANEL_SURFACE) {
        return last;
    }
    if (figure->layout == LAYOUT_NOTEBOOK) {
        return PANEL_COUNT;
    }
    for (size_t i = 0; i < panels->count; i++) {
        if (panels->items[i] == PANEL_CONTOUR) {
            return PANEL_CONTOUR;
        }
    }
    return last;
}

static struct rect panel_in(struct rect cell, const struct figure_section *figure,
                            enum panel panel, const struct page_needs *needs)
{
    struct rect found;
    if (figure->layout == LAYOUT_NOTEBOOK) {
        found = panel == PANEL_SURFACE ? inner_square(cell) : cell;
    } else if (panel == PANEL_SURFACE) {
        found = shrink(cell, (1 - FILL) / 2 * cell.width, (1 - FILL) / 2 * cell.height);
    } else {
        found = framed_panel(cell, panel, needs);
    }
    return panel == PANEL_CONTOUR && needs->aspect > 0 ? with_aspect(found, needs->aspect) : found;
}

/* The notebook's square is small and cuts the surface; ours may spread over
 * the margins, but not over the other panels. */
static void spread_surface(struct page *page)
{
    const struct rect *surface = &page->panels[PANEL_SURFACE];
    double gap = GUTTER * page->width, left = 0, right = page->width;
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        const struct rect *other = &page->panels[i];
        if (i == PANEL_SURFACE || other->width <= 0) {
            continue;
        }
        if (surface->x < other->x) {
            right = fmin(right, other->x - gap);
        } else {
            left = fmax(left, other->x + other->width + gap);
        }
    }
    page->surface_area = (struct rect){ left, 0, right - left, page->height };
}

void page_init(struct page *page, double width, double height,
               const struct figure_section *figure, const struct page_needs *needs)
{
    *page = (struct page){ .width = width, .height = height };
    page->title = (struct rect){ 0, 0, width, needs->title };
    page->caption = (struct rect){ 0, height - needs->caption, width, needs->caption };
    struct rect area = { 0, needs->title, width, height - needs->title - needs->caption };
    enum panel host = legend_host(page, figure);
    for (size_t i = 0; i < figure->panels.count; i++) {
        enum panel panel = figure->panels.items[i];
        struct rect cell = cell_of(page, figure, area, i);
        if (panel == PANEL_SURFACE) {
            page->surface_area = cell;
        }
        if (panel == host) {
            reserve_legend(page, figure, &cell, needs);
        }
        page->panels[panel] = panel_in(cell, figure, panel, needs);
        if (panel == host && page->legend.width > 0) {
            align_legend(page, panel, needs);
        }
    }
    if (figure->layout == LAYOUT_NOTEBOOK && page->panels[PANEL_SURFACE].width > 0) {
        spread_surface(page);
    }
}
