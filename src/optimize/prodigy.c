#include "model/functions.h"
#include "optimize/optimizer.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON, INITIAL_DISTANCE };
enum { START, HERE, MEAN, SQUARES, SUM, PROGRESS, DISTANCE };

static void init(const double *parameters, enum dialect dialect, double *slots)
{
    (void)dialect;
    slots[DISTANCE] = parameters[INITIAL_DISTANCE];
}

/* Gathers what the estimate of the distance takes from one coordinate, and moves it. */
ELEMENTWISE_STEP(move, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real b3 = sqrt(b2);
    real g = c->g, x = c->x, here = c->slots[HERE], start = t == 1 ? here : c->slots[START];
    real m = c->slots[MEAN], v = c->slots[SQUARES], d = c->slots[DISTANCE];
    real s = c->slots[SUM], r = c->slots[PROGRESS];
    m = b1 * m + (1 - b1) * d * g;
    v = b2 * v + (1 - b2) * (d * d) * (g * g);
    r = b3 * r + (1 - b3) * lr * (d * d) * g * (start - here);
    s = b3 * s + (1 - b3) * lr * (d * d) * g;
    x -= lr * d * m / (sqrt(v) + d * eps);
    c->slots[START] = start;
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->slots[SUM] = s;
    c->slots[PROGRESS] = r;
    c->x = x;
})

/* The estimate is that of both coordinates, which keep it alike. */
static void step(struct descent *descent)
{
    double *x = descent->x.slots, *y = descent->y.slots;
    x[HERE] = descent->from.x;
    y[HERE] = descent->from.y;
    move(descent);
    double sum = fabs(x[SUM]) + fabs(y[SUM]);
    double found = sum > 0 ? (x[PROGRESS] + y[PROGRESS]) / sum : 0;
    found = rounded(found, descent->run->precision);
    x[DISTANCE] = y[DISTANCE] = found > x[DISTANCE] ? found : x[DISTANCE];
}

/* The authors decay by the rate of the step. */
static double decay_rate(const struct descent *descent)
{
    return descent->x.slots[DISTANCE] * descent->run->parameters[LEARNING_RATE];
}

const struct optimizer prodigy_optimizer = {
    .name = "prodigy",
    .title = "Prodigy",
    .source = "Mishchenko & Defazio 2024, Prodigy: an expeditiously adaptive parameter-free "
              "learner",
    .story = "Adam that finds its own rate. How far the path has come against the gradients gives "
             "a lower bound d of the distance from the start to the minimum, and d, which only "
             "grows, is the rate, and that of a decoupled weight decay, too. The first steps are "
             "too short to be seen; then d grows many times over within a few steps, and the path "
             "sets out. On a function that is not convex d is no bound, and can be too large.",
    .rules = IN_ALL_DIALECTS("m = beta1*m + (1 - beta1)*d*g; v = beta2*v + (1 - beta2)*d^2*g^2; "
                             "r = sqrt(beta2)*r + (1 - sqrt(beta2))*lr*d^2*p, "
                             "where p is the scalar product of the gradient and x_0 - x; "
                             "s = sqrt(beta2)*s + (1 - sqrt(beta2))*lr*d^2*g; "
                             "x -= lr*d*m/(sqrt(v) + d*eps); d = max(d, r/n), "
                             "where n sums abs(s) over the coordinates, at first d = d_0"),
    .decoupled = true,
    .decay_rate = decay_rate,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(1), HALF_OPEN, { 0, INFINITY },
                            "a factor; the method has none, 1" },
        [BETA1] = FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.9)),
        [BETA2] = SECOND_MOMENT_KEPT(IN_ALL_DIALECTS(0.999)),
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-8)),
        [INITIAL_DISTANCE] = { "initial_distance", "d_0", IN_ALL_DIALECTS(1e-6), HALF_OPEN,
                               { 1e-15, INFINITY }, "d_0, what the distance d starts at" },
    },
    .init = init,
    .step = step,
};
