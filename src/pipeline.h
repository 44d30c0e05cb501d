/* One preset through all the stages. */
#ifndef PIPELINE_H
#define PIPELINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/report.h"
#include "write/sink.h"

struct output {
    const char *path;            /* complete: folders and templates are expanded */
    const struct format *format; /* never NULL */
    bool is_sequence;            /* one bitmap per frame of the film */
    size_t number_at;            /* where its "%d" or "%0Nd" begins in the path */
};

/* Everything the command line says about one preset. Borrowed strings. */
struct request {
    const char *preset_path; /* "-" is standard input */
    const char *const *overrides; /* SECTION.KEY=VALUE, applied in order */
    size_t override_count;
    const struct output *outputs;
    size_t output_count;
    int width_px, height_px; /* 0: as the preset says */
    double dpi;              /* 0: as the preset says */
    long frame;              /* a frame of the film for stills; -1: the still */
};

/* How far a request is. */
struct pipeline_state {
    size_t frames, frames_total; /* pictures: the film's frames, each still */
    double work, work_total;     /* see workload.h */
};

/* Told when the preset is read, after every frame and every other output. */
typedef void pipeline_progress(void *context, const struct pipeline_state *state);

/* Renders all outputs. Every one is completed before the first is put in its
 * place, so a run that fails leaves older files as they were; only the pictures
 * of a sequence are put in place one by one. The report gets what is wrong with
 * the preset (false with err->kind ERROR_PRESET and empty text when it holds
 * errors) and its warnings. */
bool pipeline_render(const struct request *request, pipeline_progress *progress, void *context,
                     struct report *report, struct error *err);

/* Reads and simulates, draws nothing; same reporting. */
bool pipeline_check(const struct request *request, struct report *report, struct error *err);

/* Reads the preset, no more, and tells how much work the request will be, about.
 * False when it is wrong. */
bool pipeline_measure(const struct request *request, struct pipeline_state *state);

/* The signal that main's handler caught, 0 before; long work looks at it and ends with
 * ERROR_INTERRUPTED. */
extern atomic_int pipeline_interrupted;

#endif
