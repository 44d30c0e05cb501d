#include "optimize/trajectory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/suggest.h"
#include "load/keys.h"
#include "load/words.h"
#include "model/functions.h"
#include "optimize/optimizer.h"

static const struct optimizer *resolve_method(const struct optimizer_section *section,
                                              struct report *report)
{
    const struct text *method = &section->method;
    if (!method->text) {
        return NULL; /* the loader has said so */
    }
    const struct optimizer *optimizer = optimizer_by_name(method->text);
    if (optimizer) {
        return optimizer;
    }
    struct suggestion near = { .wanted = method->text, .length = method->length };
    char hint[80];
    optimizer_suggest(&near);
    suggestion_or_list(&near, "optimizers", hint, sizeof hint);
    report_error(report, method->place, "unknown method '%s'%s",
                 words_shown(method->text, method->length).text, hint);
    return NULL;
}

/* What people call a parameter elsewhere. */
static const char *other_names(const char *parameter)
{
    static const struct {
        const char *name, *also;
    } rows[] = {
        { "learning_rate", "lr, rate, eta" },
        { "epsilon", "eps" },
        { "momentum", "mu, beta" },
        { "beta1", "betas, b1" },
        { "decay", "rho" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!strcmp(rows[i].name, parameter)) {
            return rows[i].also;
        }
    }
    return NULL;
}

/* What the method takes in the run's dialect, and what is near to the key. */
static void list_parameters(const struct run *run, struct suggestion *near, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (const struct parameter *p = run->optimizer->parameters; p->name && used < size; p++) {
        if (parameter_exists(p, run->dialect)) {
            suggestion_offer_also(near, p->name, other_names(p->name));
            used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "", p->name);
        }
    }
}

/* Refuses a key that the method has in no dialect, or not in the run's. */
static bool refuse_key(const struct run *run, const struct text *key, bool is_dialects,
                       struct report *report)
{
    const char *method = run->optimizer->name;
    struct suggestion near = { .wanted = key->text, .length = key->length };
    char known[256], hint[128];
    if (report->errors >= REPORT_MAX) { /* hints are costly, and nobody would see them */
        return report_error(report, key->place, "unknown key");
    }
    list_parameters(run, &near, known, sizeof known);
    if (is_dialects) {
        return report_error(report, key->place,
                            "[optimizer %s] %s has no %s in the dialect %s (it takes %s)",
                            run->label, method, key->text,
                            key_find("problem", "dialect")->choices[run->dialect], known);
    }
    suggestion_text(&near, hint, sizeof hint);
    return report_error(report, key->place, "[optimizer %s] unknown key '%s'%s (%s takes %s)",
                        run->label, words_shown(key->text, key->length).text,
                        near.best ? hint : key_hint("optimizer", key->text).text, method, known);
}

/* A number, or the number of a word. */
static bool read_value(const struct parameter *parameter, const struct text *text, double *value)
{
    const char *const *words = parameter_words(parameter);
    if (!words) {
        return number_parse(text->text, text->length, value);
    }
    size_t i = 0;
    while (words[i] && strcmp(words[i], text->text)) {
        i++;
    }
    *value = words[i] ? (double)i : 0;
    return words[i];
}

/* Sets one hyper-parameter of the run from its key and value. */
static bool resolve_parameter(struct run *run, const struct hyperparameter *given,
                              struct report *report)
{
    const struct parameter *parameter = run->optimizer->parameters;
    while (parameter->name && strcmp(parameter->name, given->name.text)) {
        parameter++;
    }
    if (!parameter->name || !parameter_exists(parameter, run->dialect)) {
        return refuse_key(run, &given->name, parameter->name != NULL, report);
    }
    double *value = &run->parameters[parameter - run->optimizer->parameters];
    struct shown shown = words_shown(given->value.text, given->value.length);
    *value = 0; /* it is not missing, whatever else is wrong with it */
    if (!given->value.length) {
        return false; /* the loader has said so */
    }
    if (!read_value(parameter, &given->value, value)) {
        char words[128];
        parameter_describe(parameter, words, sizeof words);
        const char *wanted = parameter_words(parameter) ? words
                             : strchr(given->value.text, ',')
                                 ? "a number; write a decimal point, not a comma" : "a number";
        return report_error(report, given->value.place, "[optimizer %s] %s: '%s' is not %s",
                            run->label, parameter->name, shown.text, wanted);
    }
    if (!parameter_allows(parameter, *value)) {
        char domain[128];
        parameter_describe(parameter, domain, sizeof domain);
        return report_error(report, given->value.place, "[optimizer %s] %s: %s is not in %s",
                            run->label, parameter->name, shown.text, domain);
    }
    return true;
}

static double least_value(const struct objective *objective, enum precision precision)
{
    double least = INFINITY;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        least = fmin(least, objective_gradient(objective, objective->minima[i], precision).f);
    }
    return least;
}

/* Whether a run has a value for the parameter when its preset gives none. */
static bool has_default(const struct parameter *parameter, enum dialect dialect)
{
    return parameter_exists(parameter, dialect) && !isnan(parameter->defaults[dialect]);
}

/* In the dialect that the run has; others may have a default. */
static bool refuse_missing(const struct run *run, const struct parameter *parameter,
                           struct place place, struct report *report)
{
    const char *const *names = key_find("problem", "dialect")->choices;
    size_t count = 0;
    char others[128] = "";
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
        if (has_default(parameter, dialect)) {
            size_t used = strlen(others);
            snprintf(others + used, sizeof others - used, "%s%s", count++ ? ", " : "; ",
                     names[dialect]);
        }
    }
    return report_error(report, place, "[optimizer %s] missing %s: the dialect %s has no default"
                        "%s%s", run->label, parameter->name, names[run->dialect], others,
                        !count ? "" : count == 1 ? " has one" : " have one");
}

/* What no value was given for and the function has one. */
static bool resolve_least(struct run *run, const struct parameter *parameter, double *value,
                          const struct optimizer_section *section,
                          const struct objective *objective, struct report *report)
{
    if (!objective) {
        return false;
    }
    *value = least_value(objective, run->precision);
    return isfinite(*value)
        || report_error(report, section->place, "[optimizer %s] missing %s: the function has no "
                        "stated minimum", run->label, parameter->name);
}

/* Refuses values that do not go with each other, where that one is given. */
static bool check_together(const struct run *run, const struct optimizer_section *section,
                           struct report *report)
{
    const struct optimizer *optimizer = run->optimizer;
    size_t index = 0;
    const char *objection = optimizer->objection
                            ? optimizer->objection(run->parameters, run->dialect, &index) : NULL;
    const char *name = optimizer->parameters[index].name;
    struct place place = section->place;
    for (size_t i = 0; i < section->hyperparameter_count; i++) {
        const struct hyperparameter *given = &section->hyperparameters[i];
        place = strcmp(given->name.text, name) ? place : given->value.place;
    }
    return !objection || report_error(report, place, "[optimizer %s] %s: %s", run->label, name,
                                      objection);
}

static bool resolve_parameters(struct run *run, const struct optimizer_section *section,
                               const struct objective *objective, struct report *report)
{
    const struct parameter *parameters = run->optimizer->parameters;
    bool good = true;
    for (size_t i = 0; parameters[i].name; i++) {
        bool exists = parameter_exists(&parameters[i], run->dialect);
        run->parameters[i] = exists ? parameters[i].defaults[run->dialect] : 0;
    }
    for (size_t i = 0; i < section->hyperparameter_count; i++) {
        good &= resolve_parameter(run, &section->hyperparameters[i], report);
    }
    bool is_scheduled = schedule_resolve(run, section, report);
    good = good && is_scheduled;
    for (size_t i = 0; parameters[i].name; i++) {
        if (!is_scheduled && !strcmp(parameters[i].name, "learning_rate")) {
            continue; /* the mistaken schedule may have it */
        }
        if (isnan(run->parameters[i])) {
            good = refuse_missing(run, &parameters[i], section->place, report);
        } else if (run->parameters[i] == LEAST_VALUE) {
            good &= resolve_least(run, &parameters[i], &run->parameters[i], section, objective,
                                  report);
        }
    }
    return good && check_together(run, section, report);
}

static bool resolve_start(struct run *run, const struct optimizer_section *section,
                          const struct objective *objective, struct report *report)
{
    if (!objective) {
        return false;
    }
    struct vec2 start = section->start.given ? section->start.value : objective->start;
    run->start.x = rounded(start.x, run->precision);
    run->start.y = rounded(start.y, run->precision);
    if (!section->start.given
        || isfinite(objective_gradient(objective, run->start, run->precision).f)) {
        return true;
    }
    return report_error(report, section->start.place,
                        "[optimizer %s] start: the function has no finite value there",
                        run->label);
}

bool run_resolve(struct run *run, const struct preset *preset,
                 const struct optimizer_section *section, const struct objective *objective,
                 struct report *report)
{
    const struct problem_section *problem = &preset->problem;
    *run = (struct run){
        .label = section->label.text,
        .optimizer = resolve_method(section, report),
        .dialect = section->dialect ? (enum dialect)(section->dialect - 1) : problem->dialect,
        .precision = problem->precision,
        .steps = (size_t)(section->steps.given ? section->steps.value : problem->steps),
        .color = section->color,
    };
    bool good = run->optimizer;
    if (good) { /* each judges what it knows */
        good = resolve_parameters(run, section, objective, report);
        good &= regime_resolve(run, section, report);
        good &= wrapper_resolve(run, section, report);
    }
    return resolve_start(run, section, objective, report) && good;
}

