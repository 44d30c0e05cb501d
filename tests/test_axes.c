/* Axes, the page and its paragraphs. What is expected follows from the values that
 * labels state and from the geometry of the page. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo.h>

#include "figure.h"
#include "plot/plot.h"
#include "render/font.h"
#include "render/painter.h"

/* Half a unit in the last of four digits, and rounding of coordinates. */
static const double CLOSE = 1e-6;

static bool near(double a, double b)
{
    return fabs(a - b) <= CLOSE * fmax(1, fmax(fabs(a), fabs(b)));
}

/* "−1.5×10^{7}" is -1.5e7, "10^{3}" is 1e3; thin spaces mean nothing. */
static double number_of(const char *label)
{
    char plain[64];
    size_t used = 0;
    while (*label) {
        ck_assert_uint_lt(used + 2, sizeof plain);
        if (!strncmp(label, "\u2212", 3)) {
            plain[used++] = '-';
            label += 3;
        } else if (!strncmp(label, "\u2009", 3)) {
            label += 3;
        } else if (!strncmp(label, "\u00d710^{", 6)) {
            plain[used++] = 'e';
            label += 6;
        } else if (!strncmp(label, "10^{", 4)) {
            memcpy(plain + used, "1e", 2);
            used += 2;
            label += 4;
        } else if (*label == '}') {
            label++;
        } else {
            plain[used++] = *label++;
        }
    }
    plain[used] = '\0';
    char *end;
    double value = strtod(plain, &end);
    ck_assert_msg(end != plain && !*end, "'%s' is no number", plain);
    return value;
}

static bool is_name(const char *text)
{
    return !strcmp(text, "across") || !strcmp(text, "upright");
}

/* Whether a tick line goes from the frame to the outside at this place. */
static bool has_tick(const struct scene *scene, struct vec2 from, struct vec2 step, double length)
{
    for (size_t i = 0; i < scene->count; i++) {
        const struct vec2 *ends = scene->items[i].points;
        if (scene->items[i].kind == PRIMITIVE_PATH && scene->items[i].point_count == 2
            && near(ends[0].x, from.x) && near(ends[0].y, from.y)
            && near(ends[1].x - ends[0].x, length * step.x)
            && near(ends[1].y - ends[0].y, length * step.y)) {
            return scene->items[i].stroke.snap;
        }
    }
    return false;
}

static const struct {
    struct range values;
    enum scale scale;
} axis_cases[] = {
    { { -4, 4 }, SCALE_LINEAR },       { { 0, 1 }, SCALE_LINEAR },
    { { -3.7, 11.2 }, SCALE_LINEAR },  { { 1e6, 4e6 }, SCALE_LINEAR },
    { { -2e-7, 1e-7 }, SCALE_LINEAR }, { { 99000, 101000 }, SCALE_LINEAR },
    { { -1e18, 1e18 }, SCALE_LINEAR }, { { 1e-3, 1e5 }, SCALE_LOG },
    { { 1e-12, 10 }, SCALE_LOG },      { { 0.5, 30 }, SCALE_LOG },
    { { 3, 4 }, SCALE_LOG },           { { 0, 90 }, SCALE_ROOT },
    { { -25, 16 }, SCALE_ROOT },
};
enum { AXIS_CASES = sizeof axis_cases / sizeof *axis_cases };

static struct range scaled_range(int i)
{
    enum scale scale = axis_cases[i].scale;
    return (struct range){ axis_value(scale, axis_cases[i].values.lo),
                           axis_value(scale, axis_cases[i].values.hi) };
}

static double expected_part(int i, double value)
{
    double lo = axis_cases[i].values.lo, hi = axis_cases[i].values.hi;
    switch (axis_cases[i].scale) {
    case SCALE_LOG:
        return log(value / lo) / log(hi / lo);
    case SCALE_ROOT:
        lo = copysign(sqrt(fabs(lo)), lo);
        return (copysign(sqrt(fabs(value)), value) - lo)
               / (copysign(sqrt(fabs(hi)), hi) - lo);
    default:
        return (value - lo) / (hi - lo);
    }
}

START_TEST(ticks_are_where_their_numbers_say)
{
    const struct theme *theme = theme_named("article");
    struct rect panel = { 100, 20, 300, 240 };
    struct axis x, y;
    struct scene scene;
    axis_init(&x, scaled_range(_i), axis_cases[_i].scale, "across", theme);
    axis_init(&y, scaled_range(_i), axis_cases[_i].scale, "upright", theme);
    scene_init(&scene, 500, 300);
    axes_draw(&x, &y, &panel, AXES_NAMED, theme, &scene);
    size_t below = 0, left = 0, names = 0;
    for (size_t i = 0; i < scene.count; i++) {
        const struct primitive *text = &scene.items[i];
        if (text->kind != PRIMITIVE_GLYPHS) {
            continue;
        }
        if (is_name(text->run->text)) {
            names++;
            continue;
        }
        double part = expected_part(_i, number_of(text->run->text));
        struct vec2 at = text->points[0];
        if (at.y > panel.y + panel.height + theme->tick_length) {
            struct vec2 foot = { panel.x + part * panel.width, panel.y + panel.height };
            ck_assert(near(at.x + text->run->width / 2, foot.x));
            ck_assert(has_tick(&scene, foot, (struct vec2){ 0, 1 }, theme->tick_length));
            below++;
        } else {
            struct vec2 foot = { panel.x, panel.y + (1 - part) * panel.height };
            ck_assert_double_lt(at.x + text->run->width, panel.x - theme->tick_length);
            ck_assert(at.y > foot.y && at.y < foot.y + 0.5 * text->run->size);
            ck_assert(has_tick(&scene, foot, (struct vec2){ -1, 0 }, theme->tick_length));
            left++;
        }
    }
    ck_assert_uint_ge(below, 2);
    ck_assert_uint_ge(left, 3);
    ck_assert_uint_eq(names, 2);
    scene_finish(&scene);
    axis_finish(&x);
    axis_finish(&y);
}
END_TEST

START_TEST(a_theme_without_ticks_has_bare_panels)
{
    const struct theme *theme = theme_named("notebook");
    struct axis x, y;
    struct scene scene;
    axis_init(&x, (struct range){ 0, 1 }, SCALE_LINEAR, "across", theme);
    axis_init_steps(&y, 9, "upright", theme);
    struct axes_room room = axes_room(&x, &y, AXES_NAMED, theme);
    ck_assert(room.left == 0 && room.right == 0 && room.above == 0 && room.below == 0);
    scene_init(&scene, 100, 100);
    axes_draw(&x, &y, &(struct rect){ 10, 10, 50, 50 }, AXES_NAMED, theme, &scene);
    ck_assert_uint_eq(scene.count, 0);
    scene_finish(&scene);
    axis_finish(&x);
    axis_finish(&y);
}
END_TEST

START_TEST(steps_are_counted_in_whole_numbers)
{
    const struct theme *theme = theme_named("article");
    for (size_t last = 0; last < 300; last++) {
        struct axis axis;
        axis_init_steps(&axis, last, "step", theme);
        ck_assert(axis.range.lo < 0 && axis.range.hi > fmax(1, (double)last));
        ck_assert_uint_ge(axis.count, 2);
        ck_assert_uint_le(axis.count, 7);
        for (size_t i = 0; i < axis.count; i++) {
            ck_assert(axis.ticks[i] == round(axis.ticks[i]) && axis.ticks[i] >= 0);
        }
        axis_finish(&axis);
    }
}
END_TEST

/* Ink of a line of text, on the cautious side. */
static struct rect ink(const struct primitive *text)
{
    double size = text->run->size, width = text->run->width;
    struct vec2 at = text->points[0];
    return text->upwards
               ? (struct rect){ at.x - 0.8 * size, at.y - width, size, width }
               : (struct rect){ at.x, at.y - 0.8 * size, width, size };
}

static bool overlap(struct rect a, struct rect b)
{
    return a.x < b.x + b.width - CLOSE && b.x < a.x + a.width - CLOSE
           && a.y < b.y + b.height - CLOSE && b.y < a.y + a.height - CLOSE;
}

static bool inside(struct rect inner, struct rect outer)
{
    return inner.x >= outer.x - CLOSE && inner.y >= outer.y - CLOSE
           && inner.x + inner.width <= outer.x + outer.width + CLOSE
           && inner.y + inner.height <= outer.y + outer.height + CLOSE;
}

static void texts_must_be_apart(const struct scene *scene, struct rect panel)
{
    struct rect page = { 0, 0, scene->width, scene->height };
    for (size_t i = 0; i < scene->count; i++) {
        if (scene->items[i].kind != PRIMITIVE_GLYPHS) {
            continue;
        }
        struct rect box = ink(&scene->items[i]);
        const char *text = scene->items[i].run->text;
        ck_assert_msg(inside(box, page), "%s leaves the page", text);
        ck_assert_msg(!overlap(box, panel), "%s is in the panel", text);
        for (size_t k = 0; k < i; k++) {
            bool is_text = scene->items[k].kind == PRIMITIVE_GLYPHS;
            ck_assert_msg(!is_text || !overlap(box, ink(&scene->items[k])), "%s on %s", text,
                          scene->items[k].run->text);
        }
    }
}

static const struct vec2 page_sizes[] = {
    { 1008, 288 }, { 540, 960 }, { 960, 540 }, { 216, 108 }, { 72, 72 },   { 200, 40 },
    { 40, 200 },   { 30, 30 },   { 8, 8 },     { 0.96, 0.96 }, { 16000, 16 },
};
enum { PAGE_SIZES = sizeof page_sizes / sizeof *page_sizes };

START_TEST(numbers_stay_apart_and_on_the_page)
{
    static const char *names[] = { "across", "a name that is much longer than its side can be, "
                                             "because the reader wants to know it all" };
    size_t count, shown = 0;
    const struct theme *themes = theme_list(&count);
    for (size_t theme = 0; theme < count; theme++) {
        for (size_t trial = 0; trial < 2 * PAGE_SIZES; trial++) {
            struct vec2 size = page_sizes[trial / 2];
            struct axis x, y;
            struct scene scene;
            struct page page;
            struct page_needs needs = { .text_size = themes[theme].text_size };
            struct figure_section figure = { .panels = { { PANEL_CONTOUR }, 1 } };
            axis_init(&x, scaled_range(_i), axis_cases[_i].scale, names[trial % 2],
                      &themes[theme]);
            axis_init(&y, scaled_range(_i), axis_cases[_i].scale, names[trial % 2],
                      &themes[theme]);
            for (enum axes_detail detail = 0; detail < AXES_DETAILS; detail++) {
                needs.axes[PANEL_CONTOUR][detail] = axes_room(&x, &y, detail, &themes[theme]);
            }
            page_init(&page, size.x, size.y, &figure, &needs);
            struct rect panel = page.panels[PANEL_CONTOUR];
            ck_assert(panel.width >= size.x / 2 && panel.height >= size.y / 2);
            scene_init(&scene, size.x, size.y);
            axes_draw(&x, &y, &panel, page.axes[PANEL_CONTOUR], &themes[theme], &scene);
            texts_must_be_apart(&scene, panel);
            shown += scene.count > 0;
            scene_finish(&scene);
            axis_finish(&x);
            axis_finish(&y);
        }
    }
    ck_assert_uint_ge(shown, 3 * 2 * 3);
}
END_TEST

/* Every ordered subset of the panels. */
static const struct panel_list panel_lists[] = {
    { { 0 }, 1 },    { { 1 }, 1 },    { { 2 }, 1 },       { { 0, 1 }, 2 },    { { 1, 0 }, 2 },
    { { 0, 2 }, 2 }, { { 2, 0 }, 2 }, { { 1, 2 }, 2 },    { { 2, 1 }, 2 },    { { 0, 1, 2 }, 3 },
    { { 0, 2, 1 }, 3 }, { { 1, 0, 2 }, 3 }, { { 1, 2, 0 }, 3 }, { { 2, 0, 1 }, 3 },
    { { 2, 1, 0 }, 3 },
};
enum { PANEL_LISTS = sizeof panel_lists / sizeof *panel_lists };

static struct rect with_room(struct rect panel, const struct axes_room *room)
{
    return (struct rect){ panel.x - room->left, panel.y - room->above,
                          panel.width + room->left + room->right,
                          panel.height + room->above + room->below };
}

static void page_must_be_sound(const struct page *page, const struct figure_section *figure,
                               const struct page_needs *needs)
{
    struct rect whole = { 0, 0, page->width, page->height };
    struct rect boxes[PANEL_COUNT + 3] = { page->title, page->caption, page->legend };
    double free = (page->height - page->title.height - page->caption.height) * page->width;
    for (size_t i = 0; i < figure->panels.count; i++) {
        enum panel panel = figure->panels.items[i];
        struct rect rect = page->panels[panel];
        bool is_square = panel == PANEL_SURFACE && figure->layout == LAYOUT_NOTEBOOK;
        ck_assert(rect.width > 0 && rect.height > 0);
        ck_assert(is_square || needs->aspect > 0 || rect.width * rect.height > free / 24);
        boxes[3 + i] = with_room(rect, &needs->axes[panel][page->axes[panel]]);
    }
    for (size_t i = 0; i < 3 + figure->panels.count; i++) {
        ck_assert(inside(boxes[i], whole));
        for (size_t k = 0; k < i; k++) {
            ck_assert_msg(!overlap(boxes[i], boxes[k]), "%g x %g: %zu %zu", page->width,
                          page->height, i, k);
        }
    }
    ck_assert(page->legend.width == 0 || page->legend.width >= needs->legend_least - CLOSE);
    if (page->panels[PANEL_SURFACE].width > 0) {
        ck_assert(inside(page->panels[PANEL_SURFACE], page->surface_area));
        ck_assert(!overlap(page->surface_area, page->legend));
    }
}

static struct page_needs needs_of(double unit, double aspect)
{
    struct page_needs needs = { .title = 2 * unit, .caption = 3 * unit, .legend_width = 9 * unit,
                                .legend_least = 6 * unit, .legend_height = 14 * unit,
                                .aspect = aspect, .text_size = unit };
    for (size_t panel = 0; panel < PANEL_COUNT; panel++) {
        needs.axes[panel][AXES_NUMBERED] = (struct axes_room){ 2.5 * unit, unit, unit / 2,
                                                               2 * unit };
        needs.axes[panel][AXES_NAMED] = (struct axes_room){ 4 * unit, unit, unit / 2, 3 * unit };
    }
    memset(needs.axes[PANEL_SURFACE], 0, sizeof needs.axes[PANEL_SURFACE]);
    return needs;
}

START_TEST(panels_are_on_the_page_and_apart)
{
    static const double units[] = { 0, 9, 30, 1e4 }, aspects[] = { 0, 1, 1e-6, 1e6 };
    struct figure_section figure = { .panels = panel_lists[_i] };
    for (size_t trial = 0; trial < 4 * 4 * 3 * PAGE_SIZES; trial++) {
        struct page page;
        struct vec2 size = page_sizes[trial / 48];
        struct page_needs needs = needs_of(units[trial % 4], aspects[trial / 4 % 4]);
        figure.layout = (enum layout)(trial / 16 % 3);
        page_init(&page, size.x, size.y, &figure, &needs);
        page_must_be_sound(&page, &figure, &needs);
        bool no_axes = page.axes[PANEL_CONTOUR] == AXES_BARE && page.axes[PANEL_LOSS] == AXES_BARE;
        ck_assert(needs.text_size < 1e4 || (no_axes && page.title.height == 0));
    }
}
END_TEST

START_TEST(layouts_share_the_page_as_they_say)
{
    struct page page;
    struct page_needs none = { 0 };
    struct figure_section figure = { .panels = { { PANEL_SURFACE, PANEL_CONTOUR }, 2 } };
    const struct rect *panels = page.panels;
    page_init(&page, 1000, 300, &figure, &none);
    ck_assert(near(panels[PANEL_SURFACE].width, 0.92 * 490));
    ck_assert(near(panels[PANEL_SURFACE].height, 0.92 * 300));
    ck_assert_double_gt(panels[PANEL_CONTOUR].x, 510);

    figure.panels = (struct panel_list){ { PANEL_LOSS, PANEL_SURFACE, PANEL_CONTOUR }, 3 };
    page_init(&page, 1000, 300, &figure, &none);
    ck_assert_double_lt(panels[PANEL_LOSS].x + panels[PANEL_LOSS].width, panels[PANEL_SURFACE].x);
    ck_assert_double_lt(panels[PANEL_SURFACE].x + panels[PANEL_SURFACE].width,
                        panels[PANEL_CONTOUR].x);

    page_init(&page, 960, 540, &figure, &none);
    ck_assert_double_gt(panels[PANEL_LOSS].width, 0.9 * 960);
    ck_assert_double_gt(panels[PANEL_LOSS].y,
                        panels[PANEL_CONTOUR].y + panels[PANEL_CONTOUR].height);

    struct page_needs needs = needs_of(9, 0);
    needs.axes[PANEL_LOSS][AXES_NAMED].left = 60;
    page_init(&page, 540, 960, &figure, &needs);
    ck_assert_double_lt(panels[PANEL_LOSS].y, panels[PANEL_SURFACE].y);
    ck_assert_double_lt(panels[PANEL_SURFACE].y, panels[PANEL_CONTOUR].y);
    ck_assert_double_eq(panels[PANEL_LOSS].x, panels[PANEL_CONTOUR].x);
    page_must_be_sound(&page, &figure, &needs);

    figure.panels = (struct panel_list){ { PANEL_CONTOUR }, 1 };
    needs.aspect = 2;
    page_init(&page, 800, 500, &figure, &needs);
    ck_assert(near(panels[PANEL_CONTOUR].height, 2 * panels[PANEL_CONTOUR].width));
}
END_TEST

START_TEST(paragraphs_keep_all_words_inside_the_width)
{
    static const char *words[] = { "a", "curve", "x^2", "\\beta_1 =", "0.9,",
                                   "Untergangswahrscheinlichkeitsfunktion", "\u00e9t\u00e9" };
    static const double widths[] = { 1, 30, 200, 1000 };
    for (size_t count = 1; count < 400; count = 1 + 2 * count) {
        char text[8192] = "", joined[8192] = "";
        for (size_t i = 0; i < count; i++) {
            strcat(strcat(text, i ? " " : ""), words[i * i % 7]);
        }
        struct arena arena = { 0 };
        for (size_t i = 0; i < 4; i++) {
            struct paragraph paragraph;
            paragraph_init(&paragraph, &arena, text, 9, widths[i]);
            ck_assert(paragraph.count >= 1 && paragraph.size <= 9 && paragraph.size > 0);
            joined[0] = '\0';
            for (size_t line = 0; line < paragraph.count; line++) {
                ck_assert_double_le(paragraph.lines[line]->width, widths[i] * 1.001);
                strcat(strcat(joined, line ? " " : ""), paragraph.lines[line]->text);
            }
            ck_assert_str_eq(joined, text);
            ck_assert(count > 7 || widths[i] < 1000 || paragraph.size == 9);
            ck_assert_double_ge(paragraph_height(&paragraph),
                                (double)paragraph.count * paragraph.size);
        }
        arena_finish(&arena);
    }
    struct paragraph none;
    paragraph_init(&none, NULL, NULL, 9, 100);
    ck_assert(none.count == 0 && paragraph_height(&none) == 0);
}
END_TEST

/* The box of pixels that a scene with one primitive darkens, from the origin. */
enum { CANVAS = 200 };

static struct rect painted(const struct scene *scene, cairo_font_face_t *font)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, CANVAS, CANVAS);
    cairo_t *cairo = cairo_create(surface);
    painter_paint(cairo, scene->items, scene->count, font, 1);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    int left = CANVAS, top = CANVAS, right = 0, bottom = 0;
    for (int y = 0; y < CANVAS; y++) {
        for (int x = 0; x < CANVAS; x++) {
            if (pixels[y * stride + x]) {
                left = x < left ? x : left;
                right = x >= right ? x + 1 : right;
                top = y < top ? y : top;
                bottom = y + 1;
            }
        }
    }
    cairo_surface_destroy(surface);
    return (struct rect){ left, top, right - left, bottom - top };
}

START_TEST(upward_text_is_turned_about_its_origin)
{
    struct arena arena = { 0 };
    struct text_run *run = text_markup(&arena, "Ag_j loss^2", 16);
    struct vec2 origin = { 100, 120 };
    struct color ink_color = { 0, 0, 0, 1 };
    struct rect boxes[2], bounds;
    cairo_font_face_t *font = font_face_create();
    for (size_t i = 0; i < 2; i++) {
        struct scene scene;
        scene_init(&scene, CANVAS, CANVAS);
        (i ? scene_text_upwards : scene_text)(&scene, run, origin, ink_color);
        boxes[i] = painted(&scene, font);
        ck_assert(primitive_bounds(&scene, &scene.items[0], &bounds));
        ck_assert(inside(boxes[i], bounds));
        ck_assert_double_lt(bounds.width * bounds.height, CANVAS * CANVAS / 2);
        scene_finish(&scene);
    }
    /* A quarter turn to the left takes (x, y) to (y, -x); y grows downwards. */
    ck_assert_double_eq_tol(boxes[1].x - origin.x, boxes[0].y - origin.y, 1);
    ck_assert_double_eq_tol(boxes[1].width, boxes[0].height, 1);
    ck_assert_double_eq_tol(origin.y - (boxes[1].y + boxes[1].height), boxes[0].x - origin.x, 1);
    ck_assert_double_eq_tol(boxes[1].height, boxes[0].width, 1);
    cairo_font_face_destroy(font);
    arena_finish(&arena);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("axes");
    TCase *cases = tcase_create("axes");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, ticks_are_where_their_numbers_say, 0, AXIS_CASES);
    tcase_add_test(cases, a_theme_without_ticks_has_bare_panels);
    tcase_add_test(cases, steps_are_counted_in_whole_numbers);
    tcase_add_loop_test(cases, numbers_stay_apart_and_on_the_page, 0, AXIS_CASES);
    tcase_add_loop_test(cases, panels_are_on_the_page_and_apart, 0, PANEL_LISTS);
    tcase_add_test(cases, layouts_share_the_page_as_they_say);
    tcase_add_test(cases, paragraphs_keep_all_words_inside_the_width);
    tcase_add_test(cases, upward_text_is_turned_about_its_origin);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
