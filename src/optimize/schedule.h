/* Schedules: how a run's learning rate changes with its steps.
 *
 * A schedule's rates are absolute. The first is the run's learning_rate unless it is given; the
 * second has its default in the schedule's row. t counts updates from 0, T is how many the run
 * has, one less than the rows that it records. With a warmup of W updates the rate rises from 0
 * along a line to the schedule's first value, and the schedule has the other T - W: its t counts
 * from there. */
#ifndef OPTIMIZE_SCHEDULE_H
#define OPTIMIZE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/report.h"
#include "load/preset.h"
#include "optimize/arguments.h"

enum { SCHEDULE_ARGUMENTS_MAX = 3, SCHEDULE_RATES_MAX = ARGUMENT_NUMBERS_MAX + 1 };

struct schedule;
struct run;

struct schedule_kind {
    const char *name; /* in presets */
    size_t rates_max; /* of more than two there is one more than numbers in the list */
    double last;      /* the second rate where it is not given; NAN: it must be */
    struct call_argument arguments[SCHEDULE_ARGUMENTS_MAX];
    const char *formula; /* of a and b, the rates, and the arguments' names */
    const char *source;
    const char *help;
    /* The rate of update t of length. */
    double (*rate)(const struct schedule *schedule, double t, double length);
};

/* A run's schedule, resolved. */
struct schedule {
    const struct schedule_kind *kind; /* NULL: none, the rate stays */
    size_t parameter;                 /* the run's learning rate */
    double rates[SCHEDULE_RATES_MAX];
    size_t rate_count;
    double arguments[SCHEDULE_ARGUMENTS_MAX]; /* in the order of the kind's */
    double list[ARGUMENT_NUMBERS_MAX];        /* of the argument that is one */
    size_t list_count;
    double warmup, length; /* updates */
};

/* THE TABLE, in the order of listings. */
const struct schedule_kind *schedule_list(size_t *count);

/* "learning_rate .. 0, power 2, warmup 0" */
const char *schedule_usage(const struct schedule_kind *kind, struct arena *arena);

/* "cosine(0.1 .. 0.001)", with every argument that the kind has. */
const char *schedule_example(const struct schedule_kind *kind, struct arena *arena);

/* What every kind takes after its own arguments. */
extern const struct call_argument schedule_warmup;

/* Fills run->schedule, and the run's learning rate where the schedule has it. The run's method,
 * dialect and steps are known, and its parameters, NAN for those that are still missing.
 * Mistakes go to the report. */
bool schedule_resolve(struct run *run, const struct optimizer_section *section,
                      struct report *report);

/* The rate of update t, from 0, of a schedule that has a kind. */
double schedule_rate(const struct schedule *schedule, size_t t);

#endif
