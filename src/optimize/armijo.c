#include "optimize/line_search.h"

enum { LEARNING_RATE, DECREASE, SHRINKAGE };

static void step(struct descent *d)
{
    const double *p = d->run->parameters;
    struct vec2 downhill = { -d->x.g, -d->y.g };
    double t = search_armijo(d, downhill, p[LEARNING_RATE], p[DECREASE], p[SHRINKAGE]);
    descent_move(d, vec2_along(descent_point(d), t, downhill));
}

const struct optimizer armijo_optimizer = {
    .name = "armijo",
    .title = "Gradient descent with backtracking",
    .also = "backtracking, line-search",
    .source = "Armijo 1966, Minimization of functions having Lipschitz continuous first partial "
              "derivatives",
    .story = "Gradient descent that looks before it steps: from the learning rate on it shortens "
             "the step until the value falls by enough, a share c1 of what the slope promises. "
             "So the loss never rises and no rate is too large, at the price of more evaluations. "
             "Its directions are those of gradient descent, and in a narrow valley it still "
             "zigzags.",
    .rules = IN_ALL_DIALECTS(
        "t = lr*shrink^k, with the least k for which f falls by c1 t |g|^2; x -= t*g"),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(1), HALF_OPEN,
                            { 0, INFINITY }, "length that is tried first, per unit of gradient" },
        [DECREASE] = { "c1", "c_1", IN_ALL_DIALECTS(1e-4), HALF_OPEN, { 0, 1 },
                       "the share of the promised decrease that is enough" },
        [SHRINKAGE] = { "shrink", "\\rho", IN_ALL_DIALECTS(0.5), CLOSED, { 0.01, 0.99 },
                        "what a step that is too long is multiplied by" },
    },
    .step = step,
};
