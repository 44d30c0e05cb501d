#include "base/elementary.h"
#include "optimize/optimizer.h"

enum { LEARNING_RATE };

struct state {
    struct vec2 x, g; /* before the last step */
    double t, growth; /* its length, and that over the one before */
};

/* At most 1/(2 L) for the smoothness L that the last step met, and not much longer than the
 * last one. Where neither bounds it, it stays. */
static double length_of(const struct state *state, struct vec2 x, struct vec2 g)
{
    struct vec2 s = vec2_along(x, -1, state->x), y = vec2_along(g, -1, state->g);
    double moved = cr_hypot(s.x, s.y), change = cr_hypot(y.x, y.y);
    double smooth = change > 0 ? moved / (2 * change) : INFINITY;
    double t = fmin(sqrt(1 + state->growth) * state->t, smooth);
    return moved > 0 && isfinite(t) ? t : state->t;
}

static void step(struct descent *d)
{
    struct state *state = d->state;
    struct vec2 x = descent_point(d), g = descent_gradient(d);
    bool is_first = d->t == 1;
    double t = is_first ? d->run->parameters[LEARNING_RATE] : length_of(state, x, g);
    double growth = is_first ? INFINITY : state->t > 0 ? t / state->t : 1;
    *state = (struct state){ x, g, t, growth };
    descent_move(d, vec2_along(x, -t, g));
}

const struct optimizer adgd_optimizer = {
    .name = "adgd",
    .title = "Adaptive gradient descent",
    .source = "Malitsky & Mishchenko 2020, Adaptive gradient descent without descent",
    .story = "Gradient descent whose rate follows two rules: do not grow too fast, and do not "
             "step over what the curvature just met allows. It needs no line search and no rate "
             "but that of the first, short step. Like Barzilai-Borwein it measures the curvature "
             "from two gradients, but only ever takes the safe half of the step, so its path is "
             "smooth: slow on steep walls, faster and faster on an even floor.",
    .rules = IN_ALL_DIALECTS(
        "t2 = min(sqrt(1 + theta)*t,s/(2*q)), with s = |x - x1| and q = |g - g1| since the last "
        "step, at first t2 = lr; "
        "theta = t2/t, at first infinite; t = t2; x -= t*g"),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(0.001), HALF_OPEN,
                            { 0, INFINITY }, "length of the first step per unit of gradient" },
    },
    .state_size = sizeof(struct state),
    .step = step,
};
