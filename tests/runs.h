/* Runs as presets state them, for the tests of the optimize stage. */
#ifndef TESTS_RUNS_H
#define TESTS_RUNS_H

#include "optimize/optimizer.h"

enum { KEYS_MAX = 6 };

/* One run as a preset would state it: the function by its name, or a formula behind a '=', and
 * keys of its section, which end at a NULL. */
struct setting {
    const char *figure, *function;
    double start_x, start_y;
    int steps;
    const char *method;
    const char *keys[KEYS_MAX][2];
};

/* The figures of the article and the keys that its runs have. */
#define QUAD "quad", "quad", -4, 4, 20
#define BOOTH "booth", "booth", 1, -2, 70
#define HYPER "hyper", "saddle", 0.0001, 3, 50
#define BEALE "beale", "beale", 1.5, 2, 200
#define RATE(rate) { "learning_rate", rate }
#define MOMENTUM(momentum) { "momentum", momentum }

/* Where messages point to: stand-ins for offsets in a preset. */
enum { AT_SECTION = 1, AT_METHOD, AT_START, AT_KEY, AT_VALUE };

struct text text_at(const char *text, size_t offset);

/* What a resolved setting needs to be run. */
struct ready {
    struct objective objective;
    struct run run;
};

/* The label is "Label"; mistakes go to the report. */
bool setting_resolve(struct ready *ready, const struct setting *setting, enum dialect dialect,
                     enum precision precision, struct report *report);

/* Fails the test unless all that is wrong with it is this, of that key, so far into its value. */
void setting_is_refused(const struct setting *setting, const char *key, const char *message,
                        size_t at);

/* Resolves without a mistake, and runs. */
struct trajectory setting_run(const struct setting *setting, enum dialect dialect,
                              enum precision precision);

#endif
