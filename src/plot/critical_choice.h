/* Which critical points are marked in a picture: all where there are few, else of each kind
 * those that matter most. The same at every size of the picture, so that a text can tell how
 * many they are. */
#ifndef PLOT_CRITICAL_CHOICE_H
#define PLOT_CRITICAL_CHOICE_H

#include <stdbool.h>

#include "model/critical.h"

/* For each of the points whether it is marked: all minima that the objective states, then the
 * lowest minima and saddle points and the highest maxima, points of one value together, as long
 * as they are not many and stand apart. From the heap, the caller's. */
bool *critical_choose(const struct critical_points *points, const struct objective *objective);

#endif
