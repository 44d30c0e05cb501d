#include "optimize/line_search.h"

#include "model/functions.h"

/* Enough to halve any step to nothing, and for a shrinkage of 0.99 down to 4e-5. */
enum { BACKTRACKS_MAX = 1000 };
/* Of a strong Wolfe search: extrapolations and divisions of the bracket, as PyTorch has it. */
enum { TRIALS_MAX = 25 };

/* One length with the value there and the slope along the direction. */
struct trial {
    double t, f, slope;
};

struct search {
    const struct descent *descent;
    struct vec2 direction;
    const struct wolfe *conditions;
    struct trial start;
    int trials;
};

double search_first_length(struct vec2 gradient, double rate)
{
    return fmin(1, 1 / (fabs(gradient.x) + fabs(gradient.y))) * rate;
}

double search_armijo(const struct descent *descent, struct vec2 direction, double t, double c1,
                     double shrink)
{
    struct vec2 from = descent_point(descent);
    enum precision precision = descent->run->precision;
    double slope = vec2_dot(descent_gradient(descent), direction);
    for (int i = 0; i < BACKTRACKS_MAX; i++) {
        struct vec2 at = vec2_along(from, t, direction);
        at = (struct vec2){ rounded(at.x, precision), rounded(at.y, precision) };
        if (at.x == from.x && at.y == from.y) {
            break;
        }
        double f = objective_gradient(descent->objective, at, precision).f;
        if (isfinite(f) && f <= descent->f + c1 * t * slope) {
            return t;
        }
        t *= shrink;
    }
    return 0;
}

static struct trial try_length(const struct search *search, double t)
{
    const struct descent *descent = search->descent;
    struct vec2 at = vec2_along(descent_point(descent), t, search->direction);
    struct jet jet = objective_gradient(descent->objective, at, descent->run->precision);
    struct vec2 gradient = { jet.fx, jet.fy };
    double f = isfinite(jet.f) ? jet.f : INFINITY;
    return (struct trial){ t, f, vec2_dot(gradient, search->direction) };
}

static bool is_too_high(const struct search *search, const struct trial *trial)
{
    const struct trial *start = &search->start;
    double bound = start->f + search->conditions->c1 * trial->t * start->slope;
    return !isfinite(trial->f) || trial->f > bound;
}

static bool is_flat(const struct search *search, const struct trial *trial)
{
    return fabs(trial->slope) <= -search->conditions->c2 * search->start.slope;
}

/* Where the cubic through two trials is least, between lo and hi (Nocedal & Wright 2006,
 * equation 3.59); their middle where that is nowhere. */
static double cubic_minimum(const struct trial *a, const struct trial *b, double lo, double hi)
{
    if (a->t > b->t) {
        const struct trial *swap = a;
        a = b;
        b = swap;
    }
    double d1 = a->slope + b->slope - 3 * (a->f - b->f) / (a->t - b->t);
    double square = d1 * d1 - a->slope * b->slope, d2 = sqrt(square);
    double t = b->t - (b->t - a->t) * ((b->slope + d2 - d1) / (b->slope - a->slope + 2 * d2));
    return square >= 0 && isfinite(t) ? fmin(fmax(t, lo), hi) : (lo + hi) / 2;
}

/* Keeps a trial away from the ends of its bracket, when it lies beyond or the one before was
 * as near to them: a tenth of the bracket is the least progress. */
static double keep_away(double t, double lo, double hi, bool *was_near)
{
    double margin = 0.1 * (hi - lo);
    if (fmin(hi - t, t - lo) >= margin) {
        *was_near = false;
    } else if (*was_near || t >= hi || t <= lo) {
        *was_near = false;
        t = fabs(t - hi) < fabs(t - lo) ? hi - margin : lo + margin;
    } else {
        *was_near = true;
    }
    return t;
}

/* Divides a bracket, which holds a length that meets the conditions, until that is found
 * (Nocedal & Wright 2006, algorithm 3.6). */
static double divide(struct search *search, struct trial ends[2])
{
    struct vec2 along = search->direction;
    double longest = fmax(fabs(along.x), fabs(along.y));
    size_t low = ends[1].f < ends[0].f;
    bool was_near = false;
    while (search->trials++ < TRIALS_MAX
           && fabs(ends[1].t - ends[0].t) * longest >= search->conditions->narrowest) {
        double lo = fmin(ends[0].t, ends[1].t), hi = fmax(ends[0].t, ends[1].t);
        double t = cubic_minimum(&ends[0], &ends[1], lo, hi);
        struct trial now = try_length(search, keep_away(t, lo, hi, &was_near));
        if (is_too_high(search, &now) || now.f >= ends[low].f) {
            ends[!low] = now;
            low = ends[1].f < ends[0].f;
            continue;
        }
        bool is_found = is_flat(search, &now);
        if (!is_found && now.slope * (ends[!low].t - ends[low].t) >= 0) {
            ends[!low] = ends[low];
        }
        ends[low] = now;
        if (is_found) {
            break;
        }
    }
    return ends[low].t;
}

/* Goes on until a bracket is found (Nocedal & Wright 2006, algorithm 3.5). */
double search_strong_wolfe(const struct descent *descent, struct vec2 direction, double t,
                           const struct wolfe *conditions)
{
    double slope = vec2_dot(descent_gradient(descent), direction);
    struct search search = { descent, direction, conditions, { 0, descent->f, slope }, 0 };
    struct trial before = search.start, now = try_length(&search, t);
    for (; search.trials < TRIALS_MAX; search.trials++) {
        /* That a value has to fall from the third trial on only is PyTorch's. */
        if (is_too_high(&search, &now) || (search.trials > 1 && now.f >= before.f)) {
            break;
        }
        if (is_flat(&search, &now)) {
            return now.t;
        }
        if (now.slope >= 0) {
            break;
        }
        double lo = now.t + 0.01 * (now.t - before.t), hi = 10 * now.t;
        double next = cubic_minimum(&before, &now, lo, hi);
        before = now;
        now = try_length(&search, next);
    }
    if (search.trials == TRIALS_MAX) {
        before = search.start;
    }
    return divide(&search, (struct trial[2]){ before, now });
}
