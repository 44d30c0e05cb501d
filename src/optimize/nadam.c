#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, BETA1, BETA2, EPSILON, MOMENTUM_DECAY };
enum { MEAN, SQUARES, PRODUCT, POWER2 };

static void init(const double *parameters, enum dialect dialect, double *slots)
{
    (void)parameters, (void)dialect;
    slots[PRODUCT] = slots[POWER2] = 1;
}

/* TensorFlow 1 keeps the share of the momentum constant. */
ELEMENTWISE_STEP(constant, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real g = c->g, x = c->x, m = c->slots[MEAN], v = c->slots[SQUARES];
    real power1 = c->slots[PRODUCT] * b1, power2 = c->slots[POWER2] * b2;
    m += (g - m) * (1 - b1);
    v += (g * g - v) * (1 - b2);
    x -= (g * (1 - b1) + b1 * m) * (lr * sqrt(1 - power2) / (1 - power1)) / (sqrt(v) + eps);
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->slots[PRODUCT] = power1;
    c->slots[POWER2] = power2;
    c->x = x;
})

/* In the others it grows from half of beta1 to all of it. */
ELEMENTWISE_STEP(growing, {
    real lr = p[LEARNING_RATE], b1 = p[BETA1], b2 = p[BETA2], eps = p[EPSILON];
    real psi = dialect == DIALECT_KERAS3 ? 1 : p[MOMENTUM_DECAY];
    real g = c->g, x = c->x, m = c->slots[MEAN], v = c->slots[SQUARES];
    real half = 0.5, base = 0.96;
    real mu = b1 * (1 - half * (real)cr_pow(base, t * psi));
    real next = b1 * (1 - half * (real)cr_pow(base, (t + 1) * psi));
    real product = c->slots[PRODUCT] * mu;
    m += (g - m) * (1 - (dialect == DIALECT_TEXTBOOK ? mu : b1));
    v += (g * g - v) * (1 - b2);
    real direction = next * m / (1 - product * next) + (1 - mu) * g / (1 - product);
    x -= lr * direction / (sqrt(v / (1 - (real)cr_pow(b2, t))) + eps);
    c->slots[MEAN] = m;
    c->slots[SQUARES] = v;
    c->slots[PRODUCT] = product;
    c->x = x;
})

static void step(struct descent *descent)
{
    (descent->run->dialect == DIALECT_TENSORFLOW1 ? constant : growing)(descent);
}

#define CONSTANT                                                                              \
    "m += (g - m)*(1 - beta1); v += (g^2 - v)*(1 - beta2); "                                  \
    "x -= lr*sqrt(1 - beta2^t)/(1 - beta1^t)*((g*(1 - beta1) + beta1*m)/(sqrt(v) + eps))"
#define GROWING(now, next, share)                                                             \
    "mu = beta1*(1 - 0.5*0.96^" now "); mu_1 = beta1*(1 - 0.5*0.96^" next "); "               \
    "w = w*mu, at first w = 1; m += (g - m)*(1 - " share "); v += (g^2 - v)*(1 - beta2); "    \
    "x -= lr*(mu_1*m/(1 - w*mu_1) + (1 - mu)*g/(1 - w))/(sqrt(v/(1 - beta2^t)) + eps)"

const struct optimizer nadam_optimizer = {
    .name = "nadam",
    .title = "Nadam",
    .source = "Dozat 2016, Incorporating Nesterov momentum into Adam",
    .story = "Adam that looks ahead as Nesterov's method does: the newest gradient counts once "
             "more, beside its share in the running mean, as if the next step's momentum were "
             "known already. So a path turns earlier than Adam's and swings past a minimum by "
             "less. Where the momentum has a schedule it begins at about half of beta1 and grows.",
    .rules = {
        [DIALECT_TENSORFLOW1] = CONSTANT,
        [DIALECT_TEXTBOOK] = GROWING("(t*psi)", "((t + 1)*psi)", "mu"),
        [DIALECT_PYTORCH] = GROWING("(t*psi)", "((t + 1)*psi)", "beta1"),
        [DIALECT_KERAS3] = GROWING("t", "(t + 1)", "beta1"),
    },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { 0.001, 0.002, 0.002, 0.001 }, HALF_OPEN,
                            { 0, INFINITY }, "about the length of a step" },
        [BETA1] = FIRST_MOMENT_KEPT(IN_ALL_DIALECTS(0.9)),
        [BETA2] = SECOND_MOMENT_KEPT(IN_ALL_DIALECTS(0.999)),
        [EPSILON] = DIVISOR_EPSILON({ 1e-8, 1e-8, 1e-8, 1e-7 }),
        [MOMENTUM_DECAY] = { "momentum_decay", "\\psi", { ABSENT, 0.004, 0.004, ABSENT },
                             HALF_OPEN, { 0, INFINITY },
                             "psi, how fast the momentum grows to beta1" },
    },
    .init = init,
    .step = step,
};
