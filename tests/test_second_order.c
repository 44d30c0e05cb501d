/* The methods that need more than the gradient at one point: what algebra says of them, and
 * L-BFGS against PyTorch's. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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

int main(void)
{
    Suite *suite = suite_create("second_order");
    TCase *cases = tcase_create("second_order");
    tcase_add_test(cases, armijo_takes_the_first_step_that_suffices);
    tcase_add_test(cases, a_search_meets_the_strong_wolfe_conditions);
    tcase_add_test(cases, lbfgs_is_pytorchs);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
