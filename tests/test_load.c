/* The load stage: INI text, the table of keys, presets and their mistakes. */
#include "support.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/memory.h"
#include "load/preset.h"
#include "load/print.h"
#include "load/words.h"
#include "loaded.h"

/* Every file in tests/bad is wrong in its own way and says so to the byte. */

static int is_ini(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return end && !strcmp(end, ".ini");
}

START_TEST(every_mistake_is_told_in_its_place)
{
    struct dirent **entries;
    const char *folder = test_path("bad");
    int count = scandir(folder, &entries, is_ini, alphasort), here = open(".", O_RDONLY);
    ck_assert_int_ge(count, 500);
    ck_assert_int_eq(chdir(folder), 0);
    for (int i = 0; i < count; i++) {
        char expected_path[300];
        const char *name = entries[i]->d_name;
        snprintf(expected_path, sizeof expected_path, "%.*s.err", (int)strlen(name) - 4, name);
        char *expected = file_read(expected_path, NULL);
        struct loaded loaded = load_file(name, NULL, 0);
        ck_assert_msg(!loaded.good, "%s is taken for good", name);
        ck_assert_str_eq(loaded.messages, expected);
        loaded_free(&loaded);
        free(expected);
        free(entries[i]);
    }
    free(entries);
    ck_assert(!fchdir(here) && !close(here));
}
END_TEST

/* The shipped presets, against the article's settings. */

struct rate {
    const char *label, *method, *learning_rate, *momentum;
};

static const struct article {
    const char *name, *function;
    struct vec2 start;
    double lo, hi;
    int steps, levels;
    struct maybe_point minimum;
    double elevation, azimuth;
    struct rate rates[6];
} article[] = {
    { "quad", "quad", { -4, 4 }, -4.5, 4.5, 20, 30, { .given = true, { 0, 0 } }, 30, 5,
      { { "GD", "gradient-descent", "0.2", NULL }, { "Momentum", "momentum", "0.2", "0.3" } } },
    { "booth", "booth", { 1, -2 }, -3, 6, 70, 40, { .given = true, { 1, 3 } }, 70, -60,
      { { "GD", "gradient-descent", "0.01", NULL }, { "Momentum", "momentum", "0.01", "0.9" },
        { "NAG", "nag", "0.01", "0.9" }, { "Adagrad", "adagrad", "0.01", NULL },
        { "RMSProp", "rmsprop", "0.01", NULL }, { "Adam", "adam", "0.01", NULL } } },
    { "hyper", "saddle", { 0.0001, 3 }, -4, 4, 50, 40, { .given = false }, 30, -30,
      { { "GD", "gradient-descent", "0.1", NULL }, { "Momentum", "momentum", "0.1", "0.9" },
        { "NAG", "nag", "0.1", "0.9" }, { "Adagrad", "adagrad", "0.1", NULL },
        { "RMSProp", "rmsprop", "0.1", NULL }, { "Adam", "adam", "0.1", NULL } } },
    { "beale", "beale", { 1.5, 2 }, -4.5, 4.5, 200, 300, { .given = true, { 3, 0.5 } }, 30, -20,
      { { "GD", "gradient-descent", "0.001", NULL }, { "Momentum", "momentum", "0.0025", "0.7" },
        { "NAG", "nag", "0.00055", "0.9" }, { "Adagrad", "adagrad", "1", NULL },
        { "RMSP", "rmsprop", "0.15", NULL }, { "Adam", "adam", "1", NULL } } },
};

static struct loaded load_shipped(const char *name)
{
    char inside[64];
    snprintf(inside, sizeof inside, "../presets/%s.ini", name);
    return load_file(test_path(inside), NULL, 0);
}

static void check_rates(const struct preset *preset, const struct rate *rates)
{
    for (size_t i = 0; i < preset->optimizer_count; i++) {
        const struct optimizer_section *optimizer = &preset->optimizers[i];
        const struct hyperparameter *parameters = optimizer->hyperparameters;
        ck_assert_str_eq(optimizer->label.text, rates[i].label);
        ck_assert_str_eq(optimizer->method.text, rates[i].method);
        ck_assert_uint_eq(optimizer->hyperparameter_count, rates[i].momentum ? 2 : 1);
        ck_assert_str_eq(parameters[0].name.text, "learning_rate");
        ck_assert_str_eq(parameters[0].value.text, rates[i].learning_rate);
        if (rates[i].momentum) {
            ck_assert_str_eq(parameters[1].name.text, "momentum");
            ck_assert_str_eq(parameters[1].value.text, rates[i].momentum);
        }
    }
}

/* The camera stays. */
static void check_sweep(const struct sweep *sweep, double value)
{
    ck_assert(sweep->from == value && sweep->to == value);
}

START_TEST(the_shipped_presets_are_the_articles)
{
    const struct article *as = &article[_i];
    struct loaded loaded = load_shipped(as->name);
    const struct preset *preset = &loaded.preset;
    ck_assert_str_eq(loaded.messages, "");
    ck_assert(loaded.good);
    ck_assert_str_eq(preset->name, as->name);
    ck_assert_str_eq(preset->problem.function.text, as->function);
    ck_assert_str_eq(preset->figure.theme.text, "article");
    ck_assert_int_eq(preset->figure.layout, LAYOUT_WIDE);
    ck_assert(preset->film.counter);
    ck_assert(preset->problem.start.value.x == as->start.x
              && preset->problem.start.value.y == as->start.y);
    ck_assert(preset->problem.x.value.lo == as->lo && preset->problem.x.value.hi == as->hi);
    ck_assert(preset->problem.y.value.lo == as->lo && preset->problem.y.value.hi == as->hi);
    ck_assert_int_eq(preset->problem.steps, as->steps);
    ck_assert_int_eq(preset->contour.levels, as->levels);
    ck_assert_int_eq(preset->problem.minimum.kind,
                     as->minimum.given ? MINIMUM_GIVEN : MINIMUM_NONE);
    if (as->minimum.given) {
        ck_assert_uint_eq(preset->problem.minimum.count, 1);
        ck_assert(preset->problem.minimum.points[0].x == as->minimum.value.x
                  && preset->problem.minimum.points[0].y == as->minimum.value.y);
    }
    check_sweep(&preset->surface.elevation_deg, as->elevation);
    check_sweep(&preset->surface.azimuth_deg, as->azimuth);
    check_sweep(&preset->surface.distance, 7.5);
    ck_assert_uint_eq(preset->optimizer_count, as->rates[2].label ? 6 : 2);
    check_rates(preset, as->rates);
    bool is_beale = !strcmp(as->name, "beale");
    ck_assert_int_eq(preset->contour.scale, is_beale ? SCALE_LOG : SCALE_AUTO);
    ck_assert(preset->contour.alpha.given == is_beale);
    ck_assert(!is_beale || preset->contour.alpha.value == 0.5);
    ck_assert(preset->contour.color_min.given == is_beale);
    ck_assert(!is_beale || (preset->contour.color_min.value == -2
                            && preset->contour.color_max.value == 12));
    loaded_free(&loaded);
}
END_TEST

START_TEST(a_formula_can_override_a_function)
{
    struct preset preset;
    struct report report = { 0 };
    struct error err = { 0 };
    const char *formula[] = { "problem.formula=x^2 + y^4" };
    ck_assert(preset_load(&preset, test_path("../presets/quad.ini"), formula, 1, &report, &err));
    ck_assert_ptr_null(preset.problem.function.text);
    ck_assert_str_eq(preset.problem.formula.text, "x^2 + y^4");
    preset_finish(&preset);
    report_finish(&report);
}
END_TEST

START_TEST(what_is_not_given_has_its_default)
{
    struct loaded loaded = load_text(SMALL "[surface]\ncolormap = magma\n");
    const struct preset *preset = &loaded.preset;
    ck_assert(loaded.good);
    ck_assert_ptr_null(preset->figure.caption.text);
    ck_assert_str_eq(preset->figure.theme.text, "article");
    ck_assert_uint_eq(preset->figure.panels.count, 2);
    ck_assert_int_eq(preset->figure.layout, LAYOUT_WIDE);
    ck_assert_int_eq(preset->problem.steps, 100);
    ck_assert_int_eq(preset->problem.minimum.kind, MINIMUM_CATALOGUE);
    ck_assert(!preset->problem.start.given && !preset->problem.x.given);
    check_sweep(&preset->surface.azimuth_deg, -60);
    check_sweep(&preset->surface.elevation_deg, 30);
    ck_assert(!preset->surface.z.given && !preset->surface.shade.given);
    ck_assert_int_eq(preset->contour.scale, SCALE_AUTO);
    ck_assert(!preset->contour.alpha.given && !preset->contour.line_width.given);
    ck_assert_ptr_null(preset->contour.colormap.text); /* the surface's, see look_resolve */
    ck_assert_int_eq(preset->contour.levels, 40);
    ck_assert(preset->film.page.width_in == 14 && preset->film.page.height_in == 4);
    ck_assert_int_eq(preset->film.interval_ms, 200);
    ck_assert(!preset->film.fps.given && !preset->film.counter);
    ck_assert(!preset->film.hold_start_ms.given && !preset->film.hold_end_ms.given);
    ck_assert(preset->still.page.width_in == 10 && preset->still.page.dpi == 144);
    ck_assert(preset->still.dots);
    ck_assert(!preset->optimizers[0].color.given && !preset->optimizers[0].steps.given);
    loaded_free(&loaded);
}
END_TEST

/* Good oddities. */

START_TEST(bom_crlf_tabs_and_comments_are_taken)
{
    static const char text[] =
        "\xef\xbb\xbf; comment\r\n# comment\r\n[problem]\t ; quad\r\n"
        "function\t=\tquad\t; comment\r\n\r\n  \r\n[ optimizer \t Ada  M ]\r\n"
        "method = adam;1 ; comment; more\r\n"
        "color = #1f77b4\r\n[figure]\r\ncaption =   a  #1;\r\n; between\r\n\t b = [c]  ; not d\r\n"
        "# between\r\n\r\n e\r\n[contour]\r\nlevels = 5";
    struct loaded loaded = load_bytes(text, sizeof text - 1, NULL, 0);
    const struct preset *preset = &loaded.preset;
    ck_assert_str_eq(loaded.messages, "");
    ck_assert_str_eq(preset->problem.function.text, "quad");
    ck_assert_str_eq(preset->optimizers[0].label.text, "Ada M");
    ck_assert_str_eq(preset->optimizers[0].method.text, "adam;1");
    ck_assert(preset->optimizers[0].color.given
              && preset->optimizers[0].color.value.g == 0x77 / 255.0);
    ck_assert_str_eq(preset->figure.caption.text, "a #1; b = [c] e");
    ck_assert_int_eq(preset->contour.levels, 5);
    loaded_free(&loaded);
}
END_TEST

START_TEST(a_byte_order_mark_shifts_no_column)
{
    struct loaded loaded = load_text("\xef\xbb\xbfoops\n" SMALL);
    ck_assert_ptr_nonnull(strstr(loaded.messages, ":1:1: error: text before"));
    loaded_free(&loaded);
}
END_TEST

START_TEST(text_keeps_the_places_of_its_bytes)
{
    struct loaded loaded = load_text("[optimizer  A]\nmethod = adam\nbeta1\t=\t.9\n[problem]\n"
                                     "let  r = x\r\nformula = x^2 ; square\r\n"
                                     "; r\r\n     + r\t* y\r\n");
    const struct problem_section *problem = &loaded.preset.problem;
    ck_assert_str_eq(loaded.messages, "");
    const struct text *texts[] = {
        &problem->formula, &problem->lets[0].name, &problem->lets[0].formula,
        &loaded.preset.optimizers[0].label, &loaded.preset.optimizers[0].method,
        &loaded.preset.optimizers[0].hyperparameters[0].name,
        &loaded.preset.optimizers[0].hyperparameters[0].value,
    };
    static const char *const starts[] = { "x^2", "r", "x", "A", "adam", "beta1", ".9" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct place *place = &texts[i]->place;
        const char *raw = place->source->text + place->offset;
        ck_assert_uint_eq(strlen(texts[i]->text), texts[i]->length);
        ck_assert_uint_eq(place->length, texts[i]->length);
        ck_assert_msg(!strncmp(texts[i]->text, starts[i], strlen(starts[i])), "%s", starts[i]);
        for (size_t k = 0; k < texts[i]->length; k++) {
            ck_assert(texts[i]->text[k] == ' ' || texts[i]->text[k] == raw[k]);
        }
    }
    ck_assert_str_eq(strrchr(problem->formula.text, '+'), "+ r * y");
    ck_assert_ptr_null(strstr(problem->formula.text, "square"));
    ck_assert_ptr_null(strchr(problem->formula.text, '\n'));
    loaded_free(&loaded);
}
END_TEST

START_TEST(words_are_collapsed_and_cut_between_characters)
{
    static const char spaced[] = " \t a\r\n  b c ";
    struct arena arena = { 0 };
    ck_assert_str_eq(words_collapse(&arena, spaced, sizeof spaced - 1), "a b c");
    ck_assert_str_eq(words_collapse(&arena, "  ", 2), "");
    ck_assert_str_eq(words_shown(spaced, sizeof spaced - 1).text, "a b c");
    for (int before = 50; before < 64; before++) {
        const char *text = arena_printf(&arena, "%0*d\xe2\x82\xac", before, 0);
        struct shown shown = words_shown(text, strlen(text));
        size_t kept = strspn(shown.text, "0");
        const char *rest = shown.text + kept;
        ck_assert_msg(!strcmp(rest, "...") || (kept == (size_t)before
                                               && !strcmp(rest, "\xe2\x82\xac")), "%s", rest);
    }
    arena_finish(&arena);
}
END_TEST

START_TEST(yes_and_no_have_synonyms)
{
    static const struct {
        const char *text;
        bool value;
    } words[] = { { "yes", true }, { "true", true }, { "on", true },
                  { "no", false }, { "false", false }, { "off", false } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char override[32];
        snprintf(override, sizeof override, "still.dots=%s", words[i].text);
        struct loaded loaded = load_override(SMALL, override);
        ck_assert(loaded.good && loaded.preset.still.dots == words[i].value);
        loaded_free(&loaded);
    }
}
END_TEST

/* Overrides. */

START_TEST(overrides_replace_and_add)
{
    static const char *const overrides[] = {
        "contour.levels=60", " film . dpi = 72 ", "optimizer A.learning_rate=0.2",
        "optimizer v1.2 lr=1.method=nag", "problem.let r=2*x", "contour.levels=70",
        "problem.param  k=2e1",
    };
    static const char text[] = SMALL "beta1 = 1\nlearning_rate = 0.1\n[contour]\nlevels = 0\n";
    struct loaded loaded = load_bytes(text, sizeof text - 1, overrides, 7);
    const struct preset *preset = &loaded.preset;
    ck_assert_str_eq(loaded.messages, "");
    ck_assert(loaded.good);
    ck_assert_int_eq(preset->contour.levels, 70);
    ck_assert(preset->film.page.dpi == 72);
    ck_assert_uint_eq(preset->optimizer_count, 2);
    ck_assert_uint_eq(preset->optimizers[0].hyperparameter_count, 2);
    ck_assert_str_eq(preset->optimizers[0].hyperparameters[1].value.text, "0.2");
    ck_assert_str_eq(preset->optimizers[1].label.text, "v1.2 lr=1");
    ck_assert_str_eq(preset->problem.lets[0].name.text, "r");
    ck_assert_str_eq(preset->problem.lets[0].formula.text, "2*x");
    ck_assert_uint_eq(preset->problem.param_count, 1);
    ck_assert_str_eq(preset->problem.params[0].name.text, "k");
    ck_assert_str_eq(preset->problem.params[0].formula.text, "20");
    loaded_free(&loaded);
}
END_TEST

START_TEST(an_overridden_let_keeps_its_turn)
{
    struct loaded loaded = load_override("[problem]\nlet a = x\nlet b = a\nformula = b\n"
                                         "[optimizer A]\nmethod = nag\n", "problem.let  a=y");
    ck_assert(loaded.good);
    ck_assert_str_eq(loaded.preset.problem.lets[0].name.text, "a");
    ck_assert_str_eq(loaded.preset.problem.lets[0].formula.text, "y");
    ck_assert_str_eq(loaded.preset.problem.lets[1].name.text, "b");
    loaded_free(&loaded);
}
END_TEST

START_TEST(wrong_overrides_are_told_like_files)
{
    static const struct {
        const char *override, *messages;
    } wrong[] = {
        { "contour.levels=many", "--set:1:16: error: [contour] levels: 'many' is not a number\n"
                                 "    1 | contour.levels=many\n"
                                 "      |                ^~~~\n" },
        { "contour.levles=5", "--set:1:9: error: unknown key 'levles' in [contour]; "
                              "did you mean 'levels'?\n"
                              "    1 | contour.levles=5\n"
                              "      |         ^~~~~~\n" },
        { "conture.levels=5", "--set:1:1: error: unknown section [conture]; "
                              "did you mean 'contour'?\n"
                              "    1 | conture.levels=5\n"
                              "      | ^~~~~~~\n" },
        { "optimizer Adm.beta1=.9", "--set:1:1: error: [optimizer Adm] has no method; "
                                    "did you mean 'optimizer Adam'?\n"
                                    "    1 | optimizer Adm.beta1=.9\n"
                                    "      | ^~~~~~~~~~~~~\n" },
        { "contour.levels", "--set:1:1: error: not SECTION.KEY=VALUE, such as contour.levels=60\n"
                            "    1 | contour.levels\n"
                            "      | ^~~~~~~~~~~~~~\n" },
        { "levels=5", "--set:1:1: error: not SECTION.KEY=VALUE, such as contour.levels=60\n"
                      "    1 | levels=5\n"
                      "      | ^~~~~~~~\n" },
        { ".levels=5", "--set:1:1: error: not SECTION.KEY=VALUE, such as contour.levels=60\n"
                       "    1 | .levels=5\n"
                       "      | ^~~~~~~~~\n" },
        { "contour.levels=", "--set:1:15: error: [contour] levels: there is no value\n"
                             "    1 | contour.levels=\n"
                             "      |               ^\n" },
        { "figure.caption=a ; b", "--set:1:18: error: \" ;\" begins a comment, of which there is "
                                  "no use here; a value cannot hold it\n"
                                  "    1 | figure.caption=a ; b\n"
                                  "      |                  ^~~\n" },
        { "figure.caption=\xe4", "--set:1:16: error: byte 0xe4 is not UTF-8; "
                                 "save the text as UTF-8\n"
                                 "    1 | figure.caption=?\n"
                                 "      |                ^\n" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct loaded loaded = load_override("[problem]\nfunction = quad\n[optimizer Adam]\n"
                                             "method = adam\n", wrong[i].override);
        ck_assert(!loaded.good);
        const char *told = strstr(loaded.messages, ": --set"); /* behind the preset's name */
        ck_assert_ptr_nonnull(told);
        ck_assert_str_eq(told + 2, wrong[i].messages);
        loaded_free(&loaded);
    }
}
END_TEST

/* Files that cannot be read, texts that are none. */

START_TEST(files_that_cannot_be_read_say_why)
{
    static const struct {
        const char *path, *reason;
    } wrong[] = {
        { "../presets/bale.ini", "No such file or directory; did you mean 'beale.ini'?" },
        { "nowhere/at/all.ini", "No such file or directory" },
        { "bad", "a folder, not a preset file" },
    };
    for (size_t i = 0; i <= sizeof wrong / sizeof *wrong; i++) {
        bool is_endless = i == sizeof wrong / sizeof *wrong;
        struct loaded loaded = load_file(is_endless ? "/dev/zero" : test_path(wrong[i].path),
                                         NULL, 0);
        ck_assert(!loaded.good);
        ck_assert_int_eq(loaded.err.kind, ERROR_PRESET);
        const char *reason = is_endless ? "larger than 1048576 bytes, so not a preset; "
                                          "--max-bytes N raises the limit"
                                        : wrong[i].reason;
        ck_assert_msg(strlen(loaded.err.text) >= strlen(reason)
                          && !strcmp(loaded.err.text + strlen(loaded.err.text) - strlen(reason),
                                     reason), "%s", loaded.err.text);
        loaded_free(&loaded);
    }
}
END_TEST

START_TEST(only_utf8_text_is_text)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *message;
    } wrong[] = {
        { "[figure]\ncaption = caf\xe9\n", 23, ":2:14: error: byte 0xe9 is not UTF-8" },
        { "\xff\xfe[\0p\0", 6, "error: the text is UTF-16; save it as UTF-8" },
        { "\xfe\xff\0[\0p", 6, "error: the text is UTF-16; save it as UTF-8" },
        { "[\0p\0]\0", 6, "error: the text is UTF-16; save it as UTF-8" },
        { "[p\0]\n", 5, ":1:3: error: a control character (0x00) is not text" },
        { "; \xc2\x9b[2J", 7, ":1:3: error: a control character (0x9b) is not text" },
        { "[a]\rb = c", 9, ":1:4: error: a carriage return (0x0d) alone ends no line" },
        { "a\033[2J", 5, ":1:2: error: a control character (0x1b) is not text" },
        { "\xc0\xaf", 2, ":1:1: error: byte 0xc0 is not UTF-8" },
        { "\xe0\x80\xaf", 3, ":1:1: error: byte 0xe0 is not UTF-8" },
        { "\xed\xa0\x80", 3, ":1:1: error: byte 0xed is not UTF-8" },
        { "\xf4\x90\x80\x80", 4, ":1:1: error: byte 0xf4 is not UTF-8" },
        { "\xe2\x82", 2, ":1:1: error: byte 0xe2 is not UTF-8" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct loaded loaded = load_bytes(wrong[i].bytes, wrong[i].size, NULL, 0);
        ck_assert(!loaded.good);
        ck_assert_uint_eq(loaded.report.errors, 1);
        ck_assert_msg(strstr(loaded.messages, wrong[i].message), "%zu: %s", i, loaded.messages);
        loaded_free(&loaded);
    }
    struct loaded loaded = load_text(SMALL "[figure]\n"
                                           "caption = \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\n");
    ck_assert(loaded.good);
    loaded_free(&loaded);
}
END_TEST

START_TEST(a_hundred_optimizers_are_enough)
{
    char *text = memory_new(8000, 1), *end = text;
    end += sprintf(end, "[problem]\nfunction = quad\n");
    for (int i = 1; i <= limit_of(LIMIT_OPTIMIZERS) + 1; i++) {
        end += sprintf(end, "[optimizer %d]\nmethod = adam\n", i);
    }
    struct loaded loaded = load_text(text);
    ck_assert_uint_eq(loaded.report.errors, 1);
    ck_assert_ptr_nonnull(strstr(loaded.messages, ":203:2: error: more than 100 optimizers; "
                                   "--max-optimizers N raises the limit\n"));
    loaded_free(&loaded);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("load");
    TCase *cases = tcase_create("load");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, every_mistake_is_told_in_its_place);
    tcase_add_loop_test(cases, the_shipped_presets_are_the_articles, 0, 4);
    tcase_add_test(cases, a_formula_can_override_a_function);
    tcase_add_test(cases, what_is_not_given_has_its_default);
    tcase_add_test(cases, bom_crlf_tabs_and_comments_are_taken);
    tcase_add_test(cases, a_byte_order_mark_shifts_no_column);
    tcase_add_test(cases, text_keeps_the_places_of_its_bytes);
    tcase_add_test(cases, words_are_collapsed_and_cut_between_characters);
    tcase_add_test(cases, yes_and_no_have_synonyms);
    tcase_add_test(cases, overrides_replace_and_add);
    tcase_add_test(cases, an_overridden_let_keeps_its_turn);
    tcase_add_test(cases, wrong_overrides_are_told_like_files);
    tcase_add_test(cases, files_that_cannot_be_read_say_why);
    tcase_add_test(cases, only_utf8_text_is_text);
    tcase_add_test(cases, a_hundred_optimizers_are_enough);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
