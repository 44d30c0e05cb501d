/* Comparisons in a row, such as "23 == leaves(NAG) < leaves(Momentum)": what a
 * claim states.
 *
 *     chain    = side comparison side {comparison side}
 *     side     = a sum as formulas have it (parse.h), without x and y
 *     quantity = name "(" argument {"," argument} ")"    one more kind of value
 *     argument = comparison | word
 *
 * Quantities are what a later stage can be asked for. Some of their arguments
 * are words: all up to the next comma or bracket, or in double quotes, of
 * which the one before a comma or bracket closes. The constant "never" is
 * infinite. All is computed in double precision, while it is read. */
#ifndef MODEL_CHAIN_H
#define MODEL_CHAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/report.h"

enum { QUANTITY_ARGUMENTS_MAX = 4, CHAIN_SIDES_MAX = 16 };

struct quantity {
    const char *name;
    const char *arguments; /* as documentation shows them */
    size_t count;          /* of arguments */
    unsigned words;        /* bit i: argument i is a word */
    bool in_steps;         /* it counts steps, and what never happens is infinite */
    const char *help;
};

/* An argument as it is written, a word without its quotes and not terminated. */
struct argument {
    const char *text;
    size_t length;
    struct place place;
    double value; /* of a number */
};

/* What a chain may ask for. */
struct vocabulary {
    /* NULL behind the last one. */
    const struct quantity *(*at)(size_t index);
    /* The value for the quantity's arguments; false when the report got errors.
     * The place is that of the quantity's name. */
    bool (*ask)(void *context, size_t index, struct place place, const struct argument *arguments,
                struct report *report, double *value);
    void *context;
};

struct chain {
    struct chain_side {
        double value;
        bool in_steps; /* an infinite value is a step that never comes */
        size_t start, end; /* bytes of the text */
        const char *comparison; /* that follows; "" after the last side */
    } sides[CHAIN_SIDES_MAX];
    size_t count;
    size_t holding; /* so many comparisons from the first on hold; count - 1: all */
};

/* Reads a chain and computes it; false when the report got an error. */
bool chain_read(struct chain *chain, const struct text *text, const struct vocabulary *vocabulary,
                struct report *report);

#endif
