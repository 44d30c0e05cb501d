/* Text: its markup, order, shape and paint, and its words in sentences. The font is measured by
 * FreeType alone; glyph numbers and advances that depend on shaping are hb-shape 6.0's
 * (hb-shape --no-glyph-names src/plot/DejaVuSans.ttf TEXT). */
#include "support.h"

#include <iconv.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H

#include "base/utf8.h"
#include "plot/description.h"
#include "plot/markup.h"
#include "plot/text.h"
#include "render/font.h"
#include "render/painter.h"

static FT_Library library;
static FT_Face face;
static struct arena arena;

static void setup(void)
{
    size_t size;
    const unsigned char *bytes = font_bytes(&size);
    ck_assert(!FT_Init_FreeType(&library));
    ck_assert(!FT_New_Memory_Face(library, bytes, (FT_Long)size, 0, &face));
}

static void teardown(void)
{
    FT_Done_Face(face);
    FT_Done_FreeType(library);
    arena_finish(&arena);
}

/* In ems. */
static double advance(uint32_t code)
{
    ck_assert(!FT_Load_Char(face, code, FT_LOAD_NO_SCALE));
    return (double)face->glyph->metrics.horiAdvance / face->units_per_EM;
}

/* Upper and lower end of a character's ink over the baseline, in ems. */
static void ink(uint32_t code, double *top, double *bottom)
{
    ck_assert(!FT_Load_Char(face, code, FT_LOAD_NO_SCALE));
    *top = (double)face->glyph->metrics.horiBearingY / face->units_per_EM;
    *bottom = *top - (double)face->glyph->metrics.height / face->units_per_EM;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9;
}

/* A line as text: x^[2]_[1]. */
static const char *spelled(const struct markup *line)
{
    const char *text = "";
    for (size_t i = 0; i < line->count; i++) {
        char character[UTF8_SIZE] = "";
        if (line->codes[i] < MARKUP_SCRIPTS) {
            utf8_write(character, line->codes[i]);
            text = arena_printf(&arena, "%s%s", text, character);
            continue;
        }
        const struct markup_scripts *scripts = &line->scripts[line->codes[i] - MARKUP_SCRIPTS];
        if (scripts->above) {
            text = arena_printf(&arena, "%s^[%s]", text, spelled(scripts->above));
        }
        if (scripts->below) {
            text = arena_printf(&arena, "%s_[%s]", text, spelled(scripts->below));
        }
    }
    return text;
}

START_TEST(utf8_is_iconvs)
{
    iconv_t convert = iconv_open("UTF-8", "UTF-32LE");
    ck_assert(convert != (iconv_t)-1);
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF) {
            continue;
        }
        char input[4] = { (char)code, (char)(code >> 8), (char)(code >> 16), 0 };
        char wanted[UTF8_SIZE] = "", text[UTF8_SIZE];
        char *from = input, *to = wanted;
        size_t from_left = 4, to_left = 4;
        ck_assert(iconv(convert, &from, &from_left, &to, &to_left) == 0);
        utf8_write(text, code);
        uint32_t back = 0;
        size_t length = utf8_read(wanted, 4, &back);
        if (strcmp(text, wanted) || back != code || length != 4 - to_left
            || utf8_read(wanted, length - 1, &back)) {
            ck_abort_msg("U+%04X", (unsigned)code);
        }
    }
    iconv_close(convert);
}
END_TEST

START_TEST(what_is_not_utf8_is_refused)
{
    /* RFC 3629: overlong, surrogates, too large, cut, stray. */
    static const char *bad[] = { "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
                                 "\xed\xa0\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80",
                                 "\xf5\x80\x80\x80", "\xff", "\x80", "\xc3", "\xc3(",
                                 "\xe2\x82", "\xe2\x28\xa1", "\xf0\x9f\x98" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t code;
        ck_assert_msg(utf8_read(bad[i], strlen(bad[i]), &code) == 0, "%zu", i);
    }
}
END_TEST

START_TEST(markup_is_understood)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "\\alpha = 0.1", "α = 0.1" },
        { "\\varepsilon\\to\\infty", "ε→∞" },
        { "\\nabla f \\ne \\partial f", "∇ f ≠ ∂ f" },
        { "\\sqrt2 \\pm 3 \\times 4 \\cdot 5", "√2 ± 3 × 4 ⋅ 5" },
        { "\\le\\ge\\approx", "≤≥≈" },
        { "\\alpha{}x", "αx" },
        { "x^2", "x^[2]" },
        { "x^2y^2", "x^[2]y^[2]" },
        { "\\beta_1, \\beta_2", "β_[1], β_[2]" },
        { "x^{10}", "x^[10]" },
        { "10^-3", "10^[−3]" },
        { "10^{-3}", "10^[−3]" },
        { "x^+1", "x^[+1]" },
        { "f_{min}", "f_[min]" },
        { "v_0.5.", "v_[0.5]." },
        { "x_i + x_j", "x_[i] + x_[j]" },
        { "x_ü", "x_[ü]" },
        { "\\eta_\\alpha^\\beta", "η^[β]_[α]" },
        { "x_1^2 + x^2_1", "x^[2]_[1] + x^[2]_[1]" },
        { "e^{-x^2}", "e^[−x^[2]]" },
        { "x^{a_1^2}_{b}", "x^[a^[2]_[1]]_[b]" },
        { "x^{a\\}b}", "x^[a}b]" },
        { "x^{}", "x^[]" },
        { "-3 (-.5) x=-1", "−3 (−.5) x=−1" },
        { "\\_ \\^ \\\\ \\{ \\}", "_ ^ \\ { }" },
        { "x\\_1 \\\\alpha", "x_1 \\alpha" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_str_eq(spelled(markup_parse(&arena, rows[i].text)), rows[i].wanted);
        ck_assert_str_eq(spelled(markup_plain(&arena, rows[i].text)), rows[i].text);
    }
}
END_TEST

START_TEST(ordinary_labels_stay_ordinary)
{
    static const char *labels[] = {
        "", "Adam", "snake_case", "GD_lr", "a_b_c", "_private", "__init__", "run_2_final",
        "lr_1e-3", "adam_2b", "lr_0_1", "x_", "x^", "x^^2", "x _1", "^2", "x^{2", "x_{a{b}",
        "C:\\temp\\foo", "\\alphax", "\\", "\\Foo", "{a, b}", "2020-01-02", "GPT-4", "1e-3",
        "a - b", "--help", "x^ab", "x^\\foo", "100 %", "Größe"
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        ck_assert_str_eq(spelled(markup_parse(&arena, labels[i])), labels[i]);
    }
    /* What stands is shown, what makes no sense as well: a second exponent,
     * scripts of scripts of scripts. */
    ck_assert_str_eq(spelled(markup_parse(&arena, "x^2^3")), "x^[2]^3");
    ck_assert_str_eq(spelled(markup_parse(&arena, "x^{a^{b^{c}}}")), "x^[a^[b^{c}]]");
}
END_TEST

START_TEST(symbols_are_in_the_font)
{
    size_t greek = 0, others = 0;
    for (const struct markup_symbol *symbol = markup_symbols; symbol->name; symbol++) {
        ck_assert_msg(FT_Get_Char_Index(face, symbol->code), "\\%s", symbol->name);
        const struct markup *line = markup_parse(&arena,
                                                 arena_printf(&arena, "\\%s", symbol->name));
        ck_assert_uint_eq(line->count, 1);
        ck_assert_uint_eq(line->codes[0], symbol->code);
        bool is_small = symbol->code >= 0x3B1 && symbol->code <= 0x3C9;
        bool is_capital = symbol->code >= 0x391 && symbol->code <= 0x3A9;
        greek += is_small || is_capital;
        others += !is_small && !is_capital;
        /* In Unicode a small letter follows its capital by 32. */
        if (is_capital) {
            const char *capital = arena_printf(&arena, "\\%s", symbol->name);
            char *small = arena_printf(&arena, "\\var%c%s", capital[1] + 32, capital + 2);
            uint32_t variant = markup_parse(&arena, small)->codes[0];
            small = arena_printf(&arena, "\\%c%s", capital[1] + 32, capital + 2);
            uint32_t plain = markup_parse(&arena, small)->codes[0];
            ck_assert(plain == symbol->code + 32 || variant == symbol->code + 32);
        }
    }
    ck_assert_uint_eq(greek, 25 + 24); /* with the final sigma */
    ck_assert_uint_eq(others, 5 + 12); /* variants, signs */
}
END_TEST

START_TEST(any_bytes_are_text)
{
    static const char marks[] = "^_{}\\-\xff\xd7\xa9x1 \t\xe2\x80\x8f\xd8\xb3\xcc\x81^{_{\xf0";
    unsigned state = 1;
    for (size_t round = 0; round < 3000; round++) {
        char text[64] = "";
        size_t length = round % sizeof text;
        for (size_t i = 0; i < length; i++) {
            state = state * 1103515245 + 12345;
            unsigned chance = state >> 16;
            text[i] = round % 2 ? marks[chance % (sizeof marks - 1)] : (char)(1 + chance % 255);
        }
        const struct text_run *run = text_markup(&arena, text, 9);
        ck_assert_str_eq(run->text, text);
        ck_assert(isfinite(run->width) && run->width >= 0);
        for (size_t i = 0; i < run->count; i++) {
            const struct glyph *glyph = &run->glyphs[i];
            ck_assert(isfinite(glyph->x) && isfinite(glyph->y));
            ck_assert(glyph->scale > 0.4 && glyph->scale <= 1);
            ck_assert(glyph->code >= ' ' && !(glyph->code >= 0x7f && glyph->code < 0xa0));
            ck_assert_uint_lt(glyph->index, (unsigned)face->num_glyphs);
        }
        text_missing(&arena, text);
        text_shape(&arena, text, 9);
        arena_reset(&arena);
    }
}
END_TEST

START_TEST(braces_without_end_are_read_once)
{
    enum { COUNT = 300000 };
    char *text = arena_new(&arena, 3 * COUNT + 1, 1);
    for (size_t i = 0; i < COUNT; i++) {
        memcpy(text + 3 * i, "x^{", 3);
    }
    ck_assert_uint_eq(markup_parse(&arena, text)->count, 3 * COUNT);
}
END_TEST

START_TEST(control_characters_are_not_shown)
{
    const struct text_run *run = text_shape(&arena, "a\x01\tb\x7f\n\xc2\x85" "c\u2028d", 9);
    static const uint32_t wanted[] = { 'a', ' ', 'b', ' ', 'c', ' ', 'd' };
    ck_assert_uint_eq(run->count, 7);
    for (size_t i = 0; i < 7; i++) {
        ck_assert_uint_eq(run->glyphs[i].code, wanted[i]);
    }
}
END_TEST

/* Characters from left to right, none kerned. */
static void check_row(const char *text, const uint32_t *wanted, size_t count)
{
    const double size = 12;
    const struct text_run *run = text_shape(&arena, text, size);
    ck_assert_uint_eq(run->count, count);
    double x = 0;
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(run->glyphs[i].code == wanted[i], "%s: %zu is U+%04X", text, i,
                      (unsigned)run->glyphs[i].code);
        ck_assert(near(run->glyphs[i].x, x) && near(run->glyphs[i].y, 0));
        ck_assert(run->glyphs[i].scale == 1);
        x += size * advance(wanted[i]);
    }
    ck_assert(near(run->width, x));
}

START_TEST(advances_are_the_fonts)
{
    static const uint32_t digits[] = { '0', '1', '2', '3', '4', 0x2009, '5', 0x2212, '6' };
    check_row("01234\u20095\u22126", digits, sizeof digits / sizeof *digits);
    const struct text_run *run = text_shape(&arena, "AVAT", 2048);
    static const double advances[] = { 1270, 1270, 1242, 1251 }; /* hb-shape: kerned */
    double x = 0;
    for (size_t i = 0; i < 4; i++) {
        ck_assert(near(run->glyphs[i].x, x));
        x += advances[i];
    }
    ck_assert(near(run->width, x));
    /* hb-shape: kerned too, so the quote is Latin where Latin follows. */
    ck_assert(near(text_shape(&arena, "“A", 2048)->glyphs[1].x, 797));
    ck_assert_uint_eq(text_shape(&arena, "", 9)->count, 0);
    ck_assert(text_shape(&arena, "", 9)->width == 0);
}
END_TEST

START_TEST(hebrew_runs_from_right_to_left)
{
    /* Shin, lamed, vav, final mem. The orders are those of UAX 9. */
    static const uint32_t alone[] = { 0x5DD, 0x5D5, 0x5DC, 0x5E9 };
    check_row("שלום", alone, 4);
    static const uint32_t in_latin[] = { 'm', ' ', 0x5DD, 0x5D5, 0x5DC, 0x5E9, ' ', 'n' };
    check_row("m שלום n", in_latin, 8);
    static const uint32_t around[] = { 'm', ' ', '1', '2', ' ', 0x5DC, 0x5E9 };
    check_row("של 12 m", around, 7);
    static const uint32_t brackets[] = { 'm', '(', 0x5DC, 0x5E9, ')' };
    check_row("m(של)", brackets, 5);
}
END_TEST

START_TEST(arabic_is_joined)
{
    /* hb-shape: lam with alef is one glyph. */
    static const unsigned indices[] = { 1390, 5366, 5293 };
    static const double advances[] = { 1268, 1222, 1716 };
    const struct text_run *run = text_shape(&arena, "x سلام", 2048);
    ck_assert_uint_eq(run->count, 5);
    for (size_t i = 0; i < 3; i++) {
        const struct glyph *glyph = &run->glyphs[2 + i];
        ck_assert_uint_eq(glyph->index, indices[i]);
        double next = i < 2 ? glyph[1].x : run->width;
        ck_assert(near(next - glyph->x, advances[i]));
    }
    ck_assert_uint_eq(run->glyphs[4].code, 0x633); /* seen, in the form of a first letter */
    ck_assert_uint_ne(run->glyphs[4].index, FT_Get_Char_Index(face, 0x633));
    /* Hebrew has the same direction, but not the same alphabet. */
    const struct text_run *after = text_shape(&arena, "ש سلام", 2048);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(after->glyphs[i].index, indices[i]);
    }
}
END_TEST

START_TEST(scripts_stand_at_their_base)
{
    const double size = 20;
    const struct text_run *run = text_markup(&arena, "x_1^2-", size);
    ck_assert_uint_eq(run->count, 4);
    const struct glyph *base = run->glyphs, *above = base + 1, *below = base + 2;
    ck_assert_uint_eq(above->code, '2');
    ck_assert_uint_eq(below->code, '1');
    ck_assert(base->scale == 1 && above->scale == 0.7 && below->scale == 0.7);
    ck_assert(near(above->x, size * advance('x')) && near(below->x, above->x));
    ck_assert(near(base[3].x, above->x + 0.7 * size * advance('2')));
    ck_assert(near(run->width, base[3].x + size * advance('-')));
    ck_assert(above->y < 0 && below->y > 0 && base->y == 0 && base[3].y == 0);

    /* They leave each other room, and lines of 1.5 em as well. */
    double top, bottom, next;
    ink('2', &top, &bottom);
    double upper_end = above->y / size - 0.7 * bottom, upper_top = above->y / size - 0.7 * top;
    ink('1', &next, &bottom);
    double lower_top = below->y / size - 0.7 * next, lower_end = below->y / size - 0.7 * bottom;
    ck_assert(upper_end < lower_top);
    ck_assert(upper_top > -1 && lower_end < 0.5);
}
END_TEST

START_TEST(scripts_hold_scripts)
{
    const struct text_run *run = text_markup(&arena, "m^{n_k}_{w}", 10);
    ck_assert_uint_eq(run->count, 4);
    const struct glyph *m = run->glyphs, *n = m + 1, *k = m + 2, *w = m + 3;
    ck_assert(near(k->scale, 0.49) && w->scale == 0.7);
    ck_assert(near(k->x, n->x + 7 * advance('n')) && w->x == n->x);
    ck_assert(near(k->y - n->y, 0.7 * w->y)); /* the same drop of a smaller base */
    const struct glyph *tower = text_markup(&arena, "m^{n^k}", 10)->glyphs;
    ck_assert(near(tower[2].y, 1.7 * tower[1].y) && near(tower[2].scale, 0.49));
    double above = 7 * advance('n') + 4.9 * advance('k');
    ck_assert(near(run->width, 10 * advance('m') + fmax(above, 7 * advance('w'))));
}
END_TEST

START_TEST(scripts_stay_with_hebrew)
{
    /* "shin lamed squared" within Latin: the exponent is left of the lamed. */
    const struct text_run *run = text_markup(&arena, "m של^2 n", 10);
    static const uint32_t wanted[] = { 'm', ' ', '2', 0x5DC, 0x5E9, ' ', 'n' };
    ck_assert_uint_eq(run->count, 7);
    for (size_t i = 0; i < 7; i++) {
        ck_assert_uint_eq(run->glyphs[i].code, wanted[i]);
        ck_assert(run->glyphs[i].scale == (i == 2 ? 0.7 : 1));
    }
    ck_assert(near(run->glyphs[3].x - run->glyphs[2].x, 7 * advance('2')));
}
END_TEST

START_TEST(missing_characters_are_named)
{
    ck_assert(!FT_Get_Char_Index(face, 0x4E2D)); /* the font has no Chinese */
    ck_assert_str_eq(text_missing(&arena, "x = 中"), "U+4E2D '中'");
    ck_assert_str_eq(text_missing(&arena, "x_{中文}中"), "U+4E2D '中', U+6587 '文'");
    ck_assert_str_eq(text_missing(&arena, "中文字學文"),
                     "U+4E2D '中', U+6587 '文', U+5B57 '字' and others");
    ck_assert(!FT_Get_Char_Index(face, 0x1AB0)); /* an accent that it lacks */
    ck_assert_str_eq(text_missing(&arena, "e\u1AB0"), "U+1AB0 '\u1AB0'");
    ck_assert_str_eq(text_missing(&arena, "\U00020000"), "U+20000 '\U00020000'");
    ck_assert_ptr_null(text_missing(&arena, "Größe \\alpha^2 שלום سلام 1\u2009000 \u2212 e\u0301"));
    ck_assert_ptr_null(text_missing(&arena, "a\u200f\u200b\u2066b\u2069")); /* invisible */
    ck_assert_ptr_null(text_missing(&arena, ""));
}
END_TEST

/* The rows of the picture that the ink touches, in points over the baseline. */
static void painted_rows(const char *text, double size, double *top, double *bottom)
{
    enum { WIDTH = 400, HEIGHT = 400, BASELINE = 300 };
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, WIDTH, HEIGHT);
    cairo_t *cairo = cairo_create(surface);
    cairo_font_face_t *font = font_face_create();
    struct scene scene;
    scene_init(&scene, WIDTH, HEIGHT);
    scene_text(&scene, text_markup(&arena, text, size), (struct vec2){ 20, BASELINE },
               (struct color){ 0, 0, 0, 1 });
    painter_paint(cairo, scene.items, scene.count, font, 1);
    cairo_surface_flush(surface);
    const unsigned char *bytes = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    int first = HEIGHT, last = -1;
    for (int y = 0; y < HEIGHT; y++) {
        for (size_t x = 0; x < WIDTH; x++) {
            if (bytes[(size_t)y * stride + x] > 127) {
                first = first < y ? first : y;
                last = y;
            }
        }
    }
    *top = BASELINE - first;
    *bottom = BASELINE - (last + 1);
    scene_finish(&scene);
    cairo_font_face_destroy(font);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
}

START_TEST(scripts_are_painted_small)
{
    const double size = 200, tolerance = 1.5;
    static const char *texts[] = { "-^2", "-_2" };
    double top, bottom, two_top, two_bottom, dash_top, dash_bottom;
    ink('2', &two_top, &two_bottom);
    ink('-', &dash_top, &dash_bottom);
    for (size_t i = 0; i < 2; i++) {
        double shift = -text_markup(&arena, texts[i], size)->glyphs[1].y;
        painted_rows(texts[i], size, &top, &bottom);
        double highest = fmax(dash_top * size, shift + 0.7 * two_top * size);
        double lowest = fmin(dash_bottom * size, shift + 0.7 * two_bottom * size);
        ck_assert(fabs(top - highest) <= tolerance && fabs(bottom - lowest) <= tolerance);
    }
}
END_TEST

/* --- in sentences */

static const struct {
    double value;
    const char *number, *bound;
} numbers[] = {
    { 0, "0", "0" },
    { 0.03, "0.03", "0.03" },
    { 0.0301, "0.0301", "0.031" },
    { 1.174, "1.17", "1.2" },
    { 9.91, "9.91", "10" },
    { 123.4, "123", "130" },
    { -2.6445, "\u22122.64", NULL },
    { 1e-9, "1\u00d710\u207b\u2079", "1\u00d710\u207b\u2079" },
    { -41800000, "\u22124.18\u00d710\u2077", NULL },
};

START_TEST(numbers_are_rounded_honestly)
{
    ck_assert_str_eq(description_number(numbers[_i].value, &arena), numbers[_i].number);
    if (numbers[_i].bound) {
        ck_assert_str_eq(description_bound(numbers[_i].value, &arena), numbers[_i].bound);
    }
}
END_TEST

static const struct {
    const char *markup, *plain;
} markups[] = {
    { "Adam L_2", "Adam L\u2082" },   { "x^{-10}", "x\u207b\u00b9\u2070" },
    { "x_{min}", "x_min" },           { "x^{2n}", "x^2n" },
    { "\\beta_1^2", "\u03b2\u2081\u00b2" }, { "GD_lr", "GD_lr" },
};

START_TEST(markup_is_told_as_text)
{
    ck_assert_str_eq(description_plain(markups[_i].markup, &arena), markups[_i].plain);
}
END_TEST

static const char *const sentences[][2] = {
    { "at once", "At once" }, { "warm-up", "Warm-up" }, { "a b", "A b" }, { "x_1", "x_1" },
    { "k=3", "k=3" }, { "GD", "GD" }, { "", "" },
};

START_TEST(sentences_begin_with_capitals)
{
    ck_assert_str_eq(description_sentence(sentences[_i][0], &arena), sentences[_i][1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *cases = tcase_create("text");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, utf8_is_iconvs);
    tcase_add_test(cases, what_is_not_utf8_is_refused);
    tcase_add_test(cases, markup_is_understood);
    tcase_add_test(cases, ordinary_labels_stay_ordinary);
    tcase_add_test(cases, symbols_are_in_the_font);
    tcase_add_test(cases, any_bytes_are_text);
    tcase_add_test(cases, braces_without_end_are_read_once);
    tcase_add_test(cases, control_characters_are_not_shown);
    tcase_add_test(cases, advances_are_the_fonts);
    tcase_add_test(cases, hebrew_runs_from_right_to_left);
    tcase_add_test(cases, arabic_is_joined);
    tcase_add_test(cases, scripts_stand_at_their_base);
    tcase_add_test(cases, scripts_hold_scripts);
    tcase_add_test(cases, scripts_stay_with_hebrew);
    tcase_add_test(cases, missing_characters_are_named);
    tcase_add_test(cases, scripts_are_painted_small);
    tcase_add_loop_test(cases, markup_is_told_as_text, 0, sizeof markups / sizeof *markups);
    tcase_add_loop_test(cases, sentences_begin_with_capitals, 0,
                        sizeof sentences / sizeof *sentences);
    tcase_add_loop_test(cases, numbers_are_rounded_honestly, 0, sizeof numbers / sizeof *numbers);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
