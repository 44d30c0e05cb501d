#include "optimize/optimizer.h"

#include "base/elementary.h"

enum { LEARNING_RATE, LAMBDA, ALPHA, T0, AVERAGED };
enum { AVERAGE = WALKER + 1 };

/* Whether the path is that of the average, and not of the walker, which descends. */
static bool shows_average(const double *parameters, enum dialect dialect)
{
    return dialect != DIALECT_PYTORCH || parameters[AVERAGED];
}

/* Of step t, which falls by a power. */
static double rate_now(const struct descent *descent)
{
    const double *p = descent->run->parameters;
    double past = (double)(descent->t - 1);
    bool is_torch = descent->run->dialect == DIALECT_PYTORCH;
    double base = 1 + (is_torch ? p[LAMBDA] * p[LEARNING_RATE] * past : past);
    return p[LEARNING_RATE] / cr_pow(base, p[ALPHA]);
}

/* What the path shows is kept in x, the other one in its slot. */
ELEMENTWISE_STEP(rule, {
    real lr = p[LEARNING_RATE], lambda = p[LAMBDA], alpha = p[ALPHA], t0 = p[T0];
    bool is_apart = shows_average(p, dialect);
    real g = c->g;
    real w = is_apart ? c->slots[WALKER] : c->x;
    real a = is_apart ? c->x : c->slots[AVERAGE];
    if (dialect == DIALECT_PYTORCH) {
        real eta = lr / (real)cr_pow(1 + lambda * lr * (t - 1), alpha);
        real since = t - 1 - t0;
        w *= 1 - lambda * eta;
        w -= eta * g;
        a = since > 1 ? a + (w - a) / since : w;
    } else {
        a += (w - a) / t;
        w -= lr / (real)cr_pow(t, alpha) * g;
    }
    c->slots[WALKER] = w;
    c->slots[AVERAGE] = a;
    c->x = is_apart ? a : w;
})

static void step(struct descent *d)
{
    if (shows_average(d->run->parameters, d->run->dialect) && d->t > 1) {
        descent_look(d, (struct vec2){ d->x.slots[WALKER], d->y.slots[WALKER] });
    }
    rule(d);
}

#define AVERAGE_RULE                                                                          \
    "x += (w - x)/t; w -= lr/t^alpha*g, where g is the gradient at w, which starts at x"

const struct optimizer asgd_optimizer = {
    .name = "asgd",
    .title = "Averaged SGD",
    .also = "averaged-sgd, polyak-averaging",
    .source = "Polyak & Juditsky 1992, Acceleration of stochastic approximation by averaging",
    .story = "Gradient descent with steps that slowly become shorter, and the average of all its "
             "points. Where the descent jumps from wall to wall, or is pushed about by noise, "
             "the average lies between the walls; but it forgets where it began only as 1/t, "
             "so it is late on a long way. PyTorch averages beside the path from step t0 on "
             "and draws both towards the origin; averaged = yes shows its average.",
    .rules = {
        [DIALECT_TENSORFLOW1] = AVERAGE_RULE,
        [DIALECT_TEXTBOOK] = AVERAGE_RULE,
        [DIALECT_PYTORCH] = "u = lr/(1 + lambda*lr*(t - 1))^alpha; x = x*(1 - lambda*u) - u*g",
        [DIALECT_KERAS3] = AVERAGE_RULE,
    },
    .alternatives = { { "averaged = yes", {
        [DIALECT_PYTORCH] = "u = lr/(1 + lambda*lr*(t - 1))^alpha; "
                            "w = w*(1 - lambda*u) - u*g, where g is the gradient at w, "
                            "which starts at x; x += (w - x)/max(1, t - 1 - t0)",
    } } },
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", { REQUIRED, REQUIRED, 0.01, REQUIRED },
                            HALF_OPEN, { 0, INFINITY },
                            "length of the first step per unit of gradient" },
        [LAMBDA] = { "lambda", "\\lambda", { ABSENT, ABSENT, 1e-4, ABSENT }, HALF_OPEN,
                     { 0, INFINITY }, "how strongly the origin attracts, and steps shrink" },
        [ALPHA] = { "alpha", "\\alpha", IN_ALL_DIALECTS(0.75), HALF_OPEN, { 0, INFINITY },
                    "the power by which steps shrink" },
        [T0] = { "t0", "t_0", { ABSENT, ABSENT, 1e6, ABSENT }, HALF_OPEN, { 0, INFINITY },
                 "the update at which averaging begins" },
        [AVERAGED] = { "averaged", "averaged", { ABSENT, ABSENT, 0, ABSENT }, SWITCH, { 0, 1 },
                       "let the path be that of the average" },
    },
    .decay_rate = rate_now,
    .averages = shows_average,
    .step = step,
};
