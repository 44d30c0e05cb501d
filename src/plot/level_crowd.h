/* How crowded level lines are, place by place: where the eye cannot separate them, they
 * are drawn fainter, and no label fits. All in page points. */
#ifndef PLOT_LEVEL_CROWD_H
#define PLOT_LEVEL_CROWD_H

#include <stddef.h>

#include "base/geometry.h"
#include "plot/contour.h"

/* The length of all lines in each of the cells of a panel, and the first and the last of
 * their levels; the last is less where there are none. */
struct level_crowd {
    struct rect panel;
    double cell; /* the side of a cell, points */
    int columns, rows;
    struct crowd_cell {
        float length;
        int first, last;
    } *cells;
};

void level_crowd_init(struct level_crowd *crowd, const struct level_lines *lines,
                      size_t level_count, const struct rect *panel);
void level_crowd_finish(struct level_crowd *crowd);

/* How many levels run through the cells of a box, where they follow each other. */
int level_crowd_levels(const struct level_crowd *crowd, const struct rect *box);

/* How far from each other lines are around a point, on average. */
double level_crowd_spacing(const struct level_crowd *crowd, struct vec2 at);

/* Lines have their full strength at step 0, and less at each of the others. */
enum { FADE_STEPS = 12 };
double fade_strength(int step);

/* The parts of one level's lines that are at each step, where a spacing less than least
 * asks for it: as much ink as lines that far apart would be. Empty steps hold no lines;
 * the others are freed like contour_trace's. */
void level_crowd_fade(const struct level_crowd *crowd, const struct level_lines *lines,
                      double least, struct level_lines faded[FADE_STEPS]);

#endif
