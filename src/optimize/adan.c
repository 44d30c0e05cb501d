#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, BETA1, BETA2, BETA3, EPSILON };
enum { MEAN, CHANGE, SQUARES, BEFORE };

/* As the authors' program: a beta is what is kept, and the moments are corrected. */
ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], b3 = p[BETA3], eps = p[EPSILON];
    real g = c->g, x = c->x;
    real m = c->slots[MEAN], v = c->slots[CHANGE], n = c->slots[SQUARES];
    real change = t == 1 ? 0 : g - (real)c->slots[BEFORE];
    real ahead = g + b2 * change;
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * change;
    n = b3 * n + (1 - b3) * (ahead * ahead);
    real mean = m / (1 - (real)cr_pow(b1, t));
    real trend = v / (1 - (real)cr_pow(b2, t));
    x -= lr * (mean + b2 * trend) / (sqrt(n / (1 - (real)cr_pow(b3, t))) + eps);
    c->slots[MEAN] = m;
    c->slots[CHANGE] = v;
    c->slots[SQUARES] = n;
    c->slots[BEFORE] = g;
    c->x = x;
})

const struct optimizer adan_optimizer = {
    .name = "adan",
    .title = "Adan",
    .source = "Xie, Zhou, Li, Lin & Yan 2024, Adan: adaptive Nesterov momentum algorithm for "
              "faster optimizing deep models",
    .story = "Adam with Nesterov's look ahead, without evaluating anywhere else: how gradients "
             "change from step to step tells what they will be, so a running mean of changes is "
             "added to that of gradients. Where a slope flattens towards a minimum the change "
             "points back, and the path brakes before it gets there.",
    .rules = IN_ALL_DIALECTS("d = g - h, at first h = g; "
                             "m = beta1*m + (1 - beta1)*g; v = beta2*v + (1 - beta2)*d; "
                             "n = beta3*n + (1 - beta3)*(g + beta2*d)^2; "
                             "x -= lr*(m/(1 - beta1^t) + beta2*v/(1 - beta2^t))"
                             "/(sqrt(n/(1 - beta3^t)) + eps); h = g"),
    .decoupled = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.001), HALF_OPEN,
                            { 0, INFINITY }, "about the length of a step" },
        [BETA1] = { "beta1", "\\beta_1", IN_ALL_DIALECTS(0.98), HALF_OPEN, { 0, 1 },
                    "the share of the mean gradient m that is kept" },
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.92), HALF_OPEN, { 0, 1 },
                    "the share of the mean change v that is kept" },
        [BETA3] = { "beta3", "\\beta_3", IN_ALL_DIALECTS(0.99), HALF_OPEN, { 0, 1 },
                    "the share of the mean square n that is kept" },
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-8)),
    },
    .step = step,
};
