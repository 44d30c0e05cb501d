/* The project's font as cairo wants it. */
#ifndef RENDER_FONT_H
#define RENDER_FONT_H

#include <cairo.h>

/* A new reference to a face that belongs to the caller's thread alone: the
 * FreeType objects behind it live as long as the face and are not shared.
 * Hinting is off, so that text has the same shape at every size. */
cairo_font_face_t *font_face_create(void);

#endif
