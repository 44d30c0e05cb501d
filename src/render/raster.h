/* A depth-buffered triangle rasterizer for the surface.
 *
 * cairo has no depth and shows seams between polygons that are antialiased one
 * by one. Here every pixel is 4 x 4 samples; a sample takes the colour of the
 * nearest triangle over it, and a pixel is the mean of its samples, so shared
 * edges leave no trace and silhouettes are smooth. Coverage and depth are
 * computed in integers, in bands of rows that do not depend on each other: the
 * result is the same whatever the machine and the number of threads. */
#ifndef RENDER_RASTER_H
#define RENDER_RASTER_H

#include "plot/surface.h"
#include "render/image.h"

/* Where the image lies on the page: pixel = point * scale - origin. */
struct raster_place {
    double scale;              /* pixels per point */
    double origin_x, origin_y; /* pixels */
};

/* Draws the surface into an image that is transparent so far. */
void raster_surface(struct image *image, const struct surface_view *surface,
                    const struct raster_place *place);

#endif
