/* Numbers for people and the ticks of axes: read back by strtod and held
 * against printf, and against every step that could have been taken. */
#include "support.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "plot/ticks.h"

enum { ROUNDS = 20000 };

static unsigned long long state = 88172645463325252ULL;
static struct arena arena;

static void setup(void)
{
    state = 88172645463325252ULL;
}

static void teardown(void)
{
    arena_finish(&arena);
}

/* xorshift64*: the same numbers on every run. */
static double random_between(double lo, double hi)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return lo + (hi - lo) * (double)((state * 2685821657736338717ULL) >> 11) / 9007199254740992.0;
}

/* What a label says: "-12345.5" or "1.5e-7" for strtod. */
static double said(const char *label)
{
    static const struct {
        const char *mark, *plain;
    } marks[] = { { "\u2212", "-" }, { "\u2009", "" }, { "\u00d710^{", "e" }, { "10^{", "1e" },
                  { "}", "" } };
    char text[128] = "";
    for (const char *at = label; *at;) {
        size_t i = 0;
        while (i < 5 && strncmp(at, marks[i].mark, strlen(marks[i].mark))) {
            i++;
        }
        if (i < 5) {
            strcat(text, marks[i].plain);
            at += strlen(marks[i].mark);
        } else {
            strncat(text, at++, 1);
        }
    }
    char *end;
    double value = strtod(text, &end);
    ck_assert_msg(end > text && !*end, "'%s' is no number", label);
    return value;
}

/* Thin spaces stand before every third digit of five or more, and nowhere else;
 * no zero ends a fraction; no hyphen, no "+". */
static void check_form(const char *label)
{
    size_t whole = 0, since = 0;
    bool has_space = false;
    const char *at = label + (strncmp(label, "\u2212", 3) ? 0 : 3);
    while ((*at >= '0' && *at <= '9') || !strncmp(at, "\u2009", 3)) {
        if (*at < 0) {
            ck_assert(has_space ? since == 3 : since > 0 && since <= 3);
            has_space = true;
            since = 0;
            at += 3;
        } else {
            whole++;
            since++;
            at++;
        }
    }
    ck_assert_msg(has_space == (whole >= 5) && (!has_space || since == 3), "'%s'", label);
    if (*at == '.') {
        size_t fraction = strspn(at + 1, "0123456789");
        ck_assert_msg(fraction > 0 && at[fraction] != '0', "'%s'", label);
        at += 1 + fraction;
    }
    ck_assert_msg(!*at || !strncmp(at, "\u00d710^{", strlen("\u00d710^{")), "'%s'", label);
}

START_TEST(numbers_are_shown_as_people_write_them)
{
    static const struct {
        double value;
        const char *wanted;
    } rows[] = {
        { 0, "0" }, { -0.0, "0" }, { 1, "1" }, { -1.5, "\u22121.5" }, { 1.0 / 3, "0.3333" },
        { 9999, "9999" }, { 10000, "10\u2009000" }, { -123400, "\u2212123\u2009400" },
        { 999949, "999\u2009900" }, { 999950, "1×10^{6}" }, { 1e6, "1×10^{6}" },
        { 0.0001, "0.0001" }, { 0.00012346, "0.0001235" }, { 0.00009999, "9.999×10^{-5}" },
        { 1.5e-7, "1.5×10^{-7}" }, { -2.5e300, "\u22122.5×10^{300}" },
        { INFINITY, "∞" }, { -INFINITY, "\u2212∞" }, { NAN, "nan" }, { -NAN, "nan" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[NUMBER_SHOWN_SIZE];
        number_show(text, sizeof text, rows[i].value, 4);
        ck_assert_str_eq(text, rows[i].wanted);
    }
}
END_TEST

START_TEST(shown_numbers_are_printfs)
{
    for (int round = 0; round < ROUNDS; round++) {
        int digits = 1 + round % 17;
        double value = random_between(-10, 10) * pow(10, floor(random_between(-12, 12)));
        char text[NUMBER_SHOWN_SIZE], plain[64];
        number_show(text, sizeof text, value, digits);
        snprintf(plain, sizeof plain, "%.*e", digits - 1, value);
        double wanted = strtod(plain, NULL), size = fabs(wanted);
        ck_assert_msg(said(text) == wanted, "%s is not %s", text, plain);
        check_form(text);
        ck_assert(!strstr(text, "×") == (size >= 1e-4 && size < 1e6));
    }
}
END_TEST

START_TEST(short_room_cuts_but_keeps)
{
    for (size_t size = 1; size < 24; size++) {
        static const double values[] = { -123456.789, -1.25e-100, -INFINITY };
        for (size_t i = 0; i < 3; i++) {
            char text[32];
            memset(text, '#', sizeof text);
            number_show(text, size, values[i], 9);
            ck_assert_uint_lt(strlen(text), size);
            for (size_t k = size; k < sizeof text; k++) {
                ck_assert_int_eq(text[k], '#');
            }
        }
    }
}
END_TEST

/* How many multiples of the step lie in the range, counted one by one. */
static int count_multiples(struct range range, double step)
{
    int count = 0;
    double first = floor(range.lo / step) - 1;
    for (double i = first; i < first + 100 && i * step <= range.hi + 1e-9 * step; i++) {
        count += i * step >= range.lo - 1e-9 * step;
    }
    return count;
}

/* Whether any step that is allowed would have had 4 to 6 ticks. */
static bool better_exists(struct range range)
{
    static const double mantissas[] = { 1, 2, 2.5, 5 };
    double span = range.hi - range.lo;
    for (int power = -20; power < 20; power++) {
        for (size_t i = 0; i < 4; i++) {
            double step = mantissas[i] * pow(10, power);
            int count = step > span / 50 && step < span ? count_multiples(range, step) : 0;
            if (count >= 4 && count <= 6) {
                return true;
            }
        }
    }
    return false;
}

static void check_round_step(const struct ticks *ticks)
{
    double step = (ticks->values[ticks->count - 1] - ticks->values[0]) / (double)(ticks->count - 1);
    double mantissa = step / pow(10, floor(log10(step * (1 + 1e-9))));
    ck_assert_msg(fmin(fmin(fabs(mantissa - 1), fabs(mantissa - 2)),
                       fmin(fabs(mantissa - 2.5), fabs(mantissa - 5))) < 1e-6, "step %g", step);
    for (size_t i = 0; i < ticks->count; i++) {
        double times = ticks->values[i] / step;
        ck_assert(fabs(times - round(times)) < 1e-6 * fmax(1, fabs(times)));
    }
}

static void check_in_range(const struct ticks *ticks, struct range range)
{
    for (size_t i = 0; i < ticks->count; i++) {
        ck_assert(range_holds(range, ticks->values[i]));
        ck_assert(!i || ticks->values[i] > ticks->values[i - 1]);
    }
}

START_TEST(ticks_are_round_and_four_to_seven)
{
    for (int round = 0; round < ROUNDS; round++) {
        double span = pow(10, random_between(-8, 8));
        double lo = random_between(-3, 1) * span * (round % 4 ? 1 : 100);
        struct range range = { lo, lo + span };
        struct ticks ticks;
        ticks_init(&ticks, &arena, range, 5);
        ck_assert_msg(ticks.count >= 4 && ticks.count <= 7, "%zu ticks in %.17g .. %.17g",
                      ticks.count, range.lo, range.hi);
        ck_assert(ticks.count < 7 || !better_exists(range));
        check_in_range(&ticks, range);
        check_round_step(&ticks);
        for (size_t i = 0; i < ticks.count; i++) {
            double value = said(ticks.labels[i]);
            ck_assert_msg(fabs(value - ticks.values[i]) <= 1e-9 * span, "%s", ticks.labels[i]);
            ck_assert(!strchr(ticks.labels[i], '-') || strstr(ticks.labels[i], "^{-"));
            check_form(ticks.labels[i]);
        }
        arena_reset(&arena);
    }
}
END_TEST

START_TEST(other_numbers_of_ticks_come_near)
{
    for (int round = 0; round < ROUNDS; round++) {
        int wanted = 2 + round % 12;
        double lo = random_between(-3, 1), span = random_between(0.1, 10);
        struct range range = { lo, lo + span };
        struct ticks ticks;
        ticks_init(&ticks, &arena, range, wanted);
        ck_assert_int_ge((int)ticks.count, wanted / 2);
        ck_assert_int_le((int)ticks.count, 2 * wanted);
        check_in_range(&ticks, range);
        arena_reset(&arena);
    }
}
END_TEST

/* Labels with blanks between them. */
static const char *joined(const struct ticks *ticks)
{
    const char *text = "";
    for (size_t i = 0; i < ticks->count; i++) {
        text = arena_printf(&arena, "%s%s%s", text, i ? " " : "", ticks->labels[i]);
    }
    return text;
}

START_TEST(labels_are_as_short_as_they_can_be)
{
    static const struct {
        struct range range;
        const char *wanted;
    } rows[] = {
        { { 0, 1.5 }, "0 0.5 1 1.5" },
        { { -4, 4 }, "−4 −2 0 2 4" },
        { { -4.5, 4.5 }, "−4 −2 0 2 4" },
        { { -3, 3 }, "−3 −2 −1 0 1 2 3" },
        { { 0, 1 }, "0 0.2 0.4 0.6 0.8 1" },
        { { 0.1, 0.5 }, "0.1 0.2 0.3 0.4 0.5" },
        { { 0, 12 }, "0 2.5 5 7.5 10" },
        { { 0, 1e5 }, "0 20\u2009000 40\u2009000 60\u2009000 80\u2009000 100\u2009000" },
        { { 0, 3e6 }, "0 1×10^{6} 2×10^{6} 3×10^{6}" },
        { { 0, 2e6 }, "0 0.5×10^{6} 1×10^{6} 1.5×10^{6} 2×10^{6}" },
        { { -4e-7, 4e-7 }, "−4×10^{-7} −2×10^{-7} 0 2×10^{-7} 4×10^{-7}" },
        { { 2e6, 2e6 + 3 }, "2\u2009000\u2009000 2\u2009000\u2009001 2\u2009000\u2009002 "
                            "2\u2009000\u2009003" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ticks ticks;
        ticks_init(&ticks, &arena, rows[i].range, 5);
        ck_assert_str_eq(joined(&ticks), rows[i].wanted);
        for (size_t k = 0; k < ticks.count; k++) {
            ck_assert_msg(ticks.values[k] == said(ticks.labels[k]), "%s", ticks.labels[k]);
        }
    }
}
END_TEST

START_TEST(ends_count_despite_rounding)
{
    /* 3 * 0.1 and 0.7 + 0.1 are no doubles of their own names. */
    struct range range = { 3 * 0.1, 0.7 + 0.1 };
    ck_assert(range.lo > 0.3 && range.hi < 0.8);
    struct ticks ticks;
    ticks_init(&ticks, &arena, range, 6);
    ck_assert_str_eq(joined(&ticks), "0.3 0.4 0.5 0.6 0.7 0.8");
    check_in_range(&ticks, range);
    for (int round = 0; round < ROUNDS; round++) {
        double k = floor(random_between(-3e10, 3e10)), power = pow(10, 1 + round % 6);
        range = (struct range){ k / power, (k + 4) / power };
        ticks_init(&ticks, &arena, range, 5);
        ck_assert_uint_eq(ticks.count, 5);
        ck_assert(ticks.values[0] == range.lo && ticks.values[4] == range.hi);
        arena_reset(&arena);
    }
    ticks_init_log(&ticks, &arena, (struct range){ -3 + 1e-13, 1 - 1e-13 }, 5);
    ck_assert_str_eq(joined(&ticks), "10^{-3} 10^{-2} 10^{-1} 10^{0} 10^{1}");
}
END_TEST

START_TEST(ranges_without_ticks)
{
    static const struct range none[] = {
        { 1, 1 }, { 2, 1 }, { NAN, 1 }, { 0, NAN }, { -INFINITY, 0 }, { 0, INFINITY },
        { -1.7e308, 1.7e308 }, { 1e9, 1e9 + 1e-3 }, { 0, 1e-310 }, { -1e300, -1e300 },
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct ticks ticks;
        ticks_init(&ticks, &arena, none[i], 5);
        ck_assert_uint_eq(ticks.count, 0);
        ticks_init_log(&ticks, &arena, none[i], 5);
        ck_assert(ticks.count == 0 || none[i].lo == 0); /* 1 .. 1 + 1e-310 */
    }
    /* The largest and smallest that have some. */
    static const struct range some[] = { { -8e307, 8e307 }, { 1.2e308, 1.7e308 }, { 0, 1e-299 },
                                         { -1e-299, 0 }, { -1e15, -1e15 + 1e6 } };
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        struct ticks ticks;
        ticks_init(&ticks, &arena, some[i], 5);
        ck_assert_uint_ge(ticks.count, 4);
        check_in_range(&ticks, some[i]);
        for (size_t k = 0; k < ticks.count; k++) {
            double value = ticks.values[k];
            ck_assert(fabs(said(ticks.labels[k]) - value) <= 1e-12 * fabs(value));
        }
    }
}
END_TEST

START_TEST(logarithmic_ticks_are_decades)
{
    for (int round = 0; round < ROUNDS; round++) {
        double lo = random_between(-200, 200), span = pow(10, random_between(log10(2), 2));
        struct range range = { lo, lo + span };
        struct ticks ticks;
        ticks_init_log(&ticks, &arena, range, 5);
        ck_assert_uint_ge(ticks.count, span < 3 ? 2 : span < 4 ? 3 : 4);
        ck_assert_uint_le(ticks.count, 7);
        check_in_range(&ticks, range);
        double stride = ticks.values[1] - ticks.values[0];
        for (size_t i = 0; i < ticks.count; i++) {
            ck_assert(fmod(ticks.values[i], stride) == 0 && stride >= 1);
            ck_assert_str_eq(ticks.labels[i],
                             arena_printf(&arena, "10^{%.0f}", ticks.values[i]));
        }
        arena_reset(&arena);
    }
}
END_TEST

START_TEST(short_logarithmic_axes_are_divided)
{
    for (int round = 0; round < ROUNDS; round++) {
        double lo = random_between(-12, 12), span = random_between(1e-3, 1.999);
        struct range range = { lo, lo + span };
        struct ticks ticks;
        ticks_init_log(&ticks, &arena, range, 5);
        ck_assert_uint_ge(ticks.count, 3);
        ck_assert_uint_le(ticks.count, 7);
        check_in_range(&ticks, range);
        for (size_t i = 0; i < ticks.count; i++) {
            ck_assert(fabs(log10(said(ticks.labels[i])) - ticks.values[i]) < 1e-9);
            check_form(ticks.labels[i]);
        }
        arena_reset(&arena);
    }
    static const struct {
        struct range range;
        const char *wanted;
    } rows[] = {
        { { 0, 1.5 }, "1 2 5 10 20" },
        { { -4, -2.5 }, "0.0001 0.0002 0.0005 0.001 0.002" },
        { { -5, -3.5 }, "1×10^{-5} 2×10^{-5} 5×10^{-5} 1×10^{-4} 2×10^{-4}" },
        { { 4, 5 }, "10\u2009000 20\u2009000 50\u2009000 100\u2009000" },
        { { 2, 2.3 }, "100 120 140 160 180" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ticks ticks;
        ticks_init_log(&ticks, &arena, rows[i].range, 5);
        ck_assert_str_eq(joined(&ticks), rows[i].wanted);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ticks");
    TCase *cases = tcase_create("ticks");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, numbers_are_shown_as_people_write_them);
    tcase_add_test(cases, shown_numbers_are_printfs);
    tcase_add_test(cases, short_room_cuts_but_keeps);
    tcase_add_test(cases, ticks_are_round_and_four_to_seven);
    tcase_add_test(cases, other_numbers_of_ticks_come_near);
    tcase_add_test(cases, labels_are_as_short_as_they_can_be);
    tcase_add_test(cases, ends_count_despite_rounding);
    tcase_add_test(cases, ranges_without_ticks);
    tcase_add_test(cases, logarithmic_ticks_are_decades);
    tcase_add_test(cases, short_logarithmic_axes_are_divided);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
