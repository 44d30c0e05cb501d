/* The arguments of a call, such as that of a schedule or a wrapper, by what its row takes.
 *
 * A call's items (load/call.h) are words with numbers behind them, which the row names, and
 * numbers alone, the rates, which only schedules have. */
#ifndef OPTIMIZE_ARGUMENTS_H
#define OPTIMIZE_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/geometry.h"
#include "base/report.h"
#include "base/suggest.h"
#include "load/preset.h"

enum { ARGUMENTS_MAX = 4, ARGUMENT_NUMBERS_MAX = 15 };

struct call_argument {
    const char *name; /* NULL: no more of them */
    double standard;  /* NAN: it must be given */
    struct range range;
    bool is_whole;
    bool is_list;     /* numbers that rise */
};

/* A call that is resolved. */
struct arguments {
    const char *label, *key; /* whose call it is, for messages */
    const struct call_value *call;
    struct report *report;
    const struct call_argument *known[ARGUMENTS_MAX]; /* what the row takes */
    size_t count;
    bool takes_rates;
    const struct call_item *given[ARGUMENTS_MAX]; /* NULL: not given */
    const struct call_item *rates;
};

/* Reports an error that begins with the label and the key; false. */
__attribute__((format(printf, 3, 4)))
bool arguments_refuse(const struct arguments *arguments, struct place place,
                      const char *format, ...);

/* Refuses the call's name as that of no noun, such as "wrapper"; near has been offered the names
 * that there are, which the list "wrappers" shows. */
bool arguments_refuse_name(const struct arguments *arguments, const struct suggestion *near,
                           const char *noun);

/* Adds what a row takes, up to its nameless end or most of them. */
void arguments_know(struct arguments *arguments, const struct call_argument *row, size_t most);

/* Finds which item is which argument. */
bool arguments_sort(struct arguments *arguments);

/* Refuses a number that the argument, which may be none of those known, does not take. */
bool arguments_check_number(const struct arguments *arguments,
                            const struct call_argument *argument,
                            const struct maybe_number *number);

/* The one number of an argument, or its standard. */
bool arguments_number(const struct arguments *arguments, size_t index, double *value);

/* The numbers of an argument that is a list, which must be given, at most ARGUMENT_NUMBERS_MAX. */
bool arguments_list(const struct arguments *arguments, size_t index, double *values,
                    size_t *count);

/* "power 2", as listings show it. */
const char *argument_usage(const struct call_argument *argument, struct arena *arena);

#endif
