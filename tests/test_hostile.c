/* Functions and runs that nobody means: what is drawn of them has holes and marks, and no
 * number that is not finite. With arguments ROUNDS and SEED so many random ones are tried;
 * tests/long/hostile.sh does that on all cores, CK_RUN_CASE=random without the others. */
#include "support.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drawn.h"

static size_t rounds = 1000, seed;

static uint64_t random_state;

static size_t pick(size_t count)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(random_state >> 33) % count;
}

#define PICK(list) list[pick(sizeof list / sizeof *list)]

/* A preset in the making. */
struct text_buffer {
    char text[8192];
    size_t used;
};

__attribute__((format(printf, 2, 3)))
static void put(struct text_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(buffer->text + buffer->used, sizeof buffer->text - buffer->used, format,
                           args);
    va_end(args);
    ck_assert_uint_lt(buffer->used + (size_t)length, sizeof buffer->text);
    buffer->used += (size_t)length;
}

/* Draws it in a file of its own; the message shows the preset. */
static struct drawn draw(const struct text_buffer *preset)
{
    char path[] = "/tmp/hostile-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, preset->text, preset->used), (ssize_t)preset->used);
    close(file);
    struct drawn drawn = drawn_from(path);
    unlink(path);
    ck_assert_msg(!drawn.flaw, "%s is wrong in what is drawn of\n%s", drawn.flaw, preset->text);
    return drawn;
}

static const char *const scales[] = { "linear", "root", "log", "auto" };
static const char *const themes[] = { "notebook", "article", "dark", "slides", "print" };

static void put_page(struct text_buffer *buffer, const char *scale, const char *theme)
{
    put(buffer, "[figure]\npanels = surface, contour, loss\ntheme = %s\n"
                "[contour]\nscale = %s\nlabels = yes\nfilled = %s\n"
                "[surface]\nscale = %s\ncontours = floor\naxes = yes\n[loss]\nscale = %s\n",
        theme, scale, pick(2) ? "yes" : "no", strcmp(scale, "auto") ? scale : "linear", scale);
}

/* Each in all scales and two themes. */
static const char *const functions[] = {
    "0", "1", "-1e300", "1e300", "1e308 * 10", "0 / 0", "1 / 0", "-1 / 0", "log(-1)", "log(0)",
    "log(x)", "log(-abs(x))", "1 / x", "1 / (x * y)", "1 / (x^2 + y^2)", "-1 / (x^2 + y^2)^20",
    "exp(exp(x * 10))", "exp(-exp(exp(x * 10)))", "exp(1000 * x)", "x^1000", "x^-1000",
    "1e-320 * x", "4.9e-324 * (x + y)", "1e-300 * x^2 + 1e300", "tan(x * 100)", "asin(x * 5)",
    "sqrt(x)", "sqrt(-x^2 - 1)", "if(x > 0, 0 / 0, y)", "if(x > 0, 1 / 0, y)", "sign(x)",
    "floor(x * 3)", "x^y", "(-abs(x))^0.5", "atan2(y, x)", "hypot(x, y) * 1e308", "max(0/0, x)",
    "if(x == y, 1, 0 / 0)", "x * 1e308 - x * 1e308", "1e18 * x - 1e18 * y", "sinh(1000 * y)",
    "pow(0, x)", "log(log(log(x)))", "1e200 * x^2 * 1e200", "x + 1e16", "acos(2) + x",
    "1e308 * x", "1.7e308 * sin(5 * x)", "exp(350 * x)", "1e-310 * x^2", "x^3 * 1e300",
};

START_TEST(hostile_functions_are_drawn_or_refused)
{
    size_t drawn_count = 0;
    for (size_t scale = 0; scale < sizeof scales / sizeof *scales; scale++) {
        for (size_t theme = 0; theme < 2; theme++) {
            struct text_buffer preset = { .used = 0 };
            put(&preset, "[problem]\nformula = %s\nx = -2 .. 2\ny = -2 .. 2\nstart = 1, 0.5\n"
                         "[optimizer A]\nmethod = adam\n[optimizer B]\nmethod = gradient-descent\n"
                         "learning_rate = 0.1\n", functions[_i]);
            put_page(&preset, scales[scale], themes[theme]);
            drawn_count += draw(&preset).scenes;
        }
    }
    ck_assert_msg(drawn_count % 16 == 0, "%s is refused in some scales", functions[_i]);
}
END_TEST

static const char *const rates[] = {
    "1e-300", "1e-200", "1e-100", "1e-45", "1e-38", "1e-10", "0.1", "1", "10", "1e5", "1e10",
    "1e18", "1e38", "1e39", "1e100", "1e200", "1e300",
};

START_TEST(runs_of_any_rate_are_drawn)
{
    static const char *const methods[] = { "gradient-descent", "momentum", "nag", "adagrad",
                                           "rmsprop", "adam" };
    static const char *const names[] = { "quad", "beale", "saddle" };
    size_t diverged = 0;
    for (size_t method = 0; method < sizeof methods / sizeof *methods; method++) {
        for (size_t name = 0; name < sizeof names / sizeof *names; name++) {
            struct text_buffer preset = { .used = 0 };
            put(&preset, "[problem]\nfunction = %s\nprecision = %s\ndialect = textbook\n"
                         "[optimizer A]\nmethod = %s\nlearning_rate = %s\n",
                names[name], pick(2) ? "single" : "double", methods[method], rates[_i]);
            put(&preset, "%s", method == 1 || method == 2 ? "momentum = 0.9\n" : "");
            put_page(&preset, PICK(scales), PICK(themes));
            struct drawn drawn = draw(&preset);
            ck_assert_msg(!drawn.refused, "%s", preset.text);
            diverged += drawn.diverged;
        }
    }
    ck_assert(_i < 13 || diverged > 0);
}
END_TEST

/* Any expression of some depth. */
static void put_formula(struct text_buffer *buffer, size_t depth)
{
    static const char *const leaves[] = { "x", "y", "x", "y", "0", "1", "2", "-0.5", "1e-300",
                                          "1e300", "1e-18", "1e18", "pi", "e", "0.1" };
    static const char *const unary[] = { "sqrt", "exp", "log", "log10", "sin", "cos", "tan", "asin",
                                         "acos", "atan", "sinh", "cosh", "tanh", "abs", "sign",
                                         "floor", "ceil", "erf", "-" };
    static const char *const binary[] = { "+", "-", "*", "/", "^" };
    static const char *const called[] = { "min", "max", "pow", "hypot", "atan2" };
    size_t kind = depth ? pick(8) : 0;
    if (kind == 0) {
        put(buffer, "%s", PICK(leaves));
    } else if (kind < 3) {
        put(buffer, "%s(", PICK(unary));
        put_formula(buffer, depth - 1);
        put(buffer, ")");
    } else {
        bool is_call = kind == 3, is_choice = kind == 4;
        put(buffer, "%s(", is_choice ? "if(x < y, " : is_call ? PICK(called) : "");
        put_formula(buffer, depth - 1);
        put(buffer, " %s ", is_call || is_choice ? "," : PICK(binary));
        put_formula(buffer, depth - 1);
        put(buffer, "%s)", is_choice ? ")" : "");
    }
}

static void put_problem(struct text_buffer *preset)
{
    static const char *const ranges[] = { "-1 .. 1", "-1e18 .. 1e18", "1e17 .. 1e18", "0 .. 1e-300",
                                          "1 .. 1.00000001", "-5 .. 0.001" };
    static const char *const starts[] = { "0", "1", "-1e18", "1e-30", "0.3", "1e10" };
    put(preset, "[problem]\nformula = ");
    put_formula(preset, 1 + pick(5));
    put(preset, "\nx = %s\ny = %s\nstart = %s, %s\nprecision = %s\n", PICK(ranges), PICK(ranges),
        PICK(starts), PICK(starts), pick(2) ? "single" : "double");
}

static void put_looks(struct text_buffer *preset)
{
    static const char *const hiddens[] = { "faint", "dashed", "solid", "none" };
    static const char *const azimuths[] = { "-60", "0", "90", "-360 .. 360" };
    static const char *const elevations[] = { "30", "-90", "90", "0", "-5 .. 90" };
    static const char *const distances[] = { "2", "7.5", "1000" };
    put_page(preset, PICK(scales), PICK(themes));
    put(preset, "[film]\ncounter = yes\n[still]\ndots = %s\n", pick(2) ? "yes" : "no");
    char *surface = strstr(preset->text, "[surface]\n") + strlen("[surface]\n");
    char *rest = strdup(surface);
    preset->used = (size_t)(surface - preset->text);
    put(preset, "hidden = %s\nazimuth = %s\nelevation = %s\ndistance = %s\n%s%s", PICK(hiddens),
        PICK(azimuths), PICK(elevations), PICK(distances),
        pick(4) ? "" : pick(2) ? "z = -1 .. 1\n" : "z = 1e17 .. 1e18\n", rest);
    free(rest);
}

START_TEST(random_functions_and_runs_are_drawn_or_refused)
{
    size_t scenes = 0, refused = 0, diverged = 0;
    random_state = (4 * seed + (uint64_t)_i) * 0x9E3779B97F4A7C15u;
    for (size_t round = 0; round < rounds / 4; round++) {
        struct text_buffer preset = { .used = 0 };
        put_problem(&preset);
        put(&preset, "[optimizer A]\nmethod = gradient-descent\nlearning_rate = %s\n"
                     "[optimizer \\beta_1 B]\nmethod = adam\nlearning_rate = %s\n",
            PICK(rates), PICK(rates));
        put_looks(&preset);
        struct drawn drawn = draw(&preset);
        scenes += drawn.scenes;
        refused += drawn.refused;
        diverged += drawn.diverged;
    }
    printf("%zu scenes of %zu presets, %zu refused, %zu runs that diverged\n", scenes, rounds / 4,
           refused, diverged);
    ck_assert_uint_gt(scenes, rounds / 8);
    ck_assert_uint_gt(diverged, rounds / 50);
}
END_TEST

int main(int argc, char **argv)
{
    rounds = argc > 1 ? (size_t)atol(argv[1]) : rounds;
    seed = argc > 2 ? (size_t)atol(argv[2]) : seed;
    Suite *suite = suite_create("hostile");
    TCase *cases = tcase_create("chosen"), *random = tcase_create("random");
    tcase_set_timeout(cases, 60);
    tcase_set_timeout(random, 60 + (double)rounds);
    tcase_add_loop_test(cases, hostile_functions_are_drawn_or_refused, 0,
                        sizeof functions / sizeof *functions);
    tcase_add_loop_test(cases, runs_of_any_rate_are_drawn, 0, sizeof rates / sizeof *rates);
    tcase_add_loop_test(random, random_functions_and_runs_are_drawn_or_refused, 0, 4);
    suite_add_tcase(suite, cases);
    suite_add_tcase(suite, random);
    return run_suite(suite);
}
