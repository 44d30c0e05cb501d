#include "base/elementary.h"
#include "optimize/optimizer.h"

enum { LEARNING_RATE, DAMPING, SADDLE_FREE };

/* The Hessian, [[xx, xy], [xy, yy]]. */
struct symmetric {
    double xx, xy, yy;
};

/* With the eigenvalues' absolute values in their place: p H + q, where p and q do that to both. */
static struct symmetric absolute(struct symmetric h)
{
    double mean = (h.xx + h.yy) / 2, radius = cr_hypot((h.xx - h.yy) / 2, h.xy);
    double high = fabs(mean + radius), low = fabs(mean - radius);
    double p = radius > 0 ? (high - low) / (2 * radius) : 0, q = high - p * (mean + radius);
    return (struct symmetric){ p * h.xx + q, p * h.xy, p * h.yy + q };
}

/* H^-1 g, in units in which H is at most 1. Of a singular H it is not finite. */
static struct vec2 solve(struct symmetric h, struct vec2 g)
{
    double scale = fmax(fabs(h.xy), fmax(fabs(h.xx), fabs(h.yy)));
    double xx = h.xx / scale, xy = h.xy / scale, yy = h.yy / scale;
    double determinant = (xx * yy - xy * xy) * scale;
    return (struct vec2){ (yy * g.x - xy * g.y) / determinant,
                          (xx * g.y - xy * g.x) / determinant };
}

static void step(struct descent *d)
{
    const double *p = d->run->parameters;
    struct vec2 at = descent_point(d), g = descent_gradient(d);
    if (g.x == 0 && g.y == 0) {
        return; /* where H is singular, too */
    }
    struct jet jet = objective_jet(d->objective, at, d->run->precision);
    struct symmetric h = { jet.fxx, jet.fxy, jet.fyy };
    if (p[SADDLE_FREE] != 0) {
        h = absolute(h);
    }
    h.xx += p[DAMPING];
    h.yy += p[DAMPING];
    descent_move(d, vec2_along(at, -p[LEARNING_RATE], solve(h, g)));
}

const struct optimizer newton_optimizer = {
    .name = "newton",
    .title = "Newton's method",
    .also = "newton-raphson, newtons-method",
    .source = "Newton 1669 and Raphson 1690 for equations, Simpson 1740 for extrema; saddle_free: "
              "Dauphin et al. 2014, Identifying and attacking the saddle point problem in "
              "high-dimensional non-convex optimization",
    .story = "Replaces the surface by the paraboloid that fits it here, with exact second "
             "derivatives, and jumps to where that one is level: on a bowl to the minimum, in "
             "one step. But level is not low. Where the surface bends down in some direction the "
             "method steps uphill in it, so a saddle point or a maximum attracts it as a minimum "
             "does. A large enough damping turns it into short steps of gradient descent; "
             "saddle_free takes all curvatures as positive, and so flees from a saddle.",
    .rules = IN_ALL_DIALECTS("x -= lr*(H + damping)^(-1)*g, with the Hessian H, damping on its "
                             "diagonal, and with saddle_free its eigenvalues' absolute values"),
    .alone = true,
    .parameters = {
        [LEARNING_RATE] = { "learning_rate", "lr", IN_ALL_DIALECTS(1), HALF_OPEN,
                            { 0, INFINITY }, "share of the step that is made" },
        [DAMPING] = { "damping", "\\lambda", IN_ALL_DIALECTS(0), HALF_OPEN, { 0, INFINITY },
                      "added to the Hessian's diagonal" },
        [SADDLE_FREE] = { "saddle_free", "|H|", IN_ALL_DIALECTS(0), SWITCH, { 0, 1 },
                          "take the curvatures' absolute values" },
    },
    .step = step,
};
