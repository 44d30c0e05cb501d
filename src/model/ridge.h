/* Following a valley's floor, or a ridge's, by values alone for as long as it is level. It needs
 * no derivatives to be right. Distances are shares of the box. */
#ifndef MODEL_RIDGE_H
#define MODEL_RIDGE_H

#include <stddef.h>

#include "model/field.h"

/* Places of a line, RIDGE_STEP apart, in no order; free the points. */
struct line {
    struct vec2 *points;
    size_t count, capacity;
    int steps; /* so many more may be added */
};

extern const double RIDGE_STEP;

void line_add(struct line *line, struct vec2 at);

/* What is followed: the lowest way with sign 1, the highest with -1. */
struct ridge {
    const struct field *field;
    double sign, value, tolerance; /* values that differ by no more are level */
};

/* How it ends. */
enum ridge_end {
    RIDGE_OPEN,  /* at the edge of the box or of the domain, or after too many steps */
    RIDGE_CLOSED, /* where it began */
    RIDGE_LOWER, /* the way on is lower, */
    RIDGE_HIGHER /* or higher */
};

/* The lowest (or highest) value at the radius, no farther than arc from the angle, which moves
 * there. */
double ridge_look(const struct ridge *ridge, struct vec2 at, double radius, double arc,
                  double *angle);

/* Adds the places on the way to the line, and says how long it is level. */
enum ridge_end ridge_follow(const struct ridge *ridge, struct vec2 from, double angle,
                            struct line *line, double *length);

#endif
