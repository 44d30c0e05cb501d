/* A method of descent: its row in the list, and how its update rule is written.
 *
 * A rule is written once, for one coordinate, and compiled for float and for
 * double: an expression of floats rounds every operation to single precision,
 * as the frameworks do. Methods that look at the whole point calculate in double;
 * the function and the points that they reach are in the run's precision. */
#ifndef OPTIMIZE_OPTIMIZER_H
#define OPTIMIZE_OPTIMIZER_H

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <tgmath.h> /* the sqrt of a float is rounded to float */

#include "base/geometry.h"
#include "base/suggest.h"
#include "load/preset.h"
#include "model/objective.h"
#include "optimize/optimizers.h"
#include "optimize/trajectory.h"

_Static_assert(FLT_EVAL_METHOD == 0, "operations on floats must round to float");

/* The values that a hyper-parameter may have. */
enum domain {
    CLOSED,    /* lo <= value <= hi */
    HALF_OPEN, /* lo <= value <  hi */
    OPEN,      /* lo <  value <  hi */
    WHOLE,     /* a whole number, lo <= value <= hi */
    /* Words that stand for 0, 1, and so on (parameter_words): */
    SWITCH,      /* no, yes */
    LINE_SEARCH, /* none, strong-wolfe */
    STEP_LENGTH, /* long, short */
    DOMAIN_COUNT
};

/* Defaults that are no values: one must be given, the dialect has none, or it is the least
 * value at the function's stated minima. */
#define REQUIRED NAN
#define ABSENT INFINITY
#define LEAST_VALUE (-INFINITY)
#define IN_ALL_DIALECTS(value) { value, value, value, value }

struct parameter {
    const char *name;
    const char *symbol; /* in legends, as markup */
    double defaults[DIALECT_COUNT];
    enum domain domain;
    struct range range;
    const char *help; /* one line */
    bool follows_rate; /* a schedule changes it by the factor by which it changes the rate */
    bool is_first;     /* a learning rate of the first step alone, which no schedule changes */
};

/* Rows that many methods have, with their defaults. */
#define FIRST_MOMENT_KEPT(...)                                 \
    { "beta1", "\\beta_1", __VA_ARGS__, HALF_OPEN, { 0, 1 },   \
      "the share of the first moment m that is kept" }
#define SECOND_MOMENT_KEPT(...)                                \
    { "beta2", "\\beta_2", __VA_ARGS__, HALF_OPEN, { 0, 1 },   \
      "the share of the second moment v that is kept" }
#define DIVISOR_EPSILON(...)                                   \
    { "epsilon", "\\epsilon", __VA_ARGS__, HALF_OPEN, { 0, INFINITY }, \
      "keeps the divisor away from 0" }

enum { DESCENT_SLOTS = 7 };

/* The slot of the point that descends, where the path shows another one. */
enum { WALKER };

/* One coordinate of a run: what rules read and write. */
struct coordinate {
    double x;                    /* where it is */
    double g;                    /* the gradient there */
    double slots[DESCENT_SLOTS]; /* what the method remembers, 0 at the start */
};

/* A run on its way. */
struct descent {
    const struct run *run;
    const struct objective *objective;
    size_t t; /* the number of this update, from 1 */
    struct vec2 at; /* where the gradient was taken, */
    double f;       /* and the function's value there */
    struct vec2 from; /* where this update began, before a decoupled decay */
    struct coordinate x, y;
    struct vec2 slow; /* what a wrapper remembers, at first the start */
    void *state; /* what the method remembers of whole points, zero at the start */
};

/* What the rules are with a key at another value than usual; they are NULL in dialects that do
 * not have it. */
struct alternative {
    const char *when; /* "nesterov = yes", as presets have it; NULL: no more of them */
    const char *rules[DIALECT_COUNT];
};

enum { ALTERNATIVES_MAX = 2 };

struct optimizer {
    const char *name;   /* in presets */
    const char *title;
    const char *also;   /* other names, for hints (base/suggest.h); or NULL */
    const char *source; /* the paper */
    const char *story;  /* what it does and what its paths show, a paragraph for readers */
    const char *rules[DIALECT_COUNT]; /* the update, see rule.h */
    struct alternative alternatives[ALTERNATIVES_MAX + 1];
    /* How weight decay is meant where the preset does not say (regime.h): its default, and
     * whether it is decoupled from the gradient. */
    double weight_decay[DIALECT_COUNT];
    bool decoupled;
    bool only_coupled; /* it cannot be decoupled, as the method would undo it */
    /* The rate of this update where decoupled decay goes by another than the learning rate; or
     * NULL. */
    double (*decay_rate)(const struct descent *descent);
    /* No first-order method with a rate: it takes nothing of a regime (line searches, Newton's
     * method, simplices). */
    bool alone;
    struct parameter parameters[RUN_PARAMETERS_MAX + 1]; /* ends at a nameless one */
    /* What is wrong with a value that only others forbid: words, and the parameter whose it is;
     * NULL: nothing. The function, too, can be NULL. */
    const char *(*objection)(const double *parameters, enum dialect dialect, size_t *index);
    /* Fills what does not start at 0 in one coordinate's slots; or NULL. */
    void (*init)(const double *parameters, enum dialect dialect, double *slots);
    /* Whether the path shows an average, and the point that descends is the slot WALKER, which
     * begins at the start; or NULL: x descends. */
    bool (*averages)(const double *parameters, enum dialect dialect);
    size_t state_size; /* bytes of the descent's state; 0: it has none */
    /* Moves the descent by one update; its gradient is that of its point. */
    void (*step)(struct descent *descent);
};

/* Defines the step NAME from the rule of one coordinate. The rule is a block
 * that sees: real, the type to calculate in; p, the hyper-parameters; dialect;
 * t; and c, the coordinate. What it keeps in c has been rounded to real. */
#define ELEMENTWISE_STEP(name, ...)                                                           \
    static void name##_single(const double *p, enum dialect dialect, size_t t,                \
                              struct coordinate *c)                                           \
    {                                                                                         \
        typedef float real;                                                                   \
        (void)dialect, (void)t;                                                               \
        __VA_ARGS__                                                                           \
    }                                                                                         \
    static void name##_double(const double *p, enum dialect dialect, size_t t,                \
                              struct coordinate *c)                                           \
    {                                                                                         \
        typedef double real;                                                                  \
        (void)dialect, (void)t;                                                               \
        __VA_ARGS__                                                                           \
    }                                                                                         \
    static void name(struct descent *d)                                                       \
    {                                                                                         \
        const struct run *run = d->run;                                                       \
        bool single = run->precision == PRECISION_SINGLE;                                     \
        (single ? name##_single : name##_double)(run->parameters, run->dialect, d->t, &d->x); \
        (single ? name##_single : name##_double)(run->parameters, run->dialect, d->t, &d->y); \
    }

/* Evaluates the objective at a point in the run's precision and makes its gradient, or the one
 * that the run's wrapper takes in its place, as the run's regime shapes it, the descent's;
 * returns the value. */
double descent_look(struct descent *descent, struct vec2 at);

/* Where the descent is, and the gradient that it looked at last. */
struct vec2 descent_point(const struct descent *descent);
struct vec2 descent_gradient(const struct descent *descent);

/* Its length in the run's precision, at most the largest number there as long as both of its
 * parts are finite. */
double descent_gradient_norm(const struct descent *descent);

/* Puts the diagonal of the Hessian where the gradient was taken into a slot. */
void descent_take_diagonal(struct descent *descent, size_t slot);

/* Where one coordinate of the point that descends is kept. */
double *descent_walker(const struct descent *descent, struct coordinate *coordinate);

/* Moves it there, rounded to the run's precision. */
void descent_move(struct descent *descent, struct vec2 to);

/* Whether the section has this hyper-parameter as a key. */
bool section_gives(const struct optimizer_section *section, const char *name);

/* Finds the learning rate among the parameters of a run's method; false: it has none. */
bool run_rate(const struct run *run, size_t *index);

/* Whether the run's method is a first-order one, which alone can have the key; if not, the report
 * gets an error. */
bool run_may_have(const struct run *run, const char *key, struct place place,
                  struct report *report);

/* The method called name, or NULL. */
const struct optimizer *optimizer_by_name(const char *name);

/* All methods in the order of the list. */
const struct optimizer *const *optimizer_list(size_t *count);

/* Offers all names, and what else the methods are called. */
void optimizer_suggest(struct suggestion *near);

/* Whether the method has this parameter in the dialect. */
bool parameter_exists(const struct parameter *parameter, enum dialect dialect);

/* The words that its values 0, 1, and so on have, up to a NULL; NULL when they are numbers. */
const char *const *parameter_words(const struct parameter *parameter);

bool parameter_allows(const struct parameter *parameter, double value);

/* "0 <= beta1 < 1", as messages and lists show the domain. */
void parameter_describe(const struct parameter *parameter, char *text, size_t size);

#define X(name) extern const struct optimizer name##_optimizer;
OPTIMIZERS(X)
#undef X

#endif
