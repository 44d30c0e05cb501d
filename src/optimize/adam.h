/* What AdamW shares with Adam: its parameters, to which more may be added, and its step. */
#ifndef OPTIMIZE_ADAM_H
#define OPTIMIZE_ADAM_H

#include "optimize/optimizer.h"

/* The rules of every dialect, behind what a method does before. */
#define ADAM_MOMENTS(before)                                                                  \
    before "m += (g - m)*(1 - beta1); v += (g^2 - v)*(1 - beta2); "
#define ADAM_COMMON(before)                                                                   \
    ADAM_MOMENTS(before) "x -= lr*sqrt(1 - beta2^t)/(1 - beta1^t)*(m/(sqrt(v) + eps))"
#define ADAM_RULES(before)                                                                    \
    {                                                                                         \
        [DIALECT_TENSORFLOW1] = ADAM_COMMON(before),                                          \
        [DIALECT_TEXTBOOK] = ADAM_MOMENTS(before)                                             \
            "x -= lr*(m/(1 - beta1^t))/sqrt(v/(1 - beta2^t) + eps)",                          \
        [DIALECT_PYTORCH] = ADAM_MOMENTS(before)                                              \
            "x -= lr/(1 - beta1^t)*(m/(sqrt(v)/sqrt(1 - beta2^t) + eps))",                    \
        [DIALECT_KERAS3] = ADAM_COMMON(before),                                               \
    }

/* With the largest v so far. */
#define AMSGRAD_MOMENTS(before) ADAM_MOMENTS(before) "w = max(w, v); "
#define AMSGRAD(before)                                                                       \
    { "amsgrad = yes", {                                                                      \
        [DIALECT_TEXTBOOK] = AMSGRAD_MOMENTS(before)                                          \
            "x -= lr*m/sqrt(w + eps), uncorrected, as Reddi, Kale & Kumar 2018 have it",      \
        [DIALECT_PYTORCH] = AMSGRAD_MOMENTS(before)                                           \
            "x -= lr/(1 - beta1^t)*(m/(sqrt(w)/sqrt(1 - beta2^t) + eps))",                    \
        [DIALECT_KERAS3] = AMSGRAD_MOMENTS(before)                                            \
            "x -= lr*sqrt(1 - beta2^t)/(1 - beta1^t)*(m/(sqrt(w) + eps))",                    \
    } }

#define ADAM_PARAMETERS                                                                       \
    { "learning_rate", "lr", IN_ALL_DIALECTS(0.001), HALF_OPEN, { 0, INFINITY },              \
      "about the length of a step" },                                                         \
    FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.9)), SECOND_MOMENT_KEPT(IN_ALL_DIALECTS(0.999)),      \
    DIVISOR_EPSILON({ 1e-8, 1e-8, 1e-8, 1e-7 }),                                              \
    { "amsgrad", "amsgrad", { ABSENT, 0, 0, 0 }, SWITCH, { 0, 1 },                            \
      "divide by the largest second moment so far" }

void adam_init(const double *parameters, enum dialect dialect, double *slots);
void adam_step(struct descent *descent);

#endif
