/* The page of a gallery: its films with what is true of them, and the methods that they
 * show, with their rules and hyper-parameters. HTML in one file, without a clock time. */
#ifndef GALLERY_PAGE_H
#define GALLERY_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "request.h"

/* Where the same files are in the dark theme, beside the page. */
#define GALLERY_DARK "dark/"

/* What begins such a page, before anything of the user's; a version follows. */
#define GALLERY_GENERATOR "<meta name=\"generator\" content=\"optrender "

struct gallery {
    const char *title; /* NULL: the usual one */
    const struct request *requests; /* one for each preset, rendered: a film, then a still */
    size_t count;
    bool has_dark;
    bool all_methods; /* also those that no film shows */
};

/* Reads the presets again and computes their paths for what is said of them. Whether the
 * stream took everything is for the caller to check. */
bool gallery_print(const struct gallery *gallery, FILE *stream, struct error *err);

#endif
