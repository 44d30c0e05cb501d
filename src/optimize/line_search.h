/* How far to go in a direction: searches that methods share.
 *
 * A direction leads downhill from where the descent is, whose gradient and value are known.
 * A place where the value is no finite number is too high, so a search does not leave the
 * function's domain. No search asks for the function more than a bounded number of times; one
 * that finds nothing better ends at length 0. */
#ifndef OPTIMIZE_LINE_SEARCH_H
#define OPTIMIZE_LINE_SEARCH_H

#include "optimize/optimizer.h"

/* 0 < c1 < c2 < 1: the value falls at least by c1 times what the slope at the start promises
 * (Armijo), and the slope is at most c2 times as steep as there, in either sense. */
struct wolfe {
    double c1, c2;
    double narrowest; /* a bracket that moves no coordinate by more is not divided */
};

/* The first of t, shrink t, shrink^2 t, ... where the value has fallen by c1 times what the
 * slope promises. */
double search_armijo(const struct descent *descent, struct vec2 direction, double t, double c1,
                     double shrink);

/* A length that meets both conditions, tried from t on; where the search is given up, the
 * lowest that it has seen. */
double search_strong_wolfe(const struct descent *descent, struct vec2 direction, double t,
                           const struct wolfe *conditions);

/* The first length to try, before anything is known of the curvature: no coordinate moves by
 * more than the rate. */
double search_first_length(struct vec2 gradient, double rate);

#endif
