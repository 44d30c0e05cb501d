#include "plot/timeline.h"

#include <math.h>

/* Time runs from step 0 to the last step; a single step lasts no time. */
static double length_ms(const struct timeline *timeline)
{
    return (double)(timeline->steps ? timeline->steps - 1 : 0) * timeline->interval_ms;
}

void timeline_init(struct timeline *timeline, const struct film_section *film,
                   const struct look *look, size_t steps)
{
    int fps = film->fps.given ? (int)film->fps.value : 0;
    *timeline = (struct timeline){
        .steps = steps, .fps = fps, .interval_ms = film->interval_ms, .frames = steps
    };
    /* One tick is a millisecond; with fps, a thousandth of a frame. */
    int64_t ticks_per_ms = fps ? fps : 1;
    timeline->clock = (struct clock){
        .ticks_per_second = 1000 * ticks_per_ms,
        .frame_ticks = fps ? 1000 : film->interval_ms,
        .hold_start_ticks = look->hold_start_ms * ticks_per_ms,
        .hold_end_ticks = look->hold_end_ms * ticks_per_ms,
    };
    if (fps) {
        timeline->frames = 1 + (size_t)ceil(length_ms(timeline) * fps / 1000 - 1e-9);
    }
}

/* Starts and ends at rest: 3 t^2 - 2 t^3. */
static double eased(double part)
{
    return part * part * (3 - 2 * part);
}

struct moment timeline_at(const struct timeline *timeline, size_t frame)
{
    double last = (double)(timeline->steps ? timeline->steps - 1 : 0);
    bool is_last = frame + 1 >= timeline->frames;
    double step = (double)frame;
    if (timeline->fps) {
        step = 1000.0 * (double)frame / timeline->fps / timeline->interval_ms;
    }
    step = is_last ? last : fmin(step, last);
    return (struct moment){
        .step = step,
        .whole_step = (size_t)(step + 1e-9),
        .turn = last > 0 ? eased(step / last) : 0,
        .is_last = is_last,
    };
}
