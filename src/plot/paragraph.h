/* Lines over and under the panels: the title and the caption, centred and
 * wrapped between words, each line markup of its own. */
#ifndef PLOT_PARAGRAPH_H
#define PLOT_PARAGRAPH_H

#include <stddef.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "plot/scene.h"

enum { PARAGRAPH_LINES = 3 };

struct paragraph {
    struct text_run *lines[PARAGRAPH_LINES];
    size_t count; /* 0: no text */
    double size;  /* of the text */
};

/* Text of a size in points, smaller where it needs more lines than so many or
 * a word is wider than the width. NULL is no text. */
void paragraph_init(struct paragraph *paragraph, struct arena *arena, const char *text,
                    double size, double width);

/* Height of a strip for it, with room above and below; 0 without text. */
double paragraph_height(const struct paragraph *paragraph);

void paragraph_draw(const struct paragraph *paragraph, const struct rect *strip,
                    struct color color, struct scene *scene);

#endif
