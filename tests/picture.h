/* Pictures, and how alike they are to the eye. */
#ifndef TESTS_PICTURE_H
#define TESTS_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "render/image.h"

/* Rows of R, G, B, A bytes, the colours not multiplied with alpha. */
struct picture {
    int width, height;
    unsigned char *bytes;
};

struct picture picture_of(const struct image *image);
void picture_finish(struct picture *picture);

/* A PNG; these fail the test when the file cannot be read or written. */
struct picture picture_read(const char *path);
void picture_write(const struct picture *picture, const char *path);

/* What may differ. A component may by base (of 255) plus edge times the largest
 * difference to one of its eight neighbours in the golden picture: another
 * rounding of what an edge covers passes, but with edge below 1 no line may
 * move by a pixel, and with a small base no flat area change its colour. Of all
 * pixels, the share may be off by more. */
struct tolerance {
    int base;
    double edge, share;
};

/* A box of pixels; width 0: the whole picture. */
struct part {
    int x, y, width, height;
};

/* How many pixels of the part are off by more, and where the first one is. */
struct difference {
    size_t pixels, off;
    int x, y;
};

/* The pictures have one size. */
struct difference picture_compare(const struct picture *golden, const struct picture *picture,
                                  struct part part, struct tolerance tolerance);

/* Fails the test, with the name, when sizes differ or more is off than may be. */
void picture_check(const char *name, const struct picture *golden, const struct picture *picture,
                   struct part part, struct tolerance tolerance);

#endif
