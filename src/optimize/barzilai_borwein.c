#include "optimize/optimizer.h"

enum { LEARNING_RATE, STEP_SIZE };

struct state {
    struct vec2 x, g; /* before the last step */
    double t;
};

/* The paper has no rule for y . s <= 0, where the curvature along the step is not positive. */
static double length_of(const struct state *state, struct vec2 x, struct vec2 g, bool is_short)
{
    struct vec2 s = vec2_along(x, -1, state->x), y = vec2_along(g, -1, state->g);
    double ys = vec2_dot(y, s);
    double t = is_short ? ys / vec2_dot(y, y) : vec2_dot(s, s) / ys;
    return ys > 0 && isfinite(t) ? t : state->t;
}

static void step(struct descent *d)
{
    const double *p = d->run->parameters;
    struct state *state = d->state;
    struct vec2 x = descent_point(d), g = descent_gradient(d);
    double t = d->t == 1 ? p[LEARNING_RATE] : length_of(state, x, g, p[STEP_SIZE] != 0);
    *state = (struct state){ x, g, t };
    descent_move(d, vec2_along(x, -t, g));
}

const struct optimizer barzilai_borwein_optimizer = {
    .name = "barzilai-borwein",
    .title = "Barzilai-Borwein",
    .also = "bb, spectral-gradient",
    .source = "Barzilai & Borwein 1988, Two-point step size gradient methods",
    .story = "Gradient descent whose rate comes from its last step: how far it went, over how "
             "much the gradient changed, which is one over the curvature that it met. One time it "
             "meets a steep direction and then takes a short step, the next time a flat one and "
             "takes a very long one. So the loss jumps up now and then, and yet the path "
             "arrives much sooner than with any fixed rate. Where the curvature that it met is "
             "not positive it keeps its rate.",
    .rules = IN_ALL_DIALECTS(
        "s = x - x1, from the point before; q = g - g1, from its gradient; "
        "t = s*s/(s*q), or s q / q q with step_size short, at first t = lr; x -= t*g"),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.01), HALF_OPEN,
                            { 0, INFINITY }, "length of the first step per unit of gradient" },
        [STEP_SIZE] = { "step_size", "step", IN_ALL_DIALECTS(0), STEP_LENGTH, { 0, 1 },
                        "which of the paper's two lengths is taken" },
    },
    .state_size = sizeof(struct state),
    .step = step,
};
