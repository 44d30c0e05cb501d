/* The data formats: csv and json text of trajectories. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "write/data.h"

static struct vec2 points[] = { { 1, -2 }, { 0.1, 1e300 }, { INFINITY, -INFINITY } };
static double losses[] = { 0.25, 1.0 / 3, NAN };
static struct vec2 float_points[] = { { 0.1f, -1e-30f } };
static double float_losses[] = { 16777216 };

/* What a format writes, to be freed. */
static char *written(const struct format *format, const struct trajectory *trajectories,
                     size_t count)
{
    char *text = NULL;
    size_t size = 0;
    struct error err = { 0 };
    struct sink sink = { .format = format, .file.stream = open_memstream(&text, &size) };
    ck_assert_msg(format->data(&sink, trajectories, count, &err), "%s", err.text);
    fclose(sink.file.stream);
    return text;
}

static struct trajectory in_double(const char *label)
{
    return (struct trajectory){ .label = label, .precision = PRECISION_DOUBLE, .count = 3,
                                .points = points, .losses = losses, .diverged = true };
}

static struct trajectory in_single(const char *label)
{
    return (struct trajectory){ .label = label, .precision = PRECISION_SINGLE, .count = 1,
                                .points = float_points, .losses = float_losses };
}

START_TEST(csv_is_long_with_the_digits_of_the_precision)
{
    struct trajectory trajectories[] = { in_double("Adam"), in_single("NAG") };
    char *text = written(&csv_format, trajectories, 2);
    ck_assert_str_eq(text,
                     "optimizer,step,x,y,loss\n"
                     "Adam,0,1,-2,0.25\n"
                     "Adam,1,0.10000000000000001,1.0000000000000001e+300,0.33333333333333331\n"
                     "Adam,2,inf,-inf,nan\n"
                     "NAG,0,0.100000001,-1e-30,16777216\n");
    free(text);
}
END_TEST

START_TEST(csv_quotes_only_what_needs_it)
{
    static const char *const labels[][2] = {
        { "Adam 0.1", "Adam 0.1" },
        { "\xce\xb2 = 0.9", "\xce\xb2 = 0.9" },
        { "a, b", "\"a, b\"" },
        { "Adam #2", "\"Adam #2\"" },
        { "the \"best\"", "\"the \"\"best\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
    };
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        struct trajectory trajectory = in_single(labels[i][0]);
        char *text = written(&csv_format, &trajectory, 1);
        const char *row = strchr(text, '\n') + 1;
        size_t length = strlen(labels[i][1]);
        ck_assert_msg(!strncmp(row, labels[i][1], length) && row[length] == ',', "%s", row);
        free(text);
    }
}
END_TEST

START_TEST(json_holds_an_array_of_objects)
{
    struct trajectory trajectories[] = { in_double("a \"b\" \\ \t \xce\xb2"), in_single("NAG") };
    char *text = written(&json_format, trajectories, 2);
    ck_assert_str_eq(text,
        "{\"preset\": \"\",\n\"trajectories\": [\n"
        "{\"optimizer\": \"a \\\"b\\\" \\\\ \\u0009 \xce\xb2\", \"step\": 0, "
        "\"x\": 1, \"y\": -2, \"loss\": 0.25},\n"
        "{\"optimizer\": \"a \\\"b\\\" \\\\ \\u0009 \xce\xb2\", \"step\": 1, "
        "\"x\": 0.10000000000000001, \"y\": 1.0000000000000001e+300, "
        "\"loss\": 0.33333333333333331},\n"
        "{\"optimizer\": \"a \\\"b\\\" \\\\ \\u0009 \xce\xb2\", \"step\": 2, "
        "\"x\": \"inf\", \"y\": \"-inf\", \"loss\": \"nan\"},\n"
        "{\"optimizer\": \"NAG\", \"step\": 0, \"x\": 0.100000001, \"y\": -1e-30, "
        "\"loss\": 16777216}\n"
        "]}\n");
    free(text);
}
END_TEST

START_TEST(no_rows_are_still_a_file)
{
    char *csv = written(&csv_format, NULL, 0), *json = written(&json_format, NULL, 0);
    ck_assert_str_eq(csv, "optimizer,step,x,y,loss\n");
    ck_assert_str_eq(json, "{\"preset\": \"\",\n\"trajectories\": [\n]}\n");
    free(csv);
    free(json);
}
END_TEST

START_TEST(a_full_disk_is_an_error)
{
    static const struct format *const formats[] = { &csv_format, &json_format };
    struct trajectory trajectory = in_double("Adam");
    struct error err = { 0 };
    char path[] = "/dev/full";
    struct sink sink = { .file = { .path = path, .stream = fopen(path, "w") } };
    ck_assert_ptr_nonnull(sink.file.stream);
    ck_assert(!formats[_i]->data(&sink, &trajectory, 1, &err));
    ck_assert_int_eq(err.kind, ERROR_RENDER);
    ck_assert_ptr_nonnull(strstr(err.text, "/dev/full: cannot write: No space left"));
    fclose(sink.file.stream);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("data");
    TCase *cases = tcase_create("data");
    tcase_add_test(cases, csv_is_long_with_the_digits_of_the_precision);
    tcase_add_test(cases, csv_quotes_only_what_needs_it);
    tcase_add_test(cases, json_holds_an_array_of_objects);
    tcase_add_test(cases, no_rows_are_still_a_file);
    tcase_add_loop_test(cases, a_full_disk_is_an_error, 0, 2);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
