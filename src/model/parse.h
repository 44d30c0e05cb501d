/* Formula text to tape.
 *
 *     comparison = sum [("<" | "<=" | ">" | ">=" | "==" | "!=") sum]
 *     sum        = term {("+" | "-") term}
 *     term       = operand {("*" | "/") operand}
 *     operand    = ("-" | "+") operand | value [("^" | "**") operand]
 *     value      = number | name | function "(" list ")" | "(" comparison ")"
 *
 * So -x^2 is -(x^2), 2^-x works and 2^3^2 is 2^9. A comparison is 1 or 0, also
 * outside of an if. u^2 is u*u; all other powers are cr_pow's. */
#ifndef MODEL_PARSE_H
#define MODEL_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/limits.h"
#include "base/report.h"
#include "load/preset.h"
#include "model/tape.h"

/* A formula that was read: every instruction is a node still. */
struct expression {
    struct tape *tape;
    int node;               /* the formula's */
    int *let_nodes;         /* of the lets, which are borrowed */
    const struct let *lets;
};

/* Reads a formula that may use the lets, each of which may use those above it. False when
 * the report got errors: one for every let and formula that is wrong. The expression is to be
 * finished in either case. */
bool formula_read(struct expression *expression, const struct text *formula,
                  const struct let *lets, size_t let_count, struct report *report);
void expression_finish(struct expression *expression);

/* Compiles a formula in the same way; each let is computed once, and the report is warned of
 * those of a preset that nothing uses. NULL when it got errors. tape_destroy the tape. */
struct tape *formula_compile(const struct text *formula, const struct let *lets, size_t let_count,
                             struct report *report);

#endif
