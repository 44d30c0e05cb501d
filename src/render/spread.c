#include "render/spread.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

/* Distances to a neighbour in a row or column and across a corner: G. Borgefors,
 * "Distance transformations in digital images", CVGIP 34, 1986. */
enum { BESIDE = 3, ACROSS = 4, FAR = 1 << 29 };

/* Pixels on their way to nearer colours. */
struct spread {
    const struct image *image;
    int *distances; /* to the pixel whose colour each one has */
};

static uint32_t *row_at(const struct image *image, int y)
{
    return (uint32_t *)(void *)(image->pixels + (ptrdiff_t)y * image->stride);
}

/* A premultiplied pixel's own colour, opaque; black when it has none. */
static uint32_t own_color(uint32_t pixel)
{
    uint32_t alpha = pixel >> 24, color = 0xff000000;
    for (int shift = 0; alpha && shift < 24; shift += 8) {
        uint32_t field = ((pixel >> shift & 255) * 255 + alpha / 2) / alpha;
        color |= (field < 255 ? field : 255) << shift;
    }
    return color;
}

/* Takes the colour of a neighbour when that has come from nearer. */
static void take(const struct spread *spread, int x, int y, int across, int along, int way)
{
    const struct image *image = spread->image;
    int from_x = x + across, from_y = y + along;
    if (from_x < 0 || from_y < 0 || from_x >= image->width || from_y >= image->height) {
        return;
    }
    int *distance = &spread->distances[y * image->width + x];
    int other = spread->distances[from_y * image->width + from_x] + way;
    if (other < *distance) {
        *distance = other;
        row_at(image, y)[x] = row_at(image, from_y)[from_x];
    }
}

/* From above and the left, or from below and the right. */
static void take_from(const struct spread *spread, int x, int y, int side)
{
    take(spread, x, y, side, 0, BESIDE);
    take(spread, x, y, 0, side, BESIDE);
    take(spread, x, y, side, side, ACROSS);
    take(spread, x, y, -side, side, ACROSS);
}

void image_spread(struct image *image)
{
    int width = image->width, height = image->height;
    struct spread spread = { image, memory_new((size_t)width * (size_t)height, sizeof(int)) };
    for (int y = 0; y < height; y++) {
        uint32_t *row = row_at(image, y);
        for (int x = 0; x < width; x++) {
            spread.distances[y * width + x] = row[x] >> 24 ? 0 : FAR;
            row[x] = own_color(row[x]);
        }
    }
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            take_from(&spread, x, y, -1);
        }
    }
    for (int y = height - 1; y >= 0; y--) {
        for (int x = width - 1; x >= 0; x--) {
            take_from(&spread, x, y, 1);
        }
    }
    free(spread.distances);
}
