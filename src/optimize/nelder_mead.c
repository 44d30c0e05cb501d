#include "model/functions.h"
#include "optimize/optimizer.h"

enum { SIZE, REFLECTION, EXPANSION, CONTRACTION };

struct vertex {
    struct vec2 at;
    double f;
};

/* The triangle, lowest vertex first. */
struct state {
    struct vertex best, middle, worst;
};

/* Where the function has no value it is infinitely high. */
static struct vertex vertex_at(const struct descent *d, struct vec2 at)
{
    enum precision precision = d->run->precision;
    at = (struct vec2){ rounded(at.x, precision), rounded(at.y, precision) };
    double f = objective_gradient(d->objective, at, precision).f;
    return (struct vertex){ at, isnan(f) ? INFINITY : f };
}

static void order(struct vertex *a, struct vertex *b)
{
    if (b->f < a->f) {
        struct vertex swap = *a;
        *a = *b;
        *b = swap;
    }
}

static void sort(struct state *s)
{
    order(&s->best, &s->middle);
    order(&s->middle, &s->worst);
    order(&s->best, &s->middle);
}

static void begin(const struct descent *d, struct state *s, double size)
{
    struct vec2 at = descent_point(d);
    s->best = vertex_at(d, at);
    s->middle = vertex_at(d, (struct vec2){ at.x + size, at.y });
    s->worst = vertex_at(d, (struct vec2){ at.x, at.y + size });
    sort(s);
}

/* One iteration of the paper's flow diagram. */
static void iterate(const struct descent *d, struct state *s, const double *p)
{
    struct vec2 centre = { (s->best.at.x + s->middle.at.x) / 2,
                           (s->best.at.y + s->middle.at.y) / 2 };
    struct vec2 away = vec2_along(centre, -1, s->worst.at);
    struct vertex mirrored = vertex_at(d, vec2_along(centre, p[REFLECTION], away));
    if (mirrored.f < s->best.f) {
        double farther = p[REFLECTION] * p[EXPANSION];
        struct vertex expanded = vertex_at(d, vec2_along(centre, farther, away));
        s->worst = expanded.f < s->best.f ? expanded : mirrored;
        return;
    }
    if (mirrored.f <= s->middle.f) {
        s->worst = mirrored;
        return;
    }
    if (mirrored.f <= s->worst.f) {
        s->worst = mirrored;
    }
    struct vec2 inwards = vec2_along(s->worst.at, -1, centre);
    struct vertex contracted = vertex_at(d, vec2_along(centre, p[CONTRACTION], inwards));
    if (contracted.f <= s->worst.f) {
        s->worst = contracted;
        return;
    }
    struct vec2 best = s->best.at;
    s->middle = vertex_at(d, vec2_along(best, 0.5, vec2_along(s->middle.at, -1, best)));
    s->worst = vertex_at(d, vec2_along(best, 0.5, vec2_along(s->worst.at, -1, best)));
}

static void step(struct descent *d)
{
    const double *p = d->run->parameters;
    struct state *s = d->state;
    if (d->t == 1) {
        begin(d, s, p[SIZE]);
    }
    iterate(d, s, p);
    sort(s);
    descent_move(d, s->best.at);
}

const struct optimizer nelder_mead_optimizer = {
    .name = "nelder-mead",
    .title = "Nelder-Mead simplex",
    .also = "simplex, downhill-simplex, amoeba, fmin",
    .source = "Nelder & Mead 1965, A simplex method for function minimization",
    .story = "Compares values and never looks at a gradient. A triangle turns its highest corner "
             "over to the other side, stretches when that pays, and shrinks when it does not, so "
             "it tumbles downhill and grows narrow in a valley. The path shows its lowest corner, "
             "which rests while the others move. The start is one corner of the first triangle; "
             "its loss never rises.",
    .rules = IN_ALL_DIALECTS(
        "c = (x1 + x2)/2, the middle of the two lower corners; "
        "r = c + alpha*(c - x3), replaces x3 if it is not the highest; "
        "q = c + alpha*gamma*(c - x3), replaces it instead if r and q are lower than x1; "
        "k = c + beta*(x3 - c), replaces x3 if r is higher than x2; "
        "x = x1, the lowest, to which the others shrink by half if nothing is lower than x3"),
    .alone = true,
    .parameters = {
        [SIZE] = { "simplex_size", "size", IN_ALL_DIALECTS(1), OPEN, { 0, INFINITY },
                   "the first triangle's sides along x and y" },
        [REFLECTION] = { "reflection", "\\alpha", IN_ALL_DIALECTS(1), CLOSED, { 0.01, 10 },
                         "how far a corner goes beyond the middle" },
        [EXPANSION] = { "expansion", "\\gamma", IN_ALL_DIALECTS(2), CLOSED, { 1, 10 },
                        "how much farther when that pays" },
        [CONTRACTION] = { "contraction", "\\beta", IN_ALL_DIALECTS(0.5), CLOSED, { 0.01, 0.99 },
                          "how near to the middle otherwise" },
    },
    .state_size = sizeof(struct state),
    .step = step,
};
