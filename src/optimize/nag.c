#include "optimize/optimizer.h"

enum { LEARNING_RATE, MOMENTUM };
enum { VELOCITY, AHEAD };

ELEMENTWISE_STEP(look_ahead, {
    real mu = p[MOMENTUM], x = c->x, v = c->slots[VELOCITY];
    real ahead = x - mu * v;
    c->slots[AHEAD] = ahead;
})

ELEMENTWISE_STEP(rule, {
    real lr = p[LEARNING_RATE], mu = p[MOMENTUM];
    real g = c->g, x = c->x, v = c->slots[VELOCITY];
    switch (dialect) {
    case DIALECT_TEXTBOOK:
        v = mu * v + lr * g;
        x -= v;
        break;
    case DIALECT_PYTORCH:
        v = mu * v + g;
        x -= lr * (g + mu * v);
        break;
    case DIALECT_KERAS3:
        v = mu * v - lr * g;
        x += mu * v - lr * g;
        break;
    default: /* TensorFlow 1 */
        v = mu * v + g;
        x -= g * lr + v * mu * lr;
    }
    c->slots[VELOCITY] = v;
    c->x = x;
})

/* The frameworks keep the look-ahead point in x. The textbook keeps the point
 * itself and takes the gradient where the velocity will have carried it. */
static void step(struct descent *d)
{
    if (d->run->dialect == DIALECT_TEXTBOOK && d->t > 1) {
        look_ahead(d);
        descent_look(d, (struct vec2){ d->x.slots[AHEAD], d->y.slots[AHEAD] });
    }
    rule(d);
}

const struct optimizer nag_optimizer = {
    .name = "nag",
    .title = "Nesterov accelerated gradient",
    .also = "nesterov, nesterov-momentum, accelerated-gradient",
    .source = "Nesterov 1983, A method of solving a convex programming problem with "
              "convergence rate O(1/k^2)",
    .story = "Momentum that looks ahead: the gradient is taken where the velocity is about to "
             "lead. "
             "A path that is going too far is told one step earlier, so it brakes sooner and "
             "swings past the minimum by less. In the textbook's variables x is the point before "
             "the look ahead, in the other dialects it is the point that looks ahead.",
    .rules = {
        [DIALECT_TENSORFLOW1] = "a = mu*a + g; x -= g*lr + a*mu*lr",
        [DIALECT_TEXTBOOK] = "m = mu*m + lr*g, where g is the gradient at x - mu m; x -= m",
        [DIALECT_PYTORCH] = "b = mu*b + g; x -= lr*(g + mu*b)",
        [DIALECT_KERAS3] = "m = mu*m - lr*g; x += mu*m - lr*g",
    },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { REQUIRED, REQUIRED, 0.001, 0.01 },
                            HALF_OPEN, { 0, INFINITY }, "length of a step per unit of gradient" },
        [MOMENTUM] = { "momentum", "\\beta", { REQUIRED, 0.9, 0.9, 0.9 }, CLOSED, { 0, 1 },
                       "mu, the share of the velocity that is kept" },
    },
    .step = step,
};
