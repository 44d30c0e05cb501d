#include "optimize/claim.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/suggest.h"
#include "load/words.h"
#include "optimize/measure.h"

/* Who answers what claims ask for. */
struct answerer {
    const struct preset *preset;
    const struct objective *objective;     /* NULL: it was refused */
    const struct trajectory *trajectories; /* NULL: not run yet, nothing is known */
};

static const struct quantity *measure_at(size_t index)
{
    size_t count;
    const struct measure *measures = measure_list(&count);
    return index < count ? &measures[index].quantity : NULL;
}

/* Hints are costly, and nobody sees those of messages beyond the limit. */
static void refuse_label(const struct preset *preset, const struct argument *label,
                         const char *words, struct report *report)
{
    struct suggestion near = { .wanted = words, .length = strlen(words) };
    char hint[128];
    for (size_t i = 0; report->errors < REPORT_MAX && i < preset->optimizer_count; i++) {
        suggestion_offer(&near, preset->optimizers[i].label.text);
    }
    suggestion_text(&near, hint, sizeof hint);
    report_error(report, label->place, "no optimizer has the label '%s'%s",
                 words_shown(label->text, label->length).text, hint);
}

/* The optimizer of that label, the count of them when there is none. */
static size_t find_label(const struct preset *preset, const struct argument *label,
                         struct report *report)
{
    struct arena arena = { 0 };
    const char *words = words_collapse(&arena, label->text, label->length);
    size_t found = 0;
    while (found < preset->optimizer_count && strcmp(preset->optimizers[found].label.text, words)) {
        found++;
    }
    if (found == preset->optimizer_count) {
        refuse_label(preset, label, words, report);
    }
    arena_finish(&arena);
    return found;
}

static bool read_axis(const struct argument *argument, struct report *report, double *axis)
{
    *axis = *argument->text == 'y';
    return (argument->length == 1 && strchr("xy", *argument->text))
        || report_error(report, argument->place, "'%s' is no axis; x and y are",
                        words_shown(argument->text, argument->length).text);
}

/* A number that is known before the run has to be one that can be meant. */
static bool check_number(const struct argument *argument, enum measure_argument kind,
                         struct report *report)
{
    double value = argument->value;
    if (kind == MEASURE_LENGTH && value < 0) {
        return report_error(report, argument->place, "a distance is not negative");
    }
    if (kind == MEASURE_STEP && (value < 0 || (isfinite(value) && value != floor(value)))) {
        return report_error(report, argument->place,
                            "'%s' is no step; they are whole numbers from 0 on",
                            words_shown(argument->text, argument->length).text);
    }
    return true;
}

/* How long a path is, is the run's affair: with fewer steps than a claim is
 * about it is not true, but can be drawn. Warns in the claim's own report. */
static void check_step(const struct trajectory *path, const struct argument *argument,
                       struct report *report)
{
    if (!(argument->value < (double)path->count)) {
        report_warning(report, argument->place, "[optimizer %s] has no step '%s', its last is %zu",
                       path->label, words_shown(argument->text, argument->length).text,
                       path->count - 1);
    }
}

/* The arguments behind the label. A path of NULL has not been run. */
static bool read_arguments(const struct measure *measure, const struct argument *arguments,
                           const struct trajectory *path, struct report *report, double *values)
{
    for (size_t i = 1; i < measure->quantity.count; i++) {
        enum measure_argument kind = measure->kinds[i];
        values[i] = arguments[i].value;
        if (kind == MEASURE_AXIS ? !read_axis(&arguments[i], report, &values[i])
                                 : !path && !check_number(&arguments[i], kind, report)) {
            return false;
        }
        if (kind == MEASURE_STEP && path) {
            check_step(path, &arguments[i], report);
        }
    }
    return true;
}

static bool answer(void *context, size_t index, struct place place,
                   const struct argument *arguments, struct report *report, double *value)
{
    const struct answerer *answerer = context;
    size_t count;
    const struct measure *measure = &measure_list(&count)[index];
    const struct objective *objective = answerer->objective;
    double values[QUANTITY_ARGUMENTS_MAX] = { 0 };
    size_t label = find_label(answerer->preset, &arguments[0], report);
    if (label == answerer->preset->optimizer_count) {
        return false;
    }
    const struct trajectory *path = answerer->trajectories ? &answerer->trajectories[label] : NULL;
    if (!read_arguments(measure, arguments, path, report, values)) {
        return false;
    }
    if (measure->needs_minimum && objective && !objective->minimum_count) {
        return report_error(report, place, "%s is about the distance from a minimum, and the "
                            "function has none; [problem] minimum = X, Y states one",
                            measure->quantity.name);
    }
    *value = path ? measure->value(&(struct measured){ path, objective }, values) : NAN;
    return true;
}

bool claims_check(const struct preset *preset, const struct objective *objective,
                  struct report *report)
{
    struct answerer answerer = { preset, objective, NULL };
    struct vocabulary vocabulary = { measure_at, answer, &answerer };
    bool good = true;
    for (size_t i = 0; i < preset->claims.count; i++) {
        struct chain chain;
        good &= chain_read(&chain, &preset->claims.items[i].statement, &vocabulary, report);
    }
    return good;
}

static const char *show_side(const struct chain_side *side, int digits, struct arena *arena)
{
    char text[NUMBER_SIZE];
    if (side->in_steps && isinf(side->value) && side->value > 0) {
        return "never";
    }
    number_print(text, side->value, digits);
    return arena_copy(arena, text, strlen(text));
}

/* "55 < 68", with as many digits as it takes to tell neighbours apart. */
static const char *show_numbers(const struct chain *chain, struct arena *arena)
{
    static const int digits[] = { 6, 9, 17 };
    const char *text = "";
    for (size_t attempt = 0; attempt < sizeof digits / sizeof *digits; attempt++) {
        const char *before = "";
        bool is_clear = true;
        text = "";
        for (size_t i = 0; i < chain->count; i++) {
            const struct chain_side *side = &chain->sides[i];
            const char *shown = show_side(side, digits[attempt], arena);
            is_clear &= !i || strcmp(shown, before) || side->value == side[-1].value;
            text = arena_printf(arena, "%s%s%s%s%s", text, shown, *side->comparison ? " " : "",
                                side->comparison, *side->comparison ? " " : "");
            before = shown;
        }
        if (is_clear) {
            break;
        }
    }
    return text;
}

struct verdict claim_judge(const struct claim *claim, const struct preset *preset,
                           const struct objective *objective,
                           const struct trajectory *trajectories, struct arena *arena)
{
    struct answerer answerer = { preset, objective, trajectories };
    struct vocabulary vocabulary = { measure_at, answer, &answerer };
    struct report report = { 0 };
    struct chain chain;
    bool is_read = chain_read(&chain, &claim->statement, &vocabulary, &report);
    assert(is_read); /* claims_check has seen to it */
    (void)is_read;
    const char *note = report.count ? report.entries[0].message : NULL;
    note = note ? arena_copy(arena, note, strlen(note)) : NULL;
    report_finish(&report);
    bool is_whole = chain.holding + 1 == chain.count;
    size_t from = is_whole ? 0 : chain.holding, to = is_whole ? chain.count - 1 : from + 1;
    size_t start = chain.sides[from].start, end = chain.sides[to].end;
    return (struct verdict){ is_whole && !note, show_numbers(&chain, arena), note,
                             text_place(&claim->statement, start, end - start) };
}
