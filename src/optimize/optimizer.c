#include "optimize/optimizer.h"

#include <stdio.h>
#include <string.h>

#include "base/elementary.h"
#include "base/number.h"
#include "model/functions.h"

#define X(name) &name##_optimizer,
static const struct optimizer *const list[] = { OPTIMIZERS(X) };
#undef X

const struct optimizer *const *optimizer_list(size_t *count)
{
    *count = sizeof list / sizeof *list;
    return list;
}

const struct optimizer *optimizer_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (!strcmp(list[i]->name, name)) {
            return list[i];
        }
    }
    return NULL;
}

void optimizer_suggest(struct suggestion *near)
{
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        suggestion_offer_also(near, list[i]->name, list[i]->also);
    }
}

bool section_gives(const struct optimizer_section *section, const char *name)
{
    for (size_t i = 0; i < section->hyperparameter_count; i++) {
        if (!strcmp(section->hyperparameters[i].name.text, name)) {
            return true;
        }
    }
    return false;
}

bool run_rate(const struct run *run, size_t *index)
{
    const struct parameter *parameters = run->optimizer->parameters;
    for (size_t i = 0; parameters[i].name; i++) {
        if (!strcmp(parameters[i].name, "learning_rate")
            && parameter_exists(&parameters[i], run->dialect)) {
            *index = i;
            return true;
        }
    }
    return false;
}

bool run_may_have(const struct run *run, const char *key, struct place place,
                  struct report *report)
{
    return !run->optimizer->alone
        || report_error(report, place, "[optimizer %s] %s: %s cannot have it; only methods that "
                        "step by a gradient can", run->label, key, run->optimizer->name);
}

bool parameter_exists(const struct parameter *parameter, enum dialect dialect)
{
    return parameter->defaults[dialect] != ABSENT;
}

const char *const *parameter_words(const struct parameter *parameter)
{
    enum { WORDS_MAX = 2 };
    static const char *const words[DOMAIN_COUNT][WORDS_MAX + 1] = {
        [SWITCH] = { "no", "yes" },
        [LINE_SEARCH] = { "none", "strong-wolfe" },
        [STEP_LENGTH] = { "long", "short" },
    };
    const char *const *of = words[parameter->domain];
    return *of ? of : NULL;
}

bool parameter_allows(const struct parameter *parameter, double value)
{
    bool is_open = parameter->domain == OPEN, is_whole = parameter->domain == WHOLE;
    bool has_end = !is_open && parameter->domain != HALF_OPEN;
    return range_holds(parameter->range, value) && !(is_open && value == parameter->range.lo)
        && !(!has_end && value == parameter->range.hi)
        && !(is_whole && value != floor(value));
}

void parameter_describe(const struct parameter *parameter, char *text, size_t size)
{
    const char *const *words = parameter_words(parameter);
    if (words) {
        bool yes_first = parameter->domain == SWITCH;
        snprintf(text, size, "%s or %s", words[yes_first], words[!yes_first]);
        return;
    }
    char lo[NUMBER_SIZE], hi[NUMBER_SIZE];
    number_print(lo, parameter->range.lo, 6);
    number_print(hi, parameter->range.hi, 6);
    bool is_open = parameter->domain == OPEN;
    snprintf(text, size, "%s %s %s %s %s%s", lo, is_open ? "<" : "<=", parameter->name,
             is_open || parameter->domain == HALF_OPEN ? "<" : "<=", hi,
             parameter->domain == WHOLE ? ", a whole number" : "");
}

static double look(struct descent *descent, struct vec2 at)
{
    struct jet jet = objective_gradient(descent->objective, at, descent->run->precision);
    descent->at = at;
    descent->x.g = jet.fx;
    descent->y.g = jet.fy;
    return descent->f = jet.f;
}

double descent_look(struct descent *descent, struct vec2 at)
{
    const struct wrapping *wrapping = &descent->run->wrapping;
    double f = look(descent, at);
    if (wrapping->wrapper && wrapping->wrapper->vantage) {
        look(descent, wrapping->wrapper->vantage(descent, at, wrapping->arguments));
    }
    regime_shape(descent, at);
    return f;
}

struct vec2 descent_point(const struct descent *descent)
{
    return (struct vec2){ descent->x.x, descent->y.x };
}

struct vec2 descent_gradient(const struct descent *descent)
{
    return (struct vec2){ descent->x.g, descent->y.g };
}

/* Squares are too large long before the gradient is. */
double descent_gradient_norm(const struct descent *descent)
{
    enum precision precision = descent->run->precision;
    double x = descent->x.g, y = descent->y.g;
    double squares = rounded(rounded(x * x, precision) + rounded(y * y, precision), precision);
    if (isinf(squares) && isfinite(x) && isfinite(y)) {
        return fmin(rounded(cr_hypot(x, y), precision),
                    precision == PRECISION_SINGLE ? FLT_MAX : DBL_MAX);
    }
    return rounded(sqrt(squares), precision);
}

void descent_take_diagonal(struct descent *descent, size_t slot)
{
    struct jet jet = objective_jet(descent->objective, descent->at, descent->run->precision);
    descent->x.slots[slot] = jet.fxx;
    descent->y.slots[slot] = jet.fyy;
}

double *descent_walker(const struct descent *descent, struct coordinate *coordinate)
{
    const struct run *run = descent->run;
    bool is_average = run->optimizer->averages
                      && run->optimizer->averages(run->parameters, run->dialect);
    return is_average ? &coordinate->slots[WALKER] : &coordinate->x;
}

void descent_move(struct descent *descent, struct vec2 to)
{
    descent->x.x = rounded(to.x, descent->run->precision);
    descent->y.x = rounded(to.y, descent->run->precision);
}
