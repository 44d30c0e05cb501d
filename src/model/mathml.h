/* Formulas as people write them: presentation MathML (MathML Core), for web pages.
 *
 * Quotients become fractions, powers are raised, sqrt and abs get their signs, products have
 * no dot where none is needed, and there are brackets where the formula needs them. A let is
 * shown by its name. */
#ifndef MODEL_MATHML_H
#define MODEL_MATHML_H

#include <stdbool.h>
#include <stdio.h>

#include "load/preset.h"
#include "model/parse.h"

/* What stands around the printed expression: it gets brackets where it binds less. */
enum mathml_place { MATHML_ALONE, MATHML_AFTER_MINUS };

/* Prints a formula that was read. Lets from the index named on are not called by their names. */
void mathml_expression(const struct expression *expression, int node, size_t named,
                       enum mathml_place place, FILE *stream);

/* Prints an identifier: Greek letters by their names, digits at the end and what follows a
 * '_' as an index. */
void mathml_name(const char *name, size_t length, FILE *stream);

/* Prints "f(x, y) = ..." and a line for every let, each a <math> of its own. False, and
 * nothing, when the formula is wrong. */
bool mathml_function(const struct text *formula, const struct let *lets, size_t let_count,
                     FILE *stream);

#endif
