#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, FINAL_LEARNING_RATE, GAMMA, BETA1, BETA2, EPSILON };
enum { MEAN, SQUARES };

/* As the authors' program: with Adam's corrections, and without the paper's 1/sqrt(t). */
ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], last = p[FINAL_LEARNING_RATE], gamma = p[GAMMA];
    real b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real g = c->g, x = c->x, m = c->slots[MEAN], v = c->slots[SQUARES];
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * (g * g);
    real size = lr * sqrt(1 - (real)cr_pow(b2, t)) / (1 - (real)cr_pow(b1, t));
    real rate = size / (sqrt(v) + eps);
    real least = last * (1 - 1 / (gamma * t + 1));
    real most = last * (1 + 1 / (gamma * t));
    rate = rate < least ? least : rate > most ? most : rate;
    x -= rate * m;
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->x = x;
})

const struct optimizer adabound_optimizer = {
    .name = "adabound",
    .title = "AdaBound",
    .source = "Luo, Xiong, Liu & Sun 2019, Adaptive gradient methods with dynamic bound of "
              "learning rate",
    .story = "Begins as Adam and ends as momentum: what the running mean of gradients is "
             "multiplied by is kept between two bounds, which are wide apart at first and close "
             "in on one final rate. The smaller gamma is, the longer Adam lasts. On flat ground "
             "the upper bound shortens Adam's steps, on steep ground the lower one lengthens them.",
    .rules = IN_ALL_DIALECTS("m = beta1*m + (1 - beta1)*g; v = beta2*v + (1 - beta2)*g^2; "
                             "a = lr*sqrt(1 - beta2^t)/(1 - beta1^t)/(sqrt(v) + eps); "
                             "l = lr_f*(1 - 1/(gamma*t + 1)); u = lr_f*(1 + 1/(gamma*t)); "
                             "x -= min(max(a, l), u)*m"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.001), HALF_OPEN,
                            { 0, INFINITY }, "about the length of an early step" },
        [FINAL_LEARNING_RATE] = { "final_learning_rate", "lr_f", IN_ALL_DIALECTS(0.1), HALF_OPEN,
                                  { 0, INFINITY }, "lr_f, the rate that the bounds close in on",
                                  .follows_rate = true },
        [GAMMA] = { "gamma", "\\gamma", IN_ALL_DIALECTS(0.001), HALF_OPEN, { 0, 1 },
                    "how fast the bounds close in" },
        [BETA1] = FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.9)),
        [BETA2] = SECOND_MOMENT_KEPT(IN_ALL_DIALECTS(0.999)),
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-8)),
    },
    .step = step,
};
