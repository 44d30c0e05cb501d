#include "optimize/line_search.h"

enum { LEARNING_RATE, DECREASE, CURVATURE };

struct state {
    struct vec2 d, g; /* the last direction, and the gradient before it */
    double promise;   /* how much the last step's slope promised: t d . g */
    bool has_direction;
};

static struct vec2 direction_of(const struct state *state, struct vec2 g)
{
    struct vec2 downhill = { -g.x, -g.y };
    if (!state->has_direction) {
        return downhill;
    }
    struct vec2 y = vec2_along(g, -1, state->g);
    double beta = fmax(0, vec2_dot(g, y) / vec2_dot(state->g, state->g));
    struct vec2 d = vec2_along(downhill, beta, state->d);
    return vec2_dot(d, g) < 0 ? d : downhill;
}

static void step(struct descent *descent)
{
    const double *p = descent->run->parameters;
    struct wolfe conditions = { p[DECREASE], p[CURVATURE], 0 };
    struct state *state = descent->state;
    struct vec2 g = descent_gradient(descent);
    struct vec2 d = direction_of(state, g);
    double slope = vec2_dot(d, g);
    if (slope == 0) {
        return;
    }
    /* As much is promised as by the step before (Nocedal & Wright 2006, page 59). */
    double t = p[LEARNING_RATE] * state->promise / slope;
    if (!state->has_direction || !isfinite(t)) {
        t = search_first_length(g, p[LEARNING_RATE]);
    }
    t = search_strong_wolfe(descent, d, t, &conditions);
    *state = (struct state){ d, g, t * slope, t > 0 };
    descent_move(descent, vec2_along(descent_point(descent), t, d));
}

const struct optimizer nonlinear_cg_optimizer = {
    .name = "nonlinear-cg",
    .title = "Nonlinear conjugate gradients",
    .also = "cg, ncg, conjugate-gradient, conjugate-gradients, polak-ribiere, fletcher-reeves",
    .source = "Polak & Ribière 1969, Note sur la convergence de méthodes de directions conjuguées",
    .story = "Each direction is the downhill one plus a share of the last, chosen so that on an "
             "even bowl the new step does not undo the old one: there two exact steps reach the "
             "minimum of two variables. It is momentum whose coefficient is calculated, with a "
             "line search for the length. Where the share would be negative it forgets and starts "
             "again downhill. The path turns along a valley instead of zigzagging.",
    .rules = IN_ALL_DIALECTS(
        "b = max(0,g*(g - g1)/g1^2), where g1 is the gradient before, at first b = 0; "
        "d = b*d - g; x += t*d, with t from a strong Wolfe search, which first tries lr/r, at most "
        "lr, where r is the sum of abs(g) over the coordinates, and in later steps lr times what "
        "promises as much as the step before"),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(1), HALF_OPEN,
                            { 0, INFINITY }, "scales the length that a search tries first" },
        [DECREASE] = { "c1", "c_1", IN_ALL_DIALECTS(1e-4), HALF_OPEN, { 0, 1 },
                       "the share of the promised decrease that is enough" },
        [CURVATURE] = { "c2", "c_2", IN_ALL_DIALECTS(0.1), HALF_OPEN, { 0, 1 },
                        "the share of the slope that may be left" },
    },
    .state_size = sizeof(struct state),
    .step = step,
};
