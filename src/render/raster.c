#include "render/raster.h"

#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "render/triangle.h"

/* What reaches into each band, in the order in which it is drawn: cells of the
 * mesh by their number, pieces of cells that are cut from there on. */
struct bins {
    uint32_t *items;
    size_t *starts; /* one per band, and the end */
    size_t count;   /* bands */
    struct span *spans; /* one per band: from the left to the right of its items */
};

/* The bands that an item reaches into, last left out. */
struct reach {
    uint32_t item, first, last;
};

/* A range of fixed point columns. */
struct span {
    int32_t left, right;
};

struct piece {
    struct corner corners[3];
    size_t cell;
};

struct raster {
    const struct surface_view *surface;
    struct raster_place place;
    struct image *image;
    struct corner *corners; /* of the mesh */
    struct piece *pieces;   /* of the cells that are cut, in their order */
    size_t piece_count, piece_capacity;
    double eye_column, eye_row; /* the cell that it is over, and the place therein */
    struct paint paint;
    double *line_columns;      /* where mesh lines are, in cells */
    struct color *line_colors; /* of them */
    struct bins bins;
    atomic_size_t next_band; /* that nobody works on */
};

static void mix_shades(struct raster *raster)
{
    const struct surface_style *style = &raster->surface->style;
    for (int i = 0; i <= SHADES; i++) {
        struct color color = color_mix(colormap_blend(style->colormap, (double)i / SHADES),
                                       style->mixed, style->mixed_share);
        raster->paint.shades[i] = (struct color){ 255 * color.r, 255 * color.g, 255 * color.b, 1 };
    }
}

/* One that the rasterizer cannot draw stays as it is, which is not drawn. */
static void place_corner(const struct raster *raster, const struct projected *seen, double part,
                         double light, struct corner *corner)
{
    const struct raster_place *place = &raster->place;
    double x = (seen->page.x * place->scale - place->origin_x) * SIDE;
    double y = (seen->page.y * place->scale - place->origin_y) * SIDE;
    if (!(seen->depth > 0 && fabs(x) < FAR_SAMPLES && fabs(y) < FAR_SAMPLES)) {
        return;
    }
    const struct color *shade = paint_shade(&raster->paint, part);
    corner->x = (int32_t)lrint(x * FIXED);
    corner->y = (int32_t)lrint(y * FIXED);
    corner->is_drawn = true;
    corner->red = (float)(shade->r * light);
    corner->green = (float)(shade->g * light);
    corner->blue = (float)(shade->b * light);
    corner->part = (float)part;
    corner->light = (float)light;
}

static bool is_shown(const struct mesh *mesh, size_t vertex)
{
    return range_holds(mesh->cut, mesh->heights[vertex]);
}

static void place_eye(struct raster *raster)
{
    const struct mesh *mesh = raster->surface->mesh;
    struct vec3 eye = camera_eye(&raster->surface->camera);
    double cells = (double)mesh->cells;
    raster->eye_column = (eye.x - mesh->x.lo) / (mesh->x.hi - mesh->x.lo) * cells;
    raster->eye_row = (eye.y - mesh->y.lo) / (mesh->y.hi - mesh->y.lo) * cells;
}

/* The rows or columns of cells away from the eye: a line of sight runs through
 * them in this order, so what comes first hides what comes later. */
static size_t away_from(double eye, size_t cells, size_t i)
{
    size_t nearest = eye < 1 ? 0 : eye < (double)cells ? (size_t)eye : cells - 1;
    return i < cells - nearest ? nearest + i : cells - 1 - i;
}

/* Whether a cell is parted from its second corner to its fourth, not from its first to its
 * third: along a fold that runs there, or where the heights differ less. Across either, a
 * surface would have teeth. */
static bool is_parted_falling(const struct mesh *mesh, size_t at)
{
    const double *low = mesh->heights + at, *high = low + mesh_side(mesh);
    size_t above = at + mesh_side(mesh);
    bool rises = is_on_fold(mesh, at) && is_on_fold(mesh, above + 1);
    bool falls = is_on_fold(mesh, at + 1) && is_on_fold(mesh, above);
    return rises != falls ? falls : fabs(low[1] - high[0]) < fabs(low[0] - high[1]);
}

/* The triangles of a cell by their corners, counted around it; the one on the
 * eye's side of the diagonal that parts them comes first. */
static const int (*cell_triangles(const struct raster *raster, size_t cell))[3]
{
    static const int rising[2][2][3] = { { { 0, 1, 2 }, { 0, 2, 3 } },
                                         { { 0, 2, 3 }, { 0, 1, 2 } } };
    static const int falling[2][2][3] = { { { 1, 2, 3 }, { 0, 1, 3 } },
                                          { { 0, 1, 3 }, { 1, 2, 3 } } };
    const struct mesh *mesh = raster->surface->mesh;
    size_t side = mesh_side(mesh), at = cell / mesh->cells * side + cell % mesh->cells;
    bool is_falling = is_parted_falling(mesh, at);
    const struct corner *a = &raster->corners[at + is_falling];
    const struct corner *b = is_falling ? a + side - 1 : a + side + 1;
    double left = (b->column - a->column) * (raster->eye_row - a->row)
                - (b->row - a->row) * (raster->eye_column - a->column);
    return (is_falling ? falling : rising)[left < 0 ? 0 : 1];
}

static void place_corners(struct raster *raster)
{
    const struct surface_view *surface = raster->surface;
    const struct mesh *mesh = surface->mesh;
    size_t side = mesh_side(mesh);
    raster->corners = memory_new(side * side, sizeof *raster->corners);
    for (size_t i = 0; i < side * side; i++) {
        struct corner *corner = &raster->corners[i];
        struct vec2 shift = mesh->shifts ? mesh->shifts[i] : (struct vec2){ 0, 0 };
        corner->column = (float)((double)(i % side) + shift.x);
        corner->row = (float)((double)(i / side) + shift.y);
        if (is_shown(mesh, i)) {
            place_corner(raster, &surface->vertices[i], mesh->parts[i], surface->lights[i],
                         corner);
        }
    }
}

/* Where the edge between two vertices reaches a height. */
static struct corner cross_edge(const struct raster *raster, size_t a, size_t b, double height)
{
    const struct surface_view *surface = raster->surface;
    const struct mesh *mesh = surface->mesh;
    size_t side = mesh_side(mesh), low = a < b ? a : b, high = a < b ? b : a;
    double part = (height - mesh->heights[low]) / (mesh->heights[high] - mesh->heights[low]);
    struct vec3 from = mesh_vertex(mesh, low / side, low % side);
    struct vec3 to = mesh_vertex(mesh, high / side, high % side);
    struct vec3 at = { from.x + part * (to.x - from.x), from.y + part * (to.y - from.y), height };
    struct projected seen = camera_project(&surface->camera, at);
    double light = surface->lights[low] + part * (surface->lights[high] - surface->lights[low]);
    double tone = mesh->parts[low] + part * (mesh->parts[high] - mesh->parts[low]);
    const struct corner *first = &raster->corners[low], *last = &raster->corners[high];
    struct corner corner = { .column = first->column + (float)part * (last->column - first->column),
                             .row = first->row + (float)part * (last->row - first->row) };
    place_corner(raster, &seen, tone, light, &corner);
    return corner;
}

/* The part of a triangle between the heights of the cut: at most five corners,
 * which lie on its edges. */
static void cut_triangle(struct raster *raster, size_t cell, const size_t vertices[3])
{
    const struct mesh *mesh = raster->surface->mesh;
    struct corner ring[9];
    int count = 0;
    for (int i = 0; i < 3; i++) {
        size_t a = vertices[i], b = vertices[(i + 1) % 3];
        double from = mesh->heights[a], to = mesh->heights[b];
        double planes[2] = { from < to ? mesh->cut.lo : mesh->cut.hi,
                             from < to ? mesh->cut.hi : mesh->cut.lo };
        if (is_shown(mesh, a)) {
            ring[count++] = raster->corners[a];
        }
        for (int k = 0; k < 2; k++) {
            if ((from < planes[k] && to > planes[k]) || (from > planes[k] && to < planes[k])) {
                ring[count++] = cross_edge(raster, a, b, planes[k]);
            }
        }
    }
    for (int i = 2; i < count; i++) {
        raster->pieces = memory_grow(raster->pieces, raster->piece_count,
                                     &raster->piece_capacity, sizeof *raster->pieces);
        raster->pieces[raster->piece_count++] = (struct piece){ { ring[0], ring[i - 1], ring[i] },
                                                                cell };
    }
}

/* A cell that is neither shown as a whole nor left out as a whole. One that
 * reaches over both ends of the cut holds a pole, and no surface. */
static void cut_cell(struct raster *raster, size_t row, size_t column)
{
    const struct mesh *mesh = raster->surface->mesh;
    size_t side = mesh_side(mesh), at = row * side + column;
    size_t corners[4] = { at, at + 1, at + side + 1, at + side };
    int shown = 0;
    bool is_over = false, is_under = false, is_finite = true;
    for (int i = 0; i < 4; i++) {
        double height = mesh->heights[corners[i]];
        shown += is_shown(mesh, corners[i]);
        is_over |= height > mesh->cut.hi;
        is_under |= height < mesh->cut.lo;
        is_finite &= isfinite(height);
    }
    if (shown == 4 || !is_finite || (is_over && is_under) || (!shown && !(is_over || is_under))) {
        return;
    }
    const int (*triangles)[3] = cell_triangles(raster, row * mesh->cells + column);
    for (int i = 0; i < 2; i++) {
        const int *of = triangles[i];
        cut_triangle(raster, row * mesh->cells + column,
                     (size_t[]){ corners[of[0]], corners[of[1]], corners[of[2]] });
    }
}

static void cut_cells(struct raster *raster)
{
    const struct mesh *mesh = raster->surface->mesh;
    if (isinf(mesh->cut.lo) && isinf(mesh->cut.hi)) {
        return;
    }
    for (size_t i = 0; i < mesh->cells; i++) {
        size_t row = away_from(raster->eye_row, mesh->cells, i);
        for (size_t j = 0; j < mesh->cells; j++) {
            cut_cell(raster, row, away_from(raster->eye_column, mesh->cells, j));
        }
    }
}

/* The four corners of a cell, counterclockwise. */
static void cell_corners(const struct raster *raster, size_t cell, const struct corner *corners[4])
{
    const struct mesh *mesh = raster->surface->mesh;
    corners[0] = raster->corners + cell / mesh->cells * mesh_side(mesh) + cell % mesh->cells;
    corners[1] = corners[0] + 1;
    corners[2] = corners[1] + mesh_side(mesh);
    corners[3] = corners[2] - 1;
}

/* The box of an item's corners that are drawn, fixed point. */
struct extent {
    int32_t left, right, top, bottom;
};

/* False when too few corners are drawn. */
static bool item_extent(const struct raster *raster, size_t item, struct extent *extent)
{
    size_t cells = raster->surface->mesh->cells * raster->surface->mesh->cells;
    const struct corner *corners[4];
    int count = 4, drawn = 0;
    if (item < cells) {
        cell_corners(raster, item, corners);
    } else {
        for (count = 0; count < 3; count++) {
            corners[count] = &raster->pieces[item - cells].corners[count];
        }
    }
    *extent = (struct extent){ INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN };
    for (int i = 0; i < count; i++) {
        const struct corner *corner = corners[i];
        if (corner->is_drawn) {
            extent->left = corner->x < extent->left ? corner->x : extent->left;
            extent->right = corner->x > extent->right ? corner->x : extent->right;
            extent->top = corner->y < extent->top ? corner->y : extent->top;
            extent->bottom = corner->y > extent->bottom ? corner->y : extent->bottom;
            drawn++;
        }
    }
    return drawn >= 3;
}

static struct reach item_reach(struct raster *raster, size_t item)
{
    const int32_t height = BAND_ROWS * SIDE * FIXED;
    struct bins *bins = &raster->bins;
    struct extent extent;
    if (!item_extent(raster, item, &extent) || extent.bottom < 0
        || extent.top / height >= (int32_t)bins->count) {
        return (struct reach){ 0 };
    }
    size_t last = (size_t)(extent.bottom / height), first = 0;
    last = last < bins->count ? last : bins->count - 1;
    first = extent.top > 0 ? (size_t)(extent.top / height) : 0;
    for (size_t band = first; band <= last; band++) {
        struct span *span = &bins->spans[band];
        span->left = extent.left < span->left ? extent.left : span->left;
        span->right = extent.right > span->right ? extent.right : span->right;
        bins->starts[band + 2]++;
    }
    return (struct reach){ (uint32_t)item, (uint32_t)first, (uint32_t)last + 1 };
}

/* Lists the items in the order in which they are drawn, pieces of a cell in its
 * place; returns how many they are. */
static size_t list_items(struct raster *raster, struct reach *reaches)
{
    size_t cells = raster->surface->mesh->cells, count = 0, piece = 0;
    for (size_t i = 0; i < cells; i++) {
        size_t row = away_from(raster->eye_row, cells, i);
        for (size_t j = 0; j < cells; j++) {
            size_t cell = row * cells + away_from(raster->eye_column, cells, j);
            if (piece == raster->piece_count || raster->pieces[piece].cell != cell) {
                reaches[count++] = item_reach(raster, cell);
            }
            while (piece < raster->piece_count && raster->pieces[piece].cell == cell) {
                reaches[count++] = item_reach(raster, cells * cells + piece++);
            }
        }
    }
    return count;
}

/* A counting sort: starts first counts, then says where to put what is next. */
static void sort_items(struct raster *raster)
{
    struct bins *bins = &raster->bins;
    size_t cells = raster->surface->mesh->cells;
    struct reach *reaches = memory_new(cells * cells + raster->piece_count, sizeof *reaches);
    bins->count = (size_t)((raster->image->height + BAND_ROWS - 1) / BAND_ROWS);
    bins->starts = memory_new(bins->count + 2, sizeof *bins->starts);
    bins->spans = memory_new(bins->count, sizeof *bins->spans);
    for (size_t band = 0; band < bins->count; band++) {
        bins->spans[band] = (struct span){ INT32_MAX, 0 };
    }
    size_t count = list_items(raster, reaches);
    for (size_t band = 2; band < bins->count + 2; band++) {
        bins->starts[band] += bins->starts[band - 1];
    }
    bins->items = memory_new(bins->starts[bins->count + 1], sizeof *bins->items);
    for (size_t i = 0; i < count; i++) {
        for (size_t band = reaches[i].first; band < reaches[i].last; band++) {
            bins->items[bins->starts[band + 1]++] = reaches[i].item;
        }
    }
    free(reaches);
}

static void draw_triangle(const struct raster *raster, const struct band *band,
                          const struct corner *a, const struct corner *b, const struct corner *c)
{
    if (a->is_drawn && b->is_drawn && c->is_drawn) {
        triangle_fill(band, &raster->paint, a, b, c);
    }
}

static void draw_item(const struct raster *raster, const struct band *band, size_t item)
{
    size_t cells = raster->surface->mesh->cells * raster->surface->mesh->cells;
    if (item >= cells) {
        const struct corner *corners = raster->pieces[item - cells].corners;
        draw_triangle(raster, band, &corners[0], &corners[1], &corners[2]);
        return;
    }
    const struct corner *corners[4];
    cell_corners(raster, item, corners);
    bool is_whole = corners[0]->is_drawn && corners[1]->is_drawn && corners[2]->is_drawn
                 && corners[3]->is_drawn;
    if (is_whole && cell_fill(band, &raster->paint, corners)) {
        return;
    }
    const int (*triangles)[3] = cell_triangles(raster, item);
    for (int i = 0; i < 2; i++) {
        const int *of = triangles[i];
        draw_triangle(raster, band, corners[of[0]], corners[of[1]], corners[of[2]]);
    }
}

/* Whole pixels around all that reaches into the band, emptied. */
static void clear_band(const struct raster *raster, struct band *band, size_t number)
{
    const int32_t pixel = SIDE * FIXED;
    int32_t left = raster->bins.spans[number].left, right = raster->bins.spans[number].right;
    band->left = left > 0 ? left / pixel : 0;
    band->right = right / pixel + 1;
    band->left = band->left < band->width ? band->left : band->width;
    band->right = band->right < band->width ? band->right : band->width;
    for (int row = 0; band->left < band->right && row < band->rows; row++) {
        size_t start = (size_t)row * (size_t)band->width + (size_t)band->left;
        size_t count = (size_t)(band->right - band->left);
        memset(band->covered + start, 0, count * sizeof *band->covered);
        memset(band->sums + start, 0, count * sizeof *band->sums);
    }
}

static void draw_band(const struct raster *raster, struct band *band, size_t number)
{
    const struct bins *bins = &raster->bins;
    const struct image *image = raster->image;
    band->first = (int)number * BAND_ROWS;
    band->rows = image->height - band->first < BAND_ROWS ? image->height - band->first : BAND_ROWS;
    clear_band(raster, band, number);
    for (size_t i = bins->starts[number]; i < bins->starts[number + 1]; i++) {
        draw_item(raster, band, bins->items[i]);
    }
    for (int row = 0; row < band->rows; row++) {
        size_t start = (size_t)(band->first + row) * (size_t)image->stride;
        band_row(band, row, (uint32_t *)(void *)(image->pixels + start));
    }
}

/* Draws the next band that nobody has begun, as long as there is one. */
static void draw_bands(void *context)
{
    struct raster *raster = context;
    struct band band = { .width = raster->image->width };
    size_t pixels = (size_t)band.width * BAND_ROWS;
    band.covered = memory_new(pixels, sizeof *band.covered);
    band.sums = memory_new(pixels, sizeof *band.sums);
    size_t number;
    while ((number = atomic_fetch_add(&raster->next_band, 1)) < raster->bins.count) {
        draw_band(raster, &band, number);
    }
    free(band.covered);
    free(band.sums);
}

static void place_lines(struct raster *raster)
{
    const struct surface_style *style = &raster->surface->style;
    double half = raster->place.scale * SIDE / 2;
    size_t count = style->mesh_lines > 0 ? (size_t)style->mesh_lines + 1 : 0;
    raster->line_columns = memory_new(count, sizeof *raster->line_columns);
    raster->line_colors = memory_new(count, sizeof *raster->line_colors);
    for (size_t i = 0; i < count; i++) {
        raster->line_columns[i] = (double)(raster->surface->mesh->cells * i) / style->mesh_lines;
        raster->line_colors[i] = style->mesh_line;
    }
    raster->paint.columns = (struct isolines){ half * style->mesh_line_width, raster->line_columns,
                                              raster->line_colors, count };
    raster->paint.rows = raster->paint.columns;
    raster->paint.parts = (struct isolines){ half * style->level_line_width, style->levels,
                                            style->level_colors, style->level_count };
}

void raster_surface(struct image *image, const struct surface_view *surface,
                    const struct raster_place *place)
{
    struct raster raster = { .surface = surface, .place = *place, .image = image };
    mix_shades(&raster);
    place_eye(&raster);
    place_corners(&raster);
    place_lines(&raster);
    cut_cells(&raster);
    sort_items(&raster);
    parallel_run(draw_bands, &raster);
    free(raster.bins.items);
    free(raster.bins.starts);
    free(raster.bins.spans);
    free(raster.line_columns);
    free(raster.line_colors);
    free(raster.pieces);
    free(raster.corners);
}
