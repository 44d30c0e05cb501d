#include "write/matte.h"

void matte_lay(uint32_t *pixels, size_t count, uint32_t matte)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t gap = 255 - (pixels[i] >> 24), pixel = pixels[i];
        for (int shift = 0; gap && shift < 24; shift += 8) {
            pixel += ((matte >> shift & 255) * gap + 127) / 255 << shift;
        }
        pixels[i] = pixel | 0xff000000;
    }
}
