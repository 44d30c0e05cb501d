/* The names that a formula can use, and what each means. */
#ifndef MODEL_SCOPE_H
#define MODEL_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

#include "load/preset.h"
#include "model/functions.h"

struct vocabulary;

enum name_kind {
    NAME_UNKNOWN, NAME_VARIABLE, NAME_CONSTANT, NAME_FUNCTION, NAME_LET, NAME_QUANTITY
};

struct name {
    enum name_kind kind;
    int node;       /* of a variable or let */
    size_t let;     /* its index among the lets */
    double value;   /* of a constant */
    const struct function *function;
    size_t quantity; /* its index in the vocabulary */
};

/* The lets of a problem, of which the first so many are compiled; or, of a
 * claim, what it can ask for. */
struct scope {
    const struct let *lets;
    size_t count, known;
    int *nodes; /* of the known ones */
    bool *used; /* which of them something asks for; NULL: nobody wants to know */
    const struct vocabulary *vocabulary; /* NULL: this is a formula */
};

/* Bytes of the name that text begins with, 0 when there is none: a letter or
 * '_', then letters, digits and '_'. */
size_t name_scan(const char *text, size_t length);

struct name scope_find(const struct scope *scope, const char *text, size_t length);

/* Why nothing was found, for the end of a message: the let is further down,
 * "; did you mean 'NAME'?", how to add a number to a formula, unless the name is
 * called like a function, or "". */
void scope_explain(const struct scope *scope, const char *text, size_t length, bool is_called,
                   char *why, size_t size);

#endif
