/* The catalogue: what its rows state is true. */
#include "support.h"

#include <math.h>
#include <string.h>

#include "model/catalogue.h"
#include "model/critical.h"
#include "model/objective.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Digits of values that a sum of large terms leaves. */
static const double ROUNDED = 1e-12;

/* What the field publishes: the box, the lowest and the highest value there; those
 * that are not finite have no such number. From shared tables of test functions
 * whose minima were recomputed. */
static const struct published {
    const char *name;
    struct range x, y;
    double least, most;
} published[] = {
    { "sphere", { -5.12, 5.12 }, { -5.12, 5.12 }, 0, 52 },
    { "quad", { -4.5, 4.5 }, { -4.5, 4.5 }, 0, 101 },
    { "saddle", { -4, 4 }, { -4, 4 }, -16, 16 },
    { "monkey-saddle", { -2, 2 }, { -2, 2 }, -16, 16 },
    { "booth", { -10, 10 }, { -10, 10 }, 0, 2594 },
    { "matyas", { -10, 10 }, { -10, 10 }, 0, 100 },
    { "trid", { -4, 4 }, { -4, 4 }, -2, 50 },
    { "zakharov", { -5, 10 }, { -5, 10 }, 0, 5.1e4 },
    { "beale", { -4.5, 4.5 }, { -4.5, 4.5 }, 0, 1.8e5 },
    { "rosenbrock", { -2, 2 }, { -1, 3 }, 0, 2509 },
    { "dixon-price", { -10, 10 }, { -10, 10 }, 0, 8.8e4 },
    { "freudenstein-roth", { -10, 20 }, { -3, 6 }, 0, 2.7e4 },
    { "himmelblau", { -5, 5 }, { -5, 5 }, 0, 890 },
    { "camel3", { -5, 5 }, { -5, 5 }, 0, 2048 },
    { "camel6", { -3, 3 }, { -2, 2 }, -1.031628, 163 },
    { "goldstein-price", { -2, 2 }, { -2, 2 }, 3, 1.0e6 },
    { "branin", { -5, 10 }, { 0, 15 }, 0.397887, 308 },
    { "mccormick", { -1.5, 4 }, { -3, 4 }, -1.913223, 44 },
    { "styblinski-tang", { -5, 5 }, { -5, 5 }, -78.33233, 250 },
    { "adjiman", { -1, 2 }, { -1, 1 }, -2.021807, INFINITY },
    { "peaks", { -3, 3 }, { -3, 3 }, -6.551133, 8.1 },
    { "ackley", { -5, 5 }, { -5, 5 }, 0, 14.3 },
    { "ackley-2", { -32, 32 }, { -32, 32 }, -200, INFINITY },
    { "rastrigin", { -5.12, 5.12 }, { -5.12, 5.12 }, 0, 80.6 },
    { "griewank", { -10, 10 }, { -10, 10 }, 0, 2.04 },
    { "levy", { -10, 10 }, { -10, 10 }, 0, 95 },
    { "levy-13", { -10, 10 }, { -10, 10 }, 0, 453 },
    { "schwefel", { -500, 500 }, { -500, 500 }, 0, 1676 },
    { "schaffer-2", { -10, 10 }, { -10, 10 }, 0, 1 },
    { "schaffer-4", { -10, 10 }, { -10, 10 }, 0.292579, 1 },
    { "easom", { 0, 6.283185 }, { 0, 6.283185 }, -1, INFINITY },
    { "eggholder", { -512, 512 }, { -512, 512 }, -959.6407, 1049 },
    { "cross-in-tray", { -10, 10 }, { -10, 10 }, -2.062612, INFINITY },
    { "holder-table", { -10, 10 }, { -10, 10 }, -19.2085, INFINITY },
    { "drop-wave", { -5.12, 5.12 }, { -5.12, 5.12 }, -1, INFINITY },
    { "bukin-6", { -15, -5 }, { -3, 3 }, 0, 229 },
    { "michalewicz", { 0, 3.141592 }, { 0, 3.141592 }, -1.801303, INFINITY },
    { "bohachevsky", { -2, 2 }, { -2, 2 }, 0, 12 },
    { "shubert", { -10, 10 }, { -10, 10 }, -186.7309, 210 },
    { "salomon", { -5, 5 }, { -5, 5 }, 0, 2.65 },
    { "alpine-1", { -10, 10 }, { -10, 10 }, 0, INFINITY },
    { "bird", { -6.283185, 6.283185 }, { -6.283185, 6.283185 }, -106.764537, 176 },
    { "keane", { 0, 10 }, { 0, 10 }, -0.673668, INFINITY },
    /* By algebra, or a program of 30 digits. */
    { "long-valley", { -3, 3 }, { -1.5, 1.5 }, 0, 4.65625 },
    { "noisy-moons", { -6, 4 }, { -2, 8 }, 0.404100, INFINITY },
    { "line-fit", { -2, 4 }, { -4, 6 }, 3.6, INFINITY },
    { "ill-conditioned", { -4, 4 }, { -4, 4 }, 0, INFINITY },
    { "abs-sum", { -5, 5 }, { -5, 5 }, 0, 20 },
    { "cliff", { 4, 7 }, { -4, -1.5 }, 0, 0.4632 },
    { "deep-linear", { -3, 3 }, { -3, 3 }, 0, 100 },
};

/* One value of each at an irregular point, from a program of 40 digits that has the formulas
 * in the form in which they are published. */
static const struct {
    const char *name;
    struct vec2 at;
    double value;
} published_values[] = {
    { "saddle", { 1.37, -2.29 }, 3.3672 },
    { "quad", { 1.37, -2.29 }, 22.8533 },
    { "booth", { 1.37, -2.29 }, 124.9466 },
    { "beale", { 1.37, -2.29 }, 305.03705592149 },
    { "rosenbrock", { 1.37, -0.29 }, 469.6824610000001 },
    { "himmelblau", { 1.37, -2.29 }, 130.40777042 },
    { "rastrigin", { 1.37, -2.29 }, 36.45336993093544 },
    { "ackley", { 1.37, -2.29 }, 8.378131801378837 },
    { "sphere", { 1.37, -2.29 }, 7.121 },
    { "matyas", { 1.37, -2.29 }, 3.357364 },
    { "monkey-saddle", { 1.37, -1.29 }, -4.268098 },
    { "trid", { 1.37, -2.29 }, 14.0983 },
    { "zakharov", { 1.37, -2.29 }, 16.332929800625 },
    { "dixon-price", { 1.37, -2.29 }, 166.42004248 },
    { "freudenstein-roth", { 1.37, -2.29 }, 977.6122409434421 },
    { "camel3", { 1.37, -2.29 }, 3.263684751268166 },
    { "camel6", { 1.37, -1.29 }, 4.966984742536334 },
    { "goldstein-price", { 1.37, -1.29 }, 42061.49032039885 },
    { "branin", { 1.37, 2.29 }, 15.05527750851678 },
    { "mccormick", { 1.37, -2.29 }, 5.819998379963635 },
    { "styblinski-tang", { 1.37, -2.29 }, -43.75633079 },
    { "adjiman", { 1.37, -0.29 }, -1.320754150458697 },
    { "peaks", { 1.37, -1.29 }, -0.3119730876667278 },
    { "ackley-2", { 1.37, -2.29 }, -117.2857574840702 },
    { "griewank", { 1.37, -2.29 }, 1.011445427102607 },
    { "levy", { 1.37, -2.29 }, 1.391748505633575 },
    { "levy-13", { 1.37, -2.29 }, 21.25200169694268 },
    { "schwefel", { 137.25, -229.5 }, 1062.824679812329 },
    { "schaffer-2", { 1.37, -2.29 }, 0.0563814661145533 },
    { "schaffer-4", { 1.37, -2.29 }, 0.944435999807906 },
    { "easom", { 2.37, 4.29 }, -0.04333067299680526 },
    { "eggholder", { 137.25, -229.5 }, -59.92376841908688 },
    { "cross-in-tray", { 1.37, -2.29 }, -1.96252202601179 },
    { "holder-table", { 1.37, -2.29 }, -0.7504593824347536 },
    { "drop-wave", { 1.37, -2.29 }, -0.327623962995451 },
    { "bukin-6", { -11.37, -2.29 }, 189.2957382392371 },
    { "michalewicz", { 2.37, 1.29 }, -0.4957307504712131 },
    { "bohachevsky", { 1.37, -1.29 }, 5.973358441331278 },
    { "shubert", { 1.37, -2.29 }, 0.2366988640690667 },
    { "salomon", { 1.37, -2.29 }, 1.756732586003864 },
    { "alpine-1", { 1.37, -2.29 }, 2.973311064058753 },
    { "bird", { 1.37, -2.29 }, 28.08897775321867 },
    { "keane", { 1.37, 2.29 }, -0.05823760911395397 },
    { "long-valley", { 1.37, -1.29 }, 3.3563722100625 },
    { "noisy-moons", { 1.37, 2.29 }, 0.9039644642222234 },
    { "line-fit", { 1.37, -2.29 }, 39.3615 },
    { "ill-conditioned", { 1.37, -2.29 }, 355.9649342149995 },
    { "abs-sum", { 1.37, -2.29 }, 8.24 },
    { "cliff", { 5.37, -2.29 }, 0.05782303978120146 },
    { "deep-linear", { 1.37, -2.29 }, 17.11725129 },
};

static struct text text_of(const char *text)
{
    return (struct text){ .text = text, .length = strlen(text) };
}

static struct objective objective_of(const char *name)
{
    struct problem_section problem = { .function = text_of(name) };
    struct report report = { 0 };
    struct objective objective;
    ck_assert_msg(objective_init(&objective, &problem, &report), "%s", name);
    ck_assert_uint_eq(report.count, 0);
    return objective;
}

static double value_at(const struct objective *objective, double x, double y)
{
    return objective_gradient(objective, (struct vec2){ x, y }, PRECISION_DOUBLE).f;
}

/* Least and greatest value on a grid with its rim; holes do not count. */
static struct range extremes(const struct objective *objective, struct range x, struct range y)
{
    enum { SIDE = 401 };
    static double xs[SIDE], ys[SIDE], z[SIDE * SIDE];
    struct range found = { INFINITY, -INFINITY };
    for (int i = 0; i < SIDE; i++) {
        xs[i] = x.lo + (x.hi - x.lo) * i / (SIDE - 1);
        ys[i] = y.lo + (y.hi - y.lo) * i / (SIDE - 1);
    }
    objective_grid(objective, SIDE, xs, SIDE, ys, z);
    for (int i = 0; i < SIDE * SIDE; i++) {
        found.lo = fmin(found.lo, z[i]);
        found.hi = fmax(found.hi, z[i]);
    }
    return found;
}

START_TEST(functions_are_those_of_the_field)
{
    size_t count;
    catalogue_list(&count);
    ck_assert_uint_eq(count, COUNT(published));
    for (size_t i = 0; i < COUNT(published); i++) {
        const struct published *row = &published[i];
        const struct catalogue_entry *entry = catalogue_find(row->name, strlen(row->name));
        ck_assert_msg(entry, "%s", row->name);
        struct objective objective = objective_of(row->name);
        struct range found = extremes(&objective, row->x, row->y);
        if (entry->minimum_count) {
            ck_assert_msg(fabs(entry->least - row->least) <= 5e-5, "%s: %g", row->name,
                          entry->least);
        } else {
            ck_assert_msg(found.lo == row->least, "%s: %g", row->name, found.lo);
        }
        ck_assert_msg(isinf(row->most) || fabs(found.hi / row->most - 1) < 0.02, "%s: %g",
                      row->name, found.hi);
        objective_finish(&objective);
    }
}
END_TEST

START_TEST(formulas_have_the_published_values)
{
    size_t count;
    catalogue_list(&count);
    ck_assert_uint_eq(count, COUNT(published_values));
    for (size_t i = 0; i < COUNT(published_values); i++) {
        const char *name = published_values[i].name;
        struct vec2 at = published_values[i].at;
        struct objective objective = objective_of(name);
        double value = value_at(&objective, at.x, at.y), expected = published_values[i].value;
        ck_assert_msg(fabs(value - expected) <= 1e-13 * fmax(1, fabs(expected)), "%s: %.17g",
                      name, value);
        objective_finish(&objective);
    }
}
END_TEST

START_TEST(other_names_lead_to_their_function)
{
    static const char *const names[][2] = {
        { "ackley2", "ackley-2" }, { "holder", "holder-table" }, { "banana", "rosenbrock" },
        { "rosen", "rosenbrock" }, { "quadratic", "quad" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct suggestion near = { .wanted = names[i][0], .length = strlen(names[i][0]) };
        catalogue_suggest(&near);
        ck_assert_str_eq(near.best, names[i][1]);
    }
    size_t count;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (const char *also = entries[i].also; also && *also;) {
            size_t length = strcspn(also, ",");
            struct suggestion near = { .wanted = also, .length = length };
            catalogue_suggest(&near);
            ck_assert_str_eq(near.best, entries[i].name);
            ck_assert_uint_eq(near.distance, 0);
            ck_assert_ptr_null(catalogue_find(also, length));
            also += length + strspn(also + length, ", ");
        }
    }
}
END_TEST

START_TEST(rows_are_complete)
{
    size_t count;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct catalogue_entry *entry = &entries[i];
        ck_assert_ptr_eq(catalogue_find(entry->name, strlen(entry->name)), entry);
        ck_assert(!entry->alias || catalogue_find(entry->alias, strlen(entry->alias)) == entry);
        ck_assert(entry->title && entry->source && entry->scale != SCALE_AUTO);
        ck_assert(range_holds(entry->x, entry->start.x) && range_holds(entry->y, entry->start.y));
        struct objective objective = objective_of(entry->name);
        struct jet jet = objective_jet(&objective, entry->start, PRECISION_SINGLE);
        ck_assert_msg(isfinite(jet.f) && hypot(jet.fx, jet.fy) > 1e-4, "%s: a start must move",
                      entry->name);
        for (const struct catalogue_parameter *p = entry->parameters; p->name; p++) {
            ck_assert(p->standard && p->help);
        }
        objective_finish(&objective);
    }
    ck_assert_ptr_null(catalogue_find("nothing", 7));
    ck_assert_ptr_null(catalogue_find("boot", 4));
}
END_TEST

/* Where derivatives are not those of a smooth function. */
static bool is_kinked(const struct catalogue_entry *entry)
{
    static const char *const kinked[] = { "bukin-6", "alpine-1", "abs-sum", "ackley", "ackley-2",
                                          "salomon" };
    for (size_t i = 0; i < COUNT(kinked); i++) {
        if (!strcmp(entry->name, kinked[i])) {
            return true;
        }
    }
    return false;
}

static bool is_inside(double value, struct range range)
{
    return value > range.lo && value < range.hi;
}

static double scale_of(const struct objective *objective)
{
    struct range found = extremes(objective, objective->x, objective->y);
    return fmax(1, found.hi - found.lo);
}

static void check_flat(const struct objective *objective, const struct catalogue_entry *entry,
                       struct vec2 at, double scale)
{
    struct jet jet = objective_jet(objective, at, PRECISION_DOUBLE);
    double width = entry->x.hi - entry->x.lo, height = entry->y.hi - entry->y.lo;
    ck_assert_msg(!is_inside(at.x, entry->x) || fabs(jet.fx) * width <= 1e-9 * scale,
                  "%s: slope %g", entry->name, jet.fx);
    ck_assert_msg(!is_inside(at.y, entry->y) || fabs(jet.fy) * height <= 1e-9 * scale,
                  "%s: slope %g", entry->name, jet.fy);
}

/* The lesser of the Hessian's eigenvalues; not less than 0 but for rounding. */
static void check_convex(const struct objective *objective, const struct catalogue_entry *entry,
                         struct vec2 at)
{
    struct jet jet = objective_jet(objective, at, PRECISION_DOUBLE);
    double middle = (jet.fxx + jet.fyy) / 2, half = hypot((jet.fxx - jet.fyy) / 2, jet.fxy);
    bool is_on_edge = !is_inside(at.x, entry->x) || !is_inside(at.y, entry->y);
    ck_assert_msg(is_on_edge || (middle - half >= -ROUNDED * middle && middle > 0),
                  "%s: %g, %g", entry->name, middle - half, middle + half);
}

/* Nothing lower on rings of all sizes. */
static void check_lowest(const struct objective *objective, const struct catalogue_entry *entry,
                         struct vec2 at, double scale)
{
    double width = entry->x.hi - entry->x.lo, height = entry->y.hi - entry->y.lo;
    for (double radius = 1e-6; radius < 2; radius *= 1.3) {
        for (int k = 0; k < 64; k++) {
            double angle = 2 * acos(-1) * k / 64;
            double x = at.x + radius * width * cos(angle), y = at.y + radius * height * sin(angle);
            ck_assert_msg(!range_holds(entry->x, x) || !range_holds(entry->y, y)
                          || !(value_at(objective, x, y) < entry->least - ROUNDED * scale),
                          "%s at %g %g", entry->name, x, y);
        }
    }
}

START_TEST(minima_are_minima)
{
    size_t count;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct catalogue_entry *entry = &entries[i];
        struct objective objective = objective_of(entry->name);
        double scale = scale_of(&objective);
        for (size_t k = 0; k < entry->minimum_count; k++) {
            struct vec2 at = entry->minima[k];
            double value = value_at(&objective, at.x, at.y);
            ck_assert(range_holds(entry->x, at.x) && range_holds(entry->y, at.y));
            ck_assert_msg(fabs(value - entry->least) <= ROUNDED * scale,
                          "%s: %.17g at %.17g, %.17g", entry->name, value, at.x, at.y);
            check_lowest(&objective, entry, at, scale);
            if (!is_kinked(entry)) {
                check_flat(&objective, entry, at, scale);
                check_convex(&objective, entry, at);
            }
        }
        if (entry->minimum_count) {
            double least = extremes(&objective, entry->x, entry->y).lo;
            ck_assert_msg(least >= entry->least - ROUNDED * scale, "%s: %.17g", entry->name,
                          least);
        }
        objective_finish(&objective);
    }
}
END_TEST

START_TEST(saddles_are_saddles)
{
    size_t count, saddles = 0;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct catalogue_entry *entry = &entries[i];
        struct objective objective = objective_of(entry->name);
        double scale = scale_of(&objective);
        for (size_t k = 0; k < entry->saddle_count; k++) {
            struct vec2 at = entry->saddles[k];
            struct jet jet = objective_jet(&objective, at, PRECISION_DOUBLE);
            ck_assert(is_inside(at.x, entry->x) && is_inside(at.y, entry->y));
            check_flat(&objective, entry, at, scale);
            ck_assert_msg(jet.fxx * jet.fyy - jet.fxy * jet.fxy < 0, "%s: saddle %zu", entry->name,
                          k);
        }
        saddles += entry->saddle_count;
        objective_finish(&objective);
    }
    ck_assert_uint_ge(saddles, 35);
}
END_TEST

/* The objective with parameters "NAME VALUE", and what the report says. */
struct tuned {
    struct let params[3];
    struct problem_section problem;
    struct report report;
    struct objective objective;
    bool good;
};

static void tune(struct tuned *tuned, const char *function, const char *const (*params)[2],
                 size_t count)
{
    *tuned = (struct tuned){ .problem.function = text_of(function) };
    for (size_t i = 0; i < count; i++) {
        tuned->params[i] = (struct let){ text_of(params[i][0]), text_of(params[i][1]) };
    }
    tuned->problem.params = tuned->params;
    tuned->problem.param_count = count;
    tuned->good = objective_init(&tuned->objective, &tuned->problem, &tuned->report);
}

static void tuned_finish(struct tuned *tuned)
{
    objective_finish(&tuned->objective);
    report_finish(&tuned->report);
}

START_TEST(parameters_change_the_function)
{
    struct tuned tuned;
    tune(&tuned, "ill-conditioned",
         (const char *const[][2]){ { "kappa", "7" }, { "angle", "-60" } }, 2);
    ck_assert(tuned.good);
    struct jet jet = objective_jet(&tuned.objective, (struct vec2){ 1, 2 }, PRECISION_DOUBLE);
    double cosine = 0.5, sine = -sqrt(3) / 2; /* of the direction with eigenvalue 1 */
    ck_assert_double_eq_tol(jet.fxx * cosine + jet.fxy * sine, cosine, 1e-14);
    ck_assert_double_eq_tol(jet.fxy * cosine + jet.fyy * sine, sine, 1e-14);
    ck_assert_double_eq_tol(jet.fxx + jet.fyy, 8, 1e-14);
    tuned_finish(&tuned);

    tune(&tuned, "rastrigin", (const char *const[][2]){ { "A", "0" } }, 1);
    ck_assert(tuned.good && value_at(&tuned.objective, 1.25, 2) == 1.25 * 1.25 + 4);
    tuned_finish(&tuned);
    tune(&tuned, "abs-sum", (const char *const[][2]){ { "k", "5" } }, 1);
    ck_assert(tuned.good && value_at(&tuned.objective, -1.5, -2) == 11.5);
    tuned_finish(&tuned);
}
END_TEST

START_TEST(minima_move_with_parameters)
{
    struct tuned tuned;
    tune(&tuned, "rosenbrock", (const char *const[][2]){ { "b", "10" }, { "a", "1.5" } }, 2);
    ck_assert(tuned.good);
    ck_assert_uint_eq(tuned.objective.minimum_count, 1);
    ck_assert_double_eq_tol(tuned.objective.minima[0].x, 1.5, 1e-8);
    ck_assert_double_eq_tol(tuned.objective.minima[0].y, 2.25, 1e-8);
    tuned_finish(&tuned);
    tune(&tuned, "ackley", (const char *const[][2]){ { "b", "0.1" } }, 1);
    ck_assert(tuned.good && tuned.objective.minima[0].x == 0 && tuned.objective.minima[0].y == 0);
    tuned_finish(&tuned);
}
END_TEST

/* (a - x)^2 is 0 at a, (y - x^2)^2 at a^2: the box, -2 .. 2 by -1 .. 3, does not matter. */
START_TEST(minima_move_out_of_the_box)
{
    struct tuned tuned;
    tune(&tuned, "rosenbrock", (const char *const[][2]){ { "a", "1.8" } }, 1);
    ck_assert(tuned.good);
    ck_assert(tuned.objective.minima[0].x == 1.8);
    ck_assert_double_eq_tol(tuned.objective.minima[0].y, 3.24, 1e-15);
    ck_assert_uint_eq(tuned.report.warnings, 1);
    ck_assert_str_eq(tuned.report.entries[0].message, "the minimum moves to (1.8, 3.24), outside "
                     "of the range that is drawn; widen y");
    tuned_finish(&tuned);
    tune(&tuned, "rosenbrock", (const char *const[][2]){ { "a", "1000" } }, 1);
    ck_assert(tuned.objective.minima[0].x == 1000 && tuned.objective.minima[0].y == 1e6);
    tuned_finish(&tuned);

    /* sin(x)*sin(u)^2 with u = x^2/pi is greatest where cos(x)*sin(u) + 4*x/pi*sin(x)*cos(u) is 0,
     * a little beyond this box. */
    struct let param = { text_of("m"), text_of("1") };
    struct problem_section problem = {
        .function = text_of("michalewicz"), .params = &param, .param_count = 1,
        .x = { .given = true, .value = { 0, 2 } },
        .start = { .given = true, .value = { 1, 1 } }
    };
    struct report report = { 0 };
    struct objective objective;
    ck_assert(objective_init(&objective, &problem, &report));
    double x = objective.minima[0].x, pi = acos(-1), u = x * x / pi;
    ck_assert(x > 2 && x < 2.2);
    ck_assert_double_eq_tol(cos(x) * sin(u) + 4 * x / pi * sin(x) * cos(u), 0, 1e-6);
    objective_finish(&objective);
    report_finish(&report);
}
END_TEST

/* Nothing in the box is below the minima, whatever the parameters are but negative; below 0 those
 * that turn the function over leave none, but what the preset states. */
START_TEST(parameters_leave_minima_or_none)
{
    static const char *const values[] = { "0", "0.001", "0.3", "2", "25" };
    size_t count, turning = 0;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (const struct catalogue_parameter *p = entries[i].parameters; p->name; p++) {
            struct tuned tuned;
            for (size_t k = 0; k < COUNT(values); k++) {
                struct critical_points found;
                tune(&tuned, entries[i].name,
                     (const char *const[][2]){ { p->name, values[k] } }, 1);
                ck_assert(tuned.good && tuned.objective.minimum_count == entries[i].minimum_count);
                critical_find(&found, &tuned.objective);
                struct vec2 at = tuned.objective.minima[0];
                double value = value_at(&tuned.objective, at.x, at.y);
                ck_assert_msg(value <= found.least + 1e-12 * found.range, "%s with %s = %s: %g",
                              entries[i].name, p->name, values[k], value - found.least);
                critical_finish(&found);
                tuned_finish(&tuned);
            }
            if (!p->turns) {
                continue;
            }
            turning++;
            tune(&tuned, entries[i].name, (const char *const[][2]){ { p->name, "-5" } }, 1);
            ck_assert(tuned.good && tuned.objective.minimum_count == 0);
            ck_assert_uint_eq(tuned.report.warnings, 1);
            ck_assert_str_eq(tuned.report.entries[0].message + strlen(p->name), " is negative: the "
                             "catalogue's minima are no minima then, and none is marked; "
                             "'minimum = X, Y' states one");
            tuned.problem.minimum.kind = MINIMUM_NONE;
            objective_finish(&tuned.objective);
            ck_assert(objective_init(&tuned.objective, &tuned.problem, &tuned.report));
            ck_assert_uint_eq(tuned.report.warnings, 1);
            tuned_finish(&tuned);
        }
    }
    ck_assert_uint_eq(turning, 7);
}
END_TEST

/* At 0 rastrigin's second derivatives are 2 + 4 pi^2 A; ackley's funnel is turned over twice. */
START_TEST(a_negative_parameter_may_leave_the_minimum)
{
    static const struct {
        const char *function;
        const char *parameters[2][2];
        size_t count;
    } rows[] = {
        { "rastrigin", { { "A", "-0.01" } }, 1 },
        { "ackley", { { "a", "-20" }, { "b", "-0.2" } }, 2 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tuned tuned;
        tune(&tuned, rows[i].function, rows[i].parameters, rows[i].count);
        ck_assert(tuned.good && tuned.report.warnings == 0);
        ck_assert_uint_eq(tuned.objective.minimum_count, 1);
        ck_assert(tuned.objective.minima[0].x == 0 && tuned.objective.minima[0].y == 0);
        tuned_finish(&tuned);
    }
}
END_TEST

START_TEST(unknown_parameters_are_refused)
{
    static const struct {
        const char *function, *message;
    } rows[] = {
        { "rosenbrock", "rosenbrock has no parameter 'kappa'; it has a and b" },
        { "ackley", "ackley has no parameter 'kappa'; it has a, b and c" },
        { "rastrigin", "rastrigin has no parameter 'kappa'; it has A" },
        { "hyper", "saddle has no parameter 'kappa'; it has none" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tuned tuned;
        tune(&tuned, rows[i].function, (const char *const[][2]){ { "kappa", "2" } }, 1);
        ck_assert(!tuned.good);
        ck_assert_uint_eq(tuned.report.errors, 1);
        ck_assert_str_eq(tuned.report.entries[0].message, rows[i].message);
        tuned_finish(&tuned);
    }
}
END_TEST

START_TEST(formulas_have_parameters_too)
{
    struct let param = { text_of("k"), text_of("3") }, let = { text_of("r"), text_of("k*x") };
    struct problem_section problem = {
        .formula = text_of("r + y"), .params = &param, .param_count = 1, .lets = &let,
        .let_count = 1, .start = { .given = true }, .x = { .given = true, .value = { -1, 1 } },
        .y = { .given = true, .value = { -1, 1 } },
    };
    struct report report = { 0 };
    struct objective objective;
    ck_assert(objective_init(&objective, &problem, &report));
    ck_assert(value_at(&objective, 2, 1) == 7);
    objective_finish(&objective);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *cases = tcase_create("catalogue");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, functions_are_those_of_the_field);
    tcase_add_test(cases, formulas_have_the_published_values);
    tcase_add_test(cases, other_names_lead_to_their_function);
    tcase_add_test(cases, rows_are_complete);
    tcase_add_test(cases, minima_are_minima);
    tcase_add_test(cases, saddles_are_saddles);
    tcase_add_test(cases, parameters_change_the_function);
    tcase_add_test(cases, minima_move_with_parameters);
    tcase_add_test(cases, minima_move_out_of_the_box);
    tcase_add_test(cases, parameters_leave_minima_or_none);
    tcase_add_test(cases, a_negative_parameter_may_leave_the_minimum);
    tcase_add_test(cases, unknown_parameters_are_refused);
    tcase_add_test(cases, formulas_have_parameters_too);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
