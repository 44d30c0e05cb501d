/* Marks at the critical points in the contour panel, with their values where there is room:
 * a triangle that points down at a minimum, up at a maximum, a cross at a saddle. */
#ifndef PLOT_CRITICAL_MARKS_H
#define PLOT_CRITICAL_MARKS_H

#include <stddef.h>

#include "base/geometry.h"
#include "plot/level_labels.h"
#include "plot/scene.h"

struct plot;

struct critical_mark {
    const struct critical_point *point; /* borrowed from the landscape */
    struct vec2 at;                     /* page point */
};

/* Empty when zeroed. */
struct critical_marks {
    struct critical_mark *items; /* those that critical_choose says */
    size_t count;
};

/* Places the marks, adds their values to the labels, which know the paths, and keeps later
 * labels off the marks. The page is laid out. */
void critical_marks_place(struct critical_marks *marks, struct level_labels *labels,
                          const struct plot *plot);
void critical_marks_finish(struct critical_marks *marks);

/* A minimum that has a star gets no other mark. */
void critical_marks_draw(const struct critical_marks *marks, const struct plot *plot,
                         struct scene *scene);

#endif
