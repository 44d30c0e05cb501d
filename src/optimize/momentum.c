#include "optimize/optimizer.h"

enum { LEARNING_RATE, MOMENTUM, DAMPENING, NESTEROV };
enum { VELOCITY };

ELEMENTWISE_STEP(step, {
    real lr = p[LEARNING_RATE], mu = p[MOMENTUM];
    real g = c->g, x = c->x, v = c->slots[VELOCITY];
    bool is_ahead = p[NESTEROV];
    switch (dialect) {
    case DIALECT_PYTORCH: {
        real damp = p[DAMPENING];
        v = t == 1 ? g : mu * v + (1 - damp) * g;
        x -= lr * (is_ahead ? g + mu * v : v);
        break;
    }
    case DIALECT_TEXTBOOK:
        v = mu * v + lr * g;
        x -= v;
        break;
    case DIALECT_KERAS3:
        v = mu * v - lr * g;
        x += is_ahead ? mu * v - lr * g : v;
        break;
    default: /* TensorFlow 1 */
        v = mu * v + g;
        x -= is_ahead ? g * lr + v * mu * lr : lr * v;
    }
    c->slots[VELOCITY] = v;
    c->x = x;
})

static const char *objection(const double *parameters, enum dialect dialect, size_t *index)
{
    *index = NESTEROV;
    bool is_torch = dialect == DIALECT_PYTORCH && parameters[NESTEROV] != 0;
    return is_torch && parameters[MOMENTUM] == 0 ? "PyTorch refuses it without a momentum"
         : is_torch && parameters[DAMPENING] != 0 ? "PyTorch refuses it with dampening" : NULL;
}

const struct optimizer momentum_optimizer = {
    .name = "momentum",
    .title = "Momentum",
    .also = "sgdm, sgd-momentum, heavy-ball, polyak-momentum",
    .source = "Polyak 1964, Some methods of speeding up the convergence of iteration methods",
    .story = "Keeps a velocity, the sum of all gradients so far, in which older ones fade by the "
             "factor mu. Steps that agree add up: on an even slope they grow towards "
             "1 / (1 - mu) times those of gradient descent. Steps that alternate cancel. So the "
             "path is faster along a valley and bounces less across it; for the same reason it "
             "runs past the minimum and has to come back, and it is carried close to a saddle "
             "point before it turns away.",
    .rules = {
        [DIALECT_TENSORFLOW1] = "a = mu*a + g; x -= lr*a",
        [DIALECT_TEXTBOOK] = "m = mu*m + lr*g; x -= m",
        [DIALECT_PYTORCH] = "b = mu*b + (1 - damp)*g, in the first update b = g; x -= lr*b",
        [DIALECT_KERAS3] = "m = mu*m - lr*g; x += m",
    },
    .alternatives = { { "nesterov = yes", {
        [DIALECT_TENSORFLOW1] = "a = mu*a + g; x -= g*lr + a*mu*lr",
        [DIALECT_PYTORCH] = "b = mu*b + g; x -= lr*(g + mu*b)",
        [DIALECT_KERAS3] = "m = mu*m - lr*g; x += mu*m - lr*g",
    } } },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { REQUIRED, REQUIRED, 0.001, 0.01 },
                            HALF_OPEN, { 0, INFINITY }, "length of a step per unit of gradient" },
        [MOMENTUM] = { "momentum", "\\beta", { REQUIRED, 0.9, 0.9, 0.9 }, CLOSED, { 0, 1 },
                       "mu, the share of the velocity that is kept" },
        [DAMPENING] = { "dampening", "\\tau", { ABSENT, ABSENT, 0, ABSENT }, CLOSED, { 0, 1 },
                        "damp, the share of the gradient that is left out" },
        [NESTEROV] = { "nesterov", "nesterov", { 0, ABSENT, 0, 0 }, SWITCH, { 0, 1 },
                       "look ahead, as nag does" },
    },
    .objection = objection,
    .step = step,
};
