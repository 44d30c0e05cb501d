#include "optimize/optimizer.h"

enum { LEARNING_RATE, BETA1, BETA2 };
enum { MEAN };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2];
    real g = c->g, x = c->x, m = c->slots[MEAN];
    real direction = b1 * m + (1 - b1) * g;
    x -= lr * ((direction > 0) - (direction < 0));
    m = b2 * m + (1 - b2) * g;
    c->slots[MEAN] = m;
    c->x = x;
})

const struct optimizer lion_optimizer = {
    .name = "lion",
    .title = "Lion",
    .source = "Chen et al. 2023, Symbolic discovery of optimization algorithms",
    .story = "Found by a program that searched among programs. It moves every coordinate by the "
             "whole rate, in the direction of the sign of a mean of gradients in which the "
             "newest counts more than in the mean it remembers. So paths run along diagonals at "
             "a constant speed, and around a minimum they go on stepping: how near they stay is "
             "a matter of the rate.",
    .rules = IN_ALL_DIALECTS("x -= lr*sign(beta1*m + (1 - beta1)*g); "
                             "m = beta2*m + (1 - beta2)*g"),
    .decoupled = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { 0.0001, 0.0001, 0.0001, 0.001 }, HALF_OPEN,
                            { 0, INFINITY }, "the length of a step along each axis" },
        [BETA1] = { "beta1", "\\beta_1", IN_ALL_DIALECTS(0.9), HALF_OPEN, { 0, 1 },
                    "the share of the mean m in the direction" },
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.99), HALF_OPEN, { 0, 1 },
                    "the share of the mean m that is kept" },
    },
    .step = step,
};
