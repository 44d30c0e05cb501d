/* One preset through all the stages. */
#ifndef PIPELINE_H
#define PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "base/report.h"
#include "request.h"
#include "summary.h"

/* How far a request is. */
struct pipeline_state {
    size_t frames, frames_total; /* pictures: the film's frames, each still */
    double work, work_total;     /* see workload.h */
};

/* Told when the preset is read, after every frame and every other output. */
typedef void pipeline_progress(void *context, const struct pipeline_state *state);

/* Renders all outputs that are not up to date, which current (one for each output,
 * false before) tells afterwards. Every one is completed before the first is put in
 * its place, so a run that fails leaves older files as they were; only the pictures
 * of a sequence are put in place one by one. The report gets what is wrong with
 * the preset (false with err->kind ERROR_PRESET and empty text when it holds
 * errors) and its warnings. */
bool pipeline_render(const struct request *request, pipeline_progress *progress, void *context,
                     bool *current, struct report *report, struct error *err);

/* Makes all outputs, but only to fill in request->fingerprints. */
bool pipeline_fingerprint(const struct request *request, pipeline_progress *progress, void *context,
                      struct report *report, struct error *err);

/* Finds out what pipeline_render would do, writes nothing. */
bool pipeline_preview(const struct request *request, bool *current, struct report *report,
                      struct error *err);

/* Reads and simulates, draws nothing; same reporting. A claim that is false is an
 * error here, and a warning where something is rendered. */
bool pipeline_check(const struct request *request, const struct findings *findings,
                    struct report *report, struct error *err);

/* Reads and simulates, too, and writes the description to the stream. */
bool pipeline_describe(const struct request *request, FILE *stream, struct report *report,
                       struct error *err);

/* Reads the preset, no more, and tells how much work the request will be, about.
 * False when it is wrong. */
bool pipeline_estimate(const struct request *request, struct pipeline_state *state);

#endif
