#include "optimize/optimizer.h"

enum { LEARNING_RATE, BETA1, BETA2, GAMMA, INTERVAL, EPSILON };
enum { MEAN, CURVATURE, DIAGONAL };

ELEMENTWISE_STEP(rule, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], gamma = p[GAMMA], eps = p[EPSILON];
    real g = c->g, x = c->x, m = c->slots[MEAN], h = c->slots[CURVATURE];
    m = b1 * m + (1 - b1) * g;
    if ((t - 1) % (size_t)p[INTERVAL] == 0) {
        real diagonal = c->slots[DIAGONAL];
        h = b2 * h + (1 - b2) * diagonal;
    }
    real scaled = gamma * h, divisor = scaled > eps ? scaled : eps, move = m / divisor;
    x -= lr * (move > 1 ? 1 : move < -1 ? -1 : move);
    c->slots[MEAN] = m;
    c->slots[CURVATURE] = h;
    c->x = x;
})

static void step(struct descent *d)
{
    descent_take_diagonal(d, DIAGONAL);
    rule(d);
}

const struct optimizer sophia_optimizer = {
    .name = "sophia",
    .title = "Sophia",
    .source = "Liu et al. 2023, Sophia: a scalable stochastic second-order optimizer for "
              "language model pre-training",
    .story = "A running mean of gradients over a running mean of curvatures, coordinate by "
             "coordinate, and no coordinate moves by more than the rate. The paper estimates the "
             "Hessian's diagonal; here it is exact. Far away, and wherever the curvature is not "
             "positive, it walks at full rate in the direction of the signs; near a minimum "
             "its step is lr/gamma times Newton's along each axis, so that a rate above gamma "
             "leads past it. It is blind to valleys that lie askew.",
    .rules = IN_ALL_DIALECTS(
        "m = beta1*m + (1 - beta1)*g; "
        "h = beta2*h + (1 - beta2)*H, every interval steps, with the Hessian's exact diagonal H; "
        "x -= lr*max(-1,min(1,m/max(gamma*h,eps)))"),
    .decoupled = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(REQUIRED), HALF_OPEN,
                            { 0, INFINITY }, "the most that a coordinate moves" },
        [BETA1] = { "beta1", "\\beta_1", IN_ALL_DIALECTS(0.96), HALF_OPEN, { 0, 1 },
                    "the share of the mean gradient m that is kept" },
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.99), HALF_OPEN, { 0, 1 },
                    "the share of the mean curvature h that is kept" },
        [GAMMA] = { "gamma", "\\gamma", IN_ALL_DIALECTS(0.01), HALF_OPEN, { 0, INFINITY },
                    "scales the curvature; the smaller, the more steps are cut" },
        [INTERVAL] = { "interval", "k", IN_ALL_DIALECTS(10), WHOLE, { 1, 1e9 },
                       "steps from one look at the curvature to the next" },
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-12)),
    },
    .step = step,
};
