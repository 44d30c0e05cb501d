/* Values on level lines and marks at critical points: where they stand. */
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"

static bool covers(const struct rect *box, struct vec2 at)
{
    return at.x > box->x && at.x < box->x + box->width && at.y > box->y
        && at.y < box->y + box->height;
}

/* Values stand in the panel, off marks, stars, steps of paths and the legend. */
static void check_values(const struct plot *plot)
{
    const struct rect *panel = &plot->page.panels[PANEL_CONTOUR];
    const struct contour_panel *contour = &plot->contour;
    for (size_t i = 0; i < contour->labels.count; i++) {
        const struct rect *box = &contour->labels.items[i].box;
        ck_assert(box->x >= panel->x && box->x + box->width <= panel->x + panel->width);
        ck_assert(box->y >= panel->y && box->y + box->height <= panel->y + panel->height);
        for (size_t k = 0; k < contour->marks.count; k++) {
            ck_assert(!covers(box, contour->marks.items[k].at));
        }
        for (size_t k = 0; k < plot->landscape->objective->minimum_count; k++) {
            struct vec2 star = plot->landscape->objective->minima[k];
            ck_assert(!covers(box, contour_panel_point(plot, star)));
        }
        for (size_t k = 0; k < plot->path_count; k++) {
            for (size_t step = 0; step < plot->paths[k].count; step++) {
                struct vec2 at = plot->paths[k].trajectory->points[step];
                ck_assert(!covers(box, contour_panel_point(plot, at)));
            }
        }
        const struct rect *legend = &plot->legend.box;
        ck_assert(box->x + box->width <= legend->x || box->x >= legend->x + legend->width
                  || box->y + box->height <= legend->y || box->y >= legend->y + legend->height);
    }
}

/* Four stars, a triangle and four crosses, each drawn as two lines over two wider ones. */
START_TEST(critical_points_are_marked)
{
    static const char *overrides[] = {
        "contour.critical=yes", "contour.labels=no", "problem.function=himmelblau",
        "problem.minimum=3,2|-2.80511809,3.13131252|-3.77931025,-3.28318599|3.58442834,-1.84812653",
        "problem.x=-5..5", "problem.y=-5..5", "problem.start=0,-1", NULL
    };
    struct figure figure;
    figure_init_shipped(&figure, "hyper", overrides);
    const struct contour_panel *contour = &figure.still.contour;
    ck_assert_uint_eq(contour->marks.count, 9);
    ck_assert_uint_ge(contour->labels.count, 8);
    check_values(&figure.still);
    check_values(&figure.film);
    struct scene scene;
    scene_init(&scene, figure.still.page.width, figure.still.page.height);
    critical_marks_draw(&contour->marks, &figure.still, &scene);
    size_t triangles = 0, lines = 0;
    for (size_t i = 0; i < scene.count; i++) {
        triangles += scene.items[i].fill.a > 0;
        lines += scene.items[i].fill.a == 0;
    }
    ck_assert_uint_eq(triangles, 1);
    ck_assert_uint_eq(lines, 4 * 4);
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

START_TEST(crowded_marks_do_not_cover_each_other)
{
    static const char *const functions[] = {
        "problem.function=rastrigin", "problem.function=shubert", "problem.function=alpine"
    };
    for (size_t i = 0; i < 3; i++) {
        const char *overrides[] = {
            "contour.critical=yes", "problem.x=-5..5", "problem.y=-5..5", "problem.start=1,1.25",
            "problem.minimum=none", functions[i], NULL
        };
        struct figure figure;
        figure_init_shipped(&figure, "hyper", overrides);
        const struct critical_marks *marks = &figure.still.contour.marks;
        ck_assert_uint_gt(marks->count, 20);
        for (size_t a = 0; a < marks->count; a++) {
            for (size_t b = 0; b < a; b++) {
                ck_assert(hypot(marks->items[a].at.x - marks->items[b].at.x,
                                marks->items[a].at.y - marks->items[b].at.y)
                          > 0.6 * figure.look.theme->small_text_size);
            }
        }
        check_values(&figure.still);
        figure_finish(&figure);
    }
}
END_TEST

/* What is marked of a symmetrical function is as symmetrical, and not everything. */
START_TEST(marks_have_their_twins)
{
    static const char *overrides[] = {
        "contour.critical=yes", "problem.function=ackley", "problem.minimum=0,0",
        "problem.x=-5..5", "problem.y=-5..5", "problem.start=1,1.25", NULL
    };
    struct figure figure;
    figure_init_shipped(&figure, "hyper", overrides);
    const struct critical_marks *marks = &figure.still.contour.marks;
    ck_assert(marks->count > 20 && marks->count <= 60);
    for (size_t a = 0; a < marks->count; a++) {
        const struct critical_point *point = marks->items[a].point;
        const struct vec2 twins[] = { { point->at.y, point->at.x }, { -point->at.x, point->at.y } };
        size_t found = 0;
        for (size_t b = 0; b < marks->count; b++) {
            struct vec2 at = marks->items[b].point->at;
            for (size_t k = 0; k < 2; k++) {
                found += hypot(at.x - twins[k].x, at.y - twins[k].y) < 1e-6;
            }
        }
        ck_assert_msg(found == 2, "%g, %g", point->at.x, point->at.y);
    }
    figure_finish(&figure);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("marks");
    TCase *cases = tcase_create("marks");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, critical_points_are_marked);
    tcase_add_test(cases, crowded_marks_do_not_cover_each_other);
    tcase_add_test(cases, marks_have_their_twins);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
