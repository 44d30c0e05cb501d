#include "optimize/optimizer.h"

enum { LEARNING_RATE, MOMENTUM };
enum { FRONT = WALKER, LOOKOUT };

static bool averages(const double *parameters, enum dialect dialect)
{
    (void)parameters, (void)dialect;
    return true;
}

ELEMENTWISE_STEP(look_out, {
    real beta = p[MOMENTUM], z = c->slots[FRONT], x = c->x;
    real y = (1 - beta) * z + beta * x;
    c->slots[LOOKOUT] = y;
})

ELEMENTWISE_STEP(rule, {
    real lr = p[LEARNING_RATE];
    real g = c->g, x = c->x, z = c->slots[FRONT];
    z -= lr * g;
    x += (z - x) / (t + 1);
    c->slots[FRONT] = z;
    c->x = x;
})

/* The gradient is that of a point between the front and the average. */
static void step(struct descent *d)
{
    if (d->t > 1) { /* at first the two are one */
        look_out(d);
        descent_look(d, (struct vec2){ d->x.slots[LOOKOUT], d->y.slots[LOOKOUT] });
    }
    rule(d);
}

const struct optimizer schedule_free_optimizer = {
    .name = "schedule-free",
    .title = "Schedule-free SGD",
    .also = "sgd-schedule-free, schedulefree",
    .source = "Defazio, Yang, Mehta, Mishchenko, Khaled & Cutkosky 2024, The road less scheduled",
    .story = "Gradient descent whose average is the result, so that the rate need not fall. A "
             "front z descends; the path shows x, the average of all fronts; the gradient is "
             "taken between the two, near the average, by the share beta. The average smooths "
             "what bounces, and moves by 1/t of its distance from the front: it sets out slowly "
             "and approaches a minimum ever more slowly, from one side.",
    .rules = IN_ALL_DIALECTS("z -= lr*g, where g is the gradient at (1 - beta) z + beta x; "
                             "x += (z - x)/(t + 1)"),
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(REQUIRED), HALF_OPEN,
                            { 0, INFINITY }, "length of the front's step per unit of gradient" },
        [MOMENTUM] = { "momentum", "\\beta", IN_ALL_DIALECTS(0.9), CLOSED, { 0, 1 },
                       "beta, how near to the average the gradient is taken" },
    },
    .averages = averages,
    .step = step,
};
