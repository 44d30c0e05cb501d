/* How long each frame of an animated picture is shown, in whole units of a format's time.
 *
 * Every frame begins at the unit next to its time, so that what is lost in rounding never
 * adds up. Browsers slow frames down that are shorter than a limit: a film of such frames
 * is shown 50 times a second, each time with the frame that is due. */
#ifndef WRITE_PACE_H
#define WRITE_PACE_H

#include <stdint.h>

#include "base/clock.h"

struct pace {
    struct clock clock;
    int64_t frames;           /* of the film */
    int64_t units_per_second; /* a multiple of 50 */
    int64_t step;             /* frames begin at multiples of so many units */
};

/* Frames shorter than so many milliseconds are not shown. */
void pace_init(struct pace *pace, const struct clock *clock, int64_t frames,
               int64_t units_per_second, int shortest_ms);

/* Of the film's frame of this number; 0: it is not shown. */
int64_t pace_units(const struct pace *pace, int64_t frame);

/* How many frames are shown. */
int64_t pace_count(const struct pace *pace);

#endif
