/* Where the time of a run goes, by what is done: for --timings.
 *
 * Every thread adds the wall time of what it does, so that parts that run beside
 * each other add up to more than the run took. The parts do not contain each
 * other. Nothing but the table of --timings is made of these numbers. */
#ifndef BASE_TIMINGS_H
#define BASE_TIMINGS_H

#include <stdint.h>
#include <stdio.h>

enum timing {
    TIMING_READ, TIMING_SIMULATE, TIMING_SAMPLE, TIMING_TRACE, TIMING_PAINT, TIMING_FRAMES,
    TIMING_CONVERT, TIMING_ENCODE, TIMING_COMPRESS, TIMING_PLACE, TIMING_COUNT
};

/* Nanoseconds on a clock that only runs forward. */
int64_t timings_now(void);

/* Adds what has passed since a moment of that clock. */
void timings_add(enum timing timing, int64_t since);

/* The table: a line for each part that took time, and one for the whole run,
 * which began at a moment of that clock. */
void timings_print(FILE *stream, int64_t since);

#endif
