#include "write/palette.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/memory.h"

/* Colours that are alike in their leading bits, all eight of each component unless there
 * are too many. */
struct cell {
    uint32_t key;        /* the leading bits; of empty places NO_KEY */
    uint64_t count;      /* of pixels */
    uint64_t sums[3];    /* of their components */
    double weight;
    double lab[3];
    uint8_t index;       /* in the palette */
    uint8_t other;       /* what some of its pixels get */
    uint8_t share;       /* how many of MATRIX */
};

struct palette {
    struct cell *cells;  /* a hash table; later the cells alone, sorted by key */
    size_t places;       /* a power of two */
    size_t count;
    int dropped;         /* bits of each component that are left out of keys */
    uint32_t last_pixel; /* and its cell, as pixels come in runs */
    size_t last_place;
};

/* A part of the cells; colour space is parted into boxes. */
struct box {
    size_t first, count;
    double weight, mean[3], spread[3]; /* spread: squares of distances along each axis */
};

enum { CELLS_MOST = 1 << 17, PLACES_FIRST = 1 << 12, ROUNDS = 12 };

/* Which pixels get the other colour first, everywhere on the page alike (Bayer, 1973), so
 * that nothing moves which does not change. */
enum { MATRIX_SIDE = 4, MATRIX = MATRIX_SIDE * MATRIX_SIDE };
static const uint8_t matrix[MATRIX_SIDE][MATRIX_SIDE] = {
    { 0, 8, 2, 10 }, { 12, 4, 14, 6 }, { 3, 11, 1, 9 }, { 15, 7, 13, 5 }
};

/* How much a mixture's grain is seen, of the difference of its colours. */
static const double GRAIN = 0.3;

static const uint32_t NO_KEY = UINT32_MAX;

static struct cell *new_cells(size_t places)
{
    struct cell *cells = memory_new(places, sizeof *cells);
    for (size_t i = 0; i < places; i++) {
        cells[i].key = NO_KEY;
    }
    return cells;
}

struct palette *palette_create(void)
{
    struct palette *palette = memory_new(1, sizeof *palette);
    palette->places = PLACES_FIRST;
    palette->cells = new_cells(palette->places);
    return palette;
}

void palette_destroy(struct palette *palette)
{
    if (palette) {
        free(palette->cells);
        free(palette);
    }
}

static uint32_t key_of(const struct palette *palette, uint32_t pixel)
{
    return pixel & (0xffu >> palette->dropped << palette->dropped) * 0x10101u;
}

/* Where the key is, or is to be. */
static size_t place_of(const struct palette *palette, uint32_t key)
{
    size_t place = key * 2654435761u >> 7 & (palette->places - 1);
    while (palette->cells[place].key != NO_KEY && palette->cells[place].key != key) {
        place = (place + 1) & (palette->places - 1);
    }
    return place;
}

static void add(struct cell *to, const struct cell *cell)
{
    to->count += cell->count;
    for (int i = 0; i < 3; i++) {
        to->sums[i] += cell->sums[i];
    }
}

/* Moves all cells into a table of so many places; some may have become one. */
static void move_cells(struct palette *palette, size_t places)
{
    struct cell *old = palette->cells;
    size_t old_places = palette->places;
    palette->cells = new_cells(places);
    palette->places = places;
    palette->count = 0;
    for (size_t i = 0; i < old_places; i++) {
        if (old[i].key != NO_KEY) {
            uint32_t key = key_of(palette, old[i].key);
            struct cell *cell = &palette->cells[place_of(palette, key)];
            palette->count += cell->key == NO_KEY;
            cell->key = key;
            add(cell, &old[i]);
        }
    }
    free(old);
}

static size_t find_cell(struct palette *palette, uint32_t pixel)
{
    uint32_t key = key_of(palette, pixel);
    size_t place = place_of(palette, key);
    if (palette->cells[place].key == key) {
        return place;
    }
    palette->cells[place].key = key;
    palette->count++;
    while (palette->count > CELLS_MOST) {
        palette->dropped++;
        move_cells(palette, palette->places);
    }
    if (2 * palette->count > palette->places) {
        move_cells(palette, 2 * palette->places);
    }
    return place_of(palette, key_of(palette, pixel));
}

void palette_count(struct palette *palette, const uint32_t *pixels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!pixels[i]) {
            continue;
        }
        if (pixels[i] != palette->last_pixel) {
            palette->last_pixel = pixels[i];
            palette->last_place = find_cell(palette, pixels[i]);
        }
        struct cell *cell = &palette->cells[palette->last_place];
        cell->count++;
        for (int k = 0; k < 3; k++) {
            cell->sums[k] += pixels[i] >> (16 - 8 * k) & 255;
        }
    }
}

static double linear(double component)
{
    double value = component / 255;
    return value <= 0.04045 ? value / 12.92 : cr_pow((value + 0.055) / 1.055, 2.4);
}

static void to_lab(const double rgb[3], double lab[3])
{
    double r = linear(rgb[0]), g = linear(rgb[1]), b = linear(rgb[2]);
    double l = cr_cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cr_cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cr_cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    lab[0] = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    lab[1] = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    lab[2] = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
}

static int by_key(const void *a, const void *b)
{
    const struct cell *first = a, *second = b;
    return (first->key > second->key) - (first->key < second->key);
}

/* A colour of few pixels, as a path's, is worth more than its share of the page. */
static void weigh(struct cell *cell)
{
    double rgb[3];
    for (int i = 0; i < 3; i++) {
        rgb[i] = (double)cell->sums[i] / (double)cell->count;
    }
    to_lab(rgb, cell->lab);
    const double count = (double)cell->count;
    cell->weight = sqrt(count * sqrt(count));
}

/* Cells alone, in an order that no table's size has a part in. */
static void sort_cells(struct palette *palette)
{
    size_t count = 0;
    palette->last_pixel = 0;
    for (size_t i = 0; i < palette->places; i++) {
        if (palette->cells[i].key != NO_KEY) {
            palette->cells[count++] = palette->cells[i];
        }
    }
    qsort(palette->cells, count, sizeof *palette->cells, by_key);
    for (size_t i = 0; i < count; i++) {
        weigh(&palette->cells[i]);
    }
}

static void measure(const struct cell *cells, struct box *box)
{
    box->weight = 0;
    for (int axis = 0; axis < 3; axis++) {
        box->mean[axis] = box->spread[axis] = 0;
    }
    for (size_t i = box->first; i < box->first + box->count; i++) {
        box->weight += cells[i].weight;
        for (int axis = 0; axis < 3; axis++) {
            box->mean[axis] += cells[i].weight * cells[i].lab[axis];
        }
    }
    for (int axis = 0; axis < 3; axis++) {
        box->mean[axis] /= box->weight;
        for (size_t i = box->first; i < box->first + box->count; i++) {
            double off = cells[i].lab[axis] - box->mean[axis];
            box->spread[axis] += cells[i].weight * off * off;
        }
    }
}

static int widest_axis(const struct box *box)
{
    const double *spread = box->spread;
    int axis = spread[1] > spread[0] ? 1 : 0;
    return spread[2] > spread[axis] ? 2 : axis;
}

static double total_spread(const struct box *box)
{
    return box->count > 1 ? box->spread[0] + box->spread[1] + box->spread[2] : -1;
}

/* Cuts a box across its widest axis at the mean; the upper part becomes other. */
static void cut(struct cell *cells, struct box *box, struct box *other)
{
    int axis = widest_axis(box);
    size_t low = box->first, high = box->first + box->count;
    while (low < high) {
        if (cells[low].lab[axis] <= box->mean[axis]) {
            low++;
        } else {
            struct cell moved = cells[--high];
            cells[high] = cells[low];
            cells[low] = moved;
        }
    }
    size_t end = box->first + box->count;
    low = low == end ? end - 1 : low == box->first ? low + 1 : low; /* rounded to one side */
    *other = (struct box){ .first = low, .count = end - low };
    box->count = low - box->first;
    measure(cells, box);
    measure(cells, other);
}

static size_t part(struct palette *palette, struct box boxes[PALETTE_MOST])
{
    size_t count = 1;
    boxes[0] = (struct box){ .first = 0, .count = palette->count };
    measure(palette->cells, &boxes[0]);
    while (count < PALETTE_MOST) {
        size_t worst = 0;
        for (size_t i = 1; i < count; i++) {
            worst = total_spread(&boxes[i]) > total_spread(&boxes[worst]) ? i : worst;
        }
        if (boxes[worst].count < 2) {
            break;
        }
        cut(palette->cells, &boxes[worst], &boxes[count++]);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < boxes[i].count; k++) {
            palette->cells[boxes[i].first + k].index = (uint8_t)i;
        }
    }
    return count;
}

static double distance(const double a[3], const double b[3])
{
    double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return x * x + y * y + z * z;
}

/* Gives every cell to the nearest mean; whether any got another one. */
static bool assign(struct palette *palette, double means[][3], size_t count)
{
    bool has_changed = false;
    for (size_t i = 0; i < palette->count; i++) {
        struct cell *cell = &palette->cells[i];
        size_t best = cell->index;
        double least = distance(cell->lab, means[best]);
        for (size_t k = 0; k < count; k++) {
            double apart = distance(cell->lab, means[k]);
            if (apart < least) {
                least = apart;
                best = k;
            }
        }
        has_changed |= best != cell->index;
        cell->index = (uint8_t)best;
    }
    return has_changed;
}

/* Moves means to the middle of their cells; one without cells stays. */
static void average(const struct palette *palette, double means[][3], size_t count)
{
    double sums[PALETTE_MOST][4] = { { 0 } };
    for (size_t i = 0; i < palette->count; i++) {
        const struct cell *cell = &palette->cells[i];
        for (int axis = 0; axis < 3; axis++) {
            sums[cell->index][axis] += cell->weight * cell->lab[axis];
        }
        sums[cell->index][3] += cell->weight;
    }
    for (size_t i = 0; i < count; i++) {
        for (int axis = 0; axis < 3 && sums[i][3] > 0; axis++) {
            means[i][axis] = sums[i][axis] / sums[i][3];
        }
    }
}

/* The colours of the parts. One that most pixels of a part have, as the page's, stays what
 * it is. */
static void mix(const struct palette *palette, uint32_t *colors, size_t count)
{
    struct cell sums[PALETTE_MOST] = { { 0 } };
    const struct cell *most[PALETTE_MOST] = { NULL };
    for (size_t i = 0; i < palette->count; i++) {
        const struct cell *cell = &palette->cells[i];
        add(&sums[cell->index], cell);
        if (!most[cell->index] || cell->count > most[cell->index]->count) {
            most[cell->index] = cell;
        }
    }
    for (size_t i = 0; i < count; i++) {
        const struct cell *cell = &sums[i];
        if (most[i] && 2 * most[i]->count > sums[i].count) {
            cell = most[i];
        }
        colors[i] = 0;
        for (int k = 0; k < 3 && cell->count; k++) {
            uint64_t component = (2 * cell->sums[k] + cell->count) / (2 * cell->count);
            colors[i] = colors[i] << 8 | (uint32_t)component;
        }
    }
}

/* Finds another colour for a cell which, mixed with its nearest one, looks more like it. The
 * mixture's own grain is what keeps the two from being far apart. */
static void pair(struct cell *cell, double means[][3], size_t count)
{
    const double *from = means[cell->index];
    double least = distance(cell->lab, from);
    for (size_t k = 0; k < count; k++) {
        double apart = distance(means[k], from), along = 0, rest = 0;
        for (int axis = 0; axis < 3; axis++) {
            along += (cell->lab[axis] - from[axis]) * (means[k][axis] - from[axis]);
        }
        double weight = apart > 0 ? along / apart : 0;
        int share = (int)(weight * MATRIX + 0.5);
        share = share < 0 ? 0 : share > MATRIX / 2 ? MATRIX / 2 : share;
        weight = (double)share / MATRIX;
        for (int axis = 0; axis < 3; axis++) {
            double left = cell->lab[axis] - from[axis] - weight * (means[k][axis] - from[axis]);
            rest += left * left;
        }
        rest += GRAIN * weight * (1 - weight) * apart;
        if (rest < least) {
            least = rest;
            cell->other = (uint8_t)k;
            cell->share = (uint8_t)share;
        }
    }
}

/* Makes a hash table of the cells again. */
static void restore_table(struct palette *palette)
{
    struct cell *cells = palette->cells;
    palette->cells = new_cells(palette->places);
    for (size_t i = 0; i < palette->count; i++) {
        palette->cells[place_of(palette, cells[i].key)] = cells[i];
    }
    free(cells);
}

size_t palette_choose(struct palette *palette, uint32_t colors[PALETTE_MOST])
{
    struct box boxes[PALETTE_MOST];
    double means[PALETTE_MOST][3];
    sort_cells(palette);
    size_t count = part(palette, boxes);
    for (size_t i = 0; i < count; i++) {
        memcpy(means[i], boxes[i].mean, sizeof means[i]);
    }
    for (int round = 0; round < ROUNDS && assign(palette, means, count); round++) {
        average(palette, means, count);
    }
    mix(palette, colors, count);
    for (size_t i = 0; i < count; i++) {
        double rgb[3] = { colors[i] >> 16, colors[i] >> 8 & 255, colors[i] & 255 };
        to_lab(rgb, means[i]);
    }
    assign(palette, means, count);
    for (size_t i = 0; i < palette->count; i++) {
        pair(&palette->cells[i], means, count);
    }
    restore_table(palette);
    return count;
}

uint8_t palette_index(const struct palette *palette, uint32_t pixel, int x, int y)
{
    const struct cell *cell = &palette->cells[place_of(palette, key_of(palette, pixel))];
    return matrix[y % MATRIX_SIDE][x % MATRIX_SIDE] < cell->share ? cell->other : cell->index;
}
