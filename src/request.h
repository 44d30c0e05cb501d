/* What the command line says about one preset. */
#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "write/sink.h"

struct fingerprint;

struct output {
    const char *path;            /* complete: folders and templates are expanded */
    const struct format *format; /* never NULL */
    bool is_sequence;            /* one bitmap per frame of the film */
    size_t number_at;            /* where its "%d" or "%0Nd" begins in the path */
};

/* Whether it is a film or a sequence. */
bool output_has_frames(const struct output *output);

/* Where one picture of a sequence goes, in the arena. */
const char *output_numbered_path(const struct output *output, size_t number, struct arena *arena);

/* Borrowed strings. */
struct request {
    const char *preset_path; /* "-" is standard input */
    const char *refusal;     /* why it is not to be read; NULL: it is */
    bool is_found;           /* in a folder that the command line names */
    const char *const *overrides; /* SECTION.KEY=VALUE, applied in order */
    size_t override_count;
    const struct output *outputs;
    size_t output_count;
    int width_px, height_px; /* 0: as the preset says */
    double dpi;              /* 0: as the preset says */
    long frame;              /* a frame of the film for stills; -1: as the preset says */
    bool embed;              /* html files are figures for other pages */
    bool is_poster;          /* stills are the film's page, to stand in for it */
    const struct request *first; /* of the same preset in the same batch: it counts, and says */
                             /* what there is to say of the preset; NULL: none */
    bool force;              /* write what is up to date, too */
    /* One for each output: take its fingerprint, write nothing. NULL: write it. */
    struct fingerprint *fingerprints;
    /* What they are expected to be, for outputs that are up to date in their places and
     * need not be made again then. NULL: all are made. */
    const struct fingerprint *expected;
};

#endif
