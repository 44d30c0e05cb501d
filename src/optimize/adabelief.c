#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON };
enum { MEAN, SPREAD };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real g = c->g, x = c->x, m = c->slots[MEAN], s = c->slots[SPREAD];
    m = b1 * m + (1 - b1) * g;
    s = b2 * s + (1 - b2) * ((g - m) * (g - m)) + eps;
    real mean = m / (1 - (real)cr_pow(b1, t));
    real spread = s / (1 - (real)cr_pow(b2, t));
    x -= lr * mean / (sqrt(spread) + eps);
    c->slots[MEAN] = m;
    c->slots[SPREAD] = s;
    c->x = x;
})

const struct optimizer adabelief_optimizer = {
    .name = "adabelief",
    .title = "AdaBelief",
    .source = "Zhuang, Tang, Ding, Tatikonda, Dvornek, Papademetris & Duncan 2020, AdaBelief "
              "optimizer: adapting stepsizes by the belief in observed gradients",
    .story = "Adam that divides by how far gradients are from their running mean, instead of by "
             "how large they are. Where they are as expected, steep or not, it takes steps much "
             "longer than Adam's with the same rate; where they change, it takes short ones. On "
             "an even slope a path speeds up, and may go far past the minimum.",
    .rules = IN_ALL_DIALECTS("m = beta1*m + (1 - beta1)*g; "
                             "s = beta2*s + (1 - beta2)*(g - m)^2 + eps; "
                             "x -= lr*m/(1 - beta1^t)/(sqrt(s/(1 - beta2^t)) + eps)"),
    .decoupled = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.001), HALF_OPEN,
                            { 0, INFINITY }, "scales the step" },
        [BETA1] = FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.9)),
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.999), HALF_OPEN, { 0, 1 },
                    "the share of the spread s that is kept" },
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-16)),
    },
    .step = step,
};
