/* Scales of heights and levels, their bands, lines and labels. References are algebra. */
#include "support.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"

/* A preset with a formula of its own over -1 .. 1. */
static void formula_figure(struct figure *figure, const char *formula, const char *theme,
                           const char *more)
{
    char problem[256], look[64];
    snprintf(problem, sizeof problem, "problem.formula=%s", formula);
    snprintf(look, sizeof look, "figure.theme=%s", theme);
    const char *overrides[] = { problem, look, "problem.x=-1 .. 1", "problem.y=-1 .. 1",
                                "problem.start=0.5, 0.5", "problem.minimum=none",
                                "figure.layout=wide", more, NULL };
    figure_init(figure, "quad", overrides);
}

START_TEST(the_scale_follows_where_the_panel_lies)
{
    static const struct {
        const char *formula;
        enum scale scale;
    } rows[] = {
        { "x + 2*y", SCALE_LINEAR },
        { "y^2 - x^2", SCALE_LINEAR },
        { "(x^2 + y^2)^2", SCALE_ROOT }, /* half of the square is below 0.6^4 / 4 */
        { "(x^2 + y^2)^6", SCALE_LOG },
        { "exp(10*x)", SCALE_LOG },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct figure figure;
        formula_figure(&figure, rows[i].formula, "article", "contour.scale=auto");
        ck_assert_msg(figure.landscape.contour_tone.scale.scale == rows[i].scale, "%s",
                      rows[i].formula);
        figure_finish(&figure);
        formula_figure(&figure, rows[i].formula, "notebook", "contour.scale=auto");
        ck_assert_int_eq(figure.landscape.contour_tone.scale.scale, SCALE_LINEAR);
        figure_finish(&figure);
    }
}
END_TEST

START_TEST(a_logarithm_begins_above_the_hole)
{
    struct figure figure;
    /* Below v lies pi v of the square's 4: a two-hundredth below 0.02 / pi. */
    formula_figure(&figure, "x^2 + y^2", "article", "contour.scale=log");
    const struct tone *tone = &figure.landscape.contour_tone;
    ck_assert(tone->scale.base == 0);
    ck_assert_double_eq_tol(tone->scale.foot, 0.02 / PI, 0.0005);
    ck_assert_double_eq_tol(tone->range.lo, log(tone->scale.foot), 1e-9);
    ck_assert_double_eq_tol(value_scaled(&tone->scale, 0.5), log(0.5), 1e-12);
    ck_assert_double_eq_tol(value_scaled(&tone->scale, 0), log(tone->scale.foot), 1e-12);
    figure_finish(&figure);
    /* Negative values: from the least one on. */
    formula_figure(&figure, "x^2 + y^2 - 5", "article", "contour.scale=log");
    tone = &figure.landscape.contour_tone;
    ck_assert_double_eq_tol(tone->scale.base, -5, 1e-9);
    ck_assert_double_eq_tol(tone->scale.foot, 0.02 / PI, 0.0005);
    figure_finish(&figure);
    /* All positive: plainly the logarithm. */
    formula_figure(&figure, "exp(3*x)", "article", "contour.scale=log");
    tone = &figure.landscape.contour_tone;
    ck_assert(tone->scale.base == 0);
    ck_assert_double_eq_tol(value_scaled(&tone->scale, 7), log(7), 1e-12);
    ck_assert_double_eq_tol(tone->range.lo, -3, 0.05);
    ck_assert_double_eq_tol(tone->range.hi, 3, 0.05);
    figure_finish(&figure);
    /* The notebook's leaves holes. */
    formula_figure(&figure, "x", "notebook", "contour.scale=log");
    struct grid scaled;
    landscape_scaled(&figure.landscape, (struct stride){ 1, 1 }, &scaled);
    ck_assert(!isfinite(scaled.z[0]));
    grid_finish(&scaled);
    figure_finish(&figure);
}
END_TEST

START_TEST(scales_and_their_inverses_agree)
{
    static const struct value_scale scales[] = {
        { SCALE_LINEAR, 0, 0 }, { SCALE_ROOT, -3, 0 }, { SCALE_LOG, -4, 1e-3 }, { SCALE_LOG, 0, 0 },
    };
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        double before = -INFINITY;
        for (double z = 0.25; z < 1e6; z *= 3) {
            double scaled = value_scaled(&scales[i], z);
            ck_assert(scaled > before);
            ck_assert_double_eq_tol(value_unscaled(&scales[i], scaled), z, 1e-9 * z);
            before = scaled;
        }
        ck_assert(!isfinite(value_scaled(&scales[i], NAN)));
    }
}
END_TEST

START_TEST(levels_of_a_logarithm_are_round)
{
    static const double expected[] = { 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50 };
    struct value_scale scale = { SCALE_LOG, 0, 0 };
    struct range range = { log(0.011), log(99) };
    struct levels levels;
    levels_spread(&levels, &scale, range, 11);
    ck_assert_uint_eq(levels.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < levels.count; i++) {
        ck_assert_double_eq_tol(exp(levels.values[i]), expected[i], 1e-9);
    }
    levels_finish(&levels);
    /* Four or five digits are never needed to tell levels of a root apart. */
    levels_spread(&levels, &(struct value_scale){ SCALE_ROOT, 0, 0 }, (struct range){ 0, 31 }, 20);
    ck_assert_msg(levels.count >= 15 && levels.count <= 21, "%zu levels", levels.count);
    for (size_t i = 0; i < levels.count; i++) {
        double z = levels.values[i] * levels.values[i], unit = z < 100 ? 0.5 : 5;
        ck_assert(fabs(z / unit - round(z / unit)) < 1e-6);
    }
    levels_finish(&levels);
}
END_TEST

static double signed_area(const struct level_lines *lines)
{
    double area = 0;
    const struct vec2 *p = lines->points;
    for (size_t i = 0; i < lines->count; i++) {
        size_t length = lines->lengths[i];
        ck_assert(p[0].x == p[length - 1].x && p[0].y == p[length - 1].y);
        for (size_t k = 1; k < length; k++) {
            area += (p[k - 1].x * p[k].y - p[k].x * p[k - 1].y) / 2;
        }
        p += length;
    }
    return area;
}

START_TEST(regions_have_the_area_of_algebra)
{
    struct figure figure;
    struct grid field;
    formula_figure(&figure, "x^2 + y^2", "article", "contour.scale=linear");
    double values[] = { 0.1, 0.4, 0.9 };
    struct levels levels = { values, 3 };
    landscape_scaled(&figure.landscape, (struct stride){ 1, 1 }, &field);
    struct level_lines *regions = contour_regions(&field, &levels);
    ck_assert_double_eq_tol(signed_area(&regions[0]), 4, 1e-9);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_double_eq_tol(signed_area(&regions[i + 1]), 4 - PI * values[i], 1e-3);
    }
    contour_free(regions, 4);
    grid_finish(&field);
    figure_finish(&figure);
    /* A hole belongs to no region. */
    formula_figure(&figure, "sqrt(x^2 + y^2 - 0.25)", "article", "contour.scale=linear");
    landscape_scaled(&figure.landscape, (struct stride){ 1, 1 }, &field);
    regions = contour_regions(&field, &levels);
    ck_assert_double_eq_tol(signed_area(&regions[0]), 4 - PI * 0.25, 0.02);
    contour_free(regions, 4);
    grid_finish(&field);
    figure_finish(&figure);
}
END_TEST

START_TEST(level_lines_keep_their_distance)
{
    static const char *presets[] = { "quad", "booth", "hyper", "beale" };
    static const char *themes[] = { "article", "dark", "slides", "print" };
    for (size_t i = 0; i < 4; i++) {
        char theme[64];
        snprintf(theme, sizeof theme, "figure.theme=%s", themes[i]);
        const char *overrides[] = { theme, "figure.layout=wide", "contour.levels=300", NULL };
        struct figure figure;
        figure_init(&figure, presets[i], overrides);
        const struct level_map *map = &figure.film.level_map;
        struct rect panel = figure.film.page.panels[PANEL_CONTOUR];
        double length = 0;
        for (size_t level = 0; level < map->levels.count; level++) {
            const struct vec2 *p = map->lines[level].points;
            for (size_t k = 0; k < map->lines[level].count; k++) {
                for (size_t j = 1; j < map->lines[level].lengths[k]; j++) {
                    struct vec2 a = contour_panel_point(&figure.film, p[j - 1]);
                    struct vec2 b = contour_panel_point(&figure.film, p[j]);
                    length += hypot(b.x - a.x, b.y - a.y);
                }
                p += map->lines[level].lengths[k];
            }
        }
        double gap = panel.width * panel.height / length;
        ck_assert_msg(gap >= figure.look.theme->level_gap, "%s: %g points", presets[i], gap);
        ck_assert(gap < 3 * figure.look.theme->level_gap);
        figure_finish(&figure);
    }
}
END_TEST

static bool is_inside(const struct rect *box, struct vec2 point)
{
    return point.x > box->x + 1e-6 && point.x < box->x + box->width - 1e-6
        && point.y > box->y + 1e-6 && point.y < box->y + box->height - 1e-6;
}

START_TEST(labels_stand_free_on_their_lines)
{
    static const char *presets[] = { "quad", "booth", "hyper", "beale" };
    for (size_t i = 0; i < 4; i++) {
        static const char *overrides[] = { "figure.theme=article", "figure.layout=wide", NULL };
        struct figure figure;
        figure_init(&figure, presets[i], overrides);
        const struct contour_panel *contour = &figure.film.contour;
        const struct level_labels *labels = &contour->labels;
        const struct rect panel = figure.film.page.panels[PANEL_CONTOUR];
        ck_assert_uint_gt(labels->count, 2);
        for (size_t k = 0; k < labels->count; k++) {
            const struct rect *box = &labels->items[k].box;
            ck_assert(box->x > panel.x && box->x + box->width < panel.x + panel.width);
            ck_assert(box->y > panel.y && box->y + box->height < panel.y + panel.height);
            for (size_t other = 0; other < k; other++) {
                const struct rect *next = &labels->items[other].box;
                ck_assert(box->x >= next->x + next->width || next->x >= box->x + box->width
                          || box->y >= next->y + next->height || next->y >= box->y + box->height);
            }
            for (size_t level = 0; level < contour->map->levels.count; level++) {
                const struct vec2 *p = contour->lines[level].points;
                for (size_t line = 0; line < contour->lines[level].count; line++) {
                    size_t length = contour->lines[level].lengths[line];
                    for (size_t j = 1; j < length; j++) {
                        struct vec2 middle = { (p[j - 1].x + p[j].x) / 2,
                                               (p[j - 1].y + p[j].y) / 2 };
                        ck_assert(!is_inside(box, p[j]) && !is_inside(box, middle));
                    }
                    p += length;
                }
            }
        }
        figure_finish(&figure);
    }
}
END_TEST

START_TEST(poles_do_not_take_the_range)
{
    struct figure figure;
    formula_figure(&figure, "1/(x^2 + y^2 + 1e-12)", "article", "contour.scale=linear");
    /* Above v lies pi / v of the square's 4: a two-hundredth above 50 pi. */
    ck_assert_double_eq_tol(figure.landscape.level_range.hi, 50 * PI, 25);
    ck_assert(figure.landscape.box.hi > 1e5); /* heights are not touched */
    figure_finish(&figure);
    formula_figure(&figure, "1/(x^2 + y^2)", "article", "surface.z=0 .. 5");
    ck_assert(figure.landscape.box.lo == 0 && figure.landscape.box.hi == 5);
    ck_assert(isnan(landscape_height(&figure.landscape, (struct vec2){ 0.1, 0.1 })));
    ck_assert_double_eq_tol(landscape_height(&figure.landscape, (struct vec2){ 1, 0 }), 1, 1e-9);
    figure_finish(&figure);
}
END_TEST

START_TEST(numbers_of_the_box_can_be_read)
{
    static const char *elevations[] = { "10", "30", "60", "-20" };
    for (size_t i = 0; i < 4; i++) {
        char elevation[64];
        snprintf(elevation, sizeof elevation, "surface.elevation=%s", elevations[i]);
        const char *overrides[] = { "figure.theme=article", "figure.layout=wide",
                                    "surface.axes=yes", elevation, NULL };
        struct figure figure;
        struct scene scene;
        figure_init(&figure, "hyper", overrides);
        const struct rect area = figure.film.page.surface_area;
        scene_init(&scene, figure.film.page.width, figure.film.page.height);
        plot_surface(&figure.film, &figure.film.view, &scene);
        struct rect boxes[64];
        size_t count = 0;
        for (size_t k = 0; k < scene.count; k++) {
            const struct primitive *item = &scene.items[k];
            if (item->kind != PRIMITIVE_GLYPHS) {
                continue;
            }
            struct rect box = { item->points[0].x, item->points[0].y - 0.7 * item->run->size,
                                item->run->width, 0.7 * item->run->size };
            ck_assert(box.x > area.x && box.x + box.width < area.x + area.width);
            ck_assert(box.y > area.y && box.y + box.height < area.y + area.height);
            for (size_t other = 0; other < count; other++) {
                const struct rect *next = &boxes[other];
                ck_assert_msg(box.x >= next->x + next->width || next->x >= box.x + box.width
                                  || box.y >= next->y + next->height
                                  || next->y >= box.y + box.height,
                              "%s covers another at %s", item->run->text, elevations[i]);
            }
            ck_assert_uint_lt(count, 64);
            boxes[count++] = box;
        }
        ck_assert_uint_ge(count, 12);
        scene_finish(&scene);
        figure_finish(&figure);
    }
}
END_TEST

START_TEST(heights_of_all_scales_rise)
{
    static const enum scale scales[] = { SCALE_LINEAR, SCALE_ROOT, SCALE_LOG };
    for (size_t i = 0; i < 3; i++) {
        struct height_scale scale = { scales[i], 2, 1 };
        double before = -INFINITY;
        for (double z = -20; z < 20; z += 0.25) {
            ck_assert(height_of(&scale, z) > before);
            before = height_of(&scale, z);
        }
    }
    struct height_scale root = { SCALE_ROOT, 2, 1 }, log_scale = { SCALE_LOG, 2, 1 };
    ck_assert_double_eq_tol(height_of(&root, 11), 3, 1e-12);
    ck_assert_double_eq_tol(height_of(&log_scale, 1 + exp(2)), 2, 1e-12);
    /* With the lowest value as its unit it is the logarithm itself. */
    struct height_scale plain = { SCALE_LOG, 2, 2 };
    ck_assert_double_eq_tol(height_of(&plain, 14) - height_of(&plain, 5), log(14.0 / 5), 1e-12);
}
END_TEST

/* The share of the background in a theme's surface or bands is taken out. */
static double unmixed(double component, double background, double share)
{
    return (component - share * background) / (1 - share);
}

START_TEST(both_panels_have_one_color_for_one_height)
{
    static const char *formulas[] = { "x + 0.3*y", "(x^2 + y^2)^2", "(x^2 + y^2)^6" };
    static const char *themes[] = { "article", "dark", "slides" };
    for (size_t i = 0; i < 3; i++) {
        struct figure figure;
        formula_figure(&figure, formulas[i], themes[i], "contour.scale=auto");
        const struct plot *plot = &figure.still;
        const struct level_map *map = &plot->level_map;
        const struct theme *theme = figure.look.theme;
        struct color background = color_hex(theme->background);
        ck_assert_uint_gt(map->levels.count, 5);
        for (size_t band = 1; band < map->levels.count; band++) {
            double middle = (map->levels.values[band - 1] + map->levels.values[band]) / 2;
            const struct tone *tone = &figure.landscape.surface_tone;
            double z = value_unscaled(&figure.landscape.contour_tone.scale, middle);
            struct color surface = colormap_blend(figure.look.surface_map, tone_part(tone, z));
            const struct color *color = &map->band_colors[band];
            double share = 1 - theme->contour_alpha;
            ck_assert_double_eq_tol(unmixed(color->r, background.r, share), surface.r, 0.004);
            ck_assert_double_eq_tol(unmixed(color->g, background.g, share), surface.g, 0.004);
            ck_assert_double_eq_tol(unmixed(color->b, background.b, share), surface.b, 0.004);
        }
        figure_finish(&figure);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scales");
    TCase *cases = tcase_create("scales");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, the_scale_follows_where_the_panel_lies);
    tcase_add_test(cases, a_logarithm_begins_above_the_hole);
    tcase_add_test(cases, scales_and_their_inverses_agree);
    tcase_add_test(cases, levels_of_a_logarithm_are_round);
    tcase_add_test(cases, regions_have_the_area_of_algebra);
    tcase_add_test(cases, level_lines_keep_their_distance);
    tcase_add_test(cases, labels_stand_free_on_their_lines);
    tcase_add_test(cases, poles_do_not_take_the_range);
    tcase_add_test(cases, numbers_of_the_box_can_be_read);
    tcase_add_test(cases, heights_of_all_scales_rise);
    tcase_add_test(cases, both_panels_have_one_color_for_one_height);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
