/* The loss panel: its scales, and what is beyond them. What is expected follows from algebra. */
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "plot/plot.h"

/* Half a unit in the last of four digits, and rounding of coordinates. */
static const double CLOSE = 1e-6;

static bool near(double a, double b)
{
    return fabs(a - b) <= CLOSE * fmax(1, fmax(fabs(a), fabs(b)));
}

/* A plot of nothing but losses, all at the origin but where they are outside. */
enum { LOSSES_MAX = 8 };

struct losses {
    struct preset preset;
    struct look look;
    struct landscape landscape;
    struct objective objective;
    struct trajectory trajectory;
    struct path path;
    struct vec2 points[LOSSES_MAX];
    double values[LOSSES_MAX];
    struct plot plot;
};

static const struct rect loss_rect = { 50, 30, 400, 200 };

/* A minimum is a point with its value as formula; NULL: none is known. */
static void losses_init(struct losses *losses, enum scale scale, const double *values,
                        size_t count, const char *minimum)
{
    static const struct vec2 origin = { 0, 0 };
    *losses = (struct losses){ .preset.loss.scale = scale };
    losses->look.theme = theme_named("article");
    if (minimum) {
        struct report report = { 0 };
        struct problem_section problem = {
            .formula = { .text = minimum, .length = strlen(minimum) },
            .start = { .given = true, .value = { 1, 1 } },
            .x = { .given = true, .value = { -1, 1 } },
            .y = { .given = true, .value = { -1, 1 } },
        };
        ck_assert(objective_init(&losses->objective, &problem, &report));
        report_finish(&report);
        losses->objective.minima = &origin;
        losses->objective.minimum_count = 1;
    }
    losses->objective.x = losses->objective.y = (struct range){ -1, 1 };
    losses->landscape.objective = &losses->objective;
    memcpy(losses->values, values, count * sizeof *values);
    losses->trajectory = (struct trajectory){ .count = count, .points = losses->points,
                                              .losses = losses->values };
    losses->path = (struct path){ .trajectory = &losses->trajectory, .count = count };
    losses->plot = (struct plot){ .preset = &losses->preset, .look = &losses->look,
                                  .landscape = &losses->landscape, .paths = &losses->path,
                                  .path_count = 1, .timeline.steps = count };
    losses->plot.page.panels[PANEL_LOSS] = loss_rect;
}

static void losses_finish(struct losses *losses)
{
    loss_panel_finish(&losses->plot.loss);
    objective_finish(&losses->objective);
}

static double height_at(const struct losses *losses, double loss)
{
    return loss_panel_point(&losses->plot, 0, loss).y;
}

START_TEST(scales_divide_as_algebra_does)
{
    static const struct {
        enum scale scale;
        double lo, middle, hi;
    } cases[] = {
        { SCALE_LINEAR, -1, 2, 5 }, { SCALE_LOG, 1, 10, 100 }, { SCALE_LOG, 1e-8, 1e-3, 1e2 },
        { SCALE_ROOT, 0, 25, 100 }, { SCALE_ROOT, -9, 0, 9 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct losses losses;
        double values[] = { cases[i].hi, cases[i].lo, cases[i].middle };
        losses_init(&losses, cases[i].scale, values, 3, NULL);
        loss_panel_init(&losses.plot.loss, &losses.plot);
        double lo = height_at(&losses, cases[i].lo), hi = height_at(&losses, cases[i].hi);
        ck_assert(near(height_at(&losses, cases[i].middle), (lo + hi) / 2));
        ck_assert(hi > loss_rect.y && lo < loss_rect.y + loss_rect.height);
        ck_assert_double_gt(lo - hi, 0.9 * loss_rect.height);
        double first = loss_panel_point(&losses.plot, 0, 1).x;
        double last = loss_panel_point(&losses.plot, 2, 1).x;
        ck_assert(near(loss_panel_point(&losses.plot, 1, 1).x, (first + last) / 2));
        ck_assert(first > loss_rect.x && last < loss_rect.x + loss_rect.width);
        ck_assert_double_gt(last - first, 0.95 * loss_rect.width);
        losses_finish(&losses);
    }
}
END_TEST

START_TEST(the_scale_follows_the_losses)
{
    static const struct {
        enum scale wanted;
        double values[3];
        const char *minimum;
        enum scale scale;
        double offset;
        const char *name;
    } cases[] = {
        { SCALE_AUTO, { 50, 20, 1 }, NULL, SCALE_LINEAR, 0, "loss" },
        { SCALE_AUTO, { 99, 2, 1 }, NULL, SCALE_LINEAR, 0, "loss" },
        { SCALE_AUTO, { 101, 2, 1 }, NULL, SCALE_LOG, 0, "loss" },
        { SCALE_AUTO, { 500, 1, 0 }, NULL, SCALE_LOG, 0, "loss" },
        { SCALE_AUTO, { 100, 1e-3, -1 }, NULL, SCALE_LINEAR, 0, "loss" },
        { SCALE_AUTO, { 100, 0, -2.99 }, "x^2 + y^2 - 3", SCALE_LOG, -3, "loss + 3" },
        { SCALE_AUTO, { 100, 0, -3 }, "x^2 + y^2 - 3", SCALE_LINEAR, 0, "loss" },
        { SCALE_AUTO, { 100, -2.99, -3 }, "x^2 + y^2 - 3", SCALE_LOG, -3, "loss + 3" },
        { SCALE_AUTO, { 100, -4.99, -5 }, "x^2 + y^2 - 3", SCALE_LINEAR, 0, "loss" },
        { SCALE_AUTO, { 100, 1e-3, 0 }, "x^2 + y^2 - 3", SCALE_LOG, 0, "loss" },
        { SCALE_LOG, { 100, 1, -0.25 }, NULL, SCALE_LOG, -0.25, "loss + 0.25" },
        { SCALE_LOG, { 0, 0, 0 }, NULL, SCALE_LINEAR, 0, "loss" },
        { SCALE_LOG, { 3, 2, 1 }, "x^2 + y^2 + 1", SCALE_LOG, 0, "loss" },
        { SCALE_LINEAR, { 1e9, 1, 1e-9 }, NULL, SCALE_LINEAR, 0, "loss" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct losses losses;
        const struct loss_panel *panel = &losses.plot.loss;
        losses_init(&losses, cases[i].wanted, cases[i].values, 3, cases[i].minimum);
        loss_panel_init(&losses.plot.loss, &losses.plot);
        ck_assert_msg(panel->scale == cases[i].scale, "case %zu", i);
        ck_assert_msg(near(panel->offset, cases[i].offset), "case %zu", i);
        ck_assert_str_eq(panel->losses.name->text, cases[i].name);
        losses_finish(&losses);
    }
}
END_TEST

START_TEST(an_explosion_leaves_through_the_top)
{
    static const double values[] = { 3, 1, 2, 1e30, INFINITY, -INFINITY, NAN };
    struct losses losses;
    losses_init(&losses, SCALE_AUTO, values, 7, NULL);
    losses.points[3] = (struct vec2){ 1e9, 0 };
    loss_panel_init(&losses.plot.loss, &losses.plot);
    ck_assert_int_eq(losses.plot.loss.scale, SCALE_LINEAR);
    double top = loss_rect.y, bottom = loss_rect.y + loss_rect.height;
    ck_assert(height_at(&losses, 3) > top && height_at(&losses, 3) < top + 0.1 * loss_rect.height);
    for (size_t i = 3; i < 7; i++) {
        double at = height_at(&losses, values[i]);
        ck_assert(at >= top - loss_rect.height && at <= bottom + loss_rect.height);
        ck_assert(values[i] > 0 ? at < top : at > bottom);
    }
    losses_finish(&losses);
}
END_TEST

START_TEST(zero_leaves_a_logarithmic_axis_through_the_bottom)
{
    static const double values[] = { 100, 1e-30, 0 };
    struct losses losses;
    losses_init(&losses, SCALE_AUTO, values, 3, NULL);
    loss_panel_init(&losses.plot.loss, &losses.plot);
    double bottom = loss_rect.y + loss_rect.height, twelfth = height_at(&losses, 1e-10);
    ck_assert(twelfth < bottom && twelfth > bottom - 0.1 * loss_rect.height);
    ck_assert_double_gt(height_at(&losses, 1e-30), bottom);
    ck_assert_double_gt(height_at(&losses, 0), bottom);
    ck_assert(isfinite(height_at(&losses, 0)));
    losses_finish(&losses);
}
END_TEST

START_TEST(odd_losses_have_a_range)
{
    static const double values[][2] = {
        { 0, 0 },       { 3, 3 },           { -1e300, 1e300 },     { -1e308, 1.7e308 },
        { 5e-324, 0 },  { 1, 1 + 1e-15 },   { INFINITY, INFINITY }, { NAN, NAN },
        { -7, -7 },     { 1e-300, 2e-300 }, { 1e308, 1e308 },       { 1e-9, 1e-9 },
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        for (size_t trial = 0; trial < 8; trial++) {
            struct losses losses;
            losses_init(&losses, (enum scale)(trial / 2), values[i], 1 + trial % 2, NULL);
            loss_panel_init(&losses.plot.loss, &losses.plot);
            const struct range *range = &losses.plot.loss.losses.range;
            ck_assert_msg(range->lo < range->hi && isfinite(range->hi - range->lo),
                          "case %zu: %g %g", i, range->lo, range->hi);
            for (size_t step = 0; step < 2; step++) {
                struct vec2 at = loss_panel_point(&losses.plot, (double)step, values[i][step]);
                ck_assert(isfinite(at.x) && fabs(at.y) < 1000);
            }
            losses_finish(&losses);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("loss_panel");
    TCase *cases = tcase_create("loss_panel");
    tcase_add_test(cases, scales_divide_as_algebra_does);
    tcase_add_test(cases, the_scale_follows_the_losses);
    tcase_add_test(cases, an_explosion_leaves_through_the_top);
    tcase_add_test(cases, zero_leaves_a_logarithmic_axis_through_the_bottom);
    tcase_add_test(cases, odd_losses_have_a_range);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
