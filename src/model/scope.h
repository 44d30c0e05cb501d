/* The names that a formula can use, and what each means. */
#ifndef MODEL_SCOPE_H
#define MODEL_SCOPE_H

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
    const struct vocabulary *vocabulary; /* NULL: this is a formula */
};

/* Bytes of the name that text begins with, 0 when there is none: a letter or
 * '_', then letters, digits and '_'. */
size_t name_scan(const char *text, size_t length);

struct name scope_find(const struct scope *scope, const char *text, size_t length);

/* Why nothing was found, for the end of a message: the let is further down,
 * "; did you mean 'NAME'?", or "". */
void scope_explain(const struct scope *scope, const char *text, size_t length, char *why,
                   size_t size);

#endif
