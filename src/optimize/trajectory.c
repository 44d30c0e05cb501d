#include "optimize/trajectory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/suggest.h"
#include "optimize/optimizer.h"

static const struct optimizer *resolve_method(const struct optimizer_section *section,
                                              struct report *report)
{
    const struct text *method = &section->method;
    const struct optimizer *optimizer = optimizer_by_name(method->text);
    if (optimizer) {
        return optimizer;
    }
    struct suggestion suggestion = { .wanted = method->text, .length = method->length };
    size_t count;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(&suggestion, list[i]->name);
    }
    char hint[80];
    suggestion_text(&suggestion, hint, sizeof hint);
    report_error(report, method->place, "unknown method '%s'%s", method->text, hint);
    return NULL;
}

/* The key is none of the method's: tells what is near and all that there is. */
static bool refuse_key(const struct run *run, const struct text *key, struct report *report)
{
    struct suggestion suggestion = { .wanted = key->text, .length = key->length };
    char known[512] = "", hint[80];
    size_t used = 0;
    for (const struct parameter *p = run->optimizer->parameters; p->name; p++) {
        if (parameter_exists(p, run->dialect)) {
            suggestion_offer(&suggestion, p->name);
            used += (size_t)snprintf(known + used, sizeof known - used, "%s%s",
                                     used ? ", " : "", p->name);
        }
    }
    suggestion_text(&suggestion, hint, sizeof hint);
    return report_error(report, key->place, "%s has no '%s' in this dialect%s (it takes %s)",
                        run->optimizer->name, key->text, hint, known);
}

static bool read_value(const struct parameter *parameter, const struct text *text, double *value)
{
    if (parameter->domain == SWITCH && !strcmp(text->text, "yes")) {
        *value = 1;
        return true;
    }
    if (parameter->domain == SWITCH && !strcmp(text->text, "no")) {
        *value = 0;
        return true;
    }
    return number_parse(text->text, text->length, value);
}

/* Sets one hyper-parameter of the run from its key and value. */
static bool resolve_parameter(struct run *run, const char *label,
                              const struct hyperparameter *given, struct report *report)
{
    const struct parameter *parameter = run->optimizer->parameters;
    while (parameter->name && strcmp(parameter->name, given->name.text)) {
        parameter++;
    }
    if (!parameter->name || !parameter_exists(parameter, run->dialect)) {
        return refuse_key(run, &given->name, report);
    }
    double *value = &run->parameters[parameter - run->optimizer->parameters];
    *value = 0; /* it is not missing, whatever else is wrong with it */
    if (!read_value(parameter, &given->value, value)) {
        return report_error(report, given->value.place, "[optimizer %s] %s: '%s' is not a number",
                            label, parameter->name, given->value.text);
    }
    if (!parameter_allows(parameter, *value)) {
        char domain[128];
        parameter_describe(parameter, domain, sizeof domain);
        return report_error(report, given->value.place, "[optimizer %s] %s: %s is not in %s",
                            label, parameter->name, given->value.text, domain);
    }
    return true;
}

static bool resolve_parameters(struct run *run, const struct optimizer_section *section,
                               struct report *report)
{
    const struct parameter *parameters = run->optimizer->parameters;
    bool good = true;
    for (size_t i = 0; parameters[i].name; i++) {
        bool exists = parameter_exists(&parameters[i], run->dialect);
        run->parameters[i] = exists ? parameters[i].defaults[run->dialect] : 0;
    }
    for (size_t i = 0; i < section->hyperparameter_count; i++) {
        good &= resolve_parameter(run, section->label.text, &section->hyperparameters[i], report);
    }
    for (size_t i = 0; parameters[i].name; i++) {
        if (isnan(run->parameters[i])) {
            good = report_error(report, section->place, "[optimizer %s] missing %s",
                                section->label.text, parameters[i].name);
        }
    }
    return good;
}

static bool resolve_start(struct run *run, const struct optimizer_section *section,
                          const struct objective *objective, struct report *report)
{
    run->start = section->start.given ? section->start.value : objective->start;
    if (!section->start.given
        || isfinite(objective_gradient(objective, run->start, run->precision).f)) {
        return true;
    }
    return report_error(report, section->start.place,
                        "[optimizer %s] start: the function has no finite value there",
                        section->label.text);
}

bool run_resolve(struct run *run, const struct preset *preset,
                 const struct optimizer_section *section, const struct objective *objective,
                 struct report *report)
{
    const struct problem_section *problem = &preset->problem;
    *run = (struct run){
        .label = section->label.text,
        .optimizer = resolve_method(section, report),
        .dialect = problem->dialect,
        .precision = problem->precision,
        .steps = (size_t)(section->steps.given ? section->steps.value : problem->steps),
        .color = section->color,
    };
    bool good = run->optimizer && resolve_parameters(run, section, report);
    return resolve_start(run, section, objective, report) && good;
}

static double rounded(double value, enum precision precision)
{
    return precision == PRECISION_SINGLE ? (float)value : value;
}

static struct descent descent_begin(const struct run *run, const struct objective *objective)
{
    struct descent descent = {
        .run = run,
        .objective = objective,
        .x.x = rounded(run->start.x, run->precision),
        .y.x = rounded(run->start.y, run->precision),
    };
    if (run->optimizer->init) {
        run->optimizer->init(run->parameters, run->dialect, descent.x.slots);
        run->optimizer->init(run->parameters, run->dialect, descent.y.slots);
    }
    return descent;
}

void trajectory_run(struct trajectory *trajectory, const struct run *run,
                    const struct objective *objective)
{
    *trajectory = (struct trajectory){
        .label = run->label,
        .color = run->color,
        .precision = run->precision,
        .points = memory_new(run->steps, sizeof *trajectory->points),
        .losses = memory_new(run->steps, sizeof *trajectory->losses),
    };
    struct descent descent = descent_begin(run, objective);
    while (trajectory->count < run->steps && !trajectory->diverged) {
        struct vec2 at = { descent.x.x, descent.y.x };
        double loss = descent_look(&descent, at);
        trajectory->points[trajectory->count] = at;
        trajectory->losses[trajectory->count] = loss;
        trajectory->diverged = !isfinite(at.x) || !isfinite(at.y) || !isfinite(loss);
        descent.t = ++trajectory->count;
        run->optimizer->step(&descent);
    }
}

void trajectory_finish(struct trajectory *trajectory)
{
    free(trajectory->points);
    free(trajectory->losses);
    *trajectory = (struct trajectory){ 0 };
}
