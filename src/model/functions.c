#include "model/functions.h"

#include <math.h>
#include <string.h>

#include "base/elementary.h"

#define R(value) rounded((value), at->precision)

static const double LN_10 = 2.302585092994045684018;
static const double TWO_OVER_SQRT_PI = 1.128379167095512573896;

static double add(double u, double v)
{
    return u + v;
}

static double subtract(double u, double v)
{
    return u - v;
}

static double multiply(double u, double v)
{
    return u * v;
}

static double divide(double u, double v)
{
    return u / v;
}

static double negate(double u)
{
    return -u;
}

static double less(double u, double v)
{
    return u < v;
}

static double less_equal(double u, double v)
{
    return u <= v;
}

static double equal(double u, double v)
{
    return u == v;
}

static double not_equal(double u, double v)
{
    return u != v;
}

static double sign(double u)
{
    return isnan(u) ? u : (u > 0) - (u < 0);
}

static double lower(double u, double v)
{
    return u < v || isnan(u) ? u : v;
}

static double higher(double u, double v)
{
    return u > v || isnan(u) ? u : v;
}

/* The constant count and the distinct arrays let the compiler vectorise; without
 * unrolling, counting takes as long as computing. */
#define BLOCK_OF(binary) \
    static void binary##_block(const double *restrict u, const double *restrict v, \
                               double *restrict to) \
    { \
        _Pragma("GCC unroll 4") \
        for (size_t i = 0; i < BLOCK_POINTS; i++) { \
            to[i] = binary(u[i], v[i]); \
        } \
    }

BLOCK_OF(add)
BLOCK_OF(subtract)
BLOCK_OF(multiply)
BLOCK_OF(divide)

static void add_rule(const struct call *at, struct partials *d)
{
    (void)at;
    d->u = 1;
    d->v = 1;
}

static void subtract_rule(const struct call *at, struct partials *d)
{
    (void)at;
    d->u = 1;
    d->v = -1;
}

static void multiply_rule(const struct call *at, struct partials *d)
{
    d->u = at->v;
    d->v = at->u;
    d->uv = 1;
}

static void divide_rule(const struct call *at, struct partials *d)
{
    d->u = R(1 / at->v);
    d->v = -R(at->g / at->v);
    d->uv = -R(d->u / at->v);
    d->vv = R(-2 * d->v / at->v);
}

static void negate_rule(const struct call *at, struct partials *d)
{
    (void)at;
    d->u = -1;
}

/* d->v, d->uv and d->vv are NaN for a negative base; a constant exponent's
 * derivative is 0, and then they do not count. */
static void power_rule(const struct call *at, struct partials *d)
{
    double u = at->u, v = at->v, log_u = R(cr_log(u));
    double v1 = R(v - 1), v2 = R(v - 2);
    double power1 = R(cr_pow(u, v1)), power2 = R(cr_pow(u, v2));
    d->u = product(v, power1, at->precision);
    d->uu = product(R(v * v1), power2, at->precision);
    d->v = product(at->g, log_u, at->precision);
    d->vv = product(d->v, log_u, at->precision);
    d->uv = product(power1, R(1 + product(v, log_u, at->precision)), at->precision);
}

static void sqrt_rule(const struct call *at, struct partials *d)
{
    d->u = R(0.5 / at->g);
    d->uu = -R(0.5 * d->u / at->u);
}

static void exp_rule(const struct call *at, struct partials *d)
{
    d->u = at->g;
    d->uu = at->g;
}

static void log_rule(const struct call *at, struct partials *d)
{
    d->u = R(1 / at->u);
    d->uu = -R(d->u / at->u);
}

static void log10_rule(const struct call *at, struct partials *d)
{
    d->u = R(1 / R(at->u * R(LN_10)));
    d->uu = -R(d->u / at->u);
}

static void sin_rule(const struct call *at, struct partials *d)
{
    d->u = R(cr_cos(at->u));
    d->uu = -at->g;
}

static void cos_rule(const struct call *at, struct partials *d)
{
    d->u = -R(cr_sin(at->u));
    d->uu = -at->g;
}

static void tan_rule(const struct call *at, struct partials *d)
{
    d->u = R(1 + R(at->g * at->g));
    d->uu = R(2 * at->g * d->u);
}

static void asin_rule(const struct call *at, struct partials *d)
{
    double rest = R(1 - R(at->u * at->u));
    d->u = R(1 / R(sqrt(rest)));
    d->uu = R(R(at->u * d->u) / rest);
}

static void acos_rule(const struct call *at, struct partials *d)
{
    asin_rule(at, d);
    d->u = -d->u;
    d->uu = -d->uu;
}

static void atan_rule(const struct call *at, struct partials *d)
{
    double sum = R(1 + R(at->u * at->u));
    d->u = R(1 / sum);
    d->uu = R(R(-2 * at->u * d->u) / sum);
}

static void sinh_rule(const struct call *at, struct partials *d)
{
    d->u = R(cr_cosh(at->u));
    d->uu = at->g;
}

static void cosh_rule(const struct call *at, struct partials *d)
{
    d->u = R(cr_sinh(at->u));
    d->uu = at->g;
}

static void tanh_rule(const struct call *at, struct partials *d)
{
    d->u = R(1 - R(at->g * at->g));
    d->uu = R(-2 * at->g * d->u);
}

static void erf_rule(const struct call *at, struct partials *d)
{
    d->u = R(R(TWO_OVER_SQRT_PI) * R(cr_exp(-R(at->u * at->u))));
    d->uu = R(-2 * at->u * d->u);
}

static void abs_rule(const struct call *at, struct partials *d)
{
    d->u = sign(at->u);
}

static void choice_rule(const struct call *at, struct partials *d)
{
    bool tie = at->u == at->v;
    d->u = tie ? 0.5 : at->g == at->u;
    d->v = 1 - d->u;
}

static void hypot_rule(const struct call *at, struct partials *d)
{
    if (at->g == 0) {
        return;
    }
    d->u = R(at->u / at->g);
    d->v = R(at->v / at->g);
    d->uu = R(R(d->v * d->v) / at->g);
    d->uv = -R(R(d->u * d->v) / at->g);
    d->vv = R(R(d->u * d->u) / at->g);
}

static void atan2_rule(const struct call *at, struct partials *d)
{
    double square = R(R(at->u * at->u) + R(at->v * at->v));
    d->u = R(at->v / square);
    d->v = -R(at->u / square);
    d->uu = R(2 * d->u * d->v);
    d->uv = R(R(d->v * d->v) - R(d->u * d->u));
    d->vv = -d->uu;
}

#define UNARY .arguments = "x", .arity = 1, .unary
#define BINARY .arguments = "x, y", .arity = 2, .binary
#define VARIADIC .arguments = "a, b, ...", .arity = 2, .variadic = true, .binary

const struct function function_operators[OPERATOR_COUNT] = {
    [OPERATOR_ADD] = { "+", BINARY = add, .rule = add_rule, .block = add_block },
    [OPERATOR_SUBTRACT] = { "-", BINARY = subtract, .rule = subtract_rule,
                            .block = subtract_block },
    [OPERATOR_MULTIPLY] = { "*", BINARY = multiply, .rule = multiply_rule,
                            .block = multiply_block },
    [OPERATOR_DIVIDE] = { "/", BINARY = divide, .rule = divide_rule, .block = divide_block },
    [OPERATOR_POWER] = { "^", BINARY = cr_pow, .rule = power_rule },
    [OPERATOR_NEGATE] = { "-", UNARY = negate, .rule = negate_rule },
    [OPERATOR_LESS] = { "<", BINARY = less },
    [OPERATOR_LESS_EQUAL] = { "<=", BINARY = less_equal },
    [OPERATOR_EQUAL] = { "==", BINARY = equal },
    [OPERATOR_NOT_EQUAL] = { "!=", BINARY = not_equal },
};

static const struct function functions[] = {
    { "sqrt", UNARY = sqrt, .rule = sqrt_rule, .help = "square root", .also = "root" },
    { "exp", UNARY = cr_exp, .rule = exp_rule, .help = "e to the power of x" },
    { "log", UNARY = cr_log, .rule = log_rule, .help = "natural logarithm", .also = "ln" },
    { "log10", UNARY = cr_log10, .rule = log10_rule, .help = "decimal logarithm", .also = "lg" },
    { "sin", UNARY = cr_sin, .rule = sin_rule, .help = "sine, in radians" },
    { "cos", UNARY = cr_cos, .rule = cos_rule, .help = "cosine, in radians" },
    { "tan", UNARY = cr_tan, .rule = tan_rule, .help = "tangent, in radians", .also = "tg" },
    { "asin", UNARY = cr_asin, .rule = asin_rule, .help = "inverse sine", .also = "arcsin" },
    { "acos", UNARY = cr_acos, .rule = acos_rule, .help = "inverse cosine", .also = "arccos" },
    { "atan", UNARY = cr_atan, .rule = atan_rule, .help = "inverse tangent", .also = "arctan" },
    { "sinh", UNARY = cr_sinh, .rule = sinh_rule, .help = "hyperbolic sine" },
    { "cosh", UNARY = cr_cosh, .rule = cosh_rule, .help = "hyperbolic cosine" },
    { "tanh", UNARY = cr_tanh, .rule = tanh_rule, .help = "hyperbolic tangent" },
    { "erf", UNARY = cr_erf, .rule = erf_rule, .help = "error function" },
    { "abs", UNARY = fabs, .rule = abs_rule, .help = "absolute value", .also = "fabs" },
    { "sign", UNARY = sign, .help = "-1, 0 or 1", .also = "sgn" },
    { "floor", UNARY = floor, .help = "greatest whole number that is not above x" },
    { "ceil", UNARY = ceil, .help = "least whole number that is not below x", .also = "ceiling" },
    { "min", VARIADIC = lower, .rule = choice_rule, .help = "the least argument" },
    { "max", VARIADIC = higher, .rule = choice_rule, .help = "the greatest argument" },
    { "hypot", VARIADIC = cr_hypot, .rule = hypot_rule,
      .help = "square root of the sum of squares" },
    { "pow", BINARY = cr_pow, .rule = power_rule,
      .help = "x to the power of y, the same as x^y", .also = "power" },
    { "atan2", .arguments = "y, x", .arity = 2, .binary = cr_atan2, .rule = atan2_rule,
      .help = "angle of the point (x, y)" },
    { "if", .arguments = "condition, a, b", .arity = 3,
      .help = "a where the condition holds (is not 0), else b" },
};

const struct function *function_list(size_t *count)
{
    *count = sizeof functions / sizeof *functions;
    return functions;
}

const struct function *function_find(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strlen(functions[i].name) == length && !memcmp(functions[i].name, name, length)) {
            return &functions[i];
        }
    }
    return NULL;
}
