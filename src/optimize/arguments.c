#include "optimize/arguments.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "load/words.h"

bool arguments_refuse(const struct arguments *arguments, struct place place,
                      const char *format, ...)
{
    char message[320];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return report_error(arguments->report, place, "[optimizer %s] %s: %s", arguments->label,
                        arguments->key, message);
}

bool arguments_refuse_name(const struct arguments *arguments, const struct suggestion *near,
                           const char *noun)
{
    const struct text *name = &arguments->call->name;
    char hint[80], list[32];
    snprintf(list, sizeof list, "%ss", noun);
    suggestion_or_list(near, list, hint, sizeof hint);
    return arguments_refuse(arguments, name->place, "unknown %s '%s'%s", noun,
                            words_shown(name->text, name->length).text, hint);
}

void arguments_know(struct arguments *arguments, const struct call_argument *row, size_t most)
{
    for (size_t i = 0; i < most && row[i].name; i++) {
        arguments->known[arguments->count++] = &row[i];
    }
}

static bool refuse_word(const struct arguments *arguments, const struct text *word)
{
    char known[128] = "";
    struct suggestion near = { .wanted = word->text, .length = word->length };
    suggestion_offer_also(&near, "rate", "lr, learning_rate");
    if (arguments->takes_rates && near.best) {
        return arguments_refuse(arguments, word->place, "a rate stands alone, such as in %s(0.1)",
                                arguments->call->name.text);
    }
    for (size_t i = 0; i < arguments->count; i++) {
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "",
                 arguments->known[i]->name);
    }
    return arguments_refuse(arguments, word->place, "%s has no '%s' (it takes %s)",
                            arguments->call->name.text,
                            words_shown(word->text, word->length).text, known);
}

/* Where the item belongs; NULL when it is unknown. */
static const struct call_item **slot_of(struct arguments *arguments, const struct call_item *item)
{
    for (size_t i = 0; item->word.text && i < arguments->count; i++) {
        if (!strcmp(arguments->known[i]->name, item->word.text)) {
            return &arguments->given[i];
        }
    }
    return item->word.text ? NULL : &arguments->rates;
}

bool arguments_sort(struct arguments *arguments)
{
    const struct call_value *call = arguments->call;
    for (size_t i = 0; i < call->count; i++) {
        const struct call_item *item = &call->items[i], **slot = slot_of(arguments, item);
        if (!slot) {
            return refuse_word(arguments, &item->word);
        }
        if (!item->word.text && !arguments->takes_rates) {
            return arguments_refuse(arguments, item->place, "a number needs its name before it, "
                                    "such as '%s'", arguments->known[0]->name);
        }
        if (*slot && item->word.text) {
            return arguments_refuse(arguments, item->place, "'%s' is there twice",
                                    item->word.text);
        }
        if (*slot) {
            return arguments_refuse(arguments, item->place, "rates are there twice; write "
                                    "A .. B, and a decimal point, not a comma");
        }
        *slot = item;
    }
    return true;
}

bool arguments_check_number(const struct arguments *arguments,
                            const struct call_argument *argument,
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
    return arguments_refuse(arguments, number->place, "%s: %s is not %sin %s .. %s",
                            argument->name, value, argument->is_whole ? "a whole number " : "",
                            lo, hi);
}

/* Whether the argument is there when it must be, with numbers in its range. */
static bool check(const struct arguments *arguments, size_t index)
{
    const struct call_argument *argument = arguments->known[index];
    const struct call_item *item = arguments->given[index];
    const struct text *name = &arguments->call->name;
    if (!item) {
        return !isnan(argument->standard)
            || arguments_refuse(arguments, name->place, "%s needs '%s %s'", name->text,
                                argument->name, argument->is_list ? "N ..." : "N");
    }
    for (size_t i = 0; i < item->count; i++) {
        if (!arguments_check_number(arguments, argument, &item->numbers[i])) {
            return false;
        }
    }
    return true;
}

bool arguments_number(const struct arguments *arguments, size_t index, double *value)
{
    const struct call_item *item = arguments->given[index];
    if (!check(arguments, index)) {
        return false;
    }
    *value = item ? item->numbers[0].value : arguments->known[index]->standard;
    return !item || item->count == 1
        || arguments_refuse(arguments, item->numbers[1].place, "%s takes one number",
                            arguments->known[index]->name);
}

bool arguments_list(const struct arguments *arguments, size_t index, double *values,
                    size_t *count)
{
    const struct call_item *item = arguments->given[index];
    *count = 0;
    if (!check(arguments, index)) {
        return false;
    }
    if (item->count > ARGUMENT_NUMBERS_MAX) {
        return arguments_refuse(arguments, item->place, "%zu numbers; there are at most %d",
                                item->count, ARGUMENT_NUMBERS_MAX);
    }
    for (size_t i = 0; i < item->count; i++) {
        if (i && item->numbers[i].value <= item->numbers[i - 1].value) {
            return arguments_refuse(arguments, item->numbers[i].place, "%s: the steps must rise",
                                    arguments->known[index]->name);
        }
        values[(*count)++] = item->numbers[i].value;
    }
    return true;
}

const char *argument_usage(const struct call_argument *argument, struct arena *arena)
{
    char number[NUMBER_SIZE];
    number_print_shortest(number, argument->standard);
    return arena_printf(arena, "%s %s", argument->name,
                        argument->is_list ? "N N ..." : isnan(argument->standard) ? "N" : number);
}
