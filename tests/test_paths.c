/* Paths, heads and the frames that they make: what is hidden, what coincides,
 * what glides and what turns. */
#include "support.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"
#include "plot/locate.h"

static uint32_t pixel_at(const struct image *image, int x, int y)
{
    const uint32_t *pixels = (const uint32_t *)(const void *)image->pixels;
    return pixels[y * image->stride / 4 + x] & 0xffffff;
}

/* Films that move in every way there is, in every kind of theme. */
static const char *films[][9] = {
    { "figure.theme=article", "film.fps=30", NULL },
    { "figure.theme=print", "film.fps=12", NULL },
    { "figure.theme=dark", "surface.azimuth=-30 .. 60", NULL },
    { "figure.theme=slides", "figure.layout=wide", "surface.elevation=20 .. 60", "film.fps=8",
      "figure.panels=loss, surface, contour", NULL },
    { "figure.theme=article", "surface.azimuth=40 .. -60", "figure.panels=surface", NULL },
    { "figure.theme=article", "film.counter=yes", "figure.background=transparent", NULL },
    { "figure.theme=article", "surface.azimuth=-30 .. 60", "surface.axes=yes", "surface.z=-5 .. 8",
      "surface.contours=floor", NULL },
    { "figure.theme=dark", "surface.distance=2 .. 9", "surface.elevation=-40 .. 90", NULL },
};
enum { FILMS = sizeof films / sizeof *films };

static size_t check_damage(const struct frames *frames, const struct image *now,
                           const uint32_t *before)
{
    size_t changed = 0;
    const uint32_t *pixels = (const uint32_t *)(const void *)now->pixels;
    for (int y = 0; y < now->height; y++) {
        for (int x = 0; x < now->width; x++) {
            if (pixels[y * now->stride / 4 + x] != before[y * now->stride / 4 + x]) {
                ck_assert_msg(frames_damaged(frames, x, y), "%d, %d", x, y);
                changed++;
            }
        }
    }
    return changed;
}

START_TEST(frames_depend_on_their_number_alone)
{
    struct figure figure;
    struct frames film, alone;
    figure_init(&figure, "hyper", films[_i]);
    frames_open(&film, &figure.film, 40);
    size_t frames = figure.film.timeline.frames, changed = 0;
    uint32_t *before = NULL;
    for (size_t number = 0; number < frames; number++) {
        struct image passing = frames_at(&film, number);
        size_t bytes = (size_t)passing.stride * (size_t)passing.height;
        if (before) {
            changed += check_damage(&film, &passing, before);
        }
        before = realloc(before, bytes);
        memcpy(before, passing.pixels, bytes);
        if (number % 13 == 7 || number + 1 == frames) {
            frames_open(&alone, &figure.film, 40);
            struct image single = frames_at(&alone, number);
            ck_assert_msg(!memcmp(passing.pixels, single.pixels, bytes), "frame %zu", number);
            frames_finish(&alone);
        }
    }
    ck_assert_uint_gt(changed, 10 * frames);
    free(before);
    frames_finish(&film);
    figure_finish(&figure);
}
END_TEST

START_TEST(heads_glide_evenly)
{
    /* interval 200 ms at 20 fps: four frames a step. */
    static const char *overrides[] = { "figure.theme=article", "film.fps=20", NULL };
    struct figure figure;
    figure_init(&figure, "quad", overrides);
    const struct trajectory *run = &figure.trajectories[0];
    for (size_t number = 0; number < figure.film.timeline.frames; number++) {
        struct moment moment = timeline_at(&figure.film.timeline, number);
        struct vec2 at = path_at(&figure.film.paths[0], moment.step);
        size_t step = number / 4;
        double part = (double)(number % 4) / 4;
        struct vec2 a = run->points[step], b = run->points[part > 0 ? step + 1 : step];
        ck_assert_double_eq_tol(at.x, a.x + part * (b.x - a.x), 1e-9);
        ck_assert_double_eq_tol(at.y, a.y + part * (b.y - a.y), 1e-9);
    }
    ck_assert_uint_eq(figure.film.timeline.frames, 4 * 19 + 1);
    figure_finish(&figure);
}
END_TEST

/* Strokes a line of a role in the layers of path 0. */
static void stroke(struct layers *layers, struct scene *scene, enum role role, unsigned color,
                   double alpha, double width)
{
    struct vec2 line[2] = { { 100, 100 }, { 140, 100 } };
    struct stroke style = { color_fade(color_hex(color), alpha), width, .cap = CAP_ROUND };
    scene_reset(scene);
    scene->role = role;
    scene_line(scene, NULL, line, 2, &style);
    layers_stroke(layers, 0, PANEL_SURFACE, scene);
}

START_TEST(strokes_of_one_trail_do_not_add_up)
{
    struct figure figure;
    struct layers layers;
    struct scene scene;
    figure_init(&figure, "quad", NULL);
    scene_init(&scene, figure.film.page.width, figure.film.page.height);
    layers_init(&layers, &figure.film, 1, 1008, 288);
    stroke(&layers, &scene, ROLE_LINE, 0xff0000, 1, 4);
    stroke(&layers, &scene, ROLE_CASING, 0x0000ff, 1, 10);
    for (int i = 0; i < 5; i++) {
        stroke(&layers, &scene, ROLE_HIDDEN, 0x000000, 0.3, 20);
    }
    cairo_surface_t *page = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 1008, 288);
    cairo_t *cairo = cairo_create(page);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    layers_compose(&layers, cairo);
    cairo_surface_flush(page);
    struct image image = { .width = 1008,
                           .height = 288,
                           .stride = cairo_image_surface_get_stride(page),
                           .pixels = cairo_image_surface_get_data(page) };
    uint32_t hidden = pixel_at(&image, 120, 107) & 255; /* white darkened by 30 % once */
    ck_assert(hidden >= 178 && hidden <= 179);
    ck_assert_uint_eq(pixel_at(&image, 120, 103), 0x0000ff); /* the casing, over what is hidden */
    ck_assert_uint_eq(pixel_at(&image, 120, 100), 0xff0000); /* the line, over its casing */
    ck_assert_uint_eq(pixel_at(&image, 120, 115), 0xffffff);
    cairo_destroy(cairo);
    cairo_surface_destroy(page);
    layers_finish(&layers);
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

START_TEST(the_hidden_style_shows_only_where_something_hides)
{
    /* Beale's spike stands before a part of Momentum's path. Faint and solid
     * differ there, and nowhere else: not where a path lies open, however
     * steep the wall is that it lies on. */
    static const char *faint[] = { "figure.layout=wide", "figure.theme=article",
                                   "surface.hidden=faint", NULL };
    static const char *solid[] = { "figure.layout=wide", "figure.theme=article",
                                   "surface.hidden=solid", NULL };
    struct figure figures[2];
    struct frames frames[2];
    struct image images[2];
    struct rect box = { 0 };
    for (int i = 0; i < 2; i++) {
        figure_init(&figures[i], "beale", i ? solid : faint);
        frames_open(&frames[i], &figures[i].film, 72);
        images[i] = frames_at(&frames[i], 199);
    }
    /* Where Momentum is behind the spike, found with the formula: the line of
     * sight from its points meets the graph again. */
    const struct plot *plot = &figures[0].film;
    const struct path *momentum = &plot->paths[1];
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    for (size_t step = 0; step < momentum->count; step++) {
        struct vec3 point = lift(plot, momentum->trajectory->points[step]);
        bool covered = false;
        for (int i = 2; i < 400; i++) {
            double part = i / 400.0;
            struct vec3 at = { point.x + part * (plot->view.eye.x - point.x),
                               point.y + part * (plot->view.eye.y - point.y),
                               point.z + part * (plot->view.eye.z - point.z) };
            struct vec2 flat = { at.x, at.y };
            covered = covered || (in_domain(plot->landscape->objective, flat)
                                  && lift(plot, flat).z > at.z + 200);
        }
        if (covered) {
            struct vec2 page = camera_project(&plot->view.camera, point).page;
            left = fmin(left, page.x);
            right = fmax(right, page.x);
            top = fmin(top, page.y);
            bottom = fmax(bottom, page.y);
        }
    }
    ck_assert(right > left);
    box = (struct rect){ left - 8, top - 8, right - left + 16, bottom - top + 16 };
    size_t inside = 0;
    for (int y = 0; y < images[0].height; y++) {
        for (int x = 0; x < images[0].width; x++) {
            if (pixel_at(&images[0], x, y) != pixel_at(&images[1], x, y)) {
                bool near_by = x >= box.x && x <= box.x + box.width && y >= box.y
                               && y <= box.y + box.height;
                ck_assert_msg(near_by, "%d, %d", x, y);
                inside++;
            }
        }
    }
    ck_assert_uint_gt(inside, 20);
    for (int i = 0; i < 2; i++) {
        frames_finish(&frames[i]);
        figure_finish(&figures[i]);
    }
}
END_TEST

static size_t shared_steps(const struct path *path)
{
    size_t count = 0;
    for (size_t i = 0; path->shares && i + 1 < path->count; i++) {
        count += path->shares[i] > 0;
    }
    return count;
}

START_TEST(a_path_along_another_is_dashed_and_a_crossing_is_not)
{
    /* The same run twice: the second has company all the way. */
    static const char *twins[] = { "figure.theme=article", "optimizer Momentum.momentum=0",
                                   NULL };
    struct figure figure;
    figure_init(&figure, "quad", twins);
    ck_assert_uint_eq(shared_steps(&figure.film.paths[0]), 0);
    ck_assert_uint_gt(shared_steps(&figure.film.paths[1]), 3);
    figure_finish(&figure);

    /* Straight through each other's ways, at right angles. */
    static const char *crossing[] = { "figure.theme=article", "problem.formula=x",
                                      "problem.start=4, 0",
                                      "optimizer Momentum.momentum=0", "problem.minimum=none",
                                      "optimizer GD.start=4, 1", NULL };
    figure_init(&figure, "quad", crossing);
    ck_assert_uint_eq(shared_steps(&figure.film.paths[0]), 0);
    ck_assert_uint_eq(shared_steps(&figure.film.paths[1]), 0);
    figure_finish(&figure);
}
END_TEST

START_TEST(paths_whose_lines_overlap_share_their_way)
{
    /* Both go straight down along x, so far apart in y. */
    static const struct {
        const char *start;
        double points;
        bool is_shared;
    } ways[] = { { "optimizer GD.start=4, 0.056", 1.25, true },
                 { "optimizer GD.start=4, 0.2", 3.5, false } };
    for (size_t i = 0; i < 2; i++) {
        const char *overrides[] = { "figure.theme=article", "problem.formula=x",
                                    "problem.start=4, 0", "problem.minimum=none",
                                    "optimizer Momentum.momentum=0", ways[i].start, NULL };
        struct figure figure;
        figure_init(&figure, "quad", overrides);
        const struct vec2 first = figure.trajectories[0].points[0];
        const struct vec2 second = figure.trajectories[1].points[0];
        double apart = fabs(contour_panel_point(&figure.film, first).y
                            - contour_panel_point(&figure.film, second).y);
        ck_assert_double_gt(apart, ways[i].points);
        ck_assert(!ways[i].is_shared || apart < figure.look.theme->path_width);
        size_t shared = shared_steps(&figure.film.paths[1]);
        ck_assert_msg(ways[i].is_shared ? shared > 3 : !shared, "%g points: %zu", apart, shared);
        figure_finish(&figure);
    }
}
END_TEST

START_TEST(heads_at_one_place_are_all_seen)
{
    static const char *overrides[] = { "figure.theme=article", NULL };
    struct figure figure;
    struct frames film;
    figure_init(&figure, "hyper", overrides);
    frames_open(&film, &figure.film, 288);
    struct image image = frames_at(&film, 0);
    struct vec2 start = contour_panel_point(&figure.film, figure.trajectories[0].points[0]);
    for (size_t i = 0; i < 6; i++) {
        struct color color = figure.film.paths[i].color;
        uint32_t wanted = (uint32_t)lround(255 * color.r) << 16
                          | (uint32_t)lround(255 * color.g) << 8 | (uint32_t)lround(255 * color.b);
        size_t count = 0;
        for (int y = -12; y <= 12; y++) {
            for (int x = -12; x <= 12; x++) {
                count += pixel_at(&image, (int)(4 * start.x) + x, (int)(4 * start.y) + y) == wanted;
            }
        }
        ck_assert_uint_gt(count, 8); /* of about 400 / 6 */
    }
    frames_finish(&film);
    figure_finish(&figure);
}
END_TEST

START_TEST(a_trail_follows_the_surface)
{
    /* Between two steps of quad's long jumps the trail bends with x^2 + 4 y^2:
     * its points on the page are those of the surface, not of the chord. */
    struct figure figure;
    struct scene scene;
    figure_init(&figure, "quad", NULL);
    const struct plot *plot = &figure.film;
    scene_init(&scene, plot->page.width, plot->page.height);
    plot_trail(plot, &plot->view, &scene, 0, PANEL_SURFACE, 0, 1);
    const struct vec2 *points = figure.trajectories[0].points;
    size_t checked = 0;
    for (size_t i = 0; i < scene.count; i++) {
        const struct primitive *line = &scene.items[i];
        for (size_t k = 0; k < line->point_count; k++) {
            double nearest = INFINITY;
            for (int part = 0; part <= 8000; part++) {
                struct vec2 at = between(points[0], points[1], part / 8000.0);
                struct vec3 point = { at.x, at.y, at.x * at.x + 4 * at.y * at.y };
                struct vec2 page = camera_project(&plot->view.camera, point).page;
                nearest = fmin(nearest, hypot(page.x - line->points[k].x,
                                              page.y - line->points[k].y));
            }
            ck_assert_msg(nearest < 0.05, "%g points off", nearest);
            checked++;
        }
    }
    ck_assert_uint_gt(checked, 50);
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

START_TEST(the_scale_stays_while_the_camera_turns)
{
    static const char *overrides[] = { "figure.layout=wide", "surface.azimuth=-90 .. 200",
                                       "surface.elevation=10 .. 80", NULL };
    struct figure figure;
    figure_init(&figure, "beale", overrides);
    const struct plot *plot = &figure.film;
    struct rect half = plot->page.surface_area;
    for (int i = 0; i <= 40; i++) {
        struct view view;
        plot_view(plot, &view, i / 40.0);
        ck_assert(view.camera.zoom == plot->view.camera.zoom);
        for (int corner = 0; corner < 4; corner++) {
            struct vec2 at = { corner & 1 ? 4.5 : -4.5, corner & 2 ? 4.5 : -4.5 };
            struct vec2 page = camera_project(&view.camera, lift(plot, at)).page;
            ck_assert(page.x >= half.x && page.x <= half.x + half.width);
            ck_assert(page.y >= half.y && page.y <= half.y + half.height);
        }
        view_finish(&view);
    }
    figure_finish(&figure);
}
END_TEST

START_TEST(a_run_that_swings_ever_wider_stays_near_the_page)
{
    /* Each step is on the other side and 1.7 times as far away: in the end the
     * domain is nothing to the numbers. */
    static const char *overrides[] = {
        "figure.theme=article", "problem.formula=x^2+y^2", "problem.minimum=none",
        "problem.start=3, 2", "problem.precision=double", "problem.steps=1200",
        "optimizer GD.learning_rate=1.35", "figure.panels=surface, contour, loss", NULL
    };
    struct figure figure;
    struct scene scene;
    figure_init(&figure, "quad", overrides);
    const struct plot *plot = &figure.film;
    struct moment end = timeline_at(&plot->timeline, plot->timeline.frames - 1);
    scene_init(&scene, plot->page.width, plot->page.height);
    plot_picture(plot, &scene, &plot->view, &end);
    for (size_t i = 0; i < scene.count; i++) {
        for (size_t k = 0; k < scene.items[i].point_count; k++) {
            struct vec2 point = scene.items[i].points[k];
            ck_assert(fabs(point.x) < 2000 && fabs(point.y) < 2000);
        }
    }
    const struct trajectory *run = &figure.trajectories[0];
    ck_assert(run->diverged && fabs(run->points[run->count - 2].x) > 1e100);
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

START_TEST(the_counter_tells_the_step)
{
    static const char *overrides[] = { "figure.layout=wide", "figure.theme=article",
                                       "film.counter=yes", "film.fps=20", NULL };
    struct figure figure;
    struct scene scene;
    figure_init(&figure, "hyper", overrides);
    scene_init(&scene, figure.film.page.width, figure.film.page.height);
    for (size_t frame = 0; frame < 40; frame += 13) {
        char wanted[32];
        size_t found = 0;
        struct moment moment = timeline_at(&figure.film.timeline, frame);
        scene_reset(&scene);
        plot_heads(&figure.film, &figure.film.view, &scene, &moment);
        snprintf(wanted, sizeof wanted, "step %zu / 49", frame / 4);
        for (size_t i = 0; i < scene.count; i++) {
            found += scene.items[i].run && !strcmp(scene.items[i].run->text, wanted);
        }
        ck_assert_uint_eq(found, 1);
    }
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

START_TEST(a_path_has_the_color_that_it_is_given)
{
    struct figure figure;
    const char *overrides[] = { "optimizer Momentum.color=#204060", NULL };
    figure_init(&figure, "quad", overrides);
    size_t given = 0;
    for (size_t i = 0; i < figure.preset.optimizer_count; i++) {
        struct color color = figure.film.paths[i].color;
        bool is_given = color.r == 0x20 / 255.0 && color.g == 0x40 / 255.0
                        && color.b == 0x60 / 255.0;
        ck_assert_int_eq(is_given, !strcmp(figure.preset.optimizers[i].label.text, "Momentum"));
        given += is_given;
    }
    ck_assert_uint_eq(given, 1);
    figure_finish(&figure);
}
END_TEST

START_TEST(equal_aspects_have_equal_scales)
{
    struct figure figure;
    const char *overrides[] = { "contour.aspect=equal", "problem.x=-4 .. 4", "problem.y=-4 .. 6",
                                "figure.layout=wide", NULL };
    figure_init(&figure, "quad", overrides);
    const struct rect *panel = &figure.still.page.panels[PANEL_CONTOUR];
    ck_assert_double_eq_tol(panel->height / panel->width, 10.0 / 8, 1e-9);
    figure_finish(&figure);
}
END_TEST

START_TEST(heads_and_arrows_have_a_casing)
{
    static const char *overrides[] = { "figure.theme=article", NULL };
    struct figure figure;
    struct scene scene;
    figure_init(&figure, "hyper", overrides);
    const struct theme *theme = figure.look.theme;
    scene_init(&scene, figure.film.page.width, figure.film.page.height);
    /* All heads are together at the start: one casing and one rim a panel. At
     * the end each stands alone, and four paths have left both panels, three of
     * them together: two arrows a panel. */
    for (int at_end = 0; at_end < 2; at_end++) {
        struct moment moment = timeline_at(&figure.film.timeline, at_end ? 49 : 0);
        size_t casings = 0, rims = 0;
        scene_reset(&scene);
        plot_heads(&figure.film, &figure.film.view, &scene, &moment);
        for (size_t i = 0; i < scene.count; i++) {
            const struct primitive *item = &scene.items[i];
            double alpha = item->fill.a > 0 ? item->fill.a : item->stroke.color.a;
            casings += fabs(alpha - theme->casing_alpha) < 1e-9;
            rims += item->kind == PRIMITIVE_DISC && item->stroke.width > 0;
        }
        ck_assert_uint_eq(rims, at_end ? 4 : 2);
        ck_assert_uint_eq(casings, at_end ? 4 + 4 : 2);
    }
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("paths");
    TCase *cases = tcase_create("paths");
    tcase_set_timeout(cases, 300);
    tcase_add_loop_test(cases, frames_depend_on_their_number_alone, 0, FILMS);
    tcase_add_test(cases, heads_glide_evenly);
    tcase_add_test(cases, strokes_of_one_trail_do_not_add_up);
    tcase_add_test(cases, the_hidden_style_shows_only_where_something_hides);
    tcase_add_test(cases, a_path_along_another_is_dashed_and_a_crossing_is_not);
    tcase_add_test(cases, paths_whose_lines_overlap_share_their_way);
    tcase_add_test(cases, heads_at_one_place_are_all_seen);
    tcase_add_test(cases, a_trail_follows_the_surface);
    tcase_add_test(cases, the_scale_stays_while_the_camera_turns);
    tcase_add_test(cases, a_run_that_swings_ever_wider_stays_near_the_page);
    tcase_add_test(cases, the_counter_tells_the_step);
    tcase_add_test(cases, a_path_has_the_color_that_it_is_given);
    tcase_add_test(cases, equal_aspects_have_equal_scales);
    tcase_add_test(cases, heads_and_arrows_have_a_casing);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
