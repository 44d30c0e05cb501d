#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON };
enum { MEAN, SQUARES, POWER1, POWER2 };

static void init(const double *parameters, enum dialect dialect, double *slots)
{
    (void)parameters, (void)dialect;
    slots[POWER1] = slots[POWER2] = 1;
}

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real g = c->g, x = c->x;
    real m = c->slots[MEAN], v = c->slots[SQUARES];
    real power1 = c->slots[POWER1], power2 = c->slots[POWER2];
    m += (g - m) * (1 - b1);
    v += (g * g - v) * (1 - b2);
    /* TensorFlow 1 multiplies the powers up; the others call pow. */
    bool accumulates = dialect == DIALECT_TENSORFLOW1;
    power1 = accumulates ? power1 * b1 : cr_pow(b1, (real)t);
    power2 = accumulates ? power2 * b2 : cr_pow(b2, (real)t);
    switch (dialect) {
    case DIALECT_TEXTBOOK:
        x -= lr * (m / (1 - power1)) / sqrt(v / (1 - power2) + eps);
        break;
    case DIALECT_PYTORCH:
        x -= lr / (1 - power1) * m / (sqrt(v) / sqrt(1 - power2) + eps);
        break;
    default: /* TensorFlow 1, Keras 3 */
        x -= lr * sqrt(1 - power2) / (1 - power1) * m / (sqrt(v) + eps);
    }
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->slots[POWER1] = power1;
    c->slots[POWER2] = power2;
    c->x = x;
})

#define MOMENTS "m += (g - m)*(1 - beta1); v += (g^2 - v)*(1 - beta2); "
#define COMMON MOMENTS "x -= lr*sqrt(1 - beta2^t)/(1 - beta1^t)*(m/(sqrt(v) + eps))"

const struct optimizer adam_optimizer = {
    .name = "adam",
    .title = "Adam",
    .source = "Kingma & Ba 2015, Adam: a method for stochastic optimization",
    .story = "Momentum and RMSProp together: a running mean m of gradients, divided by the root of "
             "a running mean v of their squares. Both begin at 0 and are therefore too small "
             "at first, which the factors with powers of beta1 and beta2 make up for. Like "
             "RMSProp its steps are about as long as the rate, whatever the scale of the "
             "function; like momentum it can run past a minimum and swing back.",
    .rules = {
        [DIALECT_TENSORFLOW1] = COMMON,
        [DIALECT_TEXTBOOK] = MOMENTS "x -= lr*(m/(1 - beta1^t))/sqrt(v/(1 - beta2^t) + eps)",
        [DIALECT_PYTORCH] = MOMENTS
            "x -= lr/(1 - beta1^t)*(m/(sqrt(v)/sqrt(1 - beta2^t) + eps))",
        [DIALECT_KERAS3] = COMMON,
    },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.001), HALF_OPEN,
                            { 0, INFINITY }, "about the length of a step" },
        [BETA1] = { "beta1", "\\beta_1", IN_ALL_DIALECTS(0.9), HALF_OPEN, { 0, 1 },
                    "the share of the first moment m that is kept" },
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.999), HALF_OPEN, { 0, 1 },
                    "the share of the second moment v that is kept" },
        [EPSILON] = { "epsilon", "\\epsilon", { 1e-8, 1e-8, 1e-8, 1e-7 }, HALF_OPEN,
                      { 0, INFINITY }, "keeps the divisor away from 0" },
    },
    .init = init,
    .step = step,
};
