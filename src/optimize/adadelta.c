#include "optimize/optimizer.h"

enum { LEARNING_RATE, DECAY, EPSILON };
enum { SQUARES, CHANGES };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], rho = p[DECAY], eps = p[EPSILON];
    real g = c->g, x = c->x, s = c->slots[SQUARES], u = c->slots[CHANGES];
    s = rho * s + (1 - rho) * (g * g);
    real change = sqrt(u + eps) / sqrt(s + eps) * g;
    u = rho * u + (1 - rho) * (change * change);
    x -= lr * change;
    c->slots[SQUARES] = s;
    c->slots[CHANGES] = u;
    c->x = x;
})

const struct optimizer adadelta_optimizer = {
    .name = "adadelta",
    .title = "Adadelta",
    .source = "Zeiler 2012, ADADELTA: an adaptive learning rate method",
    .story = "RMSProp that sets its own rate: the root of a running mean of its own squared steps "
             "stands where the rate would, so that a step has the unit of x. It has to begin "
             "with steps of about the root of epsilon, and each is measured by those before. A "
             "path therefore starts very slowly and gathers speed for long.",
    .rules = IN_ALL_DIALECTS("s = rho*s + (1 - rho)*g^2; d = sqrt(u + eps)/sqrt(s + eps)*g; "
                             "u = rho*u + (1 - rho)*d^2; x -= lr*d"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { 0.001, 1, 1, 0.001 }, HALF_OPEN,
                            { 0, INFINITY }, "a factor; the paper has 1, none" },
        [DECAY] = { "decay", "\\rho", { 0.95, 0.95, 0.9, 0.95 }, HALF_OPEN, { 0, 1 },
                    "rho, the share of the mean squares that is kept" },
        [EPSILON] = { "epsilon", "\\epsilon", { 1e-8, 1e-6, 1e-6, 1e-7 }, HALF_OPEN,
                      { 0, INFINITY }, "its root is about the length of the first steps" },
    },
    .step = step,
};
