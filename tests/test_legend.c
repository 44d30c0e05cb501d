/* The legend: what its entries say, and where it stands. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"
#include "optimize/optimizer.h"
#include "plot/locate.h"
#include "plot/spots.h"

static const char *figure_names[] = { "quad", "booth", "hyper", "beale" };
enum { FIGURES = 4 };

/* A hair's breadth, for sums of rounded numbers. */
static const double SLACK = 1e-6;

static bool holds(struct rect outer, struct rect inner)
{
    return inner.x >= outer.x - SLACK && inner.y >= outer.y - SLACK
           && inner.x + inner.width <= outer.x + outer.width + SLACK
           && inner.y + inner.height <= outer.y + outer.height + SLACK;
}

static bool meet(struct rect a, struct rect b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height
           && b.y < a.y + a.height;
}

static bool has_point(struct rect rect, struct vec2 p)
{
    return p.x > rect.x && p.x < rect.x + rect.width && p.y > rect.y
           && p.y < rect.y + rect.height;
}

/* A plot of a figure's data with another page, or another number of runs. */
struct variant {
    struct preset preset; /* a shallow copy, as is the next */
    struct look look;
    struct run *runs;
    struct trajectory *trajectories;
    struct plot plot;
};

static void variant_init(struct variant *variant, const struct figure *figure,
                         const struct theme *theme, size_t count)
{
    size_t had = figure->preset.optimizer_count;
    *variant = (struct variant){ .preset = figure->preset, .look = figure->look };
    variant->look.theme = theme;
    variant->look.legend_text = theme->legend_text;
    variant->preset.optimizer_count = count;
    variant->preset.optimizers = memory_new(count, sizeof *variant->preset.optimizers);
    variant->runs = memory_new(count, sizeof *variant->runs);
    variant->trajectories = memory_new(count, sizeof *variant->trajectories);
    for (size_t i = 0; i < count; i++) {
        variant->preset.optimizers[i] = figure->preset.optimizers[i % had];
        variant->runs[i] = figure->runs[i % had];
        variant->trajectories[i] = figure->trajectories[i % had];
    }
}

static void variant_plot(struct variant *variant, const struct figure *figure, double width,
                         double height)
{
    struct page_section page = { width, height, 72 };
    struct timeline timeline;
    timeline_init(&timeline, &variant->preset.film, &variant->look,
                  trajectory_longest(variant->trajectories, variant->preset.optimizer_count));
    struct plot_source source = { &variant->preset, &variant->look, &figure->landscape,
                                  &timeline, variant->runs, variant->trajectories };
    plot_init(&variant->plot, &source, &page, false);
}

static void variant_finish(struct variant *variant)
{
    plot_finish(&variant->plot);
    free(variant->preset.optimizers);
    free(variant->runs);
    free(variant->trajectories);
}

static struct rect run_box(const struct text_run *run, struct vec2 baseline)
{
    return (struct rect){ baseline.x, baseline.y - 0.7 * run->size, run->width, 0.9 * run->size };
}

/* Nothing leaves its place, and entries follow each other downwards. */
static void check_texts(const struct plot *plot)
{
    const struct legend *legend = &plot->legend;
    double last = legend->box.y;
    for (size_t i = 0; i < legend->count; i++) {
        const struct legend_entry *entry = &legend->entries[i];
        struct vec2 at = entry->baseline;
        for (size_t k = 0; k < entry->line_count; k++) {
            ck_assert(holds(legend->box, run_box(entry->runs[k], at)));
            at.y += entry->runs[k]->size;
        }
        ck_assert_double_ge(entry->baseline.y - 0.8 * entry->runs[0]->size, last - SLACK);
        last = entry->baseline.y + (double)(entry->line_count - 1) * entry->runs[0]->size / 2;
    }
    ck_assert((legend->rest != NULL) == (legend->count < plot->path_count));
    ck_assert_double_ge(legend->scale, 0.6 - SLACK);
    ck_assert_double_le(legend->scale, 1);
}

static bool is_beside(const struct plot *plot, struct rect box)
{
    bool beside = true;
    for (enum panel panel = 0; panel < PANEL_COUNT; panel++) {
        beside = beside && !(plot_shows(plot, panel) && meet(box, plot->page.panels[panel]));
    }
    return beside;
}

static void check_place(const struct plot *plot, const char *what)
{
    const struct rect page = { 0, 0, plot->page.width, plot->page.height };
    const struct legend *legend = &plot->legend;
    struct vec2 counter;
    if (legend->box.width > 0) {
        ck_assert_msg(holds(page, legend->box), "%s: leaves the page", what);
        ck_assert_msg(legend->framed || is_beside(plot, legend->box), "%s: covers a panel", what);
        check_texts(plot);
    }
    if (legend_counter_place(plot, &counter)) {
        struct arena arena = { 0 };
        char text[64];
        size_t last = plot->timeline.steps - 1;
        snprintf(text, sizeof text, "step %zu / %zu", last, last);
        double size = plot->look->theme->small_text_size;
        struct rect box = run_box(text_shape(&arena, text, size), counter);
        ck_assert_msg(holds(page, box), "%s: counter leaves the page", what);
        ck_assert_msg(!legend->box.width || !meet(legend->box, box), "%s: counter", what);
        arena_finish(&arena);
    }
}

/* A line that is wider than its room goes on below, broken behind commas outside of braces. */
START_TEST(long_lines_are_broken_behind_commas)
{
    static const char *overrides[] = {
        "figure.legend_text={label} | one part of it, x_{1, 2, 3}, second, third part of it, "
        "and the end of it all",
        "figure.theme=article", "figure.layout=wide", NULL
    };
    struct figure figure;
    figure_init(&figure, "quad", overrides);
    const struct legend *legend = &figure.film.legend;
    ck_assert(legend->scale == 1 && !legend->framed);
    for (size_t i = 0; i < legend->count; i++) {
        const struct legend_entry *entry = &legend->entries[i];
        size_t small = 0;
        ck_assert_uint_gt(entry->line_count, 2);
        for (size_t k = 1; k < entry->line_count; k++) {
            const struct text_run *run = entry->runs[k];
            bool is_end = k + 1 == entry->line_count;
            ck_assert(is_end || run->glyphs[run->count - 1].code == ',');
            ck_assert(run->glyphs[0].code != ' ' && run->glyphs[0].code != '2');
            ck_assert_double_le(entry->baseline.x + run->width,
                                legend->box.x + legend->box.width + SLACK);
            small += run->count + !is_end;
        }
        ck_assert_uint_eq(small, strlen("one part of it, x1, 2, 3, second, third part of it, "
                                        "and the end of it all"));
    }
    figure_finish(&figure);
}
END_TEST

/* The lines from one to another, with the spaces where they were broken. */
static const char *joined(struct arena *arena, const struct legend_entry *entry, size_t from,
                          size_t to)
{
    const char *text = entry->runs[from]->text;
    for (size_t k = from + 1; k < to; k++) {
        text = arena_printf(arena, "%s %s", text, entry->runs[k]->text);
    }
    return text;
}

/* Lines that are too wide between their commas are broken between words, and lose nothing. */
START_TEST(long_lines_are_broken_between_words)
{
    static const char *names[] = { "Momentum with cosine decay, rate 0.1",
                                   "Momentum with cosine decay, rate 0.01" };
    static const char small[] = "no commas here: 0.1 .. 0.2 0.3 .. 0.4";
    struct figure figure;
    struct variant variant;
    struct arena arena = { 0 };
    figure_init(&figure, "quad", NULL);
    variant_init(&variant, &figure, theme_named("article"), 2);
    variant.look.legend_text = "{label} | no commas here: 0.1 .. 0.2 0.3 .. 0.4";
    variant.preset.figure.layout = LAYOUT_WIDE;
    variant.preset.figure.legend = LEGEND_OUTSIDE;
    variant.runs[0].label = names[0];
    variant.runs[1].label = names[1];
    variant_plot(&variant, &figure, 10, 3);
    const struct legend *legend = &variant.plot.legend;
    ck_assert(!legend->framed && legend->scale >= 0.75);
    for (size_t i = 0; i < legend->count; i++) {
        const struct legend_entry *entry = &legend->entries[i];
        ck_assert_uint_gt(entry->label_count, 1);
        ck_assert_str_eq(joined(&arena, entry, 0, entry->label_count), names[i]);
        ck_assert_str_eq(joined(&arena, entry, entry->label_count, entry->line_count), small);
        for (size_t k = entry->label_count; k < entry->line_count; k++) {
            const struct text_run *run = entry->runs[k];
            ck_assert(run->glyphs[0].code != '.' && run->glyphs[run->count - 1].code != '.');
        }
    }
    arena_finish(&arena);
    variant_finish(&variant);
    figure_finish(&figure);
}
END_TEST

/* On a page where labels have to be cut, they are cut so that they differ. */
START_TEST(cut_labels_differ_and_rows_shrink_with_them)
{
    struct figure figure;
    struct variant variant;
    figure_init(&figure, "quad", NULL);
    variant_init(&variant, &figure, theme_named("article"), 3);
    variant.preset.figure.panels = (struct panel_list){ { PANEL_CONTOUR }, 1 };
    variant.runs[0].label = "Momentum with a long name and a rate of 0.1";
    variant.runs[1].label = "Momentum with a long name and a rate of 0.2";
    variant.runs[2].label = "Momentum with a long name and a rate of 0.3";
    variant_plot(&variant, &figure, 1.4, 0.9);
    const struct legend *legend = &variant.plot.legend;
    ck_assert(legend->framed && legend->scale < 0.75);
    ck_assert_uint_ge(legend->count, 2);
    double size = legend->scale * variant.look.theme->text_size;
    const struct legend_entry *a = &legend->entries[0], *b = &legend->entries[1];
    ck_assert_str_ne(a->runs[0]->text, b->runs[0]->text);
    ck_assert_ptr_nonnull(strstr(a->runs[0]->text, "\u2026"));
    ck_assert_double_eq_tol(a->runs[0]->size, size, SLACK);
    ck_assert_double_eq_tol(b->baseline.y - a->baseline.y, 1.5 * size, SLACK);
    variant_finish(&variant);
    figure_finish(&figure);
}
END_TEST

/* The spot whose box has a middle. */
static struct spot spot_around(const struct plot *plot, struct vec2 size, struct vec2 middle)
{
    struct rect low = spot_box(plot, size, (struct spot){ 0, 0 });
    struct rect high = spot_box(plot, size, (struct spot){ 1, 1 });
    return (struct spot){ (middle.x - size.x / 2 - low.x) / (high.x - low.x),
                          (middle.y - size.y / 2 - low.y) / (high.y - low.y) };
}

/* A head is one point and one crossing, the start of two paths two of each; but a head weighs as
 * much as its path of four points, except by matplotlib's rule. */
START_TEST(heads_weigh_as_much_as_paths)
{
    static const char *names[] = { "notebook", "article" };
    const struct vec2 size = { 0.2, 0.2 };
    struct figure figure;
    struct variant variant;
    figure_init(&figure, "quad", NULL);
    variant_init(&variant, &figure, theme_named(names[_i]), 2);
    variant.preset.figure.panels = (struct panel_list){ { PANEL_CONTOUR }, 1 };
    variant_plot(&variant, &figure, 10, 10);
    struct plot *plot = &variant.plot;
    plot->paths[0].count = plot->paths[1].count = 4;
    const struct vec2 *points = plot->paths[0].trajectory->points;
    struct vec2 start = contour_panel_point(plot, points[0]);
    struct vec2 head = contour_panel_point(plot, points[3]);
    const struct spot spots[] = { spot_around(plot, size, head), spot_around(plot, size, start) };
    size_t least;
    struct rect box = spot_choose(plot, size, spots, 2, (struct rect){ 0 }, &least);
    ck_assert(has_point(box, _i ? start : head));
    ck_assert_uint_eq(least, _i ? 4 : 2);
    variant_finish(&variant);
    figure_finish(&figure);
}
END_TEST

/* Even on a small page there is a place beside the heads and minima. */
START_TEST(inside_it_keeps_off_heads_and_minima)
{
    struct figure figure;
    struct variant variant;
    figure_init(&figure, "weight-decay", NULL);
    variant_init(&variant, &figure, theme_named("article"), figure.preset.optimizer_count);
    variant.preset.figure.layout = LAYOUT_WIDE;
    variant_plot(&variant, &figure, 3.3, 2.2);
    const struct plot *plot = &variant.plot;
    const struct objective *objective = plot->landscape->objective;
    ck_assert(plot->legend.framed && plot->legend.box.width > 0);
    for (size_t i = 0; i < plot->path_count; i++) {
        const struct path *path = &plot->paths[i];
        struct vec2 head = path->trajectory->points[path->count - 1];
        ck_assert(!has_point(plot->legend.box, contour_panel_point(plot, head)));
    }
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 minimum = contour_panel_point(plot, objective->minima[i]);
        ck_assert(!has_point(plot->legend.box, minimum));
    }
    variant_finish(&variant);
    figure_finish(&figure);
}
END_TEST

static const struct vec2 pages[] = { { 3, 1.5 }, { 4, 3 }, { 7, 3 },  { 14, 4 },
                                     { 10, 3 }, { 7.5, 13.3 }, { 20, 20 } };
static const size_t crowds[] = { 1, 2, 6, 12, 25, 100 };
static const struct panel_list panel_lists[] = {
    { { PANEL_SURFACE, PANEL_CONTOUR }, 2 },
    { { PANEL_CONTOUR }, 1 },
    { { PANEL_SURFACE, PANEL_CONTOUR, PANEL_LOSS }, 3 },
    { { PANEL_CONTOUR, PANEL_SURFACE }, 2 },
    { { PANEL_SURFACE }, 1 },
};
enum { PAGES = 7, CROWDS = 6, LISTS = 5 };

static void check_page(const struct figure *figure, const struct theme *theme, size_t crowd,
                       const struct panel_list *panels, enum layout layout,
                       enum legend_place place, struct vec2 size)
{
    char what[128];
    snprintf(what, sizeof what, "%s, %zu runs, %zu panels, layout %d, place %d, %g x %g",
             theme->name, crowd, panels->count, (int)layout, (int)place, size.x, size.y);
    struct variant variant;
    variant_init(&variant, figure, theme, crowd);
    variant.preset.figure.panels = *panels;
    variant.preset.figure.layout = layout;
    variant.preset.figure.legend = place;
    variant.preset.film.counter = true;
    variant_plot(&variant, figure, size.x, size.y);
    check_place(&variant.plot, what);
    bool is_large = size.x >= 7 && size.y >= 3;
    ck_assert_msg(!is_large || (place == LEGEND_NONE) == !variant.plot.legend.box.width, "%s",
                  what);
    variant_finish(&variant);
}

START_TEST(the_legend_fits_any_page)
{
    static const enum layout layouts[] = { LAYOUT_WIDE, LAYOUT_NOTEBOOK, LAYOUT_STACKED };
    static const enum legend_place places[] = { LEGEND_BEST, LEGEND_OUTSIDE, LEGEND_LOWER_LEFT,
                                                LEGEND_NONE };
    size_t count;
    const struct theme *theme = &theme_list(&count)[_i];
    struct figure figure;
    figure_init(&figure, "quad", NULL);
    /* Crowds and pages in all pairs, the rest in turn. */
    for (size_t i = 0; i < 2 * PAGES * CROWDS; i++) {
        check_page(&figure, theme, crowds[i % CROWDS], &panel_lists[i % LISTS], layouts[i % 3],
                   places[(i / 3) % 4], pages[i / 2 / CROWDS]);
    }
    figure_finish(&figure);
}
END_TEST

START_TEST(outside_it_begins_at_the_panels_top)
{
    struct figure figure;
    struct variant variant;
    struct vec2 counter;
    figure_init(&figure, "hyper", NULL);
    variant_init(&variant, &figure, theme_named("article"), 6);
    variant.preset.figure.layout = LAYOUT_WIDE;
    variant.preset.film.counter = true;
    variant_plot(&variant, &figure, 14, 4);
    const struct legend *legend = &variant.plot.legend;
    struct rect panel = variant.plot.page.panels[PANEL_CONTOUR];
    ck_assert(!legend->framed);
    ck_assert_double_eq(legend->scale, 1);
    ck_assert_double_eq_tol(legend->box.y, panel.y, SLACK);
    ck_assert_double_gt(legend->box.x, panel.x + panel.width);
    ck_assert(legend_counter_place(&variant.plot, &counter));
    ck_assert_double_eq_tol(counter.y, panel.y + panel.height, SLACK);
    ck_assert_double_eq_tol(counter.x, legend->box.x, SLACK);
    variant_finish(&variant);
    figure_finish(&figure);
}
END_TEST

START_TEST(the_preset_chooses_inside_outside_or_none)
{
    struct figure figure;
    figure_init(&figure, "hyper", NULL);
    for (enum legend_place place = LEGEND_BEST; place <= LEGEND_NONE; place++) {
        struct variant variant;
        variant_init(&variant, &figure, theme_named("notebook"), 6);
        variant.preset.figure.layout = LAYOUT_WIDE;
        variant.preset.figure.legend = place;
        variant_plot(&variant, &figure, 14, 4);
        const struct legend *legend = &variant.plot.legend;
        struct rect panel = variant.plot.page.panels[PANEL_CONTOUR], box = legend->box;
        bool right = place == LEGEND_UPPER_RIGHT || place == LEGEND_LOWER_RIGHT;
        bool low = place == LEGEND_LOWER_LEFT || place == LEGEND_LOWER_RIGHT;
        ck_assert((box.width > 0) == (place != LEGEND_NONE));
        ck_assert(place == LEGEND_NONE || legend->framed == (place != LEGEND_OUTSIDE));
        if (place >= LEGEND_UPPER_RIGHT && place <= LEGEND_LOWER_RIGHT) {
            ck_assert(holds(panel, box));
            ck_assert((box.x > panel.x + panel.width / 2) == right);
            ck_assert((box.y > panel.y + panel.height / 2 - box.height / 2) == low);
        }
        variant_finish(&variant);
    }
    figure_finish(&figure);
}
END_TEST

/* Where a panel shows a state of a path. */
static bool state_at(const struct plot *plot, enum panel panel, size_t path, size_t step,
                     struct vec2 *page)
{
    const struct trajectory *trajectory = plot->paths[path].trajectory;
    if (panel == PANEL_CONTOUR) {
        *page = contour_panel_point(plot, trajectory->points[step]);
    } else if (panel == PANEL_LOSS) {
        *page = loss_panel_point(plot, (double)step, trajectory->losses[step]);
    } else {
        return on_page(&plot->view, lift(plot, trajectory->points[step]), page);
    }
    return true;
}

/* matplotlib's measure: points in the box, paths that touch it, minima; but minima and, outside of
 * the notebook's theme, heads weigh as much as the longest path where the box touches a head. */
static size_t covered(const struct plot *plot, enum panel panel, struct rect box)
{
    enum { SAMPLES = 500 };
    const struct theme *theme = plot->look->theme;
    size_t bad = 0, weight = 1;
    double by = theme->legend_inside ? 0 : theme->head_diameter / 2;
    struct rect around = { box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by };
    for (size_t i = 0; i < plot->path_count && !theme->legend_inside; i++) {
        weight = plot->paths[i].count > weight ? plot->paths[i].count : weight;
    }
    for (size_t i = 0; i < plot->path_count; i++) {
        bool touches = false;
        struct vec2 last = { 0, 0 }, at;
        for (size_t k = 0; k < plot->paths[i].count; k++) {
            ck_assert(state_at(plot, panel, i, k, &at));
            bad += has_point(box, at);
            for (int s = 0; k && s <= SAMPLES && !touches; s++) {
                touches = has_point(box, between(last, at, (double)s / SAMPLES));
            }
            last = at;
        }
        bad += touches + (theme->legend_inside || !has_point(around, last) ? 0 : weight);
    }
    const struct objective *objective = plot->landscape->objective;
    for (size_t i = 0; i < objective->minimum_count && panel != PANEL_LOSS; i++) {
        struct vec2 at = contour_panel_point(plot, objective->minima[i]);
        bool shown = panel == PANEL_CONTOUR
                     || on_page(&plot->view, lift(plot, objective->minima[i]), &at);
        bad += shown && has_point(around, at) ? weight : 0;
    }
    return bad;
}

/* No place of a grid of nine covers less. */
static void check_least(const struct plot *plot, enum panel panel)
{
    struct rect area = panel == PANEL_SURFACE ? plot->page.surface_area
                                              : plot->page.panels[panel];
    struct rect box = plot->legend.box;
    ck_assert(plot->legend.framed && box.width > 0 && holds(area, box));
    size_t least = covered(plot, panel, box);
    double margin = plot->look->theme->text_size / 2;
    for (int i = 0; i < 9; i++) {
        struct rect other = box;
        other.x = area.x + margin + (i % 3) / 2.0 * (area.width - 2 * margin - box.width);
        other.y = area.y + margin + (i / 3) / 2.0 * (area.height - 2 * margin - box.height);
        ck_assert_uint_ge(covered(plot, panel, other), least);
    }
}

START_TEST(inside_it_covers_the_fewest_points)
{
    static const enum panel panels[] = { PANEL_CONTOUR, PANEL_SURFACE, PANEL_LOSS };
    static const char *names[] = { "notebook", "article" };
    struct figure figure;
    figure_init(&figure, figure_names[_i % FIGURES], NULL);
    for (size_t i = 0; i < 6; i++) {
        struct variant variant;
        const struct theme *theme = theme_named(names[i % 2]);
        variant_init(&variant, &figure, theme, figure.preset.optimizer_count);
        variant.preset.figure.panels = (struct panel_list){ { panels[i / 2] }, 1 };
        variant.preset.figure.layout = LAYOUT_WIDE;
        /* The article's is inside where the page is too small for another place. */
        variant_plot(&variant, &figure, i % 2 ? 2.2 : 5, i % 2 ? 2 : 4);
        check_least(&variant.plot, panels[i / 2]);
        variant_finish(&variant);
    }
    figure_finish(&figure);
}
END_TEST

/* The legend's part of a scene, as text. */
static char *overlay_text(const struct plot *plot)
{
    char *text;
    size_t size;
    struct scene scene;
    scene_init(&scene, plot->page.width, plot->page.height);
    legend_draw(&plot->legend, plot, &scene);
    FILE *stream = open_memstream(&text, &size);
    scene_print(&scene, stream);
    fclose(stream);
    scene_finish(&scene);
    return text;
}

START_TEST(the_place_is_the_same_in_all_frames)
{
    static const char *overrides[] = { "figure.theme=article", "figure.layout=wide", NULL };
    struct figure figure;
    figure_init(&figure, figure_names[_i], overrides);
    const struct plot *plot = &figure.film;
    char *first = overlay_text(plot);
    for (size_t frame = 0; frame < plot->timeline.frames; frame += 7) {
        struct scene scene;
        struct moment moment = timeline_at(&plot->timeline, frame);
        scene_init(&scene, plot->page.width, plot->page.height);
        plot_picture(plot, &scene, &plot->view, &moment);
        scene_finish(&scene);
        char *now = overlay_text(plot);
        ck_assert_str_eq(now, first);
        free(now);
    }
    free(first);
    figure_finish(&figure);
}
END_TEST

/* Samples have their path's colour, labels stand beside them, in paths' order. */
START_TEST(entries_are_in_the_order_of_the_paths)
{
    static const char *overrides[] = { "figure.theme=print", "figure.layout=wide", NULL };
    struct figure figure;
    figure_init(&figure, figure_names[_i], overrides);
    const struct plot *plot = &figure.film;
    struct scene scene;
    size_t samples = 0, labels = 0;
    double y = 0;
    scene_init(&scene, plot->page.width, plot->page.height);
    legend_draw(&plot->legend, plot, &scene);
    for (size_t i = 0; i < scene.count; i++) {
        const struct primitive *item = &scene.items[i];
        if (item->kind == PRIMITIVE_PATH && item->point_count == 2) {
            const struct path *path = &plot->paths[samples++];
            ck_assert_double_eq(item->stroke.color.g, path->color.g);
            ck_assert_int_eq(item->stroke.dash_count, path->dash.count);
            ck_assert_double_gt(item->points[0].y, y);
            y = item->points[0].y;
        } else if (item->kind == PRIMITIVE_GLYPHS && item->run->size == 8) {
            ck_assert_str_eq(item->run->text, plot->paths[labels++].trajectory->label);
            ck_assert_double_lt(fabs(item->points[0].y - y), 8);
        }
    }
    ck_assert_uint_eq(samples, plot->path_count);
    ck_assert_uint_eq(labels, plot->path_count);
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("legend");
    TCase *cases = tcase_create("legend");
    size_t themes;
    theme_list(&themes);
    tcase_set_timeout(cases, 300);
    tcase_add_test(cases, long_lines_are_broken_behind_commas);
    tcase_add_test(cases, long_lines_are_broken_between_words);
    tcase_add_test(cases, cut_labels_differ_and_rows_shrink_with_them);
    tcase_add_loop_test(cases, heads_weigh_as_much_as_paths, 0, 2);
    tcase_add_test(cases, inside_it_keeps_off_heads_and_minima);
    tcase_add_loop_test(cases, the_legend_fits_any_page, 0, (int)themes);
    tcase_add_test(cases, outside_it_begins_at_the_panels_top);
    tcase_add_test(cases, the_preset_chooses_inside_outside_or_none);
    tcase_add_loop_test(cases, inside_it_covers_the_fewest_points, 0, FIGURES);
    tcase_add_loop_test(cases, the_place_is_the_same_in_all_frames, 0, FIGURES);
    tcase_add_loop_test(cases, entries_are_in_the_order_of_the_paths, 0, FIGURES);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
