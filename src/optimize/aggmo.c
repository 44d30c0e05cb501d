#include "optimize/optimizer.h"

enum { LEARNING_RATE, BETA1, BETA2, BETA3 };
enum { VELOCITY1, VELOCITY2, VELOCITY3 };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], b3 = p[BETA3];
    real g = c->g, x = c->x;
    real a = c->slots[VELOCITY1], b = c->slots[VELOCITY2], d = c->slots[VELOCITY3];
    a = b1 * a + g;
    b = b2 * b + g;
    d = b3 * d + g;
    x -= lr / 3 * (a + b + d);
    c->slots[VELOCITY1] = a;
    c->slots[VELOCITY2] = b;
    c->slots[VELOCITY3] = d;
    c->x = x;
})

const struct optimizer aggmo_optimizer = {
    .name = "aggmo",
    .title = "Aggregated momentum",
    .source = "Lucas, Sun, Zemel & Grosse 2019, Aggregated momentum: stability through passive "
              "damping",
    .story = "Three velocities with different memories, of which the path takes the mean. The one "
             "that remembers long makes it fast along a valley; the others turn at once and "
             "damp the swings of the first, since the three do not swing in time. With all "
             "three alike it is momentum.",
    .rules = IN_ALL_DIALECTS("a = beta1*a + g; b = beta2*b + g; c = beta3*c + g; "
                             "x -= lr/3*(a + b + c)"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(REQUIRED), HALF_OPEN,
                            { 0, INFINITY }, "length of a step per unit of gradient" },
        [BETA1] = { "beta1", "\\beta_1", IN_ALL_DIALECTS(0), CLOSED, { 0, 1 },
                    "the share of the first velocity that is kept" },
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.9), CLOSED, { 0, 1 },
                    "the share of the second velocity that is kept" },
        [BETA3] = { "beta3", "\\beta_3", IN_ALL_DIALECTS(0.99), CLOSED, { 0, 1 },
                    "the share of the third velocity that is kept" },
    },
    .step = step,
};
