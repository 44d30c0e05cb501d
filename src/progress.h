/* How far a batch is: a bar on a terminal, sparse lines or JSON elsewhere.
 *
 * Used by one thread; batch.c does the counting and decides when to draw. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli.h"

/* Frames of all films, presets of the batch. While some presets have not
 * begun, frames_total is an estimate from the others (0: nothing is known). */
struct tally {
    size_t frames, frames_total;
    size_t presets, presets_total;
};

struct progress {
    FILE *stream;
    enum progress_mode mode; /* never PROGRESS_AUTO */
    double started, shown;   /* seconds on the monotonic clock */
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

/* Seconds on the monotonic clock. */
double progress_clock(void);

#endif
