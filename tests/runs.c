#include "runs.h"

#include <stdio.h>
#include <string.h>

#include "load/keys.h"
#include "load/value.h"
#include "support.h"

struct text text_at(const char *text, size_t offset)
{
    size_t length = strlen(text);
    return (struct text){ text, length, { NULL, offset, length } };
}

/* The section's own keys and, beside them, hyper-parameters, as the loader tells them apart. */
static void read_keys(struct optimizer_section *section, const struct setting *setting,
                      struct report *report)
{
    struct value_reader reader = { "optimizer Label", &report->arena, report };
    for (size_t i = 0; i < KEYS_MAX && setting->keys[i][0]; i++) {
        const struct key *key = key_find("optimizer", setting->keys[i][0]);
        struct text value = text_at(setting->keys[i][1], AT_VALUE);
        if (key) {
            value_read(&reader, key, &value, section);
        } else {
            section->hyperparameters[section->hyperparameter_count++] = (struct hyperparameter){
                text_at(setting->keys[i][0], AT_KEY), value
            };
        }
    }
}

bool setting_resolve(struct ready *ready, const struct setting *setting, enum dialect dialect,
                     enum precision precision, struct report *report)
{
    struct hyperparameter parameters[KEYS_MAX];
    struct optimizer_section section = {
        .label = text_at("Label", 0),
        .method = text_at(setting->method, AT_METHOD),
        .hyperparameters = parameters,
        .start = { true, { setting->start_x, setting->start_y }, { NULL, AT_START, 1 } },
        .place = { NULL, AT_SECTION, 1 },
    };
    read_keys(&section, setting, report);
    bool is_formula = *setting->function == '=';
    struct preset preset = { .problem = {
        .function = is_formula ? (struct text){ 0 } : text_at(setting->function, 0),
        .formula = is_formula ? text_at(setting->function + 1, 0) : (struct text){ 0 },
        .start = { is_formula, section.start.value, { 0 } },
        .x = { is_formula, { -4, 4 }, { 0 } },
        .y = { is_formula, { -4, 4 }, { 0 } },
        .steps = setting->steps,
        .dialect = dialect,
        .precision = precision,
    } };
    ck_assert(objective_init(&ready->objective, &preset.problem, report));
    return run_resolve(&ready->run, &preset, &section, &ready->objective, report);
}

void setting_is_refused(const struct setting *setting, const char *key, const char *message,
                        size_t at)
{
    struct report report = { 0 };
    struct ready ready;
    char expected[240];
    ck_assert(!setting_resolve(&ready, setting, DIALECT_PYTORCH, PRECISION_SINGLE, &report));
    ck_assert_uint_eq(report.errors, 1);
    snprintf(expected, sizeof expected, "[optimizer Label] %s: %s", key, message);
    ck_assert_str_eq(report.entries[0].message, expected);
    ck_assert_uint_eq(report.entries[0].place.offset, AT_VALUE + at);
    objective_finish(&ready.objective);
    report_finish(&report);
}

struct trajectory setting_run(const struct setting *setting, enum dialect dialect,
                              enum precision precision)
{
    struct report report = { 0 };
    struct ready ready;
    struct trajectory trajectory;
    bool good = setting_resolve(&ready, setting, dialect, precision, &report);
    ck_assert_msg(good, "%s %s: %s", setting->figure, setting->method,
                  good ? "" : report.entries[0].message);
    trajectory_run(&trajectory, &ready.run, &ready.objective);
    objective_finish(&ready.objective);
    report_finish(&report);
    return trajectory;
}
