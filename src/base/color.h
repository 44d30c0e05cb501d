/* Colours: sRGB with straight (not premultiplied) alpha, components 0..1. */
#ifndef BASE_COLOR_H
#define BASE_COLOR_H

#include <stdbool.h>
#include <stddef.h>

struct color {
    double r, g, b, a;
};

/* Reads "#rgb", "#rrggbb" or "#rrggbbaa" of the given length. */
bool color_parse(const char *text, size_t length, struct color *color);

/* The opaque colour 0xRRGGBB. */
struct color color_hex(unsigned rgb);

/* The same colour with its alpha multiplied. */
struct color color_fade(struct color color, double alpha);

/* From a (share 0) to b (share 1), component by component. */
struct color color_mix(struct color a, struct color b, double share);

#endif
