/* The command line: what the user asked for, checked as far as it can be
 * without opening a file.
 *
 * One table of options drives the parsing, --help and the man page. */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

enum command {
    COMMAND_RENDER, COMMAND_CHECK, COMMAND_LIST, COMMAND_SHOW, COMMAND_NEW, COMMAND_COUNT
};

enum progress_mode { PROGRESS_AUTO, PROGRESS_BAR, PROGRESS_PLAIN, PROGRESS_JSON, PROGRESS_NONE };

/* A growing list of borrowed strings. */
struct words {
    const char **items;
    size_t count, capacity;
};

void words_add(struct words *words, const char *word);

struct cli {
    enum command command;
    struct words operands;  /* without the command's own name */
    struct words outputs;   /* -o as typed */
    struct words overrides; /* --set as typed */
    const char *format;     /* names separated by commas; NULL: from the extension */
    const char *deps;       /* NULL: none */
    const char *from;       /* NULL: the plain starting preset */
    int width_px, height_px; /* 0: as the preset says */
    double dpi;              /* 0: as the preset says */
    long frame;              /* -1: not given */
    int jobs;                /* 0: all cores */
    enum progress_mode progress;
    bool quiet, verbose, timings, dry_run, json, roff;
    bool help, version; /* asked for: the rest is not checked */
};

/* Reads argv into a zeroed cli; strings stay borrowed from argv. On failure
 * err (kind ERROR_USAGE) names the option and the nearest known one. The cli
 * must be finished in either case. */
bool cli_parse(struct cli *cli, int argc, char **argv, struct error *err);
void cli_finish(struct cli *cli);

/* Usage, options and examples, for --help. */
void cli_print_help(FILE *stream);

/* One option for tables: "-o, --output OUT" into spelling, what it does. */
struct option_help {
    char spelling[64];
    const char *help;
};

/* The index-th visible option; false behind the last one. */
bool cli_option_help(size_t index, struct option_help *option);

#endif
