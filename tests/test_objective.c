/* The front door of the model stage: problems to objectives. */
#include "support.h"

#include <math.h>
#include <string.h>

#include "model/catalogue.h"
#include "model/objective.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct text text_of(const char *text)
{
    return (struct text){ .text = text, .length = strlen(text) };
}

/* A problem in the test's memory, as the loader would give it. */
struct setting {
    struct source source;
    struct vec2 minimum;
    struct place place;
    struct problem_section problem;
    struct report report;
    struct objective objective;
};

static void set_formula(struct setting *setting, const char *formula)
{
    setting->source = (struct source){ "p.ini", formula, strlen(formula) };
    setting->problem.formula = text_of(formula);
    setting->problem.formula.place = (struct place){ &setting->source, 0, strlen(formula) };
    setting->problem.start = (struct maybe_point){ .given = true, .value = { 1, 1 } };
    setting->problem.x = (struct maybe_range){ .given = true, .value = { -4, 4 } };
    setting->problem.y = (struct maybe_range){ .given = true, .value = { -4, 4 } };
}

static void set_minimum(struct setting *setting, double x, double y)
{
    setting->minimum = (struct vec2){ x, y };
    setting->problem.minimum = (struct minima){
        MINIMUM_GIVEN, &setting->minimum, &setting->place, 1
    };
}

static bool init(struct setting *setting)
{
    return objective_init(&setting->objective, &setting->problem, &setting->report);
}

static void finish(struct setting *setting)
{
    objective_finish(&setting->objective);
    report_finish(&setting->report);
}

START_TEST(the_catalogue_completes_a_problem)
{
    struct setting setting = { .problem.function = text_of("hyper") };
    ck_assert(init(&setting));
    struct objective *objective = &setting.objective;
    ck_assert_str_eq(objective->name, "saddle");
    ck_assert(objective->x.lo == -4 && objective->y.hi == 4 && objective->minimum_count == 0);
    ck_assert(objective->start.x == 0.0001 && objective->start.y == 3);
    double z, x = 2, y = 3;
    objective_values(objective, 1, &x, &y, &z);
    ck_assert(z == 5);
    ck_assert(objective_jet(objective, (struct vec2){ x, y }, PRECISION_SINGLE).fxx == -2);
    ck_assert(objective_gradient(objective, (struct vec2){ x, y }, PRECISION_SINGLE).fy == 6);
    finish(&setting);

    setting = (struct setting){ .problem.function = text_of("beale"),
                                .problem.start = { .given = true, .value = { 3, 4 } },
                                .problem.y = { .given = true, .value = { -1, 5 } },
                                .problem.minimum.kind = MINIMUM_NONE };
    ck_assert(init(&setting));
    ck_assert(objective->start.y == 4 && objective->y.lo == -1 && objective->x.lo == -4.5);
    ck_assert_uint_eq(objective->minimum_count, 0);
    ck_assert_uint_eq(setting.report.count, 0);
    finish(&setting);
}
END_TEST

START_TEST(an_unknown_function_gets_a_suggestion)
{
    static const char *const cases[][2] = {
        { "rosenbrok", "unknown function 'rosenbrok'; did you mean 'rosenbrock'?" },
        { "ackley2", "unknown function 'ackley2'; did you mean 'ackley-2'?" },
        { "holder", "unknown function 'holder'; did you mean 'holder-table'?" },
        { "valleys-of-fog", "unknown function 'valleys-of-fog'; "
          "'optrender list functions' shows them" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct setting setting = { .problem.function = text_of(cases[i][0]) };
        ck_assert(!init(&setting));
        ck_assert_str_eq(setting.report.entries[0].message, cases[i][1]);
        finish(&setting);
    }
}
END_TEST

START_TEST(a_formula_in_place_of_a_function_is_told_so)
{
    struct setting setting = { .problem.function = text_of("x^2 + sin(y)") };
    ck_assert(!init(&setting));
    ck_assert_str_eq(setting.report.entries[0].message,
                     "unknown function 'x^2 + sin(y)'; a formula is written as formula = ...");
    finish(&setting);
}
END_TEST

START_TEST(a_formula_must_say_where)
{
    struct setting setting = { 0 };
    set_formula(&setting, "x^2 + y^2");
    setting.problem.start.given = setting.problem.x.given = setting.problem.y.given = false;
    ck_assert(!init(&setting));
    ck_assert_uint_eq(setting.report.errors, 3);
    ck_assert_str_eq(setting.report.entries[0].message,
                     "[problem] start is missing: a formula has no default; add 'start = X, Y'");
    ck_assert_str_eq(setting.report.entries[2].message,
                     "[problem] y is missing: a formula has no default; add 'y = LO .. HI'");
    finish(&setting);
}
END_TEST

START_TEST(a_start_needs_a_value)
{
    static const struct {
        const char *formula;
        enum precision precision;
        bool good;
    } rows[] = { { "log(x - 1)", PRECISION_DOUBLE, false },
                 { "sqrt(x - 2)", PRECISION_DOUBLE, false },
                 { "x*1e30*1e30", PRECISION_SINGLE, false },
                 { "x*1e30*1e30", PRECISION_DOUBLE, true } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct setting setting = { .problem.precision = rows[i].precision };
        set_formula(&setting, rows[i].formula);
        ck_assert(init(&setting) == rows[i].good);
        ck_assert_uint_eq(setting.report.errors, !rows[i].good);
        ck_assert(rows[i].good || strstr(setting.report.entries[0].message, "start (1, 1) lies"));
        finish(&setting);
    }
}
END_TEST

/* Two values have a finite difference, at points and on grids. */
START_TEST(values_that_cannot_be_compared_are_infinite)
{
    struct setting setting = { .problem.precision = PRECISION_DOUBLE };
    set_formula(&setting, "x * 1e307");
    ck_assert(init(&setting));
    const double x[] = { -1.001, -0.999, 0.999, 1.001 }, y[] = { 0, 0, 0, 0 };
    double at_points[4], on_grid[4];
    objective_values(&setting.objective, 4, x, y, at_points);
    objective_grid(&setting.objective, 4, x, 1, y, on_grid);
    ck_assert(!memcmp(at_points, on_grid, sizeof on_grid));
    ck_assert(on_grid[0] == -INFINITY && on_grid[3] == INFINITY);
    ck_assert_double_eq_tol(on_grid[2] / 1e307, 0.999, 1e-12);
    ck_assert_double_eq_tol(on_grid[1] / 1e307, -0.999, 1e-12);
    finish(&setting);
}
END_TEST

START_TEST(stated_minima_are_checked)
{
    static const struct {
        const char *formula;
        double x, y;
        const char *warning; /* NULL: it is one */
    } rows[] = {
        { "x^2 + y^2", 0, 0, NULL },
        { "(x - 1/3)^2 + y^2", 0.33333, 0, NULL },
        { "abs(x) + 3*abs(y)", 0, 0, NULL },
        { "abs(x - 1/3) + 3*abs(y)", 0.333333, 0, NULL },
        { "max(abs(x), abs(y))", 0, 0, NULL },
        { "100*sqrt(abs(y - 0.01*x^2))", 0, 0, NULL },
        { "x^4 + y^4 + 1", 0, 0, NULL },
        { "x^2", 0, 3, NULL },
        { "(x*y - 1)^2", 0.5, 2, NULL },
        { "x^2 + y", 0, -4, NULL },
        { "x^2 + y^2", 5, 0, "; the nearest found is (0, 0) with value 0" },
        { "(x - 3)^2 + 4*(y - 0.5)^2", 3, 0, "(3, 0) is not a minimum: the value there is 1; the "
                                             "nearest found is (3, 0.5) with value 0" },
        { "(1 - x)^2 + 100*(y - x^2)^2", -1, 1, "the nearest found is (1, 1)" },
        { "(1 - x)^2 + 1e6*(y - x^2)^2", -1, 1, "the nearest found is (1, 1) with value " },
        { "1e-6*(x - y)^2 + (x + y - 3)^2", -1, 2, "the nearest found is (1.5, 1.5) with" },
        { "20 - 10*cos(2*pi*x) + x^2 + y^2", 0.8, 0, "the nearest found is (0.994959, 0)" },
        { "x^2/10 - 10*cos(2*pi*x) + y^2", 0.2495, 0, "the nearest found is (0, 0)" },
        { "x^2 - y^2 + y^4", 0, 0, "0.707107) with value -0.25" },
        { "abs(x) + abs(y - 1)", 0, 0, "(0, 1) with value 0" },
        { "y^2 - x^2", 0, 0, "falls towards the edge of the range; no minimum is near" },
        { "log(x)", -1, 0, "(-1, 0) is not a minimum: the function has no value there" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct setting setting = { 0 };
        set_formula(&setting, rows[i].formula);
        set_minimum(&setting, rows[i].x, rows[i].y);
        ck_assert(init(&setting));
        const char *message = setting.report.count ? setting.report.entries[0].message : "none";
        ck_assert_msg(setting.report.warnings == (rows[i].warning != NULL)
                      && (!rows[i].warning || strstr(message, rows[i].warning)),
                      "%s: %s", rows[i].formula, message);
        finish(&setting);
    }
}
END_TEST

START_TEST(catalogue_minima_pass_the_check_when_rounded)
{
    size_t count;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < entries[i].minimum_count; k++) {
            struct setting setting = { .problem.function = text_of(entries[i].name) };
            struct vec2 exact = entries[i].minima[k];
            set_minimum(&setting, round(exact.x * 1e5) / 1e5, round(exact.y * 1e5) / 1e5);
            ck_assert(init(&setting));
            ck_assert_msg(!setting.report.count, "%s", entries[i].name);
            finish(&setting);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("objective");
    TCase *cases = tcase_create("objective");
    tcase_add_test(cases, the_catalogue_completes_a_problem);
    tcase_add_test(cases, an_unknown_function_gets_a_suggestion);
    tcase_add_test(cases, a_formula_in_place_of_a_function_is_told_so);
    tcase_add_test(cases, a_formula_must_say_where);
    tcase_add_test(cases, a_start_needs_a_value);
    tcase_add_test(cases, values_that_cannot_be_compared_are_infinite);
    tcase_add_test(cases, stated_minima_are_checked);
    tcase_add_test(cases, catalogue_minima_pass_the_check_when_rounded);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
