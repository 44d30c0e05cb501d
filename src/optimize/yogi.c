#include "optimize/optimizer.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON, INITIAL_ACCUMULATOR };
enum { MEAN, SQUARES };

static void init(const double *parameters, enum dialect dialect, double *slots)
{
    (void)dialect;
    slots[SQUARES] = parameters[INITIAL_ACCUMULATOR];
}

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real g = c->g, x = c->x, m = c->slots[MEAN], v = c->slots[SQUARES];
    real square = g * g;
    m = b1 * m + (1 - b1) * g;
    v -= (1 - b2) * ((v > square) - (v < square)) * square;
    x -= lr * m / (sqrt(v) + eps);
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->x = x;
})

const struct optimizer yogi_optimizer = {
    .name = "yogi",
    .title = "Yogi",
    .source = "Zaheer, Reddi, Sachan, Kale & Kumar 2018, Adaptive methods for nonconvex "
              "optimization",
    .story = "Adam whose second moment changes by a share of the newest squared gradient, up or "
             "down, and not by a share of its own distance from it. After a steep slope it "
             "forgets slowly when gradients become small, so steps do not suddenly become long. "
             "Nothing corrects the first steps: v is small at first, and a path starts with "
             "steps several times as long as the rate.",
    .rules = IN_ALL_DIALECTS("m = beta1*m + (1 - beta1)*g; "
                             "v -= (1 - beta2)*sign(v - g^2)*g^2, at first v = a_0; "
                             "x -= lr*m/(sqrt(v) + eps)"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.01), HALF_OPEN,
                            { 0, INFINITY }, "about the length of a late step" },
        [BETA1] = FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.9)),
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.999), HALF_OPEN, { 0, 1 },
                    "1 less the share of g^2 by which v changes" },
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-3)),
        [INITIAL_ACCUMULATOR] = { "initial_accumulator", "a_0", IN_ALL_DIALECTS(1e-6), HALF_OPEN,
                                  { 0, INFINITY }, "a_0, what the second moment v starts at" },
    },
    .init = init,
    .step = step,
};
