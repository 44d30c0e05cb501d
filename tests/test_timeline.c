/* The film's clock: which frame shows which moment. */
#include "support.h"

#include <math.h>

#include "base/limits.h"
#include "plot/timeline.h"

static struct timeline timeline_of(size_t steps, int interval_ms, int fps)
{
    struct film_section film = { .interval_ms = interval_ms,
                                 .fps = { .given = fps > 0, .value = fps } };
    struct look look = { .hold_start_ms = 500, .hold_end_ms = 1500 };
    struct timeline timeline;
    timeline_init(&timeline, &film, &look, steps);
    return timeline;
}

/* fps 0 is a frame per step. */
static const struct {
    size_t steps;
    int interval_ms, fps;
    size_t frames;
} films[] = {
    { 1, 200, 0, 1 },
    { 1, 200, 60, 1 },
    { 2, 200, 0, 2 },
    { 2, 200, 60, 13 },
    { 51, 200, 60, 601 },
    { 20, 70, 30, 41 },       /* 1330 ms are 39.9 frames */
    { 100, 5, 30, 16 },       /* steps pass between two frames: 495 ms are 14.85 */
    { 3, 100, 10, 3 },        /* a frame is a step */
    { 11, 300, 10, 31 },      /* 0.1 + 0.2 */
    { 4, 1, 1, 2 },           /* 3 ms, but the end is shown */
    { 200, 33, 240, 1578 },   /* 6567 ms are 1576.08 frames */
    { 1000000, 1000, 0, 1000000 },
};
enum { FILMS = sizeof films / sizeof *films };

/* Of a film that is too long to visit them all. */
static size_t stride_of(size_t frames)
{
    return frames > 5000 ? 997 : 1;
}

START_TEST(a_film_runs_from_the_first_to_the_last_step)
{
    struct timeline timeline = timeline_of(films[_i].steps, films[_i].interval_ms, films[_i].fps);
    double last = (double)films[_i].steps - 1;
    ck_assert_uint_eq(timeline.frames, films[_i].frames);
    struct moment start = timeline_at(&timeline, 0);
    ck_assert(start.step == 0 && start.whole_step == 0 && start.turn == 0);
    for (size_t beyond = 0; beyond < 3; beyond++) {
        struct moment end = timeline_at(&timeline, timeline.frames - 1 + beyond);
        ck_assert(end.step == last);
        ck_assert_uint_eq(end.whole_step, films[_i].steps - 1);
        ck_assert(end.turn == (last > 0 ? 1 : 0));
    }
}
END_TEST

/* Frame k shows the time k / fps, in whole numbers: k * 1000 / (fps * interval)
 * steps. Nothing stands still or goes back but the camera at its ends. */
START_TEST(heads_move_linearly_in_time)
{
    struct timeline timeline = timeline_of(films[_i].steps, films[_i].interval_ms, films[_i].fps);
    size_t per_frame = 1000, per_step = (size_t)films[_i].fps * (size_t)films[_i].interval_ms;
    if (!films[_i].fps) {
        per_frame = per_step = 1;
    }
    struct moment before = { .step = -1 };
    for (size_t k = 0; k + 1 < timeline.frames; k += stride_of(timeline.frames)) {
        struct moment now = timeline_at(&timeline, k);
        size_t whole = k * per_frame / per_step, rest = k * per_frame % per_step;
        ck_assert_uint_eq(now.whole_step, whole);
        ck_assert_double_eq_tol(now.step - (double)whole, (double)rest / (double)per_step, 1e-9);
        ck_assert((now.step == (double)whole) == !rest);
        ck_assert(now.step > before.step && now.turn >= before.turn);
        ck_assert(now.step < (double)films[_i].steps - 1);
        before = now;
    }
}
END_TEST

/* Smoothstep: half way at half time, symmetric, at rest at both ends. */
START_TEST(only_the_camera_eases)
{
    struct timeline timeline = timeline_of(101, 100, 100); /* 1001 frames */
    for (size_t k = 0; k <= 1000; k++) {
        double turn = timeline_at(&timeline, k).turn, t = (double)k / 1000;
        ck_assert_double_eq_tol(turn + timeline_at(&timeline, 1000 - k).turn, 1, 1e-12);
        ck_assert_double_eq_tol(turn, 3 * t * t - 2 * t * t * t, 1e-12);
    }
    ck_assert_double_lt(timeline_at(&timeline, 1).turn, 1e-5);
    ck_assert_double_eq_tol(timeline_at(&timeline, 500).turn, 0.5, 1e-12);
}
END_TEST

/* Frames and holds in seconds, as whole numbers of ticks. */
START_TEST(the_clock_keeps_the_stated_times)
{
    struct timeline timeline = timeline_of(films[_i].steps, films[_i].interval_ms, films[_i].fps);
    const struct clock *clock = &timeline.clock;
    double second = (double)clock->ticks_per_second;
    double frame = films[_i].fps ? 1.0 / films[_i].fps : films[_i].interval_ms / 1000.0;
    ck_assert_double_eq_tol((double)clock->frame_ticks / second, frame, 1e-12);
    ck_assert_double_eq_tol((double)clock->hold_start_ticks / second, 0.5, 1e-12);
    ck_assert_double_eq_tol((double)clock->hold_end_ticks / second, 1.5, 1e-12);
}
END_TEST

/* The longest film that presets can ask for, beyond what they are granted. */
START_TEST(the_longest_film_does_not_overflow)
{
    struct timeline timeline = timeline_of((size_t)limit_of(LIMIT_STEPS), 60000, 240);
    ck_assert_uint_eq(timeline.frames, 14399985601u); /* 999999 steps of 14400 frames, and one */
    struct moment moment = timeline_at(&timeline, 14399985600u - 14400);
    ck_assert_uint_eq(moment.whole_step, 999998);
    ck_assert(moment.step == 999998);
    ck_assert(timeline_at(&timeline, 14399985600u).step == 999999);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("timeline");
    TCase *cases = tcase_create("timeline");
    tcase_add_loop_test(cases, a_film_runs_from_the_first_to_the_last_step, 0, FILMS);
    tcase_add_loop_test(cases, heads_move_linearly_in_time, 0, FILMS);
    tcase_add_test(cases, only_the_camera_eases);
    tcase_add_loop_test(cases, the_clock_keeps_the_stated_times, 0, FILMS);
    tcase_add_test(cases, the_longest_film_does_not_overflow);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
