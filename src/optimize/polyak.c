#include "optimize/optimizer.h"

enum { LEARNING_RATE, MINIMUM_VALUE };

static void step(struct descent *d)
{
    const double *p = d->run->parameters;
    struct vec2 g = descent_gradient(d);
    double above = d->f - p[MINIMUM_VALUE], square = vec2_dot(g, g);
    if (above <= 0 || square == 0) {
        return; /* it is there */
    }
    descent_move(d, vec2_along(descent_point(d), -p[LEARNING_RATE] * (above / square), g));
}

const struct optimizer polyak_optimizer = {
    .name = "polyak",
    .title = "Polyak step size",
    .source = "Polyak 1969, Minimization of unsmooth functionals",
    .story = "Gradient descent that knows how low the minimum is, though not where: each step "
             "is as long as a slope like the one here would need to come down to it. No rate has "
             "to be tuned, and on a convex function every step comes nearer to the minimum. When "
             "the value that it is told is lower than the true one, it never settles.",
    .rules = IN_ALL_DIALECTS("x -= lr*(f - f0)/n*g, with the least value f0 and n = |g|^2"),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(1), HALF_OPEN,
                            { 0, INFINITY }, "share of the step that is made" },
        [MINIMUM_VALUE] = { "minimum_value", "f_0", IN_ALL_DIALECTS(LEAST_VALUE), HALF_OPEN,
                            { -INFINITY, INFINITY },
                            "the function's least value; if not given, that of its minimum" },
    },
    .step = step,
};
