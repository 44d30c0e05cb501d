#include "optimize/optimizer.h"

enum { LEARNING_RATE, MOMENTUM, NU };
enum { MEAN };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], mu = p[MOMENTUM], nu = p[NU];
    real g = c->g, x = c->x, m = c->slots[MEAN];
    m = mu * m + (1 - mu) * g;
    x -= lr * ((1 - nu) * g + nu * m);
    c->slots[MEAN] = m;
    c->x = x;
})

const struct optimizer qhm_optimizer = {
    .name = "qhm",
    .title = "Quasi-hyperbolic momentum",
    .source = "Ma & Yarats 2019, Quasi-hyperbolic momentum and Adam for deep learning",
    .story = "A mean of two steps: that of gradient descent, by the share 1 - nu, and that of "
             "momentum, whose velocity is a running mean of gradients here. Momentum may then be "
             "as long as mu = 0.999 and still answer to the slope at once. With nu = 0 the "
             "path is that of gradient descent, with nu = 1 that of momentum, whose rate is "
             "divided by 1 - mu.",
    .rules = IN_ALL_DIALECTS("m = mu*m + (1 - mu)*g; x -= lr*((1 - nu)*g + nu*m)"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(REQUIRED), HALF_OPEN,
                            { 0, INFINITY }, "length of a step per unit of gradient" },
        [MOMENTUM] = { "momentum", "\\beta", IN_ALL_DIALECTS(0.999), HALF_OPEN, { 0, 1 },
                       "mu, the share of the mean m that is kept" },
        [NU] = { "nu", "\\nu", IN_ALL_DIALECTS(0.7), CLOSED, { 0, 1 },
                 "the share of the mean m in a step" },
    },
    .step = step,
};
