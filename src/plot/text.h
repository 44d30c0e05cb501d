/* Text as glyphs of the project's own font: ordered by FriBidi, shaped by
 * HarfBuzz.
 *
 * DejaVu Sans is part of the program, so that no machine's fonts or hinting
 * settings reach a picture. Metrics are unhinted and scale with the size. */
#ifndef PLOT_TEXT_H
#define PLOT_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* One glyph, its origin relative to the run's, points, y downwards. */
struct glyph {
    unsigned index; /* in the font; 0 is the box for what the font lacks */
    uint32_t code;  /* the first character that it stands for */
    double x, y;
    double scale; /* times the run's size: 1, less in sub- and superscripts */
};

struct text_run {
    const char *text; /* as given, for scene dumps */
    double size;      /* points per em */
    double width;     /* advance */
    const struct glyph *glyphs; /* from left to right as they are seen */
    size_t count;
};

/* The bytes of the font file; valid for ever. */
const unsigned char *font_bytes(size_t *size);

/* Shapes one line of UTF-8 into the arena, as it is. Bytes that are not UTF-8
 * show as U+FFFD, line breaks and tabs as spaces, other control characters not
 * at all, and what the font lacks as its box. */
struct text_run *text_shape(struct arena *arena, const char *text, double size);

/* The same for a line with markup (plot/markup.h): labels, titles, captions. */
struct text_run *text_markup(struct arena *arena, const char *text, double size);

/* For warnings: the characters of a line with markup that the font lacks, as
 * "U+4E2D '中', U+6587 '文'", the first three of them; NULL when it has all. */
const char *text_missing(struct arena *arena, const char *text);

#endif
