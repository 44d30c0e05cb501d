/* Update rules as they stand in the optimizers' rows, for people:
 *
 *     a = mu*a + g, at first a = g; x -= lr*a
 *
 * Statements are separated by ';'. Each assigns an expression of formulas (model/parse.h) to a
 * name with =, += or -=; what follows its first ", " outside of brackets is words. x is the
 * point's coordinate, g the gradient's, t the number of the update from 1. */
#ifndef OPTIMIZE_RULE_H
#define OPTIMIZE_RULE_H

#include <stdbool.h>
#include <stdio.h>

/* Prints a <math> for every statement, "x -= lr*g" as x <- x - lr g. False when a
 * statement cannot be read; those before it are printed. */
bool rule_mathml(const char *rule, FILE *stream);

#endif
