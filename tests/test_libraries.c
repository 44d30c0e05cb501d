/* The write and render stages: what cairo and libpng refuse is told with
 * the library's reason, and leaves nothing. */
#include "outputs.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "figure.h"
#include "write/svg.h"

/* Breaks the context, as a mistake in a painter would. */
static void paint_wrongly(void *context, cairo_t *cairo)
{
    (void)context;
    cairo_restore(cairo);
}

START_TEST(a_page_that_cairo_refuses_is_told)
{
    static const char *const formats[] = { "svg", "pdf" };
    const char *reason = cairo_status_to_string(CAIRO_STATUS_INVALID_RESTORE);
    const char *path = in_folder(formats[_i / 2]);
    char expected[512];
    struct error err = { 0 };
    struct sink sink;
    struct sink_info info = usual;
    struct hash drawn;
    hash_init(&drawn);
    info.drawn = _i % 2 ? &drawn : NULL;
    put(path, "older");
    ck_assert_msg(sink_open(&sink, format_by_name(formats[_i / 2]), path, &info, &err), "%s",
                  err.text);
    ck_assert(!sink_page(&sink, paint_wrongly, NULL, &err));
    sink_discard(&sink);
    snprintf(expected, sizeof expected, "%s: cannot %s the page: %s", path,
             info.drawn ? "paint" : "write", reason);
    ck_assert_str_eq(err.text, expected);
    ck_assert_int_eq(err.kind, ERROR_RENDER);
    ck_assert(holds(path, "older"));
    ck_assert_int_eq(entries(), 1);
}
END_TEST

/* libpng takes a million columns. */
START_TEST(a_picture_that_libpng_refuses_is_told)
{
    enum { COLUMNS = 1000001 };
    const char *path = in_folder("wide.png");
    struct error err = { 0 };
    struct sink sink;
    struct sink_info info = usual;
    struct image image = { .width = COLUMNS, .height = 1, .stride = 4 * COLUMNS };
    image.pixels = memory_new(COLUMNS, 4);
    info.width_px = COLUMNS;
    info.height_px = 1;
    ck_assert_msg(sink_open(&sink, format_by_name("png"), path, &info, &err), "%s", err.text);
    ck_assert(!sink_frame(&sink, &image, &err));
    sink_discard(&sink);
    free(image.pixels);
    char expected[512];
    snprintf(expected, sizeof expected, "%s: libpng: Invalid IHDR data", path);
    ck_assert_str_eq(err.text, expected);
    ck_assert_int_eq(entries(), 0);
}
END_TEST

/* cairo's images have at most 32767 pixels on a side. */
START_TEST(an_image_that_cairo_refuses_is_told)
{
    struct figure figure;
    struct frames frames;
    struct error err = { 0 };
    char expected[512];
    figure_init(&figure, "quad", NULL);
    ck_assert(!frames_init(&frames, &figure.still, 32768, 16, 72, 0, &err));
    frames_finish(&frames);
    figure_finish(&figure);
    snprintf(expected, sizeof expected, "drawing 32768 x 16 pixels failed: %s",
             cairo_status_to_string(CAIRO_STATUS_INVALID_SIZE));
    ck_assert_str_eq(err.text, expected);
    ck_assert_int_eq(err.kind, ERROR_RENDER);
}
END_TEST

/* What svg_complete is to put a title and a record into. */
static const struct {
    const char *text;
    bool is_page;
} pages[] = {
    { "", false },
    { "<html>", false },
    { "<svg width=\"1pt\" viewBox=\"0 0 1 1\"", false },
    { "<svg viewBox=\"0 0 1 1\"></svg>", false },
    { "<svg width=\"1pt\"></svg>", false },
    { "<svg viewBox=\"0 0 1 1\" width=\"1pt\"></svg>", false },
    { "<svg></svg><svg width=\"1pt\" viewBox=\"0 0 1 1\"></svg>", false },
    { "<svg width=\"1pt\" viewBox=\"0 0 1 1\"></svg>", true },
};

START_TEST(only_a_page_is_completed)
{
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    struct svg_page page = { .title = "t" };
    ck_assert_int_eq(svg_complete(pages[_i].text, &page, stream), pages[_i].is_page);
    fclose(stream);
    if (pages[_i].is_page) {
        const char *title = strstr(text, "<title id=\"title\">t</title>");
        ck_assert(title && strstr(text, "viewBox") < title && title < strstr(text, "</svg>"));
    }
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("libraries");
    TCase *cases = tcase_create("refusals");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_add_loop_test(cases, a_page_that_cairo_refuses_is_told, 0, 4);
    tcase_add_test(cases, a_picture_that_libpng_refuses_is_told);
    tcase_add_test(cases, an_image_that_cairo_refuses_is_told);
    tcase_add_loop_test(cases, only_a_page_is_completed, 0, sizeof pages / sizeof *pages);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
