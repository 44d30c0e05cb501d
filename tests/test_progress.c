/* What is shown while a batch runs, and how the time left is told. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "progress.h"
#include "support.h"
#include "workload.h"

static char shown[4096];

/* What progress prints of the tally, in a line of so many columns. */
static const char *show(enum progress_mode mode, int columns, const struct tally *tally)
{
    struct progress progress;
    FILE *stream = fmemopen(shown, sizeof shown, "w");
    ck_assert_ptr_nonnull(stream);
    progress_init(&progress, mode, stream);
    progress.columns = columns;
    progress_show(&progress, tally);
    fclose(stream);
    return shown;
}

static const struct tally half = {
    .presets = 150, .presets_total = 300, .frames = 4500, .frames_total = 9000, .failed = 2,
    .outputs = 148, .current = 7, .share = 0.5, .seconds = 60, .seconds_left = 61,
};

START_TEST(a_wide_bar_tells_everything)
{
    ck_assert_str_eq(show(PROGRESS_BAR, 200, &half),
                     "\r[####################                    ] 50 % "
                     "150/300 presets, 2 failed, 4500/9000 frames, 75 frames/s, 1:01 left\033[K");
}
END_TEST

/* Every width, counts of every size: never as wide as the terminal. */
START_TEST(a_bar_fits_the_terminal)
{
    for (size_t times = 1; times < 1000000; times *= 10) {
        struct tally tally = half;
        tally.presets *= times;
        tally.presets_total *= times;
        tally.frames *= times;
        tally.frames_total *= times;
        for (int columns = 1; columns < 140; columns++) {
            const char *text = show(PROGRESS_BAR, columns, &tally);
            ck_assert(text[0] == '\r');
            ck_assert(!strchr(text, '\n'));
            ck_assert_uint_lt(strcspn(text + 1, "\033"), columns);
        }
    }
}
END_TEST

START_TEST(a_narrow_bar_tells_what_matters)
{
    show(PROGRESS_BAR, 80, &half);
    ck_assert_ptr_nonnull(strstr(shown, "] 50 % 150/300 presets, 2 failed"));
    ck_assert_ptr_nonnull(strstr(shown, "1:01 left"));
    ck_assert_str_eq(show(PROGRESS_BAR, 40, &half), "\r150/300 presets, 2 failed, 1:01 left\033[K");
}
END_TEST

START_TEST(lines_are_complete)
{
    ck_assert_str_eq(show(PROGRESS_PLAIN, 0, &half),
                     "optrender: 50 %, 150/300 presets, 2 failed, 4500/9000 frames, 75 frames/s, "
                     "1:01 left\n");
}
END_TEST

/* Nothing is said of what there is none of, or is not known. */
START_TEST(data_only_has_no_frames)
{
    struct tally tally = { .presets = 1, .presets_total = 3, .share = 0.25, .seconds = 7,
                           .seconds_left = -1 };
    ck_assert_str_eq(show(PROGRESS_PLAIN, 0, &tally), "optrender: 25 %, 1/3 presets\n");
    tally.seconds_left = 3723;
    ck_assert_str_eq(show(PROGRESS_PLAIN, 0, &tally),
                     "optrender: 25 %, 1/3 presets, 1:02:03 left\n");
}
END_TEST

START_TEST(json_is_one_object_a_line)
{
    ck_assert_str_eq(show(PROGRESS_JSON, 0, &half),
                     "{\"frames\": 4500, \"frames_total\": 9000, \"presets\": 150, "
                     "\"presets_total\": 300, \"failed\": 2, \"outputs\": 148, "
                     "\"up_to_date\": 7, \"share\": 0.5000, "
                     "\"seconds\": 60.0, \"frames_per_second\": 75.0, \"seconds_left\": 61.0, "
                     "\"finished\": false}\n");
    struct tally tally = half;
    tally.seconds_left = -1;
    tally.presets = 300;
    show(PROGRESS_JSON, 0, &tally);
    ck_assert_ptr_nonnull(strstr(shown, "\"seconds_left\": null, \"finished\": true}\n"));
}
END_TEST

/* A line every five seconds, and none at the end. */
START_TEST(lines_are_sparse)
{
    struct progress progress;
    FILE *stream = fmemopen(shown, sizeof shown, "w");
    progress_init(&progress, PROGRESS_AUTO, stream); /* no terminal */
    for (int i = 0; i <= 160; i++) {
        struct tally tally = half;
        tally.seconds = 0.1 * i;
        progress_show(&progress, &tally);
    }
    progress_end(&progress, &half);
    fclose(stream);
    size_t lines = 0;
    for (const char *c = shown; *c; c++) {
        lines += *c == '\n';
    }
    ck_assert_uint_eq(lines, 3);
}
END_TEST

START_TEST(json_has_a_last_line)
{
    struct progress progress;
    struct tally tally = half;
    FILE *stream = fmemopen(shown, sizeof shown, "w");
    progress_init(&progress, PROGRESS_JSON, stream);
    tally.seconds = 0.01;
    progress_show(&progress, &tally);
    tally.presets = 300;
    progress_end(&progress, &tally);
    fclose(stream);
    ck_assert_ptr_eq(strchr(shown, '\n'), shown + strlen(shown) - 1);
    ck_assert_ptr_nonnull(strstr(shown, "\"finished\": true"));
}
END_TEST

START_TEST(a_hidden_bar_leaves_nothing)
{
    struct progress progress;
    FILE *stream = fmemopen(shown, sizeof shown, "w");
    progress_init(&progress, PROGRESS_BAR, stream);
    progress_show(&progress, &half);
    progress_hide(&progress);
    progress_hide(&progress);
    progress_end(&progress, &half);
    fclose(stream);
    ck_assert_str_eq(shown + strlen(shown) - 7, "\033[K\r\033[K");
    ck_assert(!strchr(shown, '\n'));
}
END_TEST

START_TEST(the_summary_is_one_sentence)
{
    FILE *stream = fmemopen(shown, sizeof shown, "w");
    tally_print(&half, stream);
    fclose(stream);
    ck_assert_str_eq(shown, "300 presets, 2 failed, 148 outputs, 7 up to date in 60.0 s");
}
END_TEST

/* Ten jobs of very different sizes by two threads, each begun when a thread is
 * free, a unit of work in a tenth of a second: the time left is right from the
 * beginning on, and the share only grows. */
START_TEST(time_left_is_honest_when_presets_differ)
{
    static const double work[10] = { 10, 500, 20, 30, 40, 10, 200, 60, 70, 900 };
    enum { THREADS = 2 };
    double starts[10], free_at[THREADS] = { 0 }, end = 0;
    for (size_t i = 0; i < 10; i++) {
        size_t thread = free_at[0] <= free_at[1] ? 0 : 1;
        starts[i] = free_at[thread];
        free_at[thread] += 0.1 * work[i];
        end = free_at[thread] > end ? free_at[thread] : end;
    }
    double share = 0, loads[THREADS];
    for (double now = 1; now < end; now += 1) {
        struct forecast forecast;
        forecast_init(&forecast, loads, THREADS);
        for (size_t i = 0; i < 10; i++) {
            double spent = now < starts[i] ? 0 : now - starts[i];
            spent = spent > 0.1 * work[i] ? 0.1 * work[i] : spent;
            forecast_add(&forecast, 10 * spent, work[i], spent);
        }
        ck_assert_double_eq_tol(forecast_left(&forecast), end - now, 1e-6);
        ck_assert_double_gt(forecast_share(&forecast), share);
        share = forecast_share(&forecast);
    }
}
END_TEST

START_TEST(what_is_unknown_is_like_the_rest)
{
    struct forecast forecast;
    double loads[2];
    forecast_init(&forecast, loads, 2);
    forecast_add_unknown(&forecast);
    ck_assert_double_eq(forecast_left(&forecast), -1);
    ck_assert_double_eq(forecast_share(&forecast), 0);
    forecast_add(&forecast, 0, 10, 0);
    ck_assert_double_eq(forecast_left(&forecast), -1);
    forecast_add(&forecast, 10, 10, 1);
    ck_assert_double_eq_tol(forecast_share(&forecast), 1.0 / 3, 1e-12);
    ck_assert_double_eq_tol(forecast_left(&forecast), 1, 1e-12);
}
END_TEST

/* Every format is some work, and a film the more the more frames it has. */
START_TEST(every_format_is_work)
{
    size_t count;
    const struct format *const *formats = format_list(&count);
    const struct sink_info info = { .width_px = 2016, .height_px = 576, .width_pt = 1008,
                                    .height_pt = 288, .frames = 50 };
    for (size_t i = 0; i < count; i++) {
        struct workload work = workload_of(formats[i], false, &info, 300);
        struct workload_sum few = { 0 }, many = { 0 };
        workload_add(&few, work, formats[i]->kind, 50);
        workload_add(&many, work, formats[i]->kind, 5000);
        bool is_film = formats[i]->kind == FORMAT_FILM;
        ck_assert(few.total > 0);
        ck_assert(is_film ? many.total > few.total : many.total == few.total);
        ck_assert_uint_eq(few.films, is_film);
        ck_assert_uint_eq(few.stills, !is_film && formats[i]->kind != FORMAT_DATA);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("progress");
    TCase *cases = tcase_create("progress");
    tcase_add_test(cases, a_wide_bar_tells_everything);
    tcase_add_test(cases, a_bar_fits_the_terminal);
    tcase_add_test(cases, a_narrow_bar_tells_what_matters);
    tcase_add_test(cases, lines_are_complete);
    tcase_add_test(cases, data_only_has_no_frames);
    tcase_add_test(cases, json_is_one_object_a_line);
    tcase_add_test(cases, lines_are_sparse);
    tcase_add_test(cases, json_has_a_last_line);
    tcase_add_test(cases, a_hidden_bar_leaves_nothing);
    tcase_add_test(cases, the_summary_is_one_sentence);
    tcase_add_test(cases, time_left_is_honest_when_presets_differ);
    tcase_add_test(cases, what_is_unknown_is_like_the_rest);
    tcase_add_test(cases, every_format_is_work);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
