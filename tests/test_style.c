/* Themes: colours that everybody can tell apart. */
#include "support.h"

#include <math.h>
#include <string.h>

#include "plot/colormap.h"
#include "plot/entry.h"
#include "plot/style.h"

enum { TOLD_APART = 6, PATHS = 40 };

static const double DISTANCE_MIN = 10; /* Delta E 2000 between two path colours */
static const double CONTRAST_MIN = 4.5; /* of text, WCAG 2.1, success criterion 1.4.3 */

struct lab {
    double l, a, b;
};

/* Machado, Oliveira and Fernandes 2009, "A physiologically-based model for
 * simulation of color vision deficiency", severity 1; in linear RGB. */
static const struct vision {
    const char *name;
    double matrix[3][3];
} visions[] = {
    { "normal", { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } },
    { "protan", { { 0.152286, 1.052583, -0.204868 },
                  { 0.114503, 0.786281, 0.099216 },
                  { -0.003882, -0.048116, 1.051998 } } },
    { "deutan", { { 0.367322, 0.860646, -0.227968 },
                  { 0.280085, 0.672501, 0.047413 },
                  { -0.011820, 0.042940, 0.968881 } } },
    { "tritan", { { 1.255528, -0.076749, -0.178779 },
                  { -0.078411, 0.930809, 0.147602 },
                  { 0.004733, 0.691367, 0.303900 } } },
};
enum { VISIONS = sizeof visions / sizeof *visions };

/* sRGB, IEC 61966-2-1. */
static double linear(double c)
{
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double lab_root(double t)
{
    double d = 6.0 / 29;
    return t > d * d * d ? cbrt(t) : t / (3 * d * d) + 4.0 / 29;
}

/* CIE L*a*b* under D65 of a colour as a kind of vision sees it. */
static struct lab seen(const struct vision *vision, unsigned rgb)
{
    struct color color = color_hex(rgb);
    double in[3] = { linear(color.r), linear(color.g), linear(color.b) }, out[3];
    for (int i = 0; i < 3; i++) {
        const double *m = vision->matrix[i];
        out[i] = fmin(fmax(m[0] * in[0] + m[1] * in[1] + m[2] * in[2], 0), 1);
    }
    double x = 0.4124564 * out[0] + 0.3575761 * out[1] + 0.1804375 * out[2];
    double y = 0.2126729 * out[0] + 0.7151522 * out[1] + 0.0721750 * out[2];
    double z = 0.0193339 * out[0] + 0.1191920 * out[1] + 0.9503041 * out[2];
    double fx = lab_root(x / 0.95047), fy = lab_root(y), fz = lab_root(z / 1.08883);
    return (struct lab){ 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz) };
}

static double radians(double degrees)
{
    return degrees * PI / 180;
}

/* Degrees, 0 .. 360. */
static double hue(double a, double b)
{
    double h = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / PI;
    return h < 0 ? h + 360 : h;
}

/* CIEDE2000 as Sharma, Wu and Dalal 2005 write it. */
static double distance(struct lab p, struct lab q)
{
    double mean_c = (hypot(p.a, p.b) + hypot(q.a, q.b)) / 2;
    double g = 0.5 * (1 - sqrt(pow(mean_c, 7) / (pow(mean_c, 7) + pow(25, 7))));
    double a1 = (1 + g) * p.a, a2 = (1 + g) * q.a;
    double c1 = hypot(a1, p.b), c2 = hypot(a2, q.b), h1 = hue(a1, p.b), h2 = hue(a2, q.b);
    double dh = c1 * c2 == 0 ? 0 : h2 - h1, mean_h = h1 + h2;
    if (c1 * c2 != 0) {
        bool is_far = fabs(h1 - h2) > 180;
        dh += !is_far ? 0 : dh > 0 ? -360 : 360;
        mean_h = (mean_h + (!is_far ? 0 : mean_h < 360 ? 360 : -360)) / 2;
    }
    double dl = q.l - p.l, dc = c2 - c1, dH = 2 * sqrt(c1 * c2) * sin(radians(dh / 2));
    double l = (p.l + q.l) / 2 - 50, c = (c1 + c2) / 2;
    double t = 1 - 0.17 * cos(radians(mean_h - 30)) + 0.24 * cos(radians(2 * mean_h))
               + 0.32 * cos(radians(3 * mean_h + 6)) - 0.2 * cos(radians(4 * mean_h - 63));
    double turn = 30 * exp(-pow((mean_h - 275) / 25, 2));
    double sl = 1 + 0.015 * l * l / sqrt(20 + l * l), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    double rc = 2 * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)));
    double rt = -sin(radians(2 * turn)) * rc;
    return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(dH / sh, 2) + rt * dc / sc * dH / sh);
}

/* Sharma, Wu and Dalal 2005, "The CIEDE2000 color-difference formula:
 * implementation notes, supplementary test data", table 1. */
static const struct {
    struct lab p, q;
    double distance;
} published[] = {
    { { 50, 2.6772, -79.7751 }, { 50, 0, -82.7485 }, 2.0425 },
    { { 50, 3.1571, -77.2803 }, { 50, 0, -82.7485 }, 2.8615 },
    { { 50, 2.8361, -74.0200 }, { 50, 0, -82.7485 }, 3.4412 },
    { { 50, -1.3802, -84.2814 }, { 50, 0, -82.7485 }, 1.0000 },
    { { 50, -1.1848, -84.8006 }, { 50, 0, -82.7485 }, 1.0000 },
    { { 50, -0.9009, -85.5211 }, { 50, 0, -82.7485 }, 1.0000 },
    { { 50, 0, 0 }, { 50, -1, 2 }, 2.3669 },
    { { 50, -1, 2 }, { 50, 0, 0 }, 2.3669 },
    { { 50, 2.4900, -0.0010 }, { 50, -2.4900, 0.0009 }, 7.1792 },
    { { 50, 2.4900, -0.0010 }, { 50, -2.4900, 0.0010 }, 7.1792 },
    { { 50, 2.4900, -0.0010 }, { 50, -2.4900, 0.0011 }, 7.2195 },
    { { 50, 2.4900, -0.0010 }, { 50, -2.4900, 0.0012 }, 7.2195 },
    { { 50, -0.0010, 2.4900 }, { 50, 0.0009, -2.4900 }, 4.8045 },
    { { 50, -0.0010, 2.4900 }, { 50, 0.0010, -2.4900 }, 4.8045 },
    { { 50, -0.0010, 2.4900 }, { 50, 0.0011, -2.4900 }, 4.7461 },
    { { 50, 2.5, 0 }, { 50, 0, -2.5 }, 4.3065 },
    { { 50, 2.5, 0 }, { 73, 25, -18 }, 27.1492 },
    { { 50, 2.5, 0 }, { 61, -5, 29 }, 22.8977 },
    { { 50, 2.5, 0 }, { 56, -27, -3 }, 31.9030 },
    { { 50, 2.5, 0 }, { 58, 24, 15 }, 19.4535 },
    { { 50, 2.5, 0 }, { 50, 3.1736, 0.5854 }, 1.0000 },
    { { 50, 2.5, 0 }, { 50, 3.2972, 0 }, 1.0000 },
    { { 50, 2.5, 0 }, { 50, 1.8634, 0.5757 }, 1.0000 },
    { { 50, 2.5, 0 }, { 50, 3.2592, 0.3350 }, 1.0000 },
    { { 60.2574, -34.0099, 36.2677 }, { 60.4626, -34.1751, 39.4387 }, 1.2644 },
    { { 63.0109, -31.0961, -5.8663 }, { 62.8187, -29.7946, -4.0864 }, 1.2630 },
    { { 61.2901, 3.7196, -5.3901 }, { 61.4292, 2.2480, -4.9620 }, 1.8731 },
    { { 35.0831, -44.1164, 3.7933 }, { 35.0232, -40.0716, 1.5901 }, 1.8645 },
    { { 22.7233, 20.0904, -46.6940 }, { 23.0331, 14.9730, -42.5619 }, 2.0373 },
    { { 36.4612, 47.8580, 18.3852 }, { 36.2715, 50.5065, 21.2231 }, 1.4146 },
    { { 90.8027, -2.0831, 1.4410 }, { 91.1528, -1.6435, 0.0447 }, 1.4441 },
    { { 90.9257, -0.5406, -0.9208 }, { 88.6381, -0.8985, -0.7239 }, 1.5381 },
    { { 6.7747, -0.2908, -2.4247 }, { 5.8714, -0.0985, -2.2286 }, 0.6377 },
    { { 2.0776, 0.0795, -1.1350 }, { 0.9033, -0.0636, -0.5514 }, 0.9082 },
};

START_TEST(the_color_difference_is_the_published_one)
{
    for (size_t i = 0; i < sizeof published / sizeof *published; i++) {
        double found = distance(published[i].p, published[i].q);
        ck_assert_msg(fabs(found - published[i].distance) < 0.5e-4 + 1e-9, "pair %zu: %f", i + 1,
                      found);
    }
}
END_TEST

static const struct theme *theme_at(size_t index)
{
    size_t count;
    const struct theme *themes = theme_list(&count);
    ck_assert_uint_lt(index, count);
    return &themes[index];
}

static bool is_notebook(const struct theme *theme)
{
    return !strcmp(theme->name, "notebook"); /* its colours are matplotlib's */
}

static void check_pair(const struct theme *theme, unsigned a, unsigned b)
{
    for (size_t v = 0; v < VISIONS; v++) {
        double apart = distance(seen(&visions[v], a), seen(&visions[v], b));
        ck_assert_msg(apart > DISTANCE_MIN, "%s: #%06x and #%06x are %.1f apart in %s vision",
                      theme->name, a, b, apart, visions[v].name);
    }
}

START_TEST(everybody_tells_six_paths_apart)
{
    const struct theme *theme = theme_at((size_t)_i);
    size_t count = theme->palette_size < TOLD_APART ? theme->palette_size : TOLD_APART;
    for (size_t i = 0; i < count && !is_notebook(theme); i++) {
        for (size_t j = 0; j < i; j++) {
            check_pair(theme, theme->palette[i], theme->palette[j]);
        }
    }
    ck_assert(theme->palette_size >= TOLD_APART || theme->dashed_paths);
}
END_TEST

static bool same_dash(const struct dash_pattern *a, const struct dash_pattern *b)
{
    return a->count == b->count
           && !memcmp(a->lengths, b->lengths, (size_t)a->count * sizeof *a->lengths);
}

static bool same_color(struct color a, struct color b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

START_TEST(forty_paths_differ_in_color_or_dash)
{
    const struct theme *theme = theme_at((size_t)_i);
    for (size_t i = 0; i < PATHS; i++) {
        struct dash_pattern dash = theme_path_dash(theme, i);
        ck_assert(dash.count % 2 == 0); /* every dash has its gap */
        for (size_t j = 0; j < i; j++) {
            struct dash_pattern other = theme_path_dash(theme, j);
            bool is_same = same_color(theme_path_color(theme, i), theme_path_color(theme, j))
                           && same_dash(&dash, &other);
            ck_assert_msg(!is_same, "%s: %zu and %zu", theme->name, j, i);
        }
    }
}
END_TEST

START_TEST(without_color_dashes_or_markers_differ)
{
    const struct theme *theme = theme_at((size_t)_i);
    for (size_t i = 0; theme->dashed_paths && i < 2 * MARKER_COUNT; i++) {
        struct dash_pattern dash = theme_path_dash(theme, i);
        for (size_t j = 0; j < i; j++) {
            struct dash_pattern other = theme_path_dash(theme, j);
            ck_assert(!same_dash(&dash, &other)
                      || theme_path_marker(theme, i) != theme_path_marker(theme, j));
        }
    }
    ck_assert(theme->dashed_paths == !strcmp(theme->name, "print"));
}
END_TEST

/* Relative luminance and contrast ratio, WCAG 2.1. */
static double luminance(unsigned rgb)
{
    struct color color = color_hex(rgb);
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

static double contrast(unsigned a, unsigned b)
{
    double first = luminance(a) + 0.05, second = luminance(b) + 0.05;
    return fmax(first, second) / fmin(first, second);
}

START_TEST(text_can_be_read)
{
    const struct theme *theme = theme_at((size_t)_i);
    ck_assert(fabs(contrast(0x000000, 0xffffff) - 21) < 1e-9);
    ck_assert_double_ge(contrast(theme->ink, theme->background), CONTRAST_MIN);
    ck_assert_double_ge(contrast(theme->soft_ink, theme->background), CONTRAST_MIN);
    ck_assert_double_ge(theme->small_text_size, 7); /* points, as journals ask for */
    ck_assert_double_ge(theme->text_size, theme->small_text_size);
}
END_TEST

START_TEST(what_a_theme_names_is_there)
{
    const struct theme *theme = theme_at((size_t)_i);
    struct report report = { 0 };
    struct text map = { .text = theme->colormap, .length = strlen(theme->colormap) };
    struct text legend = { .text = theme->legend_text, .length = strlen(theme->legend_text) };
    ck_assert_ptr_nonnull(colormap_find(&map, &report));
    ck_assert(entry_check(&legend, &report));
    for (size_t i = 0; i < (size_t)_i; i++) {
        ck_assert_str_ne(theme_at(i)->name, theme->name);
    }
    report_finish(&report);
}
END_TEST

START_TEST(dashed_paths_are_darker_than_their_grey_surface)
{
    const struct theme *theme = theme_at((size_t)_i);
    struct report report = { 0 };
    struct text name = { .text = theme->colormap, .length = strlen(theme->colormap) };
    const struct colormap *map = colormap_find(&name, &report);
    double last = 0;
    for (size_t i = 0; theme->dashed_paths && i < theme->palette_size; i++) {
        ck_assert_double_lt(color_hex(theme->palette[i]).g, colormap_color(map, 0).g);
    }
    for (int i = 0; theme->dashed_paths && i < COLORMAP_SIZE; i++) {
        struct color grey = colormap_color(map, (i + 0.5) / COLORMAP_SIZE);
        ck_assert(grey.r == grey.g && grey.g == grey.b && grey.g > last && grey.g <= 1);
        last = grey.g;
    }
    report_finish(&report);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("style");
    TCase *cases = tcase_create("style");
    size_t count;
    theme_list(&count);
    tcase_add_test(cases, the_color_difference_is_the_published_one);
    tcase_add_loop_test(cases, everybody_tells_six_paths_apart, 0, (int)count);
    tcase_add_loop_test(cases, forty_paths_differ_in_color_or_dash, 0, (int)count);
    tcase_add_loop_test(cases, without_color_dashes_or_markers_differ, 0, (int)count);
    tcase_add_loop_test(cases, text_can_be_read, 0, (int)count);
    tcase_add_loop_test(cases, what_a_theme_names_is_there, 0, (int)count);
    tcase_add_loop_test(cases, dashed_paths_are_darker_than_their_grey_surface, 0, (int)count);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
