/* How far a batch is: a bar on a terminal, sparse lines or JSON elsewhere.
 *
 * Used by one thread; batch.c does the counting and decides when to draw. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli.h"

/* What is counted. To add a count: a field here, a row in progress.c. While some
 * presets have not begun, what is said of the whole is an estimate. */
struct tally {
    size_t presets, presets_total; /* done, rightly or not */
    size_t frames, frames_total;   /* pictures that are drawn: the films' frames, each still */
    size_t failed;                 /* presets */
    size_t outputs;                /* put in their places, */
    size_t current;                /* and those that were up to date */
    double share;                  /* of the work, 0 .. 1; 1 only when all presets are done */
    double seconds;                /* since the beginning */
    double seconds_left;           /* -1: cannot be told yet */
};

struct progress {
    FILE *stream;
    enum progress_mode mode; /* never PROGRESS_AUTO */
    int columns;             /* of a bar's line; 0: as many as the terminal has */
    double shown;            /* the tally's seconds when it was last shown; 0: not yet */
    bool visible;            /* a bar stands in the terminal's last line */
};

/* Chooses what PROGRESS_AUTO means for the stream: a bar on a terminal. */
void progress_init(struct progress *progress, enum progress_mode mode, FILE *stream);

/* Shows the tally if enough time has passed since the last time. */
void progress_show(struct progress *progress, const struct tally *tally);

/* Takes the bar away so that messages can be printed. */
void progress_hide(struct progress *progress);

/* Shows the last tally in the modes for programs; takes the bar away. */
void progress_end(struct progress *progress, const struct tally *tally);

/* "300 presets, 1 failed, 897 outputs in 12.3 s", without the end of a line. */
void tally_print(const struct tally *tally, FILE *stream);

/* Seconds on the monotonic clock. */
double progress_clock(void);

#endif
