/* The regime of a run: what is done around a method's steps, in the same way for every
 * first-order method.
 *
 * Clipping makes a steep gradient, the function's alone, shorter: as a whole (clip_norm) or each
 * of its parts (clip_value).
 *
 * Weight decay pulls the point to the origin. Coupled, it is a part of the gradient,
 * g += weight_decay*x, as L2 regularization is; decoupled, it is a step of its own before the
 * method's, x *= 1 - learning_rate*weight_decay (Loshchilov & Hutter 2019, in torch's order and
 * with torch's rate in every dialect: their own is a schedule's multiplier, and TensorFlow 1 has
 * none); where a method steps by another rate than the learning rate, it decays by that.
 * Keras decouples it wherever that can be. Losses are the function's, without what decay stands
 * for.
 *
 * Every operation is rounded to the run's precision. */
#ifndef OPTIMIZE_REGIME_H
#define OPTIMIZE_REGIME_H

#include <stdbool.h>

#include "base/geometry.h"
#include "base/report.h"
#include "load/preset.h"

struct descent;
struct optimizer;
struct run;

struct regime {
    double clip_norm, clip_value; /* 0: none */
    double weight_decay; /* 0: none */
    bool decoupled;
};

/* Whether the method's weight decay is decoupled in a dialect where no preset says. */
bool regime_decouples(const struct optimizer *optimizer, enum dialect dialect);

/* Fills run->regime from its section; the run's method, dialect and precision are known.
 * Mistakes, and what the method cannot do, go to the report. */
bool regime_resolve(struct run *run, const struct optimizer_section *section,
                    struct report *report);

/* Makes the descent's gradient, which is the function's at a point, what the method gets. */
void regime_shape(struct descent *descent, struct vec2 at);

/* One update: the method's step and what stands around it. */
void regime_step(struct descent *descent);

#endif
