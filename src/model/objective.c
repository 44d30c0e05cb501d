#include "model/objective.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/suggest.h"
#include "model/block.h"
#include "model/catalogue.h"
#include "model/jet.h"
#include "model/minimum.h"
#include "model/parse.h"

/* A stated minimum may be rounded by so much of the drawn range, a tenth of a
 * pixel; the walk from it ends at the true one. */
static const double ROUNDED = 1e-4;

static const struct catalogue_entry *find_function(const struct text *name, struct report *report)
{
    const struct catalogue_entry *found = catalogue_find(name->text, name->length);
    if (found) {
        return found;
    }
    struct suggestion near = { .wanted = name->text, .length = name->length };
    char hint[96];
    catalogue_suggest(&near);
    suggestion_or_list(&near, "functions", hint, sizeof hint);
    /* Names have no operators: this may be a formula. */
    bool is_formula = strpbrk(name->text, "+*/^()");
    report_error(report, name->place, "unknown function '%s'%s", name->text,
                 is_formula ? "; a formula is written as formula = ..." : hint);
    return NULL;
}

/* "; it has a and b" */
static void list_parameters(const struct catalogue_entry *entry, char *text, size_t size)
{
    const struct catalogue_parameter *p = entry->parameters;
    size_t used = 0;
    *text = '\0';
    for (size_t i = 0; p[i].name && used < size; i++) {
        const char *before = !i ? "; it has " : p[i + 1].name ? ", " : " and ";
        used += (size_t)snprintf(text + used, size - used, "%s%s", before, p[i].name);
    }
}

static bool check_params(const struct catalogue_entry *entry,
                         const struct problem_section *problem, struct report *report)
{
    bool good = true;
    for (size_t i = 0; i < problem->param_count; i++) {
        const struct text *name = &problem->params[i].name;
        const struct catalogue_parameter *p = entry->parameters;
        while (p->name && strcmp(p->name, name->text)) {
            p++;
        }
        if (!p->name) {
            char known[96];
            list_parameters(entry, known, sizeof known);
            good = report_error(report, name->place, "%s has no parameter '%s'%s", entry->name,
                                name->text, known[0] ? known : "; it has none");
        }
    }
    return good;
}

/* The entry's parameters with the values that the problem gives them. */
static void take_parameters(struct objective *objective, const struct catalogue_entry *entry,
                            const struct problem_section *problem)
{
    const struct catalogue_parameter *p = entry->parameters;
    objective->lets = memory_new(CATALOGUE_PARAMETERS_MAX, sizeof *objective->lets);
    for (size_t i = 0; p[i].name; i++) {
        struct let *let = &objective->lets[objective->let_count++];
        *let = (struct let){ { .text = p[i].name, .length = strlen(p[i].name) },
                             { .text = p[i].standard, .length = strlen(p[i].standard) } };
        for (size_t k = 0; k < problem->param_count; k++) {
            if (!strcmp(problem->params[k].name.text, p[i].name)) {
                let->formula = problem->params[k].formula;
            }
        }
    }
}

struct point_text {
    char text[2 * NUMBER_SIZE + 4];
};

static struct point_text point_print(struct vec2 point)
{
    struct point_text shown;
    char x[NUMBER_SIZE], y[NUMBER_SIZE];
    number_print(x, point.x, 6);
    number_print(y, point.y, 6);
    snprintf(shown.text, sizeof shown.text, "(%s, %s)", x, y);
    return shown;
}

static bool is_drawn(const struct objective *objective, struct vec2 at)
{
    return range_holds(objective->x, at.x) && range_holds(objective->y, at.y);
}

/* A formula of the parameters. */
static double of_parameters(const struct objective *objective, const char *formula)
{
    struct text text = { .text = formula, .length = strlen(formula) };
    struct report report = { 0 };
    struct tape *tape = formula_compile(&text, objective->lets, objective->let_count, &report);
    double value = jet_evaluate(tape, (struct vec2){ 0, 0 }, PRECISION_DOUBLE, false).f;
    tape_destroy(tape);
    report_finish(&report);
    return value;
}

/* The walk is in the box of the catalogue: a preset's may have no room for the minimum. */
static struct vec2 moved_minimum(const struct objective *objective,
                                 const struct catalogue_entry *entry, struct vec2 from)
{
    if (entry->moved_x) {
        return (struct vec2){ of_parameters(objective, entry->moved_x),
                              of_parameters(objective, entry->moved_y) };
    }
    bool has_value = isfinite(objective_gradient(objective, from, PRECISION_DOUBLE).f);
    return has_value ? minimum_near(objective->tape, entry->x, entry->y, from) : from;
}

/* The parameter below 0 with which the function is turned over, or NULL. */
static const struct let *turning(const struct catalogue_entry *entry,
                                 const struct problem_section *problem)
{
    for (size_t i = 0; i < problem->param_count; i++) {
        const struct let *param = &problem->params[i];
        double value = 0;
        number_parse(param->formula.text, param->formula.length, &value);
        for (const struct catalogue_parameter *p = entry->parameters; p->name; p++) {
            if (p->turns && value < 0 && !strcmp(p->name, param->name.text)) {
                return param;
            }
        }
    }
    return NULL;
}

/* Whether the catalogue's minima are minima still: nothing lower is near. Two parameters may turn
 * the function over and back. */
static bool minima_stand(const struct objective *objective, const struct catalogue_entry *entry)
{
    const double same = 1e-6 * fmin(range_width(entry->x), range_width(entry->y));
    bool stand = true;
    for (size_t i = 0; stand && i < objective->minimum_count; i++) {
        struct vec2 at = entry->moved_x ? moved_minimum(objective, entry, objective->minima[i])
                                        : objective->minima[i];
        bool has_value = isfinite(objective_gradient(objective, at, PRECISION_DOUBLE).f);
        struct vec2 to = has_value ? minimum_near(objective->tape, entry->x, entry->y, at) : at;
        stand = has_value && vec2_distance(at, to) <= same;
    }
    return stand;
}

static void move_minima(struct objective *objective, const struct problem_section *problem,
                        struct report *report)
{
    const struct catalogue_entry *entry = catalogue_find(objective->name,
                                                         strlen(objective->name));
    const struct let *turned = turning(entry, problem);
    if (turned && !minima_stand(objective, entry)) {
        report_warning(report, turned->formula.place, "%s is negative: the catalogue's minima are "
                       "no minima then, and none is marked; 'minimum = X, Y' states one",
                       turned->name.text);
        objective->minimum_count = 0;
        return;
    }
    objective->moved = memory_new(objective->minimum_count, sizeof *objective->moved);
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 from = objective->minima[i], to = moved_minimum(objective, entry, from);
        objective->moved[i] = to;
        if (is_drawn(objective, from) && !is_drawn(objective, to)) {
            report_warning(report, problem->params[0].formula.place, "the minimum moves to %s, "
                           "outside of the range that is drawn; widen %s",
                           point_print(to).text, range_holds(objective->x, to.x) ? "y" :
                           range_holds(objective->y, to.y) ? "x" : "x and y");
        }
    }
    objective->minima = objective->moved;
}

static bool init_catalogue(struct objective *objective, const struct problem_section *problem,
                           struct report *report)
{
    const struct catalogue_entry *entry = find_function(&problem->function, report);
    if (!entry) {
        return false;
    }
    for (size_t i = 0; i < problem->let_count; i++) {
        report_warning(report, problem->lets[i].name.place,
                       "'%s' is not used: the function is from the catalogue",
                       problem->lets[i].name.text);
    }
    if (!check_params(entry, problem, report)) {
        return false;
    }
    struct text formula = { .text = entry->formula, .length = strlen(entry->formula) };
    *objective = (struct objective){
        .name = entry->name,
        .formula = entry->formula,
        .x = entry->x,
        .y = entry->y,
        .start = entry->start,
        .minima = entry->minima,
        .minimum_count = entry->minimum_count,
    };
    take_parameters(objective, entry, problem);
    objective->param_count = objective->let_count;
    objective->tape = formula_compile(&formula, objective->lets, objective->let_count, report);
    return objective->tape;
}

static bool require(bool given, const char *key, const char *value,
                    const struct problem_section *problem, struct report *report)
{
    return given
        || report_error(report, problem->place,
                        "[problem] %s is missing: a formula has no default; add '%s = %s'",
                        key, key, value);
}

/* Parameters are lets that all others see. */
static void take_lets(struct objective *objective, const struct problem_section *problem)
{
    size_t params = problem->param_count;
    objective->param_count = params;
    objective->let_count = params + problem->let_count;
    objective->lets = memory_new(objective->let_count, sizeof *objective->lets);
    for (size_t i = 0; i < objective->let_count; i++) {
        objective->lets[i] = i < params ? problem->params[i] : problem->lets[i - params];
    }
}

static bool init_formula(struct objective *objective, const struct problem_section *problem,
                         struct report *report)
{
    bool is_judged = report->errors; /* what was refused is not missing */
    *objective = (struct objective){
        .name = "formula",
        .formula = problem->formula.text,
    };
    take_lets(objective, problem);
    objective->tape = formula_compile(&problem->formula, objective->lets, objective->let_count,
                                      report);
    if (is_judged) {
        return objective->tape && problem->start.given && problem->x.given && problem->y.given;
    }
    bool has_start = require(problem->start.given, "start", "X, Y", problem, report);
    bool has_x = require(problem->x.given, "x", "LO .. HI", problem, report);
    bool has_y = require(problem->y.given, "y", "LO .. HI", problem, report);
    return objective->tape && has_start && has_x && has_y;
}

static void override(struct objective *objective, const struct problem_section *problem,
                     struct report *report)
{
    if (problem->start.given) {
        objective->start = problem->start.value;
    }
    if (problem->x.given) {
        objective->x = problem->x.value;
    }
    if (problem->y.given) {
        objective->y = problem->y.value;
    }
    if (problem->minimum.kind != MINIMUM_CATALOGUE) {
        objective->minima = problem->minimum.points;
        objective->minimum_count = problem->minimum.count;
    } else if (problem->param_count && objective->minimum_count) {
        move_minima(objective, problem, report);
    }
}

static bool check_start(const struct objective *objective, const struct problem_section *problem,
                        struct report *report)
{
    double value = objective_gradient(objective, objective->start, problem->precision).f;
    char shown[NUMBER_SIZE];
    if (isfinite(value)) {
        return true;
    }
    number_print(shown, value, 6);
    return report_error(report, problem->start.given ? problem->start.place : problem->place,
                        "the start %s lies outside the function's domain: the value there is %s",
                        point_print(objective->start).text, shown);
}

static struct range range_with(struct range range, double value)
{
    return (struct range){ fmin(range.lo, value), fmax(range.hi, value) };
}

/* Without the digits that the walk leaves undecided: 0, not 6e-17 or -0. */
static double tidy(double value, struct range range)
{
    double grain = cr_pow(10, floor(cr_log10(range.hi - range.lo)) - 7);
    return round(value / grain) * grain + 0.0;
}

static void check_minimum(const struct objective *objective, struct vec2 stated,
                          struct place place, struct report *report)
{
    char value[NUMBER_SIZE], lower[NUMBER_SIZE];
    struct point_text shown = point_print(stated);
    struct jet there = objective_gradient(objective, stated, PRECISION_DOUBLE);
    if (!isfinite(there.f)) {
        report_warning(report, place, "%s is not a minimum: the function has no value there",
                       shown.text);
        return;
    }
    struct range x = range_with(objective->x, stated.x), y = range_with(objective->y, stated.y);
    struct vec2 found = minimum_near(objective->tape, x, y, stated);
    double off = cr_hypot((found.x - stated.x) / (x.hi - x.lo),
                          (found.y - stated.y) / (y.hi - y.lo));
    if (off <= ROUNDED) {
        return;
    }
    number_print(value, there.f, 6);
    if (range_is_edge(x, found.x) || range_is_edge(y, found.y)) {
        report_warning(report, place, "%s is not a minimum: the value there is %s and falls "
                       "towards the edge of the range; no minimum is near", shown.text, value);
        return;
    }
    found = (struct vec2){ tidy(found.x, x), tidy(found.y, y) };
    number_print(lower, objective_gradient(objective, found, PRECISION_DOUBLE).f, 6);
    report_warning(report, place, "%s is not a minimum: the value there is %s; the nearest found "
                   "is %s with value %s", shown.text, value, point_print(found).text, lower);
}

bool objective_init(struct objective *objective, const struct problem_section *problem,
                    struct report *report)
{
    const struct minima *stated = &problem->minimum;
    *objective = (struct objective){ 0 };
    if (!problem->formula.text && !problem->function.text) {
        return false; /* the loader has said so */
    }
    bool good = problem->formula.text ? init_formula(objective, problem, report)
                                      : init_catalogue(objective, problem, report);
    if (good) {
        override(objective, problem, report);
        for (size_t i = 0; stated->kind == MINIMUM_GIVEN && i < stated->count; i++) {
            check_minimum(objective, stated->points[i], stated->places[i], report);
        }
        good = check_start(objective, problem, report);
    }
    if (!good) {
        objective_finish(objective);
    }
    return good;
}

void objective_finish(struct objective *objective)
{
    tape_destroy(objective->tape);
    free(objective->lets);
    free(objective->moved);
    *objective = (struct objective){ 0 };
}

struct jet objective_jet(const struct objective *objective, struct vec2 at,
                         enum precision precision)
{
    return jet_evaluate(objective->tape, at, precision, true);
}

struct jet objective_gradient(const struct objective *objective, struct vec2 at,
                              enum precision precision)
{
    return jet_evaluate(objective->tape, at, precision, false);
}

/* What is larger than this counts as infinite, so that the difference of two values
 * is a number as well. */
static const double LARGEST = 1e307;

static void cut_off(double *z, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (z[i] > LARGEST || z[i] < -LARGEST) {
            z[i] = copysign(INFINITY, z[i]);
        }
    }
}

void objective_values(const struct objective *objective, size_t count, const double *x,
                      const double *y, double *z)
{
    block_evaluate(objective->tape, count, x, y, z);
    cut_off(z, count);
}

void objective_grid(const struct objective *objective, size_t columns, const double *x,
                    size_t rows, const double *y, double *z)
{
    block_evaluate_grid(objective->tape, columns, x, rows, y, z);
    cut_off(z, columns * rows);
}
