#include "model/critical.h"

#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "base/number.h"
#include "model/jet.h"
#include "model/minimum.h"
#include "model/ridge.h"
#include "model/stationary.h"

/* Cells along each side of the box, and nodes. */
enum { CELLS = 128, NODES = CELLS + 1 };

/* What is done at most: walks by values alone, tries by Newton's method, and steps along level
 * lines; and these times the formula's operations, so that long ones end in seconds too. */
enum { WALKS_MAX = 200, TRIES_MAX = 20000, LINE_STEPS_MAX = 10000 };
static const double WALKS_WORK = 3e4, TRIES_WORK = 1e6, LINE_STEPS_WORK = 1e6;

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
    int walks, tries;   /* that are left */
    bool is_stated;      /* what is looked at now */
    struct line line;    /* all places on level lines, */
    struct level *levels; /* and what is known of each */
    size_t level_capacity;
};

struct level {
    double value;
    size_t owner; /* the first place of the same line, or of one that meets it */
};

static double distance(const struct search *search, struct vec2 a, struct vec2 b)
{
    return field_distance(&search->field, a, b);
}

/* A place on the grid, between nodes too. */
static struct vec2 place(const struct search *search, double column, double row)
{
    const struct field *field = &search->field;
    return (struct vec2){ field->x.lo + range_width(field->x) * column / CELLS,
                          field->y.lo + range_width(field->y) * row / CELLS };
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

static bool is_same_value(const struct search *search, double a, double b)
{
    return fabs(a - b) <= SAME_VALUE * search->field.range;
}

/* Of the first places on lines one that is next to this one and has its value; count when
 * there is none. */
static size_t place_on_line(const struct search *search, size_t count, struct vec2 at,
                            double value)
{
    size_t i = 0;
    while (i < count && !(is_same_value(search, value, search->levels[i].value)
                          && distance(search, at, search->line.points[i]) < RIDGE_STEP)) {
        i++;
    }
    return i;
}

static bool is_on_line(const struct search *search, struct vec2 at)
{
    size_t count = search->line.count;
    return count && place_on_line(search, count, at, field_value(&search->field, at)) < count;
}

/* Two lines become one. */
static void join(struct search *search, size_t count, size_t a, size_t b)
{
    for (size_t i = 0; a != b && i < count; i++) {
        if (search->levels[i].owner == b) {
            search->levels[i].owner = a;
        }
    }
}

/* Enters the new places on lines, from the first one on. */
static void add_line(struct search *search, size_t first, double value)
{
    for (size_t i = first; i < search->line.count; i++) {
        size_t met = place_on_line(search, first, search->line.points[i], value);
        search->levels = memory_grow(search->levels, i, &search->level_capacity,
                                     sizeof *search->levels);
        search->levels[i] = (struct level){ value, i > first ? search->levels[first].owner : i };
        if (met < first) {
            join(search, i + 1, search->levels[met].owner, search->levels[i].owner);
        }
    }
}

/* The curve's place that is next to the box's middle. */
static void move_to_middle(const struct search *search, size_t first,
                           struct critical_point *point)
{
    struct vec2 middle = place(search, CELLS / 2.0, CELLS / 2.0), at = point->at;
    double least = distance(search, at, middle) - RIDGE_STEP;
    for (size_t i = first; i < search->line.count; i++) {
        double away = distance(search, search->line.points[i], middle);
        if (away < least) {
            least = away;
            at = search->line.points[i];
        }
    }
    struct critical_point moved = *point;
    struct line none = { 0 };
    if (isnan(point->eigenvalues.lo)) {
        moved.at = at;
    } else if (!stationary_near(&search->field, STEP, &at)
               || stationary_tell(&search->field, at, &moved, &none) != STATIONARY_TOLD) {
        return;
    }
    if (moved.form == point->form || isnan(point->eigenvalues.lo)) {
        *point = moved;
    }
}

/* Keeps a point that has been told, with the places of its line from the first one on. */
static void take(struct search *search, size_t first, struct critical_point *point)
{
    bool is_curve = point->form == CRITICAL_CURVE;
    if (is_curve && first == search->line.count && search->line.steps <= 0) {
        search->found->is_cut = true;
        return;
    }
    if (is_curve && !search->is_stated) {
        move_to_middle(search, first, point);
    }
    keep(search, point);
}

/* Whether there is an answer for a place not farther away than near. */
static bool try_smooth(struct search *search, struct vec2 from, double near)
{
    struct critical_point point;
    struct vec2 at = from;
    if (search->tries <= 0) {
        search->found->is_cut = true;
        return false;
    }
    search->tries--;
    if (!stationary_near(&search->field, STEP, &at)) {
        return false;
    }
    if (!is_on_line(search, at)) {
        size_t first = search->line.count;
        enum stationary_verdict verdict = stationary_tell(&search->field, at, &point,
                                                          &search->line);
        if (verdict == STATIONARY_KINK) {
            return false;
        }
        add_line(search, first, point.value);
        if (verdict == STATIONARY_TOLD) {
            take(search, first, &point);
        }
    }
    return distance(search, from, at) < near;
}

static void try_extremum(struct search *search, enum critical_kind kind, struct vec2 from)
{
    struct critical_point point;
    struct vec2 at = from;
    if (is_on_line(search, from) || try_smooth(search, from, 2 * STEP)) {
        return;
    }
    if (search->walks-- <= 0) {
        search->found->is_cut = true;
        return;
    }
    if (!stationary_walk(&search->field, kind, &at) || is_on_line(search, at)
        || try_smooth(search, at, SAME_ROUGHLY)) {
        return;
    }
    size_t first = search->line.count;
    bool is_told = stationary_tell_kink(&search->field, kind, at, &point, &search->line);
    add_line(search, first, point.value);
    if (is_told) {
        take(search, first, &point);
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

/* Whether all four gradients are 0, as on a plain. */
static bool is_still(const struct search *search, int node)
{
    static const int corners[] = { 0, 1, NODES, NODES + 1 };
    for (int i = 0; i < 4; i++) {
        if (search->fx[node + corners[i]] != 0 || search->fy[node + corners[i]] != 0) {
            return false;
        }
    }
    return true;
}

static void search_cells(struct search *search)
{
    for (int row = 0; row < CELLS; row++) {
        for (int column = 0; column < CELLS; column++) {
            int node = row * NODES + column;
            if (changes_sign(search->fx, node) && changes_sign(search->fy, node)
                && !is_still(search, node)) {
                try_smooth(search, place(search, column + 0.5, row + 0.5), STEP);
            }
        }
    }
}

/* Whether a node is on the rim of a plain: a line has two such neighbours. */
static bool is_rim(const struct search *search, int node, int neighbour)
{
    return search->f[neighbour] == search->f[node] && search->fx[node] == 0
        && search->fy[node] == 0 && search->fx[neighbour] == 0 && search->fy[neighbour] == 0;
}

/* Nodes without a lower, or without a higher, neighbour, some of which are different. */
static void search_nodes(struct search *search)
{
    static const int around[] = { -NODES - 1, -NODES, -NODES + 1, -1, 1, NODES - 1, NODES,
                                  NODES + 1 };
    for (int row = 1; row < CELLS; row++) {
        for (int column = 1; column < CELLS; column++) {
            int node = row * NODES + column, lower = 0, higher = 0, rim = 0;
            for (int i = 0; i < 8; i++) {
                lower += search->f[node + around[i]] < search->f[node];
                higher += search->f[node + around[i]] > search->f[node];
                rim += is_rim(search, node, node + around[i]);
            }
            if (isfinite(search->f[node]) && !lower != !higher && rim < 3) {
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
        if (!range_is_edge(objective->x, at.x) && !range_is_edge(objective->y, at.y)
            && isfinite(objective_gradient(objective, at, PRECISION_DOUBLE).f)) {
            try_extremum(search, CRITICAL_MINIMUM, at);
        }
    }
}

/* Of the curves that turned out to be one the first is kept. */
static void join_curves(struct search *search)
{
    struct critical_points *found = search->found;
    bool *has_one = memory_new(search->line.count + 1, sizeof *has_one);
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        const struct critical_point *point = &found->items[i];
        size_t on = point->form == CRITICAL_CURVE
                        ? place_on_line(search, search->line.count, point->at, point->value)
                        : search->line.count;
        size_t owner = on < search->line.count ? search->levels[on].owner : on;
        if (on == search->line.count || !has_one[owner]) {
            found->items[kept++] = *point;
        }
        has_one[owner] = true;
    }
    found->count = kept;
    free(has_one);
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
    struct jet jet = objective_jet(search->objective, point->at, PRECISION_DOUBLE);
    double big = fmax(fabs(point->eigenvalues.lo), fabs(point->eigenvalues.hi));
    double sum = point->eigenvalues.lo + point->eigenvalues.hi; /* is fxx + fyy */
    bool is_exact = point->form == CRITICAL_REGULAR
                 && fabs(jet.fxx + jet.fyy - sum) <= 1e-9 * big;
    int digits = is_exact ? 12 : 7;
    struct vec2 at = { rounded_to(point->at.x, range_width(field->x), digits),
                       rounded_to(point->at.y, range_width(field->y), digits) };
    double value = objective_gradient(search->objective, at, PRECISION_DOUBLE).f;
    if (is_same_value(search, value, point->value)) {
        point->at = at;
        point->value = is_exact ? value : point->value;
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

static int budget(const struct objective *objective, int most, double work)
{
    return (int)fmin(most, work / fmax(1, (double)objective->tape->count));
}

void critical_find(struct critical_points *points, const struct objective *objective)
{
    struct search search = {
        .objective = objective, .field = { objective->tape, objective->x, objective->y, 0 },
        .found = points, .walks = budget(objective, WALKS_MAX, WALKS_WORK),
        .tries = budget(objective, TRIES_MAX, TRIES_WORK),
        .line.steps = budget(objective, LINE_STEPS_MAX, LINE_STEPS_WORK),
        .f = memory_new(NODES * NODES, sizeof(double)),
        .fx = memory_new(NODES * NODES, sizeof(double)),
        .fy = memory_new(NODES * NODES, sizeof(double))
    };
    *points = (struct critical_points){ 0 };
    sample(&search);
    if (search.field.range > 0 && isfinite(search.field.range)) {
        search.is_stated = true;
        search_stated(&search);
        search.is_stated = false;
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
    free(search.line.points);
    free(search.levels);
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
    struct critical_points found = { 0 };
    bool is_searched = false;
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = objective->minima[i];
        double value = objective_gradient(objective, at, PRECISION_DOUBLE).f;
        const struct place *place = isfinite(value) ? place_of(problem, i) : NULL;
        if (!place || is_told(report, place)) {
            continue;
        }
        if (!is_searched) {
            critical_find(&found, objective);
            is_searched = true;
        }
        if (found.least < value - SAME_VALUE * found.range) {
            bool is_on_edge = range_is_edge(objective->x, found.lowest.x)
                           || range_is_edge(objective->y, found.lowest.y);
            report_warning(report, *place, "%s is not the lowest value in the range: "
                           "%s%s", show(at, value).text, show(found.lowest, found.least).text,
                           is_on_edge ? ", on its edge" : "");
        }
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
