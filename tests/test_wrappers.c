/* Wrappers around first-order methods: what algebra says of their paths, that they fit every
 * such method, and what is refused. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "optimize/optimizer.h"
#include "optimize/rule.h"
#include "runs.h"

enum { CASE_STEPS = 6 };

/* x along the axis y = 0, where quad is x^2. */
static const struct {
    const char *method;
    const char *keys[KEYS_MAX][2];
    size_t count;
    double x[CASE_STEPS];
} lines[] = {
    /* x halves; after two steps s = 8 + (2 - 8)/2, and so on */
    { "gradient-descent", { RATE("0.25"), { "wrap", "lookahead(k 2)" } }, 5,
      { 8, 4, 5, 2.5, 3.125 } },
    { "gradient-descent", { RATE("0.25"), { "wrap", "lookahead(k 1, alpha 0.25)" } }, 3,
      { 8, 7, 6.125 } },
    { "gradient-descent", { RATE("0.25"), { "wrap", "lookahead" } }, 6,
      { 8, 4, 2, 1, 0.5, 4.125 } },
    /* g = 2(x + 1) left of which the point is, 2(x - 1) on the other side */
    { "gradient-descent", { RATE("0.25"), { "wrap", "sam(rho 1)" } }, 6,
      { 8, 3.5, 1.25, 0.125, -0.4375, 0.28125 } },
    { "gradient-descent", { RATE("0.25"), { "wrap", "sam" } }, 2,
      { 8, 8 - 0.25 * 2 * 8.05 } },
    /* decay takes x, not where the gradient is taken: g = 18 + 8; clipping comes last */
    { "gradient-descent", { RATE("0.25"), { "wrap", "sam(rho 1)" }, { "weight_decay", "1" } }, 2,
      { 8, 1.5 } },
    { "gradient-descent", { RATE("0.25"), { "wrap", "sam(rho 1)" }, { "clip_value", "1" } }, 2,
      { 8, 7.75 } },
    /* velocity 16, then 8 + 8, which outlives the step back from 0 to 4, 8 + 8, and 8 + 0 */
    { "momentum", { RATE("0.25"), MOMENTUM("0.5"), { "wrap", "lookahead(k 2)" } }, 5,
      { 8, 4, 4, 0, 1 } },
};
enum { LINES = sizeof lines / sizeof *lines };

START_TEST(paths_are_those_of_algebra)
{
    struct setting setting = { "wrap", "quad", 8, 0, CASE_STEPS, lines[_i].method, { { 0 } } };
    memcpy(setting.keys, lines[_i].keys, sizeof setting.keys);
    struct trajectory path = setting_run(&setting, DIALECT_PYTORCH, PRECISION_DOUBLE);
    for (size_t t = 0; t < lines[_i].count; t++) {
        ck_assert_msg(fabs(path.points[t].x - lines[_i].x[t]) < 1e-14, "%s at %zu: %.17g",
                      setting.keys[1][1], t, path.points[t].x);
        ck_assert_double_eq_tol(path.losses[t], lines[_i].x[t] * lines[_i].x[t], 1e-12);
    }
    trajectory_finish(&path);
}
END_TEST

/* 3, 4 and 5: the gradient (6, 8) leads from (3, 4) to (6, 8), where it is (12, 16). */
START_TEST(sam_climbs_along_the_gradient)
{
    struct setting setting = { "wrap", "sphere", 3, 4, 3, "gradient-descent",
                               { RATE("0.25"), { "wrap", "sam(rho 5)" } } };
    struct trajectory path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_SINGLE);
    ck_assert(path.losses[0] == 25);
    ck_assert(path.points[1].x == 0 && path.points[1].y == 0);
    ck_assert(path.points[2].x == 0 && path.points[2].y == 0); /* no way leads up */
    trajectory_finish(&path);
}
END_TEST

/* Every operation is rounded to float. */
START_TEST(wrappers_are_rounded_as_floats_are)
{
    struct setting setting = { "wrap", "quad", 1.45, 0, 2, "gradient-descent",
                               { RATE("0.3"), { "wrap", "sam(rho 0.07)" } } };
    const float x = 1.45f, rate = 0.3f, rho = 0.07f, alpha = 0.7f;
    float g = 2 * x, norm = sqrtf(g * g), scale = rho / norm, up = g * scale, at = x + up;
    struct trajectory path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_SINGLE);
    ck_assert(path.points[1].x == x - rate * (2 * at));
    trajectory_finish(&path);
    setting.keys[1][1] = "lookahead(k 1, alpha 0.7)";
    float fast = x - rate * (2 * x), way = fast - x, part = alpha * way;
    path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_SINGLE);
    ck_assert(path.points[1].x == x + part);
    trajectory_finish(&path);
}
END_TEST

/* On x^2, with its look-ahead point or its front written out. */
START_TEST(points_that_are_not_shown_are_led_back_too)
{
    struct setting setting = { "wrap", "quad", 8, 0, 12, "nag",
                               { RATE("0.125"), MOMENTUM("0.5"), { "wrap", "lookahead(k 3)" } } };
    struct trajectory path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_DOUBLE);
    double x = 8, v = 0, slow = 8;
    for (size_t t = 1; t < path.count; t++) {
        v = 0.5 * v + 0.125 * 2 * (x - 0.5 * v);
        x -= v;
        if (t % 3 == 0) {
            x = slow += 0.5 * (x - slow);
        }
        ck_assert_double_eq_tol(path.points[t].x, x, 1e-14);
    }
    trajectory_finish(&path);

    setting.method = "schedule-free";
    path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_DOUBLE);
    double z = 8;
    x = slow = 8;
    for (size_t t = 1; t < path.count; t++) {
        z -= 0.125 * 2 * (0.5 * z + 0.5 * x);
        x += (z - x) / (double)(t + 1);
        if (t % 3 == 0) {
            z = slow += 0.5 * (z - slow);
        }
        ck_assert_double_eq_tol(path.points[t].x, x, 1e-14);
    }
    trajectory_finish(&path);
}
END_TEST

/* What descends decays, not its average: the front is (1 - 0.25) z. */
START_TEST(decay_is_that_of_the_point_that_descends)
{
    struct setting setting = { "wrap", "quad", 8, 0, 3, "schedule-free",
                               { RATE("0.25"), MOMENTUM("1"), { "weight_decay", "1" } } };
    struct trajectory path = setting_run(&setting, DIALECT_KERAS3, PRECISION_DOUBLE);
    double z = 0.75 * 8 - 0.25 * 16, x = 8 + (z - 8) / 2;
    ck_assert(path.points[1].x == x);
    z = 0.75 * z - 0.25 * 2 * x;
    ck_assert_double_eq_tol(path.points[2].x, x + (z - x) / 3, 1e-14);
    trajectory_finish(&path);
}
END_TEST

static bool has_key(const struct optimizer *optimizer, enum dialect dialect, const char *name)
{
    const struct parameter *parameter = optimizer->parameters;
    while (parameter->name && strcmp(parameter->name, name)) {
        parameter++;
    }
    return parameter->name && parameter_exists(parameter, dialect);
}

/* On Booth's function, from where the slope along x is 1/10 of that along y and changes its sign
 * uphill, so that methods that know but signs take notice. */
static struct trajectory run_wrapped(const struct optimizer *optimizer, enum dialect dialect,
                                     const char *wrap)
{
    struct setting setting = { "booth", "booth", -1.5, 6, 70, optimizer->name, { { 0 } } };
    size_t count = 0;
    if (has_key(optimizer, dialect, "learning_rate")) {
        setting.keys[count][0] = "learning_rate";
        setting.keys[count++][1] = "0.01";
    }
    if (has_key(optimizer, dialect, "momentum")) {
        setting.keys[count][0] = "momentum";
        setting.keys[count++][1] = "0.5";
    }
    if (wrap) {
        setting.keys[count][0] = "wrap";
        setting.keys[count++][1] = wrap;
    }
    return setting_run(&setting, dialect, PRECISION_DOUBLE);
}

static bool are_same(const struct trajectory *one, const struct trajectory *other)
{
    size_t size = one->count * sizeof *one->points;
    return one->count == other->count && !memcmp(one->points, other->points, size);
}

/* A wrapper that has nothing to do leaves the path as it is, and another one does not. */
START_TEST(wrappers_fit_every_first_order_method)
{
    size_t count;
    const struct optimizer *optimizer = optimizer_list(&count)[_i];
    static const char *const idle[] = { "sam(rho 0)", "lookahead(k 1000)" };
    static const char *const busy[] = { "sam(rho 5)", "lookahead(k 2, alpha 0.3)" };
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT && !optimizer->alone; dialect++) {
        struct trajectory plain = run_wrapped(optimizer, dialect, NULL);
        for (size_t i = 0; i < (optimizer->only_coupled ? 1 : 2); i++) {
            struct trajectory same = run_wrapped(optimizer, dialect, idle[i]);
            struct trajectory other = run_wrapped(optimizer, dialect, busy[i]);
            ck_assert_msg(are_same(&same, &plain), "%s %s", optimizer->name, idle[i]);
            ck_assert_msg(!are_same(&other, &plain), "%s %s", optimizer->name, busy[i]);
            ck_assert(!other.diverged);
            trajectory_finish(&same);
            trajectory_finish(&other);
        }
        trajectory_finish(&plain);
    }
}
END_TEST

static const struct {
    const char *method, *wrap;
    size_t at;
    const char *message;
} refused[] = {
    { "adam", "lookahed", 0, "unknown wrapper 'lookahed'; did you mean 'lookahead'?" },
    { "adam", "cover", 0, "unknown wrapper 'cover'; 'optrender list wrappers' shows them" },
    { "adam", "sam(0.05)", 4, "a number needs its name before it, such as 'rho'" },
    { "adam", "sam(k 5)", 4, "sam has no 'k' (it takes rho)" },
    { "adam", "lookahead(k 2.5)", 12, "k: 2.5 is not a whole number in 1 .. 1000000000" },
    { "adam", "lookahead(alpha 2)", 16, "alpha: 2 is not in 0 .. 1" },
    { "adam", "sam(rho -1)", 8, "rho: -1 is not in 0 .. 1000000" },
    { "adam", "lookahead(k 5 6)", 14, "k takes one number" },
    { "adam", "sam(rho 1, rho 2)", 11, "'rho' is there twice" },
    { "madgrad", "lookahead", 0,
      "madgrad reckons from its start and would undo the step back; sam can be put around it" },
    { "lbfgs", "sam", 0, "lbfgs cannot have it; only methods that step by a gradient can" },
};
enum { REFUSED = sizeof refused / sizeof *refused };

START_TEST(mistakes_are_told_in_their_place)
{
    struct setting setting = { QUAD, refused[_i].method, { { "wrap", refused[_i].wrap } } };
    setting_is_refused(&setting, "wrap", refused[_i].message, refused[_i].at);
}
END_TEST

/* Of the setting's 19 updates the last one is the 19th. */
START_TEST(wrappers_that_change_nothing_are_told_of)
{
    static const struct {
        const char *wrap, *warning; /* NULL: none */
        size_t at;
    } cases[] = {
        { "lookahead(k 19)", NULL, 0 },
        { "lookahead(k 20)", "with k 20 lookahead changes nothing in the run's 19 updates", 10 },
        { "lookahead(k 5, alpha 1)",
          "with alpha 1 lookahead changes nothing in the run's 19 updates", 15 },
        { "sam(rho 0)", "with rho 0 sam changes nothing in the run's 19 updates", 4 },
        { "sam(rho 1e-6)", NULL, 0 },
    };
    struct setting plain = { QUAD, "gradient-descent", { RATE("0.1") } };
    struct setting setting = { QUAD, "gradient-descent",
                               { RATE("0.1"), { "wrap", cases[_i].wrap } } };
    struct report report = { 0 };
    struct ready ready;
    ck_assert(setting_resolve(&ready, &setting, DIALECT_PYTORCH, PRECISION_DOUBLE, &report));
    ck_assert_uint_eq(report.warnings, cases[_i].warning != NULL);
    if (cases[_i].warning) {
        char message[160];
        snprintf(message, sizeof message, "[optimizer Label] wrap: %s", cases[_i].warning);
        ck_assert_str_eq(report.entries[0].message, message);
        ck_assert_uint_eq(report.entries[0].place.offset, AT_VALUE + cases[_i].at);
    }
    struct trajectory alone = setting_run(&plain, DIALECT_PYTORCH, PRECISION_DOUBLE);
    struct trajectory wrapped = setting_run(&setting, DIALECT_PYTORCH, PRECISION_DOUBLE);
    double most = 0;
    for (size_t i = 0; i < alone.count; i++) {
        most = fmax(most, fabs(alone.points[i].x - wrapped.points[i].x));
    }
    ck_assert_int_eq(most < 1e-12, cases[_i].warning != NULL); /* a share of 1 is rounded, too */
    trajectory_finish(&alone);
    trajectory_finish(&wrapped);
    objective_finish(&ready.objective);
    report_finish(&report);
}
END_TEST

START_TEST(every_row_is_told_whole)
{
    size_t count;
    const struct wrapper *wrapper = wrapper_list(&count)[_i];
    struct arena arena = { 0 };
    ck_assert(*wrapper->rule && *wrapper->source && *wrapper->help && *wrapper->title);
    ck_assert(*wrapper->story);
    char *markup = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&markup, &size);
    ck_assert(rule_mathml(wrapper->rule, stream));
    fclose(stream);
    ck_assert_ptr_nonnull(strstr(markup, "<math"));
    free(markup);
    ck_assert(wrapper->vantage || wrapper->after);
    for (size_t i = 0; i < WRAPPER_ARGUMENTS_MAX && wrapper->arguments[i].name; i++) {
        ck_assert_ptr_nonnull(wrapper->symbols[i]);
        ck_assert_ptr_nonnull(strstr(wrapper_usage(wrapper, &arena), wrapper->arguments[i].name));
        ck_assert(range_holds(wrapper->arguments[i].range, wrapper->arguments[i].standard));
    }
    arena_finish(&arena);
}
END_TEST

int main(void)
{
    size_t methods, wrappers;
    optimizer_list(&methods);
    wrapper_list(&wrappers);
    Suite *suite = suite_create("wrappers");
    TCase *cases = tcase_create("wrappers");
    tcase_add_loop_test(cases, paths_are_those_of_algebra, 0, LINES);
    tcase_add_test(cases, sam_climbs_along_the_gradient);
    tcase_add_test(cases, wrappers_are_rounded_as_floats_are);
    tcase_add_test(cases, points_that_are_not_shown_are_led_back_too);
    tcase_add_test(cases, decay_is_that_of_the_point_that_descends);
    tcase_add_loop_test(cases, wrappers_fit_every_first_order_method, 0, (int)methods);
    tcase_add_loop_test(cases, mistakes_are_told_in_their_place, 0, REFUSED);
    tcase_add_loop_test(cases, wrappers_that_change_nothing_are_told_of, 0, 5);
    tcase_add_loop_test(cases, every_row_is_told_whole, 0, (int)wrappers);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
