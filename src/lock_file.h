/* The text of a lock file.
 *
 * INI text: [optrender] with the versions of the program and its libraries, then for
 * each preset [preset PATH] with the command line's settings and for each of its outputs
 * [output PATH], or [sequence PATH], with its hashes. Paths are relative to the working
 * folder, as they were typed. */
#ifndef LOCK_FILE_H
#define LOCK_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/report.h"
#include "cli.h"
#include "fingerprint.h"
#include "load/ini.h"
#include "request.h"

/* One [preset PATH] and the [output PATH] and [sequence PATH] sections behind it. */
struct locked {
    struct place place;
    const char *path;
    struct words arguments; /* its settings as on a command line, read by cli_parse */
    struct cli cli;
    struct output *outputs;
    struct fingerprint *fingerprints; /* of the outputs when they were locked, */
    struct fingerprint *found;        /* and now */
    size_t output_count;
};

struct lock {
    struct report report;
    struct arena arena; /* arguments, outputs and fingerprints too */
    struct ini ini;
    const char *version;
    const char *epoch; /* SOURCE_DATE_EPOCH then; NULL: it was not set */
    struct component_version {
        const char *name, *version;
    } *versions;
    size_t version_count;
    struct locked *presets;
    size_t count, capacity;
};

/* Prints the requests with their fingerprints. */
void lock_file_print(const struct request *requests, size_t count, FILE *stream);

/* Reads the file at path ("-" is standard input). False with err set when it cannot be
 * read, or with err->kind ERROR_PRESET and an empty text when the report says what is
 * wrong. The lock must be finished in either case. */
bool lock_file_read(struct lock *lock, const char *path, struct error *err);
void lock_file_finish(struct lock *lock);

#endif
