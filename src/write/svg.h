/* What cairo's SVG lacks: a title, a description and metadata, the page's size in the wanted unit,
 * ids that no other surface of the process changes, and short path data. */
#ifndef WRITE_SVG_H
#define WRITE_SVG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"

struct svg_page {
    const char *title;       /* NULL: none */
    const char *description; /* NULL: none */
    const char *record;      /* NULL: none */
    int width_px, height_px; /* the size to show it at; 0: cairo's, in points */
};

/* The record in a document that svg_complete has written, in the arena; NULL when
 * there is none or the file is not complete. */
const char *svg_record(FILE *file, struct arena *arena);

/* Writes the document text to the stream with what it lacks. False when text is
 * no SVG; whether the stream took everything is for the caller to check. */
bool svg_complete(const char *text, const struct svg_page *page, FILE *stream);

#endif
