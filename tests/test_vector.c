/* Vector pages as other programs show them: SVG by rsvg-convert and PDF by
 * pdftoppm look like our PNG, and files stay small. Without these programs
 * nothing is tested, which Automake is told. */
#include "outputs.h"

#include <stdio.h>
#include <stdlib.h>

#include "picture.h"
#include "pipeline.h"

enum { SKIPPED = 77, DPI = 144, MEGABYTE = 1000 * 1000, TILE = 48 };

static const char *const presets[] = { "quad", "booth", "hyper", "beale" };
enum { PRESETS = 4 };

static const char *const themes[] = { "figure.theme=notebook", "figure.theme=article",
                                      "figure.theme=dark", "figure.theme=slides",
                                      "figure.theme=print" };
enum { THEMES = 5 };

/* How a page in the test's folder becomes a picture there, at DPI. */
static const struct viewer {
    const char *program, *format, *command;
} viewers[] = {
    { "rsvg-convert", "svg", "rsvg-convert -d 144 -p 144 -o svg.png page.svg" },
    { "pdftoppm", "pdf", "pdftoppm -r 144 -png -singlefile page.pdf pdf" },
};
enum { VIEWERS = sizeof viewers / sizeof *viewers };

/* Writes page.png, page.svg and page.pdf of the preset's still. */
static void render(const char *preset, const char *const *overrides, size_t count)
{
    char path[64], paths[3][512];
    struct report report = { 0 };
    struct error err = { 0 };
    struct output outputs[3];
    static const char *const formats[] = { "png", "svg", "pdf" };
    snprintf(path, sizeof path, "../presets/%s.ini", preset);
    for (size_t i = 0; i < 3; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/page.%s", folder, formats[i]);
        outputs[i] = (struct output){ .path = paths[i], .format = format_by_name(formats[i]) };
    }
    struct request request = { .preset_path = test_path(path), .overrides = overrides,
                               .override_count = count, .outputs = outputs, .output_count = 3,
                               .dpi = DPI, .frame = -1 };
    bool current[3] = { false };
    ck_assert_msg(pipeline_render(&request, NULL, NULL, current, &report, &err), "%s", err.text);
    report_finish(&report);
}

static struct picture view(const struct viewer *viewer)
{
    char command[256], name[16];
    snprintf(command, sizeof command, "cd %s && %s", folder, viewer->command);
    ck_assert_msg(system(command) == 0, "%s", command);
    snprintf(name, sizeof name, "%s.png", viewer->format);
    return picture_read(in_folder(name));
}

/* The viewers cover edges by rules of their own, ours too: a casing that lies
 * over itself is stronger on a vector page. All of this is at edges, hence edge
 * 1. Little is off on the whole page, and hardly anything, above all no head, in
 * any tile. */
static void check_alike(const struct viewer *viewer, const struct picture *ours)
{
    static const struct part whole;
    static const struct tolerance page = { 8, 1, 1e-3 }, tile = { 24, 1, 20.0 / (TILE * TILE) };
    struct picture seen = view(viewer);
    picture_check(viewer->format, ours, &seen, whole, page);
    for (int y = 0; y + TILE <= ours->height; y += TILE) {
        for (int x = 0; x + TILE <= ours->width; x += TILE) {
            picture_check(viewer->format, ours, &seen, (struct part){ x, y, TILE, TILE }, tile);
        }
    }
    picture_finish(&seen);
}

static void check_page(const char *preset, const char *const *overrides, size_t count)
{
    render(preset, overrides, count);
    struct picture ours = picture_read(in_folder("page.png"));
    for (size_t i = 0; i < VIEWERS; i++) {
        check_alike(&viewers[i], &ours);
    }
    picture_finish(&ours);
}

/* The surface is an image there: at the resolution of ours. */
static const char surface_ppi[] = "still.surface_ppi=144";

START_TEST(vectors_look_like_the_png)
{
    const char *const overrides[] = { surface_ppi };
    check_page(presets[_i], overrides, 1);
}
END_TEST

START_TEST(vectors_look_like_the_png_in_every_theme)
{
    const char *const overrides[] = { surface_ppi, themes[_i], "surface.axes=yes",
                                      "figure.panels=surface, contour, loss" };
    check_page("booth", overrides, 4);
}
END_TEST

START_TEST(vectors_are_small)
{
    render(presets[_i], NULL, 0);
    for (size_t i = 0; i < VIEWERS; i++) {
        char name[16];
        size_t size;
        snprintf(name, sizeof name, "page.%s", viewers[i].format);
        free(file_read(in_folder(name), &size));
        ck_assert_uint_lt(size, MEGABYTE);
    }
}
END_TEST

/* The least of a pixel's green and of those around it, which white and the surface's
 * colours have, and black has not. */
static int darkest_near(const struct picture *picture, int x, int y)
{
    int darkest = 255;
    for (int row = y - 2; row <= y + 2; row++) {
        for (int column = x - 2; column <= x + 2; column++) {
            int green = picture->bytes[4 * (row * picture->width + column) + 1];
            darkest = green < darkest ? green : darkest;
        }
    }
    return darkest;
}

START_TEST(a_surface_has_no_dark_rim)
{
    /* Its image's pixels are not the viewer's. */
    const char *const overrides[] = { "figure.theme=article", "figure.panels=surface",
                                      _i ? "still.surface_ppi=110" : "still.surface_ppi=300" };
    render("quad", overrides, 3);
    struct picture ours = picture_read(in_folder("page.png")), seen = view(&viewers[1]);
    int darker = 0;
    for (int y = 2; y < ours.height - 2; y++) {
        for (int x = 2; x < ours.width - 2; x++) {
            darker += seen.bytes[4 * (y * seen.width + x) + 1] < darkest_near(&ours, x, y) - 20;
        }
    }
    ck_assert_int_lt(darker, 10);
    picture_finish(&ours);
    picture_finish(&seen);
}
END_TEST

START_TEST(a_transparent_page_stays_so)
{
    /* pdftoppm puts pages on white, unlike its sister. */
    static const struct viewer keepers[] = {
        { "rsvg-convert", "svg", "rsvg-convert -d 144 -p 144 -o svg.png page.svg" },
        { "pdftocairo", "pdf", "pdftocairo -r 144 -png -transp -singlefile page.pdf pdf" },
    };
    const char *const overrides[] = { "figure.background=transparent" };
    render("hyper", overrides, 1);
    struct picture ours = picture_read(in_folder("page.png"));
    for (size_t i = 0; i < 2; i++) {
        struct picture seen = view(&keepers[i]);
        size_t empty = 0, pixels = (size_t)(seen.width * seen.height);
        for (size_t k = 0; k < pixels; k++) {
            empty += !ours.bytes[4 * k + 3] && !seen.bytes[4 * k + 3];
        }
        ck_assert_int_eq(seen.bytes[3], 0); /* the upper left corner */
        ck_assert_uint_gt(empty, pixels / 5);
        picture_finish(&seen);
    }
    ck_assert_int_eq(ours.bytes[3], 0);
    picture_finish(&ours);
}
END_TEST

static bool is_installed(const char *program)
{
    char command[64];
    snprintf(command, sizeof command, "command -v %s >/dev/null", program);
    return system(command) == 0;
}

int main(void)
{
    for (size_t i = 0; i < VIEWERS; i++) {
        if (!is_installed(viewers[i].program)) {
            printf("SKIPPED, nothing is tested: there is no %s; ./bootstrap installs it\n",
                   viewers[i].program);
            return SKIPPED;
        }
    }
    Suite *suite = suite_create("vector");
    TCase *cases = tcase_create("vector");
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, vectors_look_like_the_png, 0, PRESETS);
    tcase_add_loop_test(cases, vectors_look_like_the_png_in_every_theme, 0, THEMES);
    tcase_add_loop_test(cases, vectors_are_small, 0, PRESETS);
    tcase_add_loop_test(cases, a_surface_has_no_dark_rim, 0, 2);
    tcase_add_test(cases, a_transparent_page_stays_so);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
