#include "optimize/schedule.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/elementary.h"
#include "base/number.h"
#include "base/suggest.h"
#include "load/words.h"
#include "optimize/optimizer.h"

static double line(double from, double to, double share)
{
    return from + (to - from) * share;
}

/* Half a wave. */
static double wave(double from, double to, double share)
{
    return to + (from - to) / 2 * (1 + cr_cos(PI * share));
}

/* --- the rates; a row's arguments are arguments[0], [1] ... */

static double rate_constant(const struct schedule *s, double t, double length)
{
    (void)t, (void)length;
    return s->rates[0];
}

static double rate_linear(const struct schedule *s, double t, double length)
{
    return line(s->rates[0], s->rates[1], t / length);
}

static double rate_polynomial(const struct schedule *s, double t, double length)
{
    return line(s->rates[1], s->rates[0], cr_pow(1 - t / length, s->arguments[0]));
}

static double rate_cosine(const struct schedule *s, double t, double length)
{
    return wave(s->rates[0], s->rates[1], t / length);
}

static double rate_exponential(const struct schedule *s, double t, double length)
{
    (void)length;
    return s->rates[0] * cr_pow(s->arguments[0], t / s->arguments[1]);
}

static double rate_inverse_time(const struct schedule *s, double t, double length)
{
    (void)length;
    return s->rates[0] / (1 + s->arguments[0] * t);
}

static double rate_step(const struct schedule *s, double t, double length)
{
    (void)length;
    return s->rates[0] * cr_pow(s->arguments[0], floor(t / s->arguments[1]));
}

/* How many of the list have come. */
static size_t passed(const struct schedule *s, double t)
{
    size_t count = 0;
    while (count < s->list_count && s->list[count] <= t) {
        count++;
    }
    return count;
}

static double rate_multistep(const struct schedule *s, double t, double length)
{
    (void)length;
    return s->rates[0] * cr_pow(s->arguments[0], (double)passed(s, t));
}

static double rate_piecewise(const struct schedule *s, double t, double length)
{
    (void)length;
    return s->rates[passed(s, t)];
}

static double rate_restarts(const struct schedule *s, double t, double length)
{
    double every = s->arguments[0], growth = s->arguments[1];
    (void)length;
    if (growth == 1) {
        t -= every * floor(t / every);
    }
    while (t >= every) {
        t -= every;
        every *= growth;
    }
    return wave(s->rates[0], s->rates[1], t / every);
}

static double rate_cyclic(const struct schedule *s, double t, double length)
{
    double up = s->arguments[0], down = s->arguments[1];
    (void)length;
    t -= (up + down) * floor(t / (up + down));
    return t < up ? line(s->rates[0], s->rates[1], t / up)
                  : line(s->rates[1], s->rates[0], (t - up) / down);
}

/* The peak is at up*T - 1 and the last value at T - 1, as torch has it. */
static double rate_one_cycle(const struct schedule *s, double t, double length)
{
    double peak = s->rates[0], low = peak / s->arguments[0], end = low / s->arguments[1];
    double top = s->arguments[2] * length - 1;
    return t < top ? wave(low, peak, t / top)
                   : wave(peak, end, (t - fmax(top, 0)) / (length - 1 - fmax(top, 0)));
}

static double rate_wsd(const struct schedule *s, double t, double length)
{
    double decay = s->arguments[0] * length, stable = length - decay;
    return t < stable ? s->rates[0] : line(s->rates[0], s->rates[1], (t - stable) / decay);
}

/* --- the table */

#define STEPS(name, standard) { name, standard, { 1, 1e9 }, .is_whole = true }
#define STEP_LIST(name) { name, NAN, { 1, 1e9 }, .is_whole = true, .is_list = true }
#define NUMBER(name, standard, lo, hi) { name, standard, { lo, hi }, .is_whole = false }
#define GAMMA(standard) NUMBER("gamma", standard, 0, 1)

static const struct schedule_kind kinds[] = {
    { "constant", 1, 0, { { 0 } }, "a", "the methods' papers",
      "the rate stays, after a warmup if there is one", rate_constant },
    { "linear", 2, 0, { { 0 } }, "a + (b - a)*t/T", "torch LinearLR",
      "along a line to b", rate_linear },
    { "polynomial", 2, 0, { NUMBER("power", 2, 0, 100) }, "b + (a - b)*(1 - t/T)^power",
      "torch PolynomialLR", "ever slower to b", rate_polynomial },
    { "cosine", 2, 0, { { 0 } }, "b + (a - b)/2*(1 + cos(pi*t/T))",
      "Loshchilov & Hutter 2017, SGDR", "half a wave to b", rate_cosine },
    { "exponential", 1, 0, { GAMMA(NAN), STEPS("every", 1) }, "a*gamma^(t/every)",
      "torch ExponentialLR", "by the factor gamma over every so many steps", rate_exponential },
    { "inverse-time", 1, 0, { NUMBER("decay", NAN, 0, 1e6) }, "a/(1 + decay*t)",
      "Robbins & Monro 1951", "as 1/t", rate_inverse_time },
    { "step", 1, 0, { GAMMA(0.1), STEPS("every", NAN) }, "a*gamma^floor(t/every)",
      "torch StepLR", "by the factor gamma at once, every so many steps", rate_step },
    { "multistep", 1, 0, { GAMMA(0.1), STEP_LIST("at") }, "a*gamma^(how many of at are <= t)",
      "torch MultiStepLR", "by the factor gamma at the steps that are named", rate_multistep },
    { "piecewise", SCHEDULE_NUMBERS_MAX, NAN, { STEP_LIST("at") },
      "the rate after as many as of at are <= t", "Keras PiecewiseConstantDecay",
      "the next rate at each step that is named", rate_piecewise },
    { "cosine-restarts", 2, 0,
      { STEPS("every", NAN), { "growth", 1, { 1, 100 }, .is_whole = true } },
      "b + (a - b)/2*(1 + cos(pi*t/every)), t from 0 and every*growth at each restart",
      "Loshchilov & Hutter 2017, SGDR", "half waves to b, each growth times as long",
      rate_restarts },
    { "cyclic", 2, NAN, { STEPS("up", NAN), STEPS("down", NAN) },
      "a + (b - a)*t/up, then b + (a - b)*(t - up)/down, again and again",
      "Smith 2017, Cyclical learning rates", "up to b and down to a in triangles", rate_cyclic },
    { "one-cycle", 1, 0,
      { NUMBER("div", 25, 1, 1e9), NUMBER("final_div", 1e4, 1, 1e9), NUMBER("up", 0.3, 0, 0.99) },
      "half a wave from a/div to a until up*T - 1, then one to a/div/final_div until T - 1",
      "Smith & Topin 2018, Super-convergence; torch OneCycleLR",
      "up to a in the share up of the steps, and far down", rate_one_cycle },
    { "wsd", 2, 0, { NUMBER("decay", 0.2, 0.001, 1) },
      "a, in the last decay*T steps along a line to b", "Hu et al. 2024, MiniCPM",
      "warmup, stable, decay: stays and falls in the last share of the steps", rate_wsd },
};
enum { COUNT = sizeof kinds / sizeof *kinds };

static const struct schedule_argument warmup = { "warmup", 0, { 0, 1e9 }, .is_whole = true };

const struct schedule_kind *schedule_list(size_t *count)
{
    *count = COUNT;
    return kinds;
}

static bool is_argument(const struct schedule_kind *kind, size_t index)
{
    return index < SCHEDULE_ARGUMENTS_MAX && kind->arguments[index].name;
}

static const char *argument_usage(const struct schedule_argument *argument, struct arena *arena)
{
    char number[NUMBER_SIZE];
    number_print_shortest(number, argument->standard);
    return arena_printf(arena, "%s %s", argument->name,
                        argument->is_list ? "N N ..." : isnan(argument->standard) ? "N" : number);
}

const char *schedule_usage(const struct schedule_kind *kind, struct arena *arena)
{
    const char *text = kind->rates_max == 1 ? "learning_rate"
                       : kind->rates_max > 2 ? "learning_rate .. B .. C ..."
                       : isnan(kind->last) ? "learning_rate .. B" : "learning_rate .. 0";
    for (size_t i = 0; is_argument(kind, i); i++) {
        text = arena_printf(arena, "%s, %s", text, argument_usage(&kind->arguments[i], arena));
    }
    return arena_printf(arena, "%s, %s", text, argument_usage(&warmup, arena));
}

/* --- from a preset */

/* One schedule that is resolved. */
struct resolving {
    struct run *run;
    const struct optimizer_section *section;
    struct report *report;
    const struct call_item *given[SCHEDULE_ARGUMENTS_MAX + 1]; /* the last is the warmup */
    const struct call_item *rates;
};

__attribute__((format(printf, 3, 4)))
static bool refuse(const struct resolving *r, struct place place, const char *format, ...)
{
    char message[320];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return report_error(r->report, place, "[optimizer %s] schedule: %s", r->run->label, message);
}

static bool resolve_kind(struct resolving *r)
{
    const struct text *name = &r->section->schedule.name;
    struct suggestion near = { .wanted = name->text, .length = name->length };
    for (size_t i = 0; i < COUNT; i++) {
        if (!strcmp(kinds[i].name, name->text)) {
            r->run->schedule.kind = &kinds[i];
            return true;
        }
        suggestion_offer(&near, kinds[i].name);
    }
    char hint[80];
    suggestion_text(&near, hint, sizeof hint);
    return refuse(r, name->place, "unknown schedule '%s'%s",
                  words_shown(name->text, name->length).text,
                  *hint ? hint : "; 'optrender list schedules' shows them");
}

/* Where the rate is among the run's parameters. */
static bool resolve_parameter(struct resolving *r)
{
    const struct parameter *parameters = r->run->optimizer->parameters;
    for (size_t i = 0; parameters[i].name && !r->run->optimizer->alone; i++) {
        if (!strcmp(parameters[i].name, "learning_rate")
            && parameter_exists(&parameters[i], r->run->dialect)) {
            r->run->schedule.parameter = i;
            return true;
        }
    }
    return refuse(r, r->section->schedule.name.place, "%s has no learning rate",
                  r->run->optimizer->name);
}

static const struct schedule_argument *argument_at(const struct resolving *r, size_t index)
{
    return index < SCHEDULE_ARGUMENTS_MAX ? &r->run->schedule.kind->arguments[index] : &warmup;
}

static bool refuse_word(const struct resolving *r, const struct text *word)
{
    const struct schedule_kind *kind = r->run->schedule.kind;
    char known[128] = "";
    for (size_t i = 0; is_argument(kind, i); i++) {
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s, ", kind->arguments[i].name);
    }
    return refuse(r, word->place, "%s has no '%s' (it takes %swarmup)", kind->name,
                  words_shown(word->text, word->length).text, known);
}

/* Which item is which argument. */
static bool sort_items(struct resolving *r)
{
    const struct call_value *call = &r->section->schedule;
    for (size_t i = 0; i < call->count; i++) {
        const struct call_item *item = &call->items[i], **slot = item->word.text ? NULL : &r->rates;
        for (size_t k = 0; item->word.text && k <= SCHEDULE_ARGUMENTS_MAX; k++) {
            const char *name = argument_at(r, k)->name;
            slot = name && !strcmp(name, item->word.text) ? &r->given[k] : slot;
        }
        if (!slot) {
            return refuse_word(r, &item->word);
        }
        if (*slot && item->word.text) {
            return refuse(r, item->place, "'%s' is there twice", item->word.text);
        }
        if (*slot) {
            return refuse(r, item->place, "rates are there twice; write A .. B, and a decimal "
                          "point, not a comma");
        }
        *slot = item;
    }
    return true;
}

static bool check_number(const struct resolving *r, const struct schedule_argument *argument,
                         const struct maybe_number *number)
{
    char lo[NUMBER_SIZE], hi[NUMBER_SIZE], value[NUMBER_SIZE];
    if (range_holds(argument->range, number->value)
        && (!argument->is_whole || number->value == floor(number->value))) {
        return true;
    }
    number_print_shortest(lo, argument->range.lo);
    number_print_shortest(hi, argument->range.hi);
    number_print_shortest(value, number->value);
    return refuse(r, number->place, "%s: %s is not %sin %s .. %s", argument->name, value,
                  argument->is_whole ? "a whole number " : "", lo, hi);
}

static bool resolve_list(struct resolving *r, const struct call_item *item)
{
    struct schedule *schedule = &r->run->schedule;
    if (item->count > SCHEDULE_NUMBERS_MAX - 1) {
        return refuse(r, item->place, "%zu numbers; there are at most %d", item->count,
                      SCHEDULE_NUMBERS_MAX - 1);
    }
    for (size_t i = 0; i < item->count; i++) {
        if (i && item->numbers[i].value <= item->numbers[i - 1].value) {
            return refuse(r, item->numbers[i].place, "%s: the steps must rise",
                          item->word.text);
        }
        schedule->list[schedule->list_count++] = item->numbers[i].value;
    }
    return true;
}

static bool resolve_argument(struct resolving *r, size_t index)
{
    const struct schedule_argument *argument = argument_at(r, index);
    const struct call_item *item = r->given[index];
    struct schedule *schedule = &r->run->schedule;
    double *value = index < SCHEDULE_ARGUMENTS_MAX ? &schedule->arguments[index]
                                                   : &schedule->warmup;
    *value = argument->standard;
    if (!item) {
        return !isnan(argument->standard)
               || refuse(r, r->section->schedule.name.place, "%s needs '%s %s'",
                         schedule->kind->name, argument->name, argument->is_list ? "N ..." : "N");
    }
    for (size_t i = 0; i < item->count; i++) {
        if (!check_number(r, argument, &item->numbers[i])) {
            return false;
        }
    }
    if (argument->is_list) {
        return resolve_list(r, item);
    }
    *value = item->numbers[0].value;
    return item->count == 1
           || refuse(r, item->numbers[1].place, "%s takes one number", argument->name);
}

static bool is_given(const struct optimizer_section *section, const char *name)
{
    for (size_t i = 0; i < section->hyperparameter_count; i++) {
        if (!strcmp(section->hyperparameters[i].name.text, name)) {
            return true;
        }
    }
    return false;
}

/* The schedule's first rate and the run's learning rate are one. */
static bool resolve_first(struct resolving *r)
{
    struct schedule *schedule = &r->run->schedule;
    double *rate = &r->run->parameters[schedule->parameter];
    if (r->rates && r->rates->numbers[0].given) {
        const struct maybe_number *first = &r->rates->numbers[0];
        if (is_given(r->section, "learning_rate") && first->value != *rate) {
            char own[NUMBER_SIZE], other[NUMBER_SIZE];
            number_print_shortest(own, first->value);
            number_print_shortest(other, *rate);
            return refuse(r, first->place, "the first rate is %s, but learning_rate is %s; leave "
                          "one of them out", own, other);
        }
        *rate = first->value;
    }
    schedule->rates[0] = *rate;
    return true;
}

static bool resolve_rates(struct resolving *r)
{
    struct schedule *schedule = &r->run->schedule;
    const struct schedule_kind *kind = schedule->kind;
    size_t wanted = kind->rates_max > 2 ? schedule->list_count + 1 : kind->rates_max;
    size_t given = r->rates ? r->rates->count : 1;
    bool may_end = kind->rates_max == 2 && !isnan(kind->last);
    if (given > wanted || (given < wanted && !may_end)) {
        return refuse(r, r->rates ? r->rates->place : r->section->schedule.name.place,
                      "%s has %zu rate%s, %s%zu %s wanted", kind->name, given,
                      given == 1 ? "" : "s", may_end ? "up to " : "", wanted,
                      wanted == 1 ? "is" : "are");
    }
    schedule->rate_count = wanted;
    for (size_t i = 1; i < wanted; i++) {
        schedule->rates[i] = i < given ? r->rates->numbers[i].value : kind->last;
    }
    return resolve_first(r);
}

bool schedule_resolve(struct run *run, const struct optimizer_section *section,
                      struct report *report)
{
    struct resolving r = { .run = run, .section = section, .report = report };
    struct schedule *schedule = &run->schedule;
    *schedule = (struct schedule){ .length = (double)run->steps };
    if (!section->schedule.name.text) {
        return true;
    }
    bool good = resolve_kind(&r) && resolve_parameter(&r) && sort_items(&r);
    for (size_t i = 0; good && i <= SCHEDULE_ARGUMENTS_MAX; i++) {
        good = !argument_at(&r, i)->name || resolve_argument(&r, i);
    }
    good = good && resolve_rates(&r);
    if (good && schedule->warmup && schedule->warmup >= schedule->length) {
        return refuse(&r, r.given[SCHEDULE_ARGUMENTS_MAX]->place,
                      "the run has only %g steps; warmup is to end before them",
                      schedule->length);
    }
    return good;
}

double schedule_rate(const struct schedule *schedule, size_t t)
{
    double length = schedule->length - schedule->warmup, at = (double)t - schedule->warmup;
    return at < 0 ? schedule->kind->rate(schedule, 0, length) * (double)t / schedule->warmup
                  : schedule->kind->rate(schedule, at, length);
}
