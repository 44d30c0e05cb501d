/* The plot stage against matplotlib's geometry: reference/geometry holds its
 * dumps of the eight figures at 72 dpi (a pixel is a point), levels.csv and
 * projection.csv were made by reference/matplotlib_reference.py. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"
#include "plot/colormap.h"
#include "plot/contour.h"
#include "plot/grid.h"
#include "plot/levels.h"

static const char *figure_names[] = { "quad", "booth", "hyper", "beale" };
enum { FIGURES = 4 };

static bool near(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance;
}

static bool near_relative(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b));
}

static struct table geometry(const char *kind, const char *name, const char *what)
{
    char path[128];
    snprintf(path, sizeof path, "reference/geometry/%s_%s_dpi72_%s.csv", kind, name, what);
    return table_read(test_path(path));
}

START_TEST(levels_are_matplotlibs)
{
    struct table table = table_read(test_path("reference/levels.csv"));
    ck_assert_uint_eq(table.rows, 300);
    for (size_t row = 0; row < table.rows; row++) {
        struct levels levels;
        struct range limits = { table_at(&table, row, "low"), table_at(&table, row, "high") };
        levels_init(&levels, limits, (int)table_at(&table, row, "wanted"));
        double span = limits.hi - limits.lo;
        ck_assert_msg(levels.count == (size_t)table_at(&table, row, "count"), "row %zu", row);
        ck_assert(near(levels.values[0], table_at(&table, row, "first"), 1e-9 * span));
        ck_assert(near(levels.values[1], table_at(&table, row, "second"), 1e-9 * span));
        ck_assert(near(levels.values[levels.count - 1], table_at(&table, row, "last"),
                       1e-9 * span));
        levels_finish(&levels);
    }
    table_free(&table);
}
END_TEST

START_TEST(levels_need_finite_different_limits)
{
    static const struct range none[] = { { 1, 1 }, { 0, INFINITY }, { NAN, 1 }, { -1e308, 1e308 },
                                          { 1e6, 1e6 + 1e-9 }, { 0, 1e-322 } };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct levels levels;
        levels_init(&levels, none[i], 40);
        ck_assert_uint_eq(levels.count, 0);
        levels_finish(&levels);
    }
}
END_TEST

START_TEST(projections_are_matplotlibs)
{
    struct table table = table_read(test_path("reference/projection.csv"));
    ck_assert_uint_eq(table.rows, 200);
    struct figure_section section = { .layout = LAYOUT_NOTEBOOK,
                                      .panels = { { PANEL_SURFACE, PANEL_CONTOUR }, 2 } };
    struct page page;
    page_init(&page, 14 * 72, 4 * 72, &section, &(struct page_needs){ 0 });
    for (size_t row = 0; row < table.rows; row++) {
        struct camera camera;
        struct range x = { table_at(&table, row, "xlo"), table_at(&table, row, "xhi") };
        struct range y = { table_at(&table, row, "ylo"), table_at(&table, row, "yhi") };
        struct range z = { table_at(&table, row, "zlo"), table_at(&table, row, "zhi") };
        camera_init(&camera, x, y, z, table_at(&table, row, "azimuth"),
                    table_at(&table, row, "elevation"), table_at(&table, row, "distance"));
        camera_fit_notebook(&camera, page.panels[PANEL_SURFACE]);
        struct vec3 point = { table_at(&table, row, "x"), table_at(&table, row, "y"),
                              table_at(&table, row, "z") };
        struct projected seen = camera_project(&camera, point);
        ck_assert(near(seen.page.x, table_at(&table, row, "page_x"), 1e-6));
        ck_assert(near(4 * 72 - seen.page.y, table_at(&table, row, "page_y"), 1e-6));
        ck_assert(near(seen.depth, table_at(&table, row, "depth"), 1e-6));
    }
    table_free(&table);
}
END_TEST

START_TEST(the_eye_is_where_the_camera_is)
{
    struct camera camera;
    camera_init(&camera, (struct range){ -1, 3 }, (struct range){ 0, 8 }, (struct range){ -5, 5 },
                -30, 40, 6);
    struct vec3 eye = camera_eye(&camera);
    double depth;
    camera_view(&camera, eye, &depth);
    ck_assert(near(depth, 0, 1e-12));
    camera_view(&camera, (struct vec3){ 1, 4, 0 }, &depth);
    ck_assert(near(depth, 6, 1e-12)); /* the middle of the box */
}
END_TEST

static size_t boxes_row(const struct table *boxes, const char *kind, const char *name)
{
    char figure[64];
    snprintf(figure, sizeof figure, "%s_%s_dpi72", kind, name);
    for (size_t row = 0; row < boxes->rows; row++) {
        if (!strcmp(table_text(boxes, row, "figure"), figure)) {
            return row;
        }
    }
    ck_abort_msg("no %s", figure);
    return 0;
}

static void check_boxes(const struct plot *plot, const struct table *boxes, size_t row)
{
    const struct rect *surface = &plot->page.panels[PANEL_SURFACE];
    const struct rect *contour = &plot->page.panels[PANEL_CONTOUR];
    ck_assert(near(plot->page.width, table_at(boxes, row, "width"), 1e-9));
    ck_assert(near(plot->page.height, table_at(boxes, row, "height"), 1e-9));
    ck_assert(near(surface->x, table_at(boxes, row, "x3d"), 1e-9));
    ck_assert(near(surface->y, table_at(boxes, row, "y3d"), 1e-9));
    ck_assert(near(surface->width, table_at(boxes, row, "side"), 1e-9));
    ck_assert(near(surface->height, table_at(boxes, row, "side"), 1e-9));
    ck_assert(near(contour->x, table_at(boxes, row, "x2d"), 1e-9));
    ck_assert(near(contour->y, table_at(boxes, row, "y2d"), 1e-9));
    ck_assert(near(contour->width, table_at(boxes, row, "w2d"), 1e-9));
    ck_assert(near(contour->height, table_at(boxes, row, "h2d"), 1e-9));
    /* Its legend has hinted letters on whole pixels; ours are unhinted. */
    ck_assert(near(plot->legend.box.x, table_at(boxes, row, "legend_x"), 1.5));
    ck_assert(near(plot->legend.box.y, table_at(boxes, row, "legend_y"), 1e-6));
    ck_assert(near(plot->legend.box.width, table_at(boxes, row, "legend_w"), 1.5));
    ck_assert(near(plot->legend.box.height, table_at(boxes, row, "legend_h"), 1e-6));
    const struct landscape *landscape = plot->landscape;
    /* Minima of about 1e-25 are rounding noise in both. */
    ck_assert(near(landscape->box.lo, table_at(boxes, row, "zlo"), 1e-20));
    ck_assert(near_relative(landscape->box.hi, table_at(boxes, row, "zhi"), 1e-14));
    struct range colors = landscape->surface_tone.range;
    ck_assert(near_relative(colors.lo, table_at(boxes, row, "norm_lo"), 1e-12));
    ck_assert(near_relative(colors.hi, table_at(boxes, row, "norm_hi"), 1e-12));
    ck_assert_uint_eq(plot->level_map.levels.count, (size_t)table_at(boxes, row, "levels"));
}

START_TEST(boxes_limits_and_legend_are_the_notebooks)
{
    struct figure figure;
    struct table boxes = table_read(test_path("reference/geometry/boxes.csv"));
    const char *name = figure_names[_i];
    figure_init(&figure, name, NULL);
    check_boxes(&figure.film, &boxes, boxes_row(&boxes, "anim", name));
    check_boxes(&figure.still, &boxes, boxes_row(&boxes, "path", name));
    figure_finish(&figure);
    table_free(&boxes);
}
END_TEST

/* Every recorded point of every path, where the reference puts it. The dumps
 * have four decimals, and coordinates of hyper's runaways nine digits. */
static void check_paths(const struct plot *plot, const char *kind, const char *name)
{
    struct table table = geometry(kind, name, "traj");
    double height = plot->page.height;
    for (size_t row = 0; row < table.rows; row++) {
        struct vec2 at = { table_at(&table, row, "x"), table_at(&table, row, "y") };
        struct vec2 flat = contour_panel_point(plot, at);
        double far = fmax(1, fabs(flat.x) + fabs(flat.y));
        ck_assert(near(flat.x, table_at(&table, row, "px2d"), 1e-4 * far));
        ck_assert(near(height - flat.y, table_at(&table, row, "py2d"), 1e-4 * far));
        if (table_at(&table, row, "w3d") <= 0) {
            continue; /* behind the eye */
        }
        struct vec3 point = { at.x, at.y, table_at(&table, row, "loss") };
        struct projected seen = camera_project(&plot->view.camera, point);
        far = fmax(1, fabs(seen.page.x) + fabs(seen.page.y));
        ck_assert(near(seen.page.x, table_at(&table, row, "px3d"), 1e-4 * far));
        ck_assert(near(height - seen.page.y, table_at(&table, row, "py3d"), 1e-4 * far));
    }
    ck_assert_uint_gt(table.rows, 30);
    table_free(&table);
}

START_TEST(path_points_are_the_notebooks)
{
    struct figure figure;
    figure_init(&figure, figure_names[_i], NULL);
    check_paths(&figure.film, "anim", figure_names[_i]);
    check_paths(&figure.still, "path", figure_names[_i]);
    figure_finish(&figure);
}
END_TEST

/* The heads of a frame. */
static void draw_heads(const struct plot *plot, struct scene *scene, size_t frame)
{
    struct moment moment = timeline_at(&plot->timeline, frame);
    plot_heads(plot, &plot->view, scene, &moment);
}

START_TEST(drawn_heads_are_on_the_notebooks_points)
{
    /* End to end: our own path, our own drawing, the reference's page points.
     * Chaotic tails are not compared (see reference/trajectories). */
    struct figure figure;
    struct table table = geometry("anim", figure_names[_i], "traj");
    figure_init(&figure, figure_names[_i], NULL);
    const size_t step = 15;
    struct scene scene;
    scene_init(&scene, figure.film.page.width, figure.film.page.height);
    draw_heads(&figure.film, &scene, step);
    size_t found = 0;
    for (size_t row = 0; row < table.rows; row++) {
        double x = table_at(&table, row, "x"), y = table_at(&table, row, "y");
        if (table_at(&table, row, "step") != step || !range_holds(figure.objective.x, x)
            || !range_holds(figure.objective.y, y)) {
            continue;
        }
        for (size_t i = 0; i < scene.count; i++) {
            const struct primitive *head = &scene.items[i];
            double down = figure.film.page.height - head->points[0].y;
            found += near(head->points[0].x, table_at(&table, row, "px2d"), 0.25)
                     && near(down, table_at(&table, row, "py2d"), 0.25);
            found += near(head->points[0].x, table_at(&table, row, "px3d"), 0.25)
                     && near(down, table_at(&table, row, "py3d"), 0.25);
        }
    }
    ck_assert_uint_ge(found, scene.count);
    ck_assert_uint_ge(scene.count, 4);
    scene_finish(&scene);
    figure_finish(&figure);
    table_free(&table);
}
END_TEST

START_TEST(level_values_and_colors_are_the_notebooks)
{
    struct figure figure;
    struct table table = geometry("anim", figure_names[_i], "contours");
    figure_init(&figure, figure_names[_i], NULL);
    ck_assert_uint_eq(figure.film.level_map.levels.count, table.rows);
    for (size_t row = 0; row < table.rows; row++) {
        const struct color *color = &figure.film.level_map.colors[row];
        double level = figure.film.level_map.levels.values[row];
        ck_assert(near(level, table_at(&table, row, "level"), 1e-9));
        ck_assert(near(color->r, table_at(&table, row, "r"), 1e-9));
        ck_assert(near(color->g, table_at(&table, row, "g"), 1e-9));
        ck_assert(near(color->b, table_at(&table, row, "b"), 1e-9));
        ck_assert(near(color->a, table_at(&table, row, "a"), 1e-9));
    }
    figure_finish(&figure);
    table_free(&table);
}
END_TEST

/* The notebook's grid ends one sample before the domain does. */
static void drop_last_samples(struct grid *grid)
{
    for (size_t row = 0; row + 1 < grid->rows; row++) {
        memmove(grid->z + row * (grid->columns - 1), grid->z + row * grid->columns,
                (grid->columns - 1) * sizeof *grid->z);
    }
    grid->columns--;
    grid->rows--;
}

static double line_length(const struct plot *plot, const struct vec2 *points, size_t count)
{
    double length = 0;
    for (size_t i = 1; i < count; i++) {
        struct vec2 a = contour_panel_point(plot, points[i - 1]);
        struct vec2 b = contour_panel_point(plot, points[i]);
        length += hypot(b.x - a.x, b.y - a.y);
    }
    return length;
}

START_TEST(level_lines_are_the_notebooks)
{
    struct figure figure;
    struct grid grid;
    struct table table = geometry("anim", figure_names[_i], "contours");
    figure_init(&figure, figure_names[_i], NULL);
    grid_init(&grid, &figure.objective);
    grid_sample(&grid, &figure.objective);
    drop_last_samples(&grid);
    bool logarithmic = figure.preset.contour.scale == SCALE_LOG;
    for (size_t i = 0; logarithmic && i < grid.columns * grid.rows; i++) {
        grid.z[i] = log(grid.z[i]);
    }
    struct level_lines *lines = contour_trace(&grid, &figure.film.level_map.levels);
    size_t compared = 0;
    for (size_t row = 0; row < table.rows; row++) {
        double expected = table_at(&table, row, "length_px"), length = 0;
        size_t closed = 0, start = 0;
        if (expected < 1) {
            continue; /* lines within one cell, made of rounding noise */
        }
        for (size_t i = 0; i < lines[row].count; i++) {
            const struct vec2 *points = lines[row].points + start;
            size_t count = lines[row].lengths[i];
            length += line_length(&figure.film, points, count);
            closed += points[0].x == points[count - 1].x && points[0].y == points[count - 1].y;
            start += count;
        }
        ck_assert_uint_eq(lines[row].count, (size_t)table_at(&table, row, "n_lines"));
        /* Where a line begins on a sample, the reference's two ends differ in
         * the last bit and it counts as open. */
        ck_assert_uint_ge(closed, (size_t)table_at(&table, row, "n_closed"));
        ck_assert_uint_eq(lines[row].point_count, (size_t)table_at(&table, row, "n_vertices"));
        ck_assert(near(length, expected, 1e-3 + 1e-6 * expected));
        compared++;
    }
    ck_assert_uint_gt(compared, 20);
    contour_free(lines, figure.film.level_map.levels.count);
    grid_finish(&grid);
    figure_finish(&figure);
    table_free(&table);
}
END_TEST

/* A small grid whose samples the test gives. */
static struct grid small_grid(size_t side, double *axis, double *z)
{
    for (size_t i = 0; i < side; i++) {
        axis[i] = (double)i;
    }
    return (struct grid){ side, side, axis, axis, z };
}

START_TEST(a_hole_cuts_its_corner_off)
{
    double axis[3], z[9] = { 0, 0, 0, 1, 1, NAN, 2, 2, 2 };
    double value = 0.5;
    struct grid grid = small_grid(3, axis, z);
    struct levels levels = { &value, 1 };
    struct level_lines *lines = contour_trace(&grid, &levels);
    /* Left cell: across at y = 0.5; right cell: the triangle of its three good
     * corners ends the line on its diagonal. */
    ck_assert_uint_eq(lines[0].count, 1);
    ck_assert_uint_eq(lines[0].point_count, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(near(lines[0].points[i].y, 0.5, 1e-12));
    }
    double left = fmin(lines[0].points[0].x, lines[0].points[2].x);
    double right = fmax(lines[0].points[0].x, lines[0].points[2].x);
    ck_assert(left == 0 && right == 1.5);
    contour_free(lines, 1);
}
END_TEST

START_TEST(level_lines_lie_on_their_level)
{
    /* On x + 2 y the interpolation is exact, and each level is one line. */
    enum { SIDE = 12 };
    double axis[SIDE], z[SIDE * SIDE], values[] = { 3.3, 7, 20.25 };
    struct grid grid = small_grid(SIDE, axis, z);
    for (size_t i = 0; i < SIDE * SIDE; i++) {
        z[i] = (double)(i % SIDE) + 2 * (double)(i / SIDE);
    }
    struct levels levels = { values, 3 };
    struct level_lines *lines = contour_trace(&grid, &levels);
    for (size_t level = 0; level < 3; level++) {
        ck_assert_uint_eq(lines[level].count, 1);
        for (size_t i = 0; i < lines[level].point_count; i++) {
            struct vec2 point = lines[level].points[i];
            ck_assert(near(point.x + 2 * point.y, values[level], 1e-12));
        }
    }
    contour_free(lines, 3);
}
END_TEST

START_TEST(colormaps_begin_and_end_in_their_colors)
{
    size_t count;
    const struct colormap *maps = colormap_list(&count);
    ck_assert_uint_ge(count, 5);
    for (size_t i = 0; i < count; i++) {
        struct color first = colormap_color(&maps[i], -1), last = colormap_color(&maps[i], 2);
        struct color low = colormap_blend(&maps[i], 0), high = colormap_blend(&maps[i], 1);
        ck_assert(first.r == low.r && first.g == low.g && first.b == low.b && first.a == 1);
        ck_assert(last.r == high.r && last.g == high.g && last.b == high.b);
        for (double t = 0; t < 1; t += 0.001) {
            struct color a = colormap_blend(&maps[i], t), b = colormap_blend(&maps[i], t + 0.001);
            ck_assert(near(a.r, b.r, 0.02) && near(a.g, b.g, 0.02) && near(a.b, b.b, 0.02));
        }
    }
    /* viridis is known by its ends. */
    ck_assert(near(colormap_color(&maps[0], 0).r, 0.267004, 1e-9));
    ck_assert(near(colormap_color(&maps[0], 1).g, 0.906157, 1e-9));
}
END_TEST

START_TEST(a_run_that_leaves_gets_an_arrow)
{
    struct figure figure;
    figure_init(&figure, "hyper", NULL);
    size_t arrows[2] = { 0, 0 };
    size_t steps[2] = { 10, 49 };
    for (size_t i = 0; i < 2; i++) {
        struct scene scene;
        scene_init(&scene, figure.film.page.width, figure.film.page.height);
        draw_heads(&figure.film, &scene, steps[i]);
        for (size_t k = 0; k < scene.count; k++) {
            arrows[i] += scene.items[k].kind == PRIMITIVE_PATH;
        }
        scene_finish(&scene);
    }
    /* Momentum, NAG, RMSProp and Adam have left at the end, in both panels. */
    ck_assert_uint_eq(arrows[0], 0);
    ck_assert_uint_eq(arrows[1], 8);
    figure_finish(&figure);
}
END_TEST

START_TEST(a_run_that_diverges_gets_a_cross)
{
    static const char *overrides[] = { "optimizer GD.learning_rate=1e20", "problem.steps=30",
                                       NULL };
    struct figure figure;
    figure_init(&figure, "quad", overrides);
    ck_assert(figure.trajectories[0].diverged);
    struct scene scene;
    scene_init(&scene, figure.film.page.width, figure.film.page.height);
    draw_heads(&figure.film, &scene, figure.film.timeline.frames - 1);
    size_t strokes = 0, notes = 0;
    for (size_t k = 0; k < scene.count; k++) {
        strokes += scene.items[k].stroke.width > 0;
        notes += scene.items[k].run && !strcmp(scene.items[k].run->text, "step 1");
    }
    ck_assert_uint_eq(strokes, 4); /* two in each panel */
    ck_assert_uint_eq(notes, 1);
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

START_TEST(the_wide_layout_fills_its_half)
{
    static const char *overrides[] = { "figure.layout=wide", NULL };
    struct figure figure;
    figure_init(&figure, figure_names[_i], overrides);
    struct rect half = figure.film.page.surface_area;
    struct vec2 lo = { INFINITY, INFINITY }, hi = { -INFINITY, -INFINITY };
    size_t side = mesh_side(&figure.film.mesh);
    for (size_t i = 0; i < side * side; i++) {
        struct vec2 page = figure.film.view.surface.vertices[i].page;
        lo = (struct vec2){ fmin(lo.x, page.x), fmin(lo.y, page.y) };
        hi = (struct vec2){ fmax(hi.x, page.x), fmax(hi.y, page.y) };
    }
    ck_assert(lo.x >= half.x && hi.x <= half.x + half.width);
    ck_assert(lo.y >= half.y && hi.y <= half.y + half.height);
    double filled = fmax((hi.x - lo.x) / half.width, (hi.y - lo.y) / half.height);
    ck_assert(near(filled, 0.92, 1e-6));
    figure_finish(&figure);
}
END_TEST

START_TEST(the_contour_takes_the_surfaces_colormap)
{
    static const char *overrides[] = { "surface.colormap=magma", NULL };
    static const char *both[] = { "surface.colormap=magma", "contour.colormap=plasma", NULL };
    struct figure figure;
    figure_init(&figure, "quad", overrides);
    ck_assert_str_eq(figure.look.contour_map->name, "magma");
    figure_finish(&figure);
    figure_init(&figure, "quad", both);
    ck_assert_str_eq(figure.look.contour_map->name, "plasma");
    ck_assert_str_eq(figure.look.surface_map->name, "magma");
    figure_finish(&figure);
}
END_TEST

START_TEST(a_crowded_legend_stays_in_its_panel)
{
    static const char *overrides[] = {
        "figure.layout=wide", "film.width=3", "film.height=1.5", "film.dpi=100", NULL
    };
    struct figure figure;
    figure_init(&figure, "hyper", overrides);
    struct rect box = figure.film.legend.box, panel = figure.film.page.panels[PANEL_CONTOUR];
    ck_assert(box.x >= panel.x && box.x + box.width <= panel.x + panel.width);
    ck_assert(box.y >= panel.y && box.y + box.height <= panel.y + panel.height);
    ck_assert(figure.film.legend.scale < 1);
    figure_finish(&figure);
}
END_TEST

START_TEST(the_overlay_reads_as_the_notebooks)
{
    /* Frame and legend of quad, from the reference's boxes (y downwards). */
    struct figure figure;
    char *text = NULL;
    size_t size = 0;
    figure_init(&figure, "quad", NULL);
    struct scene scene;
    scene_init(&scene, figure.film.page.width, figure.film.page.height);
    plot_overlay(&figure.film, &scene);
    FILE *stream = open_memstream(&text, &size);
    scene_print(&scene, stream);
    fclose(stream);
    ck_assert_ptr_nonnull(strstr(text, "page 1008.00 x 288.00\n"));
    ck_assert_ptr_nonnull(strstr(text, "path stroke #000000 width 0.80 552.11,34.56 907.20,34.56 "
                                       "907.20,256.32 552.11,256.32 552.11,34.56\n"));
    ck_assert_ptr_nonnull(strstr(text, "path stroke #1f77b4 width 1.50"));
    ck_assert_ptr_nonnull(strstr(text, "text \"GD\" size 10.00 fill #000000"));
    ck_assert_ptr_nonnull(strstr(text, "text \"Momentum\" size 10.00 fill #000000"));
    free(text);
    scene_finish(&scene);
    figure_finish(&figure);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plot");
    TCase *cases = tcase_create("plot");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, levels_are_matplotlibs);
    tcase_add_test(cases, levels_need_finite_different_limits);
    tcase_add_test(cases, projections_are_matplotlibs);
    tcase_add_test(cases, the_eye_is_where_the_camera_is);
    tcase_add_loop_test(cases, boxes_limits_and_legend_are_the_notebooks, 0, FIGURES);
    tcase_add_loop_test(cases, path_points_are_the_notebooks, 0, FIGURES);
    tcase_add_loop_test(cases, drawn_heads_are_on_the_notebooks_points, 0, FIGURES);
    tcase_add_loop_test(cases, level_values_and_colors_are_the_notebooks, 0, FIGURES);
    tcase_add_loop_test(cases, level_lines_are_the_notebooks, 0, FIGURES);
    tcase_add_test(cases, a_hole_cuts_its_corner_off);
    tcase_add_test(cases, level_lines_lie_on_their_level);
    tcase_add_test(cases, colormaps_begin_and_end_in_their_colors);
    tcase_add_test(cases, a_run_that_leaves_gets_an_arrow);
    tcase_add_test(cases, a_run_that_diverges_gets_a_cross);
    tcase_add_loop_test(cases, the_wide_layout_fills_its_half, 0, FIGURES);
    tcase_add_test(cases, the_contour_takes_the_surfaces_colormap);
    tcase_add_test(cases, a_crowded_legend_stays_in_its_panel);
    tcase_add_test(cases, the_overlay_reads_as_the_notebooks);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
