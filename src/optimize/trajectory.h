/* The path of one optimizer: every state before its update.
 *
 * Row 0 is the start, row k the state before the k-th update (counted from 0).
 * Single-precision runs hold floats widened to double. */
#ifndef OPTIMIZE_TRAJECTORY_H
#define OPTIMIZE_TRAJECTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/color.h"
#include "base/report.h"
#include "load/preset.h"
#include "model/objective.h"
#include "optimize/regime.h"
#include "optimize/schedule.h"
#include "optimize/wrapper.h"

struct optimizer;

enum { RUN_PARAMETERS_MAX = 16 };

/* One optimizer section, resolved: what is going to be run. */
struct run {
    const char *label; /* borrowed from the preset */
    const struct optimizer *optimizer;
    double parameters[RUN_PARAMETERS_MAX]; /* in the order of optimizer->parameters;
                                              0 for those that the dialect has not */
    enum dialect dialect;
    enum precision precision;
    struct vec2 start; /* rounded to the precision */
    size_t steps; /* rows to record */
    struct schedule schedule; /* of the learning rate among the parameters */
    struct regime regime;
    struct wrapping wrapping;
    struct maybe_color color;
};

/* Resolves one section of the preset: method, hyper-parameters with their
 * dialect's defaults and ranges, start, steps. Mistakes go to the report. An
 * objective of NULL, for one that was refused, lets the rest be judged. */
bool run_resolve(struct run *run, const struct preset *preset,
                 const struct optimizer_section *section, const struct objective *objective,
                 struct report *report);

struct trajectory {
    const char *label; /* borrowed from the run */
    struct maybe_color color;
    enum precision precision; /* decides how many digits data files show */
    size_t count;             /* rows; fewer than asked for when it diverged */
    struct vec2 *points;
    double *losses;
    bool diverged; /* the last row is not finite (x, y or loss), or is the
                      last one before the update became so */
};

/* Runs it. Always succeeds: a run that becomes non-finite stops there with
 * diverged set, the first non-finite row being the last one recorded. */
void trajectory_run(struct trajectory *trajectory, const struct run *run,
                    const struct objective *objective);
void trajectory_finish(struct trajectory *trajectory);

/* Rows of the longest of them: the frames of their film. */
size_t trajectory_longest(const struct trajectory *trajectories, size_t count);

#endif
