/* The base stage: elementary functions are correctly rounded, by the definition: the
 * value to 200 bits, rounded once. */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include <mpfr.h>

#include "base/elementary.h"

enum { ARGUMENTS = 3000, BITS = 200 };

static uint64_t random_bits(void)
{
    static uint64_t state = 88172645463325252u; /* xorshift64 */
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

/* Of every size, mostly of usual ones. */
static double random_argument(void)
{
    static const double widths[] = { 1, 7, 750 };
    uint64_t kind = random_bits() % 4, bits = random_bits();
    double value;
    memcpy(&value, &bits, sizeof value);
    return kind == 3 ? value : ((double)(bits >> 11) * 0x1p-52 - 1) * widths[kind];
}

static void check_value(const char *name, double x, double y, double value, mpfr_t true_value)
{
    double expected = mpfr_get_d(true_value, MPFR_RNDN);
    ck_assert_msg((isnan(value) && isnan(expected)) || !memcmp(&value, &expected, sizeof value),
                  "%s(%a, %a) is %a, not %a", name, x, y, value, expected);
    mpfr_clear(true_value);
}

#define CHECK_ONE(name)                                                                       \
    for (int i = 0; i < ARGUMENTS; i++) {                                                     \
        double x = random_argument();                                                         \
        double value = cr_##name(x);                                                          \
        mpfr_t number;                                                                        \
        begin(number, x);                                                                     \
        mpfr_##name(number, number, MPFR_RNDN);                                               \
        check_value(#name, x, 0, value, number);                                              \
    }

#define CHECK_TWO(name)                                                                       \
    for (int i = 0; i < ARGUMENTS; i++) {                                                     \
        double x = random_argument(), y = i % 3 ? random_argument() : i % 13 - 2;             \
        double value = cr_##name(x, y);                                                       \
        mpfr_t number, second;                                                                \
        begin(number, x);                                                                     \
        begin(second, y);                                                                     \
        mpfr_##name(number, number, second, MPFR_RNDN);                                       \
        mpfr_clear(second);                                                                   \
        check_value(#name, x, y, value, number);                                              \
    }

/* With all of MPFR's exponents, which the functions narrow. */
static void begin(mpfr_t number, double x)
{
    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
    mpfr_init2(number, BITS);
    mpfr_set_d(number, x, MPFR_RNDN);
}

START_TEST(functions_of_one_number_are_rounded_correctly)
{
    ELEMENTARY_OF_ONE(CHECK_ONE)
    mpfr_free_cache();
}
END_TEST

START_TEST(functions_of_two_numbers_are_rounded_correctly)
{
    CHECK_TWO(atan2)
    CHECK_TWO(hypot)
    CHECK_TWO(pow)
    mpfr_free_cache();
}
END_TEST

/* What is halfway between two doubles, by whole numbers: 94906267^2 and 208065^3 are odd and
 * above 2^53; and where numbers end. */
START_TEST(what_is_halfway_goes_to_the_even_neighbour)
{
    ck_assert_double_eq(cr_pow(94906267, 2), 9007199515875288);
    ck_assert_double_eq(cr_pow(208065, 3), 9007351116674624);
    ck_assert_double_eq(cr_exp(-745.13321910194111), 0x1p-1074);
    ck_assert_double_eq(cr_exp(-745.13321910194122), 0);
    ck_assert_double_eq(cr_atan2(3 * 0x1p-1074, 2), 0x1p-1074); /* a little less than 1.5 */
}
END_TEST

START_TEST(ends_are_those_of_c)
{
    ck_assert(signbit(cr_sin(-0.0)) && signbit(cr_atan2(-0.0, 1)));
    ck_assert(isnan(cr_log(-1)) && isnan(cr_sin(INFINITY)) && isnan(cr_pow(-2, 0.5)));
    ck_assert_double_eq(cr_log(0), -INFINITY);
    ck_assert_double_eq(cr_exp(710), INFINITY);
    ck_assert_double_eq(cr_exp(-INFINITY), 0);
    ck_assert_double_eq(cr_pow(NAN, 0), 1);
    ck_assert_double_eq(cr_hypot(NAN, INFINITY), INFINITY);
    ck_assert_double_eq(cr_hypot(3, 4), 5);
    ck_assert_double_eq(cr_pow(-2, 3), -8);
    ck_assert_double_eq(cr_pow(1e300, 2), INFINITY);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("elementary");
    TCase *cases = tcase_create("elementary");
    tcase_add_test(cases, functions_of_one_number_are_rounded_correctly);
    tcase_add_test(cases, functions_of_two_numbers_are_rounded_correctly);
    tcase_add_test(cases, what_is_halfway_goes_to_the_even_neighbour);
    tcase_add_test(cases, ends_are_those_of_c);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
