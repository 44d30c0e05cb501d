/* What a legend's entry says: a text with placeholders, filled in for one run.
 *
 * Up to three lines, separated by " | ", of markup (plot/markup.h). In braces:
 *
 *     {label} {method} {steps} {final_loss}
 *     {parameters}              those that the preset gives: "lr 0.1, β 0.9"
 *     {learning_rate} ...       any hyper-parameter of any method, by its name
 *     {schedule}                of the learning rate: "cosine 0.1 .. 0, warmup 10"
 *     {clip_norm} {clip_value}  where the preset gives them
 *     {weight_decay}            the method's own, too
 *     {wrap}                    "sam rho 0.05"
 *     {dialect}                 whose variant of the method it is
 *
 * A placeholder is a word of small letters, digits and underscores in braces;
 * one after '_' or '^' is not: x_{min} is markup. {{ and }} are the braces
 * themselves. What a run does not have shows as a dash, and a line that would
 * hold nothing else is left out. */
#ifndef PLOT_ENTRY_H
#define PLOT_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/report.h"
#include "load/preset.h"
#include "optimize/trajectory.h"

enum { ENTRY_LINES_MAX = 3 };

struct entry {
    const char *lines[ENTRY_LINES_MAX];
    size_t count; /* at least 1 */
};

/* Whose entry it is; everything is borrowed. */
struct entry_subject {
    const struct optimizer_section *section;
    const struct run *run;
    const struct trajectory *trajectory;
};

/* Tells the report of placeholders that mean nothing, and of too many lines. */
bool entry_check(const struct text *text, struct report *report);

/* A run's label as the legend has it: a long one is cut at its end; where others of the runs'
 * would become alike by that, in its middle; else not at all. It lives in the arena or is the
 * run's own. */
const char *entry_label(struct arena *arena, const struct run *runs, size_t count, size_t index);

/* Fills a checked text in; the lines live in the arena. */
struct entry entry_fill(struct arena *arena, const char *text,
                        const struct entry_subject *subject);

#endif
