/* The test functions that a preset can name. */
#ifndef MODEL_CATALOGUE_H
#define MODEL_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"
#include "base/suggest.h"
#include "load/preset.h"

enum { CATALOGUE_PARAMETERS_MAX = 3 };

/* A constant of the formula that a preset may change: "param NAME = NUMBER". */
struct catalogue_parameter {
    const char *name;     /* NULL behind the last one */
    const char *standard; /* a formula without x and y */
    const char *help;
    bool turns; /* below 0 it turns the function over: the minima are others then, or none */
};

struct catalogue_entry {
    const char *name;
    const char *alias; /* NULL: none */
    const char *also;  /* names of which only hints know (base/suggest.h); or NULL */
    const char *title;
    const char *formula; /* in the language of presets */
    struct catalogue_parameter parameters[CATALOGUE_PARAMETERS_MAX + 1];
    struct range x, y; /* the part that is drawn */
    struct vec2 start;
    const struct vec2 *minima; /* the lowest points of that part, where the parameters */
    size_t minimum_count;      /* are standard, to full double precision; 0: none */
    const char *moved_x, *moved_y; /* where parameters put the only one, as formulas of them; */
                                   /* NULL: it is what is below the standard one */
    double least;              /* the value there */
    const struct vec2 *saddles; /* some of those that are known; not degenerate ones */
    size_t saddle_count;
    enum scale scale; /* of heights, where the picture is clearer so */
    const char *note; /* what a reader should know, NULL: nothing */
    const char *source;
};

/* By name or alias; NULL when there is none. */
const struct catalogue_entry *catalogue_find(const char *name, size_t length);

const struct catalogue_entry *catalogue_list(size_t *count);

/* Offers all names, and what else the functions are called. */
void catalogue_suggest(struct suggestion *near);

#endif
