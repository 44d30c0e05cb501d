/* What figures show, in sentences, and films, in captions: paths made by hand, whose ends
 * are known by algebra. The picture is 8 x 8, so that 0.1 is there and 0.5 is near. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/report.h"
#include "plot/captions.h"
#include "plot/description.h"

enum { PATHS_MOST = 100, ROWS_MOST = 100 };

#define BOWL "x^2 + y^2"
#define SADDLE "y^2 - x^2"
#define PATH(...) (struct vec2[]){ __VA_ARGS__ }, \
                  sizeof((struct vec2[]){ __VA_ARGS__ }) / sizeof(struct vec2)

static struct preset preset;
static struct objective objective;
static struct trajectory paths[PATHS_MOST];
static struct vec2 points[PATHS_MOST][ROWS_MOST];
static double losses[PATHS_MOST][ROWS_MOST];
static char labels[PATHS_MOST][64];
static struct arena arena;
static struct report report;

static struct text text_of(const char *text)
{
    return (struct text){ .text = text, .length = strlen(text) };
}

static void finish(void)
{
    objective_finish(&objective);
    arena_finish(&arena);
    report_finish(&report);
}

static void begin(const char *formula, const struct vec2 *minima, size_t count)
{
    objective_finish(&objective);
    preset = (struct preset){ 0 };
    preset.figure.panels = (struct panel_list){ { PANEL_SURFACE, PANEL_CONTOUR }, 2 };
    struct problem_section *problem = &preset.problem;
    problem->formula = text_of(formula);
    problem->start = (struct maybe_point){ true, { 0, 3 }, { 0 } };
    problem->x = problem->y = (struct maybe_range){ true, { -4, 4 }, { 0 } };
    problem->precision = PRECISION_DOUBLE;
    problem->minimum.kind = MINIMUM_NONE;
    ck_assert(objective_init(&objective, problem, &report));
    objective.minima = minima;
    objective.minimum_count = count;
}

static void bowl(void)
{
    static const struct vec2 minimum = { 0, 0 };
    begin(BOWL, &minimum, 1);
}

static void add(const char *label, const struct vec2 *rows, size_t count)
{
    size_t index = preset.optimizer_count++;
    strcpy(labels[index], label);
    memcpy(points[index], rows, count * sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        losses[index][i] = objective_gradient(&objective, rows[i], PRECISION_DOUBLE).f;
    }
    paths[index] = (struct trajectory){ .label = labels[index], .count = count,
                                        .points = points[index], .losses = losses[index],
                                        .diverged = !isfinite(rows[count - 1].x) };
}

static struct description described(void)
{
    return description_of(&preset, &objective, paths, &arena);
}

START_TEST(arrivals_are_told_in_their_order)
{
    bowl();
    add("B", PATH({ 0, 3 }, { 0, 1 }, { 0, 0.11 }, { 0.06, 0.08 }));
    ck_assert_str_eq(described().result,
                     "B reaches the minimum (0, 0) at step 3 and stays within 0.1 of it.");
    add("A", PATH({ 0, 3 }, { 0, 0.05 }, { 0, 0.01 }, { 0, 0 }));
    ck_assert_str_eq(described().result, "A reaches the minimum (0, 0) at step 1 and B at step 3, "
                     "and they stay within 0.1 of it.");
    add("C", PATH({ 0, 0.01 }, { 0, 0.01 }));
    ck_assert_str_eq(described().result, "C reaches the minimum (0, 0) at the start, A at step 1 "
                     "and B at step 3, and they stay within 0.1 of it.");
}
END_TEST

/* 0.3^2 + 0.4^2 = 0.5^2 */
START_TEST(others_are_told_by_their_distance)
{
    bowl();
    add("A", PATH({ 0, 3 }, { 1.5, 2 }));
    ck_assert_str_eq(described().result, "At the end A is still 2.5 away from the minimum (0, 0).");
    add("B", PATH({ 0, 3 }, { 0, 0 }, { 0.3, 0.4 }));
    add("C", PATH({ 0, 3 }, { 0, 1.0 / 3 }));
    ck_assert_str_eq(described().result, "At the end C is still 0.333 away from the minimum "
                     "(0, 0), B 0.5 and A 2.5.");
    add("D", PATH({ 0, 1 }, { 0, 2 }));
    add("E", PATH({ 0, 3 }, { 0, 0 }));
    ck_assert_str_eq(described().result, "E reaches the minimum (0, 0) at step 1 and stays within "
                     "0.1 of it. At the end C is still 0.333 away from the minimum, B 0.5 and A "
                     "2.5. D ends 2 away from the minimum, no nearer than at the start.");
}
END_TEST

START_TEST(what_becomes_of_the_rest_is_told)
{
    bowl();
    add("out", PATH({ 0, 3 }, { 0, 5 }, { 0, 6 }));
    ck_assert_str_eq(described().result, "Out leaves the picture at step 1.");
    add("still", PATH({ 3, 0 }, { 3, 0.1 }, { 3, -0.1 }));
    add("gone", PATH({ 0, 3 }, { 0, 9 }, { INFINITY, 9 }));
    ck_assert_str_eq(described().result, "Still hardly moves: it stays within 0.1 of its start. "
                     "Out leaves the picture at step 1. "
                     "Gone diverges at step 2: its numbers are no longer finite.");
    add("rest", PATH({ 3, 0 }, { 3, 0 }, { 3.01, 0 }));
    add("far", PATH({ 3, 0 }, { NAN, 0 }));
    ck_assert_str_eq(described().result, "Still and rest hardly move: they stay within 0.1 of "
                     "their start. Out leaves the picture at step 1. Far diverges at step 1 and "
                     "gone at step 2: their numbers are no longer finite.");
}
END_TEST

/* The saddle point of y^2 - x^2 is (0, 0). */
START_TEST(saddle_points_are_found)
{
    begin(SADDLE, NULL, 0);
    add("A", PATH({ 0, 3 }, { 0.3, 0.4 }));
    ck_assert_str_eq(described().result, "A ends within 0.5 of the saddle point (0, 0).");
    add("B", PATH({ 0, 3 }, { 0, 0.301 }, { 0.4, 0.3 }, { 5, 0 }));
    add("C", PATH({ 0, 3 }, { 1, 2 }));
    ck_assert_str_eq(described().result, "At the end the function's value is 3 for C. "
                     "A ends within 0.5 of the saddle point (0, 0). "
                     "B leaves the picture at step 3. On the way B comes within 0.31 of the "
                     "saddle point (0, 0) and is near it for 2 steps; near is within 0.5.");
}
END_TEST

/* x^2 has no saddle point, though it is flat along y; nor has the top of a dome. The monkey's
 * saddle has, though its Hessian is 0. */
START_TEST(other_flat_places_are_told_as_what_they_are)
{
    static const char *const rows[][2] = {
        { "x^2", "A ends at the local minimum (0, 0) of value 0." },
        { "5 - x^2 - y^2", "A ends at the maximum (0, 0) of value 5." },
        { "x^3 - 3*x*y^2", "A ends at the saddle point (0, 0)." },
        { "x^3 + y^2", "A ends at the saddle point (0, 0)." },
        { "x^2 - y^4", "A ends at the saddle point (0, 0)." },
        { "x^4 - y^2", "A ends at the saddle point (0, 0)." },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        begin(rows[i][0], NULL, 0);
        add("A", PATH({ 1, 3 }, { 0, 0 }));
        ck_assert_str_eq(described().result, rows[i][1]);
    }
}
END_TEST

/* It cannot leave what it was never in. */
START_TEST(a_path_outside_is_told_so)
{
    begin("x^2 + y^2", NULL, 0);
    add("A", PATH({ 9, 3 }, { 7, 2 }));
    ck_assert_str_eq(described().result, "A begins and ends outside of the picture.");
}
END_TEST

/* A slope that passes the stated minimum's value is none, however small that is beside where the
 * path began. */
START_TEST(slopes_are_no_minima)
{
    static const struct vec2 left[] = { { 0.96, 0 } }, origin[] = { { 0, 0 } };
    begin("(x^2 - 1)^2 + 0.3*x + y^2", left, 1);
    add("A", PATH({ -1.5, 1 }, { -1.1, 0.751 }));
    ck_assert_ptr_null(strstr(described().result, "as low as"));
    begin("1e12*max(0, x - 4)^2 + x^2 + y^2", origin, 1);
    add("A", PATH({ 4.9, 3 }, { 3.59, 1.2 }));
    ck_assert_ptr_null(strstr(described().result, "as low as"));
}
END_TEST

/* The minima of (x*y - 1)^2 are a hyperbola, along which one eigenvalue is 0, and what rounding
 * makes of it has any sign. */
START_TEST(curves_of_minima_are_no_saddle_points)
{
    static const struct vec2 minima[] = { { 1, 1 }, { -1, -1 } };
    char expected[200];
    for (int i = 0; i < 400; i++) {
        double x = 0.3 + i * 0.009, off = pow(10, -4 - i % 12) * (i % 2 ? 1 : -1);
        begin("(x*y - 1)^2", minima, 2);
        add("A", PATH({ -2.5, 0.5 }, { -x, -1 / x + off }));
        const char *result = described().result;
        ck_assert_msg(!strstr(result, "saddle")
                      && (strstr(result, "reaches the minimum")
                          || strstr(result, "a minimum as low as the marked ones.")), "%s", result);
    }
    begin("(x*y - 1)^2", minima, 2);
    add("A", PATH({ -2.5, 0.5 }, { 2, 0.5 }));
    add("B", PATH({ -2.5, 0.5 }, { 0.5, 2 }));
    snprintf(expected, sizeof expected, "A ends at (2, 0.5) and B at (0.5, 2), minima as low as "
             "the marked ones.");
    ck_assert_str_eq(described().result, expected);
    begin("(x*y - 1)^2", minima, 2);
    add("A", PATH({ -2.5, 0.5 }, { 0, 0 }));
    ck_assert_str_eq(described().result, "A ends at the saddle point (0, 0).");
}
END_TEST

/* On |x*y - 1| there are no derivatives; that the value is the minimum's tells. */
START_TEST(kinked_valleys_have_values)
{
    static const struct vec2 minimum = { 1, 1 };
    begin("abs(x*y - 1)", &minimum, 1);
    add("A", PATH({ 0, 3 }, { 2, 0.5 }));
    losses[0][0] = 1;
    losses[0][1] = 0;
    ck_assert_str_eq(described().result, "A ends at (2, 0.5), a minimum as low as the marked one.");
    losses[0][1] = 1e-6;
    ck_assert(!strstr(described().result, "as low"));
}
END_TEST

/* The derivative along x is x*(x - 1)*(x - 3): minima of 0 at 0 and of -9/4 at 3, and 5/12 at 1. */
START_TEST(local_minima_are_told_with_their_values)
{
    static const struct vec2 minimum = { 3, 0 };
    begin("x^4/4 - 4*x^3/3 + 3*x^2/2 + y^2", &minimum, 1);
    add("A", PATH({ 0, 3 }, { 0, 0 }));
    add("B", PATH({ 0, 3 }, { 0.03, 0 }));
    ck_assert_str_eq(described().result,
                     "A ends at the local minimum (0, 0) of value 0 and B within 0.03 of it.");
    begin("9/4 + x^4/4 - 4*x^3/3 + 3*x^2/2 + y^2", &minimum, 1);
    add("A", PATH({ 0, 3 }, { 0, 0 }));
    ck_assert_str_eq(described().result, "A ends at the local minimum (0, 0) of value 2.25.");
    add("B", PATH({ 0, 3 }, { 1, 0 }));
    ck_assert_str_eq(described().result, "A ends at the local minimum (0, 0) of value 2.25. "
                     "B ends at the saddle point (1, 0).");
}
END_TEST

START_TEST(leaving_the_picture_is_told_though_it_is_undone)
{
    bowl();
    add("A", PATH({ 0, 3 }, { 0, 5 }, { 0, 1 }));
    ck_assert_str_eq(described().result, "At the end A is still 1 away from the minimum (0, 0). "
                     "On the way A leaves the picture at step 1, and comes back.");
    add("B", PATH({ 0, 3 }, { 0, 3 }, { 5, 0 }, { 0, 0 }));
    ck_assert_ptr_nonnull(strstr(described().result, " On the way B leaves the picture at step 2 "
                                 "and A at step 1, and come back."));
}
END_TEST

START_TEST(labels_that_are_lists_are_quoted)
{
    bowl();
    add("Adam, none", PATH({ 0, 3 }, { 0, 0 }));
    add("GD", PATH({ 0, 3 }, { 0, 0 }));
    ck_assert_ptr_nonnull(strstr(described().shown,
                                 "The paths of \u201cAdam, none\u201d and GD on "));
    ck_assert_ptr_nonnull(strstr(described().result, "\u201cAdam, none\u201d and GD reach "));
    ck_assert_str_eq(description_label("one and two", &arena), "\u201cone and two\u201d");
    ck_assert_str_eq(description_label("band", &arena), "band");
}
END_TEST

/* cos(pi*(x - 1/2)) has four maxima and four minima in -4 .. 4, and so has that of y. */
START_TEST(marks_are_counted)
{
    int marked = 0, found = 0;
    bowl();
    preset.contour.critical = true;
    add("A", PATH({ 0, 3 }));
    ck_assert_ptr_nonnull(strstr(described().shown, " Marked is a minimum."));
    begin("cos(pi*(x - 0.5)) + cos(pi*(y - 0.5))", NULL, 0);
    preset.contour.critical = true;
    add("A", PATH({ 0, 3 }));
    const char *told = strstr(described().shown, " Marked are 16 minima, 16 maxima and ");
    ck_assert_ptr_nonnull(told);
    ck_assert_int_eq(sscanf(told, " Marked are 16 minima, 16 maxima and %d of %d saddle points.",
                            &marked, &found), 2);
    ck_assert(marked > 8 && marked <= 20 && found == 32);
    begin("x^4/4 - 0.005*x^2 + y^2", NULL, 0); /* minima at 0.1 and -0.1 */
    preset.contour.critical = true;
    add("A", PATH({ 0, 3 }));
    ck_assert_ptr_nonnull(strstr(described().shown,
                                 " Marked is 1 of 2 minima."));
}
END_TEST

START_TEST(each_path_has_its_own_minimum)
{
    static const struct vec2 minima[] = { { 1, 0 }, { -1, 0 } };
    begin("(x^2 - 1)^2 + y^2", minima, 2);
    add("A", PATH({ 0, 3 }, { 1, 0 }));
    add("B", PATH({ 0, 3 }, { 0, 2 }, { -1, 0 }));
    ck_assert_str_eq(described().result, "A reaches the minimum (1, 0) at step 1 and B that at "
                     "(\u22121, 0) at step 2, and they stay within 0.1 of them.");
    add("C", PATH({ 0, 3 }, { -1, 1 }));
    ck_assert_ptr_nonnull(strstr(described().result,
                                 "At the end C is still 1 away from the nearest minimum."));
}
END_TEST

START_TEST(the_figure_is_introduced)
{
    static const char end[] = ", drawn on its surface and on a map of its level lines.";
    char expected[400];
    bowl();
    add("A", PATH({ 0, 3 }));
    snprintf(expected, sizeof expected, "The path of A on f(x, y) = " BOWL ", at the start, (0, 3)"
             "%s", end);
    ck_assert_str_eq(described().shown, expected);
    add("\\beta_1", PATH({ 0, 3 }, { 0, 2 }));
    snprintf(expected, sizeof expected, "The paths of A and \u03b2\u2081 on f(x, y) = " BOWL
             ", from (0, 3) through up to 1 step%s", end);
    ck_assert_str_eq(described().shown, expected);
    preset.figure.panels = (struct panel_list){ { PANEL_LOSS }, 1 };
    paths[0].count = 2;
    points[0][0].x = 1;
    ck_assert_str_eq(described().shown, "The paths of A and \u03b2\u2081 on f(x, y) = " BOWL
                     ", from different starts through 1 step, drawn as values over the steps.");
}
END_TEST

START_TEST(a_preset_has_its_own_words)
{
    bowl();
    add("A", PATH({ 0, 3 }, { 0, 0 }));
    struct description computed = described();
    ck_assert_str_eq(computed.text, arena_printf(&arena, "%s %s", computed.shown, computed.result));
    preset.figure.alt = text_of("A ball rolls.");
    ck_assert_str_eq(described().text, "A ball rolls.");
}
END_TEST

/* What would be told in the same words is told once. */
START_TEST(those_that_are_alike_are_told_together)
{
    bowl();
    add("early", PATH({ 0, 3 }, { 0, 5 }, { 0, 5 }));
    add("B", PATH({ 0, 3 }, { 0, 3 }, { 0, 5 }));
    add("C", PATH({ 0, 3 }, { 0, 4 }, { 5, 0 }));
    ck_assert_str_eq(described().result, "Early leaves the picture at step 1, and B and C at "
                     "step 2.");
    bowl();
    add("A", PATH({ 0, 3 }, { 0, 0.539 }));
    add("B", PATH({ 0, 3 }, { 0.539 + 1e-14, 0 }));
    add("C", PATH({ 0, 3 }, { 0, 0.6 }));
    ck_assert_str_eq(described().result, "At the end A and B are still 0.539 away from the "
                     "minimum (0, 0), and C 0.6.");
    begin(SADDLE, NULL, 0);
    for (int i = 0; i < 2; i++) {
        add(i ? "B" : "A", PATH({ 0, 3 }, { 0, 0.3 }, { 0, 0.3 }, { 5, 0 }));
    }
    ck_assert_str_eq(described().result, "A and B leave the picture at step 3. On the way A and B "
                     "come within 0.3 of the saddle point (0, 0) and are near it for 2 steps; "
                     "near is within 0.5.");
}
END_TEST

START_TEST(all_that_there_are_is_all)
{
    char label[] = "A";
    bowl();
    for (; *label < 'J'; ++*label) {
        add(label, PATH({ 0, 3 }, { 0, 2 }));
    }
    ck_assert_str_eq(described().result, "All nine optimizers are still away from the minimum, "
                     "all 2 away.");
    add(label, PATH({ 0, 3 }, { 0, 0 }));
    ck_assert_str_eq(described().result, "J reaches the minimum (0, 0) at step 1 and stays within "
                     "0.1 of it. Nine of the optimizers are still away from the minimum, "
                     "all 2 away.");
    bowl();
    for (*label = 'A'; *label < 'I'; ++*label) {
        add(label, PATH({ 0, 3 }, { 0, 5 }));
    }
    ck_assert_str_eq(described().result, "All eight optimizers leave the picture, all at step 1.");
}
END_TEST

/* Of a run that takes one step it is too early to say that it does not move. */
START_TEST(one_step_is_no_rest)
{
    bowl();
    add("A", PATH({ 0, 3 }, { 0, 2.99 }));
    ck_assert_str_eq(described().result, "At the end A is still 2.99 away from the minimum "
                     "(0, 0).");
    bowl();
    add("A", PATH({ 0, 3 }));
    ck_assert_str_eq(described().result, "At the end A is still 3 away from the minimum (0, 0).");
}
END_TEST

START_TEST(a_minimum_outside_the_picture_is_said_to_be_there)
{
    static const struct vec2 minimum = { 3, 9 };
    begin("(x - 3)^2 + (y - 9)^2", &minimum, 1);
    add("A", PATH({ 3, 0 }, { 3, 4 }));
    ck_assert_str_eq(described().result, "At the end A is still 5 away from the minimum (3, 9) "
                     "outside the picture.");
}
END_TEST

START_TEST(lets_are_told_where_they_are_used)
{
    static const char *const names[][2] = {
        { "a", "6.283185307179586" }, { "e2", "7" }, { "inner", "a*2" }, { "outer", "inner + 1" },
    };
    struct let lets[4];
    for (size_t i = 0; i < 4; i++) {
        lets[i] = (struct let){ text_of(names[i][0]), text_of(names[i][1]) };
    }
    bowl();
    add("A", PATH({ 0, 3 }));
    struct objective with = objective;
    with.lets = lets;
    with.let_count = 4;
    with.formula = "outer*x^2 + 1e2*y";
    const char *shown = description_of(&preset, &with, paths, &arena).shown;
    ck_assert_msg(strstr(shown, " with a = 6.28, inner = a*2, outer = inner + 1,") != NULL, "%s",
                  shown);
    with.formula = "a*x";
    shown = description_of(&preset, &with, paths, &arena).shown;
    ck_assert_msg(strstr(shown, " = a*x with a = 6.28, at") != NULL, "%s", shown);
}
END_TEST

START_TEST(a_hundred_optimizers_are_summed_up)
{
    static const struct vec2 minimum = { 0, 0 };
    begin(BOWL, &minimum, 1);
    for (int i = 0; i < PATHS_MOST; i++) {
        char label[64];
        struct vec2 rows[12] = { { 0, 3 } };
        int moved = 1 + i % 10;
        for (int k = 0; k < 12; k++) {
            rows[k].y = k < moved ? 3 : i < 50 ? 0 : i < 80 ? 2 - i / 100.0 : 9;
        }
        snprintf(label, sizeof label, "a rather long label of optimizer number %d", i);
        add(label, rows, 12);
    }
    struct description description = described();
    ck_assert_uint_le(strlen(description.text), 1000);
    ck_assert_ptr_nonnull(strstr(description.shown, "The paths of 100 optimizers on "));
    ck_assert_ptr_nonnull(strstr(description.result,
                                 "50 of the optimizers reach the minimum (0, 0), "
                                 "a rather long label of optimizer number\u2026 first, at step 1, "
                                 "and "));
    ck_assert_ptr_nonnull(strstr(description.result, " 30 of the optimizers are still away from "
                                 "the minimum, 1.21 ("));
    ck_assert_ptr_nonnull(strstr(description.result, "20 of the optimizers leave the picture, "));
}
END_TEST

/* Ten steps of 100 ms after a hold of 500 ms: step k is shown at 500 + 100 k. */
START_TEST(captions_follow_the_films_clock)
{
    static const char *const times[] = { "0-700", "700-1000", "1000-1200", "1200-1500",
                                         "1500-2600" };
    struct timeline timeline = { .steps = 11, .frames = 11, .interval_ms = 100,
                                 .clock = { 1000, 100, 500, 1000 } };
    struct vec2 rows[11] = { { 0, 3 } }, away[11];
    bowl();
    for (int k = 0; k < 11; k++) {
        rows[k].y = k < 10 ? 3 - 0.25 * k : 0;
        away[k] = (struct vec2){ 0, k < 7 ? 3 : 5 };
    }
    add("A", rows, 11);
    add("B", away, 11);
    struct description description = described();
    size_t count;
    struct caption *captions = captions_make(&description, &preset, &objective, paths, &timeline,
                                             &arena, &count);
    ck_assert_uint_eq(count, 5);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(arena_printf(&arena, "%d-%d", (int)captions[i].start_ms,
                                      (int)captions[i].end_ms), times[i]);
    }
    ck_assert_str_eq(captions[0].text, description.shown);
    ck_assert_str_eq(captions[1].text, "Step 2 of 10: A is nearest to the minimum, 2.5 away, and B "
                     "farthest, 3 away.");
    ck_assert_str_eq(captions[3].text, arena_printf(&arena, "%s\n%s", captions[2].text,
                     "Step 7 of 10: A is 1.25 away from the minimum.\n"
                     "Step 7: B leaves the picture."));
    ck_assert_str_eq(captions[4].text, description.result);
}
END_TEST

/* A path that comes back has left; and where it ends at a minimum that is not stated, how far
 * it is from a stated one is nothing to tell. */
START_TEST(captions_tell_of_what_is_left)
{
    static const struct vec2 minimum = { 1, 0 };
    struct timeline timeline = { .steps = 11, .frames = 11, .interval_ms = 3000,
                                 .clock = { 1000, 3000, 500, 1000 } };
    struct vec2 rows[11] = { { 0, 3 }, { 0, 5 } };
    begin("(x^2 + y^2 - 1)^2", &minimum, 1);
    for (int k = 2; k < 11; k++) {
        rows[k] = (struct vec2){ 0, k < 10 ? 2 : 1 };
    }
    add("A", rows, 11);
    struct description description = described();
    size_t count;
    struct caption *captions = captions_make(&description, &preset, &objective, paths, &timeline,
                                             &arena, &count);
    ck_assert_uint_ge(count, 3);
    ck_assert_str_eq(captions[1].text, "Step 1: A leaves the picture.");
    ck_assert_str_eq(captions[2].text, "Step 2 of 10: A has the value 9.");
}
END_TEST

/* Where the numbers are the same nobody is ahead, and who has left is not among them. */
START_TEST(captions_rank_no_ties)
{
    static const char *const told[] = {
        "Step 2 of 8: all are as near to the minimum, 3 away.",
        "Step 4 of 8: A and C are as near to the minimum, 3 away.",
        "Step 6 of 8: C is 3 away from the minimum.",
    };
    struct timeline timeline = { .steps = 9, .frames = 9, .interval_ms = 3000,
                                 .clock = { 1000, 3000, 500, 1000 } };
    for (int kind = 0; kind < 2; kind++) {
        struct vec2 a[9], b[9], c[9];
        size_t count;
        bowl();
        objective.minimum_count -= kind; /* then values tell */
        for (int k = 0; k < 9; k++) {
            a[k] = (struct vec2){ 0, k < 5 ? 3 + (kind ? 0 : 1e-13) : 5 };
            b[k] = (struct vec2){ 0, k < 3 ? 3 : 5 };
            c[k] = (struct vec2){ 0, 3 };
        }
        add("A", a, 9);
        add("B", b, 9);
        add("C", c, 9);
        struct description description = described();
        struct caption *captions = captions_make(&description, &preset, &objective, paths,
                                                 &timeline, &arena, &count);
        ck_assert_uint_eq(count, 7);
        for (int i = 0; i < 3; i++) {
            ck_assert_str_eq(captions[1 + 2 * i].text,
                             !kind ? told[i] : arena_printf(&arena, "Step %d of 8: %s the value 9.",
                                                            2 + 2 * i, i == 0 ? "all have"
                                                            : i == 1 ? "A and C have" : "C has"));
        }
    }
}
END_TEST

START_TEST(a_film_of_one_frame_has_one_caption)
{
    struct timeline timeline = { .steps = 1, .frames = 1, .interval_ms = 100,
                                 .clock = { 1000, 100, 500, 1000 } };
    size_t count;
    bowl();
    add("A", PATH({ 0, 3 }));
    struct description description = described();
    struct caption *captions = captions_make(&description, &preset, &objective, paths, &timeline,
                                             &arena, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(captions->start_ms, 0);
    ck_assert_int_eq(captions->end_ms, 1600);
    ck_assert_str_eq(captions->text, description.text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("description");
    TCase *cases = tcase_create("description");
    suite_add_tcase(suite, cases);
    tcase_add_checked_fixture(cases, NULL, finish);
    tcase_add_test(cases, arrivals_are_told_in_their_order);
    tcase_add_test(cases, others_are_told_by_their_distance);
    tcase_add_test(cases, what_becomes_of_the_rest_is_told);
    tcase_add_test(cases, saddle_points_are_found);
    tcase_add_test(cases, other_flat_places_are_told_as_what_they_are);
    tcase_add_test(cases, slopes_are_no_minima);
    tcase_add_test(cases, a_path_outside_is_told_so);
    tcase_add_test(cases, curves_of_minima_are_no_saddle_points);
    tcase_add_test(cases, kinked_valleys_have_values);
    tcase_add_test(cases, local_minima_are_told_with_their_values);
    tcase_add_test(cases, leaving_the_picture_is_told_though_it_is_undone);
    tcase_add_test(cases, labels_that_are_lists_are_quoted);
    tcase_add_test(cases, marks_are_counted);
    tcase_add_test(cases, each_path_has_its_own_minimum);
    tcase_add_test(cases, the_figure_is_introduced);
    tcase_add_test(cases, a_preset_has_its_own_words);
    tcase_add_test(cases, those_that_are_alike_are_told_together);
    tcase_add_test(cases, all_that_there_are_is_all);
    tcase_add_test(cases, one_step_is_no_rest);
    tcase_add_test(cases, a_minimum_outside_the_picture_is_said_to_be_there);
    tcase_add_test(cases, lets_are_told_where_they_are_used);
    tcase_add_test(cases, a_hundred_optimizers_are_summed_up);
    tcase_add_test(cases, captions_follow_the_films_clock);
    tcase_add_test(cases, captions_tell_of_what_is_left);
    tcase_add_test(cases, captions_rank_no_ties);
    tcase_add_test(cases, a_film_of_one_frame_has_one_caption);
    return run_suite(suite);
}
