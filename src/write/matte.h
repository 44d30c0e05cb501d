/* Transparent pixels on a ground. */
#ifndef WRITE_MATTE_H
#define WRITE_MATTE_H

#include <stddef.h>
#include <stdint.h>

/* Lays premultiplied pixels (CAIRO_FORMAT_ARGB32) on the matte, 0xRRGGBB. */
void matte_lay(uint32_t *pixels, size_t count, uint32_t matte);

#endif
