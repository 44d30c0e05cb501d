#include "base/elementary.h"

#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>

#include <mpfr.h>

/* How far off a long double's value may be, as a part of it: the C library's own by up
 * to 3 units of 2^-63, says glibc's manual. Where it is not wider than a double, it tells
 * nothing. */
#define ERROR_BOUND (LDBL_MANT_DIG >= 64 ? 0x1p-61L : 1)

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
#define X(name)                                                                               \
    double cr_##name(double x)                                                                \
    {                                                                                         \
        long double value = name##l(x);                                                       \
        if (is_settled(value)) {                                                              \
            return (double)value;                                                             \
        }                                                                                     \
        mpfr_t numbers[2];                                                                    \
        begin(numbers, x, 0);                                                                 \
        return end(numbers, mpfr_##name(numbers[0], numbers[0], MPFR_RNDN));                  \
    }
ELEMENTARY_OF_ONE(X)
#undef X

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
OF_TWO(atan2, atan2l)
OF_TWO(hypot, hypotl)
OF_TWO(pow, power)
