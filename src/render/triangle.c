#include "render/triangle.h"

#include <math.h>
#include <stdbool.h>

/* A packed colour has three fields of 21 bits: numbers with 8 binary places, of
 * which 16 may be added up, plus a bias that keeps them positive. Then sums and
 * whole multiples of packed numbers are those of their fields, even of negative
 * ones, and a plane's sum over some samples takes two multiplications. */
enum { PLACES = 8, FIELD = 21, BIAS = 64, SAMPLES = SIDE * SIDE, ALL_SAMPLES = 0xffff };

/* Samples in a row that are worked on at a time, as the bits of a number, with
 * some to spare; whole pixels. */
enum { RUN = 60 };

/* A plane over the samples, as wrapping integers: only sums count. */
struct plane {
    uint64_t value, across, down; /* at the origin, and change per sample */
};

/* The same in floating point. */
struct gradient {
    double value, across, down;
};

/* What is done sample by sample on a steep or ruled triangle. */
struct pattern {
    const struct paint *paint;
    bool is_steep; /* colours are looked up */
    struct gradient part, light, column, row;
    double part_reach, column_reach, row_reach; /* of lines' rims, 0: none are near */
};

/* Where a polygon is in the rows of samples of a band, from a column on: those
 * not to the left of its left side, and those to the right of its right side. */
struct outline {
    int from, end;     /* rows of the band, and of the image columns that it */
    int left, right;   /* reaches, end and right left out */
    bool is_whole;     /* no part of it is to the left or right of those noted: */
    int column, count;
    uint64_t within[BAND_ROWS * SIDE], beyond[BAND_ROWS * SIDE];
};

/* Differences of corners that a plane is made of. */
struct frame {
    double x1, y1, x2, y2; /* of two sides, over twice the area they span;
                              0 where that is too small */
    double x, y;           /* from where they start to the origin, samples */
};

static inline struct gradient gradient_of(const struct frame *frame, double a, double b, double c)
{
    double across = (b - a) * frame->y2 - (c - a) * frame->y1;
    double down = (c - a) * frame->x1 - (b - a) * frame->x2;
    return (struct gradient){ a + across * frame->x + down * frame->y, across, down };
}

/* Three numbers as one, rounded to the nearest. */
static inline uint64_t packed(double red, double green, double blue)
{
    const double unit = 1 << PLACES, above = 1LL << 50; /* what is cut off is positive */
    const uint64_t ones = 1ull << 2 * FIELD | 1ull << FIELD | 1;
    return ((uint64_t)(int64_t)(red * unit + (above + 0.5)) << 2 * FIELD)
         + ((uint64_t)(int64_t)(green * unit + (above + 0.5)) << FIELD)
         + (uint64_t)(int64_t)(blue * unit + (above + 0.5)) - (uint64_t)above * ones;
}

static inline struct plane plane_of(const struct gradient *red, const struct gradient *green,
                                    const struct gradient *blue)
{
    return (struct plane){ packed(red->value + BIAS, green->value + BIAS, blue->value + BIAS),
                           packed(red->across, green->across, blue->across),
                           packed(red->down, green->down, blue->down) };
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

/* How far lines reach from their middles, in the values of a polygon that are
 * in a range; 0 where none is near. */
static double line_reach(const struct isolines *lines, const struct gradient *gradient,
                         struct range values)
{
    if (lines->half_width <= 0) {
        return 0;
    }
    double reach = lines->half_width * sqrt(gradient->across * gradient->across
                                            + gradient->down * gradient->down);
    size_t at = first_from(lines, values.lo - reach);
    return at < lines->count && lines->values[at] <= values.hi + reach ? reach : 0;
}

static inline struct range range_of(double a, double b, double c)
{
    double low = a < b ? a : b, high = a < b ? b : a;
    return (struct range){ c < low ? c : low, c > high ? c : high };
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

static uint64_t mixed_field(uint64_t below, int field, double component, double alpha)
{
    double before = (double)(below >> (field * FIELD) & ((1 << FIELD) - 1));
    double after = (255 * component + BIAS) * (1 << PLACES);
    return (uint64_t)(before + alpha * (after - before) + 0.5) << (field * FIELD);
}

static uint64_t looked_up(const struct pattern *pattern, double dx, double dy)
{
    const struct color *shade = paint_shade(pattern->paint, value_at(&pattern->part, dx, dy));
    double light = value_at(&pattern->light, dx, dy);
    return packed(shade->r * light + BIAS, shade->g * light + BIAS, shade->b * light + BIAS);
}

/* The colour of a sample so far from the origin. */
static uint64_t painted(const struct pattern *pattern, const struct plane *plane, int column,
                        int row)
{
    const struct paint *paint = pattern->paint;
    double dx = column, dy = row;
    uint64_t color = plane->value + (uint64_t)column * plane->across + (uint64_t)row * plane->down;
    if (pattern->is_steep) {
        color = looked_up(pattern, dx, dy);
    }
    const struct color *line = line_at(&paint->parts, value_at(&pattern->part, dx, dy),
                                       pattern->part_reach);
    line = line ? line : line_at(&paint->columns, value_at(&pattern->column, dx, dy),
                                 pattern->column_reach);
    line = line ? line : line_at(&paint->rows, value_at(&pattern->row, dx, dy),
                                 pattern->row_reach);
    if (!line) {
        return color;
    }
    return mixed_field(color, 2, line->r, line->a) + mixed_field(color, 1, line->g, line->a)
         + mixed_field(color, 0, line->b, line->a);
}

/* The sum of the colours of some samples of a pixel, whose first one is so far
 * from the origin. */
static uint64_t painted_sum(const struct pattern *pattern, const struct plane *plane,
                            unsigned samples, int column, int row)
{
    uint64_t sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
        if (samples >> i & 1) {
            sum += painted(pattern, plane, column + i % SIDE, row + i / SIDE);
        }
    }
    return sum;
}

/* Of a set of four samples in a row: how many they are, and, from bit 8 on, how
 * far they are from the first place, added up. */
static const unsigned FOURS[1 << SIDE] = {
    0x000, 0x001, 0x101, 0x102, 0x201, 0x202, 0x302, 0x303,
    0x301, 0x302, 0x402, 0x403, 0x502, 0x503, 0x603, 0x604,
};

/* The sum of a plane over some samples of a pixel. */
static inline uint64_t plane_sum(const struct plane *plane, uint64_t value, unsigned samples)
{
    unsigned first = FOURS[samples & 15], second = FOURS[samples >> 4 & 15];
    unsigned third = FOURS[samples >> 8 & 15], fourth = FOURS[samples >> 12];
    unsigned all = first + second + third + fourth, lower = second + 2 * third + 3 * fourth;
    return (all & 255) * value + (all >> 8) * plane->across + (lower & 255) * plane->down;
}

/* Fills what an outline notes. The origin is the polygon's first column, and the
 * first row of samples of its first row of pixels. */
static void fill_outline(const struct band *band, const struct outline *outline,
                         const struct plane *plane, const struct pattern *pattern)
{
    for (int y = outline->from / SIDE; y <= (outline->end - 1) / SIDE; y++) {
        const uint64_t *within = &outline->within[(size_t)y * SIDE];
        const uint64_t *beyond = &outline->beyond[(size_t)y * SIDE];
        uint64_t first = within[0] & ~beyond[0], second = within[1] & ~beyond[1];
        uint64_t third = within[2] & ~beyond[2], fourth = within[3] & ~beyond[3];
        uint64_t any = first | second | third | fourth;
        int row = (y - outline->from / SIDE) * SIDE, column = outline->column - outline->left;
        uint64_t value = plane->value + (uint64_t)row * plane->down
                       + (uint64_t)column * plane->across;
        size_t at = (size_t)y * (size_t)band->width + (size_t)(outline->column / SIDE);
        for (; any; column += SIDE, at++) {
            unsigned set = (unsigned)((first & 15) | (second & 15) << 4 | (third & 15) << 8
                                      | (fourth & 15) << 12) & ~(unsigned)band->covered[at];
            if (set) {
                band->covered[at] |= (uint16_t)set;
                band->sums[at] += pattern ? painted_sum(pattern, plane, set, column, row)
                                          : plane_sum(plane, value, set);
            }
            value += SIDE * plane->across;
            first >>= SIDE, second >>= SIDE, third >>= SIDE, fourth >>= SIDE, any >>= SIDE;
        }
    }
}

/* The first row of a band's samples whose middles are not above a coordinate. */
static inline int row_from(const struct band *band, int32_t y)
{
    const int32_t far = 2 * FAR_SAMPLES; /* keeps what is divided positive */
    uint32_t above = (uint32_t)(y + far * FIXED + FIXED / 2 - 1);
    return (int)(above / FIXED) - far - band->first * SIDE;
}

/* Notes where an edge crosses the middles of rows. Neighbours find the same, but
 * for a last bit; each reaches a hair beyond, so that they leave no sample out. */
static void trace_edge(const struct band *band, const struct corner *top,
                       const struct corner *bottom, bool is_left, struct outline *outline)
{
    const double one = 1LL << 32;
    const int64_t hair = 1 << 8;
    int from = row_from(band, top->y), end = row_from(band, bottom->y);
    from = from > outline->from ? from : outline->from;
    end = end < outline->end ? end : outline->end;
    if (from >= end) {
        return;
    }
    int32_t middle = (band->first * SIDE + from) * FIXED + FIXED / 2;
    double slope = (double)(bottom->x - top->x) / (double)(bottom->y - top->y);
    double x = top->x + FIXED / 2 - outline->column * FIXED + slope * (middle - top->y);
    int64_t at = (int64_t)(x * (one / FIXED)) + (is_left ? -1 - hair : hair);
    int64_t step = (int64_t)(slope * one);
    uint64_t *rows = (is_left ? outline->within : outline->beyond) + from;
    uint64_t *const stop = rows + (end - from);
    if (outline->is_whole) {
        for (; rows < stop; rows++, at += step) {
            *rows = ~(uint64_t)0 << (at >> 32);
        }
        return;
    }
    for (; rows < stop; rows++, at += step) {
        int count = at > 0 ? (int)(at >> 32) : 0;
        *rows = ~(uint64_t)0 << (count < outline->count ? count : outline->count);
    }
}

/* Finds the rows and columns of a polygon; false when none are in the band. */
static bool outline_reach(const struct band *band, const struct corner *const corners[],
                          int count, struct outline *outline)
{
    int32_t top = corners[0]->y, bottom = top, left = corners[0]->x, right = left;
    for (int i = 1; i < count; i++) {
        int32_t x = corners[i]->x, y = corners[i]->y;
        left = x < left ? x : left;
        right = x > right ? x : right;
        top = y < top ? y : top;
        bottom = y > bottom ? y : bottom;
    }
    const int32_t lowest = band->left * SIDE, most = band->right * SIDE;
    int from = row_from(band, top), end = row_from(band, bottom);
    outline->from = from > 0 ? from : 0;
    outline->end = end < band->rows * SIDE ? end : band->rows * SIDE;
    outline->left = left > lowest * FIXED ? left / FIXED & -SIDE : lowest;
    outline->right = right < most * FIXED ? right / FIXED + 1 : most;
    outline->is_whole = left >= lowest * FIXED && right < most * FIXED
                     && outline->right - outline->left <= RUN;
    return outline->from < outline->end && outline->left < outline->right;
}

/* Notes the samples of some columns. The corners of a polygon are ordered around
 * it, the way in which edges that go down are on the right. */
static void outline_trace(const struct band *band, const struct corner *const corners[],
                          int count, int column, struct outline *outline)
{
    int first = outline->from / SIDE * SIDE, last = (outline->end - 1) / SIDE * SIDE;
    outline->column = column;
    outline->count = outline->right - column < RUN ? outline->right - column : RUN;
    for (int i = 0; i < SIDE; i++) { /* rows of pixels that are not all the polygon's */
        outline->within[first + i] = outline->beyond[first + i] = 0;
        outline->within[last + i] = outline->beyond[last + i] = 0;
    }
    const struct corner *a = corners[count - 1];
    for (int i = 0; i < count; i++) {
        const struct corner *b = corners[i];
        if (a->y < b->y) {
            trace_edge(band, a, b, false, outline);
        } else if (a->y > b->y) {
            trace_edge(band, b, a, true, outline);
        }
        a = b;
    }
}

/* Fills a convex polygon. */
static void polygon_fill(const struct band *band, const struct corner *const corners[], int count,
                         struct outline *outline, const struct plane *plane,
                         const struct pattern *pattern)
{
    for (int column = outline->left; column < outline->right; column += RUN) {
        outline_trace(band, corners, count, column, outline);
        fill_outline(band, outline, plane, pattern);
    }
}

/* Whether the straight way between the colours of parts is not the colormap's. */
static bool is_steep(struct range parts)
{
    return parts.hi - parts.lo > 1.0 / 16;
}

/* Prepares what has to be done sample by sample; false if nothing has. */
static bool pattern_init(struct pattern *pattern, const struct paint *paint,
                         const struct frame *frame, const struct corner *a, const struct corner *b,
                         const struct corner *c)
{
    struct range parts = range_of(a->part, b->part, c->part);
    if (!is_steep(parts) && paint->parts.half_width <= 0 && !paint->columns.count) {
        return false;
    }
    *pattern = (struct pattern){ .paint = paint, .is_steep = is_steep(parts) };
    pattern->part = gradient_of(frame, a->part, b->part, c->part);
    pattern->part_reach = line_reach(&paint->parts, &pattern->part, parts);
    if (paint->columns.count) {
        pattern->column = gradient_of(frame, a->column, b->column, c->column);
        pattern->column_reach = line_reach(&paint->columns, &pattern->column,
                                           range_of(a->column, b->column, c->column));
        pattern->row = gradient_of(frame, a->row, b->row, c->row);
        pattern->row_reach = line_reach(&paint->rows, &pattern->row,
                                        range_of(a->row, b->row, c->row));
    }
    if (pattern->is_steep) {
        pattern->light = gradient_of(frame, a->light, b->light, c->light);
    }
    return pattern->is_steep || pattern->part_reach > 0 || pattern->column_reach > 0
        || pattern->row_reach > 0;
}

/* Two sides that start at a place, and the origin where filling begins. */
static struct frame frame_of(const struct band *band, const struct outline *outline, double x,
                             double y, const int32_t sides[4], double area)
{
    /* On slivers gradients mean nothing: they are as their first corner. */
    const double least = FIXED * FIXED / 16;
    double scale = fabs(area) < least ? 0 : FIXED / area;
    int row = band->first * SIDE + outline->from / SIDE * SIDE;
    return (struct frame){ sides[0] * scale, sides[1] * scale, sides[2] * scale, sides[3] * scale,
                           (outline->left * FIXED + FIXED / 2 - x) * (1.0 / FIXED),
                           (row * FIXED + FIXED / 2 - y) * (1.0 / FIXED) };
}

/* Twice the area between two sides, positive where the second is clockwise. */
static inline int64_t area_of(const int32_t sides[4])
{
    return (int64_t)sides[0] * sides[3] - (int64_t)sides[2] * sides[1];
}

void triangle_fill(const struct band *band, const struct paint *paint, const struct corner *a,
                   const struct corner *b, const struct corner *c)
{
    const int32_t sides[4] = { b->x - a->x, b->y - a->y, c->x - a->x, c->y - a->y };
    int64_t area = area_of(sides);
    const struct corner *corners[3] = { a, area > 0 ? b : c, area > 0 ? c : b };
    struct outline outline;
    struct pattern pattern;
    if (area == 0 || !outline_reach(band, corners, 3, &outline)) {
        return;
    }
    struct frame frame = frame_of(band, &outline, a->x, a->y, sides, (double)area);
    struct gradient red = gradient_of(&frame, a->red, b->red, c->red);
    struct gradient green = gradient_of(&frame, a->green, b->green, c->green);
    struct gradient blue = gradient_of(&frame, a->blue, b->blue, c->blue);
    struct plane plane = plane_of(&red, &green, &blue);
    bool is_patterned = pattern_init(&pattern, paint, &frame, a, b, c);
    polygon_fill(band, corners, 3, &outline, &plane, is_patterned ? &pattern : NULL);
}

/* The plane through the means along the diagonals of a cell. */
static inline struct gradient cell_gradient(const struct frame *frame, double a, double b,
                                            double c, double d)
{
    double mean = (a + b + c + d) / 4;
    return gradient_of(frame, mean, mean + (c - a), mean + (d - b));
}

/* Whether nothing has to be done sample by sample. */
static bool is_plain(const struct paint *paint, const struct frame *frame,
                     const struct corner *a, const struct corner *b, const struct corner *c,
                     const struct corner *d)
{
    struct range parts = range_of(a->part, b->part, c->part);
    parts = range_of(parts.lo, parts.hi, d->part);
    struct gradient part = cell_gradient(frame, a->part, b->part, c->part, d->part);
    if (is_steep(parts) || line_reach(&paint->parts, &part, parts) > 0) {
        return false;
    }
    if (!paint->columns.count) {
        return true;
    }
    struct gradient column = cell_gradient(frame, a->column, b->column, c->column, d->column);
    struct gradient row = cell_gradient(frame, a->row, b->row, c->row, d->row);
    struct range columns = { a->column, c->column }, rows = { a->row, c->row };
    return !(line_reach(&paint->columns, &column, columns) > 0
             || line_reach(&paint->rows, &row, rows) > 0);
}

/* False where a plane is not near enough to the colours of the two triangles.
 * All corners are equally far from it, those of one diagonal above. */
static bool cell_plane(const struct frame *frame, const struct corner *a, const struct corner *b,
                       const struct corner *c, const struct corner *d, double dx, double dy,
                       struct plane *plane)
{
    const double most = 0.5;
    struct gradient red = cell_gradient(frame, a->red, b->red, c->red, d->red);
    struct gradient green = cell_gradient(frame, a->green, b->green, c->green, d->green);
    struct gradient blue = cell_gradient(frame, a->blue, b->blue, c->blue, d->blue);
    if (fabs(value_at(&red, dx, dy) - a->red) > most
        || fabs(value_at(&green, dx, dy) - a->green) > most
        || fabs(value_at(&blue, dx, dy) - a->blue) > most) {
        return false;
    }
    *plane = plane_of(&red, &green, &blue);
    return true;
}

/* Whether a cell is seen from one side and has no corner that points inwards. */
static bool is_convex(const struct corner *const corners[4])
{
    int left = 0, right = 0;
    for (int i = 0; i < 4; i++) {
        const struct corner *a = corners[i], *b = corners[(i + 1) % 4], *c = corners[(i + 2) % 4];
        int64_t turn = area_of((int32_t[]){ b->x - a->x, b->y - a->y, c->x - b->x, c->y - b->y });
        left += turn < 0;
        right += turn > 0;
    }
    return left == 4 || right == 4;
}

bool cell_fill(const struct band *band, const struct paint *paint,
               const struct corner *const corners[4])
{
    const struct corner *a = corners[0], *b = corners[1], *c = corners[2], *d = corners[3];
    struct outline outline;
    struct plane plane;
    if (!is_convex(corners)) {
        return false;
    }
    if (!outline_reach(band, corners, 4, &outline)) {
        return true;
    }
    const int32_t sides[4] = { c->x - a->x, c->y - a->y, d->x - b->x, d->y - b->y };
    int64_t area = area_of(sides);
    double x = ((double)a->x + b->x + c->x + d->x) / 4, y = ((double)a->y + b->y + c->y + d->y) / 4;
    struct frame frame = frame_of(band, &outline, x, y, sides, (double)area);
    double dx = (a->x - x) * (1.0 / FIXED) - frame.x, dy = (a->y - y) * (1.0 / FIXED) - frame.y;
    if (!cell_plane(&frame, a, b, c, d, dx, dy, &plane) || !is_plain(paint, &frame, a, b, c, d)) {
        return false;
    }
    const struct corner *around[4] = { a, area > 0 ? b : d, c, area > 0 ? d : b };
    polygon_fill(band, around, 4, &outline, &plane, NULL);
    return true;
}

static unsigned samples_count(unsigned samples)
{
    return (FOURS[samples & 15] + FOURS[samples >> 4 & 15] + FOURS[samples >> 8 & 15]
            + FOURS[samples >> 12]) & 255;
}

/* The mean of one component over all samples of a pixel, from a sum to which the
 * biases of so many are added, less a half; at most alpha. */
static inline uint32_t field_mean(uint64_t sum, int field, int32_t added, int32_t alpha)
{
    int32_t total = (int32_t)(sum >> (field * FIELD) & ((1 << FIELD) - 1)) - added;
    int32_t mean = (total > 0 ? total : 0) / (SAMPLES << PLACES);
    return (uint32_t)(mean < alpha ? mean : alpha) << (8 * field);
}

void band_row(const struct band *band, int row, uint32_t *pixels)
{
    const int32_t half = SAMPLES << PLACES >> 1;
    const uint16_t *covered = band->covered + (size_t)(row * band->width);
    const uint64_t *sums = band->sums + (size_t)(row * band->width);
    for (int x = band->left; x < band->right; x++) {
        if (!covered[x]) {
            pixels[x] = 0;
            continue;
        }
        int32_t count = SAMPLES, alpha = 255;
        if (covered[x] != ALL_SAMPLES) {
            count = (int32_t)samples_count(covered[x]);
            alpha = (count * 255 + SAMPLES / 2) / SAMPLES;
        }
        int32_t added = count * (BIAS << PLACES) - half;
        pixels[x] = (uint32_t)alpha << 24 | field_mean(sums[x], 2, added, alpha)
                  | field_mean(sums[x], 1, added, alpha) | field_mean(sums[x], 0, added, alpha);
    }
}
