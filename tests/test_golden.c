/* What pictures were when somebody last looked at them: scenes as text and a
 * few frames without text, in tests/golden. They guard what no reference gives
 * and no formula: the look. "make golden-update" makes them anew; whoever does
 * so reviews the difference. */
#include "support.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "picture.h"

enum { SETTINGS_MAX = 8 };

/* A moment of a preset, with what is changed in it. */
struct view_of {
    const char *file, *preset;
    size_t frame;
    const char *settings[SETTINGS_MAX];
};

static bool is_update; /* write, do not compare */

static const char *golden_path(const struct view_of *view, const char *extension)
{
    char name[64];
    snprintf(name, sizeof name, "golden/%s.%s", view->file, extension);
    return test_path(name);
}

static const struct view_of scenes[] = {
    { "article-quad", "quad", 10, { NULL } },
    { "article-booth", "booth", 35, { NULL } },
    { "article-hyper", "hyper", 25, { NULL } },
    { "article-beale", "beale", 100, { NULL } },
    { "notebook-hyper", "hyper", 25,
      { "figure.theme=notebook", "figure.layout=notebook", "film.counter=no" } },
    { "dark-booth", "booth", 35, { "figure.theme=dark", "surface.axes=yes" } },
    { "slides-quad", "quad", 10,
      { "figure.theme=slides", "figure.panels=surface, contour, loss" } },
    { "print-beale", "beale", 100, { "figure.theme=print", "figure.title=Beale's valley" } },
};
enum { SCENES = sizeof scenes / sizeof *scenes };

/* Prints the scene and empties it. Bands and level lines are left out: their
 * points are many, and test_plot has a reference for them. */
static void print_part(const char *title, struct scene *scene, FILE *stream)
{
    size_t kept = 0;
    for (size_t i = 0; i < scene->count; i++) {
        if (!scene->items[i].lengths) {
            scene->items[kept++] = scene->items[i];
        }
    }
    scene->count = kept;
    fprintf(stream, "# %s\n", title);
    scene_print(scene, stream);
    scene_reset(scene);
}

static char *scene_text_of(const struct view_of *view)
{
    struct figure figure;
    struct scene scene;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    figure_init_shipped(&figure, view->preset, view->settings);
    const struct plot *plot = &figure.film;
    scene_init(&scene, plot->page.width, plot->page.height);
    struct moment moment = timeline_at(&plot->timeline, view->frame);
    plot_background(plot, &scene);
    print_part("background", &scene, stream);
    plot_surface(plot, &plot->view, &scene);
    print_part("surface", &scene, stream);
    plot_heads(plot, &plot->view, &scene, &moment);
    print_part("heads", &scene, stream);
    plot_overlay(plot, &scene);
    print_part("overlay", &scene, stream);
    fclose(stream);
    scene_finish(&scene);
    figure_finish(&figure);
    return text;
}

/* Whether two lines are alike: coordinates, which follow a space or comma
 * outside of quotes, may differ by the rounding of two decimals and a little. */
static bool is_same_line(const char *golden, const char *now)
{
    bool quoted = false, begins = false;
    while (*golden && *golden != '\n') {
        char *golden_end, *now_end;
        double wanted = strtod(golden, &golden_end), number = strtod(now, &now_end);
        if (begins && !quoted && golden_end != golden && now_end != now) {
            if (fabs(wanted - number) > 0.02 + 1e-9) {
                return false;
            }
            golden = golden_end;
            now = now_end;
            begins = false;
            continue;
        }
        if (*golden != *now) {
            return false;
        }
        quoted = quoted != (*golden == '"');
        begins = *golden == ' ' || *golden == ',';
        golden++;
        now++;
    }
    return !*now || *now == '\n';
}

static const char *next_line(const char *line)
{
    size_t length = strcspn(line, "\n");
    return line + length + (line[length] == '\n');
}

/* The number of the first line that differs, or 0. */
static size_t first_difference(const char **golden, const char **now)
{
    for (size_t number = 1; **golden || **now; number++) {
        if (!is_same_line(*golden, *now)) {
            return number;
        }
        *golden = next_line(*golden);
        *now = next_line(*now);
    }
    return 0;
}

START_TEST(scenes_read_as_they_did)
{
    const char *path = golden_path(&scenes[_i], "txt");
    char *now = scene_text_of(&scenes[_i]);
    if (is_update) {
        FILE *stream = fopen(path, "w");
        ck_assert_msg(stream && fputs(now, stream) >= 0 && !fclose(stream), "%s", path);
        free(now);
        return;
    }
    char *golden = file_read(path, NULL);
    const char *wanted = golden, *got = now;
    size_t number = first_difference(&wanted, &got);
    ck_assert_msg(!number, "%s:%zu:\n  %.*s\nis now\n  %.*s", path, number,
                  (int)strcspn(wanted, "\n"), wanted, (int)strcspn(got, "\n"), got);
    free(golden);
    free(now);
}
END_TEST

START_TEST(only_coordinates_have_room)
{
    static const struct {
        const char *golden, *now;
        bool same;
    } cases[] = {
        { "path 12.00,13.00 .. 4.00,2.00", "path 12.02,12.98 .. 4.01,1.99", true },
        { "path 12.00,13.00 .. 4.00,2.00", "path 12.03,13.00 .. 4.00,2.00", false },
        { "path 12.00,13.00 .. 4.00,2.00", "path 12.00,13.00 .. 4.00,2.03", false },
        { "path 812 points", "path 813 points", false },
        { "disc fill #102030", "disc fill #102031", false },
        { "disc fill #1e9000", "disc fill #1e9001", false },
        { "disc fill #102030/0.5", "disc fill #102030/0.51", false },
        { "text \"step 7.01, 7.01\"", "text \"step 7.01, 7.02\"", false },
        { "text \"a\" 1.00", "text \"a\" 1.01", true },
        { "disc 1.00,2.00", "disc 1.00,2.00 3.00,4.00", false },
        { "disc 1.00,2.00 3.00,4.00", "disc 1.00,2.00", false },
        { "disc 1.00,2.00\npath", "disc 1.00,2.00", true },
        { "", "disc", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(is_same_line(cases[i].golden, cases[i].now) == cases[i].same, "%s",
                      cases[i].golden);
    }
}
END_TEST

/* Every theme, both kinds of layout, every panel, and a path behind the surface. */
static const struct view_of pictures[] = {
    { "notebook-hyper", "hyper", 24,
      { "figure.theme=notebook", "figure.layout=notebook", "figure.legend=none",
        "film.counter=no", "contour.levels=12" } },
    { "dark-beale", "beale", 199,
      { "figure.theme=dark", "figure.panels=surface", "figure.legend=none", "film.counter=no",
        "film.width=6" } },
    { "slides-quad", "quad", 12,
      { "figure.theme=slides", "figure.panels=surface, contour, loss", "figure.legend=none",
        "film.counter=no" } },
    { "print-booth", "booth", 69,
      { "figure.theme=print", "figure.panels=surface", "figure.legend=none", "film.counter=no",
        "film.width=6", "surface.azimuth=-110", "surface.elevation=5" } },
};
enum { PICTURES = sizeof pictures / sizeof *pictures };

static const double PICTURE_DPI = 36;

static struct picture picture_now(const struct view_of *view, double dpi)
{
    struct figure figure;
    struct frames frames;
    figure_init_shipped(&figure, view->preset, view->settings);
    frames_open(&frames, &figure.film, dpi);
    struct image image = frames_at(&frames, view->frame);
    struct picture picture = picture_of(&image);
    frames_finish(&frames);
    figure_finish(&figure);
    return picture;
}

/* Rounding apart, half of what an edge is: a line cannot move by a pixel. */
static const struct tolerance same_look = { 4, 0.5, 6e-5 };
static const struct part whole;

START_TEST(pictures_look_as_they_did)
{
    const char *path = golden_path(&pictures[_i], "png");
    struct picture now = picture_now(&pictures[_i], PICTURE_DPI);
    if (is_update) {
        picture_write(&now, path);
        picture_finish(&now);
        return;
    }
    struct picture golden = picture_read(path);
    picture_check(path, &golden, &now, whole, same_look);
    picture_finish(&golden);
    picture_finish(&now);
}
END_TEST

/* A picture as plots are, with what may be wrong with it. */
struct sketch {
    double jitter; /* of every edge, pixels */
    int line_shift;
    bool no_head;
};

static struct picture sketch(struct sketch wrong)
{
    static const double widths[] = { 0.5, 0.75, 1, 2, 4 };
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 504, 144);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_translate(cairo, wrong.jitter, wrong.jitter);
    cairo_pattern_t *slope = cairo_pattern_create_linear(20, 0, 240, 60);
    cairo_pattern_add_color_stop_rgb(slope, 0, 0.27, 0, 0.33);
    cairo_pattern_add_color_stop_rgb(slope, 1, 0.99, 0.9, 0.14);
    cairo_set_source(cairo, slope);
    cairo_pattern_destroy(slope);
    cairo_move_to(cairo, 20, 130);
    cairo_curve_to(cairo, 60, -40, 200, -10, 240, 110);
    cairo_fill(cairo);
    for (size_t i = 0; i < 5; i++) {
        double shift = i == 1 ? wrong.line_shift : 0;
        cairo_set_line_width(cairo, widths[i]);
        cairo_set_source_rgb(cairo, 0.12, 0.47, 0.71);
        cairo_move_to(cairo, 30.3, 20.6 + 20 * (double)i + shift);
        cairo_line_to(cairo, 470.2, 25.1 + 23 * (double)i + shift);
        cairo_stroke(cairo);
    }
    if (!wrong.no_head) {
        cairo_arc(cairo, 400.3, 60.8, 1.5, 0, 2 * PI); /* six points at 36 dpi */
        cairo_set_source_rgb(cairo, 1, 0.5, 0.05);
        cairo_fill(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    struct image image = { .width = 504,
                           .height = 144,
                           .stride = cairo_image_surface_get_stride(surface),
                           .pixels = cairo_image_surface_get_data(surface) };
    struct picture picture = picture_of(&image);
    cairo_surface_destroy(surface);
    return picture;
}

static bool looks_same(const struct picture *golden, const struct picture *picture)
{
    struct difference found = picture_compare(golden, picture, whole, same_look);
    return (double)found.off <= same_look.share * (double)found.pixels;
}

START_TEST(mistakes_are_seen_and_rounding_is_not)
{
    static const struct {
        struct sketch wrong;
        bool same;
    } cases[] = {
        { { 0 }, true },
        { { .jitter = 1.0 / 30 }, true }, /* half a subpixel of cairo's */
        { { .jitter = -1.0 / 16 }, true },
        { { .jitter = 1 }, false },
        { { .line_shift = 1 }, false },
        { { .line_shift = -1 }, false },
        { { .no_head = true }, false },
    };
    struct picture golden = sketch((struct sketch){ 0 });
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct picture picture = sketch(cases[i].wrong);
        ck_assert_msg(looks_same(&golden, &picture) == cases[i].same, "case %zu", i);
        picture_finish(&picture);
    }
    picture_finish(&golden);
}
END_TEST

/* Adds to the colours of a part. */
static void tint(struct picture *picture, struct part part, int amount)
{
    for (int y = part.y; y < part.y + part.height; y++) {
        for (int x = part.x; x < part.x + part.width; x++) {
            unsigned char *bytes = picture->bytes + 4 * (y * picture->width + x);
            for (int i = 0; i < 3; i++) {
                int sum = bytes[i] + amount;
                bytes[i] = (unsigned char)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
            }
        }
    }
}

/* One more or one less, or as it was, in a pattern without order. */
static void add_noise(struct picture *picture)
{
    unsigned state = 1;
    for (int y = 0; y < picture->height; y++) {
        for (int x = 0; x < picture->width; x++) {
            state = state * 1664525u + 1013904223u;
            tint(picture, (struct part){ x, y, 1, 1 }, (int)(state >> 24) % 3 - 1);
        }
    }
}

static void shift(struct picture *picture, int columns, int rows)
{
    size_t bytes = 4 * (size_t)(picture->width * picture->height);
    size_t offset = 4 * (size_t)(rows * picture->width + columns);
    memmove(picture->bytes + offset, picture->bytes, bytes - offset);
}

START_TEST(goldens_show_mistakes)
{
    const char *path = golden_path(&pictures[_i], "png");
    struct picture golden = picture_read(path), picture = picture_read(path);
    add_noise(&picture);
    ck_assert(looks_same(&golden, &picture));
    shift(&picture, 1, 0);
    ck_assert(!looks_same(&golden, &picture));
    picture_finish(&picture);
    picture = picture_read(path);
    shift(&picture, 0, 1);
    ck_assert(!looks_same(&golden, &picture));
    picture_finish(&picture);
    picture = picture_read(path);
    tint(&picture, (struct part){ 2, 2, 8, 8 }, golden.bytes[0] > 128 ? -6 : 6);
    ck_assert(!looks_same(&golden, &picture));
    picture_finish(&picture);
    picture_finish(&golden);
}
END_TEST

/* Frames of the original beside ours: its contour panel without frame and
 * legend, whose lines and text it puts on other pixels. Its frame k + 1 is our
 * frame k. What differs beyond the tolerance is ours on purpose: the arrow of a
 * run that leaves, and heads that lie above the star. */
static const struct {
    struct view_of view;
    struct part part;
} originals[] = {
    { { "../reference/frames/hyper_dpi72_frame025", "hyper", 24,
        { "figure.theme=notebook", "figure.layout=notebook", "film.counter=no" } },
      { 652, 36, 250, 219 } },
    { { "../reference/frames/quad_dpi72_frame010", "quad", 9,
        { "figure.theme=notebook", "figure.layout=notebook", "film.counter=no" } },
      { 555, 36, 245, 219 } },
};
enum { ORIGINALS = sizeof originals / sizeof *originals };

START_TEST(the_notebooks_contour_panel_is_matplotlibs)
{
    static const struct tolerance other_renderer = { 6, 0.5, 2e-3 };
    const char *path = golden_path(&originals[_i].view, "png");
    struct picture now = picture_now(&originals[_i].view, 72);
    struct picture original = picture_read(path);
    picture_check(path, &original, &now, originals[_i].part, other_renderer);
    picture_finish(&original);
    picture_finish(&now);
}
END_TEST

int main(int count, char **arguments)
{
    Suite *suite = suite_create("golden");
    TCase *cases = tcase_create("golden");
    is_update = count == 2 && !strcmp(arguments[1], "update");
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, scenes_read_as_they_did, 0, SCENES);
    tcase_add_test(cases, only_coordinates_have_room);
    tcase_add_loop_test(cases, pictures_look_as_they_did, 0, PICTURES);
    tcase_add_test(cases, mistakes_are_seen_and_rounding_is_not);
    tcase_add_loop_test(cases, goldens_show_mistakes, 0, PICTURES);
    tcase_add_loop_test(cases, the_notebooks_contour_panel_is_matplotlibs, 0, ORIGINALS);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
