/* The intrinsic functions and operators of formulas: values and derivatives.
 *
 * Where a function has no derivative these conventions hold; 0 times anything
 * is 0 in the chain rule, so what is not looked at (the exponent's derivative
 * of x^3, the branch of an if that is not taken) can never spoil a result:
 *     abs(0), hypot(0, 0)             0, the subgradient of least length
 *     min and max of equal arguments  half of each argument's derivative
 *     sign, floor, ceil, comparisons  0 everywhere
 *     sqrt(0)                         infinite, yet 0 where the argument's is 0:
 *                                     sqrt(x^2 + y^2) has gradient 0 at (0, 0)
 *     atan2(0, 0)                     NaN: it jumps there
 * Outside of a function's domain its value is NaN or an infinity, as in IEEE
 * 754; min and max of NaN are NaN. */
#ifndef MODEL_FUNCTIONS_H
#define MODEL_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "load/preset.h"

/* One use g = F(u, v); functions of one argument have no v. */
struct call {
    double u, v, g;
    enum precision precision;
};

/* The first and second partial derivatives of F there. */
struct partials {
    double u, v, uu, uv, vv;
};

/* How many points a loop computes at once. */
enum { BLOCK_POINTS = 256 };

struct function {
    const char *name;
    const char *arguments; /* as documentation shows them */
    int arity;
    bool variadic; /* more arguments: F(F(u, v), w) and so on */
    double (*unary)(double u);
    double (*binary)(double u, double v); /* if() has neither: it selects */

    /* Adds to zeroed partials, every operation rounded to the call's
     * precision. NULL: the derivatives are 0. */
    void (*rule)(const struct call *at, struct partials *d);

    /* The value at BLOCK_POINTS points; NULL: call unary or binary for each. */
    void (*block)(const double *restrict u, const double *restrict v, double *restrict to);
    const char *help;
    const char *also; /* names of which only hints know (base/suggest.h); or NULL */
};

enum operator_name {
    OPERATOR_ADD, OPERATOR_SUBTRACT, OPERATOR_MULTIPLY, OPERATOR_DIVIDE, OPERATOR_POWER,
    OPERATOR_NEGATE, OPERATOR_LESS, OPERATOR_LESS_EQUAL, OPERATOR_EQUAL, OPERATOR_NOT_EQUAL,
    OPERATOR_COUNT
};

/* What formulas write with a symbol. */
extern const struct function function_operators[OPERATOR_COUNT];

/* The functions that formulas call by name. */
const struct function *function_list(size_t *count);

/* NULL when there is none of that name. */
const struct function *function_find(const char *name, size_t length);

/* What a program of that precision keeps of one operation's result. Rounding
 * the double result of + - * / sqrt is exactly the float operation. */
static inline double rounded(double value, enum precision precision)
{
    return precision == PRECISION_SINGLE ? (float)value : value;
}

/* The product of the chain rule, in which 0 times anything is 0. */
static inline double product(double a, double b, enum precision precision)
{
    return a == 0 || b == 0 ? 0 : rounded(a * b, precision);
}

#endif
