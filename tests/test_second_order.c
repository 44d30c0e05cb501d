/* The methods that need more than the gradient at one point: what algebra says of them, and
 * L-BFGS against PyTorch's. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/catalogue.h"
#include "runs.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ROSENBROCK "rosenbrock", "rosenbrock", -1.2, 1, 40
#define SEARCH(words) { "line_search", words }

static struct jet jet_of(const char *function, struct vec2 at)
{
    struct problem_section problem = { .function = text_at(function, 0), .steps = 1 };
    struct report report = { 0 };
    struct objective objective;
    ck_assert(objective_init(&objective, &problem, &report));
    struct jet jet = objective_jet(&objective, at, PRECISION_DOUBLE);
    objective_finish(&objective);
    report_finish(&report);
    return jet;
}

static struct vec2 gradient_of(const char *function, struct vec2 at)
{
    struct jet jet = jet_of(function, at);
    return (struct vec2){ jet.fx, jet.fy };
}

/* Of a formula, from a start, without a stated minimum. */
static struct trajectory run_formula(const char *formula, double x, double y, double steps,
                                     const char *method, const char *key, const char *value)
{
    struct hyperparameter given = { text_at(key ? key : "", 0), text_at(value ? value : "", 0) };
    struct optimizer_section section = { .label = text_at("A", 0), .method = text_at(method, 0),
                                         .hyperparameters = &given,
                                         .hyperparameter_count = key != NULL };
    struct preset preset = { .problem = {
        .formula = text_at(formula, 0),
        .start = { true, { x, y }, { 0 } },
        .x = { true, { -4, 4 }, { 0 } },
        .y = { true, { -4, 4 }, { 0 } },
        .steps = steps,
        .dialect = DIALECT_TEXTBOOK,
        .precision = PRECISION_DOUBLE,
    } };
    struct report report = { 0 };
    struct objective objective;
    struct trajectory path;
    struct run run;
    ck_assert(objective_init(&objective, &preset.problem, &report));
    ck_assert_msg(run_resolve(&run, &preset, &section, &objective, &report), "%s", method);
    trajectory_run(&path, &run, &objective);
    objective_finish(&objective);
    report_finish(&report);
    return path;
}

static struct vec2 difference(struct vec2 a, struct vec2 b)
{
    return vec2_along(a, -1, b);
}

static double length(struct vec2 a)
{
    return sqrt(vec2_dot(a, a));
}

static void check_near(struct vec2 at, double x, double y, double tolerance)
{
    ck_assert_double_eq_tol(at.x, x, tolerance);
    ck_assert_double_eq_tol(at.y, y, tolerance);
}

static struct trajectory run(const struct setting *setting)
{
    return setting_run(setting, DIALECT_TEXTBOOK, PRECISION_DOUBLE);
}

/* f falls by a share c1 of what the slope promises, and would not by so much at twice the step,
 * except where that is the rate's own. */
START_TEST(armijo_takes_the_first_step_that_suffices)
{
    const double c1 = 0.1, rate = 0.25, shrink = 0.5;
    struct setting setting = { ROSENBROCK, "armijo",
                               { RATE("0.25"), { "c1", "0.1" }, { "shrink", "0.5" } } };
    struct trajectory path = run(&setting);
    size_t shortened = 0;
    for (size_t row = 0; row + 1 < path.count; row++) {
        struct vec2 from = path.points[row], g = gradient_of("rosenbrock", from);
        struct vec2 moved = difference(path.points[row + 1], from);
        double t = length(moved) / length(g), longer = t / shrink;
        check_near(moved, -t * g.x, -t * g.y, 1e-13);
        ck_assert_double_le(path.losses[row + 1], path.losses[row] + c1 * vec2_dot(g, moved));
        double power = log2(rate / t);
        ck_assert_double_eq_tol(power, round(power), 1e-6);
        if (longer <= rate * 1.0001) {
            double f = jet_of("rosenbrock", vec2_along(from, -longer, g)).f;
            ck_assert_double_gt(f, path.losses[row] - c1 * longer * vec2_dot(g, g));
            shortened++;
        }
    }
    ck_assert_uint_gt(shortened, 20);
    trajectory_finish(&path);
}
END_TEST

/* The conditions do not ask how long the direction is, so the step itself is one. Close to the
 * minimum rounding decides. */
static void check_wolfe(const struct setting *setting, double c1, double c2)
{
    struct trajectory path = run(setting);
    ck_assert_uint_eq(path.count, setting->steps);
    ck_assert_double_lt(path.losses[path.count - 1], 1e-6);
    for (size_t row = 0; row + 1 < path.count && path.losses[row] > 1e-9; row++) {
        struct vec2 moved = difference(path.points[row + 1], path.points[row]);
        double before = vec2_dot(gradient_of(setting->function, path.points[row]), moved);
        double after = vec2_dot(gradient_of(setting->function, path.points[row + 1]), moved);
        ck_assert_msg(before < 0, "%s row %zu: slope %g", setting->method, row, before);
        ck_assert_msg(path.losses[row + 1] <= path.losses[row] + c1 * before * (1 - 1e-9),
                      "%s row %zu: too little", setting->method, row);
        ck_assert_msg(fabs(after) <= -c2 * before * (1 + 1e-9), "%s row %zu: slopes %g, %g",
                      setting->method, row, before, after);
    }
    trajectory_finish(&path);
}

START_TEST(a_search_meets_the_strong_wolfe_conditions)
{
    static const struct {
        struct setting setting;
        double c1, c2;
    } cases[] = {
        { { ROSENBROCK, "lbfgs", { SEARCH("strong-wolfe") } }, 1e-4, 0.9 },
        { { ROSENBROCK, "lbfgs", { SEARCH("strong-wolfe"), { "history", "1" } } }, 1e-4, 0.9 },
        { { BEALE, "lbfgs", { SEARCH("strong-wolfe"), RATE("0.001") } }, 1e-4, 0.9 },
        { { ROSENBROCK, "bfgs", { { 0 } } }, 1e-4, 0.9 },
        { { ROSENBROCK, "bfgs", { { "c1", "0.01" }, { "c2", "0.05" } } }, 0.01, 0.05 },
        { { BEALE, "bfgs", { RATE("100") } }, 1e-4, 0.9 },
        { { ROSENBROCK, "nonlinear-cg", { { 0 } } }, 1e-4, 0.1 },
        { { BEALE, "nonlinear-cg", { { "c2", "0.4" } } }, 1e-4, 0.4 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        check_wolfe(&cases[i].setting, cases[i].c1, cases[i].c2);
    }
}
END_TEST

/* PyTorch 1.13, LBFGS with max_iter 1 and a history of 10; the tolerances are the reference's.
 * Rows after the last one are like it. */
START_TEST(lbfgs_is_pytorchs)
{
    static const struct {
        struct setting setting;
        const char *file;
        double tolerance;
    } cases[] = {
#define FROM(function, x, y) function, function, x, y, 200, "lbfgs"
#define KEYS(rate, search) { RATE(rate), { "history", "10" }, SEARCH(search) }
        { { FROM("booth", 1, -2), KEYS("1", "none") }, "booth_lbfgs", 3e-12 },
        { { FROM("booth", 1, -2), KEYS("1", "strong-wolfe") }, "booth_lbfgs_wolfe", 3e-12 },
        { { FROM("beale", 1, 1.5), KEYS("0.5", "none") }, "beale_lbfgs", 3e-12 },
        { { FROM("beale", 1, 1.5), KEYS("1", "strong-wolfe") }, "beale_lbfgs_wolfe", 3e-12 },
        { { FROM("rosenbrock", -1.2, 1), KEYS("0.5", "none") }, "rosenbrock_lbfgs", 1e-8 },
        { { FROM("rosenbrock", -1.2, 1), KEYS("1", "strong-wolfe") }, "rosenbrock_lbfgs_wolfe",
          1e-9 },
#undef FROM
#undef KEYS
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char name[128];
        snprintf(name, sizeof name, "reference/trajectories/torch_f64/%s.csv", cases[i].file);
        struct table reference = table_read(test_path(name));
        struct trajectory path = setting_run(&cases[i].setting, DIALECT_PYTORCH, PRECISION_DOUBLE);
        ck_assert_uint_eq(path.count, 200);
        for (size_t row = 0; row < path.count; row++) {
            size_t of = row < reference.rows ? row : reference.rows - 1;
            double off = fmax(fabs(path.points[row].x - table_at(&reference, of, "x")),
                              fabs(path.points[row].y - table_at(&reference, of, "y")));
            ck_assert_msg(off <= cases[i].tolerance, "%s row %zu: %g", cases[i].file, row, off);
        }
        trajectory_finish(&path);
        table_free(&reference);
    }
}
END_TEST

/* From START the rows from the first update on, as far as they are not zero. */
struct expected {
    struct setting setting;
    struct vec2 rows[4];
};

static void check_rows(const struct expected *cases, size_t count, double tolerance)
{
    for (size_t i = 0; i < count; i++) {
        struct trajectory path = run(&cases[i].setting);
        ck_assert_uint_eq(path.count, cases[i].setting.steps);
        for (size_t row = 1; row < path.count; row++) {
            struct vec2 at = path.points[row], wanted = cases[i].rows[row - 1];
            ck_assert_msg(length(difference(at, wanted)) <= tolerance,
                          "%s, case %zu row %zu: %.17g, %.17g", cases[i].setting.method, i, row,
                          at.x, at.y);
        }
        trajectory_finish(&path);
    }
}
#define FROM(function, x, y, steps) function, function, x, y, steps

/* The gradients of quad are 2x and 8y, and its curvatures 2 and 8. */
START_TEST(newton_jumps_to_where_a_quadratic_is_level)
{
    static const struct expected cases[] = {
        { { FROM("quad", -4, 4, 2), "newton", { { 0 } } }, { { 0, 0 } } },
        { { FROM("booth", 1, -2, 3), "newton", { { 0 } } }, { { 1, 3 }, { 1, 3 } } },
        { { FROM("booth", 1, -2, 2), "newton", { { "saddle_free", "yes" } } }, { { 1, 3 } } },
        { { FROM("quad", -4, 4, 3), "newton", { RATE("0.5") } }, { { -2, 2 }, { -1, 1 } } },
        /* -4 + 8 / (2 + 2), 4 - 32 / (8 + 2) */
        { { FROM("quad", -4, 4, 2), "newton", { { "damping", "2" } } }, { { -2, 0.8 } } },
        /* y^2 - x^2: a saddle attracts it; with absolute curvatures x + 2x / 2 */
        { { FROM("saddle", 1, 3, 2), "newton", { { 0 } } }, { { 0, 0 } } },
        { { FROM("saddle", 1, 3, 2), "newton", { { "saddle_free", "yes" } } }, { { 2, 0 } } },
    };
    check_rows(cases, COUNT(cases), 1e-12);
}
END_TEST

/* |H| p = g, so |H p| = |g|, and p . g > 0 as |H| is positive. */
START_TEST(saddle_free_steps_lead_down_where_the_hessian_is_indefinite)
{
    struct setting setting = { BEALE, "newton", { RATE("0.01"), { "saddle_free", "yes" } } };
    size_t indefinite = 0;
    struct trajectory path = run(&setting);
    for (size_t row = 0; row + 1 < path.count; row++) {
        struct jet h = jet_of("beale", path.points[row]);
        struct vec2 g = { h.fx, h.fy }, p = difference(path.points[row], path.points[row + 1]);
        struct vec2 hp = { h.fxx * p.x + h.fxy * p.y, h.fxy * p.x + h.fyy * p.y };
        ck_assert_double_eq_tol(length(hp) / length(g), 0.01, 1e-10);
        ck_assert_double_gt(vec2_dot(p, g), 0);
        indefinite += h.fxx * h.fyy < h.fxy * h.fxy;
    }
    ck_assert_uint_gt(indefinite, 5);
    trajectory_finish(&path);
}
END_TEST

START_TEST(two_exact_steps_reach_the_minimum_of_a_quadratic)
{
    static const char *const methods[] = { "bfgs", "nonlinear-cg" };
    for (size_t i = 0; i < COUNT(methods); i++) {
        struct setting setting = { FROM("booth", 1, -2, 3), methods[i], { { "c2", "1e-10" } } };
        struct trajectory path = run(&setting);
        ck_assert_double_gt(length(difference(path.points[1], (struct vec2){ 1, 3 })), 0.1);
        check_near(path.points[2], 1, 3, 1e-7);
        trajectory_finish(&path);
        setting = (struct setting){ FROM("quad", -4, 3, 3), methods[i], { { "c2", "1e-10" } } };
        path = run(&setting);
        check_near(path.points[2], 0, 0, 1e-7);
        trajectory_finish(&path);
    }
}
END_TEST

/* exp(-A t): quad's A has 2 and 8; booth's [10 8; 8 10] has 18 along (1, 1) and 2 along
 * (1, -1), and from the minimum the start is (0, -5). */
START_TEST(gradient_flow_is_the_exponential)
{
    struct setting setting = { FROM("quad", -4, 4, 20), "gradient-flow", { RATE("0.05") } };
    struct trajectory path = run(&setting);
    for (size_t row = 0; row < path.count; row++) {
        double t = 0.05 * (double)row;
        check_near(path.points[row], -4 * exp(-2 * t), 4 * exp(-8 * t), 1e-9);
    }
    trajectory_finish(&path);
    setting = (struct setting){ FROM("booth", 1, -2, 20), "gradient-flow", { RATE("0.5") } };
    path = run(&setting);
    for (size_t row = 0; row < path.count; row++) {
        double t = 0.5 * (double)row, fast = -2.5 * exp(-18 * t), slow = 2.5 * exp(-2 * t);
        check_near(path.points[row], 1 + fast + slow, 3 + fast - slow, 1e-9);
    }
    trajectory_finish(&path);
}
END_TEST

/* x' = -1/x is sqrt(1 - 2t) until it meets the end of the domain at t = 1/2; x' = 4x^3 is
 * 1/sqrt(1 - 8t), infinite at t = 1/8. */
START_TEST(gradient_flow_ends_where_there_is_no_more)
{
    struct trajectory path = run_formula("log(x)", 1, 0, 50, "gradient-flow", "learning_rate",
                                         "0.11");
    ck_assert(path.diverged);
    ck_assert_uint_eq(path.count, 6);
    for (size_t row = 0; row < 5; row++) {
        check_near(path.points[row], sqrt(1 - 0.22 * (double)row), 0, 1e-9);
    }
    trajectory_finish(&path);
    path = run_formula("-x^4", 1, 0, 50, "gradient-flow", "learning_rate", "0.1");
    check_near(path.points[1], 1 / sqrt(0.2), 0, 1e-9);
    ck_assert_double_gt(path.points[2].x, 1000);
    trajectory_finish(&path);
}
END_TEST

/* By hand on x^2 + 4y^2, values in brackets. (1, 1) [5], (2, 1) [8], (1, 2) [17]: mirrored (2, 0)
 * [4], farther (2.5, -1) [10.25]. Of (2, 1): mirrored (1, 0) [1], farther (0.5, -0.5) [1.25], which
 * the paper takes as it is lower than 4. Of (1, 1): mirrored (1.5, -1.5) [11.25], so inwards
 * (1.125, 0.375) [1.83]. Of (2, 0): mirrored (-0.375, -0.125) [0.2], farther (-1.5625, -0.1875). */
START_TEST(nelder_mead_moves_as_by_hand)
{
    static const struct expected cases[] = {
        { { FROM("quad", 1, 1, 5), "nelder-mead", { { 0 } } },
          { { 2, 0 }, { 0.5, -0.5 }, { 0.5, -0.5 }, { -0.375, -0.125 } } },
    };
    check_rows(cases, COUNT(cases), 1e-15);
    /* (0, 0) [0.5], (1, 0) [0.5], (0, 1) [1.5]: mirrored (1, -1) [11.5], inwards (0.25, 0.5) [2],
     * so all shrink towards (0, 0), and (0.5, 0) is lowest. */
    struct trajectory path = run_formula("10*abs(x*y) + abs(x - 0.5) + abs(y)", 0, 0, 2,
                                         "nelder-mead", NULL, NULL);
    check_near(path.points[1], 0.5, 0, 1e-15);
    trajectory_finish(&path);
}
END_TEST

START_TEST(rates_are_as_their_formulas_say)
{
    static const struct expected cases[] = {
        /* s = (0.8, -3.2), y = (1.6, -25.6): s.s = 10.88, s.y = 83.2, y.y = 657.92 */
        { { FROM("quad", -4, 4, 3), "barzilai-borwein", { RATE("0.1") } },
          { { -3.2, 0.8 }, { -3.2 * (1 - 2 * 10.88 / 83.2), 0.8 * (1 - 8 * 10.88 / 83.2) } } },
        { { FROM("quad", -4, 4, 3), "barzilai-borwein",
            { RATE("0.1"), { "step_size", "short" } } },
          { { -3.2, 0.8 }, { -3.2 * (1 - 2 * 83.2 / 657.92), 0.8 * (1 - 8 * 83.2 / 657.92) } } },
        /* The curvature is negative, so the rate stays: times 1.2 each. */
        { { FROM("saddle", 1, 0, 4), "barzilai-borwein", { RATE("0.1") } },
          { { 1.2, 0 }, { 1.44, 0 }, { 1.728, 0 } } },
        /* f / |g|^2 = x^2 / (2x)^2, so x halves; 17 / 64 of 8 when 1 deeper is told */
        { { FROM("quad", -4, 0, 4), "polyak", { { 0 } } }, { { -2, 0 }, { -1, 0 }, { -0.5, 0 } } },
        { { FROM("quad", -4, 0, 2), "polyak", { { "minimum_value", "-1" } } },
          { { -4 + 17 / 8., 0 } } },
        { { FROM("quad", -4, 0, 2), "polyak", { { "minimum_value", "20" } } }, { { -4, 0 } } },
        /* |s| / (2 |y|) = 1/4 */
        { { FROM("quad", -4, 0, 4), "adgd", { RATE("0.01") } },
          { { -3.92, 0 }, { -1.96, 0 }, { -0.98, 0 } } },
    };
    check_rows(cases, COUNT(cases), 1e-13);
}
END_TEST

START_TEST(adgd_is_bounded_by_growth_and_by_curvature)
{
    struct setting setting = { ROSENBROCK, "adgd", { { 0 } } };
    struct trajectory path = run(&setting);
    size_t grows = 0, bends = 0;
    double before = 0, theta = INFINITY;
    for (size_t row = 0; row + 1 < path.count; row++) {
        struct vec2 x = path.points[row], g = gradient_of("rosenbrock", x);
        double t = length(difference(path.points[row + 1], x)) / length(g);
        if (row > 0) {
            struct vec2 y = difference(g, gradient_of("rosenbrock", path.points[row - 1]));
            double bend = length(difference(x, path.points[row - 1])) / (2 * length(y));
            double growth = sqrt(1 + theta) * before;
            ck_assert_double_eq_tol(t / fmin(bend, growth), 1, 1e-7);
            grows += growth < bend;
            bends += bend < growth;
            theta = t / before;
        }
        before = t;
    }
    ck_assert(grows > 2 && bends > 2);
    trajectory_finish(&path);
}
END_TEST

START_TEST(diagonals_scale_what_momentum_remembers)
{
#define HALVES { "beta1", "0.5" }, { "beta2", "0.5" }, { "gamma", "1" }
    static const struct expected cases[] = {
        /* m = (-4, 16), h = (1, 4): cut to the rate */
        { { FROM("quad", -4, 4, 2), "sophia", { RATE("0.1"), HALVES } }, { { -3.9, 3.9 } } },
        /* m = (-0.1, 0.2); then m = (-0.14, 0.28), h = (1.5, 6) or, not looked at, (1, 4) */
        { { FROM("quad", -0.1, 0.05, 3), "sophia", { RATE("0.1"), HALVES, { "interval", "1" } } },
          { { -0.09, 0.045 }, { -0.09 + 0.014 / 1.5, 0.045 - 0.028 / 6 } } },
        { { FROM("quad", -0.1, 0.05, 3), "sophia", { RATE("0.1"), HALVES, { "interval", "2" } } },
          { { -0.09, 0.045 }, { -0.09 + 0.014, 0.045 - 0.028 / 4 } } },
        /* Where it bends down, by the sign. */
        { { FROM("saddle", 0.5, 0, 2), "sophia", { RATE("0.1") } }, { { 0.6, 0 } } },
        /* g / H at first; m = -1.44 = 0.9 (-0.8) + 0.1 (-7.2), 1 - 0.9^2 = 0.19 */
        { { FROM("quad", -4, 0, 3), "adahessian", { RATE("0.1"), { "epsilon", "0" } } },
          { { -3.6, 0 }, { -3.6 + 0.1 * 1.44 / 0.19 / 2, 0 } } },
        { { FROM("quad", -4, 0, 2), "adahessian",
            { RATE("0.1"), { "epsilon", "2" }, { "hessian_power", "0.5" } } },
          { { -4 + 0.8 / (1.4142135623730951 + 2), 0 } } },
        { { FROM("saddle", 0.5, 0, 2), "adahessian", { RATE("0.1"), { "epsilon", "0" } } },
          { { 0.55, 0 } } },
    };
#undef HALVES
    check_rows(cases, COUNT(cases), 1e-13);
}
END_TEST

START_TEST(searches_stay_inside_of_the_domain)
{
    static const char *const methods[] = { "armijo", "lbfgs", "bfgs", "nonlinear-cg",
                                           "nelder-mead" };
    for (size_t i = 0; i < COUNT(methods); i++) {
        struct trajectory path = run_formula("x - log(x) + y^2", 0.05, 2, 120, methods[i], NULL,
                                             NULL);
        ck_assert_msg(!path.diverged && path.count == 120, "%s", methods[i]);
        check_near(path.points[119], 1, 0, 1e-3);
        trajectory_finish(&path);
    }
}
END_TEST

/* What decays is a step by the gradient; the curvature is that of where the gradient was taken,
 * not of where the decay leads before. */
START_TEST(only_gradient_steps_decay)
{
    static const char *const alone[] = { "armijo", "polyak", "barzilai-borwein", "adgd",
                                         "gradient-flow", "nonlinear-cg", "bfgs", "lbfgs",
                                         "newton", "nelder-mead" };
    for (size_t i = 0; i < COUNT(alone); i++) {
        struct setting setting = { FROM("quad", -4, 4, 2), alone[i],
                                   { { "weight_decay", "0.1" }, RATE("1") } };
        if (!strcmp(alone[i], "nelder-mead")) {
            setting.keys[1][0] = "simplex_size";
        }
        struct report report = { 0 };
        struct ready ready;
        ck_assert(!setting_resolve(&ready, &setting, DIALECT_TEXTBOOK, PRECISION_DOUBLE, &report));
        ck_assert_uint_eq(report.errors, 1);
        ck_assert_ptr_nonnull(strstr(report.entries[0].message, "cannot have it"));
        objective_finish(&ready.objective);
        report_finish(&report);
    }
    struct jet jet = jet_of("beale", (struct vec2){ 1.5, 2 });
    struct setting setting = { BEALE, "adahessian",
                               { RATE("0.1"), { "epsilon", "0" }, { "weight_decay", "0.5" } } };
    struct trajectory path = run(&setting);
    check_near(path.points[1], 1.5 * 0.95 - 0.1 * jet.fx / fabs(jet.fxx),
               2 * 0.95 - 0.1 * jet.fy / fabs(jet.fyy), 1e-12);
    trajectory_finish(&path);
    setting = (struct setting){ BEALE, "sophia", { RATE("0.1"), { "beta1", "0" }, { "beta2", "0" },
                                                   { "gamma", "2" }, { "weight_decay", "0.5" } } };
    path = run(&setting);
    ck_assert_double_lt(fmax(fabs(jet.fx / jet.fxx), fabs(jet.fy / jet.fyy)), 2); /* not cut */
    check_near(path.points[1], 1.5 * 0.95 - 0.1 * jet.fx / (2 * jet.fxx),
               2 * 0.95 - 0.1 * jet.fy / (2 * jet.fyy), 1e-12);
    trajectory_finish(&path);
}
END_TEST

/* Of whatever function, whatever becomes of the run: it ends, and only its last row may be
 * without a value. */
START_TEST(every_method_ends_on_every_function)
{
    size_t methods, functions;
    const struct optimizer *optimizer = optimizer_list(&methods)[_i];
    const struct catalogue_entry *entries = catalogue_list(&functions);
    static const char *const rates[] = { "0", "1e-3", "1", "1e30" };
    for (size_t i = 0; i < functions * COUNT(rates); i++) {
        const struct catalogue_entry *entry = &entries[i / COUNT(rates)];
        struct setting setting = { "any", entry->name, entry->start.x, entry->start.y, 10,
                                   optimizer->name, { { 0 } } };
        size_t keys = 0;
        bool is_simplex = optimizer == optimizer_by_name("nelder-mead");
        setting.keys[keys][0] = is_simplex ? "simplex_size" : "learning_rate";
        setting.keys[keys++][1] = is_simplex && i % COUNT(rates) == 0 ? "1e-30"
                                                                       : rates[i % COUNT(rates)];
        if (optimizer == optimizer_by_name("polyak") && !entry->minimum_count) {
            setting.keys[keys][0] = "minimum_value";
            setting.keys[keys++][1] = "-1";
        }
        for (enum precision precision = 0; precision <= PRECISION_DOUBLE; precision++) {
            struct trajectory path = setting_run(&setting, DIALECT_TEXTBOOK, precision);
            ck_assert(path.count >= 1 && (path.diverged || path.count == 10));
            for (size_t row = 0; row + path.diverged < path.count; row++) {
                ck_assert(isfinite(path.points[row].x + path.points[row].y + path.losses[row]));
                ck_assert(precision == PRECISION_DOUBLE
                          || (path.points[row].x == (float)path.points[row].x
                              && path.points[row].y == (float)path.points[row].y));
            }
            trajectory_finish(&path);
        }
    }
}
END_TEST

int main(void)
{
    size_t methods;
    optimizer_list(&methods);
    Suite *suite = suite_create("second_order");
    TCase *cases = tcase_create("second_order");
    tcase_add_test(cases, armijo_takes_the_first_step_that_suffices);
    tcase_add_test(cases, a_search_meets_the_strong_wolfe_conditions);
    tcase_add_test(cases, lbfgs_is_pytorchs);
    tcase_add_test(cases, newton_jumps_to_where_a_quadratic_is_level);
    tcase_add_test(cases, saddle_free_steps_lead_down_where_the_hessian_is_indefinite);
    tcase_add_test(cases, two_exact_steps_reach_the_minimum_of_a_quadratic);
    tcase_add_test(cases, gradient_flow_is_the_exponential);
    tcase_add_test(cases, gradient_flow_ends_where_there_is_no_more);
    tcase_add_test(cases, nelder_mead_moves_as_by_hand);
    tcase_add_test(cases, rates_are_as_their_formulas_say);
    tcase_add_test(cases, adgd_is_bounded_by_growth_and_by_curvature);
    tcase_add_test(cases, diagonals_scale_what_momentum_remembers);
    tcase_add_test(cases, only_gradient_steps_decay);
    tcase_add_test(cases, searches_stay_inside_of_the_domain);
    tcase_add_loop_test(cases, every_method_ends_on_every_function, 0, (int)methods);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
