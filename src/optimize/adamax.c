#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON };
enum { MEAN, LARGEST };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real g = c->g, x = c->x;
    real m = c->slots[MEAN], u = c->slots[LARGEST];
    real size = g < 0 ? -g : g;
    m += (g - m) * (1 - b1);
    u *= b2;
    size += dialect == DIALECT_PYTORCH ? eps : 0;
    u = size > u ? size : u;
    x -= lr / (1 - (real)cr_pow(b1, t)) * m / (u + (dialect == DIALECT_PYTORCH ? 0 : eps));
    c->slots[MEAN] = m;
    c->slots[LARGEST] = u;
    c->x = x;
})

#define MEAN_RULE "m += (g - m)*(1 - beta1); "
#define COMMON MEAN_RULE "u = max(beta2*u, abs(g)); x -= lr/(1 - beta1^t)*(m/(u + eps))"

const struct optimizer adamax_optimizer = {
    .name = "adamax",
    .title = "Adamax",
    .source = "Kingma & Ba 2015, Adam: a method for stochastic optimization, section 7.1",
    .story = "Adam with a maximum in the place of the root of mean squares: the running mean of "
             "gradients is divided by the largest slope met, which is forgotten slowly. No step "
             "is much longer than the rate. After a steep slope it takes a path long to speed up "
             "again, since beta2 is close to 1.",
    .rules = {
        [DIALECT_TENSORFLOW1] = COMMON,
        [DIALECT_TEXTBOOK] = COMMON,
        [DIALECT_PYTORCH] = MEAN_RULE
            "u = max(beta2*u, abs(g) + eps); x -= lr/(1 - beta1^t)*(m/u)",
        [DIALECT_KERAS3] = COMMON,
    },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { 0.001, 0.002, 0.002, 0.001 }, HALF_OPEN,
                            { 0, INFINITY }, "about the length of a step" },
        [BETA1] = FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.9)),
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.999), HALF_OPEN, { 0, 1 },
                    "the share of the largest slope u that is kept" },
        [EPSILON] = DIVISOR_EPSILON({ 1e-8, 1e-8, 1e-8, 1e-7 }),
    },
    .step = step,
};
