/* Critical points that are found without being told where. */
#include "support.h"

#include <math.h>
#include <string.h>

#include "model/catalogue.h"
#include "model/critical.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct text text_of(const char *text)
{
    return (struct text){ .text = text, .length = strlen(text) };
}

/* Something with its points. */
struct found {
    struct objective objective;
    struct report report;
    struct critical_points points;
};

static void find(struct found *found, const struct problem_section *problem)
{
    *found = (struct found){ 0 };
    ck_assert(objective_init(&found->objective, problem, &found->report));
    critical_find(&found->points, &found->objective);
}

static void find_in(struct found *found, const char *name)
{
    struct problem_section problem = { .function = text_of(name) };
    find(found, &problem);
}

static void find_of(struct found *found, const char *formula, double half)
{
    struct range box = { -half, half };
    struct problem_section problem = {
        .formula = text_of(formula), .start = { .given = true, .value = { 0.25, 0.25 } },
        .x = { .given = true, .value = box }, .y = { .given = true, .value = box }
    };
    find(found, &problem);
}

static void found_finish(struct found *found)
{
    critical_finish(&found->points);
    objective_finish(&found->objective);
    report_finish(&found->report);
}

static size_t count_of(const struct found *found, enum critical_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < found->points.count; i++) {
        count += found->points.items[i].kind == kind;
    }
    return count;
}

static const struct critical_point *point_near(const struct found *found, double x, double y)
{
    for (size_t i = 0; i < found->points.count; i++) {
        const struct critical_point *point = &found->points.items[i];
        if (fabs(point->at.x - x) < 1e-5 && fabs(point->at.y - y) < 1e-5) {
            return point;
        }
    }
    return NULL;
}

/* How many there are of each kind, from the literature or from the factors of sums. */
START_TEST(all_points_are_found)
{
    static const struct {
        const char *name;
        size_t minima, maxima, saddles;
    } rows[] = {
        { "saddle", 0, 0, 1 }, { "quad", 1, 0, 0 }, { "booth", 1, 0, 0 }, { "beale", 1, 0, 2 },
        { "rosenbrock", 1, 0, 0 }, { "himmelblau", 4, 1, 4 }, { "camel3", 3, 0, 2 },
        { "camel6", 6, 2, 7 }, { "goldstein-price", 4, 1, 4 }, { "styblinski-tang", 4, 1, 4 },
        { "peaks", 3, 3, 3 }, { "dixon-price", 2, 0, 1 },
        { "rastrigin", 11 * 11, 10 * 10, 2 * 11 * 10 }, { "shubert", 19 * 38, 19 * 38, 38 * 38 },
        { "monkey-saddle", 0, 0, 1 }, { "long-valley", 2, 0, 1 }, { "line-fit", 1, 0, 0 },
        { "bukin-6", 1, 0, 0 }, { "alpine-1", 64, 49, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct found found;
        find_in(&found, rows[i].name);
        ck_assert(!found.points.is_cut);
        ck_assert_msg(count_of(&found, CRITICAL_MINIMUM) == rows[i].minima
                      && count_of(&found, CRITICAL_MAXIMUM) == rows[i].maxima
                      && count_of(&found, CRITICAL_SADDLE) == rows[i].saddles,
                      "%s: %zu, %zu, %zu", rows[i].name, count_of(&found, CRITICAL_MINIMUM),
                      count_of(&found, CRITICAL_MAXIMUM), count_of(&found, CRITICAL_SADDLE));
        found_finish(&found);
    }
}
END_TEST

START_TEST(what_the_catalogue_knows_is_found)
{
    size_t count;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct catalogue_entry *entry = &entries[i];
        struct found found;
        find_in(&found, entry->name);
        for (size_t k = 0; k < entry->saddle_count; k++) {
            const struct critical_point *point = point_near(&found, entry->saddles[k].x,
                                                            entry->saddles[k].y);
            ck_assert_msg(point && point->kind == CRITICAL_SADDLE
                          && point->form == CRITICAL_REGULAR, "%s, saddle %zu", entry->name, k);
        }
        for (size_t k = 0; k < entry->minimum_count; k++) {
            struct vec2 at = entry->minima[k];
            const struct critical_point *point = point_near(&found, at.x, at.y);
            bool is_on_edge = at.x <= entry->x.lo || at.x >= entry->x.hi || at.y <= entry->y.lo
                           || at.y >= entry->y.hi;
            ck_assert_msg(point ? point->kind == CRITICAL_MINIMUM
                                : is_on_edge || !strcmp(entry->name, "cliff"),
                          "%s, minimum %zu", entry->name, k);
        }
        ck_assert_msg(!entry->minimum_count || found.points.least
                      <= entry->least + 1e-9 * fmax(1, fabs(entry->least)), "%s: %.17g",
                      entry->name, found.points.least);
        found_finish(&found);
    }
}
END_TEST

/* How often the gradient turns on the way around the box; NaN when it is nearly 0 there. */
static double turns(const struct objective *objective)
{
    enum { SIDE = 100000 };
    double w = objective->x.hi - objective->x.lo, h = objective->y.hi - objective->y.lo;
    double sum = 0, last = 0;
    for (int i = 0; i <= 4 * SIDE; i++) {
        double part = (double)(i % SIDE) / SIDE;
        int side = i / SIDE % 4;
        double u = side == 0 ? part : side == 1 ? 1 : side == 2 ? 1 - part : 0;
        double v = side == 0 ? 0 : side == 1 ? part : side == 2 ? 1 : 1 - part;
        struct vec2 at = { objective->x.lo + u * w, objective->y.lo + v * h };
        struct jet jet = objective_gradient(objective, at, PRECISION_DOUBLE);
        double angle = atan2(jet.fy * h, jet.fx * w);
        double turned = remainder(angle - last, 2 * acos(-1));
        sum += i ? turned : 0;
        last = angle;
        if (i && fabs(turned) > 3) {
            return NAN;
        }
    }
    return sum / (2 * acos(-1));
}

/* Poincare and Hopf: an extremum counts 1, a saddle -1, the monkey's saddle -2. */
START_TEST(points_add_up_to_the_turns_of_the_gradient)
{
    static const char *const smooth[] = {
        "saddle", "quad", "booth", "beale", "rosenbrock", "himmelblau", "rastrigin", "sphere",
        "matyas", "trid", "zakharov", "dixon-price", "freudenstein-roth", "camel3", "camel6",
        "goldstein-price", "branin", "mccormick", "styblinski-tang", "peaks", "griewank", "levy",
        "bohachevsky", "bird", "shubert", "adjiman", "long-valley", "noisy-moons",
        "line-fit", "ill-conditioned", "monkey-saddle"
    };
    for (size_t i = 0; i < COUNT(smooth); i++) {
        struct found found;
        find_in(&found, smooth[i]);
        double sum = -(double)!strcmp(smooth[i], "monkey-saddle");
        for (size_t k = 0; k < found.points.count; k++) {
            sum += found.points.items[k].kind == CRITICAL_SADDLE ? -1 : 1;
        }
        double expected = turns(&found.objective);
        ck_assert_msg(fabs(sum - expected) < 0.01, "%s: %g, not %g", smooth[i], sum, expected);
        found_finish(&found);
    }
}
END_TEST

START_TEST(points_have_places_values_and_eigenvalues)
{
    struct found found;
    find_of(&found, "x^4/4 - x^2/2 + 3*y^2", 2);
    ck_assert_uint_eq(found.points.count, 3);
    const struct critical_point *items = found.points.items;
    ck_assert(items[0].at.x == -1 && items[0].at.y == 0 && items[0].value == -0.25);
    ck_assert(items[0].kind == CRITICAL_MINIMUM && items[0].form == CRITICAL_REGULAR);
    ck_assert(items[0].eigenvalues.lo == 2 && items[0].eigenvalues.hi == 6);
    ck_assert(items[1].at.x == 1 && items[1].kind == CRITICAL_MINIMUM);
    ck_assert(items[2].at.x == 0 && items[2].kind == CRITICAL_SADDLE);
    ck_assert(items[2].eigenvalues.lo == -1 && items[2].eigenvalues.hi == 6);
    ck_assert(found.points.least == -0.25);
    found_finish(&found);
    find_of(&found, "5 - x^2 - x*y - 2*y^2", 1); /* trace -6, determinant 7 */
    ck_assert_uint_eq(found.points.count, 1);
    items = found.points.items;
    ck_assert(items[0].kind == CRITICAL_MAXIMUM && items[0].value == 5);
    ck_assert_double_eq_tol(items[0].eigenvalues.lo, -3 - sqrt(2), 1e-10);
    ck_assert_double_eq_tol(items[0].eigenvalues.hi, -3 + sqrt(2), 1e-10);
    ck_assert(found.points.least == 1 && fabs(found.points.lowest.x) == 1);
    found_finish(&found);
}
END_TEST

/* What one point at (0, 0) is, where the Hessian does not say. */
START_TEST(other_points_are_told_as_such)
{
    static const struct {
        const char *formula;
        enum critical_kind kind;
        enum critical_form form;
    } rows[] = {
        { "x^2 + y^4", CRITICAL_MINIMUM, CRITICAL_DEGENERATE },
        { "x^4 + y^4", CRITICAL_MINIMUM, CRITICAL_DEGENERATE },
        { "-x^4 - y^2", CRITICAL_MAXIMUM, CRITICAL_DEGENERATE },
        { "x^3 - 3*x*y^2", CRITICAL_SADDLE, CRITICAL_DEGENERATE },
        { "x^2 - y^4", CRITICAL_SADDLE, CRITICAL_DEGENERATE },
        { "x^2 + y^3", CRITICAL_SADDLE, CRITICAL_DEGENERATE },
        { "abs(x) + y^2", CRITICAL_MINIMUM, CRITICAL_KINK },
        { "abs(x) + x^2 + y^2", CRITICAL_MINIMUM, CRITICAL_KINK },
        { "abs(x - 0) + 3*abs(y)", CRITICAL_MINIMUM, CRITICAL_KINK },
        { "max(abs(x), abs(y))", CRITICAL_MINIMUM, CRITICAL_KINK },
        { "-hypot(x, y)", CRITICAL_MAXIMUM, CRITICAL_KINK },
        { "1 - exp(-hypot(x, y))", CRITICAL_MINIMUM, CRITICAL_KINK },
        { "x^2 + y^12", CRITICAL_MINIMUM, CRITICAL_DEGENERATE },
        { "x^2 - y^12", CRITICAL_SADDLE, CRITICAL_DEGENERATE },
        { "x^2 + y^2 + 1e-4*abs(x)", CRITICAL_MINIMUM, CRITICAL_KINK }, /* a slight one */
        { "(x - y)^2", CRITICAL_MINIMUM, CRITICAL_CURVE },
        { "(x - y)^4", CRITICAL_MINIMUM, CRITICAL_CURVE },
        { "-abs(3*x - y)", CRITICAL_MAXIMUM, CRITICAL_CURVE },
        { "abs(x - y)", CRITICAL_MINIMUM, CRITICAL_CURVE },
        { "-(2*x + y)^2", CRITICAL_MAXIMUM, CRITICAL_CURVE },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct found found;
        find_of(&found, rows[i].formula, 2);
        ck_assert_msg(found.points.count == 1, "%s: %zu points", rows[i].formula,
                      found.points.count);
        const struct critical_point *point = &found.points.items[0];
        bool is_curve = point->form == CRITICAL_CURVE;
        ck_assert_msg(point->kind == rows[i].kind && point->form == rows[i].form, "%s: %s %s",
                      rows[i].formula, critical_form_name(point->form),
                      critical_kind_name(point->kind));
        ck_assert_msg(is_curve || (fabs(point->at.x) < 1e-6 && fabs(point->at.y) < 1e-6), "%s",
                      rows[i].formula);
        bool is_kink = point->form == CRITICAL_KINK
                    || (is_curve && strstr(rows[i].formula, "abs"));
        ck_assert(isnan(point->eigenvalues.lo) == is_kink);
        ck_assert(fabs(point->value) < 1e-6);
        found_finish(&found);
    }
}
END_TEST

static size_t count_of_form(const struct found *found, enum critical_form form)
{
    size_t count = 0;
    for (size_t i = 0; i < found->points.count; i++) {
        count += found->points.items[i].form == form;
    }
    return count;
}

/* Michalewicz's ravines are level to rounding but for their crossings: sin(2*y^2/pi)^20 is 0
 * only at y = pi/sqrt(2) in between, where f is highest along y. */
START_TEST(a_pass_that_is_flat_to_rounding_is_a_saddle)
{
    struct found found;
    find_in(&found, "michalewicz");
    ck_assert_uint_eq(count_of(&found, CRITICAL_MINIMUM), 2);
    ck_assert_uint_eq(count_of_form(&found, CRITICAL_REGULAR), 2);
    ck_assert_uint_eq(found.points.count, 3);
    const struct critical_point *pass = &found.points.items[2];
    ck_assert(pass->kind == CRITICAL_SADDLE && pass->form == CRITICAL_DEGENERATE);
    ck_assert(fabs(pass->at.x - found.objective.minima[0].x) < 1e-6);
    ck_assert_double_eq_tol(pass->at.y, acos(-1) / sqrt(2), 0.002);
    found_finish(&found);
}
END_TEST

/* What is analytic has no kinks, whatever the operations of its formula. */
START_TEST(smooth_functions_have_no_kinks)
{
    static const char *const names[] = { "schaffer-2", "schaffer-4", "drop-wave" };
    for (size_t i = 0; i < COUNT(names); i++) {
        struct found found;
        find_in(&found, names[i]);
        ck_assert_msg(!count_of_form(&found, CRITICAL_KINK), "%s", names[i]);
        if (!strcmp(names[i], "drop-wave")) { /* -1 + 36.25*r^2 at 0 */
            const struct critical_point *point = point_near(&found, 0, 0);
            ck_assert(point && point->form == CRITICAL_REGULAR);
            ck_assert_double_eq_tol(point->eigenvalues.lo, 72.5, 1e-5);
            ck_assert_double_eq_tol(point->eigenvalues.hi, 72.5, 1e-5);
        }
        found_finish(&found);
    }
    struct found found; /* sqrt has a slope without end at 0, but r^4 and its like are smooth */
    find_of(&found, "x^2 + 3*y^2 + hypot(x, y)^4", 2);
    const struct critical_point *point = point_near(&found, 0, 0);
    ck_assert(found.points.count == 1 && point && point->form == CRITICAL_REGULAR);
    ck_assert_double_eq_tol(point->eigenvalues.lo, 2, 1e-5);
    ck_assert_double_eq_tol(point->eigenvalues.hi, 6, 1e-5);
    found_finish(&found);
}
END_TEST

/* How many curves of each kind: rings and their arcs in the corners are one each, counted by
 * their radii; lines that cross are one with all that they cross. */
START_TEST(lines_of_one_value_are_one_curve)
{
    static const struct {
        const char *name;
        size_t minima, maxima, others; /* others: points that are no curves */
    } rows[] = {
        { "drop-wave", 9 + 4 * 4, 10 + 4 * 4, 1 }, { "salomon", 5 + 2 * 4, 5 + 2 * 4, 1 },
        { "cross-in-tray", 0, 1, 6 * 6 }, { "keane", 0, 1, 24 }, { "holder-table", 0, 1, 42 },
        { "cliff", 1, 0, 0 }, { "deep-linear", 2, 0, 1 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct found found;
        size_t curves[CRITICAL_SADDLE + 1] = { 0 };
        find_in(&found, rows[i].name);
        for (size_t k = 0; k < found.points.count; k++) {
            const struct critical_point *point = &found.points.items[k];
            curves[point->kind] += point->form == CRITICAL_CURVE;
        }
        size_t others = found.points.count - count_of_form(&found, CRITICAL_CURVE);
        ck_assert_msg(curves[CRITICAL_MINIMUM] == rows[i].minima
                      && curves[CRITICAL_MAXIMUM] == rows[i].maxima
                      && others == rows[i].others, "%s: %zu, %zu, %zu", rows[i].name,
                      curves[CRITICAL_MINIMUM], curves[CRITICAL_MAXIMUM], others);
        found_finish(&found);
    }
}
END_TEST

START_TEST(where_there_is_none_none_is_found)
{
    static const char *const formulas[] = {
        "x + 2*y", "5", "floor(x)", "exp(x)*y^0", "1/x", "abs(x) + y", "sqrt(x - 1)*0 + y",
        "x^3 + y", "(y - 2)^2 - exp(60*(x - 4))", /* falls, in most places by less than rounding */
        "floor(x)*floor(y)", "-abs(x - y) + x", /* a ridge that rises */
        "(x - y)^2 + 1e-9*x" /* a valley with a slope */
    };
    for (size_t i = 0; i < COUNT(formulas); i++) {
        struct range box = { 1.5, 4 };
        struct problem_section problem = {
            .formula = text_of(formulas[i]), .start = { .given = true, .value = { 2, 2 } },
            .x = { .given = true, .value = box }, .y = { .given = true, .value = box }
        };
        struct found found;
        find(&found, &problem);
        ck_assert_msg(found.points.count == 0, "%s: %zu", formulas[i], found.points.count);
        found_finish(&found);
    }
}
END_TEST

/* Two minima and a saddle, closer together than the grid's cells. */
START_TEST(close_points_are_kept_apart)
{
    const struct range box = { -2, 2 };
    struct vec2 stated[] = { { -0.01, 0 }, { 0.01, 0 } };
    struct place places[COUNT(stated)] = { { 0 } };
    struct problem_section problem = {
        .formula = text_of("(x^2 - 0.0001)^2 + y^2"), .start = { .given = true },
        .x = { .given = true, .value = box }, .y = { .given = true, .value = box },
        .minimum = { .kind = MINIMUM_GIVEN, .points = stated, .places = places,
                     .count = COUNT(stated) }
    };
    struct found found;
    find(&found, &problem);
    ck_assert(point_near(&found, -0.01, 0) && point_near(&found, 0.01, 0));
    ck_assert_uint_eq(count_of(&found, CRITICAL_MINIMUM), 2);
    found_finish(&found);
}
END_TEST

/* How many warnings there are for minima as they are stated, and at which of them. */
START_TEST(each_stated_minimum_is_checked)
{
    static const struct {
        const char *formula;
        struct vec2 stated[2];
        unsigned warned; /* bits: which */
    } rows[] = { /* minima at (-1, 0) and (1, 0), but for the slope */
        { "(x^2 - 1)^2 + y^2", { { -1, 0 }, { 1, 0 } }, 0 },
        { "(x^2 - 1)^2 + y^2 - 0.001*x", { { -0.999875, 0 }, { 1.000125, 0 } }, 1 },
        { "(x^2 - 1)^2 + y^2 + 0.001*x", { { -1.000125, 0 }, { 0.999875, 0 } }, 2 },
        { "(x^2 - 1)^2 + y^2 - 0.000000000001*x", { { -1, 0 }, { 1, 0 } }, 0 }, /* is rounding */
        { "1/(x^2 + y^2)", { { 0, 0 }, { 2, 2 } }, 0 }, /* the first has no value */
        { "x + y", { { 0, 0 }, { -2, -2 } }, 1 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct place places[] = { { .offset = 1 }, { .offset = 2 } };
        struct problem_section problem = {
            .formula = text_of(rows[i].formula), .start = { .given = true, .value = { 1, 1 } },
            .x = { .given = true, .value = { -2, 2 } }, .y = { .given = true, .value = { -2, 2 } },
        };
        struct found found;
        struct report report = { 0 };
        unsigned warned = 0;
        problem.minimum = (struct minima){ .kind = MINIMUM_GIVEN, .count = 2, .places = places,
                                           .points = (struct vec2 *)rows[i].stated };
        find(&found, &problem);
        critical_check(&found.objective, &problem, &report);
        for (size_t k = 0; k < report.count; k++) {
            warned |= (unsigned)report.entries[k].place.offset;
        }
        ck_assert_msg(warned == rows[i].warned, "%s: %u", rows[i].formula, warned);
        report_finish(&report);
        found_finish(&found);
    }
}
END_TEST

START_TEST(all_runs_find_the_same)
{
    static const char *const names[] = { "eggholder", "keane", "cross-in-tray" };
    for (size_t i = 0; i < COUNT(names); i++) {
        struct found first, second;
        find_in(&first, names[i]);
        find_in(&second, names[i]);
        ck_assert_uint_gt(first.points.count, 0);
        ck_assert_uint_eq(first.points.count, second.points.count);
        ck_assert(!memcmp(first.points.items, second.points.items,
                          first.points.count * sizeof *first.points.items));
        found_finish(&first);
        found_finish(&second);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("critical");
    TCase *cases = tcase_create("critical");
    tcase_set_timeout(cases, 300);
    tcase_add_test(cases, all_points_are_found);
    tcase_add_test(cases, what_the_catalogue_knows_is_found);
    tcase_add_test(cases, points_add_up_to_the_turns_of_the_gradient);
    tcase_add_test(cases, points_have_places_values_and_eigenvalues);
    tcase_add_test(cases, other_points_are_told_as_such);
    tcase_add_test(cases, a_pass_that_is_flat_to_rounding_is_a_saddle);
    tcase_add_test(cases, smooth_functions_have_no_kinks);
    tcase_add_test(cases, lines_of_one_value_are_one_curve);
    tcase_add_test(cases, where_there_is_none_none_is_found);
    tcase_add_test(cases, close_points_are_kept_apart);
    tcase_add_test(cases, each_stated_minimum_is_checked);
    tcase_add_test(cases, all_runs_find_the_same);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
