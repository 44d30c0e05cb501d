/* What methods do where a preset says nothing, against what papers and libraries publish. */
#include "support.h"

#include <math.h>
#include <string.h>

#include "runs.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Of the signatures of TensorFlow 1.12 (tf.train, tf.contrib.opt), the paper, PyTorch 2
 * (torch.optim) and Keras 3 (keras.optimizers), in this order. A library that does not have the
 * method follows its authors' program. Two things are ours in all dialects but TensorFlow's: a
 * method called momentum has one of 0.9, where SGD has none; and papers that keep the divisor
 * from 0 by no number are given 1e-8. */
#define NEEDED NAN
#define NONE INFINITY
#define ALL(value) { value, value, value, value }
#define BETAS(method) { method, "beta1", ALL(0.9) }, { method, "beta2", ALL(0.999) }

static const struct {
    const char *method, *key;
    double values[DIALECT_COUNT];
} published[] = {
    { "gradient-descent", "learning_rate", { NEEDED, NEEDED, 1e-3, 1e-2 } },
    { "momentum", "learning_rate", { NEEDED, NEEDED, 1e-3, 1e-2 } },
    { "momentum", "momentum", { NEEDED, 0.9, 0.9, 0.9 } },
    { "momentum", "dampening", { NONE, NONE, 0, NONE } },
    { "momentum", "nesterov", { 0, NONE, 0, 0 } },
    { "nag", "learning_rate", { NEEDED, NEEDED, 1e-3, 1e-2 } },
    { "nag", "momentum", { NEEDED, 0.9, 0.9, 0.9 } },
    { "asgd", "learning_rate", { NEEDED, NEEDED, 1e-2, NEEDED } },
    { "asgd", "lambda", { NONE, NONE, 1e-4, NONE } },
    { "asgd", "alpha", ALL(0.75) },
    { "asgd", "t0", { NONE, NONE, 1e6, NONE } },
    { "asgd", "averaged", { NONE, NONE, 0, NONE } },
    { "adagrad", "learning_rate", { NEEDED, NEEDED, 1e-2, 1e-3 } },
    { "adagrad", "initial_accumulator", { 0.1, 0, 0, 0.1 } },
    { "adagrad", "epsilon", { NONE, 1e-8, 1e-10, 1e-7 } },
    { "adagrad", "learning_rate_decay", { NONE, NONE, 0, NONE } },
    { "adadelta", "learning_rate", { 1e-3, 1, 1, 1e-3 } },
    { "adadelta", "decay", { 0.95, 0.95, 0.9, 0.95 } },
    { "adadelta", "epsilon", { 1e-8, 1e-6, 1e-6, 1e-7 } },
    { "rmsprop", "learning_rate", { NEEDED, NEEDED, 1e-2, 1e-3 } },
    { "rmsprop", "decay", { 0.9, 0.9, 0.99, 0.9 } },
    { "rmsprop", "epsilon", { 1e-10, 1e-8, 1e-8, 1e-7 } },
    { "rmsprop", "momentum", { 0, NONE, 0, 0 } },
    { "rmsprop", "centered", { 0, NONE, 0, 0 } },
    { "adam", "learning_rate", ALL(1e-3) },
    BETAS("adam"),
    { "adam", "epsilon", { 1e-8, 1e-8, 1e-8, 1e-7 } },
    { "adam", "amsgrad", { NONE, 0, 0, 0 } },
    { "adamw", "learning_rate", ALL(1e-3) },
    BETAS("adamw"),
    { "adamw", "epsilon", { 1e-8, 1e-8, 1e-8, 1e-7 } },
    { "adamw", "amsgrad", { NONE, 0, 0, 0 } },
    { "adamax", "learning_rate", { 1e-3, 2e-3, 2e-3, 1e-3 } },
    BETAS("adamax"),
    { "adamax", "epsilon", { 1e-8, 1e-8, 1e-8, 1e-7 } },
    { "nadam", "learning_rate", { 1e-3, 2e-3, 2e-3, 1e-3 } },
    BETAS("nadam"),
    { "nadam", "epsilon", { 1e-8, 1e-8, 1e-8, 1e-7 } },
    { "nadam", "momentum_decay", { NONE, 4e-3, 4e-3, NONE } },
    { "radam", "learning_rate", ALL(1e-3) },
    BETAS("radam"),
    { "radam", "epsilon", ALL(1e-8) },
    /* Rprop's paper, then PyTorch's rate */
    { "rprop", "learning_rate", { 0.1, 0.1, 1e-2, 0.1 } },
    { "rprop", "eta_minus", ALL(0.5) },
    { "rprop", "eta_plus", ALL(1.2) },
    { "rprop", "step_min", ALL(1e-6) },
    { "rprop", "step_max", ALL(50) },
    { "lion", "learning_rate", { 1e-4, 1e-4, 1e-4, 1e-3 } },
    { "lion", "beta1", ALL(0.9) },
    { "lion", "beta2", ALL(0.99) },
    /* torch.optim.LBFGS, but for the ten pairs and the search that it may be given, too */
    { "lbfgs", "learning_rate", ALL(1) },
    { "lbfgs", "history", { 10, 10, 100, 10 } },
    { "lbfgs", "line_search", { 1, 1, 0, 1 } },
    { "lbfgs", "tolerance_grad", ALL(1e-7) },
    { "lbfgs", "tolerance_change", ALL(1e-9) },
    /* The authors' programs, or the values that the papers recommend */
    { "qhm", "learning_rate", ALL(NEEDED) },
    { "qhm", "momentum", ALL(0.999) },
    { "qhm", "nu", ALL(0.7) },
    { "aggmo", "learning_rate", ALL(NEEDED) },
    { "aggmo", "beta1", ALL(0) },
    { "aggmo", "beta2", ALL(0.9) },
    { "aggmo", "beta3", ALL(0.99) },
    { "schedule-free", "learning_rate", ALL(NEEDED) },
    { "schedule-free", "momentum", ALL(0.9) },
    { "adabelief", "learning_rate", ALL(1e-3) },
    BETAS("adabelief"),
    { "adabelief", "epsilon", ALL(1e-16) },
    { "adabound", "learning_rate", ALL(1e-3) },
    BETAS("adabound"),
    { "adabound", "epsilon", ALL(1e-8) },
    { "adabound", "final_learning_rate", ALL(0.1) },
    { "adabound", "gamma", ALL(1e-3) },
    { "yogi", "learning_rate", ALL(1e-2) },
    BETAS("yogi"),
    { "yogi", "epsilon", ALL(1e-3) },
    { "yogi", "initial_accumulator", ALL(1e-6) },
    { "qhadam", "learning_rate", ALL(1e-3) },
    { "qhadam", "beta1", ALL(0.995) },
    { "qhadam", "beta2", ALL(0.999) },
    { "qhadam", "nu1", ALL(0.7) },
    { "qhadam", "nu2", ALL(1) },
    { "qhadam", "epsilon", ALL(1e-8) },
    { "adan", "learning_rate", ALL(1e-3) },
    { "adan", "beta1", ALL(0.98) },
    { "adan", "beta2", ALL(0.92) },
    { "adan", "beta3", ALL(0.99) },
    { "adan", "epsilon", ALL(1e-8) },
    { "madgrad", "learning_rate", ALL(1e-2) },
    { "madgrad", "momentum", ALL(0.9) },
    { "madgrad", "epsilon", ALL(1e-6) },
    { "prodigy", "learning_rate", ALL(1) },
    BETAS("prodigy"),
    { "prodigy", "epsilon", ALL(1e-8) },
    { "prodigy", "initial_distance", ALL(1e-6) },
    { "signsgd", "learning_rate", ALL(NEEDED) },
    { "signsgd", "momentum", ALL(0) },
    { "sophia", "learning_rate", ALL(NEEDED) },
    { "sophia", "beta1", ALL(0.96) },
    { "sophia", "beta2", ALL(0.99) },
    { "sophia", "gamma", ALL(0.01) },
    { "sophia", "interval", ALL(10) },
    { "sophia", "epsilon", ALL(1e-12) },
    { "adahessian", "learning_rate", ALL(0.1) },
    BETAS("adahessian"),
    { "adahessian", "epsilon", ALL(1e-4) },
    { "adahessian", "hessian_power", ALL(1) },
    /* Nocedal & Wright 2006, chapters 3, 5 and 6; Nelder & Mead 1965 */
    { "armijo", "learning_rate", ALL(1) },
    { "armijo", "c1", ALL(1e-4) },
    { "armijo", "shrink", ALL(0.5) },
    { "nonlinear-cg", "learning_rate", ALL(1) },
    { "nonlinear-cg", "c1", ALL(1e-4) },
    { "nonlinear-cg", "c2", ALL(0.1) },
    { "bfgs", "learning_rate", ALL(1) },
    { "bfgs", "line_search", ALL(1) },
    { "bfgs", "c1", ALL(1e-4) },
    { "bfgs", "c2", ALL(0.9) },
    { "newton", "learning_rate", ALL(1) },
    { "newton", "damping", ALL(0) },
    { "newton", "saddle_free", ALL(0) },
    { "nelder-mead", "reflection", ALL(1) },
    { "nelder-mead", "expansion", ALL(2) },
    { "nelder-mead", "contraction", ALL(0.5) },
    { "polyak", "learning_rate", ALL(1) },
    { "polyak", "minimum_value", ALL(LEAST_VALUE) },
    { "barzilai-borwein", "step_size", ALL(0) },
    /* Nobody's: the first simplex and the first steps, small against what follows */
    { "nelder-mead", "simplex_size", ALL(1) },
    { "barzilai-borwein", "learning_rate", ALL(1e-2) },
    { "adgd", "learning_rate", ALL(1e-3) },
    { "gradient-flow", "learning_rate", ALL(NEEDED) },
};

static const struct parameter *find(const char *method, const char *key)
{
    const struct optimizer *optimizer = optimizer_by_name(method);
    ck_assert_msg(optimizer, "%s", method);
    for (const struct parameter *p = optimizer->parameters; p->name; p++) {
        if (!strcmp(p->name, key)) {
            return p;
        }
    }
    ck_abort_msg("%s has no %s", method, key);
    return NULL;
}

START_TEST(defaults_are_those_published)
{
    for (size_t i = 0; i < COUNT(published); i++) {
        const struct parameter *parameter = find(published[i].method, published[i].key);
        for (size_t k = 0; k < DIALECT_COUNT; k++) {
            double ours = parameter->defaults[k], theirs = published[i].values[k];
            ck_assert_msg(ours == theirs || (isnan(ours) && isnan(theirs)), "%s %s: %g, not %g",
                          published[i].method, published[i].key, ours, theirs);
        }
    }
}
END_TEST

START_TEST(every_default_is_compared_once)
{
    size_t count, parameters = 0;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (const struct parameter *p = list[i]->parameters; p->name; p++) {
            parameters++;
        }
    }
    for (size_t i = 0; i < COUNT(published); i++) {
        for (size_t k = 0; k < i; k++) {
            ck_assert_ptr_ne(find(published[i].method, published[i].key),
                             find(published[k].method, published[k].key));
        }
    }
    ck_assert_uint_eq(COUNT(published), parameters);
}
END_TEST

/* Methods whose authors decouple decay; and MADGRAD, where Keras would. */
static const struct {
    const char *method;
    double usual[DIALECT_COUNT];
    bool is_decoupled;
} decays[] = {
    { "adamw", { 0.01, 0.01, 0.01, 0.004 }, true },
    { "adabelief", { 0 }, true },
    { "adahessian", { 0 }, true },
    { "adan", { 0 }, true },
    { "lion", { 0 }, true },
    { "prodigy", { 0 }, true },
    { "sophia", { 0 }, true },
    { "madgrad", { 0 }, false },
};

START_TEST(decay_is_what_authors_and_keras_mean)
{
    size_t count, row = 0;
    const struct optimizer *optimizer = optimizer_list(&count)[_i / DIALECT_COUNT];
    enum dialect dialect = _i % DIALECT_COUNT;
    while (row < COUNT(decays) && strcmp(decays[row].method, optimizer->name) != 0) {
        row++;
    }
    bool is_listed = row < COUNT(decays);
    ck_assert(optimizer->weight_decay[dialect] == (is_listed ? decays[row].usual[dialect] : 0));
    if (!optimizer->alone) {
        struct run run = { .label = "A", .optimizer = optimizer, .dialect = dialect,
                           .precision = PRECISION_DOUBLE };
        struct optimizer_section section = { .weight_decay = { true, 0.5, { 0 } } };
        struct report report = { 0 };
        ck_assert(regime_resolve(&run, &section, &report));
        ck_assert(run.regime.weight_decay == 0.5);
        ck_assert_msg(run.regime.decoupled == (is_listed ? decays[row].is_decoupled
                                                         : dialect == DIALECT_KERAS3),
                      "%s", optimizer->name);
        report_finish(&report);
    }
}
END_TEST

int main(void)
{
    size_t methods;
    optimizer_list(&methods);
    Suite *suite = suite_create("defaults");
    TCase *cases = tcase_create("defaults");
    tcase_add_test(cases, defaults_are_those_published);
    tcase_add_test(cases, every_default_is_compared_once);
    tcase_add_loop_test(cases, decay_is_what_authors_and_keras_mean, 0,
                        (int)methods * DIALECT_COUNT);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
