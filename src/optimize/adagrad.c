#include "optimize/optimizer.h"

enum { LEARNING_RATE, INITIAL_ACCUMULATOR, EPSILON, LEARNING_RATE_DECAY };
enum { SQUARES };

static void init(const double *parameters, enum dialect dialect, double *slots)
{
    (void)dialect;
    slots[SQUARES] = parameters[INITIAL_ACCUMULATOR];
}

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], eps = p[EPSILON];
    real g = c->g, x = c->x, a = c->slots[SQUARES];
    a += g * g;
    switch (dialect) {
    case DIALECT_PYTORCH: {
        real decay = p[LEARNING_RATE_DECAY];
        x -= lr / (1 + (t - 1) * decay) * g / (sqrt(a) + eps);
        break;
    }
    case DIALECT_TEXTBOOK:
    case DIALECT_KERAS3:
        x -= lr * g / sqrt(a + eps);
        break;
    default: /* TensorFlow 1 */
        x -= g * lr * (1 / sqrt(a));
    }
    c->slots[SQUARES] = a;
    c->x = x;
})

static double rate_now(const struct descent *descent)
{
    const double *p = descent->run->parameters;
    double past = (double)(descent->t - 1);
    return p[LEARNING_RATE] / (1 + past * p[LEARNING_RATE_DECAY]); /* 0 in other dialects */
}

const struct optimizer adagrad_optimizer = {
    .name = "adagrad",
    .title = "Adagrad",
    .source = "Duchi, Hazan & Singer 2011, Adaptive subgradient methods for online learning "
              "and stochastic optimization",
    .story = "Divides the step in each coordinate by the root of all squared gradients so far. "
             "Steep and flat directions then advance alike, and no single rate has to suit both. "
             "The sum only grows, so steps only shrink: a path with a small rate hardly leaves "
             "its start, and one with a large rate begins fast and slows down for good.",
    .rules = {
        [DIALECT_TENSORFLOW1] = "a += g^2, at first a = a_0; x -= g*lr/sqrt(a)",
        [DIALECT_TEXTBOOK] = "a += g^2, at first a = a_0; x -= lr*g/sqrt(a + eps)",
        [DIALECT_PYTORCH] = "a += g^2, at first a = a_0; "
                            "x -= lr/(1 + (t - 1)*lr_decay)*(g/(sqrt(a) + eps))",
        [DIALECT_KERAS3] = "a += g^2, at first a = a_0; x -= lr*g/sqrt(a + eps)",
    },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { REQUIRED, REQUIRED, 0.01, 0.001 },
                            HALF_OPEN, { 0, INFINITY }, "about the length of the first step" },
        [INITIAL_ACCUMULATOR] = { "initial_accumulator", "a_0", { 0.1, 0, 0, 0.1 }, HALF_OPEN,
                                  { 0, INFINITY }, "a_0, what the sum of squares a starts at" },
        [EPSILON] = DIVISOR_EPSILON({ ABSENT, 1e-8, 1e-10, 1e-7 }),
        [LEARNING_RATE_DECAY] = { "learning_rate_decay", "lr decay", { ABSENT, ABSENT, 0, ABSENT },
                                  HALF_OPEN, { 0, INFINITY },
                                  "lr_decay, how fast the learning rate falls" },
    },
    .decay_rate = rate_now,
    .init = init,
    .step = step,
};
