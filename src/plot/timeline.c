#include "plot/timeline.h"

void timeline_init(struct timeline *timeline, const struct film_section *film,
                   const struct look *look, size_t steps)
{
    const int fps = film->fps.given ? (int)film->fps.value : 0;
    *timeline = (struct timeline){
        .steps = steps, .fps = fps, .interval_ms = film->interval_ms, .frames = steps
    };
    /* One tick is a millisecond; with fps, a thousandth of a frame. */
    const int64_t ticks_per_ms = fps ? fps : 1;
    timeline->clock = (struct clock){
        .ticks_per_second = 1000 * ticks_per_ms,
        .frame_ticks = fps ? 1000 : film->interval_ms,
        .hold_start_ticks = look->hold_start_ms * ticks_per_ms,
        .hold_end_ticks = look->hold_end_ms * ticks_per_ms,
    };
    if (fps) {
        /* The last frame is the first at or after the last step. */
        uint64_t ticks = (uint64_t)(steps - 1) * film->interval_ms * fps;
        timeline->frames = 1 + (size_t)((ticks + 999) / 1000);
    }
}

/* Starts and ends at rest: 3 t^2 - 2 t^3. */
static double eased(double part)
{
    return part * part * (3 - 2 * part);
}

struct moment timeline_at(const struct timeline *timeline, size_t frame)
{
    const double last = (double)(timeline->steps - 1);
    const bool is_last = frame + 1 >= timeline->frames;
    double step = is_last ? last : (double)frame;
    if (timeline->fps && !is_last) {
        /* One division of whole numbers: at a whole step it is exact. */
        step = 1000.0 * (double)frame / (timeline->fps * timeline->interval_ms);
    }
    return (struct moment){
        .step = step,
        .whole_step = (size_t)step,
        .turn = last > 0 ? eased(step / last) : 0,
    };
}
