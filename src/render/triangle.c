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

/* The same in floating point. */
struct gradient {
    double value, across, down;
};

/* A triangle that is being filled. */
struct filling {
    const struct band *band;
    int64_t x, y; /* the planes' origin */
    struct plane nearness, color;
    /* For what is done sample by sample: */
    const struct paint *paint; /* NULL: nothing is */
    bool is_steep;             /* colours are looked up */
    struct gradient part, light, column, row;
    double part_reach, column_reach, row_reach; /* of lines' rims, 0: none are near */
};

/* Differences of corners that a plane is made of. */
struct frame {
    double x1, y1, x2, y2; /* from the first corner to the others, samples */
    double scale;          /* 1 / (twice the area); 0 where that is too small */
    double x, y;           /* from the first corner to the origin */
};

static struct gradient gradient_of(const struct frame *frame, double a, double b, double c)
{
    double b1 = (b - a) * frame->scale, c1 = (c - a) * frame->scale;
    double across = b1 * frame->y2 - c1 * frame->y1;
    double down = c1 * frame->x1 - b1 * frame->x2;
    return (struct gradient){ a + across * frame->x + down * frame->y, across, down };
}

static inline uint64_t wrapped(double value)
{
    const double most = 9e18;
    if (!(fabs(value) < most)) {
        value = value > 0 ? most : -most;
    }
    return (uint64_t)(int64_t)value;
}

static inline struct plane plane_of(const struct gradient *gradient, double unit, double offset)
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

/* How far lines reach from their middles, in the values of a triangle whose
 * corners have these; 0 where none is near. */
static double line_reach(const struct isolines *lines, const struct gradient *gradient, double a,
                         double b, double c)
{
    if (lines->half_width <= 0) {
        return 0;
    }
    double reach = lines->half_width * sqrt(gradient->across * gradient->across
                                            + gradient->down * gradient->down);
    double low = a < b ? a : b, high = a < b ? b : a;
    low = c < low ? c : low;
    high = c > high ? c : high;
    size_t at = first_from(lines, low - reach);
    return at < lines->count && lines->values[at] <= high + reach ? reach : 0;
}

static double value_at(const struct gradient *gradient, double dx, double dy)
{
    return gradient->value + gradient->across * dx + gradient->down * dy;
}

/* The colour of the line over a sample, or NULL. */
static const struct color *line_at(const struct isolines *lines, double value, double reach)
{
    size_t at = reach > 0 ? first_from(lines, value - reach) : lines->count;
    bool is_on = at < lines->count && lines->values[at] <= value + reach;
    return is_on ? &lines->colors[at] : NULL;
}

const struct color *paint_shade(const struct paint *paint, double part)
{
    return &paint->shades[part >= 1 ? SHADES : part > 0 ? (int)(part * SHADES + 0.5) : 0];
}

static uint64_t packed_field(double component, int field)
{
    double biased = (component + BIAS) * (1 << PLACES) + (1 << (DROPPED - 1));
    return (uint64_t)biased << (field * FIELD);
}

static uint64_t mixed_field(uint64_t packed, int field, double component, double alpha)
{
    double below = (double)(packed >> (field * FIELD) & ((1 << FIELD) - 1));
    double above = (double)packed_field(255 * component, 0);
    return (uint64_t)(below + alpha * (above - below)) << (field * FIELD);
}

static uint64_t looked_up(const struct filling *filling, double dx, double dy)
{
    const struct color *shade = paint_shade(filling->paint, value_at(&filling->part, dx, dy));
    double light = value_at(&filling->light, dx, dy);
    return packed_field(shade->r * light, 2) + packed_field(shade->g * light, 1)
         + packed_field(shade->b * light, 0);
}

/* The colour of a sample of a steep or ruled triangle. */
static uint64_t painted(const struct filling *filling, int64_t column, int64_t row, uint64_t packed)
{
    const struct paint *paint = filling->paint;
    double dx = (double)(column - filling->x), dy = (double)(row - filling->y);
    if (filling->is_steep) {
        packed = looked_up(filling, dx, dy);
    }
    const struct color *line = line_at(&paint->parts, value_at(&filling->part, dx, dy),
                                       filling->part_reach);
    line = line ? line : line_at(&paint->columns, value_at(&filling->column, dx, dy),
                                 filling->column_reach);
    line = line ? line : line_at(&paint->rows, value_at(&filling->row, dx, dy),
                                 filling->row_reach);
    if (!line) {
        return packed;
    }
    return mixed_field(packed, 2, line->r, line->a) + mixed_field(packed, 1, line->g, line->a)
         + mixed_field(packed, 0, line->b, line->a);
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
            uint64_t shown = filling->paint ? painted(filling, from + i, row, color) : color;
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

/* Divides by a positive number whose reciprocal is known, rounding down: much
 * faster than the processor divides whole numbers, and as exact. */
static int64_t divide_fast(int64_t a, int64_t b, double reciprocal, int64_t *rest)
{
    const int64_t most = (int64_t)1 << 50; /* the quotient is off by one at most */
    int64_t quotient = a < most && a > -most ? (int64_t)((double)a * reciprocal)
                                             : divide_down(a, b);
    *rest = a - quotient * b;
    if (*rest < 0) {
        *rest += b;
        quotient--;
    } else if (*rest >= b) {
        *rest -= b;
        quotient++;
    }
    return quotient;
}

static struct edge edge_at(const struct corner *top, const struct corner *bottom, int64_t row)
{
    int64_t dx = (int64_t)bottom->x - top->x, dy = (int64_t)bottom->y - top->y;
    int64_t y = row * FIXED + FIXED / 2 - top->y;
    struct edge edge = { .divisor = dy * FIXED };
    double reciprocal = 1 / (double)edge.divisor;
    edge.column = divide_fast(((int64_t)top->x - FIXED / 2) * dy + y * dx, edge.divisor,
                              reciprocal, &edge.rest);
    edge.step_column = divide_fast(dx * FIXED, edge.divisor, reciprocal, &edge.step_rest);
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

/* What fill_rows does where nothing is done sample by sample. */
static void fill_plain(const struct filling *filling, struct edge *on_left,
                       struct edge *on_right, int64_t from, int64_t to)
{
    struct edge left = *on_left, right = *on_right;
    const struct band *band = filling->band;
    const int64_t lowest = band->left, last = band->right - 1;
    const uint64_t depth_across = filling->nearness.across, tint_across = filling->color.across;
    uint64_t dy = (uint64_t)(from - filling->y);
    uint64_t depth = filling->nearness.value + dy * filling->nearness.down;
    uint64_t tint = filling->color.value + dy * filling->color.down;
    size_t start = (size_t)((from - band->first) * band->width);
    for (int64_t row = from; row <= to; row++) {
        int64_t first = left.column + (left.rest > 0);
        first = first > lowest ? first : lowest;
        int64_t end = right.column < last ? right.column : last;
        uint64_t dx = (uint64_t)(first - filling->x);
        uint64_t nearness = depth + dx * depth_across, color = tint + dx * tint_across;
        uint32_t *depths = band->nearness + start;
        uint64_t *colors = band->colors + start;
        for (int64_t i = first; i <= end; i++) {
            uint32_t here = (uint32_t)(nearness >> DEPTH_PLACES);
            if (here > depths[i]) {
                depths[i] = here;
                colors[i] = (color >> DROPPED & KEPT_MASK) | ONE_SAMPLE;
            }
            nearness += depth_across;
            color += tint_across;
        }
        edge_step(&left);
        edge_step(&right);
        depth += filling->nearness.down;
        tint += filling->color.down;
        start += (size_t)band->width;
    }
    *on_left = left;
    *on_right = right;
}

/* The rows between two edges: all samples on them or between them, so that
 * triangles with a common edge leave none out. */
static void fill_rows(const struct filling *filling, struct edge *left, struct edge *right,
                      int64_t from, int64_t to)
{
    int64_t lowest = filling->band->left, last = filling->band->right - 1;
    if (!filling->paint) {
        fill_plain(filling, left, right, from, to);
        return;
    }
    for (int64_t row = from; row <= to; row++) {
        int64_t first = left->column + (left->rest > 0), end = right->column;
        first = first > lowest ? first : lowest;
        end = end < last ? end : last;
        if (first <= end) {
            fill_span(filling, row, first, end);
        }
        edge_step(left);
        edge_step(right);
    }
}

/* The last row of samples whose middles are not below a coordinate. */
static int64_t row_until(int64_t y)
{
    int64_t above = y - FIXED / 2;
    return above >= 0 ? above / FIXED : -((FIXED - 1 - above) / FIXED);
}

/* The rows of a triangle beside one of its two shorter edges; the longer edge is
 * at the first of them, and comes to the one after the last. */
static void fill_part(const struct filling *filling, struct edge *longer,
                      const struct corner *top, const struct corner *bottom, bool is_long_left,
                      int64_t from, int64_t to)
{
    if (top->y == bottom->y) { /* at most one row, which the corners touch */
        for (int64_t row = from; row <= to; row++) {
            edge_step(longer);
        }
        return;
    }
    if (from > to) {
        return;
    }
    struct edge shorter = edge_at(top, bottom, from);
    if (is_long_left) {
        fill_rows(filling, longer, &shorter, from, to);
    } else {
        fill_rows(filling, &shorter, longer, from, to);
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

/* Whether the straight way between the colours of two parts is not the
 * colormap's. */
static bool is_far(float a, float b)
{
    return fabsf(a - b) > 1.0F / 16;
}

/* Prepares what has to be done sample by sample, if anything. */
static void set_paint(struct filling *filling, const struct paint *paint,
                      const struct frame *frame, const struct corner *a, const struct corner *b,
                      const struct corner *c)
{
    filling->part = gradient_of(frame, a->part, b->part, c->part);
    filling->part_reach = line_reach(&paint->parts, &filling->part, a->part, b->part, c->part);
    if (paint->columns.count) {
        filling->column = gradient_of(frame, a->column, b->column, c->column);
        filling->row = gradient_of(frame, a->row, b->row, c->row);
        filling->column_reach = line_reach(&paint->columns, &filling->column, a->column,
                                           b->column, c->column);
        filling->row_reach = line_reach(&paint->rows, &filling->row, a->row, b->row, c->row);
    }
    filling->is_steep = is_far(a->part, b->part) || is_far(b->part, c->part)
                     || is_far(c->part, a->part);
    if (filling->is_steep) {
        filling->light = gradient_of(frame, a->light, b->light, c->light);
    }
    bool is_ruled = filling->part_reach > 0 || filling->column_reach > 0 || filling->row_reach > 0;
    filling->paint = filling->is_steep || is_ruled ? paint : NULL;
}

void triangle_fill(const struct band *band, const struct paint *paint, const struct corner *a,
                   const struct corner *b, const struct corner *c)
{
    swap_below(&a, &b);
    swap_below(&b, &c);
    swap_below(&a, &b);
    int64_t from = row_until(a->y - 1) + 1, middle = row_until(b->y), to = row_until(c->y);
    int64_t x1 = (int64_t)b->x - a->x, y1 = (int64_t)b->y - a->y;
    int64_t x2 = (int64_t)c->x - a->x, y2 = (int64_t)c->y - a->y;
    int64_t area = x1 * y2 - x2 * y1;
    from = from > band->first ? from : band->first;
    to = to < band->first + band->rows - 1 ? to : band->first + band->rows - 1;
    if (area == 0 || from > to) {
        return;
    }
    struct filling filling = { .band = band, .x = a->x / FIXED, .y = a->y / FIXED };
    /* On slivers gradients mean nothing: they are as their first corner. */
    const double unit = 1.0 / FIXED, least = FIXED * FIXED / 16, size = (double)area;
    struct frame frame = {
        (double)x1 * unit, (double)y1 * unit, (double)x2 * unit, (double)y2 * unit,
        fabs(size) < least ? 0 : FIXED * FIXED / size,
        (double)(filling.x * FIXED + FIXED / 2 - a->x) * unit,
        (double)(filling.y * FIXED + FIXED / 2 - a->y) * unit
    };
    struct gradient nearness = gradient_of(&frame, a->nearness, b->nearness, c->nearness);
    filling.nearness = plane_of(&nearness, 1 << DEPTH_PLACES, 0);
    filling.color = color_plane(&frame, a, b, c);
    set_paint(&filling, paint, &frame, a, b, c);
    struct edge longer = edge_at(a, c, from);
    int64_t turn = middle < to ? middle : to;
    fill_part(&filling, &longer, a, b, area > 0, from, turn);
    fill_part(&filling, &longer, b, c, area > 0, turn + 1 > from ? turn + 1 : from, to);
}

uint32_t samples_mean(uint64_t sum)
{
    const uint32_t field_mask = (1 << (FIELD - 4)) - 1, half = 1 << (KEPT_PLACES + 3);
    if (!sum) {
        return 0;
    }
    uint32_t count = (uint32_t)(sum >> COUNT_SHIFT), bias = count * (BIAS << KEPT_PLACES);
    uint32_t alpha = (count * 255 + SAMPLES / 2) / SAMPLES, pixel = alpha << 24;
    for (int field = 0; field < 3; field++) {
        uint32_t total = (uint32_t)(sum >> (field * FIELD)) & field_mask;
        uint32_t mean = total > bias ? (total - bias + half) >> (KEPT_PLACES + 4) : 0;
        pixel |= (mean < alpha ? mean : alpha) << (8 * field);
    }
    return pixel;
}
