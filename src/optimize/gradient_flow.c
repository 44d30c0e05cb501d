#include "base/elementary.h"
#include "optimize/optimizer.h"

enum { LEARNING_RATE };
enum { STAGES = 7, SUBSTEPS_MAX = 1000 };

/* By how much a sub-step may be wrong, relative to the point, or absolutely below 1; and the
 * share of the time at which the end of the domain counts as reached. */
static const double TOLERANCE = 1e-12, PART_LEAST = 1e-14;

struct state {
    double part; /* the next sub-step's share of the time; 0 before the first */
};

/* The pair of orders 5 and 4 of Dormand & Prince 1980: the last stage is the new point's. */
static const double stages[STAGES][STAGES - 1] = {
    { 0 },
    { 1. / 5 },
    { 3. / 40, 9. / 40 },
    { 44. / 45, -56. / 15, 32. / 9 },
    { 19372. / 6561, -25360. / 2187, 64448. / 6561, -212. / 729 },
    { 9017. / 3168, -355. / 33, 46732. / 5247, 49. / 176, -5103. / 18656 },
    { 35. / 384, 0, 500. / 1113, 125. / 192, -2187. / 6784, 11. / 84 },
};
static const double errors[STAGES] = { 71. / 57600, 0, -71. / 16695, 71. / 1920,
                                       -17253. / 339200, 22. / 525, -1. / 40 };

/* A gradient without a value, as log has one below 0, leads nowhere. */
static struct vec2 downhill(const struct descent *d, struct vec2 at)
{
    struct jet jet = objective_gradient(d->objective, at, PRECISION_DOUBLE);
    return isfinite(jet.f) ? (struct vec2){ -jet.fx, -jet.fy } : (struct vec2){ NAN, NAN };
}

static double scaled(double error, double a, double b)
{
    return fabs(error) / (TOLERANCE * fmax(1, fmax(fabs(a), fabs(b))));
}

/* One sub-step of length h; returns its error over the tolerance, infinite where it leads to
 * no value. */
static double substep(const struct descent *d, struct vec2 from, double h, struct vec2 slope,
                      struct vec2 *to, struct vec2 *slope_there)
{
    struct vec2 k[STAGES] = { slope }, off = { 0, 0 };
    for (size_t i = 1; i < STAGES; i++) {
        *to = from;
        for (size_t j = 0; j < i; j++) {
            *to = vec2_along(*to, h * stages[i][j], k[j]);
        }
        k[i] = downhill(d, *to);
    }
    for (size_t i = 0; i < STAGES; i++) {
        off = vec2_along(off, h * errors[i], k[i]);
    }
    *slope_there = k[STAGES - 1];
    double error = fmax(scaled(off.x, from.x, to->x), scaled(off.y, from.y, to->y));
    return isfinite(off.x) && isfinite(off.y) && isfinite(error) ? error : INFINITY;
}

static void step(struct descent *d)
{
    struct state *state = d->state;
    double time = d->run->parameters[LEARNING_RATE], left = 1;
    double part = state->part > 0 ? state->part : 1;
    struct vec2 at = descent_point(d), slope = downhill(d, at);
    for (int i = 0; i < SUBSTEPS_MAX && left > 0; i++) {
        struct vec2 to, slope_there;
        bool is_last = part >= left;
        double now = is_last ? left : part;
        double error = substep(d, at, now * time, slope, &to, &slope_there);
        double factor = error > 0 ? 0.9 * cr_pow(error, -0.2) : 5;
        if (error == INFINITY && now < PART_LEAST) {
            at = (struct vec2){ NAN, NAN }; /* here the flow ends */
            break;
        }
        if (error <= 1) {
            at = to;
            slope = slope_there;
            left = is_last ? 0 : left - now;
        }
        double next = now * fmin(fmax(factor, 0.1), 5);
        part = is_last && error <= 1 ? fmax(part, next) : next;
        state->part = fmin(part, 1);
    }
    descent_move(d, at);
}

const struct optimizer gradient_flow_optimizer = {
    .name = "gradient-flow",
    .title = "Gradient flow",
    .also = "flow, ode",
    .source = "Cauchy's method with steps of no length; integrated as in Dormand & Prince 1980, A "
              "family of embedded Runge-Kutta formulae",
    .story = "The curve that gradient descent approaches when its rate goes to 0: always straight "
             "downhill, without steps. Each update follows it for a time of one learning rate, "
             "with sub-steps so short that no error shows, so points compare with those of "
             "gradient descent at the same rate. It crosses level lines at right angles and "
             "neither overshoots nor zigzags. Where descent differs from it, the step is to blame.",
    .rules = IN_ALL_DIALECTS("x = x - integral, of the gradient over a time lr along the curve"),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "time", IN_ALL_DIALECTS(REQUIRED), HALF_OPEN,
                            { 0, INFINITY }, "the time from one point to the next; less where 1000 "
                            "sub-steps do not suffice" },
    },
    .state_size = sizeof(struct state),
    .step = step,
};
