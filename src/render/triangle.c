#include "render/triangle.h"

#include <math.h>
#include <stdbool.h>

/* A packed colour has three fields of 21 bits. While it is interpolated they
 * are numbers with 12 binary places, plus a bias that keeps them positive: then
 * sums and whole multiples of packed numbers are those of their fields, even of
 * negative ones. A sample keeps 4 places, and one bit over the fields that
 * counts it. */
enum { PLACES = 12, KEPT_PLACES = 4, DROPPED = PLACES - KEPT_PLACES, BIAS = 64 };
enum { FIELD = 21, COUNT_SHIFT = 59, DEPTH_PLACES = 16, SAMPLES = 16 };

static const uint64_t KEPT_MASK = 0x1fffull | 0x1fffull << FIELD | 0x1fffull << 2 * FIELD;
static const uint64_t ONE_SAMPLE = 1ull << COUNT_SHIFT;

/* A plane over the samples, as wrapping integers: only sums count. */
struct plane {
    uint64_t value, across, down; /* at the origin, and change per sample */
};

/* A triangle that is being filled. */
struct filling {
    const struct band *band;
    const struct inks *inks; /* NULL: no line touches it */
    int64_t x, y;            /* the planes' origin */
    struct plane nearness, color;
    struct line_plane {
        double value, across, down, reach; /* reach: from a line's middle to its rim */
    } columns, rows, parts;
};

/* Differences of corners that a plane is made of. */
struct frame {
    double x1, y1, x2, y2; /* from the first corner to the others, samples */
    double scale;          /* 1 / (twice the area); 0 where that is too small */
    double x, y;           /* from the first corner to the origin */
};

struct gradient {
    double value, across, down;
};

static struct gradient gradient_of(const struct frame *frame, double a, double b, double c)
{
    double b1 = (b - a) * frame->scale, c1 = (c - a) * frame->scale;
    double across = b1 * frame->y2 - c1 * frame->y1;
    double down = c1 * frame->x1 - b1 * frame->x2;
    return (struct gradient){ a + across * frame->x + down * frame->y, across, down };
}

static uint64_t wrapped(double value)
{
    return (uint64_t)(int64_t)fmin(9e18, fmax(-9e18, value));
}

static struct plane plane_of(const struct gradient *gradient, double unit, double offset)
{
    return (struct plane){ wrapped(gradient->value * unit + offset),
                           wrapped(gradient->across * unit), wrapped(gradient->down * unit) };
}

static void plane_add(struct plane *sum, struct plane plane, int shift)
{
    sum->value += plane.value << shift;
    sum->across += plane.across << shift;
    sum->down += plane.down << shift;
}

static struct plane color_plane(const struct frame *frame, const struct corner *a,
                                const struct corner *b, const struct corner *c)
{
    const double unit = 1 << PLACES, offset = BIAS * unit + (1 << (DROPPED - 1)) + 0.5;
    struct gradient red = gradient_of(frame, a->red, b->red, c->red);
    struct gradient green = gradient_of(frame, a->green, b->green, c->green);
    struct gradient blue = gradient_of(frame, a->blue, b->blue, c->blue);
    struct plane color = { 0 };
    plane_add(&color, plane_of(&red, unit, offset), 2 * FIELD);
    plane_add(&color, plane_of(&green, unit, offset), FIELD);
    plane_add(&color, plane_of(&blue, unit, offset), 0);
    return color;
}

/* The first of ascending values that is not below value. */
static size_t first_from(const struct isolines *lines, double value)
{
    size_t low = 0, high = lines->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (lines->values[middle] < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Whether lines come near a triangle whose corners have these values. */
static bool touches(const struct isolines *lines, const struct frame *frame, double a, double b,
                    double c, struct line_plane *plane)
{
    *plane = (struct line_plane){ 0 };
    if (lines->half_width <= 0 || !lines->count) {
        return false;
    }
    struct gradient gradient = gradient_of(frame, a, b, c);
    double reach = lines->half_width * hypot(gradient.across, gradient.down);
    double low = fmin(a, fmin(b, c)) - reach, high = fmax(a, fmax(b, c)) + reach;
    size_t at = first_from(lines, low);
    if (at == lines->count || lines->values[at] > high) {
        return false;
    }
    *plane = (struct line_plane){ gradient.value, gradient.across, gradient.down, reach };
    return true;
}

/* The colour of the line over a sample, or NULL. */
static const struct color *line_at(const struct isolines *lines, const struct line_plane *plane,
                                   double dx, double dy)
{
    if (plane->reach <= 0) {
        return NULL;
    }
    double value = plane->value + plane->across * dx + plane->down * dy;
    size_t at = first_from(lines, value - plane->reach);
    bool is_on = at < lines->count && lines->values[at] <= value + plane->reach;
    return is_on ? &lines->colors[at] : NULL;
}

static uint64_t mixed_field(uint64_t packed, int field, double component, double alpha)
{
    double below = (double)(packed >> (field * FIELD) & ((1 << FIELD) - 1));
    double above = (255 * component + BIAS) * (1 << PLACES) + (1 << (DROPPED - 1));
    return (uint64_t)(below + alpha * (above - below)) << (field * FIELD);
}

static uint64_t inked(const struct filling *filling, int64_t column, int64_t row, uint64_t packed)
{
    const struct inks *inks = filling->inks;
    double dx = (double)(column - filling->x), dy = (double)(row - filling->y);
    const struct color *color = line_at(&inks->parts, &filling->parts, dx, dy);
    color = color ? color : line_at(&inks->columns, &filling->columns, dx, dy);
    color = color ? color : line_at(&inks->rows, &filling->rows, dx, dy);
    return color ? mixed_field(packed, 2, color->r, color->a)
                       + mixed_field(packed, 1, color->g, color->a)
                       + mixed_field(packed, 0, color->b, color->a)
                 : packed;
}

static void fill_span(const struct filling *filling, int64_t row, int64_t from, int64_t to)
{
    const struct band *band = filling->band;
    size_t start = (size_t)((row - band->first) * band->width + from);
    uint64_t *colors = band->colors + start;
    uint32_t *depths = band->nearness + start;
    uint64_t dx = (uint64_t)(from - filling->x), dy = (uint64_t)(row - filling->y);
    const struct plane *depth = &filling->nearness, *tint = &filling->color;
    uint64_t nearness = depth->value + dx * depth->across + dy * depth->down;
    uint64_t color = tint->value + dx * tint->across + dy * tint->down;
    for (int64_t i = 0; i <= to - from; i++) {
        uint32_t here = (uint32_t)(nearness >> DEPTH_PLACES);
        if (here > depths[i]) {
            uint64_t shown = filling->inks ? inked(filling, from + i, row, color) : color;
            depths[i] = here;
            colors[i] = (shown >> DROPPED & KEPT_MASK) | ONE_SAMPLE;
        }
        nearness += depth->across;
        color += tint->across;
    }
}

/* Where an edge crosses the middles of rows: column + rest / divisor, in
 * samples from the middle of the first column, exactly. */
struct edge {
    int64_t column, rest, divisor;
    int64_t step_column, step_rest; /* from row to row */
};

static int64_t divide_down(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static struct edge edge_at(const struct corner *top, const struct corner *bottom, int64_t row)
{
    int64_t dx = (int64_t)bottom->x - top->x, dy = (int64_t)bottom->y - top->y;
    int64_t y = row * FIXED + FIXED / 2 - top->y;
    struct edge edge = { .divisor = dy * FIXED };
    int64_t at = ((int64_t)top->x - FIXED / 2) * dy + y * dx;
    edge.column = divide_down(at, edge.divisor);
    edge.rest = at - edge.column * edge.divisor;
    edge.step_column = divide_down(dx * FIXED, edge.divisor);
    edge.step_rest = dx * FIXED - edge.step_column * edge.divisor;
    return edge;
}

static void edge_step(struct edge *edge)
{
    edge->column += edge->step_column;
    edge->rest += edge->step_rest;
    if (edge->rest >= edge->divisor) {
        edge->rest -= edge->divisor;
        edge->column++;
    }
}

/* The rows between two edges: all samples on them or between them, so that
 * triangles with a common edge leave none out. */
static void fill_rows(const struct filling *filling, struct edge left, struct edge right,
                      int64_t from, int64_t to)
{
    int64_t last = filling->band->width - 1;
    for (int64_t row = from; row <= to; row++) {
        int64_t first = left.column + (left.rest > 0), end = right.column;
        first = first > 0 ? first : 0;
        end = end < last ? end : last;
        if (first <= end) {
            fill_span(filling, row, first, end);
        }
        edge_step(&left);
        edge_step(&right);
    }
}

/* The last row of samples whose middles are not below a coordinate. */
static int64_t row_until(int64_t y)
{
    return divide_down(y - FIXED / 2, FIXED);
}

static void fill_part(const struct filling *filling, const struct corner *const long_edge[2],
                      const struct corner *top, const struct corner *bottom, bool is_long_left,
                      int64_t from, int64_t to)
{
    const struct band *band = filling->band;
    from = from > band->first ? from : band->first;
    to = to < band->first + band->rows - 1 ? to : band->first + band->rows - 1;
    if (from > to || top->y == bottom->y) {
        return;
    }
    struct edge longer = edge_at(long_edge[0], long_edge[1], from);
    struct edge shorter = edge_at(top, bottom, from);
    if (is_long_left) {
        fill_rows(filling, longer, shorter, from, to);
    } else {
        fill_rows(filling, shorter, longer, from, to);
    }
}

static void swap_below(const struct corner **upper, const struct corner **lower)
{
    if ((*upper)->y > (*lower)->y) {
        const struct corner *swap = *upper;
        *upper = *lower;
        *lower = swap;
    }
}

void triangle_fill(const struct band *band, const struct inks *inks, const struct corner *a,
                   const struct corner *b, const struct corner *c)
{
    swap_below(&a, &b);
    swap_below(&b, &c);
    swap_below(&a, &b);
    int64_t x1 = (int64_t)b->x - a->x, y1 = (int64_t)b->y - a->y;
    int64_t x2 = (int64_t)c->x - a->x, y2 = (int64_t)c->y - a->y;
    int64_t area = x1 * y2 - x2 * y1;
    int64_t from = row_until(a->y - 1) + 1, middle = row_until(b->y), to = row_until(c->y);
    if (area == 0 || from > to) {
        return;
    }
    /* On slivers gradients mean nothing: they get the first corner's colour. */
    const double unit = 1.0 / FIXED, least = FIXED * FIXED / 16;
    struct filling filling = { .band = band, .x = a->x / FIXED, .y = a->y / FIXED };
    struct frame frame = { (double)x1 * unit, (double)y1 * unit, (double)x2 * unit,
                           (double)y2 * unit,
                           fabs((double)area) < least ? 0 : FIXED * FIXED / (double)area,
                           (double)(filling.x * FIXED + FIXED / 2 - a->x) * unit,
                           (double)(filling.y * FIXED + FIXED / 2 - a->y) * unit };
    struct gradient nearness = gradient_of(&frame, a->nearness, b->nearness, c->nearness);
    filling.nearness = plane_of(&nearness, 1 << DEPTH_PLACES, 0);
    filling.color = color_plane(&frame, a, b, c);
    bool has_lines = touches(&inks->parts, &frame, a->part, b->part, c->part, &filling.parts);
    has_lines |= touches(&inks->columns, &frame, a->column, b->column, c->column,
                         &filling.columns);
    has_lines |= touches(&inks->rows, &frame, a->row, b->row, c->row, &filling.rows);
    filling.inks = has_lines ? inks : NULL;
    const struct corner *const long_edge[2] = { a, c };
    fill_part(&filling, long_edge, a, b, area > 0, from, middle);
    fill_part(&filling, long_edge, b, c, area > 0, middle + 1 > from ? middle + 1 : from, to);
}

uint32_t samples_mean(uint64_t sum)
{
    const uint32_t field_mask = (1 << (FIELD - 4)) - 1, half = 1 << (KEPT_PLACES + 3);
    uint32_t count = (uint32_t)(sum >> COUNT_SHIFT), bias = count * (BIAS << KEPT_PLACES);
    uint32_t alpha = (count * 255 + SAMPLES / 2) / SAMPLES, pixel = alpha << 24;
    for (int field = 0; field < 3; field++) {
        uint32_t total = (uint32_t)(sum >> (field * FIELD)) & field_mask;
        uint32_t mean = total > bias ? (total - bias + half) >> (KEPT_PLACES + 4) : 0;
        pixel |= (mean < alpha ? mean : alpha) << (8 * field);
    }
    return pixel;
}
