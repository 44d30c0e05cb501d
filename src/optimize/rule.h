/* Update rules as they stand in the optimizers' rows, for people:
 *
 *     a += g^2, at first a = 0.1; x -= lr*g/sqrt(a)
 *
 * Statements are separated by ';'. Each assigns an expression of formulas (model/parse.h) to a
 * name with =, += or -=; what follows its first ", " outside of brackets is words, in which
 * "at first NAME = EXPRESSION" says what it is before the first update, 0 if nothing does. x is
 * the point's coordinate, g the gradient's, t the number of the update from 1. */
#ifndef OPTIMIZE_RULE_H
#define OPTIMIZE_RULE_H

#include <stdbool.h>
#include <stdio.h>

/* Prints a <math> for every statement, "x -= lr*g" as x <- x - lr g. False when a
 * statement cannot be read; those before it are printed. */
bool rule_mathml(const char *rule, FILE *stream);

#endif
