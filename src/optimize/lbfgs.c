#include "optimize/line_search.h"

#include <string.h>

enum { LEARNING_RATE, HISTORY, SEARCH, TOLERANCE_GRADIENT, TOLERANCE_CHANGE };
enum { HISTORY_MAX = 100 };
static const double CURVATURE_LEAST = 1e-10;

/* A step that was made, and by how much it changed the gradient. */
struct pair {
    struct vec2 s, y;
    double rho; /* 1 / (y . s) */
};

struct state {
    struct vec2 s, g; /* the last step, and the gradient before it */
    struct pair pairs[HISTORY_MAX]; /* from the oldest on */
    size_t count;
    double scale; /* of the inverse Hessian before the pairs correct it */
};

static void remember(struct state *state, struct vec2 g, size_t history)
{
    struct vec2 s = state->s, y = vec2_along(g, -1, state->g);
    double ys = vec2_dot(y, s);
    if (!(ys > CURVATURE_LEAST)) {
        return;
    }
    if (state->count == history) {
        state->count--;
        memmove(state->pairs, state->pairs + 1, state->count * sizeof *state->pairs);
    }
    state->pairs[state->count++] = (struct pair){ s, y, 1 / ys };
    state->scale = ys / vec2_dot(y, y);
}

/* The direction -H g by two loops over the pairs (Nocedal & Wright 2006, algorithm 7.4). */
static struct vec2 direction_of(const struct state *state, struct vec2 g)
{
    double alpha[HISTORY_MAX];
    struct vec2 d = { -g.x, -g.y };
    for (size_t i = state->count; i-- > 0;) {
        const struct pair *pair = &state->pairs[i];
        alpha[i] = vec2_dot(pair->s, d) * pair->rho;
        d = vec2_along(d, -alpha[i], pair->y);
    }
    d = (struct vec2){ d.x * state->scale, d.y * state->scale };
    for (size_t i = 0; i < state->count; i++) {
        const struct pair *pair = &state->pairs[i];
        double beta = vec2_dot(pair->y, d) * pair->rho;
        d = vec2_along(d, alpha[i] - beta, pair->s);
    }
    return d;
}

static void step(struct descent *descent)
{
    const double *p = descent->run->parameters;
    struct state *state = descent->state;
    struct vec2 g = descent_gradient(descent);
    if (fmax(fabs(g.x), fabs(g.y)) <= p[TOLERANCE_GRADIENT]) {
        return;
    }
    double t = p[LEARNING_RATE];
    if (descent->t == 1) {
        state->scale = 1;
        t = search_first_length(g, t);
    } else {
        remember(state, g, (size_t)p[HISTORY]);
    }
    struct vec2 d = direction_of(state, g);
    struct wolfe conditions = { 1e-4, 0.9, p[TOLERANCE_CHANGE] };
    if (vec2_dot(g, d) > -p[TOLERANCE_CHANGE]) {
        t = 0;
    } else if (p[SEARCH] != 0) {
        t = search_strong_wolfe(descent, d, t, &conditions);
    }
    state->g = g;
    state->s = (struct vec2){ t * d.x, t * d.y };
    descent_move(descent, vec2_along(descent_point(descent), t, d));
}

#define RULE "d = -H*g, where H is the inverse Hessian that the last steps suggest, at first 1; " \
             "u = min(lr, lr/r), where r is the sum of abs(g) over the coordinates, " \
             "after the first step u = lr; " \
             "x += t*d, with t = u or what the line search finds from there"

const struct optimizer lbfgs_optimizer = {
    .name = "lbfgs",
    .title = "L-BFGS",
    .also = "limited-memory-bfgs",
    .source = "Liu & Nocedal 1989, On the limited memory BFGS method for large scale optimization",
    .story = "Learns the curvature from its own steps: how far each went and how much the gradient "
             "changed meanwhile. From the last few of these pairs it guesses where the gradient "
             "will vanish and goes there. The first step is a short one along the gradient; then "
             "the path bends into the valley and ends in long, nearly straight strides. Without "
             "a line search a bad guess is believed as well, and the path may leap away.",
    .rules = IN_ALL_DIALECTS(RULE),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(1), HALF_OPEN,
                            { 0, INFINITY }, "share of the step that is made or tried first" },
        [HISTORY] = { "history", "m", { 10, 10, 100, 10 }, WHOLE, { 1, HISTORY_MAX },
                      "how many steps are remembered" },
        [SEARCH] = { "line_search", "search", { 1, 1, 0, 1 }, LINE_SEARCH, { 0, 1 },
                     "what decides how far to go" },
        [TOLERANCE_GRADIENT] = { "tolerance_grad", "\\epsilon_g", IN_ALL_DIALECTS(1e-7), HALF_OPEN,
                                 { 0, INFINITY }, "a gradient no larger than this is the end" },
        [TOLERANCE_CHANGE] = { "tolerance_change", "\\epsilon_x", IN_ALL_DIALECTS(1e-9), HALF_OPEN,
                               { 0, INFINITY }, "a promised change no larger than this, too" },
    },
    .state_size = sizeof(struct state),
    .step = step,
};
