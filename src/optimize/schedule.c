#include "optimize/schedule.h"

#include <math.h>
#include <string.h>

#include "base/elementary.h"
#include "base/number.h"
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

/* The peak is at up*T - 1 and the last value at T - 1, as torch has it; of one update alone it is
 * the peak. */
static double rate_one_cycle(const struct schedule *s, double t, double length)
{
    double peak = s->rates[0], low = peak / s->arguments[0], end = low / s->arguments[1];
    double top = s->arguments[2] * length - 1, down = fmax(top, 0);
    return t < top ? wave(low, peak, t / top)
           : down < length - 1 ? wave(peak, end, (t - down) / (length - 1 - down)) : peak;
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
      "torch PolynomialLR", "as a power of the steps that are left, to b", rate_polynomial },
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
    { "piecewise", SCHEDULE_RATES_MAX, NAN, { STEP_LIST("at") },
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

const struct call_argument schedule_warmup = { "warmup", 0, { 0, 1e9 }, .is_whole = true };

const struct schedule_kind *schedule_list(size_t *count)
{
    *count = COUNT;
    return kinds;
}

const char *schedule_usage(const struct schedule_kind *kind, struct arena *arena)
{
    const char *text = kind->rates_max == 1 ? "learning_rate"
                       : kind->rates_max > 2 ? "learning_rate .. B .. C ..."
                       : isnan(kind->last) ? "learning_rate .. B" : "learning_rate .. 0";
    for (size_t i = 0; i < SCHEDULE_ARGUMENTS_MAX && kind->arguments[i].name; i++) {
        text = arena_printf(arena, "%s, %s", text, argument_usage(&kind->arguments[i], arena));
    }
    return arena_printf(arena, "%s, %s", text, argument_usage(&schedule_warmup, arena));
}

const char *schedule_example(const struct schedule_kind *kind, struct arena *arena)
{
    const char *text = arena_printf(arena, "%s(0.1%s", kind->name,
                                    kind->rates_max == 1 ? "" : kind->rates_max == 2
                                        ? " .. 0.001" : " .. 0.01 .. 0.001");
    for (size_t i = 0; i < SCHEDULE_ARGUMENTS_MAX && kind->arguments[i].name; i++) {
        const struct call_argument *argument = &kind->arguments[i];
        char number[NUMBER_SIZE];
        bool is_needed = isnan(argument->standard);
        number_print_shortest(number, !is_needed ? argument->standard
                                      : argument->is_whole ? 20 : 0.95);
        text = arena_printf(arena, "%s, %s %s", text, argument->name,
                            argument->is_list ? "20 40" : number);
    }
    return arena_printf(arena, "%s)", text);
}

/* --- from a preset */

/* One schedule that is resolved. */
struct resolving {
    struct run *run;
    const struct optimizer_section *section;
    struct arguments arguments; /* the kind's, then the warmup */
    const struct call_item *list; /* the argument that is one; or NULL */
};

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
    return arguments_refuse_name(&r->arguments, &near, "schedule");
}

/* Where the rate is among the run's parameters. */
static bool resolve_parameter(struct resolving *r)
{
    const struct optimizer *optimizer = r->run->optimizer;
    const struct place place = r->section->schedule.name.place;
    size_t *index = &r->run->schedule.parameter;
    bool has_rate = run_rate(r->run, index);
    if (!run_may_have(r->run, "schedule", place, r->arguments.report)) {
        return false;
    }
    if (has_rate && !optimizer->parameters[*index].is_first) {
        return true;
    }
    return arguments_refuse(&r->arguments, place,
                            has_rate ? "the learning rate of %s is that of its first step alone"
                                     : "%s has no learning rate", optimizer->name);
}

static bool resolve_arguments(struct resolving *r)
{
    struct schedule *schedule = &r->run->schedule;
    struct arguments *arguments = &r->arguments;
    arguments_know(arguments, schedule->kind->arguments, SCHEDULE_ARGUMENTS_MAX);
    size_t own = arguments->count;
    arguments_know(arguments, &schedule_warmup, 1);
    bool good = arguments_sort(arguments);
    for (size_t i = 0; good && i < own; i++) {
        r->list = arguments->known[i]->is_list ? arguments->given[i] : r->list;
        good = arguments->known[i]->is_list
                   ? arguments_list(arguments, i, schedule->list, &schedule->list_count)
                   : arguments_number(arguments, i, &schedule->arguments[i]);
    }
    return good && arguments_number(arguments, own, &schedule->warmup);
}

/* An update of the list that the run does not have is only told of. */
static void look_at_list(const struct resolving *r)
{
    const struct schedule *schedule = &r->run->schedule;
    double updates = schedule->length - schedule->warmup;
    for (size_t i = 0; i < schedule->list_count; i++) {
        if (schedule->list[i] >= updates) {
            report_warning(r->arguments.report, r->list->numbers[i].place, "[optimizer %s] "
                           "schedule: at %.0f is never reached; the %s has %.0f updates", r->run->label,
                           schedule->list[i], schedule->warmup ? "schedule" : "run", updates);
            return;
        }
    }
}

/* What a rate may be, whatever its method; what is not given is 0. */
static bool check_rates(const struct resolving *r)
{
    static const struct call_argument row = { "rate", NAN, { 0, 1e18 }, .is_whole = false };
    const struct call_item *rates = r->arguments.rates;
    bool good = true;
    for (size_t i = 0; good && rates && i < rates->count; i++) {
        good = arguments_check_number(&r->arguments, &row, &rates->numbers[i]);
    }
    return good;
}

/* The schedule's first rate and the run's learning rate are one. */
static bool resolve_first(struct resolving *r)
{
    struct schedule *schedule = &r->run->schedule;
    const struct call_item *rates = r->arguments.rates;
    double *rate = &r->run->parameters[schedule->parameter];
    if (rates && rates->numbers[0].given) {
        const struct maybe_number *first = &rates->numbers[0];
        if (section_gives(r->section, "learning_rate") && first->value != *rate) {
            char own[NUMBER_SIZE], other[NUMBER_SIZE];
            number_print_shortest(own, first->value);
            number_print_shortest(other, *rate);
            return arguments_refuse(&r->arguments, first->place, "the first rate is %s, but "
                                    "learning_rate is %s; leave one of them out", own, other);
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
    const struct call_item *rates = r->arguments.rates;
    size_t wanted = kind->rates_max > 2 ? schedule->list_count + 1 : kind->rates_max;
    size_t given = rates ? rates->count : 1;
    bool may_end = kind->rates_max == 2 && !isnan(kind->last);
    if (given > wanted || (given < wanted && !may_end)) {
        return arguments_refuse(&r->arguments,
                                rates ? rates->place : r->section->schedule.name.place,
                                "%s has %zu rate%s, %s%zu %s wanted", kind->name, given,
                                given == 1 ? "" : "s", may_end ? "up to " : "", wanted,
                                wanted == 1 ? "is" : "are");
    }
    if (!check_rates(r)) {
        return false;
    }
    schedule->rate_count = wanted;
    for (size_t i = 1; i < wanted; i++) {
        schedule->rates[i] = i < given ? rates->numbers[i].value : kind->last;
    }
    return resolve_first(r);
}

bool schedule_resolve(struct run *run, const struct optimizer_section *section,
                      struct report *report)
{
    struct schedule *schedule = &run->schedule;
    struct resolving r = {
        .run = run,
        .section = section,
        .arguments = { .label = run->label, .key = "schedule", .call = &section->schedule,
                       .report = report, .takes_rates = true },
    };
    *schedule = (struct schedule){ .length = fmax((double)run->steps - 1, 1) };
    if (section->schedule.is_refused || !section->schedule.name.text) {
        return !section->schedule.is_refused; /* the loader has said so */
    }
    bool good = resolve_kind(&r) && resolve_parameter(&r) && resolve_arguments(&r)
                && resolve_rates(&r);
    if (good && schedule->warmup && schedule->warmup >= schedule->length) {
        const struct call_item *item = r.arguments.given[r.arguments.count - 1];
        return arguments_refuse(&r.arguments, item->place,
                                "the run has only %.0f updates; warmup is to end before them",
                                schedule->length);
    }
    if (good) {
        look_at_list(&r);
    }
    return good;
}

double schedule_rate(const struct schedule *schedule, size_t t)
{
    double length = schedule->length - schedule->warmup, at = (double)t - schedule->warmup;
    return at < 0 ? schedule->kind->rate(schedule, 0, length) * (double)t / schedule->warmup
                  : schedule->kind->rate(schedule, at, length);
}
