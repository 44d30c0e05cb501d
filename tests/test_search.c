/* Methods that search: their rarer turns, by hand and against a program of its own. */
#include "support.h"

#include <math.h>
#include <stdlib.h>

#include "runs.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SEARCH(words) { "line_search", words }

static struct trajectory run(const struct setting *setting)
{
    return setting_run(setting, DIALECT_TEXTBOOK, PRECISION_DOUBLE);
}

static void check_near(struct vec2 at, double x, double y, double tolerance)
{
    ck_assert_double_eq_tol(at.x, x, tolerance);
    ck_assert_double_eq_tol(at.y, y, tolerance);
}

/* A corner as Nelder & Mead 1965 write of it, and what their flow diagram came to. */
struct corner {
    struct vec2 at;
    double y;
};

enum turn { EXPANDED, MIRRORED, CONTRACTED_OUTSIDE, CONTRACTED_INSIDE, SHRUNK, TURNS };

static double value_at(const struct objective *objective, struct vec2 at)
{
    return objective_gradient(objective, at, PRECISION_DOUBLE).f;
}

/* (1 + k) a - k b */
static struct corner beyond(const struct objective *objective, struct vec2 a, double k,
                            struct vec2 b)
{
    struct vec2 at = { (1 + k) * a.x - k * b.x, (1 + k) * a.y - k * b.y };
    return (struct corner){ at, value_at(objective, at) };
}

static int by_value(const void *a, const void *b)
{
    double left = ((const struct corner *)a)->y, right = ((const struct corner *)b)->y;
    return (left > right) - (left < right);
}

/* One pass of the diagram with its usual coefficients; the corners are in order before it. */
static enum turn pass(const struct objective *objective, struct corner p[3])
{
    struct vec2 mean = { (p[0].at.x + p[1].at.x) / 2, (p[0].at.y + p[1].at.y) / 2 };
    struct corner mirrored = beyond(objective, mean, 1, p[2].at);
    if (mirrored.y < p[0].y) {
        struct corner farther = beyond(objective, mean, 2, p[2].at);
        p[2] = farther.y < p[0].y ? farther : mirrored;
        return EXPANDED;
    }
    if (mirrored.y <= p[1].y) {
        p[2] = mirrored;
        return MIRRORED;
    }
    bool is_outside = mirrored.y <= p[2].y;
    if (is_outside) {
        p[2] = mirrored;
    }
    struct corner contracted = beyond(objective, mean, -0.5, p[2].at);
    if (contracted.y <= p[2].y) {
        p[2] = contracted;
        return is_outside ? CONTRACTED_OUTSIDE : CONTRACTED_INSIDE;
    }
    p[1] = beyond(objective, p[0].at, -0.5, p[1].at);
    p[2] = beyond(objective, p[0].at, -0.5, p[2].at);
    return SHRUNK;
}

START_TEST(nelder_mead_is_the_papers)
{
    enum { STEPS = 40 };
    static const struct setting settings[] = {
        { "simplex", "rosenbrock", -1.2, 1, STEPS, "nelder-mead", { { 0 } } },
        { "simplex", "beale", 1.5, 2, STEPS, "nelder-mead", { { 0 } } },
        { "simplex", "himmelblau", -1, 0.3, STEPS, "nelder-mead", { { 0 } } },
        { "simplex", "=10*abs(x*y) + abs(x - 0.5) + abs(y)", 0.1, 0.2, STEPS, "nelder-mead",
          { { 0 } } },
    };
    size_t turns[TURNS] = { 0 };
    for (size_t i = 0; i < COUNT(settings); i++) {
        struct report report = { 0 };
        struct ready ready;
        struct trajectory path;
        ck_assert(setting_resolve(&ready, &settings[i], DIALECT_TEXTBOOK, PRECISION_DOUBLE,
                                  &report));
        trajectory_run(&path, &ready.run, &ready.objective);
        struct vec2 from = ready.run.start;
        struct corner corners[] = { { from, 0 }, { { from.x + 1, from.y }, 0 },
                                    { { from.x, from.y + 1 }, 0 } };
        for (size_t k = 0; k < COUNT(corners); k++) {
            corners[k].y = value_at(&ready.objective, corners[k].at);
        }
        qsort(corners, COUNT(corners), sizeof *corners, by_value);
        for (size_t row = 1; row < STEPS; row++) {
            turns[pass(&ready.objective, corners)]++;
            qsort(corners, COUNT(corners), sizeof *corners, by_value);
            check_near(path.points[row], corners[0].at.x, corners[0].at.y, 1e-9);
        }
        trajectory_finish(&path);
        objective_finish(&ready.objective);
        report_finish(&report);
    }
    for (size_t i = 0; i < TURNS; i++) {
        ck_assert_msg(turns[i] > 0, "turn %zu is not taken", i);
    }
}
END_TEST

/* y^2 - x^2 along x, where the gradient shrinks along every step: nothing is learnt, and a first
 * step of length 1 follows another. */
START_TEST(bfgs_learns_nothing_where_the_curvature_is_negative)
{
    struct setting setting = { "down", "saddle", 1, 0, 5, "bfgs", { SEARCH("none") } };
    struct trajectory path = run(&setting);
    for (size_t row = 0; row < 5; row++) {
        check_near(path.points[row], 1 + (double)row, 0, 1e-14);
    }
    trajectory_finish(&path);
}
END_TEST

/* By hand on x^2 + 4 y^2 with whole steps: (1, 1) - (2, 8)/10 = (0.8, 0.2); s = (-0.2, -0.8) and
 * q = (-0.4, -6.4), so H begins at 5.2 / 41.12. */
START_TEST(bfgs_without_a_search_steps_by_its_hessian)
{
    struct setting setting = { "whole", "quad", 1, 1, 3, "bfgs", { SEARCH("none") } };
    const double s[] = { -0.2, -0.8 }, q[] = { -0.4, -6.4 }, g[] = { 1.6, 1.6 };
    double n = s[0] * q[0] + s[1] * q[1], h = n / (q[0] * q[0] + q[1] * q[1]), at[2];
    /* (1 - s q'/n) h (1 - q s'/n) g + s s'g/n */
    double sg = (s[0] * g[0] + s[1] * g[1]) / n;
    double v[] = { h * (g[0] - q[0] * sg), h * (g[1] - q[1] * sg) };
    double qv = (q[0] * v[0] + q[1] * v[1]) / n;
    for (size_t i = 0; i < 2; i++) {
        at[i] = (i ? 0.2 : 0.8) - (v[i] - s[i] * qv + s[i] * sg);
    }
    struct trajectory path = run(&setting);
    check_near(path.points[1], 0.8, 0.2, 1e-15);
    check_near(path.points[2], at[0], at[1], 1e-13);
    trajectory_finish(&path);
}
END_TEST

/* Nearly a line, which ends at 0, close to which the first step leads: then the minimum seems to
 * be far beyond the end, where every length that is tried lies, so nothing is found; the search
 * after that, along the gradient with lengths of its own, finds something. */
START_TEST(bfgs_forgets_what_led_nowhere)
{
    struct setting setting = { "edge", "=x + 1e-9*x^2 + 0*sqrt(x)", 1, 0, 4, "bfgs",
                               { RATE("0.5") } };
    struct trajectory path = run(&setting);
    ck_assert_double_lt(path.points[1].x, 1e-6);
    ck_assert(path.points[2].x == path.points[1].x);
    ck_assert_double_lt(path.points[3].x, path.points[2].x / 2);
    trajectory_finish(&path);
}
END_TEST

/* s = 1e-4 and y = 1e-8: their product is too small to be believed, so every step is like the
 * first. */
START_TEST(lbfgs_does_not_learn_from_tiny_pairs)
{
    struct setting setting = { "flat", "=0.5e-4*x^2", 1, 0, 6, "lbfgs", { SEARCH("none") } };
    struct trajectory path = run(&setting);
    for (size_t row = 0; row < 6; row++) {
        check_near(path.points[row], pow(1 - 1e-4, (double)row), 0, 1e-14);
    }
    trajectory_finish(&path);
}
END_TEST

/* From 0 down a slope of 1 with 1/8 tried first, which is followed by the middle of 1.01 and 10
 * times that.
 * The second trial is higher than the first, low enough and flat: PyTorch takes it. A third one
 * is not taken: lower ones lie before it. */
START_TEST(a_second_trial_may_be_higher_than_the_first)
{
    struct setting setting = { "steps", "=if(x < 0.3, -x, -0.05 - 0.1*(x - 0.688125))", 0, 0, 2,
                               "bfgs", { RATE("0.125") } };
    struct trajectory path = run(&setting);
    check_near(path.points[1], 0.688125, 0, 1e-12);
    trajectory_finish(&path);
    setting.function = "=if(x < 1, -x, -0.3 - 0.01*x)";
    path = run(&setting);
    ck_assert_double_gt(path.points[1].x, 0.69);
    ck_assert_double_lt(path.points[1].x, 1);
    trajectory_finish(&path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("search");
    TCase *cases = tcase_create("search");
    tcase_add_test(cases, nelder_mead_is_the_papers);
    tcase_add_test(cases, bfgs_learns_nothing_where_the_curvature_is_negative);
    tcase_add_test(cases, bfgs_without_a_search_steps_by_its_hessian);
    tcase_add_test(cases, bfgs_forgets_what_led_nowhere);
    tcase_add_test(cases, lbfgs_does_not_learn_from_tiny_pairs);
    tcase_add_test(cases, a_second_trial_may_be_higher_than_the_first);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
