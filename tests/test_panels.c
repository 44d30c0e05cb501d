/* What becomes of paths, walls and holes where there is no notebook to be compared with. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"
#include "plot/contour.h"
#include "plot/grid.h"

static const char *figure_names[] = { "quad", "booth", "hyper", "beale" };
enum { FIGURES = 4 };

static struct mesh wall_mesh(double height)
{
    /* A wall along y at x = 0 over a flat floor. */
    struct mesh mesh = mesh_flat(256);
    size_t side = mesh_side(&mesh);
    mesh.limits.hi = height;
    for (size_t row = 0; row < side; row++) {
        for (size_t column = side / 2 - 3; column <= side / 2 + 3; column++) {
            mesh.heights[row * side + column] = height;
        }
    }
    return mesh;
}

START_TEST(a_wall_hides_what_is_behind_it)
{
    struct mesh mesh = wall_mesh(1);
    struct vec3 eye = { 10, 0, 5 }; /* the shadow of the wall is 2 long */
    for (double y = -0.9; y < 1; y += 0.3) {
        ck_assert(surface_hides(&mesh, eye, (struct vec3){ -0.5, y * 0.5, 0 }));
        ck_assert(!surface_hides(&mesh, eye, (struct vec3){ 0.5, y * 0.5, 0 }));
        ck_assert(!surface_hides(&mesh, eye, (struct vec3){ 0, y * 0.5, 1 }));
    }
    /* From straight above nothing is hidden, from below only through the wall. */
    ck_assert(!surface_hides(&mesh, (struct vec3){ -0.5, 0, 9 }, (struct vec3){ -0.5, 0, 0 }));
    ck_assert(!surface_hides(&mesh, (struct vec3){ 10, 0, -5 }, (struct vec3){ -0.5, 0, 0 }));
    mesh_finish(&mesh);
}
END_TEST

static size_t count_faint(const struct scene *scene, double alpha)
{
    size_t count = 0;
    for (size_t i = 0; i < scene->count; i++) {
        count += fabs(scene->items[i].stroke.color.a - alpha) <= 1e-9
                 && scene->items[i].stroke.width > 0;
    }
    return count;
}

START_TEST(hidden_parts_follow_the_preset)
{
    /* Behind beale's spike most of Momentum's path is hidden. */
    static const char *styles[] = { "faint", "dashed", "solid", "none" };
    size_t faint[4], lines[4], dashed[4];
    for (size_t i = 0; i < 4; i++) {
        struct figure figure;
        struct scene scene;
        char override[64];
        snprintf(override, sizeof override, "surface.hidden=%s", styles[i]);
        const char *overrides[] = { override, NULL };
        figure_init(&figure, "beale", overrides);
        scene_init(&scene, figure.film.page.width, figure.film.page.height);
        for (size_t step = 1; step < 100; step++) {
            for (size_t path = 0; path < figure.film.path_count; path++) {
                plot_trail(&figure.film, &figure.film.view, &scene, path, PANEL_SURFACE,
                           (double)step - 1, (double)step);
            }
        }
        faint[i] = count_faint(&scene, figure.look.theme->hidden_alpha);
        lines[i] = scene.count;
        dashed[i] = 0;
        for (size_t k = 0; k < scene.count; k++) {
            dashed[i] += scene.items[k].stroke.dash_count > 0;
        }
        scene_finish(&scene);
        figure_finish(&figure);
    }
    ck_assert_uint_gt(faint[0], 50);
    ck_assert_uint_eq(dashed[0], 0);
    ck_assert_uint_eq(faint[1] + faint[2] + faint[3], 0);
    ck_assert_uint_eq(dashed[1], faint[0]);
    ck_assert_uint_eq(lines[0] - faint[0], lines[3]);
}
END_TEST

START_TEST(everything_drawn_is_finite_and_near_the_page)
{
    /* hyper's runaways reach 987910; none of that may reach the painter. */
    struct figure figure;
    figure_init(&figure, figure_names[_i], NULL);
    struct scene scene;
    scene_init(&scene, figure.film.page.width, figure.film.page.height);
    struct moment end = timeline_at(&figure.film.timeline, figure.film.timeline.frames - 1);
    plot_picture(&figure.film, &scene, &figure.film.view, &end);
    plot_picture(&figure.still, &scene, &figure.still.view, &end);
    for (size_t i = 0; i < scene.count; i++) {
        for (size_t k = 0; k < scene.items[i].point_count; k++) {
            struct vec2 point = scene.items[i].points[k];
            ck_assert(fabs(point.x - 500) < 1000 && fabs(point.y - 140) < 500);
        }
    }
    ck_assert_uint_gt(scene.count, 50);
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

static const struct height_scale plain_heights = { SCALE_LINEAR, 0, 1 };
static const struct tone plain_tone = { { SCALE_LINEAR, 0, 0 }, { 0, 1 } };
static const struct range no_cut = { -INFINITY, INFINITY };

START_TEST(a_flat_or_empty_function_is_drawn)
{
    static const char *formulas[] = { "3", "0/0", "log(x)", "1/(x*y)", "exp(exp(x))" };
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        struct text text = { formulas[i], strlen(formulas[i]), { 0 } };
        struct objective objective;
        struct report report = { 0 };
        struct problem_section problem = {
            .formula = text,
            .start = { true, { 1, 1 }, { 0 } },
            .x = { true, { -4, 4 }, { 0 } },
            .y = { true, { -4, 4 }, { 0 } },
            .minimum = { .kind = MINIMUM_NONE },
        };
        if (!objective_init(&objective, &problem, &report)) {
            report_finish(&report);
            continue; /* 0/0 has no value at its start: refused */
        }
        struct grid grid;
        struct mesh mesh;
        grid_init(&grid, &objective);
        grid_sample(&grid, &objective);
        struct range limits = grid_limits(&grid);
        ck_assert(isfinite(limits.lo) && isfinite(limits.hi) && limits.lo <= limits.hi);
        mesh_init(&mesh, &objective, 256, &plain_heights, &plain_tone, no_cut);
        ck_assert(isfinite(mesh.limits.lo) && mesh.limits.lo <= mesh.limits.hi);
        mesh_finish(&mesh);
        grid_finish(&grid);
        objective_finish(&objective);
        report_finish(&report);
    }
}
END_TEST

START_TEST(a_tiny_bump_on_a_high_plain_is_smooth)
{
    /* Heights are doubles: floats would make terraces of 10^7 + x^2. */
    static const char formula[] = "10000000 + x^2 + y^2";
    struct objective objective;
    struct report report = { 0 };
    struct mesh mesh;
    struct problem_section problem = {
        .formula = { formula, sizeof formula - 1, { 0 } },
        .start = { true, { 1, 1 }, { 0 } },
        .x = { true, { -4, 4 }, { 0 } },
        .y = { true, { -4, 4 }, { 0 } },
        .minimum = { .kind = MINIMUM_NONE },
    };
    ck_assert(objective_init(&objective, &problem, &report));
    mesh_init(&mesh, &objective, 256, &plain_heights, &plain_tone, no_cut);
    for (size_t i = 0; i <= mesh.cells; i++) {
        double x = -4 + 8.0 * (double)i / 256;
        double height = mesh.heights[128 * mesh_side(&mesh) + i];
        ck_assert_double_eq_tol(height - 1e7, x * x, 1e-8);
    }
    mesh_finish(&mesh);
    objective_finish(&objective);
    report_finish(&report);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("panels");
    TCase *cases = tcase_create("panels");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, a_wall_hides_what_is_behind_it);
    tcase_add_test(cases, hidden_parts_follow_the_preset);
    tcase_add_loop_test(cases, everything_drawn_is_finite_and_near_the_page, 0, FIGURES);
    tcase_add_test(cases, a_flat_or_empty_function_is_drawn);
    tcase_add_test(cases, a_tiny_bump_on_a_high_plain_is_smooth);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
