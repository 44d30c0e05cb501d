/* Colours of a picture beyond its edges, for files that keep them apart from how much each
 * pixel is covered. */
#ifndef RENDER_SPREAD_H
#define RENDER_SPREAD_H

#include "render/image.h"

/* Makes an opaque image of a premultiplied one: pixels have their own colours, those that
 * are not covered at all have that of a covered one nearest to them, or stay black where
 * none is. Viewers that scale colours and coverage one by one then mix no black into rims. */
void image_spread(struct image *image);

#endif
