/* The write stage: what PNG, SVG and PDF files hold. */
#include "outputs.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "base/memory.h"
#include "write/svg_path.h"

static void write_png(const char *path, uint32_t *pixels, int width, int height)
{
    struct error err = { 0 };
    struct sink sink;
    struct sink_info info = usual;
    struct image image = { .width = width,
                           .height = height,
                           .stride = 4 * width,
                           .pixels = (unsigned char *)pixels };
    info.width_px = width;
    info.height_px = height;
    ck_assert_msg(sink_open(&sink, format_by_name("png"), path, &info, &err), "%s", err.text);
    ck_assert_msg(sink_frame(&sink, &image, &err), "%s", err.text);
    ck_assert_msg(sink_complete(&sink, &err) && sink_commit(&sink, &err), "%s", err.text);
}

/* The file's pixels as R, G, B, A bytes; free them. */
static png_bytep read_png(const char *path, bool *alpha)
{
    png_image png = { .version = PNG_IMAGE_VERSION };
    ck_assert_msg(png_image_begin_read_from_file(&png, path), "%s", png.message);
    *alpha = png.format & PNG_FORMAT_FLAG_ALPHA;
    png.format = PNG_FORMAT_RGBA;
    png_bytep bytes = memory_new(PNG_IMAGE_SIZE(png), 1);
    ck_assert_msg(png_image_finish_read(&png, NULL, bytes, 0, NULL), "%s", png.message);
    return bytes;
}

/* Every premultiplied component (column) at every alpha (row) that can hold it:
 * premultiplying what the file says gives the image back. */
START_TEST(a_png_keeps_every_transparent_colour)
{
    enum { SIDE = 256 };
    static uint32_t pixels[SIDE * SIDE];
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint32_t a = i / SIDE, c = i % SIDE < a ? i % SIDE : a;
        pixels[i] = a << 24 | c << 16 | (a - c) << 8 | c / 2;
    }
    write_png(in_folder("a.png"), pixels, SIDE, SIDE);
    bool alpha;
    png_bytep bytes = read_png(in_folder("a.png"), &alpha);
    ck_assert(alpha);
    for (size_t i = 0; i < SIDE * SIDE; i++) {
        ck_assert_uint_eq(bytes[4 * i + 3], pixels[i] >> 24);
        for (int k = 0; k < 3; k++) {
            double product = bytes[4 * i + (size_t)k] * bytes[4 * i + 3] / 255.0;
            ck_assert_uint_eq((uint32_t)lround(product), pixels[i] >> (16 - 8 * k) & 255);
        }
    }
    free(bytes);
}
END_TEST

/* The hash of the decoded picture is that of its pixels. */
static void check_hash(const char *path, const unsigned char *bytes, size_t size)
{
    struct error err = { 0 };
    struct hash expected, found;
    hash_init(&expected);
    hash_init(&found);
    hash_add(&expected, bytes, size);
    ck_assert_msg(format_by_name("png")->decode(path, &found, &err), "%s", err.text);
    struct digest first = hash_end(&expected), second = hash_end(&found);
    ck_assert_str_eq(first.text, second.text);
}

START_TEST(an_opaque_png_is_exact_and_has_no_alpha)
{
    enum { W = 37, H = 11 };
    static uint32_t pixels[W * H];
    for (uint32_t i = 0; i < W * H; i++) {
        pixels[i] = 0xff000000 | (i * 2654435761u & 0xffffff);
    }
    write_png(in_folder("a.png"), pixels, W, H);
    bool alpha;
    png_bytep bytes = read_png(in_folder("a.png"), &alpha);
    ck_assert(!alpha);
    for (size_t i = 0; i < W * H; i++) {
        uint32_t rgb = (uint32_t)bytes[4 * i] << 16 | (uint32_t)bytes[4 * i + 1] << 8
                       | bytes[4 * i + 2];
        ck_assert_uint_eq(rgb, pixels[i] & 0xffffff);
    }
    check_hash(in_folder("a.png"), bytes, 4 * W * H);
    free(bytes);
}
END_TEST

/* sRGB, 144 dots per inch = 5669 per metre, and nothing that tells a time. */
START_TEST(a_png_has_only_the_chunks_it_needs)
{
    struct error err = { 0 };
    size_t size, at = 8;
    char names[256] = "";
    ck_assert(write_file(format_by_name("png"), in_folder("a.png"), &err));
    unsigned char *bytes = (unsigned char *)file_read(in_folder("a.png"), &size);
    while (at + 12 <= size) {
        size_t length = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
        strncat(names, (char *)bytes + at + 4, 4);
        if (!memcmp(bytes + at + 4, "pHYs", 4)) {
            ck_assert(!memcmp(bytes + at + 8, "\0\0\x16\x25\0\0\x16\x25\1", 9));
        }
        at += 12 + length;
    }
    ck_assert_str_eq(names, "IHDRsRGBpHYsiTXtiTXtIDATIEND");
    free(bytes);
}
END_TEST

/* Walks the tags: each is closed in its turn, and attributes are quoted. */
static void check_well_formed(const char *text)
{
    const char *open[64];
    int depth = 0;
    for (const char *at = text; (at = strchr(at, '<')); at++) {
        const char *end = strchr(at, '>');
        ck_assert_ptr_nonnull(end);
        size_t length = strcspn(at + 1, " />\n");
        if (at[1] == '/') {
            length = strcspn(at + 2, ">");
            ck_assert_int_gt(depth, 0);
            ck_assert(!strncmp(open[--depth], at + 2, length)
                      && strchr(" />\n", open[depth][length]));
        } else if (at[1] != '?' && end[-1] != '/') {
            ck_assert_int_lt(depth, 64);
            ck_assert_uint_gt(length, 0);
            open[depth++] = at + 1;
        }
        int quotes = 0;
        for (const char *c = at; c < end; c++) {
            quotes += *c == '"';
        }
        ck_assert_int_eq(quotes % 2, 0);
    }
    ck_assert_int_eq(depth, 0);
}

/* How often text holds part followed by name and a quote or parenthesis. */
static int count(const char *text, const char *part, const char *name, size_t length)
{
    int found = 0;
    for (const char *at = text; (at = strstr(at, part)); at++) {
        const char *after = at + strlen(part);
        found += !strncmp(after, name, length) && strchr("\")", after[length]);
    }
    return found;
}

START_TEST(an_svg_is_well_formed_and_linked)
{
    struct error err = { 0 };
    int references = 0;
    ck_assert_msg(write_file(format_by_name("svg"), in_folder("a.svg"), &err), "%s", err.text);
    char *text = file_read(in_folder("a.svg"), NULL);
    check_well_formed(text);
    ck_assert_ptr_nonnull(strstr(text, "<title id=\"title\">Saddle &amp; &lt;valley&gt;</title>"));
    ck_assert_ptr_nonnull(strstr(text, "<desc id=\"description\">It ends within "
                                 "2 \u00d7 10\u207b\u00b3 of &lt;x&gt; &amp; y.</desc>"));
    ck_assert_ptr_nonnull(strstr(text, " role=\"img\" aria-labelledby=\"title description\">"));
    ck_assert_ptr_nonnull(strstr(text, "width=\"90pt\" height=\"60pt\""));
    ck_assert_ptr_nonnull(strstr(text, "<linearGradient"));
    ck_assert_ptr_null(strstr(text, "<image"));
    for (const char *at = text; (at = strchr(at, '#')); at++) {
        ck_assert_int_eq(count(text, " id=\"", at + 1, strcspn(at + 1, "\")")), 1);
        references++;
    }
    ck_assert_int_ge(references, 3);
    free(text);
}
END_TEST

/* Where browsers and converters show the page: in points, or in the pixels asked
 * for; the drawing itself stays in points. */
START_TEST(an_svg_has_the_size_that_is_asked_for)
{
    static const char *const tags[] = {
        "width=\"90pt\" height=\"60pt\" viewBox=\"0 0 90 60\"",
        "width=\"65\" height=\"47\" viewBox=\"0 0 90 60\"",
    };
    for (int in_pixels = 0; in_pixels < 2; in_pixels++) {
        struct error err = { 0 };
        struct sink sink;
        struct sink_info info = usual;
        info.in_pixels = in_pixels;
        ck_assert(sink_open(&sink, format_by_name("svg"), in_folder("a.svg"), &info, &err));
        ck_assert(fill(&sink, &err) && sink_complete(&sink, &err) && sink_commit(&sink, &err));
        char *text = file_read(in_folder("a.svg"), NULL);
        ck_assert_ptr_nonnull(strstr(text, tags[in_pixels]));
        check_well_formed(text);
        free(text);
    }
}
END_TEST

/* What svg_path_write makes of path data, to be freed. */
static char *rewritten(const char *data)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    svg_path_write(data, strlen(data), stream);
    fclose(stream);
    return text;
}

START_TEST(path_data_are_short)
{
    static const char *const cases[][2] = {
        { "M 1 2 L 3.456789 4 L 5 -6 Z ", "m1 2 2.46 2 1.54-10z" },
        { "M 0.004 0.006 L 0.1 0.21", "m0 .01 .1 .2" },
        /* places, not steps, are rounded: thirds do not add up to .99 */
        { "M 0 0 L 0.333333 1 L 0.666667 0 L 1 1 ", "m0 0 .33 1 .34-1 .33 1" },
        { "M 1 1 L 1 1 ", "m1 1 0 0" },                       /* a dot */
        { "M 1 1 L 1 1.001 L 2 1 L 2 1 ", "m1 1 1 0" },       /* no dot */
        { "M 0 0 L 1 0 L 2 0.01 L 3 0 L 3 4 ", "m0 0 3 0 0 4" }, /* straight on */
        { "M 0 0 L 3 0 L 1 0 ", "m0 0 3 0-2 0" },             /* and back */
        { "M 0 0 L 1 0.03 L 2 0 ", "m0 0 1 .03 1-.03" },      /* not straight */
        { "M 0 0 C 1 0 1 1 2.5 1 C 3 1 3 1 3 2 L 4 4 ", "m0 0c1 0 1 1 2.5 1 .5 0 .5 0 .5 1l1 2" },
        { "M 5 5 L 6 6 L 7 5 Z M 6 7 L 7 7 ", "m5 5 1 1 1-1zm1 2 1 0" },
        { "M 12345.678901 0 Z ", "m12345.68 0z" },
        { "", "" },
        /* not of the kinds that cairo makes */
        { "M 1.123456 2 H 3.123456 ", "M 1.123456 2 H 3.123456 " },
        { "M 1.123456 ", "M 1.123456 " },
        { "m 1 2 l 3 4", "m 1 2 l 3 4" },
        { "M 1 inf ", "M 1 inf " },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = rewritten(cases[i][0]);
        ck_assert_str_eq(text, cases[i][1]);
        free(text);
    }
}
END_TEST

/* How far a place is from the line through a and b, at most between them. */
static double distance(const double *p, const double *a, const double *b)
{
    double dx = b[0] - a[0], dy = b[1] - a[1], square = dx * dx + dy * dy;
    double t = square > 0 ? ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square : 0;
    t = fmax(0, fmin(1, t));
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/* Spirals of all curvatures: every point of the original lies on what is
 * written, to 0.02 and the rounding, and in its order. */
START_TEST(no_path_is_moved)
{
    enum { POINTS = 3000 };
    static double places[POINTS][2];
    for (int spiral = 1; spiral < 6; spiral++) {
        char *text = NULL;
        size_t size;
        FILE *stream = open_memstream(&text, &size);
        for (int i = 0; i < POINTS; i++) {
            double angle = i * 0.002 * spiral;
            places[i][0] = 300 + 0.08 * i * cos(angle);
            places[i][1] = 300 + 0.08 * i * sin(angle);
            fprintf(stream, "%c %f %f ", i ? 'L' : 'M', places[i][0], places[i][1]);
        }
        fclose(stream);
        char *written = rewritten(text), *at = written + 1;
        double a[2] = { strtod(at, &at), strtod(at, &at) }, b[2] = { a[0], a[1] };
        int passed = 0, lines = 0;
        for (; *at; lines++) {
            memcpy(a, b, sizeof a);
            b[0] += strtod(at, &at);
            b[1] += strtod(at, &at);
            while (passed < POINTS && distance(places[passed], a, b) < 0.03) {
                passed++;
            }
        }
        ck_assert_int_eq(passed, POINTS);
        ck_assert_int_lt(lines, POINTS / 2);
        free(text);
        free(written);
    }
}
END_TEST

START_TEST(a_pdf_is_dated_by_the_environment_only)
{
    static const struct {
        const char *epoch, *date;
    } cases[] = { { NULL, "19700101000000" }, { "1700000000", "20231114221320" } };
    for (size_t i = 0; i < 2; i++) {
        struct error err = { 0 };
        size_t size;
        if (cases[i].epoch) {
            setenv("SOURCE_DATE_EPOCH", cases[i].epoch, 1);
        }
        ck_assert(write_file(format_by_name("pdf"), in_folder("a.pdf"), &err));
        char *bytes = file_read(in_folder("a.pdf"), &size);
        ck_assert(!strncmp(bytes, "%PDF-1.", 7) && !strcmp(bytes + size - 6, "%%EOF\n"));
        for (size_t k = 0; k < size; k++) {
            bytes[k] = bytes[k] ? bytes[k] : ' ';
        }
        ck_assert_ptr_nonnull(strstr(bytes, cases[i].date));
        ck_assert_ptr_nonnull(strstr(bytes, "/MediaBox [ 0 0 90 60 ]"));
        ck_assert_ptr_nonnull(strstr(bytes, "Saddle & <valley>"));
        free(bytes);
    }
}
END_TEST

static void paint_wrongly(void *context, cairo_t *cairo)
{
    (void)context;
    cairo_restore(cairo); /* without a save */
}

START_TEST(a_page_that_cairo_refuses_is_a_failure)
{
    static const char *const names[] = { "svg", "pdf" };
    for (size_t i = 0; i < 2; i++) {
        struct error err = { 0 };
        struct sink sink;
        ck_assert(sink_open(&sink, format_by_name(names[i]), in_folder("file"), &usual, &err));
        ck_assert(!sink_page(&sink, paint_wrongly, NULL, &err));
        ck_assert_int_eq(err.kind, ERROR_RENDER);
        ck_assert_ptr_nonnull(strstr(err.text, "cairo_restore"));
        sink_discard(&sink);
        ck_assert_int_eq(entries(), 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("stills");
    TCase *cases = tcase_create("stills");
    tcase_add_checked_fixture(cases, make_folder, remove_folder);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_png_keeps_every_transparent_colour);
    tcase_add_test(cases, an_opaque_png_is_exact_and_has_no_alpha);
    tcase_add_test(cases, a_png_has_only_the_chunks_it_needs);
    tcase_add_test(cases, an_svg_is_well_formed_and_linked);
    tcase_add_test(cases, an_svg_has_the_size_that_is_asked_for);
    tcase_add_test(cases, path_data_are_short);
    tcase_add_test(cases, no_path_is_moved);
    tcase_add_test(cases, a_pdf_is_dated_by_the_environment_only);
    tcase_add_test(cases, a_page_that_cairo_refuses_is_a_failure);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
