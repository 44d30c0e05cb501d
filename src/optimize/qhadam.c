#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, BETA1, BETA2, NU1, NU2, EPSILON };
enum { MEAN, SQUARES };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real nu1 = p[NU1], nu2 = p[NU2];
    real g = c->g, x = c->x, m = c->slots[MEAN], v = c->slots[SQUARES];
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * (g * g);
    real mean = (1 - nu1) * g + nu1 * (m / (1 - (real)cr_pow(b1, t)));
    real square = (1 - nu2) * (g * g) + nu2 * (v / (1 - (real)cr_pow(b2, t)));
    x -= lr * mean / (sqrt(square) + eps);
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->x = x;
})

const struct optimizer qhadam_optimizer = {
    .name = "qhadam",
    .title = "QHAdam",
    .source = "Ma & Yarats 2019, Quasi-hyperbolic momentum and Adam for deep learning",
    .story = "Adam with a mean in the place of either moment: of the newest gradient and the "
             "running mean of gradients, and of their squares. nu1 and nu2 are the shares of the "
             "running means. With both 1 it is Adam, with both 0 it steps by signs. A smaller "
             "nu1 lets a path answer to the slope sooner, though its mean reaches far back.",
    .rules = IN_ALL_DIALECTS("m = beta1*m + (1 - beta1)*g; v = beta2*v + (1 - beta2)*g^2; "
                             "u = (1 - nu1)*g + nu1*m/(1 - beta1^t); "
                             "s = (1 - nu2)*g^2 + nu2*v/(1 - beta2^t); "
                             "x -= lr*u/(sqrt(s) + eps)"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.001), HALF_OPEN,
                            { 0, INFINITY }, "about the length of a step" },
        [BETA1] = FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.995)),
        [BETA2] = SECOND_MOMENT_KEPT(IN_ALL_DIALECTS(0.999)),
        [NU1] = { "nu1", "\\nu_1", IN_ALL_DIALECTS(0.7), CLOSED, { 0, 1 },
                  "the share of the first moment in a step" },
        [NU2] = { "nu2", "\\nu_2", IN_ALL_DIALECTS(1), CLOSED, { 0, 1 },
                  "the share of the second moment in the divisor" },
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-8)),
    },
    .step = step,
};
