/* The command line: what the user asked for, checked as far as it can be
 * without opening a file.
 *
 * One table of options drives the parsing, --help, the man page and completions. */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "sandbox.h"

enum command {
    COMMAND_RENDER, COMMAND_CHECK, COMMAND_DESCRIBE, COMMAND_GALLERY,
    COMMAND_LOCK, COMMAND_VERIFY, COMMAND_EXTRACT,
    COMMAND_LIST, COMMAND_SHOW, COMMAND_NEW, COMMAND_COMPLETION, COMMAND_COUNT
};

/* What an option's value or a command's operand is, for completions. */
enum value_kind {
    VALUE_NONE,     /* the option takes no value */
    VALUE_FREE,     /* a number or a text */
    VALUE_FILE,     /* a file or folder that may be new */
    VALUE_PRESET,   /* a preset file, or a folder of them */
    VALUE_FORMATS,  /* formats, separated by commas */
    VALUE_PROGRESS, /* a progress mode */
    VALUE_SANDBOX,  /* a sandbox mode */
    VALUE_KEY,      /* SECTION.KEY=VALUE */
    VALUE_ORIGIN,   /* a function or a preset file */
    VALUE_LISTING,  /* a table's name */
    VALUE_SUBJECT,  /* what show explains: a name of some tables, or a preset file */
    VALUE_SHELL,    /* a shell that has completions */
    VALUE_COUNT
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
    const char *title;      /* of a gallery; NULL: none was given */
    const char *from;       /* NULL: the plain starting preset */
    int width_px, height_px; /* 0: as the preset says */
    double dpi;              /* 0: as the preset says */
    long frame;              /* -1: not given */
    int jobs;                /* 0: all cores */
    enum progress_mode progress;
    enum sandbox_mode sandbox;
    bool quiet, verbose, timings, dry_run, force, embed, all_methods, quick, json, roff, summary;
    bool help, version; /* asked for: the rest is not checked */
};

/* Reads argv into a zeroed cli; strings stay borrowed from argv. On failure
 * err (kind ERROR_USAGE) names the option and the nearest known one. The cli
 * must be finished in either case. */
bool cli_parse(struct cli *cli, int argc, char **argv, struct error *err);
void cli_finish(struct cli *cli);

/* The progress modes in the order of their enum, up to NULL. */
extern const char *const cli_progress_modes[];

/* So the sandbox's. */
extern const char *const cli_sandbox_modes[];

/* One option for tables: "-o, --output OUT" into spelling, what it does. */
struct option_help {
    char spelling[64];
    const char *help;
    char letter; /* 0: none */
    const char *name, *argument; /* argument NULL: it takes none */
    enum value_kind value;
    unsigned commands; /* that it belongs to, each a bit 1 << enum command */
};

/* The index-th visible option; false behind the last one. */
bool cli_option_help(size_t index, struct option_help *option);

struct command_help {
    const char *name; /* NULL: rendering, for which no word stands */
    const char *usage, *help;
    enum value_kind operand;
};

/* The row of a command, for each below COMMAND_COUNT. */
struct command_help cli_command_help(enum command command);

#endif
