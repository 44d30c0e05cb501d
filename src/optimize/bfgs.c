#include "optimize/line_search.h"

enum { LEARNING_RATE, SEARCH, DECREASE, CURVATURE };

struct state {
    struct vec2 s, g;   /* the last step, and the gradient before it */
    double xx, xy, yy;  /* H, the inverse Hessian as far as it is known */
    bool is_known;
};

static void restart(struct state *state)
{
    state->is_known = false;
    state->xx = state->yy = 1;
    state->xy = 0;
}

static struct vec2 times(const struct state *h, struct vec2 v)
{
    return (struct vec2){ h->xx * v.x + h->xy * v.y, h->xy * v.x + h->yy * v.y };
}

/* H becomes (1 - s y'/ys) H (1 - y s'/ys) + s s'/ys, where the gradient has grown along the step;
 * elsewhere no positive definite H would explain it. The first H is scaled before (Nocedal &
 * Wright 2006, equations 6.17 and 6.20). */
static void update(struct state *state, struct vec2 g)
{
    struct vec2 s = state->s, y = vec2_along(g, -1, state->g);
    double ys = vec2_dot(y, s), yy = vec2_dot(y, y);
    if (!(ys > 0) || !isfinite(1 / ys)) {
        return;
    }
    if (!state->is_known) {
        state->xx = state->yy = ys / yy;
        state->is_known = true;
    }
    struct vec2 hy = times(state, y);
    double outer = (1 + vec2_dot(y, hy) / ys) / ys;
    state->xx += outer * s.x * s.x - 2 * hy.x * s.x / ys;
    state->xy += outer * s.x * s.y - (hy.x * s.y + s.x * hy.y) / ys;
    state->yy += outer * s.y * s.y - 2 * hy.y * s.y / ys;
}

static void step(struct descent *descent)
{
    const double *p = descent->run->parameters;
    struct state *state = descent->state;
    struct vec2 g = descent_gradient(descent);
    double t = p[LEARNING_RATE];
    if (descent->t == 1) {
        restart(state);
    } else {
        update(state, g);
    }
    if (!state->is_known) {
        t = search_first_length(g, t);
    }
    struct vec2 h = times(state, g), d = { -h.x, -h.y };
    if (g.x == 0 && g.y == 0) {
        return;
    }
    if (p[SEARCH] != 0) {
        struct wolfe conditions = { p[DECREASE], p[CURVATURE], 0 };
        t = search_strong_wolfe(descent, d, t, &conditions);
    }
    if (t == 0) {
        restart(state); /* the next direction is the gradient's */
    }
    state->g = g;
    state->s = (struct vec2){ t * d.x, t * d.y };
    descent_move(descent, vec2_along(descent_point(descent), t, d));
}

const struct optimizer bfgs_optimizer = {
    .name = "bfgs",
    .title = "BFGS",
    .source = "Broyden, Fletcher, Goldfarb and Shanno 1970; as in Nocedal & Wright 2006, "
              "Numerical optimization, algorithm 6.1",
    .story = "Keeps a guess of the inverse Hessian and corrects it after every step, so that it "
             "explains by how much the gradient has just changed. It begins like gradient descent "
             "and ends like Newton's method, though it never asks for a second derivative. The "
             "guess stays positive definite, so every direction leads downhill and saddle points "
             "do not attract it.",
    .rules = IN_ALL_DIALECTS(
        "s = x - x1, from the point before; q = g - g1, from its gradient; "
        "H = (1 - s*q/n)*H*(1 - q*s/n) + s*s/n, the products being matrices and n the number q s, "
        "from H = n / q q before the first; "
        "u = min(lr, lr/r), where r is the sum of abs(g) over the coordinates, as long as there is "
        "no H, then u = lr; "
        "x -= t*H*g, or t*g without H, with t = u or what the line search finds from there"),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(1), HALF_OPEN,
                            { 0, INFINITY }, "share of the step that is made or tried first" },
        [SEARCH] = { "line_search", "search", IN_ALL_DIALECTS(1), LINE_SEARCH, { 0, 1 },
                     "what decides how far to go" },
        [DECREASE] = { "c1", "c_1", IN_ALL_DIALECTS(1e-4), HALF_OPEN, { 0, 1 },
                       "the share of the promised decrease that is enough" },
        [CURVATURE] = { "c2", "c_2", IN_ALL_DIALECTS(0.9), HALF_OPEN, { 0, 1 },
                        "the share of the slope that may be left" },
    },
    .state_size = sizeof(struct state),
    .step = step,
};
