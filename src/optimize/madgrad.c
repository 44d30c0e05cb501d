#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, MOMENTUM, EPSILON };
enum { START, SUM, SQUARES };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], mu = p[MOMENTUM], eps = p[EPSILON];
    real g = c->g, x = c->x, start = t == 1 ? x : c->slots[START];
    real s = c->slots[SUM], v = c->slots[SQUARES];
    real weight = lr * sqrt((real)t);
    s += weight * g;
    v += weight * (g * g);
    real z = start - s / ((real)cr_cbrt(v) + eps);
    x = mu * x + (1 - mu) * z;
    c->slots[START] = start;
    c->slots[SUM] = s;
    c->slots[SQUARES] = v;
    c->x = x;
})

const struct optimizer madgrad_optimizer = {
    .name = "madgrad",
    .title = "MADGRAD",
    .source = "Defazio & Jelassi 2022, Adaptivity without compromise: a momentumized, adaptive, "
              "dual averaged gradient method for stochastic optimization",
    .story = "Does not walk from point to point. The sum of all gradients, later ones counting "
             "more, divided by the cube root of the sum of their squares, says where to be as "
             "seen from the start, and the path follows that place by a share of the way. So "
             "nothing is forgotten: it swings widely around the minimum, and the swings die out.",
    .rules = IN_ALL_DIALECTS("s += lr*sqrt(t)*g; v += lr*sqrt(t)*g^2; "
                             "z = x_0 - s/(v^(1/3) + eps), at first x_0 = x; "
                             "x = mu*x + (1 - mu)*z"),
    .only_coupled = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.01), HALF_OPEN,
                            { 0, INFINITY }, "scales the weights of the gradients" },
        [MOMENTUM] = { "momentum", "\\beta", IN_ALL_DIALECTS(0.9), HALF_OPEN, { 0, 1 },
                       "mu, the share of the point that is kept" },
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-6)),
    },
    .step = step,
};
