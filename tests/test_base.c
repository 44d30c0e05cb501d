/* The base stage: numbers, colours, suggestions, reports, arenas, shared work. */
#include "support.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/color.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/number.h"
#include "base/parallel.h"
#include "base/report.h"
#include "base/suggest.h"

enum { PARTS = 1000 };

static void count_part(void *context, size_t i)
{
    atomic_int *counts = context;
    atomic_fetch_add(&counts[i], 1);
}

static void count_call(void *context)
{
    atomic_fetch_add((atomic_int *)context, 1);
}

START_TEST(every_part_is_worked_on_once)
{
    static const int threads[] = { 0, 1, 7, 100 };
    for (size_t k = 0; k < 4; k++) {
        atomic_int counts[PARTS + 1] = { 0 };
        parallel_spare(threads[k]);
        parallel_for(PARTS, count_part, counts);
        parallel_for(1, count_part, counts + PARTS);
        parallel_for(0, count_part, NULL);
        parallel_spare(-threads[k]);
        for (size_t i = 0; i <= PARTS; i++) {
            ck_assert_int_eq(counts[i], 1);
        }
    }
}
END_TEST

/* What the caller runs while the other threads have nothing to do. */
struct nested {
    pthread_t caller;
    atomic_int calls;
};

/* Runs within the run until the thread that has ended is had again, for ten seconds
 * at most. */
static void run_again(void *context)
{
    struct nested *nested = context;
    for (int i = 0; i < 10000 && pthread_equal(pthread_self(), nested->caller); i++) {
        nested->calls = 0;
        parallel_run(count_call, &nested->calls);
        if (nested->calls == 2) {
            return;
        }
        nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    }
}

START_TEST(spare_threads_are_given_back)
{
    atomic_int calls = 0;
    parallel_run(count_call, &calls);
    ck_assert_int_eq(calls, 1);
    parallel_spare(3);
    for (int round = 1; round <= 50; round++) {
        calls = 0;
        parallel_run(count_call, &calls);
        ck_assert_int_eq(calls, 4);
    }
    parallel_spare(-2);
    struct nested nested = { .caller = pthread_self() };
    parallel_run(run_again, &nested);
    ck_assert_int_eq(nested.calls, 2);
    parallel_spare(-1);
}
END_TEST

START_TEST(numbers_are_decimal_and_whole)
{
    static const struct {
        const char *text;
        double value;
    } good[] = { { "0", 0 }, { "-1.5", -1.5 }, { "+.25", 0.25 }, { "5.", 5 }, { "1e3", 1000 },
                 { "2.5E-1", 0.25 }, { "0.1", 0.1 }, { "1e400", INFINITY } };
    static const char *bad[] = { "", "-", ".", "1,5", "0x10", "inf", "nan", "1e", "1 2", "--1" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        double value = NAN;
        ck_assert(number_parse(good[i].text, strlen(good[i].text), &value));
        ck_assert(value == good[i].value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double value;
        ck_assert_msg(!number_parse(bad[i], strlen(bad[i]), &value), "'%s'", bad[i]);
    }
}
END_TEST

START_TEST(a_number_is_scanned_to_its_end)
{
    ck_assert_uint_eq(number_scan("1.5 .. 2", 8), 3);
    ck_assert_uint_eq(number_scan("2e+", 3), 1);
    ck_assert_uint_eq(number_scan("4 .. 5", 6), 1);
    ck_assert_uint_eq(number_scan("x", 1), 0);
}
END_TEST

START_TEST(printed_numbers_read_back)
{
    static const double values[] = { 0, 1.0 / 3, -2.5e-300, 9.99999975e-05f, 1e38 };
    char text[NUMBER_SIZE];
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        double back;
        number_print(text, values[i], 17);
        ck_assert(number_parse(text, strlen(text), &back) && back == values[i]);
        number_print(text, (float)values[i], 9);
        ck_assert(number_parse(text, strlen(text), &back) && (float)back == (float)values[i]);
    }
    number_print(text, -INFINITY, 9);
    ck_assert_str_eq(text, "-inf");
    number_print(text, -NAN, 9);
    ck_assert_str_eq(text, "nan");
}
END_TEST

START_TEST(colors_are_hexadecimal)
{
    struct color color;
    ck_assert(color_parse("#1f77b4", 7, &color));
    ck_assert(color.r == 0x1f / 255.0 && color.g == 0x77 / 255.0 && color.b == 0xb4 / 255.0
              && color.a == 1);
    ck_assert(color_parse("#f80", 4, &color));
    ck_assert(color.r == 1 && color.g == 0x88 / 255.0 && color.b == 0);
    ck_assert(color_parse("#00000080", 9, &color) && color.a == 0x80 / 255.0);
    ck_assert(!color_parse("red", 3, &color));
    ck_assert(!color_parse("#12345g", 7, &color));
}
END_TEST

static const char *nearest(const char *wanted)
{
    static const char *known[] = { "adagrad", "adam", "momentum", "nag", "rmsprop" };
    struct suggestion suggestion = { .wanted = wanted, .length = strlen(wanted) };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        suggestion_offer(&suggestion, known[i]);
    }
    return suggestion.best;
}

START_TEST(suggestions_are_near)
{
    ck_assert_str_eq(nearest("adma"), "adam");
    ck_assert_str_eq(nearest("ADAM"), "adam");
    ck_assert_str_eq(nearest("momemtum"), "momentum");
    ck_assert_str_eq(nearest("rmsprob"), "rmsprop");
    ck_assert_ptr_null(nearest("lbfgs"));
    ck_assert_ptr_null(nearest("x"));
}
END_TEST

START_TEST(products_of_numbers_and_constants_are_read)
{
    const double pi = acos(-1), e = exp(1);
    const struct {
        const char *text;
        double value;
    } good[] = {
        { "7", 7 }, { "-2.5e1", -25 }, { "pi", pi }, { "3*pi", 3 * pi }, { "-pi/2", -pi / 2 },
        { "1/3", 1.0 / 3 }, { "2 * e / 4", e / 2 }, { "1/2/2", 0.25 }, { "2*-3", -6 },
    };
    static const char *const bad[] = {
        "", " ", "x", "2*", "*2", "2 3", "2pi", "2**3", "2^3", "1+1", "sqrt(2)", "-", "pie", "1//2",
    };
    double value;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        ck_assert(number_parse_product(good[i].text, strlen(good[i].text), &value));
        ck_assert_msg(value == good[i].value, "%s is %.17g", good[i].text, value);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!number_parse_product(bad[i], strlen(bad[i]), &value), "'%s'", bad[i]);
    }
    ck_assert(!number_parse_product("2*pi", 2, &value)); /* no more than the length */
}
END_TEST

START_TEST(other_names_lead_to_their_candidate)
{
    static const struct {
        const char *wanted, *hint;
    } cases[] = {
        { "sgd", "; did you mean 'descent'?" },
        { "gd", "; did you mean 'descent'?" },
        { "amsgrad", "; did you mean 'adam' with amsgrad = yes?" },
        { "adam", "; did you mean 'adam'?" },
        { "asgdd", "; did you mean 'asgd'?" },
        { "anneal", "; 'optrender list methods' shows them" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct suggestion near = { .wanted = cases[i].wanted, .length = strlen(cases[i].wanted) };
        char hint[80];
        suggestion_offer_also(&near, "asgd", NULL);
        suggestion_offer_also(&near, "adagrad", "");
        suggestion_offer_also(&near, "adam", "amsgrad with amsgrad = yes, ams");
        suggestion_offer_also(&near, "descent", "sgd, gd");
        suggestion_or_list(&near, "methods", hint, sizeof hint);
        ck_assert_str_eq(hint, cases[i].hint);
    }
}
END_TEST

static char *printed(const struct report *report)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    report_print(report, stream, false);
    fclose(stream);
    return text;
}

START_TEST(a_report_points_at_its_place)
{
    static const char text[] = "[a]\nmethod = adma\ncaption = \xc3\xa4\xc3\xb6 x\n";
    struct source source = { "p.ini", text, sizeof text - 1 };
    struct report report = { .name = "p.ini" };
    struct place second = { &source, 32, 1 }, first = { &source, 13, 4 };
    ck_assert(!report_error(&report, second, "second"));
    ck_assert(!report_error(&report, first, "unknown method '%s'", "adma"));
    ck_assert(report_warning(&report, (struct place){ 0 }, "no place"));
    char *shown = printed(&report);
    ck_assert_str_eq(shown, "p.ini:2:10: error: unknown method 'adma'\n"
                            "    2 | method = adma\n"
                            "      |          ^~~~\n"
                            "p.ini:3:13: error: second\n"
                            "    3 | caption = \xc3\xa4\xc3\xb6 x\n"
                            "      |             ^\n"
                            "p.ini: warning: no place\n");
    ck_assert_uint_eq(report.errors, 2);
    ck_assert_uint_eq(report.warnings, 1);
    free(shown);
    report_finish(&report);
}
END_TEST

START_TEST(a_report_keeps_twenty_errors)
{
    struct report report = { .name = "p.ini" };
    for (int i = 0; i < 25; i++) {
        report_error(&report, (struct place){ 0 }, "error %d", i);
    }
    char *shown = printed(&report);
    ck_assert_ptr_nonnull(strstr(shown, "error 19\n"));
    ck_assert_ptr_null(strstr(shown, "error 20\n"));
    ck_assert_ptr_nonnull(strstr(shown, "5 more errors"));
    free(shown);
    report_finish(&report);
}
END_TEST

START_TEST(a_report_escapes_control_bytes)
{
    struct source source = { "p.ini", "a\033[2J\tb\n", 8 };
    struct report report = { .name = "p.ini" };
    report_error(&report, (struct place){ &source, 0, 1 }, "odd '%s'", "\033[2J");
    char *shown = printed(&report);
    ck_assert_ptr_null(strchr(shown, '\033'));
    ck_assert_ptr_nonnull(strstr(shown, "odd '\\x1b[2J'"));
    free(shown);
    report_finish(&report);
}
END_TEST

START_TEST(an_error_gains_context)
{
    struct error err = { 0 };
    ck_assert(!error_set(&err, ERROR_RENDER, "no %s", "space"));
    ck_assert(!error_context(&err, "out/%s", "a.mp4"));
    ck_assert_str_eq(err.text, "out/a.mp4: no space");
    ck_assert_int_eq(err.kind, ERROR_RENDER);
}
END_TEST

START_TEST(an_arena_zeroes_and_aligns)
{
    struct arena arena = { 0 };
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 1; i < 300; i++) {
            unsigned char *bytes = arena_new(&arena, i, 7);
            ck_assert_uint_eq((size_t)bytes % sizeof(double), 0);
            for (size_t k = 0; k < 7 * i; k++) {
                ck_assert_uint_eq(bytes[k], 0);
            }
            memset(bytes, 255, 7 * i);
        }
        arena_reset(&arena);
    }
    ck_assert_str_eq(arena_printf(&arena, "%d-%s", 7, "x"), "7-x");
    arena_finish(&arena);
}
END_TEST

/* The examples of FIPS 180-2, appendix B. */
START_TEST(hashes_are_sha_256)
{
    char text[1000];
    struct hash hash;
    memset(text, 'a', sizeof text);
    ck_assert_str_eq(hash_of_text("abc").text,
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert_str_eq(hash_of_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").text,
                     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    hash_init(&hash);
    for (int i = 0; i < 1000; i++) {
        hash_add(&hash, text, sizeof text);
    }
    ck_assert_str_eq(hash_end(&hash).text,
                     "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    hash_add(&hash, "abc", 3);
    ck_assert_str_eq(hash_end(&hash).text, hash_of_text("abc").text);
}
END_TEST

START_TEST(json_reads_what_it_prints)
{
    struct arena arena = { 0 };
    char bytes[256], *text = NULL;
    size_t size = 0;
    for (int i = 0; i < 255; i++) {
        bytes[i] = (char)(i + 1);
    }
    bytes[255] = '\0';
    FILE *stream = open_memstream(&text, &size);
    json_print(bytes, stream);
    fputs(", 1", stream);
    fclose(stream);
    ck_assert_str_eq(json_read(text, &arena), bytes);
    free(text);
    static const char *const wrong[] = { "", "x", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"",
                                         "\"\\u00g0\"", "\"\\u0000\"", "\"\\uffff\"" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!json_read(wrong[i], &arena), "%s", wrong[i]);
    }
    arena_finish(&arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base");
    TCase *cases = tcase_create("base");
    tcase_add_test(cases, hashes_are_sha_256);
    tcase_add_test(cases, json_reads_what_it_prints);
    tcase_add_test(cases, every_part_is_worked_on_once);
    tcase_add_test(cases, spare_threads_are_given_back);
    tcase_add_test(cases, numbers_are_decimal_and_whole);
    tcase_add_test(cases, a_number_is_scanned_to_its_end);
    tcase_add_test(cases, printed_numbers_read_back);
    tcase_add_test(cases, colors_are_hexadecimal);
    tcase_add_test(cases, suggestions_are_near);
    tcase_add_test(cases, products_of_numbers_and_constants_are_read);
    tcase_add_test(cases, other_names_lead_to_their_candidate);
    tcase_add_test(cases, a_report_points_at_its_place);
    tcase_add_test(cases, a_report_keeps_twenty_errors);
    tcase_add_test(cases, a_report_escapes_control_bytes);
    tcase_add_test(cases, an_error_gains_context);
    tcase_add_test(cases, an_arena_zeroes_and_aligns);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
