/* The test functions that a preset can name. */
#ifndef MODEL_CATALOGUE_H
#define MODEL_CATALOGUE_H

#include <stddef.h>

#include "base/geometry.h"
#include "load/preset.h"

enum { CATALOGUE_MINIMA_MAX = 4 };

struct catalogue_entry {
    const char *name;
    const char *alias; /* NULL: none */
    const char *title;
    const char *formula; /* in the language of presets */
    struct range x, y;   /* the part that is drawn */
    struct vec2 start;
    size_t minimum_count; /* 0: unbounded below */
    struct vec2 minima[CATALOGUE_MINIMA_MAX]; /* global ones, to full double precision */
    double least;     /* the value there */
    enum scale scale; /* of heights, where the picture is clearer so */
    const char *source;
};

/* By name or alias; NULL when there is none. */
const struct catalogue_entry *catalogue_find(const char *name, size_t length);

const struct catalogue_entry *catalogue_list(size_t *count);

#endif
