/* What the eye stumbles over in a picture: teeth along folds, rims, merged lines, marks that
 * hide one another. References are algebra and counts of pixels. */
#include "support.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure.h"

enum { DPI = 144 };

/* A preset with a formula of its own over -1 .. 1. */
static void formula_figure(struct figure *figure, const char *formula, const char *more)
{
    char problem[256];
    snprintf(problem, sizeof problem, "problem.formula=%s", formula);
    const char *overrides[] = { problem, "figure.theme=article", "problem.x=-1 .. 1",
                                "problem.y=-1 .. 1", "problem.start=0.5, 0.5",
                                "problem.minimum=none", "figure.layout=wide", more, NULL };
    figure_init(figure, "quad", overrides);
}

/* The lowest vertex of each column of a mesh, or the highest. */
static double farthest_miss(const struct mesh *mesh, double sign)
{
    double worst = 0;
    for (size_t column = 0; column <= mesh->cells; column++) {
        double best = INFINITY;
        for (size_t row = 0; row <= mesh->cells; row++) {
            best = fmin(best, sign * mesh_vertex(mesh, row, column).z);
        }
        worst = fmax(worst, best);
    }
    return worst;
}

START_TEST(vertices_lie_on_folds)
{
    /* Along y = 0.31 x each is 0, and nothing is beyond: less than 0.5 % may be missed. */
    static const struct {
        const char *formula;
        double sign, most;
    } folds[] = {
        { "abs(y - 0.31*x)", 1, 6e-3 },
        { "-abs(y - 0.31*x)", -1, 6e-3 },
        { "sqrt(abs(y - 0.31*x))", 1, 1e-2 },
        { "min(30*abs(y - 0.31*x), 1)", 1, 6e-3 },
    };
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        struct figure figure;
        formula_figure(&figure, folds[i].formula, NULL);
        double miss = farthest_miss(&figure.film.mesh, folds[i].sign);
        ck_assert_msg(miss < folds[i].most, "%s: %g", folds[i].formula, miss);
        figure_finish(&figure);
    }
}
END_TEST

START_TEST(vertices_stay_on_their_formula_and_in_order)
{
    struct figure figure;
    formula_figure(&figure, "sqrt(abs(y - 0.31*x)) + abs(x + 0.2*y)", NULL);
    const struct mesh *mesh = &figure.film.mesh;
    size_t moved = 0;
    for (size_t row = 0; row <= mesh->cells; row++) {
        for (size_t column = 0; column <= mesh->cells; column++) {
            struct vec3 at = mesh_vertex(mesh, row, column);
            double z = sqrt(fabs(at.y - 0.31 * at.x)) + fabs(at.x + 0.2 * at.y);
            ck_assert_double_eq_tol(at.z, z, 1e-9);
            moved += is_on_fold(mesh, row * mesh_side(mesh) + column);
            if (column < mesh->cells) {
                ck_assert_double_lt(at.x, mesh_vertex(mesh, row, column + 1).x);
            }
            if (row < mesh->cells) {
                ck_assert_double_lt(at.y, mesh_vertex(mesh, row + 1, column).y);
            }
        }
    }
    ck_assert_uint_gt(moved, mesh->cells / 2);
    figure_finish(&figure);
}
END_TEST

START_TEST(what_has_no_folds_is_not_moved)
{
    static const char *const formulas[] = {
        "x^2 + 10*y^2", "sin(9*x)*cos(7*y)",             /* smooth */
        "if(y < 0.31*x, 0, 1)", "max(0, 40*(y - 0.31*x))", /* a step, a bend */
        "1/abs(y - 0.31*x)", "1/(x^2 + y^2)", /* poles */
        "x*y",
    };
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        struct figure figure;
        formula_figure(&figure, formulas[i], NULL);
        ck_assert_msg(!figure.film.mesh.shifts, "%s", formulas[i]);
        figure_finish(&figure);
    }
}
END_TEST

/* How much ink there is at a point of the page, 0 .. 255, on white. */
static unsigned ink_at(const struct image *image, double x, double y)
{
    const unsigned char *row = image->pixels + (ptrdiff_t)image->stride * (int)(y * DPI / 72);
    return 255u - row[4 * (int)(x * DPI / 72) + 1];
}

START_TEST(a_fold_is_no_row_of_teeth)
{
    /* Seen from below its rim, the fold is the lower end of the surface. */
    static const char *const formulas[] = { "abs(y - 0.31*x)", "sqrt(abs(y - 0.31*x))",
                                            "sqrt(abs(y + 0.57*x))", "abs(y - 0.9*x)" };
    static const double slopes[] = { 0.31, 0.31, -0.57, 0.9 };
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        struct figure figure;
        struct frames frames;
        formula_figure(&figure, formulas[i], "surface.elevation=8");
        frames_open(&frames, &figure.film, DPI);
        struct image image = frames_at(&frames, 0);
        const struct camera *camera = &figure.film.view.camera;
        int teeth = 0;
        for (double x = -0.95; x < 0.95; x += 0.002) {
            struct vec3 fold = { x, slopes[i] * x, 0 };
            struct projected seen = camera_project(camera, fold);
            teeth += ink_at(&image, seen.page.x, seen.page.y - 1) < 40;
            teeth += ink_at(&image, seen.page.x, seen.page.y + 1) > 40;
        }
        ck_assert_msg(teeth < 10, "%s: %d of 1900", formulas[i], teeth);
        frames_finish(&frames);
        figure_finish(&figure);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        vertices_lie_on_folds, vertices_stay_on_their_formula_and_in_order,
        what_has_no_folds_is_not_moved, a_fold_is_no_row_of_teeth,
    };
    Suite *suite = suite_create("look");
    TCase *cases = tcase_create("look");
    tcase_set_timeout(cases, 120);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tcase_add_test(cases, tests[i]);
    }
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
