#include "base/elementary.h"

#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <mpfr.h>

/* How far off a long double's value may be, as a part of it, in units of 2^-63: the C
 * library's own by up to 3, says glibc's manual, those here by 1.6, which is what was found
 * in a million calls. Where it is not wider than a double, it tells nothing. */
#define ERROR_BOUND (LDBL_MANT_DIG >= 64 ? 4 * 0x1p-63L : 1)

/* Powers that are multiplied; every product may be off by half a unit. */
enum { MULTIPLIED_MAX = 8 };

/* Whether all that the true value can be rounds to one double (Ziv 1991). What is 0 or
 * not finite is exact. */
static bool is_settled(long double value)
{
    long double error = fabsl(value) * ERROR_BOUND;
    return !isfinite(value) || (double)(value - error) == (double)(value + error);
}

static pthread_key_t caches;
static pthread_once_t caches_made = PTHREAD_ONCE_INIT;

static void free_cache(void *used)
{
    (void)used;
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
}

static void make_key(void)
{
    pthread_key_create(&caches, free_cache);
}

/* Exponents are limited to a double's, so that MPFR rounds as to a double. What it
 * keeps for later calls, pi for example, each thread has for itself until it ends. */
static void begin(mpfr_t numbers[2], double x, double y)
{
    pthread_once(&caches_made, make_key);
    pthread_setspecific(caches, &caches);
    mpfr_set_emin(DBL_MIN_EXP - DBL_MANT_DIG + 1);
    mpfr_set_emax(DBL_MAX_EXP);
    mpfr_inits2(DBL_MANT_DIG, numbers[0], numbers[1], (mpfr_ptr)0);
    mpfr_set_d(numbers[0], x, MPFR_RNDN);
    mpfr_set_d(numbers[1], y, MPFR_RNDN);
}

static double end(mpfr_t numbers[2], int rounding)
{
    mpfr_subnormalize(numbers[0], mpfr_check_range(numbers[0], rounding, MPFR_RNDN), MPFR_RNDN);
    double value = mpfr_get_d(numbers[0], MPFR_RNDN);
    mpfr_clears(numbers[0], numbers[1], (mpfr_ptr)0);
    return value;
}

/* exp, log, sin and cos are what formulas are made of, and the long double functions take
 * five times as long as the following: next to a value from a table, what is left of the
 * argument is so small that only its first powers need more than a double. */
enum { EXPS = 128, LOGS = 128, TURNS = 256 };
static long double exps[EXPS], logs[LOGS + 1], sines[TURNS];
static double inverses[LOGS + 1];
static pthread_once_t tables_made = PTHREAD_ONCE_INIT;

/* Logarithms are looked up for 2^-0.5 and up to twice that, about. */
static const double LOG_FROM = 0.703125;

static const long double LN_2 = 0xb.17217f7d1cf79acp-4L;
static const long double PI = 0xc.90fdaa22168c235p-2L;

/* The same in two parts, of which multiples up to 2^20 of the first are exact. */
static const long double LN_2_HIGH = 0x1.62e42fefa38p-1L, LN_2_LOW = 0x1.ef35793c7673007ep-45L;
static const long double PI_HIGH = 0x1.921fb5444p+1L, PI_LOW = 0x1.68c234c4c6628b81p-38L;

static void make_tables(void)
{
    for (int i = 0; i < EXPS; i++) {
        exps[i] = exp2l((long double)i / EXPS);
    }
    for (int i = 0; i <= LOGS; i++) {
        double at = LOG_FROM * (1 + (double)i / LOGS);
        inverses[i] = rint(512 / at) / 512; /* few bits: products with it are exact */
        logs[i] = -logl(inverses[i]);
    }
    for (int i = 1; i <= TURNS / 4; i++) { /* sinl would magnify the errors of larger angles */
        sines[i] = sines[TURNS / 2 - i] = sinl(2 * PI / TURNS * i);
        sines[TURNS / 2 + i] = sines[TURNS - i] = -sines[i];
    }
}

/* Times 2 to a power that a normal double can be. */
static long double scaled(long double value, int power)
{
    uint64_t bits = (uint64_t)(DBL_MAX_EXP - 1 + power) << (DBL_MANT_DIG - 1);
    double factor;
    memcpy(&factor, &bits, sizeof factor);
    return value * factor;
}

static long double quick_exp(double x)
{
    if (!(fabs(x) < 700)) {
        return expl(x);
    }
    pthread_once(&tables_made, make_tables);
    double k = rint(x * (double)(EXPS / LN_2));
    long double r = x - k * (LN_2_HIGH / EXPS) - k * (LN_2_LOW / EXPS);
    double d = (double)r, tail = d * d * d * (1.0 / 6 + d * (1.0 / 24 + d * (1.0 / 120 + d / 720)));
    int n = (int)k, at = n & (EXPS - 1);
    return scaled(exps[at] + exps[at] * (r + (r * r / 2 + tail)), (n - at) / EXPS);
}

static long double quick_log(double x)
{
    if (!(x >= DBL_MIN && x <= DBL_MAX)) {
        return logl(x);
    }
    pthread_once(&tables_made, make_tables);
    int exponent;
    double m = frexp(x, &exponent);
    if (m < LOG_FROM) {
        m *= 2;
        exponent--;
    }
    int at = (int)((m / LOG_FROM - 1) * LOGS + 0.5);
    long double r = (long double)m * inverses[at] - 1;
    double d = (double)r, tail = 1.0 / 5 + d * (-1.0 / 6 + d * (1.0 / 7 - d / 8));
    tail = d * d * d * (1.0 / 3 + d * (-1.0 / 4 + d * tail));
    return exponent * LN_2 + logs[at] + (r - r * r / 2 + tail);
}

/* The sine of x and so many TURNS, where these are right angles. */
static long double quick_sine(double x, int more, long double (*otherwise)(long double))
{
    if (!(fabs(x) < 10000)) {
        return otherwise(x);
    }
    pthread_once(&tables_made, make_tables);
    double k = rint(x * (double)(TURNS / 2 / PI));
    long double r = x - k * (PI_HIGH / (TURNS / 2)) - k * (PI_LOW / (TURNS / 2));
    int at = ((int)k + more) & (TURNS - 1);
    double d = (double)r, d2 = d * d;
    if (at % (TURNS / 2) == 0 && fabs(d) < 0x1p-16) { /* next to 0, where r's end counts */
        return otherwise(x);
    }
    long double sine = sines[at], cosine = sines[(at + TURNS / 4) & (TURNS - 1)];
    double sine_tail = d * d2 * (-1.0 / 6 + d2 * (1.0 / 120 - d2 / 5040));
    double cosine_tail = d2 * d2 * (1.0 / 24 - d2 / 720);
    return sine + (cosine * (r + sine_tail) + sine * (cosine_tail - r * r / 2));
}

static long double quick_sin(double x)
{
    return quick_sine(x, 0, sinl);
}

static long double quick_cos(double x)
{
    return quick_sine(x, TURNS / 4, cosl);
}

static long double power(double x, double y)
{
    if (!(y >= 1 && y <= MULTIPLIED_MAX && y == floor(y))) {
        return powl(x, y);
    }
    long double product = x;
    for (int i = 1; i < (int)y; i++) {
        product *= x;
    }
    return product;
}

/* A long double tells which double is next, except when it is as good as halfway
 * between two, in a call of 200: then MPFR settles it, which takes long. */
#define OF_ONE(name, wide)                                                                    \
    double cr_##name(double x)                                                                \
    {                                                                                         \
        long double value = wide(x);                                                          \
        if (is_settled(value)) {                                                              \
            return (double)value;                                                             \
        }                                                                                     \
        mpfr_t numbers[2];                                                                    \
        begin(numbers, x, 0);                                                                 \
        return end(numbers, mpfr_##name(numbers[0], numbers[0], MPFR_RNDN));                  \
    }
OF_ONE(acos, acosl)
OF_ONE(asin, asinl)
OF_ONE(atan, atanl)
OF_ONE(cbrt, cbrtl)
OF_ONE(cos, quick_cos)
OF_ONE(cosh, coshl)
OF_ONE(erf, erfl)
OF_ONE(exp, quick_exp)
OF_ONE(log, quick_log)
OF_ONE(log10, log10l)
OF_ONE(log1p, log1pl)
OF_ONE(sin, quick_sin)
OF_ONE(sinh, sinhl)
OF_ONE(tan, tanl)
OF_ONE(tanh, tanhl)

#define OF_TWO(name, wide)                                                                    \
    double cr_##name(double x, double y)                                                      \
    {                                                                                         \
        long double value = wide(x, y);                                                       \
        if (is_settled(value)) {                                                              \
            return (double)value;                                                             \
        }                                                                                     \
        mpfr_t numbers[2];                                                                    \
        begin(numbers, x, y);                                                                 \
        return end(numbers, mpfr_##name(numbers[0], numbers[0], numbers[1], MPFR_RNDN));      \
    }
/* cppcheck-suppress funcArgOrderDifferent ; the macro's first is y here */
OF_TWO(atan2, atan2l)
OF_TWO(hypot, hypotl)
OF_TWO(pow, power)
