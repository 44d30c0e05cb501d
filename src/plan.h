/* What a command line amounts to: one request per preset, every output with
 * its complete path and its format, checked against each other. */
#ifndef PLAN_H
#define PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli.h"
#include "pipeline.h"

struct plan {
    struct request *requests; /* in the order of the presets */
    size_t count;
    struct words folders; /* that outputs need; created when missing */
    struct arena arena;   /* paths and lists; options stay borrowed from the cli */
};

/* Expands folders of presets, folders of outputs and {name}. Everything that
 * would write one file twice, overwrite a preset or has no format is an
 * ERROR_USAGE. The plan must be finished in either case. */
bool plan_init(struct plan *plan, const struct cli *cli, struct error *err);
void plan_finish(struct plan *plan);

/* What the command line says of every preset, into the request. */
void plan_settings(struct request *request, const struct cli *cli);

/* Refuses an output whose name was not given, as it is in a folder that was, and which is, or
 * is behind, a link that leads out of its folder. */
bool plan_check_link(const char *path, struct error *err);

/* Whether the text begins with "%d" or "%0Nd", a number in the name of a sequence. */
bool plan_is_number(const char *text);

/* One line "PRESET -> OUTPUT (format)" per output. */
void plan_print(const struct plan *plan, FILE *stream);

/* Writes the dependency file "OUTPUT...: PRESET" for make and ninja. */
bool plan_write_deps(const struct plan *plan, const char *path, struct error *err);

#endif
