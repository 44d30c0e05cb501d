#include "optimize/optimizer.h"

#include "model/functions.h"

enum { RHO };

static struct vec2 vantage(const struct descent *d, struct vec2 at, const double *arguments)
{
    enum precision precision = d->run->precision;
    double norm = descent_gradient_norm(d);
    if (norm == 0) {
        return at; /* no way leads up */
    }
    double scale = rounded(arguments[RHO] / norm, precision);
    return (struct vec2){
        rounded(at.x + rounded(d->x.g * scale, precision), precision),
        rounded(at.y + rounded(d->y.g * scale, precision), precision),
    };
}

static bool is_idle(const double *arguments, size_t updates, size_t *index)
{
    (void)updates;
    *index = RHO;
    return arguments[RHO] == 0;
}

const struct wrapper sam_wrapper = {
    .name = "sam",
    .title = "Sharpness-aware minimization",
    .story = "Takes the gradient not where the point is but a distance of rho further uphill, as "
             "if the method had to be content with the worst place nearby. In a minimum narrower "
             "than that the far wall answers, and the path does not come to rest: it goes to and "
             "fro and drifts to where the floor is flatter. How far it swings in the end grows "
             "with rho, with the rate and with the curvature.",
    .arguments = { [RHO] = { "rho", 0.05, { 0, 1e6 }, .is_whole = false } },
    .symbols = { [RHO] = "\\rho" },
    .rule = "u = x + rho*g/n, where n = |g|; g = h, where h is the gradient at u",
    .source = "Foret, Kleiner, Mobahi & Neyshabur 2021, Sharpness-aware minimization for "
              "efficiently improving generalization",
    .help = "takes the gradient a distance of rho uphill, so that narrow minima repel; for "
            "methods that step by a gradient",
    .is_idle = is_idle,
    .vantage = vantage,
};
