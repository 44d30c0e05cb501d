#include "base/elementary.h"
#include "optimize/optimizer.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON, POWER };
enum { MEAN, SQUARES, DIAGONAL };

ELEMENTWISE_STEP(rule, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON], k = p[POWER];
    real g = c->g, x = c->x, m = c->slots[MEAN], v = c->slots[SQUARES], h = c->slots[DIAGONAL];
    m = b1 * m + (1 - b1) * g;
    v = b2 * v + (1 - b2) * h * h;
    real correction1 = 1 - (real)cr_pow(b1, t), correction2 = 1 - (real)cr_pow(b2, t);
    real root = sqrt(v / correction2), divisor = k == 1 ? root : (real)cr_pow(root, k);
    x -= lr * (m / correction1) / (divisor + eps);
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->x = x;
})

static void step(struct descent *d)
{
    descent_take_diagonal(d, DIAGONAL);
    rule(d);
}

const struct optimizer adahessian_optimizer = {
    .name = "adahessian",
    .title = "AdaHessian",
    .source = "Yao et al. 2020, ADAHESSIAN: an adaptive second order optimizer for machine "
              "learning",
    .story = "Adam with curvatures in the place of gradients: it divides by the root of a running "
             "mean of squares of the Hessian's diagonal. The paper estimates the diagonal with "
             "random vectors (Hutchinson) and averages it over neighbours; here it is exact, and "
             "each coordinate has its own. Steps shrink with the gradient, as Newton's do. "
             "A negative curvature counts like a positive one, so saddle points do not hold it.",
    .rules = IN_ALL_DIALECTS(
        "m = beta1*m + (1 - beta1)*g; "
        "v = beta2*v + (1 - beta2)*H^2, with the Hessian's exact diagonal H; "
        "x -= lr*(m/(1 - beta1^t))/(sqrt(v/(1 - beta2^t))^k + eps)"),
    .decoupled = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.1), HALF_OPEN,
                            { 0, INFINITY }, "share of the step that is made" },
        [BETA1] = { "beta1", "\\beta_1", IN_ALL_DIALECTS(0.9), HALF_OPEN, { 0, 1 },
                    "the share of the mean gradient m that is kept" },
        [BETA2] = { "beta2", "\\beta_2", IN_ALL_DIALECTS(0.999), HALF_OPEN, { 0, 1 },
                    "the share of the mean squared curvature v that is kept" },
        [EPSILON] = DIVISOR_EPSILON(IN_ALL_DIALECTS(1e-4)),
        [POWER] = { "hessian_power", "k", IN_ALL_DIALECTS(1), CLOSED, { 0, 1 },
                    "1 divides by the curvature, 0 not at all" },
    },
    .step = step,
};
