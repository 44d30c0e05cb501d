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

#include <stddef.h>

#include "base/limits.h"
#include "base/report.h"
#include "load/preset.h"
#include "model/tape.h"

/* Compiles a formula that may use the lets, each of which may use those above
 * it and is computed once. NULL when the report got errors: one for every let
 * and formula that is wrong. tape_destroy the tape. */
struct tape *formula_compile(const struct text *formula, const struct let *lets, size_t let_count,
                             struct report *report);

#endif
