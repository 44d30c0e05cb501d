#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON };
enum { MEAN, SQUARES };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real g = c->g, x = c->x, m = c->slots[MEAN], v = c->slots[SQUARES];
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * (g * g);
    real mean = m / (1 - (real)cr_pow(b1, t));
    real power2 = cr_pow(b2, t);
    real most = 2 / (1 - b2) - 1; /* samples that the running mean of squares is worth */
    real rho = most - 2 * t * power2 / (1 - power2);
    if (rho > (dialect == DIALECT_PYTORCH ? 5 : 4)) {
        real r = sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho));
        x -= lr * mean * r * (sqrt(1 - power2) / (sqrt(v) + eps));
    } else {
        x -= lr * mean;
    }
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->x = x;
})

#define RULE(threshold)                                                                       \
    "m = beta1*m + (1 - beta1)*g; v = beta2*v + (1 - beta2)*g^2; "                            \
    "n = 2/(1 - beta2) - 1; rho = n - 2*t*beta2^t/(1 - beta2^t); "                            \
    "r = if(rho > " threshold ", sqrt((rho - 4)*(rho - 2)*n/((n - 4)*(n - 2)*rho))"           \
    "*sqrt(1 - beta2^t)/(sqrt(v) + eps), 1); x -= lr*m/(1 - beta1^t)*r"

const struct optimizer radam_optimizer = {
    .name = "radam",
    .title = "RAdam",
    .source = "Liu, Jiang, He, Chen, Liu, Gao & Han 2020, On the variance of the adaptive "
              "learning rate and beyond",
    .story = "Adam that distrusts its second moment while that rests on few gradients. The first "
             "steps, four or five with the usual beta2, are those of momentum, not divided by "
             "anything and so the longer the steeper the slope is. Then Adam's follow, shortened "
             "by the factor r, which is small at first and grows towards 1: a path that starts "
             "on a steep slope leaps before it creeps.",
    .rules = {
        [DIALECT_TENSORFLOW1] = RULE("4"),
        [DIALECT_TEXTBOOK] = RULE("4"),
        [DIALECT_PYTORCH] = RULE("5"),
        [DIALECT_KERAS3] = RULE("4"),
    },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.001), HALF_OPEN,
                            { 0, INFINITY }, "about the length of a late step" },
        [BETA1] = FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.9)),
        [BETA2] = SECOND_MOMENT_KEPT(IN_ALL_DIALECTS(0.999)),
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-8)),
    },
    .step = step,
};
