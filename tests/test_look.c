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

START_TEST(flat_ground_has_no_lines)
{
    /* Easom's plain is at 0, and changes its sign all over; its pit is 1 deep. */
    static const char *const boxes[][2] = {
        { "problem.x=0 .. 6.28", "problem.y=0 .. 6.28" },
        { "problem.x=1.2 .. 5.2", "problem.y=1.2 .. 5.2" },
    };
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++) {
        const char *overrides[] = { "problem.function=easom", "figure.theme=article",
                                    "problem.start=2, 2", "contour.scale=linear",
                                    "problem.minimum=none",
                                    boxes[i][0], boxes[i][1], NULL };
        struct figure figure;
        figure_init(&figure, "quad", overrides);
        const struct levels *levels = &figure.film.level_map.levels;
        ck_assert_uint_gt(levels->count, 2);
        ck_assert_msg(levels->values[levels->count - 1] < -1e-3, "%s: %zu to %g", boxes[i][0],
                      levels->count, levels->values[levels->count - 1]);
        figure_finish(&figure);
    }
    /* A bowl ends at its corners and its middle, whatever is the last line before them. */
    struct figure bowl;
    formula_figure(&bowl, "x^2 + y^2", "contour.scale=linear");
    const struct levels *levels = &bowl.film.level_map.levels;
    double step = levels->values[1] - levels->values[0];
    ck_assert_double_le(levels->values[0], step + 1e-9);
    ck_assert_double_ge(levels->values[levels->count - 1], 2 - step - 1e-9);
    figure_finish(&bowl);
}
END_TEST

/* The darkness of a preset's contour panel in a box of it, on average: 0 is white. */
static double darkness(const struct plot *plot, const struct image *image, struct rect box)
{
    const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
    double sum = 0, count = 0;
    for (double y = 0; y < box.height; y += 0.25) {
        for (double x = 0; x < box.width; x += 0.25) {
            sum += ink_at(image, panel->x + box.x + x, panel->y + box.y + y);
            count++;
        }
    }
    return sum / count;
}

START_TEST(crowded_lines_do_not_merge_into_a_bar)
{
    /* All lines run through a strip of 1 % of the panel, in one direction or the other. */
    static const char *const formulas[] = { "atan(200*x)", "atan(200*(y - 0.1))" };
    for (int i = 0; i < 2; i++) {
        struct figure figure;
        struct frames frames;
        formula_figure(&figure, formulas[i], "contour.filled=no");
        const struct plot *plot = &figure.film;
        const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
        frames_open(&frames, plot, DPI);
        struct image image = frames_at(&frames, 0);
        double at = (i ? 0.45 : 0.5) * (i ? panel->height : panel->width);
        struct rect bar = { i ? 20 : at - 1, i ? at - 1 : 20, i ? 60 : 2, i ? 2 : 60 };
        /* Lines 1.5 points apart and 0.5 wide, of ink at 30 %, are 10 % of it. */
        double ink = darkness(plot, &image, bar) / 255;
        ck_assert_msg(ink > 0.03 && ink < 0.17, "%s: %g", formulas[i], ink);
        frames_finish(&frames);
        figure_finish(&figure);
    }
}
END_TEST

START_TEST(lines_that_have_room_keep_their_ink)
{
    struct figure figure;
    formula_figure(&figure, "x + y", NULL);
    const struct contour_panel *contour = &figure.film.contour;
    ck_assert(contour->faded);
    for (size_t level = 0; level < contour->map->levels.count; level++) {
        ck_assert_uint_eq(contour->faded[level][0].point_count, contour->lines[level].point_count);
        for (int step = 1; step < FADE_STEPS; step++) {
            ck_assert_uint_eq(contour->faded[level][step].count, 0);
        }
    }
    figure_finish(&figure);
}
END_TEST

/* How many levels run through a box of the page, before labels cut them. */
static int levels_through(const struct plot *plot, const struct rect *box)
{
    const struct level_map *map = &plot->level_map;
    int through = 0;
    for (size_t level = 0; level < map->levels.count; level++) {
        const struct level_lines *lines = &map->lines[level];
        const struct vec2 *p = lines->points;
        bool is_through = false;
        for (size_t line = 0; line < lines->count; p += lines->lengths[line++]) {
            for (size_t k = 1; k < lines->lengths[line]; k++) {
                struct vec2 a = contour_panel_point(plot, p[k - 1]);
                struct vec2 b = contour_panel_point(plot, p[k]);
                for (int i = 0; i <= 100; i++) {
                    double x = a.x + (b.x - a.x) * i / 100, y = a.y + (b.y - a.y) * i / 100;
                    is_through |= x > box->x && x < box->x + box->width && y > box->y
                               && y < box->y + box->height;
                }
            }
        }
        through += is_through;
    }
    return through;
}

START_TEST(labels_cut_few_lines_and_keep_off_stars)
{
    static const char *const presets[] = { "cliff", "basins", "plateau", "valley", "banana" };
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        struct figure figure;
        figure_init_shipped(&figure, presets[i], NULL);
        const struct plot *plot = &figure.film;
        const struct theme *theme = figure.look.theme;
        for (size_t k = 0; k < plot->contour.labels.count; k++) {
            const struct rect *box = &plot->contour.labels.items[k].box;
            int through = levels_through(plot, box);
            ck_assert_msg(through <= 4, "%s: %d", presets[i], through);
            for (size_t m = 0; m < figure.objective.minimum_count; m++) {
                struct vec2 star = contour_panel_point(plot, figure.objective.minima[m]);
                double x = fmax(fmax(box->x - star.x, star.x - box->x - box->width), 0);
                double y = fmax(fmax(box->y - star.y, star.y - box->y - box->height), 0);
                double apart = hypot(x, y) - theme->star_radius;
                ck_assert_msg(apart > theme->head_diameter / 2 - 1, "%s: %g", presets[i], apart);
            }
        }
        figure_finish(&figure);
    }
}
END_TEST

START_TEST(labels_leave_no_stubs)
{
    static const char *const presets[] = { "quad", "booth", "beale", "valley", "basins" };
    size_t cut = 0;
    for (size_t i = 0; i < sizeof presets / sizeof *presets; i++) {
        static const char *const overrides[] = { "figure.theme=article", "figure.layout=wide",
                                                 "contour.levels=40", NULL };
        struct figure figure;
        figure_init(&figure, presets[i], overrides);
        const struct contour_panel *contour = &figure.film.contour;
        const struct rect *panel = &figure.film.page.panels[PANEL_CONTOUR];
        for (size_t level = 0; level < contour->map->levels.count; level++) {
            const struct level_lines *lines = &contour->lines[level];
            const struct vec2 *p = lines->points;
            for (size_t line = 0; line < lines->count; p += lines->lengths[line++]) {
                double length = 0;
                int ends_in_panel = 0;
                for (size_t k = 1; k < lines->lengths[line]; k++) {
                    length += hypot(p[k].x - p[k - 1].x, p[k].y - p[k - 1].y);
                }
                for (int end = 0; end < 2; end++) {
                    struct vec2 at = p[end ? lines->lengths[line] - 1 : 0];
                    ends_in_panel += at.x > panel->x + 0.1 && at.y > panel->y + 0.1
                                  && at.x < panel->x + panel->width - 0.1
                                  && at.y < panel->y + panel->height - 0.1;
                }
                cut += ends_in_panel == 1;
                ck_assert_msg(ends_in_panel != 1 || length > 7, "%s: %g", presets[i], length);
            }
        }
        figure_finish(&figure);
    }
    ck_assert_uint_gt(cut, 10);
}
END_TEST

/* The length of level lines nearer to an axis than this, on the page. */
static double length_along(const struct plot *plot, bool is_x_axis, double near)
{
    const struct level_map *map = &plot->level_map;
    const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
    double sum = 0;
    for (size_t level = 0; level < map->levels.count; level++) {
        const struct vec2 *p = map->lines[level].points;
        for (size_t line = 0; line < map->lines[level].count; line++) {
            for (size_t k = 1; k < map->lines[level].lengths[line]; k++) {
                struct vec2 a = p[k - 1], b = p[k];
                bool is_near = is_x_axis ? fabs(a.y) < near && fabs(b.y) < near
                                         : fabs(a.x) < near && fabs(b.x) < near;
                sum += is_near ? hypot(b.x - a.x, b.y - a.y) : 0;
            }
            p += map->lines[level].lengths[line];
        }
    }
    return sum / (is_x_axis ? panel->width / panel->height : 1);
}

START_TEST(walls_along_both_axes_are_seen)
{
    /* Thinner than any sample, and the same along x and along y. */
    static const char *const sizes[] = { "film.height=3", "film.height=4", "film.height=5.5",
                                         "film.width=9" };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const char *overrides[] = { "problem.function=cross-in-tray", "problem.start=5, 5",
                                    "problem.x=-10 .. 10", "problem.y=-10 .. 10",
                                    "problem.minimum=none", "figure.theme=article", sizes[i],
                                    NULL };
        struct figure figure;
        figure_init(&figure, "quad", overrides);
        ck_assert_double_gt(length_along(&figure.film, true, 0.2), 19);
        ck_assert_double_gt(length_along(&figure.film, false, 0.2), 19);
        figure_finish(&figure);
    }
}
END_TEST

START_TEST(paths_that_leave_together_all_have_arrows)
{
    /* Three of four leave within a head of each other. */
    static const char *const overrides[] = { "figure.theme=article", "figure.layout=wide", NULL };
    struct figure figure;
    struct frames frames;
    figure_init(&figure, "dialects", overrides);
    const struct plot *plot = &figure.film;
    const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
    frames_open(&frames, plot, DPI);
    struct image image = frames_at(&frames, plot->timeline.frames - 1);
    for (size_t i = 0; i < plot->path_count; i++) {
        struct color color = plot->paths[i].color;
        uint32_t wanted = (uint32_t)lrint(255 * color.r) << 16 | (uint32_t)lrint(255 * color.g) << 8
                        | (uint32_t)lrint(255 * color.b);
        int count = 0;
        for (int y = (int)(panel->y * DPI / 72); y < (panel->y + panel->height) * DPI / 72; y++) {
            int right = (int)((panel->x + panel->width) * DPI / 72) - 1;
            const uint32_t *row = (const uint32_t *)(const void *)(image.pixels
                                                                   + (ptrdiff_t)image.stride * y);
            for (int x = right - 9 * DPI / 72; x < right; x++) {
                count += (row[x] & 0xffffff) == wanted;
            }
        }
        /* A third of an arrow: 1.44 times 7.7 by 6.6 points, halved. */
        ck_assert_msg(count > 20, "path %zu: %d pixels", i, count);
    }
    frames_finish(&frames);
    figure_finish(&figure);
}
END_TEST

/* However large the page is, crowds are counted in little memory. */
START_TEST(crowds_of_a_large_page_are_counted_in_larger_cells)
{
    const struct rect large = { 0, 0, 14400, 14400 }, narrow = { 0, 0, 1e6, 2 };
    struct level_crowd crowd;
    level_crowd_init(&crowd, NULL, 0, &large);
    ck_assert_int_le(crowd.columns * crowd.rows, 1100000);
    level_crowd_finish(&crowd);
    level_crowd_init(&crowd, NULL, 0, &narrow);
    ck_assert_int_le(crowd.columns * crowd.rows, 2100000);
    level_crowd_finish(&crowd);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {
        vertices_lie_on_folds, vertices_stay_on_their_formula_and_in_order,
        what_has_no_folds_is_not_moved, a_fold_is_no_row_of_teeth,
        flat_ground_has_no_lines, crowded_lines_do_not_merge_into_a_bar,
        lines_that_have_room_keep_their_ink, labels_cut_few_lines_and_keep_off_stars,
        labels_leave_no_stubs, walls_along_both_axes_are_seen,
        paths_that_leave_together_all_have_arrows,
    };
    Suite *suite = suite_create("look");
    TCase *cases = tcase_create("look");
    tcase_set_timeout(cases, 120);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tcase_add_test(cases, tests[i]);
    }
    tcase_add_test(cases, crowds_of_a_large_page_are_counted_in_larger_cells);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
