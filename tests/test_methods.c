/* Methods against PyTorch's paths, against algebra and against each other. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "runs.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* PyTorch's paths, in reference/trajectories/torch: NAME.csv has those on one function, the
 * rows 0 to 9, every tenth and the last; settings.csv has their starts, rates, and how far a
 * program may be from them. What else they were given, as keys of presets: */
static const struct torch_setting {
    const char *name, *method; /* NULL: see nadam */
    const char *keys[KEYS_MAX - 1][2];
} torch_settings[] = {
    { "sgd", "gradient-descent", { { 0 } } },
    { "sgd_momentum", "momentum", { MOMENTUM("0.9") } },
    { "sgd_momentum_damp", "momentum", { MOMENTUM("0.9"), { "dampening", "0.5" } } },
    { "sgd_nesterov", "nag", { MOMENTUM("0.9") } },
    { "sgd_weight_decay", "momentum", { MOMENTUM("0.9"), { "weight_decay", "0.1" } } },
    { "adagrad", "adagrad", { { 0 } } },
    { "adagrad_init01", "adagrad", { { "initial_accumulator", "0.1" } } },
    { "adagrad_lr_decay", "adagrad", { { "learning_rate_decay", "0.01" } } },
    { "rmsprop", "rmsprop", { { 0 } } },
    { "rmsprop_alpha09", "rmsprop", { { "decay", "0.9" } } },
    { "rmsprop_centered", "rmsprop", { { "centered", "yes" } } },
    { "rmsprop_momentum", "rmsprop", { MOMENTUM("0.9") } },
    { "rmsprop_centered_momentum", "rmsprop", { { "centered", "yes" }, MOMENTUM("0.9") } },
    { "adam", "adam", { { 0 } } },
    { "adam_l2", "adam", { { "weight_decay", "0.1" } } },
    { "amsgrad", "adam", { { "amsgrad", "yes" } } },
    { "adamw", "adamw", { { 0 } } },
    { "adamw_wd01", "adamw", { { "weight_decay", "0.1" } } },
    { "adamax", "adamax", { { 0 } } },
    /* PyTorch 1.13, in which a factor is counted twice; ours is that of 2. */
    { "nadam", NULL, { { 0 } } },
    { "nadam_torch2", "nadam", { { 0 } } },
    { "radam", "radam", { { 0 } } },
    { "adadelta", "adadelta", { { 0 } } },
    { "rprop", "rprop", { { 0 } } },
    { "asgd", "asgd", { { 0 } } },
    { "asgd_t0_50", "asgd", { { "lambda", "0.01" }, { "t0", "50" } } },
    { "asgd_t0_50_average", "asgd", { { "lambda", "0.01" }, { "t0", "50" },
                                      { "averaged", "yes" } } },
};
enum { TORCH_COUNT = COUNT(torch_settings), TORCH_FUNCTIONS = 3 };

static const struct torch_setting *torch_find(const char *name)
{
    for (size_t i = 0; i < TORCH_COUNT; i++) {
        if (!strcmp(torch_settings[i].name, name)) {
            return &torch_settings[i];
        }
    }
    ck_abort_msg("no setting %s", name);
    return NULL;
}

static struct trajectory torch_run(const struct table *settings, size_t row)
{
    const struct torch_setting *known = torch_find(table_text(settings, row, "optimizer"));
    struct setting setting = {
        known->name, table_text(settings, row, "function"), table_at(settings, row, "start_x"),
        table_at(settings, row, "start_y"), 200, known->method,
        { RATE(table_text(settings, row, "lr")) }
    };
    memcpy(setting.keys + 1, known->keys, sizeof known->keys);
    return setting_run(&setting, DIALECT_PYTORCH, PRECISION_DOUBLE);
}

/* The greatest difference from the rows that the reference has of this optimizer. */
static double deviation(const struct trajectory *path, const struct table *reference,
                        const char *optimizer)
{
    double most = 0;
    size_t compared = 0;
    for (size_t row = 0; row < reference->rows; row++) {
        if (strcmp(table_text(reference, row, "optimizer"), optimizer) != 0) {
            continue;
        }
        struct vec2 at = path->points[(size_t)table_at(reference, row, "step")];
        double off = fmax(fabs(at.x - table_at(reference, row, "x")),
                          fabs(at.y - table_at(reference, row, "y")));
        most = off <= most ? most : off; /* NaN stays */
        compared++;
    }
    ck_assert_uint_eq(compared, 30);
    return most;
}

START_TEST(pytorch_is_met_in_double_precision)
{
    struct table settings = table_read(test_path("reference/trajectories/torch/settings.csv"));
    ck_assert_uint_eq(settings.rows, TORCH_COUNT * TORCH_FUNCTIONS);
    size_t row = (size_t)_i;
    const char *optimizer = table_text(&settings, row, "optimizer");
    if (torch_find(optimizer)->method) {
        char path[128];
        snprintf(path, sizeof path, "reference/trajectories/torch/%s.csv",
                 table_text(&settings, row, "function"));
        struct table reference = table_read(test_path(path));
        struct trajectory ours = torch_run(&settings, row);
        ck_assert_uint_eq(ours.count, 200);
        double off = deviation(&ours, &reference, optimizer);
        ck_assert_msg(off <= table_at(&settings, row, "tolerance"), "%s: %g", optimizer, off);
        trajectory_finish(&ours);
        table_free(&reference);
    }
    table_free(&settings);
}
END_TEST

#define BETAS(b1, b2) { "beta1", b1 }, { "beta2", b2 }
#define EPSILON(epsilon) { "epsilon", epsilon }

/* One method as a special case of another. */
static const struct {
    enum dialect dialect, other_dialect;
    const char *method, *keys[KEYS_MAX][2];
    const char *other, *other_keys[KEYS_MAX][2];
} equals[] = {
#define EQUAL(dialect, other_dialect) DIALECT_##dialect, DIALECT_##other_dialect
    { EQUAL(TENSORFLOW1, TENSORFLOW1), "momentum", { RATE("0.01"), MOMENTUM("0") },
      "gradient-descent", { RATE("0.01") } },
    { EQUAL(TEXTBOOK, TEXTBOOK), "nag", { RATE("0.01"), MOMENTUM("0") },
      "gradient-descent", { RATE("0.01") } },
    { EQUAL(TENSORFLOW1, TENSORFLOW1),
      "momentum", { RATE("0.01"), MOMENTUM("0.9"), { "nesterov", "yes" } },
      "nag", { RATE("0.01"), MOMENTUM("0.9") } },
    { EQUAL(PYTORCH, PYTORCH),
      "momentum", { RATE("0.01"), MOMENTUM("0.9"), { "nesterov", "yes" } },
      "nag", { RATE("0.01"), MOMENTUM("0.9") } },
    { EQUAL(KERAS3, KERAS3),
      "momentum", { RATE("0.01"), MOMENTUM("0.9"), { "nesterov", "yes" } },
      "nag", { RATE("0.01"), MOMENTUM("0.9") } },
    { EQUAL(TEXTBOOK, TENSORFLOW1), "qhm", { RATE("0.1"), MOMENTUM("0.9"), { "nu", "1" } },
      "momentum", { RATE("0.01"), MOMENTUM("0.9") } },
    { EQUAL(TEXTBOOK, TEXTBOOK), "qhm", { RATE("0.01"), { "nu", "0" } },
      "gradient-descent", { RATE("0.01") } },
    { EQUAL(TEXTBOOK, PYTORCH),
      "qhadam", { RATE("0.1"), BETAS("0.9", "0.999"), { "nu1", "1" }, { "nu2", "1" } },
      "adam", { RATE("0.1") } },
    { EQUAL(TEXTBOOK, TEXTBOOK),
      "qhadam", { RATE("0.1"), { "nu1", "0" }, { "nu2", "0" }, EPSILON("0") },
      "signsgd", { RATE("0.1") } },
    { EQUAL(TEXTBOOK, TENSORFLOW1),
      "aggmo", { RATE("0.01"), BETAS("0.9", "0.9"), { "beta3", "0.9" } },
      "momentum", { RATE("0.01"), MOMENTUM("0.9") } },
    { EQUAL(TEXTBOOK, TENSORFLOW1), "adabound", { RATE("0.1"), { "gamma", "0" } },
      "adam", { RATE("0.1") } },
    { EQUAL(KERAS3, TEXTBOOK), "lion", { RATE("0.1"), BETAS("0", "0") },
      "signsgd", { RATE("0.1") } },
    { EQUAL(TEXTBOOK, TEXTBOOK), "lion", { RATE("0.1"), BETAS("0.9", "0.9") },
      "signsgd", { RATE("0.1"), MOMENTUM("0.9") } },
    { EQUAL(TENSORFLOW1, TENSORFLOW1), "adamw", { RATE("0.1"), { "weight_decay", "0" } },
      "adam", { RATE("0.1") } },
    { EQUAL(PYTORCH, PYTORCH), "adamw", { RATE("0.1"), { "decoupled_weight_decay", "no" } },
      "adam", { RATE("0.1"), { "weight_decay", "0.01" } } },
    { EQUAL(KERAS3, KERAS3), "adamw", { RATE("0.1") },
      "adam", { RATE("0.1"), { "weight_decay", "0.004" } } },
    { EQUAL(KERAS3, PYTORCH), "adam", { RATE("1"), { "amsgrad", "yes" }, EPSILON("0") },
      "adam", { RATE("1"), { "amsgrad", "yes" }, EPSILON("0") } },
    { EQUAL(KERAS3, PYTORCH), "adamax", { RATE("0.1"), EPSILON("0") },
      "adamax", { RATE("0.1"), EPSILON("0") } },
    { EQUAL(KERAS3, PYTORCH), "nadam", { RATE("0.1"), EPSILON("1e-8") },
      "nadam", { RATE("0.1"), { "momentum_decay", "1" } } },
    { EQUAL(KERAS3, TEXTBOOK), "madgrad", { RATE("0.1"), { "weight_decay", "0.5" } },
      "madgrad", { RATE("0.1"), { "weight_decay", "0.5" } } },
    /* The memory of one gradient is too short for what RAdam wants. */
    { EQUAL(TEXTBOOK, TEXTBOOK), "radam", { RATE("0.01"), BETAS("0", "0") },
      "gradient-descent", { RATE("0.01") } },
    { EQUAL(TENSORFLOW1, PYTORCH), "adadelta", { RATE("1"), { "decay", "0.9" }, EPSILON("1e-6") },
      "adadelta", { { 0 } } },
    { EQUAL(PYTORCH, PYTORCH), "asgd", { RATE("0.01"), { "lambda", "0" } },
      "gradient-descent", { RATE("0.01") } },
    { EQUAL(TEXTBOOK, PYTORCH),
      "adan", { RATE("0.1"), BETAS("0.9", "0"), { "beta3", "0.999" } },
      "adam", { RATE("0.1") } },
#undef EQUAL
};

START_TEST(one_method_is_a_case_of_another)
{
    struct setting setting = { BOOTH, equals[_i].method, { { 0 } } };
    struct setting other = { BOOTH, equals[_i].other, { { 0 } } };
    memcpy(setting.keys, equals[_i].keys, sizeof setting.keys);
    memcpy(other.keys, equals[_i].other_keys, sizeof other.keys);
    struct trajectory a = setting_run(&setting, equals[_i].dialect, PRECISION_DOUBLE);
    struct trajectory b = setting_run(&other, equals[_i].other_dialect, PRECISION_DOUBLE);
    ck_assert_uint_eq(a.count, b.count);
    for (size_t row = 0; row < a.count; row++) {
        double off = hypot(a.points[row].x - b.points[row].x, a.points[row].y - b.points[row].y);
        ck_assert_msg(off < 1e-12, "%s, %s: row %zu, %g", setting.method, other.method, row, off);
    }
    trajectory_finish(&a);
    trajectory_finish(&b);
}
END_TEST

/* On x^2 + 4 y^2 from (8, 8), where the gradient in x is 2 x: x after so many steps. */
#define FROM_8 "hand", "quad", 8, 8, 6
#define SMALL_BETAS BETAS("0.5", "0.75"), EPSILON("0")

struct by_hand {
    struct setting setting;
    enum dialect dialect;
    double x[5]; /* from x[1] on; ends at a 0 */
};

static void compare(const struct by_hand *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct trajectory path = setting_run(&cases[i].setting, cases[i].dialect,
                                             PRECISION_DOUBLE);
        for (size_t k = 1; k < COUNT(cases[i].x) && cases[i].x[k] != 0; k++) {
            ck_assert_msg(fabs(path.points[k].x - cases[i].x[k]) < 1e-13, "%s, x%zu: %.17g, %.17g",
                          cases[i].setting.method, k, path.points[k].x, cases[i].x[k]);
        }
        trajectory_finish(&path);
    }
}

START_TEST(moments_are_what_papers_say)
{
    const struct by_hand cases[] = {
        /* m = 8, v = 64, x = 8 - 5 8/8; m = 7, v = 57, but 64 was more */
        { { FROM_8, "adam", { RATE("5"), SMALL_BETAS, { "amsgrad", "yes" } } },
          DIALECT_TEXTBOOK, { 8, 3, 3 - 5 * 7 / 8. } },
        /* m = 8, u = 16; m = 4 + g/2, u = max(12, g) */
        { { FROM_8, "adamax", { RATE("1"), BETAS("0.5", "0.75"), EPSILON("1") } },
          DIALECT_TENSORFLOW1,
          { 8, 8 - 16 / 17., 8 - 16 / 17. - (4 + 120 / 17.) / 0.75 / (240 / 17. + 1) } },
        { { FROM_8, "nadam", { RATE("1"), SMALL_BETAS } }, DIALECT_TENSORFLOW1,
          { 8, 6.5, 6.5 - 11.75 * sqrt(0.4375) / 0.75 / 9.5 } },
        /* mu is 0.5 beta1 = 0.25 always */
        { { FROM_8, "nadam", { RATE("1"), SMALL_BETAS, { "momentum_decay", "0" } } },
          DIALECT_TEXTBOOK,
          { 8, 6.8,
            6.8 - (0.25 * 13.2 / 0.984375 + 0.75 * 13.6 / 0.9375) / sqrt(94.24 / 0.4375) } },
        /* m = 8, s = 8^2 / 4; m = 10, s = 12 + 2^2 / 4 */
        { { FROM_8, "adabelief", { RATE("1"), SMALL_BETAS } }, DIALECT_TEXTBOOK,
          { 8, 6, 6 - 10 / 0.75 / sqrt(13 / 0.4375) } },
        { { FROM_8, "adabelief", { RATE("1"), BETAS("0.5", "0.75"), EPSILON("2") } },
          DIALECT_PYTORCH, { 8, 8 - 16 / (sqrt(72) + 2) } },
        /* Adam's 1/8 is below the bound of 1/6, then 0.09 below 1/4 */
        { { FROM_8, "adabound", { RATE("1"), { "final_learning_rate", "0.5" },
                                  { "gamma", "0.5" }, SMALL_BETAS } },
          DIALECT_TEXTBOOK, { 8, 20 / 3., 4 } },
        /* and above 0.03, then above 0.02 */
        { { FROM_8, "adabound", { RATE("1"), { "final_learning_rate", "0.01" },
                                  { "gamma", "0.5" }, SMALL_BETAS } },
          DIALECT_TEXTBOOK, { 8, 7.76, 7.76 - 0.02 * 11.76 } },
        /* v = 64, then 64 + 14^2 / 4; and 1024, then 1024 - 1 / 4 */
        { { FROM_8, "yogi", { RATE("1"), SMALL_BETAS, { "initial_accumulator", "0" } } },
          DIALECT_TEXTBOOK, { 8, 7, 7 - 11 / sqrt(113) } },
        { { FROM_8, "yogi", { RATE("30"), SMALL_BETAS, { "initial_accumulator", "1088" } } },
          DIALECT_TEXTBOOK, { 8, 0.5, 0.5 - 30 * 4.5 / sqrt(1023.75) } },
        /* v = g^2 exactly: it stays; 4 / 8 */
        { { FROM_8, "yogi", { RATE("1"), SMALL_BETAS, { "initial_accumulator", "256" } } },
          DIALECT_TEXTBOOK, { 8, 7.5 } },
        /* m = 8, v = 0, n = 64; m = 11, v = -1, n = 48 + 13^2 / 4 */
        { { FROM_8, "adan", { RATE("1"), BETAS("0.5", "0.5"), { "beta3", "0.75" }, EPSILON("0") } },
          DIALECT_TEXTBOOK, { 8, 7, 7 - 14 / sqrt(90.25 / 0.4375) } },
        /* s = 32, v = 8^3, z = 4; the weight is 2 sqrt(2) */
        { { FROM_8, "madgrad", { RATE("2"), MOMENTUM("0.5"), EPSILON("0") } }, DIALECT_TEXTBOOK,
          { 8, 6, 3 + (8 - (32 + 24 * sqrt(2)) / cbrt(512 + 288 * sqrt(2))) / 2 } },
    };
    compare(cases, COUNT(cases));
}
END_TEST

START_TEST(steps_are_what_papers_say)
{
    const struct by_hand cases[] = {
        { { FROM_8, "qhm", { RATE("0.125"), MOMENTUM("0.5"), { "nu", "0.5" } } },
          DIALECT_TEXTBOOK, { 8, 6.5, 6.5 - 0.125 * (6.5 + 0.5 * 10.5) } },
        { { FROM_8, "aggmo", { RATE("0.375"), BETAS("0", "0.5"), { "beta3", "0.75" } } },
          DIALECT_TEXTBOOK, { 8, 2, -2 } },
        /* m = 8, then 3; the second direction is 6.4 - 0.4, the third 2.4 - 4 */
        { { FROM_8, "lion", { RATE("9"), BETAS("0.8", "0.5") } }, DIALECT_TEXTBOOK,
          { 8, -1, -10, -1 } },
        { { FROM_8, "signsgd", { RATE("9"), MOMENTUM("0") } }, DIALECT_TEXTBOOK, { 8, -1, 8, -1 } },
        /* 6, 9; then the sign has changed: 4.5, and no step or the last one back */
        { { FROM_8, "rprop", { RATE("6"), { "eta_plus", "1.5" } } }, DIALECT_PYTORCH,
          { 8, 2, -7, -7, -2.5 } },
        { { FROM_8, "rprop", { RATE("6"), { "eta_plus", "1.5" } } }, DIALECT_TEXTBOOK,
          { 8, 2, -7, 2, -2.5 } },
        { { FROM_8, "rprop", { RATE("6"), { "step_max", "7" } } }, DIALECT_TEXTBOOK,
          { 8, 2, -5, 2, -1.5 } },
        { { FROM_8, "rprop", { RATE("6"), { "eta_minus", "0.1" }, { "step_min", "3" } } },
          DIALECT_PYTORCH, { 8, 2, -5.2, -5.2, -2.2 } },
        /* the walker is at 8, 4, 3 */
        { { FROM_8, "asgd", { RATE("0.25"), { "alpha", "1" } } }, DIALECT_TEXTBOOK,
          { 8, 8, 6, 5 } },
        /* the front at 6, the gradient that of 6.5 */
        { { FROM_8, "schedule-free", { RATE("0.125"), MOMENTUM("0.5") } }, DIALECT_KERAS3,
          { 8, 7, 6.125 } },
    };
    compare(cases, COUNT(cases));
}
END_TEST

/* Four steps halve x. In the fifth rho is 4.58: enough for the paper, not for PyTorch. */
START_TEST(radam_begins_to_divide)
{
    struct setting setting = { FROM_8, "radam", { RATE("0.25"), BETAS("0", "0.9"), EPSILON("0") } };
    double rho = 19 - 10 * pow(0.9, 5) / (1 - pow(0.9, 5));
    double r = sqrt((rho - 4) * (rho - 2) * 19 / (15 * 17 * rho));
    double v = 0.1 * (256 * pow(0.9, 4) + 64 * pow(0.9, 3) + 16 * pow(0.9, 2) + 4 * 0.9 + 1);
    double divided = 0.5 - 0.25 * r * sqrt((1 - pow(0.9, 5)) / v);
    for (size_t k = 0; k < 2; k++) {
        enum dialect dialect = k ? DIALECT_PYTORCH : DIALECT_TEXTBOOK;
        struct trajectory path = setting_run(&setting, dialect, PRECISION_DOUBLE);
        ck_assert_double_eq_tol(path.points[4].x, 0.5, 1e-13);
        ck_assert_double_eq_tol(path.points[5].x, k ? 0.25 : divided, 1e-12);
        trajectory_finish(&path);
    }
}
END_TEST

/* With beta1 = 0 and sqrt(beta2) = 0.5. The gradients are 2 x and 8 x, as y is x all along;
 * the distance d is 1 for two steps, then what the first two have found. */
START_TEST(prodigy_finds_its_distance)
{
    struct setting setting = { FROM_8, "prodigy", { RATE("4"), BETAS("0", "0.25"), EPSILON("0"),
                                                    { "initial_distance", "1" } } };
    double x1 = 8 - 4 * 16 / sqrt(0.75 * 256);
    double v2 = 0.25 * 0.75 * 256 + 0.75 * 4 * x1 * x1;
    double x2 = x1 - 4 * 2 * x1 / sqrt(v2);
    double progress = 0.5 * 4 * 10 * x1 * (8 - x1);
    double sum = 0.5 * 0.5 * 4 * 80 + 0.5 * 4 * 10 * x1;
    double d = progress / sum;
    double x3 = x2 - 4 * d * d * 2 * x2 / sqrt(0.25 * v2 + 0.75 * d * d * 4 * x2 * x2);
    struct trajectory path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_DOUBLE);
    ck_assert_double_gt(d, 1);
    ck_assert_double_eq_tol(path.points[1].x, x1, 1e-13);
    ck_assert_double_eq_tol(path.points[2].x, x2, 1e-13);
    ck_assert_double_eq_tol(path.points[3].x, x3, 1e-12);
    ck_assert_double_eq_tol(path.points[3].y, x3, 1e-12);
    trajectory_finish(&path);
}
END_TEST

/* Its decoupled decay goes by lr d, and the progress is counted between points before it. As
 * above, with d = 0.5 for two steps. */
START_TEST(prodigy_decays_by_its_distance)
{
    struct setting setting = { FROM_8, "prodigy",
                               { RATE("4"), BETAS("0", "0.25"), EPSILON("0"),
                                 { "initial_distance", "0.5" }, { "weight_decay", "0.125" } } };
    double x1 = 8 * (1 - 0.5 * 4 * 0.125) - 4 * 0.5 * 8 / sqrt(0.75 * 64);
    double v2 = 0.25 * 0.75 * 64 + 0.75 * x1 * x1;
    double x2 = x1 * 0.75 - 4 * 0.5 * x1 / sqrt(v2);
    double progress = 0.5 * 4 * 0.25 * 10 * x1 * (8 - x1);
    double sum = 0.5 * 0.5 * 4 * 0.25 * 80 + 0.5 * 4 * 0.25 * 10 * x1;
    double d = progress / sum;
    double v3 = 0.25 * v2 + 0.75 * d * d * 4 * x2 * x2;
    double x3 = x2 * (1 - d * 4 * 0.125) - 4 * d * d * 2 * x2 / sqrt(v3);
    struct trajectory path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_DOUBLE);
    ck_assert_double_gt(d, 0.5);
    ck_assert_double_eq_tol(path.points[1].x, x1, 1e-13);
    ck_assert_double_eq_tol(path.points[2].x, x2, 1e-13);
    ck_assert_double_eq_tol(path.points[3].x, x3, 1e-12);
    trajectory_finish(&path);
    setting = (struct setting){ BOOTH, "prodigy", { { "weight_decay", "1" } } };
    path = setting_run(&setting, DIALECT_PYTORCH, PRECISION_DOUBLE);
    ck_assert_double_eq_tol(path.points[1].y, -2, 1e-5);
    trajectory_finish(&path);
}
END_TEST

/* Where d is small and gradients are, too, epsilon is as small as d: eps d beside 0.5 d g. */
START_TEST(prodigys_epsilon_shrinks_with_its_distance)
{
    struct setting setting = { FROM_8, "prodigy",
                               { RATE("1"), BETAS("0", "0.75"), EPSILON("8"),
                                 { "initial_distance", "0.25" } } };
    struct trajectory path = setting_run(&setting, DIALECT_TEXTBOOK, PRECISION_DOUBLE);
    ck_assert_double_eq_tol(path.points[1].x, 8 - 0.25 * (0.25 * 16) / (0.25 * 8 + 0.25 * 8),
                            1e-13);
    trajectory_finish(&path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("methods");
    TCase *cases = tcase_create("methods");
    tcase_add_loop_test(cases, pytorch_is_met_in_double_precision, 0,
                        TORCH_COUNT * TORCH_FUNCTIONS);
    tcase_add_loop_test(cases, one_method_is_a_case_of_another, 0, COUNT(equals));
    tcase_add_test(cases, moments_are_what_papers_say);
    tcase_add_test(cases, steps_are_what_papers_say);
    tcase_add_test(cases, radam_begins_to_divide);
    tcase_add_test(cases, prodigy_finds_its_distance);
    tcase_add_test(cases, prodigy_decays_by_its_distance);
    tcase_add_test(cases, prodigys_epsilon_shrinks_with_its_distance);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
