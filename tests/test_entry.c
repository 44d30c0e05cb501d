/* What a legend's entries say, and which placeholders are refused. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "figure.h"
#include "optimize/optimizer.h"

/* What the entries of quad say. GD has one parameter, Momentum two; in double
 * precision GD's loss falls from 80 by the factor 0.36 each step, 19 times. */
#define TWENTY_LETTERS "abcdefghijklmnopqrst"
static const struct {
    const char *text;
    const char *first[ENTRY_LINES_MAX], *second[ENTRY_LINES_MAX];
} fillings[] = {
    { "{label}", { "GD" }, { "Momentum" } },
    { "{label} | {parameters}", { "GD", "lr 0.2" }, { "Momentum", "lr 0.2, \\beta 0.3" } },
    { "{method}, {steps} steps", { "Gradient descent, 20 steps" }, { "Momentum, 20 steps" } },
    { "{label} | loss {final_loss}", { "GD", "loss 2.971×10^{-7}" }, { NULL } },
    { "{label} | \\beta_{1} = {momentum}", { "GD" }, { "Momentum", "\\beta_{1} = 0.3" } },
    { "{label} | lr {learning_rate}, \\beta {momentum}", { "GD", "lr 0.2, \\beta –" },
      { "Momentum", "lr 0.2, \\beta 0.3" } },
    { "{momentum}", { "GD" }, { "0.3" } },
    { "{decay}{label}", { "–GD" }, { "–Momentum" } },
    { "{{label}} {label}", { "\\{label\\} GD" }, { "\\{label\\} Momentum" } },
    { "{{{label}}}", { "\\{GD\\}" }, { "\\{Momentum\\}" } },
    { "x_{min}^{max} {label}", { "x_{min}^{max} GD" }, { "x_{min}^{max} Momentum" } },
    { "x_{a_{1}} | {label}", { "x_{a_{1}}", "GD" }, { "x_{a_{1}}", "Momentum" } },
    { "\\{label} \\_{label}", { "\\{label} \\_GD" }, { "\\{label} \\_Momentum" } },
    { "{Label} { label } {label", { "{Label} { label } {label" }, { NULL } },
    { "a|b | {label} | c", { "a|b", "GD", "c" }, { "a|b", "Momentum", "c" } },
    { "", { "GD" }, { "Momentum" } },
};
enum { FILLINGS = sizeof fillings / sizeof *fillings };

static void check_lines(const struct figure *figure, size_t index, const char *text,
                        const char *const *lines)
{
    struct arena arena = { 0 };
    struct entry_subject subject = { &figure->preset.optimizers[index], &figure->runs[index],
                                     &figure->trajectories[index] };
    struct entry entry = entry_fill(&arena, text, &subject);
    for (size_t i = 0; i < ENTRY_LINES_MAX && lines[0]; i++) {
        ck_assert_msg((i < entry.count) == (lines[i] != NULL), "%s: %zu lines", text, entry.count);
        if (lines[i]) {
            ck_assert_str_eq(entry.lines[i], lines[i]);
        }
    }
    arena_finish(&arena);
}

START_TEST(placeholders_are_filled_in)
{
    static const char *overrides[] = { "problem.precision=double", NULL };
    struct figure figure;
    figure_init(&figure, "quad", overrides);
    check_lines(&figure, 0, fillings[_i].text, fillings[_i].first);
    check_lines(&figure, 1, fillings[_i].text, fillings[_i].second);
    figure_finish(&figure);
}
END_TEST

START_TEST(what_stands_around_a_method_is_declared)
{
    static const char *overrides[] = {
        "optimizer GD.clip_norm=1", "optimizer GD.weight_decay=0.01",
        "optimizer GD.schedule=cosine", "optimizer Momentum.clip_value=2",
        "optimizer GD.wrap=lookahead(k 3)", "optimizer Momentum.wrap=sam",
        "optimizer Momentum.schedule=one-cycle(final_div 10, warmup 4)",
        "optimizer Momentum.weight_decay=0.5", "optimizer Momentum.decoupled_weight_decay=yes",
        "optimizer Momentum.nesterov=yes", NULL
    };
    static const char *const lines[2][ENTRY_LINES_MAX] = {
        { "lr cosine 0.2 .. 0, clip 1, coupled decay 0.01, lookahead k 3 \\alpha 0.5",
          "1 0.01 cosine 0.2 .. 0 tensorflow1" },
        { "lr one-cycle 0.2, final div 10, warmup 4, \\beta 0.3, nesterov, clip \u00b12, "
          "decoupled decay 0.5, sam \\rho 0.05", "2 sam \\rho 0.05" },
    };
    struct figure figure;
    figure_init(&figure, "quad", overrides);
    check_lines(&figure, 0, "{parameters} | {clip_norm} {weight_decay} {schedule} {dialect}",
                lines[0]);
    check_lines(&figure, 1, "{parameters} | {clip_value} {wrap}", lines[1]);
    figure_finish(&figure);
}
END_TEST

/* AdamW decays by 0.01 though the preset does not say so. */
START_TEST(a_methods_own_decay_is_declared)
{
    static const char *overrides[] = { "optimizer GD.method=adamw", NULL };
    static const char *const lines[ENTRY_LINES_MAX] = { "lr 0.2, decoupled decay 0.01" };
    struct figure figure;
    figure_init(&figure, "quad", overrides);
    check_lines(&figure, 0, "{parameters}", lines);
    figure_finish(&figure);
}
END_TEST

/* What the legend says of the first run where there is another. */
static const struct {
    const char *label, *other, *shown;
} label_cuts[] = {
    { TWENTY_LETTERS TWENTY_LETTERS, "GD", TWENTY_LETTERS TWENTY_LETTERS },
    { "ö" TWENTY_LETTERS TWENTY_LETTERS, "GD", "ö" TWENTY_LETTERS "abcdefghijklmnopqrs…" },
    { TWENTY_LETTERS TWENTY_LETTERS "ö", TWENTY_LETTERS TWENTY_LETTERS "ä",
      TWENTY_LETTERS "…bcdefghijklmnopqrstö" },
    { TWENTY_LETTERS TWENTY_LETTERS "1" TWENTY_LETTERS,
      TWENTY_LETTERS TWENTY_LETTERS "2" TWENTY_LETTERS,
      TWENTY_LETTERS TWENTY_LETTERS "1" TWENTY_LETTERS },
    { TWENTY_LETTERS TWENTY_LETTERS "1", TWENTY_LETTERS TWENTY_LETTERS "1",
      TWENTY_LETTERS TWENTY_LETTERS "…" },
};
enum { LABEL_CUTS = sizeof label_cuts / sizeof *label_cuts };

/* However many parts its lines would be broken into. */
START_TEST(an_entry_has_room_for_all_its_lines)
{
    static const char *overrides[] = {
        "figure.theme=article", "figure.layout=wide", "film.width=5",
        "figure.legend_text={label} | aaaaaaaaaaaa, bbbbbbbbbbbb, cccccccccccc, dddddddddddd, "
        "eeeeeeeeeeee, ffffffffffff, gggggggggggg, hhhhhhhhhhhh, iiiiiiiiiiii, jjjjjjjjjjjj | "
        "kkkkkkkkkkkk, llllllllllll, mmmmmmmmmmmm, nnnnnnnnnnnn, oooooooooooo, pppppppppppp, "
        "qqqqqqqqqqqq, rrrrrrrrrrrr, ssssssssssss, tttttttttttt, uuuuuuuuuuuu, vvvvvvvvvvvv", NULL
    };
    struct figure figure;
    figure_init(&figure, "quad", overrides);
    const struct legend *legend = &figure.film.legend;
    ck_assert_uint_eq(legend->count, 2);
    for (size_t i = 0; i < legend->count; i++) {
        ck_assert_uint_le(legend->entries[i].line_count, LEGEND_LINES_MAX);
    }
    figure_finish(&figure);
}
END_TEST

START_TEST(long_labels_are_cut_but_not_to_be_alike)
{
    struct arena arena = { 0 };
    struct run runs[] = { { .label = label_cuts[_i].label }, { .label = label_cuts[_i].other } };
    ck_assert_str_eq(entry_label(&arena, runs, 2, 0), label_cuts[_i].shown);
    arena_finish(&arena);
}
END_TEST

/* Where the mistake stands and what is said about it; length 0: no mistake. */
static const struct {
    const char *text;
    size_t offset, length;
    const char *message;
} checks[] = {
    { "{label} | {parameters} | {final_loss} {steps} {method}", 0, 0, NULL },
    { "{learning_rate} {beta1} {beta2} {decay} {centered} {initial_accumulator}", 0, 0, NULL },
    { "x_{min} \\beta_{1} {{lable}} { } {", 0, 0, NULL },
    { "{lable}", 1, 5, "unknown placeholder {lable}; did you mean 'label'?" },
    { "{label} lr={learning_rat}", 12, 12, "did you mean 'learning_rate'?" },
    { "{}{xyzzy_q}", 3, 7,
      "there are {label}, {method}, {parameters}, {final_loss}, {steps}, {schedule}, {clip_norm}, "
      "{clip_value}, {weight_decay}, {wrap}, {dialect} and hyper-parameters" },
    { "a | b | c | d", 9, 3, "at most 3 lines" },
};
enum { CHECKS = sizeof checks / sizeof *checks };

START_TEST(wrong_placeholders_are_refused)
{
    struct report report = { 0 };
    struct source source = { "test", checks[_i].text, strlen(checks[_i].text) };
    struct text text = { source.text, source.size, { &source, 0, source.size } };
    ck_assert(entry_check(&text, &report) == !checks[_i].length);
    ck_assert_uint_eq(report.errors, checks[_i].length > 0);
    if (report.count) {
        ck_assert_uint_eq(report.entries[0].place.offset, checks[_i].offset);
        ck_assert_uint_eq(report.entries[0].place.length, checks[_i].length);
        ck_assert_ptr_nonnull(strstr(report.entries[0].message, checks[_i].message));
    }
    report_finish(&report);
}
END_TEST

START_TEST(a_preset_with_a_wrong_placeholder_is_refused)
{
    static const char *overrides[] = { "figure.legend_text={label} {rate}" };
    struct preset preset;
    struct report report = { 0 };
    struct error err = { 0 };
    struct look look;
    ck_assert(preset_load(&preset, test_path("../presets/quad.ini"), overrides, 1, &report, &err));
    ck_assert(!look_resolve(&look, &preset, &report));
    ck_assert_uint_eq(report.errors, 1);
    preset_finish(&preset);
    report_finish(&report);
}
END_TEST

/* A run to which the preset gives every parameter that its dialect has. */
static void check_parameters(const struct optimizer *optimizer, enum dialect dialect)
{
    struct hyperparameter given[RUN_PARAMETERS_MAX];
    struct optimizer_section section = { .hyperparameters = given };
    struct run run = { .label = "A", .optimizer = optimizer, .dialect = dialect };
    struct arena arena = { 0 };
    for (const struct parameter *p = optimizer->parameters; p->name; p++) {
        if (parameter_exists(p, dialect)) {
            run.parameters[p - optimizer->parameters] = parameter_words(p) ? 1 : 0.25;
            given[section.hyperparameter_count++].name.text = p->name;
        }
    }
    struct entry_subject subject = { &section, &run, NULL };
    const char *at = entry_fill(&arena, "{parameters}", &subject).lines[0];
    ck_assert_ptr_null(text_missing(&arena, at));
    const struct text_run *shaped = text_markup(&arena, at, 10);
    for (size_t i = 0; i < shaped->count; i++) {
        ck_assert_msg(!strchr("\\_{}", (int)shaped->glyphs[i].code), "%s", at);
    }
    for (const struct parameter *p = optimizer->parameters; p->name; p++) {
        char pair[64];
        const char *const *words = parameter_words(p);
        snprintf(pair, sizeof pair, "%s%s%s", p->symbol, p->domain == SWITCH ? "" : " ",
                 p->domain == SWITCH ? "" : words ? words[1] : "0.25");
        at = parameter_exists(p, dialect) ? strstr(at, pair) : at;
        ck_assert_msg(at, "%s: %s", optimizer->name, pair);
    }
    arena_finish(&arena);
}

START_TEST(every_parameter_has_a_symbol_that_the_font_has)
{
    size_t count;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
            check_parameters(list[i], dialect);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("entry");
    TCase *cases = tcase_create("entry");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, placeholders_are_filled_in, 0, FILLINGS);
    tcase_add_test(cases, what_stands_around_a_method_is_declared);
    tcase_add_test(cases, a_methods_own_decay_is_declared);
    tcase_add_loop_test(cases, long_labels_are_cut_but_not_to_be_alike, 0, LABEL_CUTS);
    tcase_add_loop_test(cases, wrong_placeholders_are_refused, 0, CHECKS);
    tcase_add_test(cases, a_preset_with_a_wrong_placeholder_is_refused);
    tcase_add_test(cases, every_parameter_has_a_symbol_that_the_font_has);
    tcase_add_test(cases, an_entry_has_room_for_all_its_lines);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
