/* A rasterizer for the surface, which is cells of a mesh over the plane.
 *
 * cairo shows seams between polygons that are antialiased one by one. Here every
 * pixel is 4 x 4 samples; a sample takes the colour of the nearest triangle over
 * it, and a pixel is the mean of its samples, so shared edges leave no trace and
 * silhouettes are smooth. A cell is parted where its corners differ less in height, or
 * along a fold. There is one height over every point of the plane: a
 * line of sight meets cells in the order of their rows and columns away from the
 * eye, and drawing them in this order does what a depth buffer would do. Bands
 * of rows do not depend on each other: the result is the same whatever the
 * number of threads. */
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
