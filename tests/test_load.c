/* The load stage: INI text, the table of keys, presets and their mistakes. */
#include "support.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "load/keys.h"
#include "load/preset.h"
#include "load/print.h"
#include "load/value.h"
#include "load/words.h"

#define SMALL "[problem]\nfunction = quad\n[optimizer A]\nmethod = adam\n"

/* A preset, what loading it said and how it came out. */
struct loaded {
    bool good;
    struct preset preset;
    struct report report;
    struct error err;
    char *messages; /* as main would print them */
};

static struct loaded load_file(const char *path, const char *const *overrides, size_t count)
{
    struct loaded loaded = { .good = false };
    loaded.good = preset_load(&loaded.preset, path, overrides, count, &loaded.report, &loaded.err);
    size_t size;
    FILE *stream = open_memstream(&loaded.messages, &size);
    report_print(&loaded.report, stream, false);
    fclose(stream);
    return loaded;
}

static struct loaded load_bytes(const char *bytes, size_t size, const char *const *overrides,
                                size_t count)
{
    char path[] = "/tmp/preset-XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, bytes, size), (ssize_t)size);
    close(file);
    struct loaded loaded = load_file(path, overrides, count);
    unlink(path);
    loaded.report.name = "preset"; /* path ends with this function */
    return loaded;
}

static struct loaded load_text(const char *text)
{
    return load_bytes(text, strlen(text), NULL, 0);
}

static struct loaded load_override(const char *text, const char *override)
{
    return load_bytes(text, strlen(text), &override, 1);
}

static void loaded_free(struct loaded *loaded)
{
    preset_finish(&loaded->preset);
    report_finish(&loaded->report);
    free(loaded->messages);
}

static char *printed_as(const struct preset *preset, enum print_style style)
{
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    preset_print(preset, style, stream);
    fclose(stream);
    return text;
}

static char *printed(const struct preset *preset)
{
    return printed_as(preset, PRINT_ALL);
}

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
        { "figure.caption=a ; b", "--set:1:18: error: \" ;\" begins a comment, of which there is no "
                                  "use here; a value cannot hold it\n"
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

/* Loops over the table of keys. */

START_TEST(the_table_of_keys_is_sound)
{
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct key *key = &keys[i];
        bool is_number = key->type <= KEY_MAYBE_WHOLE || key->type == KEY_POINT
                         || key->type == KEY_RANGE || key->type == KEY_SWEEP
                         || key->type == KEY_MINIMA || key->type == KEY_CALL
                         || key->type == KEY_PARAM;
        bool has_choices = key->type == KEY_CHOICE || key->type == KEY_PANELS;
        ck_assert_msg((key->min < key_max(key)) == is_number, "%s.%s", key->section, key->name);
        ck_assert((key->choices != NULL) == has_choices);
        ck_assert(key->help && strlen(key->help) > 5);
        ck_assert_ptr_nonnull(key_type_name(key->type));
        if (key->type != KEY_LET && key->type != KEY_PARAM && key->type != KEY_CLAIM) {
            ck_assert_ptr_eq(key_find(key->section, key->name), key); /* unique */
        }
        for (size_t k = 0; k + 1 < i; k++) { /* a section is in one piece */
            ck_assert(strcmp(keys[k].section, key->section)
                      || !strcmp(keys[i - 1].section, key->section));
        }
    }
    ck_assert_str_eq(key_find("problem", "let r")->name, "let NAME");
    ck_assert_str_eq(key_find("problem", "param r")->name, "param NAME");
    ck_assert_ptr_null(key_find("problem", "params"));
    ck_assert_ptr_null(key_find("problem", "lets"));
    ck_assert_ptr_null(key_find("film", "levels"));
}
END_TEST

union any {
    struct preset preset;
    struct optimizer_section optimizer;
};

/* Reads text by the key's row; the text of what was read, NULL if refused. */
static const char *there_and_back(const struct key *key, const char *value, struct arena *arena)
{
    struct report report = { 0 };
    union any base = { .preset = { .name = NULL } };
    struct text text = { value, strlen(value), { 0 } };
    bool good = value_read(&(struct value_reader){ key->section, arena, &report }, key, &text,
                           &base);
    ck_assert_uint_eq(report.errors, good ? 0 : 1);
    report_finish(&report);
    return good ? value_text(key, &base, arena) : NULL;
}

static void check_limits(const struct key *key, struct arena *arena)
{
    static const struct {
        const char *before, *after;
    } forms[KEY_TYPE_COUNT] = {
        [KEY_NUMBER] = { "", "" }, [KEY_WHOLE] = { "", "" }, [KEY_MAYBE_NUMBER] = { "", "" },
        [KEY_MAYBE_WHOLE] = { "", "" }, [KEY_POINT] = { "1, ", "" },
        [KEY_SWEEP] = { "10 .. ", "" }, [KEY_MINIMA] = { "0, 0 | ", ", 2" },
    };
    const char *before = forms[key->type].before, *after = forms[key->type].after;
    double most = key_max(key), width = most - key->min, inside[] = { key->min, most };
    double outside[] = { key->min - width, most + width };
    for (size_t i = 0; before && i < 2; i++) {
        const char *text = arena_printf(arena, "%s%.15g%s", before, inside[i], after);
        ck_assert_str_eq(there_and_back(key, text, arena), text);
        text = arena_printf(arena, "%s%.15g%s", before, outside[i], after);
        ck_assert_msg(!there_and_back(key, text, arena), "%s %s = %s", key->section, key->name,
                      text);
    }
}

START_TEST(every_key_reads_and_prints_its_values)
{
    static const char *const samples[KEY_TYPE_COUNT][3] = {
        [KEY_YES_NO] = { "yes", "no" },
        [KEY_STRING] = { "a b \xc3\xa9" },
        [KEY_TEXT] = { "x^2  + y" },
        [KEY_POINT] = { "0.1, -2e-07", "0.0001, 3" },
        [KEY_RANGE] = { "-4.5 .. 4.5", "0.1 .. 1e+18", "-1e+18 .. 0.3333333333333333" },
        [KEY_SWEEP] = { "2.5", "3 .. 60", "60.5 .. 20" },
        [KEY_COLOR] = { "#1f77b4", "#000000", "#ffffff" },
        [KEY_MINIMA] = { "none", "3, 0.5", "1, 2 | 3, 4 | 5, 6" },
        [KEY_CALL] = { "cosine", "cosine(.. 0.001)", "a-b(0.1 .. 0.5 .. 1e-09, at 3 40, c 2)" },
        [KEY_PANELS] = { "surface", "contour, surface", "surface, contour" },
    };
    struct arena arena = { 0 };
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct key *key = &keys[i];
        check_limits(key, &arena);
        for (size_t k = 0; k < 3 && samples[key->type][k]; k++) {
            ck_assert_str_eq(there_and_back(key, samples[key->type][k], &arena),
                             samples[key->type][k]);
        }
        for (size_t k = 0; key->choices && key->choices[k]; k++) {
            ck_assert_str_eq(there_and_back(key, key->choices[k], &arena), key->choices[k]);
        }
        if (key->standard) {
            ck_assert_str_eq(there_and_back(key, key->standard, &arena), key->standard);
        }
    }
    arena_finish(&arena);
}
END_TEST

/* Every key of the table with a value that is not its default, sorted as
 * preset_print sorts them. */
static const char everything[] =
    "[figure]\ntitle = B\ncaption = a \"b\" #c\nalt = it falls\nshow_caption = yes\ntheme = dark\n"
    "panels = contour\nlayout = single\nlegend = none\nlegend_text = {label}: {loss}\n"
    "background = transparent\n\n"
    "[problem]\nformula = r + if(x < y, 1, 2)\nstart = 0.1, -2.5\nx = -1 .. 2\ny = 3 .. 40\n"
    "steps = 7\nminimum = 1, 2 | 3, 4\ndialect = keras3\nprecision = double\n"
    "param a = -0.5\nparam k = 1e+20\nlet r = x ^ 2\nlet s_1 = r\n\n"
    "[optimizer \xc3\x84 1.5]\nmethod = adam\ndialect = keras3\nstart = 1, 1\nsteps = 3\n"
    "color = #102030\nschedule = cosine(0.1 .. 0, warmup 10)\nclip_norm = 1.5\nclip_value = 2\n"
    "weight_decay = 0.01\ndecoupled_weight_decay = yes\nwrap = lookahead(k 5)\n"
    "beta1 = 0.9\nlearning_rate = 0.001\n\n"
    "[optimizer B]\nmethod = nag\ndialect = problem\ndecoupled_weight_decay = method\n\n"
    "[surface]\nazimuth = 12.5 .. -60\nelevation = -20\ndistance = 9 .. 12\ncolormap = magma\n"
    "scale = log\nz = 0 .. 1000\nhidden = solid\nshade = 0.25\nmesh_lines = 20\n"
    "contours = floor\naxes = yes\n\n"
    "[contour]\nlevels = 9\nscale = log\ncolor_min = -1e-05\ncolor_max = 3\nalpha = 0.25\n"
    "colormap = plasma\nline_width = 0.1\nfilled = no\nlabels = yes\nx_label = a\n"
    "y_label = \\beta_1\naspect = equal\ncritical = yes\n\n"
    "[loss]\nscale = log\n\n"
    "[film]\nwidth = 5\nheight = 6\ndpi = 100\ninterval_ms = 17\nfps = 60\n"
    "hold_start_ms = 0\nhold_end_ms = 1500\nloop = 3\nhtml = figure\ncounter = yes\n\n"
    "[still]\nwidth = 3.5\nheight = 2.5\ndpi = 300\nframe = 7\nsvg_size = pixels\n"
    "dots = no\nsurface_ppi = 350\n\n"
    "[claim]\nNAME = leaves(\xc3\x84 1.5) == never\n"
    "-2_b = 1 < final_loss(\"B\") != 3 < 1e3\n";

/* Whether the preset above states the key; an empty line ends a section. */
static bool is_in_everything(const struct key *key)
{
    char title[64], line[64];
    snprintf(title, sizeof title, "[%s", key->section);
    snprintf(line, sizeof line, "\n%s = ", key->name);
    const char *start = strstr(everything, title);
    const char *end = strstr(start, "\n\n"), *found = strstr(start, line);
    return found && (!end || found < end);
}

START_TEST(a_printed_preset_loads_as_the_same)
{
    struct loaded loaded = load_text(everything);
    ck_assert_str_eq(loaded.messages, "");
    char *text = printed(&loaded.preset);
    ck_assert_str_eq(text, everything);
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) { /* nothing of the table is missing above */
        ck_assert_msg(keys[i].type == KEY_LET || keys[i].type == KEY_PARAM
                          || !strcmp(keys[i].name, "function")
                          || is_in_everything(&keys[i]),
                      "%s.%s", keys[i].section, keys[i].name);
    }
    free(text);
    loaded_free(&loaded);
}
END_TEST

START_TEST(the_shipped_presets_print_and_load)
{
    struct loaded loaded = load_shipped(article[_i].name);
    char *text = printed(&loaded.preset);
    struct loaded again = load_text(text);
    char *same = printed(&again.preset);
    ck_assert(again.good);
    ck_assert_str_eq(same, text);
    free(text);
    free(same);
    loaded_free(&loaded);
    loaded_free(&again);
}
END_TEST

/* Whatever it looks like, and with every default written out. */
START_TEST(what_means_the_same_is_printed_the_same)
{
    static const char canonical[] =
        "[figure]\ncaption = a b\n\n"
        "[problem]\nformula = x + y ^ 2\nsteps = 7\nparam a = 0.1\nparam b = 20\n"
        "let r = x + 1\n\n[optimizer A b]\nmethod = momentum\nlearning_rate = 0.1\nmomentum = 0.5\n\n"
        "[film]\ndpi = 72.5\n";
    static const char *const spellings[] = {
        canonical,
        "\xef\xbb\xbf; c\r\n[film]\r\ndpi=+72.50 ; c\r\ncounter =no\r\n[optimizer\tA   b]\r\n"
        "momentum = .5\r\nlearning_rate = 1e-1\r\nmethod = momentum\r\n[loss]\r\n[problem]\r\n"
        "let  r =  x  + 1\r\nparam  b = 40 / 2\r\nparam a = .10\r\nsteps = 7\r\nformula = x +\r\n   ; c\r\n   y  ^ 2\r\n"
        "[figure]\r\ntheme = article\r\ncaption =  a \t b\r\n",
    };
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        struct loaded loaded = load_text(spellings[i]);
        ck_assert_str_eq(loaded.messages, "");
        char *text = printed_as(&loaded.preset, PRINT_CANONICAL);
        ck_assert_str_eq(text, canonical);
        free(text);
        /* All that it leaves out is what a reader fills in. */
        struct loaded again = load_text(canonical);
        char *all = printed(&loaded.preset), *same = printed(&again.preset);
        ck_assert_str_eq(all, same);
        free(all);
        free(same);
        loaded_free(&loaded);
        loaded_free(&again);
    }
}
END_TEST

/* Hostile input. */

static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* What must hold for any bytes: a clear answer, and what is good prints well. */
static void check_any(const char *bytes, size_t size)
{
    struct loaded loaded = load_bytes(bytes, size, NULL, 0);
    ck_assert(loaded.good == !loaded.report.errors);
    ck_assert(loaded.good || loaded.messages[0]);
    for (enum print_style style = PRINT_ALL; loaded.good && style <= PRINT_CANONICAL; style++) {
        char *text = printed_as(&loaded.preset, style);
        struct loaded again = load_text(text);
        ck_assert_msg(again.good, "%s%s", text, again.messages);
        char *same = printed_as(&again.preset, style);
        ck_assert_str_eq(same, text);
        free(same);
        loaded_free(&again);
        free(text);
    }
    loaded_free(&loaded);
}

START_TEST(garbage_never_crashes)
{
    unsigned state = 1;
    char bytes[600];
    for (int round = 0; round < 500; round++) {
        size_t size = next_random(&state) % sizeof bytes;
        for (size_t i = 0; i < size; i++) {
            bytes[i] = (char)next_random(&state);
        }
        check_any(bytes, size);
    }
}
END_TEST

START_TEST(damaged_presets_never_crash)
{
    static const char marks[] = "[]=;#|.,\n\n \t-+e19\xc3\xa9";
    unsigned state = 2;
    for (int round = 0; round < 1500; round++) {
        char bytes[sizeof everything];
        size_t size = sizeof everything - 1;
        memcpy(bytes, everything, size);
        for (unsigned i = 0; i <= next_random(&state) % 4; i++) {
            bytes[next_random(&state) % size] = marks[next_random(&state) % (sizeof marks - 1)];
        }
        check_any(bytes, size - next_random(&state) % 2 * (next_random(&state) % size));
    }
}
END_TEST

static double load_seconds(const char *piece, const char *tail, size_t size)
{
    struct arena arena = { 0 };
    char *text = arena_new(&arena, size + 64, 1);
    size_t used = (size_t)sprintf(text, "%s", SMALL), number = 0;
    while (used + strlen(piece) + strlen(tail) + 32 < size) {
        used += (size_t)sprintf(text + used, "%s", piece);
        used += tail[0] ? (size_t)sprintf(text + used, "%zu%s", number++, tail) : 0;
    }
    clock_t begin = clock();
    struct loaded loaded = load_bytes(text, used, NULL, 0);
    loaded_free(&loaded);
    arena_finish(&arena);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

START_TEST(large_texts_take_linear_time)
{
    /* Repeated to fill the file; with a tail, a running number in between. */
    static const struct {
        const char *piece, *tail;
    } shapes[] = {
        { "xy", "" }, { "= ;", "" }, { "[", "" }, { "a=b\n", "" }, { "\n c", "" }, { " \n", "" },
        { "[contour]\n", "" }, { "h", "=1\n" }, { "[film]\nk", "=1\n" }, { "[s", "]\n" },
        { "[optimizer ", "]\n" }, { "[problem]\nlet a", "=x\n" }, { "[contour]\nlevel", "=x\n" },
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        const size_t most = (size_t)limit_of(LIMIT_BYTES);
        double quarter = load_seconds(shapes[i].piece, shapes[i].tail, most / 4);
        double whole = load_seconds(shapes[i].piece, shapes[i].tail, most);
        ck_assert_msg(whole < 9 * quarter + 0.05, "'%s': %g s for a quarter, %g s for all",
                      shapes[i].piece, quarter, whole);
    }
}
END_TEST

/* What a megabyte may cost: an order of magnitude above what was measured, so that a
 * slow machine passes and another order of growth does not. Sanitizers take more. */
static const double HOSTILE_SECONDS = 1;
enum { HOSTILE_KIB = 64 << 10 };

/* Under a sanitizer memory is not the program's alone. */
static bool is_sanitized(void)
{
#if defined __has_feature /* clang's */
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return true;
#else
    return false;
#endif
}

START_TEST(a_hostile_megabyte_is_refused_soon_and_in_little_memory)
{
    /* What begins the file, what fills it, and what is said of it. */
    static const struct {
        const char *head, *piece, *message;
    } hostile[] = {
        { "", "x", "text before the first [section]" },
        { "", "[", "the section's ']' is missing" },
        { SMALL, "=", "there is no key before the '='" },
        { SMALL "[contour]\nlevels = ", "9", "is not a finite number" },
        { SMALL "[contour]\nlevels = ", "(", "is not a number" },
        { SMALL "[contour]\nlevels = 4\n", " 5\n", "is not a number; an indented line" },
        { SMALL "[figure]\npanels = ", "loss,", "'loss' is there twice" },
        { "[optimizer A]\nmethod = adam\n[problem]\nfunction = quad\nminimum = ", "1,1|",
          "minima; a preset has at most 1000" },
        { SMALL "[figure]\ntitle = ", "\\alpha_{", "bytes; it has at most 10000" },
        { SMALL "[contour]\n", "levels = 4\n", "'levels' is given in [contour] already" },
        { SMALL, "[contour]\n", "section [contour] is there already" },
        { SMALL, "[optimizer A]\n", "section [optimizer A] is there already" },
        { SMALL "[claim]\n", "a b = 1\n", "'a b' is given in [claim] already" },
        { SMALL "[", "\xe2\x82\xac", "the section's ']' is missing" },
    };
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        const char *head = hostile[i].head, *piece = hostile[i].piece;
        char *text = memory_new((size_t)limit_of(LIMIT_BYTES), 1);
        size_t used = (size_t)sprintf(text, "%s", head);
        for (; used + strlen(piece) < (size_t)limit_of(LIMIT_BYTES); used += strlen(piece)) {
            memcpy(text + used, piece, strlen(piece));
        }
        limit_set(LIMIT_LINE, limit_of(LIMIT_BYTES)); /* or long lines would not be looked at */
        clock_t begin = clock();
        struct loaded loaded = load_bytes(text, used, NULL, 0);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        ck_assert_msg(!loaded.good && strstr(loaded.messages, hostile[i].message), "%s: %s",
                      hostile[i].message, loaded.messages);
        ck_assert_msg(strlen(loaded.messages) < 20000, "%s", hostile[i].message);
        ck_assert_msg(seconds < HOSTILE_SECONDS, "%s: %g s", hostile[i].message, seconds);
        loaded_free(&loaded);
        free(text);
    }
    getrusage(RUSAGE_SELF, &after);
    ck_assert_msg(is_sanitized() || after.ru_maxrss - before.ru_maxrss < HOSTILE_KIB, "%ld KiB",
                  after.ru_maxrss - before.ru_maxrss);
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
    tcase_add_test(cases, the_table_of_keys_is_sound);
    tcase_add_test(cases, every_key_reads_and_prints_its_values);
    tcase_add_test(cases, a_printed_preset_loads_as_the_same);
    tcase_add_test(cases, what_means_the_same_is_printed_the_same);
    tcase_add_loop_test(cases, the_shipped_presets_print_and_load, 0, 4);
    tcase_add_test(cases, garbage_never_crashes);
    tcase_add_test(cases, damaged_presets_never_crash);
    tcase_add_test(cases, large_texts_take_linear_time);
    tcase_add_test(cases, a_hostile_megabyte_is_refused_soon_and_in_little_memory);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
