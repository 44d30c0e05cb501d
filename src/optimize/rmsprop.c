#include "optimize/optimizer.h"

enum { LEARNING_RATE, DECAY, EPSILON, MOMENTUM, CENTERED };
enum { SQUARES, MEAN, VELOCITY };

static void init(const double *parameters, enum dialect dialect, double *slots)
{
    (void)parameters;
    slots[SQUARES] = dialect == DIALECT_TENSORFLOW1;
}

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], rho = p[DECAY], eps = p[EPSILON], mu = p[MOMENTUM];
    real g = c->g, x = c->x;
    real s = c->slots[SQUARES], mean = c->slots[MEAN], v = c->slots[VELOCITY];
    if (dialect == DIALECT_TENSORFLOW1) {
        s += (g * g - s) * (1 - rho);
        mean += (g - mean) * (1 - rho);
    } else {
        s = rho * s + (1 - rho) * (g * g);
        mean = rho * mean + (1 - rho) * g;
    }
    real square = p[CENTERED] ? s - mean * mean : s;
    if (dialect == DIALECT_PYTORCH) {
        v = mu * v + g / (sqrt(square) + eps);
        x -= lr * v;
    } else {
        v = mu * v + g * lr / sqrt(square + eps);
        x -= v;
    }
    c->slots[SQUARES] = s;
    c->slots[MEAN] = mean;
    c->slots[VELOCITY] = v;
    c->x = x;
})

#define CENTRED "s = rho*s + (1 - rho)*g^2; n = rho*n + (1 - rho)*g; "

const struct optimizer rmsprop_optimizer = {
    .name = "rmsprop",
    .title = "RMSProp",
    .also = "rms",
    .source = "Tieleman & Hinton 2012, Neural networks for machine learning, lecture 6.5",
    .story = "Adagrad with a memory that fades: the step is divided by the root of a running mean "
             "of squared gradients, not of their sum, and so does not die away. A step is about "
             "as long as the rate however steep the slope is. That leads off a flat place "
             "quickly; near a minimum, where gradients shrink, the steps do not, and the path "
             "stays restless at about that distance.",
    .rules = {
        [DIALECT_TENSORFLOW1] = "s += (g^2 - s)*(1 - rho), at first s = 1; "
                                "v = mu*v + g*lr/sqrt(s + eps); x -= v",
        [DIALECT_TEXTBOOK] = "s = rho*s + (1 - rho)*g^2; x -= lr*g/sqrt(s + eps)",
        [DIALECT_PYTORCH] = "s = rho*s + (1 - rho)*g^2; v = mu*v + g/(sqrt(s) + eps); x -= lr*v",
        [DIALECT_KERAS3] = "s = rho*s + (1 - rho)*g^2; v = mu*v + lr*g/sqrt(s + eps); x -= v",
    },
    .alternatives = { { "centered = yes", {
        [DIALECT_TENSORFLOW1] = "s += (g^2 - s)*(1 - rho), at first s = 1; "
                                "n += (g - n)*(1 - rho); "
                                "v = mu*v + g*lr/sqrt(s - n^2 + eps); x -= v",
        [DIALECT_PYTORCH] = CENTRED "v = mu*v + g/(sqrt(s - n^2) + eps); x -= lr*v",
        [DIALECT_KERAS3] = CENTRED "v = mu*v + lr*g/sqrt(s - n^2 + eps); x -= v",
    } } },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { REQUIRED, REQUIRED, 0.01, 0.001 },
                            HALF_OPEN, { 0, INFINITY }, "about the length of a step" },
        [DECAY] = { "decay", "\\rho", { 0.9, 0.9, 0.99, 0.9 }, HALF_OPEN, { 0, 1 },
                    "rho, the share of the mean square that is kept" },
        [EPSILON] = DIVISOR_EPSILON({ 1e-10, 1e-8, 1e-8, 1e-7 }),
        [MOMENTUM] = { "momentum", "\\beta", { 0, ABSENT, 0, 0 }, CLOSED, { 0, 1 },
                       "mu, the share of the velocity that is kept" },
        [CENTERED] = { "centered", "centered", { 0, ABSENT, 0, 0 }, SWITCH, { 0, 1 },
                       "divide by the variance of the gradient, s less its mean squared" },
    },
    .init = init,
    .step = step,
};
