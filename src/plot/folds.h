/* Sharp folds of a mesh: valleys and ridges that run between its vertices would be
 * drawn as teeth. Vertices next to one are moved onto it, so that it is a line. */
#ifndef PLOT_FOLDS_H
#define PLOT_FOLDS_H

#include "plot/surface.h"

/* The height that a mesh shows over a point of the domain. */
struct fold_source {
    const struct objective *objective;
    const struct height_scale *scale;
    const struct tone *tone;
};

/* Moves vertices by at most half a cell along a row or a column, to where the
 * function is lowest or highest around by clearly more than at them; makes the
 * mesh's shifts where there are any. Vertices stay on the mesh's rim, and those of
 * cells that reach over a cut stay where they are. */
void folds_find(struct mesh *mesh, const struct fold_source *source);

#endif
