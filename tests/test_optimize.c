/* The optimize stage: its list, its options, and what it refuses. */
#include "support.h"

#include <math.h>
#include <string.h>

#include "model/functions.h"
#include "runs.h"

#define CLIP_NORM(norm) { "clip_norm", norm }
#define CLIP_VALUE(value) { "clip_value", value }
#define DECAY(decay) { "weight_decay", decay }
#define DECOUPLED(decoupled) { "decoupled_weight_decay", decoupled }

/* Rates at which a method gets down the bowl. Some methods find their own, which 1 leaves
 * alone. */
static const char *bowl_rate(const char *method)
{
    bool is_found = !strcmp(method, "adadelta") || !strcmp(method, "prodigy");
    return is_found ? "1" : "0.05";
}

/* Keys for any method: its rate, and what else is required. */
static struct setting bowl_setting(const struct optimizer *optimizer, enum dialect dialect)
{
    struct setting setting = { "bowl", "quad", -4, 4, 200, optimizer->name, { { 0 } } };
    size_t count = 0;
    for (const struct parameter *p = optimizer->parameters; p->name; p++) {
        bool is_rate = !strcmp(p->name, "learning_rate");
        if (is_rate || isnan(p->defaults[dialect])) {
            setting.keys[count][0] = p->name;
            setting.keys[count++][1] = is_rate ? bowl_rate(optimizer->name) : "0.05";
        }
    }
    return setting;
}

START_TEST(every_method_descends_a_bowl_and_repeats_itself)
{
    size_t count;
    const struct optimizer *optimizer = optimizer_list(&count)[_i / DIALECT_COUNT];
    enum dialect dialect = _i % DIALECT_COUNT;
    struct setting setting = bowl_setting(optimizer, dialect);
    for (enum precision precision = PRECISION_SINGLE; precision <= PRECISION_DOUBLE; precision++) {
        struct trajectory path = setting_run(&setting, dialect, precision);
        struct trajectory again = setting_run(&setting, dialect, precision);
        ck_assert_uint_eq(path.count, 200);
        ck_assert(!path.diverged);
        ck_assert_msg(path.losses[199] < 0.95 * path.losses[0], "%s", optimizer->name);
        ck_assert_mem_eq(path.points, again.points, 200 * sizeof *path.points);
        ck_assert_mem_eq(path.losses, again.losses, 200 * sizeof *path.losses);
        trajectory_finish(&path);
        trajectory_finish(&again);
    }
}
END_TEST

START_TEST(every_row_of_the_list_is_complete)
{
    size_t count;
    const struct optimizer *optimizer = optimizer_list(&count)[_i];
    ck_assert_ptr_eq(optimizer_by_name(optimizer->name), optimizer);
    ck_assert(*optimizer->title && *optimizer->source && *optimizer->story && optimizer->step);
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
        ck_assert_ptr_nonnull(optimizer->rules[dialect]);
        for (const struct parameter *p = optimizer->parameters; p->name; p++) {
            double standard = p->defaults[dialect];
            ck_assert(*p->help);
            ck_assert_msg(isnan(standard) || !parameter_exists(p, dialect)
                          || parameter_allows(p, standard), "%s %s", optimizer->name, p->name);
        }
    }
}
END_TEST

START_TEST(unknown_names_are_not_found)
{
    ck_assert_ptr_null(optimizer_by_name("adma"));
    ck_assert_ptr_null(optimizer_by_name("Adam"));
    ck_assert_ptr_null(optimizer_by_name(""));
}
END_TEST

START_TEST(the_bounds_of_a_domain_are_open_or_closed)
{
    const struct parameter *beta = &optimizer_by_name("adam")->parameters[1];
    const struct parameter *momentum = &optimizer_by_name("momentum")->parameters[1];
    char text[64];
    ck_assert_str_eq(beta->name, "beta1");
    ck_assert(parameter_allows(beta, 0) && !parameter_allows(beta, 1));
    ck_assert(!parameter_allows(beta, -1e-300) && !parameter_allows(beta, NAN));
    ck_assert(parameter_allows(momentum, 1) && !parameter_allows(momentum, 1.0000001));
    parameter_describe(beta, text, sizeof text);
    ck_assert_str_eq(text, "0 <= beta1 < 1");
    parameter_describe(momentum, text, sizeof text);
    ck_assert_str_eq(text, "0 <= momentum <= 1");
}
END_TEST

/* Options that no reference path uses, on x^2 + 4 y^2 from (8, 8) where the
 * gradient in x is 16; x after one step and after two. */
START_TEST(options_do_what_algebra_says)
{
    /* of the centred mean below: 52 - 3.2^2, and where that leads */
    const double at = 8 - 16 / sqrt(41.76), mean = 3.2 + (2 * at - 3.2) / 5;
    const double square = 52 + (4 * at * at - 52) / 5;
    const struct {
        struct setting setting;
        enum dialect dialect;
        double x1, x2;
    } cases[] = {
#define FROM_8 "option", "quad", 8, 8, 3
        /* b = 16, x = 8 - 1.6 = 6.4; b = 0.5 16 + 0.75 12.8 = 17.6 */
        { { FROM_8, "momentum", { RATE("0.1"), MOMENTUM("0.5"), { "dampening", "0.25" } } },
          DIALECT_PYTORCH, 6.4, 4.64 },
        /* 144 + 16^2 = 20^2, x = 8 - 5 (16 / 20) = 4; 400 + 8^2 */
        { { FROM_8, "adagrad", { RATE("5"), { "initial_accumulator", "144" } } },
          DIALECT_TENSORFLOW1, 4, 4 - 40 / sqrt(464) },
        /* x = 8 - 2; the rate halves: 1 12 / sqrt(256 + 144) */
        { { FROM_8, "adagrad", { RATE("2"), { "learning_rate_decay", "1" }, { "epsilon", "0" } } },
          DIALECT_PYTORCH, 6, 5.4 },
        /* s = g^2, so each increment is 1: v = 1, then 0.5 + 1 */
        { { FROM_8, "rmsprop", { RATE("1"), MOMENTUM("0.5"), { "decay", "0" },
                                 { "epsilon", "0" } } },
          DIALECT_TENSORFLOW1, 7, 5.5 },
        { { FROM_8, "rmsprop", { RATE("1"), MOMENTUM("0.5"), { "decay", "0" },
                                 { "epsilon", "0" } } },
          DIALECT_PYTORCH, 7, 5.5 },
        { { FROM_8, "rmsprop", { RATE("1"), MOMENTUM("0.5"), { "decay", "0" },
                                 { "epsilon", "0" } } },
          DIALECT_KERAS3, 7, 5.5 },
        /* s - mean^2 = 16^2 (0.2 - 0.2^2) = (16 0.4)^2, x = 8 - 2.5; then g = 11,
         * s = 0.8 51.2 + 0.2 121, mean = 0.8 3.2 + 0.2 11 */
        { { FROM_8, "rmsprop", { RATE("1"), { "centered", "yes" }, { "decay", "0.8" },
                                 { "epsilon", "0" } } },
          DIALECT_KERAS3, 5.5, 5.5 - 11 / sqrt(65.16 - 4.76 * 4.76) },
        { { FROM_8, "rmsprop", { RATE("1"), { "centered", "yes" }, { "decay", "0.8" },
                                 { "epsilon", "0" } } },
          DIALECT_PYTORCH, 5.5, 5.5 - 11 / sqrt(65.16 - 4.76 * 4.76) },
        /* from s = 1: s = 128.5, mean = 8, x = 8 - 16; then s = 192.25, mean = -4 */
        { { FROM_8, "rmsprop", { RATE("8.0311892021045054"), { "centered", "yes" },
                                 { "decay", "0.5" }, { "epsilon", "0" } } },
          DIALECT_TENSORFLOW1, -8, -8 + sqrt(64.5) * 16 / sqrt(192.25 - 16) },
        /* s = 1 + 255 / 5, mean = 16 / 5 */
        { { FROM_8, "rmsprop", { RATE("1"), { "centered", "yes" }, { "decay", "0.8" },
                                 { "epsilon", "0" } } },
          DIALECT_TENSORFLOW1, at, at - 2 * at / sqrt(square - mean * mean) },
        /* Decay 0.5: the gradient is 16 + 4, x = 6; then 12 + 3 */
        { { FROM_8, "gradient-descent", { RATE("0.1"), DECAY("0.5") } },
          DIALECT_PYTORCH, 6, 4.5 },
        /* x = 8 (1 - 0.05) - 1.6 = 6; then 5.7 - 1.2 */
        { { FROM_8, "gradient-descent", { RATE("0.1"), DECAY("0.5"), DECOUPLED("yes") } },
          DIALECT_PYTORCH, 6, 4.5 },
        /* The velocity has coupled decay in it: v = 20, then 10 + 15; x = 6 - 2.5 ... */
        { { FROM_8, "momentum", { RATE("0.1"), MOMENTUM("0.5"), DECAY("0.5") } },
          DIALECT_PYTORCH, 6, 3.5 },
        /* ... and none that is decoupled: v = 16, then 8 + 12; x = 5.7 - 2 */
        { { FROM_8, "momentum", { RATE("0.1"), MOMENTUM("0.5"), DECAY("0.5"),
                                  DECOUPLED("yes") } }, DIALECT_PYTORCH, 6, 3.7 },
        /* Keras decouples it unless told otherwise. */
        { { FROM_8, "momentum", { RATE("0.1"), MOMENTUM("0.5"), DECAY("0.5") } },
          DIALECT_KERAS3, 6, 3.7 },
        { { FROM_8, "momentum", { RATE("0.1"), MOMENTUM("0.5"), DECAY("0.5"),
                                  DECOUPLED("no") } }, DIALECT_KERAS3, 6, 3.5 },
        /* Decoupled decay goes by the rate of the step. The average's walker: 8 - 1 - 4 = 3, its
         * rate half as much: 3 - 3/16, of which the average is half. */
        { { FROM_8, "asgd", { RATE("0.25"), { "alpha", "1" }, DECAY("0.5"), DECOUPLED("yes") } },
          DIALECT_TEXTBOOK, 7, (7 + 2.8125) / 2 },
        /* 8 7/8 3/4 - 4; the rate is 0.25 / 1.25 = 0.2: 1.25 0.9 0.8 - 0.5 */
        { { FROM_8, "asgd", { RATE("0.25"), { "alpha", "1" }, { "lambda", "1" }, DECAY("0.5"),
                              DECOUPLED("yes") } }, DIALECT_PYTORCH, 1.25, 0.4 },
        /* 4 - 2; the rate halves: 2 0.75 - 4 / sqrt(256 + 16) */
        { { FROM_8, "adagrad", { RATE("2"), { "learning_rate_decay", "1" }, { "epsilon", "0" },
                                 DECAY("0.25"), DECOUPLED("yes") } },
          DIALECT_PYTORCH, 2, 1.5 - 4 / sqrt(272) },
        /* The textbook's gradient ahead, at 6 - 0.5 2 = 5, has its decay from there:
         * m = 1 + 0.1 (10 + 2.5), x = 6 - 2.25 */
        { { FROM_8, "nag", { RATE("0.1"), MOMENTUM("0.5"), DECAY("0.5") } },
          DIALECT_TEXTBOOK, 6, 3.75 },
        /* Clipping to 6 from 16 and from 10 */
        { { FROM_8, "gradient-descent", { RATE("0.5"), CLIP_VALUE("6") } },
          DIALECT_PYTORCH, 5, 2 },
        /* ... comes before decay: 6 + 4, then 6 + 1.5 */
        { { FROM_8, "gradient-descent", { RATE("0.5"), CLIP_VALUE("6"), DECAY("0.5") } },
          DIALECT_PYTORCH, 3, 3 - 0.5 * 7.5 },
#undef FROM_8
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trajectory path = setting_run(&cases[i].setting, cases[i].dialect, PRECISION_DOUBLE);
        ck_assert_double_eq_tol(path.points[1].x, cases[i].x1, 1e-13);
        ck_assert_double_eq_tol(path.points[2].x, cases[i].x2, 1e-13);
        trajectory_finish(&path);
    }
}
END_TEST

/* From (6, 2), where the gradient is (12, 16) of length 20, and from the point opposite. */
START_TEST(clipping_does_what_algebra_says)
{
    const double torch = 5 / (20 + 1e-6);
    const struct {
        enum dialect dialect;
        const char *keys[2];
        double x, y; /* the gradient that is left */
    } cases[] = {
        { DIALECT_TENSORFLOW1, CLIP_NORM("5"), 3, 4 },
        { DIALECT_TEXTBOOK, CLIP_NORM("5"), 3, 4 },
        { DIALECT_KERAS3, CLIP_NORM("5"), 3, 4 },
        { DIALECT_PYTORCH, CLIP_NORM("5"), 12 * torch, 16 * torch },
        { DIALECT_TEXTBOOK, CLIP_NORM("32"), 12, 16 },
        { DIALECT_PYTORCH, CLIP_NORM("21"), 12, 16 },
        { DIALECT_PYTORCH, CLIP_VALUE("13"), 12, 13 },
        { DIALECT_TEXTBOOK, CLIP_VALUE("3"), 3, 3 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            struct setting setting = { "clip", "quad", 6 * sign, 2 * sign, 2, "gradient-descent",
                                       { RATE("1"), { cases[i].keys[0], cases[i].keys[1] } } };
            struct trajectory path = setting_run(&setting, cases[i].dialect, PRECISION_DOUBLE);
            ck_assert_double_eq_tol(path.points[1].x, sign * (6 - cases[i].x), 1e-14);
            ck_assert_double_eq_tol(path.points[1].y, sign * (2 - cases[i].y), 1e-14);
            trajectory_finish(&path);
        }
    }
}
END_TEST

/* (3, 4) times what is beyond squares, and beyond a product with the norm, too. */
START_TEST(clipping_shortens_what_has_no_square)
{
    static const double units[][2] = { [PRECISION_SINGLE] = { 1e19, 4e37 },
                                       [PRECISION_DOUBLE] = { 1e155, 2e307 } };
    for (size_t i = 0; i < 2 * 2 * DIALECT_COUNT; i++) {
        struct run run = { .precision = i & 1 ? PRECISION_DOUBLE : PRECISION_SINGLE,
                           .dialect = i / 4, .regime = { .clip_norm = 10 } };
        double unit = units[run.precision][i >> 1 & 1];
        struct descent descent = { .run = &run, .x = { .g = rounded(-3 * unit, run.precision) },
                                   .y = { .g = rounded(4 * unit, run.precision) } };
        regime_shape(&descent, (struct vec2){ 0, 0 });
        ck_assert_double_eq_tol(descent.x.g, -6, 1e-5);
        ck_assert_double_eq_tol(descent.y.g, 8, 1e-5);
    }
}
END_TEST

static double norm_of(double x, double y, enum precision precision)
{
    struct run run = { .precision = precision };
    struct descent descent = { .run = &run, .x = { .g = x }, .y = { .g = y } };
    return descent_gradient_norm(&descent);
}

START_TEST(a_finite_gradient_has_a_finite_norm)
{
    ck_assert(norm_of(ldexp(3, 64), ldexp(4, 64), PRECISION_SINGLE) == ldexp(5, 64));
    ck_assert(norm_of(-FLT_MAX, FLT_MAX, PRECISION_SINGLE) == FLT_MAX);
    ck_assert(norm_of(ldexp(3, 600), ldexp(-4, 600), PRECISION_DOUBLE) == ldexp(5, 600));
    ck_assert(norm_of(DBL_MAX, DBL_MAX, PRECISION_DOUBLE) == DBL_MAX);
    ck_assert(isinf(norm_of(INFINITY, 1, PRECISION_DOUBLE)));
    ck_assert(isnan(norm_of(NAN, 1e200, PRECISION_DOUBLE)));
}
END_TEST

START_TEST(clipping_is_rounded_as_floats_are)
{
    struct setting setting = { "clip", "quad", 1.45, 0.7, 2, "gradient-descent",
                               { RATE("1"), CLIP_NORM("0.3") } };
    const float most = 0.3f, x = 1.45f, y = 0.7f, gx = 2 * x, gy = 8 * y;
    const float squares = gx * gx + gy * gy, norm = sqrtf(squares);
    const float inverse = 1 / (norm + 1e-6f), share = inverse * most;
    struct trajectory path = setting_run(&setting, DIALECT_PYTORCH, PRECISION_SINGLE);
    ck_assert(path.points[1].x == x - gx * share && path.points[1].y == y - gy * share);
    trajectory_finish(&path);
    path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_SINGLE);
    ck_assert(path.points[1].x == x - gx * most / norm);
    ck_assert(path.points[1].y == y - gy * most / norm);
    trajectory_finish(&path);
}
END_TEST

START_TEST(clipping_is_one_thing_and_for_methods_with_gradients)
{
    struct setting setting = { QUAD, "gradient-descent", { RATE("0.1") } };
    struct optimizer row = *optimizer_by_name("gradient-descent");
    struct optimizer_section section = { .clip_value = { true, 1, { 0 } } };
    struct report report = { 0 };
    struct ready ready;
    ck_assert(setting_resolve(&ready, &setting, DIALECT_PYTORCH, PRECISION_DOUBLE, &report));
    ck_assert(ready.run.regime.clip_norm == 0 && ready.run.regime.clip_value == 0);
    ready.run.optimizer = &row;
    ck_assert(regime_resolve(&ready.run, &section, &report));
    row.alone = true;
    ck_assert(!regime_resolve(&ready.run, &section, &report));
    ck_assert_str_eq(report.entries[0].message,
                     "[optimizer Label] clip_value: gradient-descent cannot have it; "
                     "only methods that step by a gradient can");
    row.alone = false;
    section.clip_norm = section.clip_value;
    ck_assert(!regime_resolve(&ready.run, &section, &report));
    ck_assert_str_eq(report.entries[1].message,
                     "[optimizer Label] clip_value: there is a clip_norm, too; "
                     "only one of them can clip");
    objective_finish(&ready.objective);
    report_finish(&report);
}
END_TEST

/* Numbers with which every rounding shows: what is expected is computed in floats, operation
 * by operation. */
START_TEST(weight_decay_is_rounded_as_floats_are)
{
    struct setting setting = { "decay", "quad", 1.45, 1.45, 2, "gradient-descent",
                               { RATE("0.3"), DECAY("0.7"), DECOUPLED("no") } };
    const float x = 1.45f, rate = 0.3f, decay = 0.7f;
    struct trajectory path = setting_run(&setting, DIALECT_PYTORCH, PRECISION_SINGLE);
    float gradient = 2 * x + decay * x;
    ck_assert(path.points[1].x == x - rate * gradient);
    trajectory_finish(&path);
    setting.keys[2][1] = "yes";
    path = setting_run(&setting, DIALECT_PYTORCH, PRECISION_SINGLE);
    float kept = 1 - rate * decay;
    ck_assert(path.points[1].x == x * kept - rate * (2 * x));
    trajectory_finish(&path);
}
END_TEST

/* A row's own decay, and what methods that stand alone say. */
START_TEST(a_row_says_how_its_method_decays)
{
    struct setting setting = { QUAD, "gradient-descent", { RATE("0.1") } };
    struct optimizer row = *optimizer_by_name("gradient-descent");
    struct optimizer_section section = { .weight_decay = { 0 } };
    struct report report = { 0 };
    struct ready ready;
    ck_assert(setting_resolve(&ready, &setting, DIALECT_PYTORCH, PRECISION_DOUBLE, &report));
    ck_assert(ready.run.regime.weight_decay == 0);
    ready.run.optimizer = &row;
    row.decoupled = true;
    row.weight_decay[DIALECT_PYTORCH] = 0.25;
    ck_assert(regime_resolve(&ready.run, &section, &report));
    ck_assert(ready.run.regime.weight_decay == 0.25 && ready.run.regime.decoupled);
    section.decoupled = DECOUPLED_NO;
    section.weight_decay = (struct maybe_number){ true, 0, { 0 } };
    ck_assert(regime_resolve(&ready.run, &section, &report));
    ck_assert(ready.run.regime.weight_decay == 0 && !ready.run.regime.decoupled);

    section.weight_decay.value = 0.5;
    row.alone = true;
    ck_assert(!regime_resolve(&ready.run, &section, &report));
    ck_assert_str_eq(report.entries[0].message,
                     "[optimizer Label] weight_decay: gradient-descent cannot have it; "
                     "only methods that step by a gradient can");
    row.alone = false;
    row.weight_decay[DIALECT_PYTORCH] = 0;
    section.weight_decay.given = false;
    section.decoupled = DECOUPLED_YES;
    ck_assert(regime_resolve(&ready.run, &section, &report));
    ck_assert_uint_eq(report.warnings, 1);
    ck_assert_str_eq(report.entries[1].message,
                     "[optimizer Label] decoupled_weight_decay: there is no weight decay; "
                     "weight_decay says how much");
    section.weight_decay.given = true;
    section.decoupled = DECOUPLED_NO;
    row.parameters[0].name = "pace";
    ck_assert(regime_resolve(&ready.run, &section, &report));
    section.decoupled = DECOUPLED_YES;
    ck_assert(!regime_resolve(&ready.run, &section, &report));
    ck_assert_str_eq(report.entries[2].message,
                     "[optimizer Label] weight_decay: gradient-descent has no learning rate to "
                     "decouple it with; decoupled_weight_decay = no adds it to the gradient");
    objective_finish(&ready.objective);
    report_finish(&report);
}
END_TEST

START_TEST(adam_has_a_learning_rate_of_its_own)
{
    struct setting setting = { QUAD, "adam", { { 0 } } };
    struct trajectory path = setting_run(&setting, DIALECT_TENSORFLOW1, PRECISION_DOUBLE);
    ck_assert_double_eq_tol(path.points[1].x, -4 + 0.001, 1e-9);
    trajectory_finish(&path);
}
END_TEST

START_TEST(a_diverging_run_stops_and_is_marked)
{
    struct setting setting = { QUAD, "gradient-descent", { RATE("1e300") } };
    for (enum precision precision = PRECISION_SINGLE; precision <= PRECISION_DOUBLE; precision++) {
        struct trajectory path = setting_run(&setting, DIALECT_TENSORFLOW1, precision);
        ck_assert(path.diverged);
        ck_assert_uint_eq(path.count, 2);
        ck_assert(isfinite(path.losses[0]) && !isfinite(path.losses[1]));
        trajectory_finish(&path);
    }
    /* By 3 each step; x^2 leaves double precision at row 322. */
    setting = (struct setting){ "slow", "quad", 4, 0, 1000, "gradient-descent", { RATE("2") } };
    struct trajectory path = setting_run(&setting, DIALECT_TENSORFLOW1, PRECISION_DOUBLE);
    ck_assert(path.diverged);
    ck_assert_uint_eq(path.count, 322 + 1);
    ck_assert(isfinite(path.losses[321]) && isinf(path.losses[322]));
    trajectory_finish(&path);
}
END_TEST

START_TEST(one_step_is_the_start)
{
    struct setting setting = { HYPER, "adam", { { 0 } } };
    setting.steps = 1;
    struct trajectory path = setting_run(&setting, DIALECT_KERAS3, PRECISION_SINGLE);
    ck_assert_uint_eq(path.count, 1);
    ck_assert(path.points[0].x == 0.0001f && path.points[0].y == 3);
    ck_assert(!path.diverged);
    trajectory_finish(&path);
    trajectory_finish(&path);
}
END_TEST

START_TEST(what_a_method_cannot_take_is_refused)
{
    static const struct {
        struct setting setting;
        enum dialect dialect;
        size_t offset;
        const char *message;
    } cases[] = {
        { { QUAD, "adma", { { 0 } } }, DIALECT_KERAS3, AT_METHOD,
          "unknown method 'adma'; did you mean 'adam'?" },
        { { QUAD, "anneal", { { 0 } } }, DIALECT_KERAS3, AT_METHOD,
          "unknown method 'anneal'; 'optrender list optimizers' shows them" },
        { { QUAD, "sgd", { { 0 } } }, DIALECT_PYTORCH, AT_METHOD,
          "unknown method 'sgd'; did you mean 'gradient-descent'?" },
        { { QUAD, "amsgrad", { { 0 } } }, DIALECT_PYTORCH, AT_METHOD,
          "unknown method 'amsgrad'; did you mean 'adam' with amsgrad = yes?" },
        { { QUAD, "adam", { { "lr", "0.1" } } }, DIALECT_PYTORCH, AT_KEY,
          "[optimizer Label] unknown key 'lr'; did you mean 'learning_rate'? "
          "(adam takes learning_rate, beta1, beta2, epsilon, amsgrad)" },
        { { QUAD, "nelder-mead", { { "simplex_size", "0" } } }, DIALECT_KERAS3, AT_VALUE,
          "[optimizer Label] simplex_size: 0 is not in 0 < simplex_size < inf" },
        { { QUAD, "adam", { { "bta1", "0.5" } } }, DIALECT_KERAS3, AT_KEY,
          "[optimizer Label] unknown key 'bta1'; did you mean 'beta1'? "
          "(adam takes learning_rate, beta1, beta2, epsilon, amsgrad)" },
        { { QUAD, "adam", { { "stepps", "5" } } }, DIALECT_KERAS3, AT_KEY,
          "[optimizer Label] unknown key 'stepps'; did you mean 'steps'? "
          "(adam takes learning_rate, beta1, beta2, epsilon, amsgrad)" },
        { { QUAD, "gradient-descent", { RATE("1"), { "gamma", "1" } } }, DIALECT_KERAS3, AT_KEY,
          "[optimizer Label] unknown key 'gamma' (gradient-descent takes learning_rate)" },
        { { QUAD, "adagrad", { RATE("1"), { "epsilon", "1" } } }, DIALECT_TENSORFLOW1, AT_KEY,
          "[optimizer Label] adagrad has no epsilon in the dialect tensorflow1 "
          "(it takes learning_rate, initial_accumulator)" },
        { { QUAD, "adam", { { "beta1", "1.5" } } }, DIALECT_TEXTBOOK, AT_VALUE,
          "[optimizer Label] beta1: 1.5 is not in 0 <= beta1 < 1" },
        { { QUAD, "adam", { RATE("-0.1") } }, DIALECT_TEXTBOOK, AT_VALUE,
          "[optimizer Label] learning_rate: -0.1 is not in 0 <= learning_rate < inf" },
        { { QUAD, "adam", { RATE("1e999") } }, DIALECT_TEXTBOOK, AT_VALUE,
          "[optimizer Label] learning_rate: 1e999 is not in 0 <= learning_rate < inf" },
        { { QUAD, "nag", { RATE("fast") } }, DIALECT_TEXTBOOK, AT_VALUE,
          "[optimizer Label] learning_rate: 'fast' is not a number" },
        { { QUAD, "rmsprop", { RATE("1"), { "centered", "maybe" } } }, DIALECT_KERAS3, AT_VALUE,
          "[optimizer Label] centered: 'maybe' is not yes or no" },
        { { QUAD, "lbfgs", { { "line_search", "wolfe" } } }, DIALECT_KERAS3, AT_VALUE,
          "[optimizer Label] line_search: 'wolfe' is not none or strong-wolfe" },
        { { QUAD, "lbfgs", { { "history", "2.5" } } }, DIALECT_KERAS3, AT_VALUE,
          "[optimizer Label] history: 2.5 is not in 1 <= history <= 100, a whole number" },
        { { QUAD, "rmsprop", { { 0 } } }, DIALECT_TEXTBOOK, AT_SECTION,
          "[optimizer Label] missing learning_rate: the dialect textbook has no default; "
          "pytorch, keras3 have one" },
        { { QUAD, "prodigy", { { "initial_distance", "0" } } }, DIALECT_PYTORCH, AT_VALUE,
          "[optimizer Label] initial_distance: 0 is not in 1e-15 <= initial_distance < inf" },
        { { QUAD, "momentum", { { "nesterov", "yes" }, { "dampening", "0.1" } } },
          DIALECT_PYTORCH, AT_VALUE,
          "[optimizer Label] nesterov: PyTorch refuses it with dampening" },
        { { QUAD, "momentum", { MOMENTUM("0"), { "nesterov", "yes" } } },
          DIALECT_PYTORCH, AT_VALUE,
          "[optimizer Label] nesterov: PyTorch refuses it without a momentum" },
        { { QUAD, "madgrad", { { "weight_decay", "0.1" }, { "decoupled_weight_decay", "yes" } } },
          DIALECT_TEXTBOOK, AT_VALUE,
          "[optimizer Label] weight_decay: madgrad reckons from its start and would take a "
          "decoupled decay back; decoupled_weight_decay = no adds it to the gradient" },
        { { QUAD, "momentum", { RATE("1") } }, DIALECT_TENSORFLOW1, AT_SECTION,
          "[optimizer Label] missing momentum: the dialect tensorflow1 has no default; "
          "textbook, pytorch, keras3 have one" },
        { { HYPER, "polyak", { { 0 } } }, DIALECT_KERAS3, AT_SECTION,
          "[optimizer Label] missing minimum_value: the function has no stated minimum" },
        { { "far", "quad", 1e30, 0, 5, "adam", { { 0 } } }, DIALECT_TENSORFLOW1, AT_START,
          "[optimizer Label] start: the function has no finite value there" },
    };
    struct report report = { 0 };
    struct ready ready;
    ck_assert(!setting_resolve(&ready, &cases[_i].setting, cases[_i].dialect, PRECISION_SINGLE,
                               &report));
    ck_assert_uint_eq(report.errors, 1);
    ck_assert_str_eq(report.entries[0].message, cases[_i].message);
    ck_assert_uint_eq(report.entries[0].place.offset, cases[_i].offset);
    objective_finish(&ready.objective);
    report_finish(&report);
}
END_TEST
enum { REFUSED_COUNT = 21 };

/* People's other names for methods are hints, never a method's own name. */
START_TEST(other_names_lead_to_their_method)
{
    static const char *const names[][2] = {
        { "sgd", "gradient-descent" }, { "gd", "gradient-descent" }, { "nesterov", "nag" },
        { "heavy-ball", "momentum" }, { "sgdm", "momentum" }, { "cg", "nonlinear-cg" },
        { "conjugate-gradient", "nonlinear-cg" }, { "simplex", "nelder-mead" },
        { "amsgrad", "adam" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct suggestion near = { .wanted = names[i][0], .length = strlen(names[i][0]) };
        optimizer_suggest(&near);
        ck_assert_str_eq(near.best, names[i][1]);
    }
    size_t count;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (const char *also = list[i]->also; also && *also;) {
            char name[64];
            size_t end = strcspn(also, ",");
            snprintf(name, sizeof name, "%.*s", (int)strcspn(also, ", "), also);
            struct suggestion near = { .wanted = name, .length = strlen(name) };
            optimizer_suggest(&near);
            ck_assert_str_eq(near.best, list[i]->name);
            ck_assert_uint_eq(near.distance, 0);
            ck_assert_ptr_null(optimizer_by_name(name));
            also += end + strspn(also + end, ", ");
        }
    }
}
END_TEST

START_TEST(a_section_overrides_the_problem)
{
    struct preset preset = { .problem = { .function = text_at("quad", 0), .steps = 7,
                                          .start = { true, { 1, 2 }, { 0 } } } };
    struct optimizer_section section = { .label = text_at("A", 0), .method = text_at("adam", 0) };
    struct report report = { 0 };
    struct objective objective;
    struct run run;
    ck_assert(objective_init(&objective, &preset.problem, &report));
    ck_assert(run_resolve(&run, &preset, &section, &objective, &report));
    ck_assert_uint_eq(run.steps, 7);
    ck_assert(run.start.x == 1 && run.start.y == 2);
    section.steps = (struct maybe_number){ true, 3, { 0 } };
    section.start = (struct maybe_point){ true, { 0.1, 4 }, { 0 } };
    ck_assert(run_resolve(&run, &preset, &section, &objective, &report));
    ck_assert_uint_eq(run.steps, 3);
    ck_assert(run.start.x == 0.1f && run.start.y == 4);
    objective_finish(&objective);
    report_finish(&report);
}
END_TEST

int main(void)
{
    size_t methods;
    optimizer_list(&methods);
    Suite *suite = suite_create("optimize");
    TCase *cases = tcase_create("optimize");
    tcase_add_loop_test(cases, every_row_of_the_list_is_complete, 0, (int)methods);
    tcase_add_loop_test(cases, every_method_descends_a_bowl_and_repeats_itself, 0,
                        (int)methods * DIALECT_COUNT);
    tcase_add_test(cases, unknown_names_are_not_found);
    tcase_add_test(cases, the_bounds_of_a_domain_are_open_or_closed);
    tcase_add_test(cases, options_do_what_algebra_says);
    tcase_add_test(cases, clipping_does_what_algebra_says);
    tcase_add_test(cases, clipping_shortens_what_has_no_square);
    tcase_add_test(cases, a_finite_gradient_has_a_finite_norm);
    tcase_add_test(cases, clipping_is_rounded_as_floats_are);
    tcase_add_test(cases, clipping_is_one_thing_and_for_methods_with_gradients);
    tcase_add_test(cases, weight_decay_is_rounded_as_floats_are);
    tcase_add_test(cases, a_row_says_how_its_method_decays);
    tcase_add_test(cases, adam_has_a_learning_rate_of_its_own);
    tcase_add_test(cases, a_diverging_run_stops_and_is_marked);
    tcase_add_test(cases, one_step_is_the_start);
    tcase_add_loop_test(cases, what_a_method_cannot_take_is_refused, 0, REFUSED_COUNT);
    tcase_add_test(cases, other_names_lead_to_their_method);
    tcase_add_test(cases, a_section_overrides_the_problem);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
