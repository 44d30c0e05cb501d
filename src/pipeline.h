/* One preset through all the stages. */
#ifndef PIPELINE_H
#define PIPELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/report.h"
#include "write/sink.h"

struct output {
    const char *path;            /* complete: folders and templates are expanded */
    const struct format *format; /* never NULL */
};

/* Whether the output is a numbered sequence of bitmaps: its name holds one %d
 * or %0Nd, which stands for the frame's number. */
bool output_is_sequence(const struct output *output);

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

/* Told after every frame of every film: done of total frames of the request. */
typedef void pipeline_progress(void *context, size_t done, size_t total);

/* Renders all outputs or leaves every one of them as it was. The report gets
 * what is wrong with the preset (false with err->kind ERROR_PRESET and empty
 * text when it holds errors) and its warnings. */
bool pipeline_render(const struct request *request, pipeline_progress *progress, void *context,
                     struct report *report, struct error *err);

/* Reads and simulates, draws nothing; same reporting. */
bool pipeline_check(const struct request *request, struct report *report, struct error *err);

/* Set by main's signal handler; long work looks at it and ends with
 * ERROR_INTERRUPTED. */
extern volatile int pipeline_interrupted;

#endif
