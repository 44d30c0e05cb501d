/* Paints scenes through cairo: one short function per kind of primitive. What
 * is painted was decided in plot. */
#ifndef RENDER_PAINTER_H
#define RENDER_PAINTER_H

#include <cairo.h>

#include "plot/scene.h"

/* Paints primitives in order. The cairo context is scaled to points; scale says
 * how many device pixels a point has there, for the surface's image and for
 * lines that lie on whole pixels. The font is needed where there is text. */
void painter_paint(cairo_t *cairo, const struct primitive *items, size_t count,
                   cairo_font_face_t *font, double scale);

#endif
