/* What a figure shows, in English sentences, for those who do not see it: which methods
 * descend which function, and what became of each. All numbers are those of the paths,
 * with at most three digits; "within" and a number is rounded up, so that it is true. */
#ifndef PLOT_DESCRIPTION_H
#define PLOT_DESCRIPTION_H

#include <stddef.h>

#include "base/arena.h"
#include "load/preset.h"
#include "model/objective.h"
#include "optimize/outcome.h"
#include "optimize/trajectory.h"

/* Texts are UTF-8 in one line without markup. */
struct description {
    const char *text;   /* the alternative text: the preset's own, else shown and result */
    const char *shown;  /* one sentence: the function, the start, the methods, the panels */
    const char *result; /* the sentences about the paths */
    const struct outcome *outcomes; /* of each path */
};

/* In the arena. The trajectories are those of the preset's optimizers, in their order. */
struct description description_of(const struct preset *preset,
                                  const struct objective *objective,
                                  const struct trajectory *trajectories, struct arena *arena);

/* Numbers for sentences: rounded to three digits, or to two and never down. */
const char *description_number(double value, struct arena *arena);
const char *description_bound(double value, struct arena *arena);

/* "(3, 0.5)" */
const char *description_point(struct vec2 point, struct arena *arena);

/* "the minimum (3, 0.5)"; one that is outside the picture is said to be there. */
const char *description_minimum(const struct objective *objective, struct vec2 point,
                                struct arena *arena);

/* Markup as plain text: scripts that are whole numbers as Unicode has them, others as ^n, _n. */
const char *description_plain(const char *markup, struct arena *arena);

/* "six", as sentences have it. */
const char *description_count(size_t count, struct arena *arena);

/* With a capital letter, where the text begins with a small one of a word. */
const char *description_sentence(const char *text, struct arena *arena);

/* "a, b and c"; with a comma before the last "and" where an item has one. */
const char *description_join(const char *const *items, size_t count, struct arena *arena);

/* An optimizer's label as the legend shows it; a long one is cut, and one that could be taken
 * for several in a list is quoted. */
const char *description_label(const char *label, struct arena *arena);

#endif
