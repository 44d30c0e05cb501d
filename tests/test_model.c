/* Values and derivatives of formulas. */
#include "support.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/block.h"
#include "model/catalogue.h"
#include "model/functions.h"
#include "model/jet.h"
#include "model/objective.h"
#include "model/parse.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct text text_of(const char *text)
{
    return (struct text){ .text = text, .length = strlen(text) };
}

static struct tape *compiled(const char *formula)
{
    struct report report = { 0 };
    struct text text = text_of(formula);
    struct tape *tape = formula_compile(&text, NULL, 0, &report);
    ck_assert_msg(tape, "%s: %s", formula, report.count ? report.entries[0].message : "");
    return tape;
}

static struct jet jet_of(const char *formula, double x, double y, enum precision precision)
{
    struct tape *tape = compiled(formula);
    struct jet jet = jet_evaluate(tape, (struct vec2){ x, y }, precision, true);
    struct jet gradient = jet_evaluate(tape, (struct vec2){ x, y }, precision, false);
    ck_assert(!memcmp(&jet, &gradient, 3 * sizeof(double)));
    ck_assert(gradient.fxx == 0 && gradient.fxy == 0 && gradient.fyy == 0);
    tape_destroy(tape);
    return jet;
}

static double value_of(const char *formula, double x, double y)
{
    return jet_of(formula, x, y, PRECISION_DOUBLE).f;
}

/* xorshift64*: the same points on every run. */
static double random_between(double lo, double hi)
{
    static unsigned long long state = 88172645463325252ULL;
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return lo + (hi - lo) * (double)((state * 2685821657736338717ULL) >> 11) / 9007199254740992.0;
}

static bool near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance * fmax(1, fabs(b));
}

static double least(double u, double v)
{
    return u < v ? u : v;
}

static double greatest(double u, double v)
{
    return u > v ? u : v;
}

static double sign_of(double u)
{
    return copysign(1, u);
}

/* What each function must be, and where it is smooth: u and v both within. */
static const struct peer {
    const char *name;
    double (*unary)(double);
    double (*binary)(double, double);
    double lo, hi;
} peers[] = {
    { "sqrt", sqrt, NULL, 0.3, 9 }, { "exp", exp, NULL, -3, 3 }, { "log", log, NULL, 0.3, 9 },
    { "log10", log10, NULL, 0.3, 9 }, { "sin", sin, NULL, -7, 7 }, { "cos", cos, NULL, -7, 7 },
    { "tan", tan, NULL, -1, 1 }, { "asin", asin, NULL, -0.8, 0.8 },
    { "acos", acos, NULL, -0.8, 0.8 }, { "atan", atan, NULL, -5, 5 },
    { "sinh", sinh, NULL, -3, 3 }, { "cosh", cosh, NULL, -3, 3 }, { "tanh", tanh, NULL, -3, 3 },
    { "erf", erf, NULL, -2, 2 }, { "abs", fabs, NULL, -3, -0.2 }, { "sign", sign_of, NULL, 0.2, 3 },
    { "floor", floor, NULL, 2.1, 2.9 }, { "ceil", ceil, NULL, -2.9, -2.1 },
    { "min", NULL, least, -3, 3 }, { "max", NULL, greatest, -3, 3 },
    { "hypot", NULL, hypot, 0.5, 4 }, { "pow", NULL, pow, 0.5, 3 },
    { "atan2", NULL, atan2, 0.5, 4 },
    { "+", NULL, NULL, -3, 3 }, { "-", NULL, NULL, -3, 3 }, { "*", NULL, NULL, -3, 3 },
    { "/", NULL, NULL, 0.5, 3 }, { "^", NULL, NULL, 0.5, 3 },
};

static const struct peer *peer_of(const char *name)
{
    for (size_t i = 0; i < COUNT(peers); i++) {
        if (!strcmp(peers[i].name, name)) {
            return &peers[i];
        }
    }
    ck_abort_msg("no peer for %s: add a row", name);
    return NULL;
}

/* A libm's functions may be off in the last bits. */
static bool is_near(double value, double expected)
{
    return value == expected || fabs(value - expected) <= 4 * DBL_EPSILON * fabs(expected);
}

START_TEST(functions_are_those_of_libm)
{
    size_t count;
    const struct function *functions = function_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct function *function = &functions[i];
        ck_assert(function->help && function->arguments);
        ck_assert_ptr_eq(function_find(function->name, strlen(function->name)), function);
        if (!strcmp(function->name, "if")) {
            continue; /* has tests of its own */
        }
        const struct peer *peer = peer_of(function->name);
        char formula[32];
        snprintf(formula, sizeof formula, "%s(%s)", function->name,
                 function->arity == 1 ? "x" : "x, y");
        for (int k = 0; k < 50; k++) {
            double x = random_between(peer->lo, peer->hi), y = random_between(peer->lo, peer->hi);
            double expected = peer->unary ? peer->unary(x) : peer->binary(x, y);
            ck_assert_msg(is_near(value_of(formula, x, y), expected), "%s at %g, %g", formula, x,
                          y);
        }
    }
}
END_TEST

/* Central differences of eighth order over the values. */
static const double first_weights[] = { 4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280 };
static const double second_weights[] = { 8.0 / 5, -1.0 / 5, 8.0 / 315, -1.0 / 560 };
static const double spacing = 0.01;

static double value_at(const struct tape *tape, double x, double y)
{
    return jet_evaluate(tape, (struct vec2){ x, y }, PRECISION_DOUBLE, false).f;
}

static double slope(const struct tape *tape, double x, double y, double dx, double dy)
{
    double sum = 0;
    for (int k = 1; k <= 4; k++) {
        double h = k * spacing;
        sum += first_weights[k - 1] * (value_at(tape, x + h * dx, y + h * dy)
                                       - value_at(tape, x - h * dx, y - h * dy));
    }
    return sum / spacing;
}

static double curvature(const struct tape *tape, double x, double y, double dx, double dy)
{
    double sum = -205.0 / 72 * value_at(tape, x, y);
    for (int k = 1; k <= 4; k++) {
        double h = k * spacing;
        sum += second_weights[k - 1] * (value_at(tape, x + h * dx, y + h * dy)
                                        + value_at(tape, x - h * dx, y - h * dy));
    }
    return sum / (spacing * spacing);
}

static void check_derivatives(const char *formula, double x, double y)
{
    struct tape *tape = compiled(formula);
    struct jet jet = jet_evaluate(tape, (struct vec2){ x, y }, PRECISION_DOUBLE, true);
    double fxy = (curvature(tape, x, y, 1, 1) - curvature(tape, x, y, 1, -1)) / 4;
    ck_assert_msg(near(jet.fx, slope(tape, x, y, 1, 0), 1e-9), "fx of %s at %g %g", formula, x, y);
    ck_assert_msg(near(jet.fy, slope(tape, x, y, 0, 1), 1e-9), "fy of %s at %g %g", formula, x, y);
    ck_assert_msg(near(jet.fxx, curvature(tape, x, y, 1, 0), 1e-7), "fxx of %s at %g %g", formula,
                  x, y);
    ck_assert_msg(near(jet.fxy, fxy, 1e-7), "fxy of %s at %g %g", formula, x, y);
    ck_assert_msg(near(jet.fyy, curvature(tape, x, y, 0, 1), 1e-7), "fyy of %s at %g %g", formula,
                  x, y);
    tape_destroy(tape);
}

/* F(x, y), and F of arguments in which both variables turn. */
static void write_uses(const struct peer *peer, char plain[64], char nested[128])
{
    double middle = (peer->lo + peer->hi) / 2, half = (peer->hi - peer->lo) / 4;
    char u[48], v[48];
    snprintf(u, sizeof u, "%g + %g*sin(x*y)", middle, half);
    snprintf(v, sizeof v, "%g + %g*cos(x - 2*y)", middle, half);
    if (peer->unary) {
        snprintf(plain, 64, "%s(x)", peer->name);
        snprintf(nested, 128, "%s(%s)", peer->name, u);
    } else if (peer->binary) {
        snprintf(plain, 64, "%s(x, y)", peer->name);
        snprintf(nested, 128, "%s(%s, %s)", peer->name, u, v);
    } else {
        snprintf(plain, 64, "x %s y", peer->name);
        snprintf(nested, 128, "(%s) %s (%s)", u, peer->name, v);
    }
}

START_TEST(derivatives_agree_with_differences)
{
    for (size_t i = 0; i < COUNT(peers); i++) {
        double lo = peers[i].lo + 0.1, hi = peers[i].hi - 0.1, middle = (lo + hi) / 2;
        char plain[64], nested[128];
        write_uses(&peers[i], plain, nested);
        for (int k = 0; k < 8; k++) {
            double x = random_between(lo, middle - 0.05), y = random_between(middle + 0.05, hi);
            check_derivatives(plain, x, y);
            check_derivatives(plain, y, x);
            check_derivatives(nested, random_between(0.2, 0.6), random_between(0.2, 0.6));
        }
    }
}
END_TEST

START_TEST(compositions_follow_the_chain_rule)
{
    double x = 1.3, y = -0.6, g = exp(x * y), s = sqrt(x * x + y * y);
    const struct {
        const char *formula;
        struct jet jet;
    } rows[] = {
        { "exp(x*y)", { g, y * g, x * g, y * y * g, (1 + x * y) * g, x * x * g } },
        { "sqrt(x^2 + y^2)", { s, x / s, y / s, y * y / pow(s, 3), -x * y / pow(s, 3),
                               x * x / pow(s, 3) } },
        { "x^3*y^-2", { pow(x, 3) / (y * y), 3 * x * x / (y * y), -2 * pow(x / y, 3),
                        6 * x / (y * y), -6 * x * x / pow(y, 3), 6 * pow(x, 3) / pow(y, 4) } },
        { "y^3", { pow(y, 3), 0, 3 * y * y, 0, 0, 6 * y } },
        { "2^y", { pow(2, y), 0, log(2) * pow(2, y), 0, 0, log(2) * log(2) * pow(2, y) } },
        { "sin(x)/y", { sin(x) / y, cos(x) / y, -sin(x) / (y * y), -sin(x) / y,
                        -cos(x) / (y * y), 2 * sin(x) / pow(y, 3) } },
        { "if(y < 0, x*y, log(y))", { x * y, y, x, 0, 1, 0 } },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct jet got = jet_of(rows[i].formula, x, y, PRECISION_DOUBLE), want = rows[i].jet;
        ck_assert_msg(near(got.f, want.f, 1e-15) && near(got.fx, want.fx, 4e-15)
                      && near(got.fy, want.fy, 4e-15) && near(got.fxx, want.fxx, 1e-14)
                      && near(got.fxy, want.fxy, 1e-14) && near(got.fyy, want.fyy, 1e-14),
                      "%s", rows[i].formula);
    }
}
END_TEST

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

START_TEST(kinks_and_domains_follow_the_conventions)
{
    static const struct {
        const char *formula;
        double x, y, f, fx, fy;
    } rows[] = {
        { "abs(x)", 0, 0, 0, 0, 0 },
        { "sign(x) + floor(y) + ceil(x)", 0, 2, 2, 0, 0 },
        { "min(x, y)", 1, 1, 1, 0.5, 0.5 },
        { "max(x, -x)", 0, 0, 0, 0, 0 },
        { "hypot(x, y)", 0, 0, 0, 0, 0 },
        { "sqrt(x^2 + y^2)", 0, 0, 0, 0, 0 },
        { "sqrt(x)", 0, 0, 0, INFINITY, 0 },
        { "max(sqrt(x), 1)", 0, 0, 1, 0, 0 },
        { "if(x > 0, sqrt(x), y)", 0, 3, 3, 0, 1 },
        { "if(x > 0, log(x), 0)", -1, 3, 0, 0, 0 },
        { "(x < y) + x", 1, 3, 2, 1, 0 },
        { "x^3", 0, 0, 0, 0, 0 },
        { "x^3", -2, 0, -8, 12, 0 },
        { "x^1", 0, 0, 0, 1, 0 },
        { "x^0", 0, 0, 1, 0, 0 },
        { "x^2", 0, 0, 0, 0, 0 },
        { "x^-1", -2, 0, -0.5, -0.25, 0 },
        { "x^0.5", 0, 0, 0, INFINITY, 0 },
        { "atan2(y, x)", 0, 0, 0, NAN, NAN },
        { "1/x", 0, 1, INFINITY, -INFINITY, 0 },
        { "log(x)", 0, 1, -INFINITY, INFINITY, 0 },
        { "sqrt(x)", -1, 1, NAN, NAN, 0 },
        { "min(sqrt(x), y)", -1, 1, NAN, 0, 1 },
        { "max(y, sqrt(x))", -1, 1, NAN, 0, 1 },
        { "sign(sqrt(x))", -1, 1, NAN, 0, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct jet jet = jet_of(rows[i].formula, rows[i].x, rows[i].y, PRECISION_DOUBLE);
        ck_assert_msg(same_number(jet.f, rows[i].f), "%s is %g", rows[i].formula, jet.f);
        if (!isnan(rows[i].f) || isnan(rows[i].fx)) {
            ck_assert_msg(same_number(jet.fx, rows[i].fx) && same_number(jet.fy, rows[i].fy),
                          "gradient of %s is %g, %g", rows[i].formula, jet.fx, jet.fy);
        }
    }
    struct jet cube = jet_of("x^3", -2, 0, PRECISION_DOUBLE);
    ck_assert(cube.fxx == -12 && cube.fxy == 0 && cube.fyy == 0);
}
END_TEST

static struct jet booth_float(float x, float y)
{
    float a = x + 2 * y - 7, b = 2 * x + y - 5;
    float fx = (a + a) + (2 * b + 2 * b), fy = (2 * a + 2 * a) + (b + b);
    return (struct jet){ a * a + b * b, fx, fy, 10, 8, 10 };
}

/* The terms of Beale's function, with the rules of products and powers. */
static struct jet beale_float(float x, float y)
{
    static const float constants[] = { 1.5f, 2.25f, 2.625f };
    float y3 = (float)pow(y, 3), dy3 = 3 * (float)pow(y, 2);
    const float power[] = { y, y * y, y3 }, slope_y[] = { 1, y + y, dy3 };
    float f = 0, fx = 0, fy = 0;
    for (int i = 0; i < 3; i++) {
        float term = constants[i] - x + x * power[i];
        float tx = -1 + power[i], ty = x * slope_y[i];
        f = f + term * term;
        fx = fx + (term * tx + term * tx);
        fy = fy + (term * ty + term * ty);
    }
    return (struct jet){ f, fx, fy, 0, 0, 0 };
}

START_TEST(single_precision_is_that_of_a_float_program)
{
    const char *booth = catalogue_find("booth", 5)->formula;
    const char *beale = catalogue_find("beale", 5)->formula;
    for (int i = 0; i < 1000; i++) {
        double dx = random_between(-4, 4), dy = random_between(-4, 4);
        float x = (float)dx, y = (float)dy;
        struct jet got = jet_of(booth, dx, dy, PRECISION_SINGLE), want = booth_float(x, y);
        ck_assert(!memcmp(&got, &want, sizeof got));
        got = jet_of(beale, dx, dy, PRECISION_SINGLE);
        want = beale_float(x, y);
        ck_assert(got.f == want.f && got.fx == want.fx && got.fy == want.fy);
        float t = (float)tanh(x);
        got = jet_of("tanh(x)", dx, dy, PRECISION_SINGLE);
        ck_assert(got.f == t && got.fx == 1 - t * t && got.fxx == -2 * t * (1 - t * t));
        got = jet_of("0.1*x/y", dx, dy, PRECISION_SINGLE);
        ck_assert(got.f == 0.1f * x / y && got.fx == 0.1f * (1 / y));
        got = jet_of("atan(0.1 + x)", dx, dy, PRECISION_SINGLE);
        float u = 0.1f + x;
        ck_assert(got.f == (float)atan(u) && got.fx == 1 / (1 + u * u));
    }
}
END_TEST

START_TEST(single_precision_rounds_everything)
{
    for (size_t i = 0; i < COUNT(peers); i++) {
        char plain[64], nested[128];
        write_uses(&peers[i], plain, nested);
        for (int k = 0; k < 20; k++) {
            double x = random_between(0.2, 0.6), y = random_between(0.2, 0.6);
            struct jet fine = jet_of(nested, (float)x, (float)y, PRECISION_DOUBLE);
            struct jet jet = jet_of(nested, x, y, PRECISION_SINGLE);
            const double *single = &jet.f, *exact = &fine.f;
            for (size_t part = 0; part < sizeof jet / sizeof(double); part++) {
                ck_assert_msg((float)single[part] == single[part], "%s, part %zu", nested, part);
                ck_assert_msg(near(single[part], exact[part], 2e-4), "%s, part %zu", nested, part);
            }
        }
    }
}
END_TEST

START_TEST(reference_losses_are_met_to_the_last_bit)
{
    static const char *const functions[] = { "quad", "booth", "hyper", "beale" };
    static const char *const methods[] = { "gd", "momentum", "nag", "adagrad", "rmsprop", "adam" };
    size_t rows = 0;
    for (size_t i = 0; i < COUNT(functions) * COUNT(methods); i++) {
        const char *function = functions[i / 6], *method = methods[i % 6];
        if (!strcmp(function, "quad") && i % 6 > 1) {
            continue; /* the article shows two methods there */
        }
        char name[80];
        snprintf(name, sizeof name, "reference/trajectories/tf1_f32/%s_%s.csv", function, method);
        struct table table = table_read(test_path(name));
        const char *formula = catalogue_find(function, strlen(function))->formula;
        for (size_t row = 0; row < table.rows; row++) {
            float x = (float)table_at(&table, row, "x"), y = (float)table_at(&table, row, "y");
            ck_assert_msg(jet_of(formula, x, y, PRECISION_SINGLE).f
                          == (float)table_at(&table, row, "loss"), "%s row %zu", name, row);
        }
        rows += table.rows;
        table_free(&table);
    }
    ck_assert_uint_eq(rows, 2 * 20 + 6 * 70 + 6 * 50 + 6 * 200);
}
END_TEST

static void check_block_grid(const struct tape *tape, size_t columns, const double *x, size_t rows,
                             const double *y)
{
    double *z = memory_new(columns * rows, sizeof *z);
    block_evaluate_grid(tape, columns, x, rows, y, z);
    for (size_t i = 0; i < columns * rows; i++) {
        ck_assert(same_number(z[i], value_at(tape, x[i % columns], y[i / columns])));
    }
    free(z);
}

static void check_tape(const struct tape *tape, const char *formula, struct range x_range,
                       struct range y_range)
{
    enum { POINTS = 3 * BLOCK_POINTS + 17 };
    static double x[POINTS], y[POINTS], z[POINTS + 1];
    z[POINTS] = 42;
    for (size_t i = 0; i < POINTS; i++) {
        x[i] = random_between(x_range.lo, x_range.hi);
        y[i] = random_between(y_range.lo, y_range.hi);
    }
    block_evaluate(tape, POINTS, x, y, z);
    for (size_t i = 0; i < POINTS; i++) {
        ck_assert_msg(same_number(z[i], value_at(tape, x[i], y[i])), "%s", formula);
    }
    for (size_t i = 0; i < POINTS; i += 3) { /* few are evaluated one by one */
        size_t count = POINTS - i < 3 ? POINTS - i : 3;
        block_evaluate(tape, count, x + i, y + i, z + i);
    }
    for (size_t i = 0; i < POINTS; i++) {
        ck_assert_msg(same_number(z[i], value_at(tape, x[i], y[i])), "%s, few points", formula);
    }
    check_block_grid(tape, BLOCK_POINTS + 17, x, 3, y);
    check_block_grid(tape, 3, x, BLOCK_POINTS + 17, y);
    block_evaluate(tape, 0, x, y, z + POINTS);
    ck_assert(z[POINTS] == 42);
}

static void check_block(const char *formula, struct range x_range, struct range y_range)
{
    struct tape *tape = compiled(formula);
    check_tape(tape, formula, x_range, y_range);
    tape_destroy(tape);
}

START_TEST(blocks_give_the_values_of_jets)
{
    size_t count;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        struct problem_section problem = { .function = text_of(entries[i].name) };
        struct report report = { 0 };
        struct objective objective;
        ck_assert(objective_init(&objective, &problem, &report));
        check_tape(objective.tape, entries[i].name, entries[i].x, entries[i].y);
        objective_finish(&objective);
    }
    for (size_t i = 0; i < COUNT(peers); i++) {
        char plain[64], nested[128];
        write_uses(&peers[i], plain, nested);
        check_block(plain, (struct range){ -3, 3 }, (struct range){ -3, 3 });
        check_block(nested, (struct range){ -3, 3 }, (struct range){ -3, 3 });
    }
    check_block("if(x < y, x, if(x >= 2*y, -y, 7)) - (x != y)", (struct range){ -3, 3 },
                (struct range){ -3, 3 });
    check_block("x", (struct range){ -3, 3 }, (struct range){ -3, 3 });
    check_block("5", (struct range){ -3, 3 }, (struct range){ -3, 3 });
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("model");
    TCase *cases = tcase_create("model");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, functions_are_those_of_libm);
    tcase_add_test(cases, derivatives_agree_with_differences);
    tcase_add_test(cases, compositions_follow_the_chain_rule);
    tcase_add_test(cases, kinks_and_domains_follow_the_conventions);
    tcase_add_test(cases, single_precision_is_that_of_a_float_program);
    tcase_add_test(cases, single_precision_rounds_everything);
    tcase_add_test(cases, reference_losses_are_met_to_the_last_bit);
    tcase_add_test(cases, blocks_give_the_values_of_jets);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
