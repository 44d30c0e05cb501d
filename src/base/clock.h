/* How a film's frames follow each other. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Time is counted in ticks, so that every length is a whole number. */
struct clock {
    int64_t ticks_per_second;
    int64_t frame_ticks; /* of a frame that is not held */
    int64_t hold_start_ticks, hold_end_ticks; /* on top for the first and last */
};

#endif
