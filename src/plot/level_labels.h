/* The values of some level lines, written over the lines. */
#ifndef PLOT_LEVEL_LABELS_H
#define PLOT_LEVEL_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "plot/contour.h"
#include "plot/level_crowd.h"
#include "plot/scene.h"
#include "plot/style.h"

struct level_label {
    struct text_run *run;
    struct rect box; /* page points, with a little room around the text */
};

/* Empty when zeroed. */
struct level_labels {
    struct level_label *items;
    size_t count, capacity;
    struct vec2 *avoided; /* page points that no label may cover */
    size_t avoided_count, avoided_capacity;
    struct arena arena;
};

/* Keeps labels off a line from one page point to another; before init. */
void level_labels_avoid(struct level_labels *labels, struct vec2 from, struct vec2 to);

/* A value as labels show it, and a box around it whose place is to be chosen. */
struct text_run *level_labels_shape(struct level_labels *labels, double value,
                                    const struct theme *theme);
struct rect level_labels_box(const struct text_run *run);

/* Adds a label at a place of its own; false when it would be near another one, over the
 * panel's frame or over what is to be avoided. */
bool level_labels_add(struct level_labels *labels, struct text_run *run, struct rect box,
                      const struct rect *panel);

/* Labels on every fifth level, where its lines are long and level enough, none
 * near another, over the panel's frame, over what is to be avoided or over more than
 * some lines. Lines are in page points, and the crowd is theirs. The labels are zeroed,
 * or know what to avoid. */
void level_labels_init(struct level_labels *labels, const struct level_lines *lines,
                       const struct levels *levels, const struct value_scale *scale,
                       const struct theme *theme, const struct level_crowd *crowd);
void level_labels_finish(struct level_labels *labels);

/* Interrupts all lines under the labels, and leaves no stubs of them. */
void level_labels_cut(const struct level_labels *labels, struct level_lines *lines,
                      size_t level_count);

void level_labels_draw(const struct level_labels *labels, const struct theme *theme,
                       struct scene *scene);

#endif
