#include "optimize/optimizer.h"

#include "model/functions.h"

enum { K, ALPHA };

/* The slow point moves by a share of its way to the fast one. */
static double followed(double slow, double fast, double share, enum precision precision)
{
    return rounded(slow + rounded(share * rounded(fast - slow, precision), precision), precision);
}

static void after(struct descent *d, const double *arguments)
{
    enum precision precision = d->run->precision;
    double *x = descent_walker(d, &d->x), *y = descent_walker(d, &d->y);
    if (d->t % (size_t)arguments[K] == 0) {
        d->slow.x = followed(d->slow.x, *x, arguments[ALPHA], precision);
        d->slow.y = followed(d->slow.y, *y, arguments[ALPHA], precision);
        *x = d->slow.x;
        *y = d->slow.y;
    }
}

/* The first step back follows update k. */
static bool is_idle(const double *arguments, size_t updates, size_t *index)
{
    *index = arguments[ALPHA] == 1 ? ALPHA : K;
    return arguments[ALPHA] == 1 || arguments[K] > (double)updates;
}

/* The method keeps its moments across a step back, the paper's usual choice. */
const struct wrapper lookahead_wrapper = {
    .name = "lookahead",
    .title = "Lookahead",
    .story = "The method goes k steps ahead, then the point goes back a part of the way to where "
             "it was before them, and the method sets out from there, with what it remembers. "
             "What swings from side to side ends up between the sides; on a straight way the "
             "steps back are lost.",
    .arguments = {
        [K] = { "k", 5, { 1, 1e9 }, .is_whole = true },
        [ALPHA] = { "alpha", 0.5, { 0, 1 }, .is_whole = false },
    },
    .symbols = { [K] = "k", [ALPHA] = "\\alpha" },
    .rule = "s += alpha*(x - s), after every k updates, at first s = x; x = s",
    .source = "Zhang, Lucas, Hinton & Ba 2019, Lookahead optimizer: k steps forward, 1 step back",
    .help = "goes back a part of the way after every k steps; for methods that step by a "
            "gradient",
    .is_idle = is_idle,
    .after = after,
};
