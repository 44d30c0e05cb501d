/* Wrappers: what is put around a first-order method and changes where its gradients are taken or
 * where its steps lead. "wrap = lookahead(k 5)" in a preset.
 *
 * A method has one wrapper at most. Weight decay stays that of the wrapped method, and clipping
 * shortens the gradient that it gets. */
#ifndef OPTIMIZE_WRAPPER_H
#define OPTIMIZE_WRAPPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "base/report.h"
#include "load/preset.h"
#include "optimize/arguments.h"

struct descent;
struct run;

enum { WRAPPER_ARGUMENTS_MAX = 2 };

/* One wrapper's row. Its arguments are in the order of its table. */
struct wrapper {
    const char *name;  /* in presets */
    const char *title;
    const char *story; /* what it does and what its paths show, a paragraph for readers */
    struct call_argument arguments[WRAPPER_ARGUMENTS_MAX];
    const char *symbols[WRAPPER_ARGUMENTS_MAX]; /* of the arguments in legends, as markup */
    const char *rule; /* in the arguments' names, see rule.h */
    const char *source;
    const char *help;
    /* Whether it changes nothing in a run of so many updates, by the argument *index. */
    bool (*is_idle)(const double *arguments, size_t updates, size_t *index);
    /* Where the gradient is taken in place of at, where the descent has looked; or NULL. */
    struct vec2 (*vantage)(const struct descent *descent, struct vec2 at, const double *arguments);
    /* What follows the method's update; or NULL. */
    void (*after)(struct descent *descent, const double *arguments);
};

/* A run's wrapper. */
struct wrapping {
    const struct wrapper *wrapper; /* NULL: none */
    double arguments[WRAPPER_ARGUMENTS_MAX];
};

#define WRAPPERS(X) \
    X(lookahead)    \
    X(sam)

/* All of them in the order of listings. */
const struct wrapper *const *wrapper_list(size_t *count);

/* "k 5, alpha 0.5" */
const char *wrapper_usage(const struct wrapper *wrapper, struct arena *arena);

/* Fills run->wrapping; the run's method is known. Mistakes go to the report. */
bool wrapper_resolve(struct run *run, const struct optimizer_section *section,
                     struct report *report);

#define X(name) extern const struct wrapper name##_wrapper;
WRAPPERS(X)
#undef X

#endif
