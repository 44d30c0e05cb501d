/* Paths against reference paths, and the captions of the article against paths. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/geometry.h"
#include "runs.h"

/* The 20 runs of the article. */
static const struct setting article[] = {
    { QUAD, "gradient-descent", { RATE("0.2") } },
    { QUAD, "momentum", { RATE("0.2"), MOMENTUM("0.3") } },
    { BOOTH, "gradient-descent", { RATE("0.01") } },
    { BOOTH, "momentum", { RATE("0.01"), MOMENTUM("0.9") } },
    { BOOTH, "nag", { RATE("0.01"), MOMENTUM("0.9") } },
    { BOOTH, "adagrad", { RATE("0.01") } },
    { BOOTH, "rmsprop", { RATE("0.01") } },
    { BOOTH, "adam", { RATE("0.01") } },
    { HYPER, "gradient-descent", { RATE("0.1") } },
    { HYPER, "momentum", { RATE("0.1"), MOMENTUM("0.9") } },
    { HYPER, "nag", { RATE("0.1"), MOMENTUM("0.9") } },
    { HYPER, "adagrad", { RATE("0.1") } },
    { HYPER, "rmsprop", { RATE("0.1") } },
    { HYPER, "adam", { RATE("0.1") } },
    { BEALE, "gradient-descent", { RATE("1e-3") } },
    { BEALE, "momentum", { RATE("2.5e-3"), MOMENTUM("0.7") } },
    { BEALE, "nag", { RATE("5.5e-4"), MOMENTUM("0.9") } },
    { BEALE, "adagrad", { RATE("1") } },
    { BEALE, "rmsprop", { RATE("0.15") } },
    { BEALE, "adam", { RATE("1") } },
};
enum { ARTICLE_COUNT = sizeof article / sizeof *article };

/* As the reference measures: relative, but absolute below 1. */
static double deviation(double value, double reference)
{
    return fabs(value - reference) / fmax(1, fabs(reference));
}

static double distance(struct vec2 a, struct vec2 b)
{
    return fmax(deviation(a.x, b.x), deviation(a.y, b.y));
}

static const char *short_name(const char *method)
{
    return !strcmp(method, "gradient-descent") ? "gd" : method;
}

static struct table reference_read(const struct setting *setting, const char *folder)
{
    char path[256];
    snprintf(path, sizeof path, "reference/trajectories/%s/%s_%s.csv", folder, setting->figure,
             short_name(setting->method));
    return table_read(test_path(path));
}

static struct vec2 point_at(const struct table *table, size_t row)
{
    return (struct vec2){ table_at(table, row, "x"), table_at(table, row, "y") };
}

static const struct setting *article_find(const char *figure, const char *method)
{
    for (size_t i = 0; i < ARTICLE_COUNT; i++) {
        if (!strcmp(article[i].figure, figure)
            && !strcmp(short_name(article[i].method), method)) {
            return &article[i];
        }
    }
    ck_abort_msg("no run %s %s", figure, method);
    return NULL;
}

/* The article's own run, as the article ran it. */
static struct trajectory article_run(const char *figure, const char *method)
{
    return setting_run(article_find(figure, method), DIALECT_TENSORFLOW1, PRECISION_SINGLE);
}

START_TEST(the_article_is_met_in_single_precision)
{
    struct table limits = table_read(test_path("reference/trajectories/tolerances.csv"));
    ck_assert_uint_eq(limits.rows, ARTICLE_COUNT);
    const char *figure = table_text(&limits, _i, "fig");
    const struct setting *setting = article_find(figure, table_text(&limits, _i, "opt"));
    struct table reference = reference_read(setting, "tf1_f32");
    struct trajectory path = setting_run(setting, DIALECT_TENSORFLOW1, PRECISION_SINGLE);
    ck_assert_uint_eq(path.count, reference.rows);
    ck_assert(!path.diverged);
    for (size_t row = 0; row < table_at(&limits, _i, "prefix"); row++) {
        double off = distance(path.points[row], point_at(&reference, row));
        double loss_off = deviation(path.losses[row], table_at(&reference, row, "loss"));
        ck_assert_msg(off <= table_at(&limits, _i, "tol_path"), "row %zu: %g", row, off);
        ck_assert_msg(loss_off <= table_at(&limits, _i, "tol_loss"), "row %zu: %g", row, loss_off);
    }
    trajectory_finish(&path);
    table_free(&reference);
    table_free(&limits);
}
END_TEST

/* On the three quadratic figures the order of operations is forced, so that
 * rounding every one of them to float must give the reference's very floats. */
START_TEST(quadratic_figures_are_met_to_the_bit)
{
    const struct setting *setting = &article[_i];
    if (!strcmp(setting->figure, "beale")) {
        return;
    }
    struct table reference = reference_read(setting, "tf1_f32");
    struct trajectory path = setting_run(setting, DIALECT_TENSORFLOW1, PRECISION_SINGLE);
    for (size_t row = 0; row < reference.rows; row++) {
        struct vec2 expected = point_at(&reference, row);
        ck_assert_msg(path.points[row].x == (float)expected.x
                      && path.points[row].y == (float)expected.y, "row %zu", row);
    }
    trajectory_finish(&path);
    table_free(&reference);
}
END_TEST

/* After the prefixes that can be compared, two runs are chaotic; they must
 * still be where the article's are. */
START_TEST(chaotic_tails_stay_where_they_belong)
{
    struct trajectory momentum = article_run("beale", "momentum");
    for (size_t row = 170; row < 200; row++) {
        ck_assert(range_holds((struct range){ -0.2, 0.4 }, momentum.points[row].x));
        ck_assert(range_holds((struct range){ -3, -2.4 }, momentum.points[row].y));
        ck_assert(range_holds((struct range){ 9.7, 30 }, momentum.losses[row]));
    }
    struct trajectory rmsprop = article_run("beale", "rmsprop");
    for (size_t row = 88; row < 200; row++) {
        struct vec2 at = rmsprop.points[row];
        ck_assert(range_holds((struct range){ 2.55, 3.30 }, at.x));
        ck_assert(range_holds((struct range){ 0.10, 0.80 }, at.y));
        ck_assert_double_le(hypot(at.x - 3, at.y - 0.5), 0.45);
    }
    trajectory_finish(&momentum);
    trajectory_finish(&rmsprop);
}
END_TEST

/* How far the path has moved at each row, or earlier, when its start moves by
 * the least that doubles can: what rounding may do to it. */
static void measure_sensitivity(const struct setting *setting, enum dialect dialect,
                                const struct trajectory *path, double *sensitivity)
{
    memset(sensitivity, 0, path->count * sizeof *sensitivity);
    for (int k = 0; k < 8; k++) {
        struct setting moved = *setting;
        double *coordinate = k % 2 ? &moved.start_x : &moved.start_y;
        *coordinate *= 1 + (k - 3.5) * 2 * DBL_EPSILON;
        struct trajectory other = setting_run(&moved, dialect, PRECISION_DOUBLE);
        for (size_t row = 0; row < path->count; row++) {
            double reached = fmax(sensitivity[row], row ? sensitivity[row - 1] : 0);
            sensitivity[row] = fmax(reached, distance(path->points[row], other.points[row]));
        }
        trajectory_finish(&other);
    }
}

/* The references order some operations otherwise, so rows may differ as much
 * as rounding makes them. That is less than 1e-12 nearly everywhere; where it is
 * more (Beale: momentum at its saddle, RMSProp in its chaotic tail) the bound
 * follows the path's own sensitivity. */
START_TEST(every_dialect_is_met_in_double_precision)
{
    static const struct {
        const char *folder;
        enum dialect dialect;
    } references[] = { { "tf1_f64", DIALECT_TENSORFLOW1 }, { "textbook", DIALECT_TEXTBOOK },
                       { "pytorch", DIALECT_PYTORCH }, { "keras3", DIALECT_KERAS3 } };
    const struct setting *setting = &article[_i];
    for (size_t k = 0; k < DIALECT_COUNT; k++) {
        struct table reference = reference_read(setting, references[k].folder);
        struct trajectory path = setting_run(setting, references[k].dialect, PRECISION_DOUBLE);
        double sensitivity[256];
        ck_assert_uint_eq(path.count, reference.rows);
        measure_sensitivity(setting, references[k].dialect, &path, sensitivity);
        for (size_t row = 0; row < path.count; row++) {
            double off = distance(path.points[row], point_at(&reference, row));
            ck_assert_msg(off <= 1e-12 + 100 * sensitivity[row], "%s %s %s row %zu: %g, %g",
                          references[k].folder, setting->figure, setting->method, row, off,
                          sensitivity[row]);
        }
        trajectory_finish(&path);
        table_free(&reference);
    }
}
END_TEST

START_TEST(the_loss_is_that_of_its_point)
{
    const struct setting *setting = &article[_i];
    for (enum precision precision = PRECISION_SINGLE; precision <= PRECISION_DOUBLE; precision++) {
        struct report report = { 0 };
        struct ready ready;
        struct trajectory path;
        ck_assert(setting_resolve(&ready, setting, DIALECT_TEXTBOOK, precision, &report));
        trajectory_run(&path, &ready.run, &ready.objective);
        for (size_t row = 0; row < path.count; row++) {
            struct jet jet = objective_gradient(&ready.objective, path.points[row], precision);
            ck_assert(path.losses[row] == jet.f);
        }
        trajectory_finish(&path);
        objective_finish(&ready.objective);
    }
}
END_TEST

/* The captions of the article, judged by numbers. */
static int sign_changes(const struct trajectory *path)
{
    int changes = 0;
    for (size_t row = 1; row < path->count; row++) {
        changes += (path->points[row - 1].y < 0) != (path->points[row].y < 0);
    }
    return changes;
}

START_TEST(quad_descent_bounces_more_than_momentum)
{
    struct trajectory descent = article_run("quad", "gd");
    struct trajectory momentum = article_run("quad", "momentum");
    ck_assert_int_eq(sign_changes(&descent), 19);
    ck_assert_int_eq(sign_changes(&momentum), 11);
    trajectory_finish(&descent);
    trajectory_finish(&momentum);
}
END_TEST

static double distance_to(const struct trajectory *path, size_t row, double x, double y)
{
    return hypot(path->points[row].x - x, path->points[row].y - y);
}

START_TEST(booth_is_reached_by_nesterov_first)
{
    static const struct {
        const char *method;
        double overshoot; /* beyond the minimum in y */
        size_t arrival;   /* within 0.1 from this row on */
    } claims[] = { { "nag", 0.67, 55 }, { "momentum", 1.53, 68 } };
    for (size_t i = 0; i < 2; i++) {
        struct trajectory path = article_run("booth", claims[i].method);
        double overshoot = 0;
        size_t arrival = 0;
        for (size_t row = 0; row < path.count; row++) {
            overshoot = fmax(overshoot, path.points[row].y - 3);
            arrival = distance_to(&path, row, 1, 3) > 0.1 ? row + 1 : arrival;
        }
        ck_assert_double_eq_tol(overshoot, claims[i].overshoot, 0.005);
        ck_assert_uint_eq(arrival, claims[i].arrival);
        trajectory_finish(&path);
    }
}
END_TEST

START_TEST(booth_adaptive_methods_hardly_move)
{
    static const struct {
        const char *method;
        double left;
    } claims[] = { { "adagrad", 4.85 }, { "rmsprop", 4.31 }, { "adam", 4.39 } };
    for (size_t i = 0; i < 3; i++) {
        struct trajectory path = article_run("booth", claims[i].method);
        ck_assert_double_eq(distance_to(&path, 0, 1, 3), 5);
        ck_assert_double_eq_tol(distance_to(&path, path.count - 1, 1, 3), claims[i].left, 0.005);
        trajectory_finish(&path);
    }
}
END_TEST

START_TEST(hyper_saddle_attracts_and_lets_go)
{
    static const struct {
        const char *method;
        size_t near;    /* rows within 0.5 of the saddle */
        double closest;
        size_t leaves;  /* the first row outside the plot; 50: none */
        double end_x;
    } claims[] = { { "gd", 38, 0.0146, 50, 0.758 }, { "momentum", 4, 0.014, 28, 28339 },
                   { "nag", 11, 0.152, 23, 987910 } };
    for (size_t i = 0; i < 3; i++) {
        struct trajectory path = article_run("hyper", claims[i].method);
        size_t near = 0, leaves = path.count;
        double closest = INFINITY;
        for (size_t row = path.count; row-- > 0;) {
            near += distance_to(&path, row, 0, 0) < 0.5;
            closest = fmin(closest, distance_to(&path, row, 0, 0));
            leaves = fabs(path.points[row].x) > 4 ? row : leaves;
        }
        ck_assert_uint_eq(near, claims[i].near);
        ck_assert_double_eq_tol(closest, claims[i].closest, 0.0005);
        ck_assert_uint_eq(leaves, claims[i].leaves);
        ck_assert_double_lt(deviation(path.points[path.count - 1].x, claims[i].end_x), 1e-3);
        trajectory_finish(&path);
    }
}
END_TEST

START_TEST(hyper_adam_is_lowest_for_six_steps)
{
    static const char *const methods[] = { "adam", "gd", "momentum", "nag", "adagrad", "rmsprop" };
    struct trajectory paths[6];
    for (size_t i = 0; i < 6; i++) {
        paths[i] = article_run("hyper", methods[i]);
    }
    for (size_t row = 1; row < 50; row++) {
        bool leads = true;
        for (size_t i = 1; i < 6; i++) {
            leads &= paths[0].losses[row] < paths[i].losses[row];
        }
        ck_assert_msg(leads == (row >= 16 && row <= 21), "row %zu", row);
    }
    for (size_t i = 0; i < 6; i++) {
        trajectory_finish(&paths[i]);
    }
}
END_TEST

START_TEST(beale_is_won_by_adam)
{
    static const char *const order[] = { "adam", "rmsprop", "adagrad", "nag", "gd", "momentum" };
    double before = 0;
    for (size_t i = 0; i < 6; i++) {
        struct trajectory path = article_run("beale", order[i]);
        double left = distance_to(&path, path.count - 1, 3, 0.5);
        ck_assert_msg(left > before, "%s: %g", order[i], left);
        before = left;
        trajectory_finish(&path);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trajectory");
    TCase *cases = tcase_create("trajectory");
    tcase_add_loop_test(cases, the_article_is_met_in_single_precision, 0, ARTICLE_COUNT);
    tcase_add_loop_test(cases, quadratic_figures_are_met_to_the_bit, 0, ARTICLE_COUNT);
    tcase_add_test(cases, chaotic_tails_stay_where_they_belong);
    tcase_add_loop_test(cases, every_dialect_is_met_in_double_precision, 0, ARTICLE_COUNT);
    tcase_add_loop_test(cases, the_loss_is_that_of_its_point, 0, ARTICLE_COUNT);
    tcase_add_test(cases, quad_descent_bounces_more_than_momentum);
    tcase_add_test(cases, booth_is_reached_by_nesterov_first);
    tcase_add_test(cases, booth_adaptive_methods_hardly_move);
    tcase_add_test(cases, hyper_saddle_attracts_and_lets_go);
    tcase_add_test(cases, hyper_adam_is_lowest_for_six_steps);
    tcase_add_test(cases, beale_is_won_by_adam);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
