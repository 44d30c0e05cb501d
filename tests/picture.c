#include "picture.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "base/memory.h"
#include "support.h"

static struct picture picture_new(int width, int height)
{
    return (struct picture){ width, height, memory_new((size_t)width * (size_t)height, 4) };
}

void picture_finish(struct picture *picture)
{
    free(picture->bytes);
    *picture = (struct picture){ 0 };
}

static unsigned char divided(uint32_t component, uint32_t alpha)
{
    return alpha ? (unsigned char)((255 * component + alpha / 2) / alpha) : 0;
}

struct picture picture_of(const struct image *image)
{
    struct picture picture = picture_new(image->width, image->height);
    for (int y = 0; y < image->height; y++) {
        for (int x = 0; x < image->width; x++) {
            uint32_t pixel;
            unsigned char *bytes = picture.bytes + 4 * (y * image->width + x);
            memcpy(&pixel, image->pixels + y * image->stride + 4 * x, sizeof pixel);
            bytes[3] = (unsigned char)(pixel >> 24);
            for (int i = 0; i < 3; i++) {
                bytes[i] = divided(pixel >> (16 - 8 * i) & 255, bytes[3]);
            }
        }
    }
    return picture;
}

struct picture picture_read(const char *path)
{
    png_image png = { .version = PNG_IMAGE_VERSION };
    ck_assert_msg(png_image_begin_read_from_file(&png, path), "%s: %s", path, png.message);
    png.format = PNG_FORMAT_RGBA;
    struct picture picture = picture_new((int)png.width, (int)png.height);
    ck_assert_msg(png_image_finish_read(&png, NULL, picture.bytes, 0, NULL), "%s: %s", path,
                  png.message);
    return picture;
}

void picture_write(const struct picture *picture, const char *path)
{
    png_image png = { .version = PNG_IMAGE_VERSION, .format = PNG_FORMAT_RGBA,
                      .width = (png_uint_32)picture->width,
                      .height = (png_uint_32)picture->height };
    ck_assert_msg(png_image_write_to_file(&png, path, 0, picture->bytes, 0, NULL), "%s: %s", path,
                  png.message);
}

static int byte_at(const struct picture *picture, int x, int y, int component)
{
    return picture->bytes[4 * (y * picture->width + x) + component];
}

/* The largest difference to a neighbour. */
static int edge_at(const struct picture *picture, int x, int y, int component)
{
    int here = byte_at(picture, x, y, component), largest = 0;
    for (int row = y - 1; row <= y + 1; row++) {
        for (int column = x - 1; column <= x + 1; column++) {
            if (row >= 0 && row < picture->height && column >= 0 && column < picture->width) {
                int difference = abs(byte_at(picture, column, row, component) - here);
                largest = difference > largest ? difference : largest;
            }
        }
    }
    return largest;
}

static bool is_off(const struct picture *golden, const struct picture *picture, int x, int y,
                   struct tolerance tolerance)
{
    for (int i = 0; i < 4; i++) {
        int difference = abs(byte_at(golden, x, y, i) - byte_at(picture, x, y, i));
        if (difference > tolerance.base
            && difference > tolerance.base + tolerance.edge * edge_at(golden, x, y, i)) {
            return true;
        }
    }
    return false;
}

struct difference picture_compare(const struct picture *golden, const struct picture *picture,
                                  struct part part, struct tolerance tolerance)
{
    if (!part.width) {
        part = (struct part){ 0, 0, golden->width, golden->height };
    }
    struct difference found = { .pixels = (size_t)part.width * (size_t)part.height };
    for (int y = part.y; y < part.y + part.height; y++) {
        for (int x = part.x; x < part.x + part.width; x++) {
            if (is_off(golden, picture, x, y, tolerance)) {
                found.x = found.off ? found.x : x;
                found.y = found.off ? found.y : y;
                found.off++;
            }
        }
    }
    return found;
}

void picture_check(const char *name, const struct picture *golden, const struct picture *picture,
                   struct part part, struct tolerance tolerance)
{
    ck_assert_msg(golden->width == picture->width && golden->height == picture->height,
                  "%s: %d x %d pixels, not %d x %d", name, picture->width, picture->height,
                  golden->width, golden->height);
    struct difference found = picture_compare(golden, picture, part, tolerance);
    ck_assert_msg((double)found.off <= tolerance.share * (double)found.pixels,
                  "%s: %zu of %zu pixels are off, the first at %d, %d", name, found.off,
                  found.pixels, found.x, found.y);
}
