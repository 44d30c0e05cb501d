/* Text as glyphs of the project's own font, shaped by HarfBuzz.
 *
 * DejaVu Sans is part of the program, so that no machine's fonts or hinting
 * settings reach a picture. Metrics are unhinted and scale with the size. */
#ifndef PLOT_TEXT_H
#define PLOT_TEXT_H

#include <stddef.h>

#include "base/arena.h"

/* One glyph, its origin relative to the run's, points, y downwards. */
struct glyph {
    unsigned index; /* in the font */
    double x, y;
};

struct text_run {
    const char *text; /* as given, for scene dumps */
    double size;      /* points per em */
    double width;     /* advance */
    const struct glyph *glyphs;
    size_t count;
};

/* The bytes of the font file; valid for ever. */
const unsigned char *font_bytes(size_t *size);

/* Shapes one line of UTF-8 into the arena. What the font lacks shows as its
 * box glyph. */
struct text_run *text_shape(struct arena *arena, const char *text, double size);

#endif
