/* Many presets, one worker pool, one progress line.
 *
 * Each preset is rendered by one thread. What there is to say about a preset
 * is printed together, in the order of the command line, by the thread that
 * called; a wrong preset does not stop the others. */
#ifndef BATCH_H
#define BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "cli.h"
#include "pipeline.h"
#include "sandbox.h"

enum batch_mode {
    BATCH_RENDER,
    BATCH_FINGERPRINT, /* only measure what is rendered; the caller tells */
    BATCH_PREVIEW, /* only say what would be rendered */
    BATCH_CHECK,   /* only read and simulate */
    BATCH_DESCRIBE /* the same, and say in sentences what would be seen */
};

struct batch_settings {
    enum batch_mode mode;
    enum summary_style summary; /* of what is checked or described */
    int jobs;   /* worker threads; 0: as many as there are cores */
    enum progress_mode progress;
    bool quiet, verbose;
    struct sandbox *sandbox; /* begun; entered before the first preset is read */
};

/* Runs the requests and returns the exit status: the highest error_kind of
 * any of them, 0 when all is well. Nothing is run, and err says why, when the sandbox
 * cannot be entered. */
int batch_run(const struct request *requests, size_t count, const struct batch_settings *settings,
              struct error *err);

/* "optrender: error: NAME: TEXT" on standard error; name NULL: it is about no preset. */
void batch_print_error(const char *name, const struct error *err);

/* Whether messages on standard error may be coloured. */
bool batch_color(void);

#endif
