#include "optimize/optimizer.h"

enum { LEARNING_RATE, MOMENTUM };
enum { MEAN };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], mu = p[MOMENTUM];
    real g = c->g, x = c->x, m = c->slots[MEAN];
    m = mu * m + (1 - mu) * g;
    x -= lr * ((m > 0) - (m < 0));
    c->slots[MEAN] = m;
    c->x = x;
})

const struct optimizer signsgd_optimizer = {
    .name = "signsgd",
    .title = "signSGD",
    .also = "sign-descent, signum with momentum = 0.9",
    .source = "Bernstein, Wang, Azizzadenesheli & Anandkumar 2018, signSGD: compressed "
              "optimisation for non-convex problems",
    .story = "Keeps one bit of each slope, its sign: every coordinate moves by the rate, however "
             "steep or flat it is. The path runs along diagonals, reaches the bottom of one "
             "coordinate, and zigzags there across it while the other is still on its way. It "
             "never comes nearer to a minimum than a step allows. With momentum the sign is that "
             "of a running mean; the paper calls this Signum.",
    .rules = IN_ALL_DIALECTS("m = mu*m + (1 - mu)*g; x -= lr*sign(m)"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(REQUIRED), HALF_OPEN,
                            { 0, INFINITY }, "the length of a step along each axis" },
        [MOMENTUM] = { "momentum", "\\beta", IN_ALL_DIALECTS(0), HALF_OPEN, { 0, 1 },
                       "mu, the share of the mean m that is kept" },
    },
    .step = step,
};
