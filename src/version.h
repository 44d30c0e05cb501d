/* What this program is made of. */
#ifndef VERSION_H
#define VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "write/sink.h"

/* What of an output a library can change, from the numbers on. */
enum { LAYER_PATHS = 1, LAYER_DRAWN = 2, LAYER_DECODED = 4, LAYER_FILE = 8 };

/* A library in use. */
struct component {
    const char *name;
    unsigned kinds;  /* of formats that it has a part in: bits 1 << FORMAT_... */
    unsigned layers; /* LAYER_... */
    /* Its version at run time into the text; false when there is none to tell. */
    bool (*version)(char *text, size_t size);
    const char *films; /* of all film formats, those that it has a part in; NULL: all */
};

bool component_has_part(const struct component *component, const struct format *format);

const struct component *component_list(size_t *count);

/* Version, licence and the libraries in use, for --version. */
void version_print(FILE *stream);

#endif
