#include "model/critical.h"

#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "base/number.h"
#include "model/jet.h"
#include "model/minimum.h"
#include "model/stationary.h"

/* Cells along each side of the box, and nodes. */
enum { CELLS = 128, NODES = CELLS + 1 };

/* How often a walk by values alone is begun, which is longer than Newton's. */
enum { WALKS_MAX = 200 };

/* Distances as shares of the box: Newton's longest step, what is one point, where it is
 * known to all digits and where not, and what is next to each other on a curve. */
static const double STEP = 2.0 / CELLS, SAME = 1e-6, SAME_ROUGHLY = 1e-4, BESIDE = 8.0 / CELLS;

/* Values that differ by less, as a share of their range, are the same. */
static const double SAME_VALUE = 1e-9;

/* Of the values' range so many digits are known, where the place is known to all digits and
 * where not. */
enum { VALUE_DIGITS = 13, VALUE_DIGITS_ROUGHLY = 9 };

struct search {
    const struct objective *objective;
    struct field field;
    struct critical_points *found;
    double *f, *fx, *fy; /* at the nodes */
    int walks;           /* so far */
};

static double width(struct range range)
{
    return range.hi - range.lo;
}

static double distance(const struct search *search, struct vec2 a, struct vec2 b)
{
    return cr_hypot((a.x - b.x) / width(search->field.x), (a.y - b.y) / width(search->field.y));
}

/* A place on the grid, between nodes too. */
static struct vec2 place(const struct search *search, double column, double row)
{
    const struct field *field = &search->field;
    return (struct vec2){ field->x.lo + width(field->x) * column / CELLS,
                          field->y.lo + width(field->y) * row / CELLS };
}

static bool is_new(const struct search *search, const struct critical_point *point)
{
    for (size_t i = 0; i < search->found->count; i++) {
        const struct critical_point *other = &search->found->items[i];
        bool is_exact = point->form == CRITICAL_REGULAR && other->form == CRITICAL_REGULAR;
        if (distance(search, point->at, other->at) < (is_exact ? SAME : SAME_ROUGHLY)) {
            return false;
        }
    }
    return true;
}

static void keep(struct search *search, const struct critical_point *point)
{
    struct critical_points *found = search->found;
    if (!is_new(search, point)) {
        return;
    }
    if (found->count == CRITICAL_POINTS_MAX) {
        found->is_cut = true;
        return;
    }
    found->items = memory_grow(found->items, found->count, &found->capacity,
                               sizeof *found->items);
    found->items[found->count++] = *point;
}

static bool try_smooth(struct search *search, struct vec2 from)
{
    struct critical_point point;
    struct vec2 at = from;
    if (!stationary_near(&search->field, STEP, &at)
        || !stationary_tell(&search->field, at, &point)) {
        return false;
    }
    keep(search, &point);
    return distance(search, from, at) < 2 * STEP;
}

static void try_extremum(struct search *search, enum critical_kind kind, struct vec2 from)
{
    struct critical_point point;
    if (try_smooth(search, from)) {
        return;
    }
    if (search->walks++ == WALKS_MAX) {
        search->found->is_cut = true;
    }
    if (search->walks <= WALKS_MAX && stationary_kink(&search->field, kind, from, &point)) {
        keep(search, &point);
    }
}

static void sample(struct search *search)
{
    struct critical_points *found = search->found;
    double most = -INFINITY;
    found->least = INFINITY;
    for (int i = 0; i < NODES * NODES; i++) {
        struct vec2 at = place(search, i % NODES, i / NODES);
        struct jet jet = objective_gradient(search->objective, at, PRECISION_DOUBLE);
        search->f[i] = jet.f;
        search->fx[i] = jet.fx;
        search->fy[i] = jet.fy;
        if (isfinite(jet.f) && jet.f < found->least) {
            found->least = jet.f;
            found->lowest = at;
        }
        most = isfinite(jet.f) ? fmax(most, jet.f) : most;
    }
    search->field.range = found->range = most - found->least;
}

/* Whether values at a cell's corners are on both sides of 0. */
static bool changes_sign(const double *values, int node)
{
    const double corners[] = { values[node], values[node + 1], values[node + NODES],
                               values[node + NODES + 1] };
    bool has_low = false, has_high = false;
    for (int i = 0; i < 4; i++) {
        has_low |= corners[i] <= 0;
        has_high |= corners[i] >= 0;
    }
    return has_low && has_high;
}

static void search_cells(struct search *search)
{
    for (int row = 0; row < CELLS; row++) {
        for (int column = 0; column < CELLS; column++) {
            int node = row * NODES + column;
            if (changes_sign(search->fx, node) && changes_sign(search->fy, node)) {
                try_smooth(search, place(search, column + 0.5, row + 0.5));
            }
        }
    }
}

/* Nodes without a lower, or without a higher, neighbour, some of which are different. */
static void search_nodes(struct search *search)
{
    static const int around[] = { -NODES - 1, -NODES, -NODES + 1, -1, 1, NODES - 1, NODES,
                                  NODES + 1 };
    for (int row = 1; row < CELLS; row++) {
        for (int column = 1; column < CELLS; column++) {
            int node = row * NODES + column, lower = 0, higher = 0;
            for (int i = 0; i < 8; i++) {
                lower += search->f[node + around[i]] < search->f[node];
                higher += search->f[node + around[i]] > search->f[node];
            }
            if (isfinite(search->f[node]) && !lower != !higher) {
                try_extremum(search, lower ? CRITICAL_MAXIMUM : CRITICAL_MINIMUM,
                             place(search, column, row));
            }
        }
    }
}

/* Those that are stated may be too close together for the grid. */
static void search_stated(struct search *search)
{
    const struct objective *objective = search->objective;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = objective->minima[i];
        if (at.x > objective->x.lo && at.x < objective->x.hi && at.y > objective->y.lo
            && at.y < objective->y.hi
            && isfinite(objective_gradient(objective, at, PRECISION_DOUBLE).f)) {
            try_extremum(search, CRITICAL_MINIMUM, at);
        }
    }
}

static bool is_same_value(const struct search *search, double a, double b)
{
    return fabs(a - b) <= SAME_VALUE * search->field.range;
}

/* Whether two points are next to each other on a curve of critical points. */
static bool are_linked(const struct search *search, const struct critical_point *a,
                       const struct critical_point *b)
{
    return a->form != CRITICAL_REGULAR && b->form != CRITICAL_REGULAR && a->kind == b->kind
        && is_same_value(search, a->value, b->value)
        && distance(search, a->at, b->at) < BESIDE;
}

/* Marks all points that hang together with the first one; returns how many. */
static size_t gather(const struct search *search, size_t first, int *groups)
{
    const struct critical_points *found = search->found;
    size_t *open = memory_new(found->count, sizeof *open), count = 1;
    open[0] = first;
    groups[first] = (int)first + 1;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < found->count; k++) {
            if (!groups[k] && are_linked(search, &found->items[open[i]], &found->items[k])) {
                groups[k] = (int)first + 1;
                open[count++] = k;
            }
        }
    }
    free(open);
    return count;
}

/* Of a group of points that is a curve the smooth one that is next to the box's middle;
 * its first one when none is smooth. */
static size_t middle_of(const struct search *search, const int *groups, size_t first)
{
    struct vec2 middle = place(search, CELLS / 2.0, CELLS / 2.0);
    double least = INFINITY;
    size_t best = first;
    for (size_t i = first; i < search->found->count; i++) {
        const struct critical_point *point = &search->found->items[i];
        double away = distance(search, point->at, middle);
        if (groups[i] == groups[first] && point->form == CRITICAL_DEGENERATE && away < least) {
            least = away;
            best = i;
        }
    }
    return best;
}

/* Many points in a row become one that stands for them. Kinks alone are none: their
 * places are known well. */
static void join_curves(struct search *search)
{
    enum { CURVE_LEAST = 3 };
    struct critical_points *found = search->found;
    int *groups = memory_new(found->count, sizeof *groups);
    for (size_t i = 0; i < found->count; i++) {
        if (groups[i] || gather(search, i, groups) < CURVE_LEAST) {
            continue;
        }
        int group = groups[i];
        size_t best = middle_of(search, groups, i);
        if (found->items[best].form == CRITICAL_DEGENERATE) {
            found->items[best].form = CRITICAL_CURVE;
            for (size_t k = i; k < found->count; k++) {
                groups[k] = groups[k] == group && k != best ? -1 : groups[k];
            }
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        if (groups[i] != -1) {
            found->items[kept++] = found->items[i];
        }
    }
    found->count = kept;
    free(groups);
}

/* On a ridge of kinks every place looks like an extremum to a ring of points; only the
 * last one of them is. */
static void thin_ridges(struct search *search)
{
    struct critical_points *found = search->found;
    size_t kept = 0;
    bool *dropped = memory_new(found->count, sizeof *dropped);
    for (size_t i = 0; i < found->count; i++) {
        const struct critical_point *a = &found->items[i];
        for (size_t k = 0; k < found->count && a->form == CRITICAL_KINK && !dropped[i]; k++) {
            const struct critical_point *b = &found->items[k];
            bool is_beyond = a->kind == CRITICAL_MINIMUM ? b->value < a->value
                                                         : b->value > a->value;
            dropped[i] = b->form == CRITICAL_KINK && b->kind == a->kind && is_beyond
                      && !is_same_value(search, a->value, b->value)
                      && distance(search, a->at, b->at) < BESIDE;
        }
    }
    for (size_t i = 0; i < found->count; i++) {
        if (!dropped[i]) {
            found->items[kept++] = found->items[i];
        }
    }
    found->count = kept;
    free(dropped);
}

/* To so many decimals that a number of the size of scale has that many digits. */
static double rounded_to(double value, double scale, int digits)
{
    double decimals = digits - 1 - floor(cr_log10(scale));
    double power = cr_pow(10, fabs(decimals)); /* exact where it is not too large */
    double rounded = decimals < 0 ? round(value / power) * power : round(value * power) / power;
    return isfinite(rounded) ? rounded + 0.0 : value;
}

static double value_rounded(const struct critical_points *points, double value, int digits)
{
    return points->range > 0 && isfinite(points->range) ? rounded_to(value, points->range, digits)
                                                        : value;
}

double critical_value(const struct critical_points *points, double value)
{
    return value_rounded(points, value, VALUE_DIGITS);
}

/* Takes off the digits that the search leaves undecided: 0, not 6e-17 or -0. */
static void tidy(const struct search *search, struct critical_point *point)
{
    const struct field *field = &search->field;
    int digits = point->form == CRITICAL_REGULAR ? 12 : 7;
    struct vec2 at = { rounded_to(point->at.x, width(field->x), digits),
                       rounded_to(point->at.y, width(field->y), digits) };
    double value = objective_gradient(search->objective, at, PRECISION_DOUBLE).f;
    double big = fmax(fabs(point->eigenvalues.lo), fabs(point->eigenvalues.hi));
    if (is_same_value(search, value, point->value)) {
        point->at = at;
        point->value = value;
    }
    point->value = point->form == CRITICAL_REGULAR
                       ? critical_value(search->found, point->value)
                       : value_rounded(search->found, point->value, VALUE_DIGITS_ROUGHLY);
    if (big > 0) {
        point->eigenvalues.lo = rounded_to(point->eigenvalues.lo, big, digits);
        point->eigenvalues.hi = rounded_to(point->eigenvalues.hi, big, digits);
    }
}

static int compare(const void *left, const void *right)
{
    const struct critical_point *a = left, *b = right;
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->value != b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return a->at.x != b->at.x ? (a->at.x < b->at.x ? -1 : 1)
                              : (a->at.y > b->at.y) - (a->at.y < b->at.y);
}

/* From the lowest node, and what was found, to the lowest point. */
static void find_lowest(struct search *search)
{
    struct critical_points *found = search->found;
    if (isinf(found->least)) {
        return;
    }
    found->lowest = minimum_near(search->field.tape, search->field.x, search->field.y,
                                 found->lowest);
    found->least = objective_gradient(search->objective, found->lowest, PRECISION_DOUBLE).f;
    for (size_t i = 0; i < found->count; i++) {
        if (found->items[i].value < found->least) {
            found->lowest = found->items[i].at;
            found->least = found->items[i].value;
        }
    }
}

void critical_find(struct critical_points *points, const struct objective *objective)
{
    struct search search = { objective, { objective->tape, objective->x, objective->y, 0 }, points,
                             memory_new(NODES * NODES, sizeof(double)),
                             memory_new(NODES * NODES, sizeof(double)),
                             memory_new(NODES * NODES, sizeof(double)), 0 };
    *points = (struct critical_points){ 0 };
    sample(&search);
    if (search.field.range > 0 && isfinite(search.field.range)) {
        search_stated(&search);
        search_cells(&search);
        search_nodes(&search);
        join_curves(&search);
        thin_ridges(&search);
    }
    for (size_t i = 0; i < points->count; i++) {
        tidy(&search, &points->items[i]);
    }
    if (points->count) {
        qsort(points->items, points->count, sizeof *points->items, compare);
    }
    find_lowest(&search);
    free(search.f);
    free(search.fx);
    free(search.fy);
}

void critical_finish(struct critical_points *points)
{
    free(points->items);
    *points = (struct critical_points){ 0 };
}

/* "f(1, 2) = 3" */
struct shown_value {
    char text[3 * NUMBER_SIZE + 16];
};

static struct shown_value show(struct vec2 at, double value)
{
    struct shown_value shown;
    char x[NUMBER_SIZE], y[NUMBER_SIZE], f[NUMBER_SIZE];
    number_print(x, at.x, 6);
    number_print(y, at.y, 6);
    number_print(f, value, 6);
    snprintf(shown.text, sizeof shown.text, "f(%s, %s) = %s", x, y, f);
    return shown;
}

static bool is_edge(double value, struct range range)
{
    return value <= range.lo || value >= range.hi;
}

/* Whether something has been said about this place already. */
static bool is_told(const struct report *report, const struct place *place)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct place *other = &report->entries[i].place;
        if (other->source == place->source && other->offset == place->offset) {
            return true;
        }
    }
    return false;
}

/* Whose minima may be others than in the catalogue, and where the preset says what makes
 * them so; NULL when they are not stated or stand as they are. */
static const struct place *place_of(const struct problem_section *problem, size_t index)
{
    switch (problem->minimum.kind) {
    case MINIMUM_GIVEN:
        return &problem->minimum.places[index];
    case MINIMUM_CATALOGUE:
        return problem->param_count ? &problem->params[0].formula.place
               : problem->x.given   ? &problem->x.place
               : problem->y.given   ? &problem->y.place : NULL;
    default:
        return NULL;
    }
}

void critical_check(const struct objective *objective, const struct problem_section *problem,
                    struct report *report)
{
    struct critical_points found;
    double least = INFINITY;
    size_t best = 0;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        double value = objective_gradient(objective, objective->minima[i], PRECISION_DOUBLE).f;
        best = value < least ? i : best;
        least = fmin(value, least);
    }
    const struct place *place = isinf(least) ? NULL : place_of(problem, best);
    if (!place || is_told(report, place)) {
        return;
    }
    critical_find(&found, objective);
    if (found.least < least - SAME_VALUE * found.range) {
        bool is_on_edge = is_edge(found.lowest.x, objective->x)
                       || is_edge(found.lowest.y, objective->y);
        report_warning(report, *place, "%s is not the lowest value in the range: "
                       "%s%s", show(objective->minima[best], least).text,
                       show(found.lowest, found.least).text,
                       is_on_edge ? ", on its edge" : "");
    }
    critical_finish(&found);
}

const char *critical_kind_name(enum critical_kind kind)
{
    static const char *const names[] = {
        [CRITICAL_MINIMUM] = "minimum", [CRITICAL_MAXIMUM] = "maximum",
        [CRITICAL_SADDLE] = "saddle"
    };
    return names[kind];
}

const char *critical_form_name(enum critical_form form)
{
    static const char *const names[] = {
        [CRITICAL_REGULAR] = "regular", [CRITICAL_DEGENERATE] = "degenerate",
        [CRITICAL_CURVE] = "curve", [CRITICAL_KINK] = "kink"
    };
    return names[form];
}
