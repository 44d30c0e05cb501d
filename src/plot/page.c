#include "plot/page.h"

#include <math.h>
#include <stdbool.h>

/* matplotlib's default subplot parameters, fractions of the page from below. */
static const double NOTEBOOK_LEFT = 0.125, NOTEBOOK_RIGHT = 0.9;
static const double NOTEBOOK_BOTTOM = 0.11, NOTEBOOK_TOP = 0.88, NOTEBOOK_SPACE = 0.2;

static const double GUTTER = 0.02;     /* between panels, of the page */
static const double MARGIN = 0.06;     /* round panels with axes, of the shortest side of a cell */
static const double FILL = 0.92;       /* of its cell that the surface fills */
static const double STRIP = 0.3;       /* of the page that a strip of losses takes, and */
static const double STRIP_FROM = 0.45; /* how high by its width that page is at least */
static const double LOSS_ROW = 0.6;    /* height of a row of losses by that of the others */
static const double LEGEND_SHARE = 0.35; /* of a panel's cell that the legend may take */
static const double TEXT_SHARE = 1 / 3.0; /* of the page that title or caption may take */

/* What all panels are placed by. */
struct sheet {
    enum layout kind; /* of wide and stacked the one that the page's shape asks for */
    const struct panel_list *panels;
    const struct page_needs *needs;
    struct rect area; /* of the page, between title and caption */
    double gap;       /* between panels */
    double margin;    /* round panels with axes */
    bool has_strip;
};

/* A title or caption higher than matplotlib's margins pushes the boxes in. */
static struct rect notebook_cell(const struct page *page, size_t column, size_t columns)
{
    double count = (double)columns;
    double width = (NOTEBOOK_RIGHT - NOTEBOOK_LEFT) / (count + NOTEBOOK_SPACE * (count - 1));
    double left = NOTEBOOK_LEFT + (double)column * width * (1 + NOTEBOOK_SPACE);
    double top = fmax((1 - NOTEBOOK_TOP) * page->height, page->title.height);
    double below = fmax(NOTEBOOK_BOTTOM * page->height, page->caption.height);
    return (struct rect){ left * page->width, top, width * page->width,
                          page->height - top - below };
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

static double row_weight(enum panel panel)
{
    return panel == PANEL_LOSS ? LOSS_ROW : 1;
}

static struct rect row_cell(const struct sheet *sheet, size_t index)
{
    const struct panel_list *panels = sheet->panels;
    double before = 0, all = 0;
    for (size_t i = 0; i < panels->count; i++) {
        before += i < index ? row_weight(panels->items[i]) : 0;
        all += row_weight(panels->items[i]);
    }
    double unit = (sheet->area.height - sheet->gap * (double)(panels->count - 1)) / all;
    return (struct rect){ sheet->area.x,
                          sheet->area.y + before * unit + (double)index * sheet->gap,
                          sheet->area.width, row_weight(panels->items[index]) * unit };
}

static bool has_panel(const struct panel_list *panels, enum panel panel)
{
    for (size_t i = 0; i < panels->count; i++) {
        if (panels->items[i] == panel) {
            return true;
        }
    }
    return false;
}

/* The panel on whose right the legend stands: the last one of a row, else the
 * contour panel. PANEL_COUNT: there is no place. */
static enum panel legend_host(const struct sheet *sheet)
{
    const struct panel_list *panels = sheet->panels;
    enum panel last = panels->items[panels->count - 1];
    bool is_row = sheet->kind != LAYOUT_STACKED && !sheet->has_strip;
    if (is_row && last != PANEL_SURFACE) {
        return last;
    }
    if (sheet->kind == LAYOUT_NOTEBOOK) {
        return PANEL_COUNT;
    }
    return has_panel(panels, PANEL_CONTOUR) ? PANEL_CONTOUR : last;
}

/* Columns of one width; of three, the one with the legend is wider by that. */
static struct rect wide_cell(const struct sheet *sheet, size_t index)
{
    const struct panel_list *panels = sheet->panels;
    double count = (double)panels->count, all = sheet->area.width - sheet->gap * (count - 1);
    double legend = 0;
    size_t host = 0;
    while (host + 1 < panels->count && panels->items[host] != legend_host(sheet)) {
        host++;
    }
    if (panels->count == PANEL_COUNT && sheet->needs->legend_width > 0) {
        legend = sheet->needs->legend_width + sheet->needs->text_size;
        legend = fmin(legend, LEGEND_SHARE / (2 + LEGEND_SHARE) * all);
    }
    double width = (all - legend) / count;
    double left = sheet->area.x + (double)index * (width + sheet->gap);
    return (struct rect){ left + (index > host ? legend : 0), sheet->area.y,
                          width + (index == host ? legend : 0), sheet->area.height };
}

static struct rect column_cell(struct rect area, double gap, size_t index, size_t count)
{
    double width = (area.width - gap * (double)(count - 1)) / (double)count;
    return (struct rect){ area.x + (double)index * (width + gap), area.y, width, area.height };
}

/* The losses below, the other panels in columns above them. */
static struct rect strip_cell(const struct sheet *sheet, size_t index)
{
    struct rect strip = sheet->area, above = sheet->area;
    strip.height *= STRIP;
    above.height -= strip.height;
    strip.y += above.height;
    if (sheet->panels->items[index] == PANEL_LOSS) {
        return strip;
    }
    size_t column = 0;
    for (size_t i = 0; i < index; i++) {
        column += sheet->panels->items[i] != PANEL_LOSS;
    }
    return column_cell(above, sheet->gap, column, sheet->panels->count - 1);
}

static struct rect cell_of(const struct page *page, const struct sheet *sheet, size_t index)
{
    if (sheet->kind == LAYOUT_NOTEBOOK) {
        return notebook_cell(page, index, sheet->panels->count);
    }
    if (sheet->kind == LAYOUT_STACKED) {
        return row_cell(sheet, index);
    }
    return sheet->has_strip ? strip_cell(sheet, index) : wide_cell(sheet, index);
}

/* As much of the axes as fits between matplotlib's boxes. */
static enum axes_detail notebook_detail(const struct page *page, struct rect cell,
                                        const struct axes_room rooms[AXES_DETAILS])
{
    double side = fmin(NOTEBOOK_SPACE * cell.width, NOTEBOOK_LEFT * page->width);
    double below = page->height - page->caption.height - cell.y - cell.height;
    double above = cell.y - page->title.height;
    enum axes_detail detail = AXES_DETAILS - 1;
    while (detail > AXES_BARE
           && (rooms[detail].left + rooms[detail].right > side || rooms[detail].below > below
               || rooms[detail].above > above)) {
        detail--;
    }
    return detail;
}

/* A panel in its cell with as much of its axes as leaves it half of the cell. */
static struct rect framed_panel(struct rect cell, double margin,
                                const struct axes_room rooms[AXES_DETAILS],
                                enum axes_detail *detail)
{
    for (*detail = AXES_DETAILS - 1;; (*detail)--) {
        const struct axes_room *room = &rooms[*detail];
        /* Text keeps a little away from the cell's edge as well. */
        double left = fmax(margin, room->left + margin / 3);
        double below = fmax(margin, room->below + margin / 3);
        double right = fmax(margin, room->right), above = fmax(margin, room->above);
        struct rect panel = { cell.x + left, cell.y + above, cell.width - left - right,
                              cell.height - above - below };
        bool is_large = panel.width >= cell.width / 2 && panel.height >= cell.height / 2;
        if (is_large || *detail == AXES_BARE) {
            return panel;
        }
    }
}

static struct rect with_aspect(struct rect panel, double aspect)
{
    double width = fmin(panel.width, panel.height / aspect), height = width * aspect;
    return (struct rect){ panel.x + (panel.width - width) / 2,
                          panel.y + (panel.height - height) / 2, width, height };
}

/* Takes room for the legend off the right of a cell, where it has enough; or,
 * since the notebook's boxes stay where they are, off the margin behind them. */
static void reserve_legend(struct page *page, const struct sheet *sheet, struct rect *cell)
{
    const struct page_needs *needs = sheet->needs;
    double gap = needs->text_size, right = cell->x + cell->width;
    bool is_fixed = sheet->kind == LAYOUT_NOTEBOOK;
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

/* Rows begin at the same place. */
static void align_rows(struct page *page)
{
    struct rect *contour = &page->panels[PANEL_CONTOUR], *loss = &page->panels[PANEL_LOSS];
    double left = fmax(contour->x, loss->x);
    contour->width -= left - contour->x;
    loss->width -= left - loss->x;
    contour->x = loss->x = left;
}

static void place_panel(struct page *page, const struct sheet *sheet, enum panel panel,
                        struct rect cell)
{
    const struct page_needs *needs = sheet->needs;
    struct rect *place = &page->panels[panel];
    bool is_host = panel == legend_host(sheet);
    if (is_host) {
        reserve_legend(page, sheet, &cell);
    }
    if (panel == PANEL_SURFACE) {
        page->surface_area = cell;
    }
    if (sheet->kind == LAYOUT_NOTEBOOK) {
        *place = panel == PANEL_SURFACE ? inner_square(cell) : cell;
        page->axes[panel] = notebook_detail(page, cell, needs->axes[panel]);
    } else if (panel == PANEL_SURFACE) {
        *place = shrink(cell, (1 - FILL) / 2 * cell.width, (1 - FILL) / 2 * cell.height);
    } else {
        *place = framed_panel(cell, sheet->margin, needs->axes[panel], &page->axes[panel]);
    }
    if (panel == PANEL_CONTOUR && needs->aspect > 0) {
        *place = with_aspect(*place, needs->aspect);
    }
    if (is_host && page->legend.width > 0) {
        align_legend(page, panel, needs);
    }
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

/* Strips for title and caption; what is left of the page is for the panels. */
static struct rect reserve_text(struct page *page, const struct page_needs *needs)
{
    double most = TEXT_SHARE * page->height;
    double title = needs->title <= most ? needs->title : 0;
    double caption = needs->caption <= most ? needs->caption : 0;
    page->title = (struct rect){ 0, 0, page->width, title };
    page->caption = (struct rect){ 0, page->height - caption, page->width, caption };
    return (struct rect){ 0, title, page->width, page->height - title - caption };
}

static void sheet_init(struct sheet *sheet, struct page *page,
                       const struct figure_section *figure, const struct page_needs *needs)
{
    *sheet = (struct sheet){ figure->layout, &figure->panels, needs, .margin = INFINITY };
    sheet->area = reserve_text(page, needs);
    if (sheet->kind == LAYOUT_WIDE && page->height > page->width) {
        sheet->kind = LAYOUT_STACKED;
    }
    sheet->gap = GUTTER * (sheet->kind == LAYOUT_STACKED ? page->height : page->width);
    sheet->has_strip = sheet->kind == LAYOUT_WIDE && figure->panels.count == PANEL_COUNT
                       && page->height > STRIP_FROM * page->width;
    for (size_t i = 0; i < figure->panels.count; i++) {
        struct rect cell = cell_of(page, sheet, i);
        sheet->margin = fmin(sheet->margin, MARGIN * fmin(cell.width, cell.height));
    }
}

void page_init(struct page *page, double width, double height,
               const struct figure_section *figure, const struct page_needs *needs)
{
    struct sheet sheet;
    *page = (struct page){ .width = width, .height = height };
    sheet_init(&sheet, page, figure, needs);
    for (size_t i = 0; i < figure->panels.count; i++) {
        place_panel(page, &sheet, figure->panels.items[i], cell_of(page, &sheet, i));
    }
    bool both = has_panel(sheet.panels, PANEL_CONTOUR) && has_panel(sheet.panels, PANEL_LOSS);
    if (sheet.kind == LAYOUT_STACKED && both && needs->aspect == 0) {
        align_rows(page);
    }
    if (sheet.kind == LAYOUT_NOTEBOOK && has_panel(sheet.panels, PANEL_SURFACE)) {
        spread_surface(page);
    }
}
