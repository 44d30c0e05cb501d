/* How much work outputs are, and from it how long a batch will still take.
 *
 * Work is counted in about the milliseconds that it takes one core; only its
 * proportions matter, since the time left is scaled by the time that what is
 * done has taken. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <stddef.h>

#include "write/sink.h"

/* The parts of one output's work. */
struct workload {
    double begin; /* up to the first frame of a film; all of a still or of data */
    double frame; /* each frame of a film or sequence */
    double end;   /* to complete, read back and place it */
};

/* Sequences are bitmaps with frames; surface_ppi is of images in vector pages. */
struct workload workload_of(const struct format *format, bool is_sequence,
                            const struct sink_info *info, double surface_ppi);

/* All outputs of one preset; a zeroed one is empty. */
struct workload_sum {
    size_t films, stills; /* films and sequences share the frames that are drawn */
    double total;
    double film_begin, film_frame; /* of all films and sequences */
};

void workload_add(struct workload_sum *sum, struct workload work, enum format_kind kind,
                  size_t frames);

/* The rest of a batch: its jobs, which are added in the order in which threads
 * take them, each as soon as it is free. */
struct forecast {
    double *loads; /* work that each thread still has to do; borrowed */
    size_t threads;
    double seconds;        /* of all threads, for what is done */
    double done, left;     /* work */
    size_t known, unknown; /* jobs; of the latter nothing is known yet */
};

/* There is at least one thread, and loads has a place for each. */
void forecast_init(struct forecast *forecast, double *loads, size_t threads);

/* A job with done of total work, which took its thread so many seconds. */
void forecast_add(struct forecast *forecast, double done, double total, double seconds);

/* A job of which nothing is known yet: it is taken to be like the others. */
void forecast_add_unknown(struct forecast *forecast);

/* The share of the work that is done, 0 .. 1. */
double forecast_share(const struct forecast *forecast);

/* Seconds until all is done; -1 while that cannot be told. */
double forecast_left(const struct forecast *forecast);

#endif
