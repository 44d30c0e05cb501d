#include "write/pace.h"

#include <assert.h>
#include <stdbool.h>

void pace_init(struct pace *pace, const struct clock *clock, int64_t frames,
               int64_t units_per_second, int shortest_ms)
{
    bool is_short = 1000 * clock->frame_ticks < shortest_ms * clock->ticks_per_second;
    assert(frames > 0 && units_per_second % 50 == 0);
    *pace = (struct pace){
        .clock = *clock,
        .frames = frames,
        .units_per_second = units_per_second,
        .step = is_short ? units_per_second / 50 : 1,
    };
}

/* The multiple of the step that is next to a time, as units. */
static int64_t rounded(const struct pace *pace, int64_t ticks)
{
    int64_t step_ticks = pace->step * pace->clock.ticks_per_second; /* per second, too */
    int64_t steps = (2 * ticks * pace->units_per_second + step_ticks) / (2 * step_ticks);
    return pace->step * steps;
}

/* When a frame begins, or, after the last one, the film ends. No frame begins there. */
static int64_t begin(const struct pace *pace, int64_t frame)
{
    const struct clock *clock = &pace->clock;
    int64_t length = clock->hold_start_ticks + pace->frames * clock->frame_ticks
                     + clock->hold_end_ticks;
    int64_t end = rounded(pace, length), last = end > pace->step ? end - pace->step : 0;
    int64_t at = rounded(pace, (frame ? clock->hold_start_ticks : 0) + frame * clock->frame_ticks);
    if (frame == pace->frames) {
        return end > last ? end : last + pace->step;
    }
    return at < last ? at : last;
}

int64_t pace_units(const struct pace *pace, int64_t frame)
{
    return begin(pace, frame + 1) - begin(pace, frame);
}

int64_t pace_count(const struct pace *pace)
{
    int64_t count = 0;
    for (int64_t i = 0; i < pace->frames; i++) {
        count += pace_units(pace, i) > 0;
    }
    return count;
}
