#include "cli.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/suggest.h"

enum { SIZE_MIN_PX = 16, DPI_MAX = 2400, JOBS_MAX = 1024 };

/* Which commands an option belongs to, as bits. */
enum {
    FOR_RENDER = 1 << COMMAND_RENDER,
    FOR_CHECK = 1 << COMMAND_CHECK,
    FOR_DESCRIBE = 1 << COMMAND_DESCRIBE,
    FOR_GALLERY = 1 << COMMAND_GALLERY,
    FOR_LOCK = 1 << COMMAND_LOCK,
    FOR_VERIFY = 1 << COMMAND_VERIFY,
    FOR_EXTRACT = 1 << COMMAND_EXTRACT,
    FOR_OUTPUTS = FOR_RENDER | FOR_LOCK,
    FOR_PAGES = FOR_OUTPUTS | FOR_GALLERY,
    FOR_PATHS = FOR_PAGES | FOR_CHECK | FOR_DESCRIBE,
    FOR_WORK = FOR_PATHS | FOR_VERIFY,
    FOR_LIST = 1 << COMMAND_LIST,
    FOR_SHOW = 1 << COMMAND_SHOW,
    FOR_NEW = 1 << COMMAND_NEW,
    FOR_ALL = (1 << COMMAND_COUNT) - 1
};

static const struct command_row {
    const char *name; /* NULL: no word stands for it */
    const char *usage;
    const char *help;
    size_t least, most; /* operands */
    const char *operand;
    enum value_kind value; /* of each operand */
} commands[COMMAND_COUNT] = {
    [COMMAND_RENDER] = { NULL, "PRESET... -o OUT [options]",
                         "render; a folder is its *.ini files", 1, SIZE_MAX, "a preset",
                         VALUE_PRESET },
    [COMMAND_CHECK] = { "check", "check PRESET... [--summary]",
                        "read and simulate, judge the claims, draw nothing", 1, SIZE_MAX,
                        "a preset", VALUE_PRESET },
    [COMMAND_DESCRIBE] = { "describe", "describe PRESET... [--json]", "say what is seen",
                           1, SIZE_MAX, "a preset", VALUE_PRESET },
    [COMMAND_GALLERY] = { "gallery", "gallery PRESET... -o DIR/", "make a web page of films", 1,
                          SIZE_MAX, "a preset", VALUE_PRESET },
    [COMMAND_LOCK] = { "lock", "lock PRESET... [-o OUT]",
                       "print what each output is, in hashes", 1, SIZE_MAX, "a preset",
                       VALUE_PRESET },
    [COMMAND_VERIFY] = { "verify", "verify FILE [--quick]",
                         "say which outputs of a lock file drifted, and why", 1,
                         1, "one lock file", VALUE_FILE },
    [COMMAND_EXTRACT] = { "extract", "extract FILE", "print the preset of an output",
                          1, 1, "one output", VALUE_FILE },
    [COMMAND_LIST] = { "list", "list [TABLE] [--json]",
                       "what there is: functions, optimizers, formats, ...", 0, 1, "one table",
                       VALUE_LISTING },
    [COMMAND_SHOW] = { "show", "show NAME [--json]",
                       "explain a function, preset, method, schedule, wrapper", 1, 1,
                       "one function, preset, method, schedule or wrapper", VALUE_SUBJECT },
    [COMMAND_NEW] = { "new", "new FILE [--from NAME]", "write a commented preset that works", 1, 1,
                      "one file", VALUE_FILE },
    [COMMAND_COMPLETION] = { "completion", "completion SHELL",
                             "completions for bash, zsh or fish, to source", 1, 1,
                             "one shell", VALUE_SHELL },
};

/* Stores the value of an option; value is NULL where it takes none. */
typedef bool option_setter(struct cli *cli, const char *value, struct error *err);

void words_add(struct words *words, const char *word)
{
    words->items = memory_grow(words->items, words->count, &words->capacity, sizeof *words->items);
    words->items[words->count++] = word;
}

static bool set_output(struct cli *cli, const char *value, struct error *err)
{
    if (!*value) {
        return error_set(err, ERROR_USAGE, "the name is empty");
    }
    words_add(&cli->outputs, value);
    return true;
}

static bool set_format(struct cli *cli, const char *value, struct error *err)
{
    if (cli->format) {
        return error_set(err, ERROR_USAGE, "there is a --format already; write --format %s,%s",
                         cli->format, value);
    }
    cli->format = value;
    return true;
}

static bool set_override(struct cli *cli, const char *value, struct error *err)
{
    const char *equals = strchr(value, '=');
    const char *dot = strchr(value, '.');
    if (!equals || !dot || dot == value || dot > equals) {
        return error_set(err, ERROR_USAGE,
                         "not SECTION.KEY=VALUE, such as contour.levels=60");
    }
    words_add(&cli->overrides, value);
    return true;
}

static bool whole_number(const char *text, size_t length, long lo, long hi, long *value)
{
    double number;
    if (strspn(text, "0123456789") < length || !number_parse(text, length, &number)
        || number < (double)lo || number > (double)hi) {
        return false;
    }
    *value = (long)number;
    return true;
}

static bool set_size(struct cli *cli, const char *value, struct error *err)
{
    size_t digits = strspn(value, "0123456789");
    long width, height, most = limit_row(LIMIT_SIDE)->most;
    if (value[digits] != 'x' || !whole_number(value, digits, SIZE_MIN_PX, most, &width)
        || !whole_number(value + digits + 1, strlen(value + digits + 1), SIZE_MIN_PX,
                         most, &height)) {
        return error_set(err, ERROR_USAGE, "wants WIDTHxHEIGHT in pixels, each %d to %ld",
                         SIZE_MIN_PX, most);
    }
    cli->width_px = (int)width;
    cli->height_px = (int)height;
    return true;
}

static bool set_dpi(struct cli *cli, const char *value, struct error *err)
{
    if (!number_parse(value, strlen(value), &cli->dpi) || cli->dpi < 1 || cli->dpi > DPI_MAX) {
        return error_set(err, ERROR_USAGE, "wants a number from 1 to %d", DPI_MAX);
    }
    return true;
}

static bool set_frame(struct cli *cli, const char *value, struct error *err)
{
    return whole_number(value, strlen(value), 0, INT_MAX, &cli->frame)
           || error_set(err, ERROR_USAGE, "wants a frame's number: 0 is the start");
}

static bool set_jobs(struct cli *cli, const char *value, struct error *err)
{
    long jobs;
    if (!whole_number(value, strlen(value), 1, JOBS_MAX, &jobs)) {
        return error_set(err, ERROR_USAGE, "wants a whole number from 1 to %d", JOBS_MAX);
    }
    cli->jobs = (int)jobs;
    return true;
}

const char *const cli_progress_modes[] = { "auto", "bar", "plain", "json", "none", NULL };
const char *const cli_sandbox_modes[] = { "auto", "on", "off", NULL };

/* Which of the names it is. */
static bool find_mode(const char *const *names, const char *value, int *mode, struct error *err)
{
    struct suggestion near = { .wanted = value, .length = strlen(value) };
    char known[80] = "", hint[80];
    for (*mode = 0; names[*mode]; ++*mode) {
        if (!strcmp(value, names[*mode])) {
            return true;
        }
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", used ? ", " : "", names[*mode]);
        suggestion_offer(&near, names[*mode]);
    }
    suggestion_text(&near, hint, sizeof hint);
    return error_set(err, ERROR_USAGE, "is none of %s%s", known, hint);
}

static bool set_progress(struct cli *cli, const char *value, struct error *err)
{
    int mode;
    bool good = find_mode(cli_progress_modes, value, &mode, err);
    cli->progress = good ? (enum progress_mode)mode : cli->progress;
    return good;
}

static bool set_sandbox(struct cli *cli, const char *value, struct error *err)
{
    int mode;
    bool good = find_mode(cli_sandbox_modes, value, &mode, err);
    cli->sandbox = good ? (enum sandbox_mode)mode : cli->sandbox;
    return good;
}

static bool set_deps(struct cli *cli, const char *value, struct error *err)
{
    cli->deps = value;
    return *value || error_set(err, ERROR_USAGE, "the name is empty");
}

static bool set_title(struct cli *cli, const char *value, struct error *err)
{
    cli->title = value;
    return *value || error_set(err, ERROR_USAGE, "the title is empty");
}

static bool set_from(struct cli *cli, const char *value, struct error *err)
{
    (void)err;
    cli->from = value;
    return true;
}

/* Limits hold for the whole process. */
static bool set_limit(const char *option, const char *value, struct error *err)
{
    enum limit limit = limit_by_option(option);
    assert(value); /* these options take one */
    const struct limit_row *row = limit_row(limit);
    long number;
    if (!whole_number(value, strlen(value), row->least, row->most, &number)) {
        return error_set(err, ERROR_USAGE, "wants a whole number from %ld to %ld", row->least,
                         row->most);
    }
    limit_set(limit, number);
    return true;
}

/* Setters of options without a value. */
#define FLAG(field)                                                              \
    static bool set_##field(struct cli *cli, const char *value, struct error *err) \
    {                                                                            \
        (void)value;                                                             \
        (void)err;                                                               \
        return cli->field = true;                                                \
    }
FLAG(json)
FLAG(roff)
FLAG(dry_run)
FLAG(force)
FLAG(embed)
FLAG(all_methods)
FLAG(quick)
FLAG(quiet)
FLAG(verbose)
FLAG(timings)
FLAG(summary)
FLAG(help)
FLAG(version)
#undef FLAG

static const struct option {
    char letter; /* 0: none */
    const char *name;
    const char *argument; /* NULL: it takes none */
    enum value_kind value;
    option_setter *set; /* NULL: it sets a limit */
    unsigned commands;
    const char *help; /* NULL: for the build only, not shown */
} options[] = {
    { 'o', "output", "OUT", VALUE_FILE, set_output, FOR_PAGES,
      "write OUT (repeatable); its extension picks the format. A name that ends in / is a folder "
      "with one file per preset, {name} in a name is the preset's base name, frames/%04d.png is a "
      "numbered sequence, - is standard output" },
    { 'f', "format", "F", VALUE_FORMATS, set_format, FOR_OUTPUTS,
      "the format where the extension cannot say; for a folder also several, F,F: a file of each; "
      "a folder without it gets mp4" },
    { 's', "set", "SECTION.KEY=VALUE", VALUE_KEY, set_override, FOR_PATHS | FOR_SHOW,
      "override one key of the preset (repeatable)" },
    { 0, "size", "WxH", VALUE_FREE, set_size, FOR_PAGES, "width and height in pixels" },
    { 0, "dpi", "N", VALUE_FREE, set_dpi, FOR_PAGES, "pixels per inch" },
    { 0, "frame", "N", VALUE_FREE, set_frame, FOR_OUTPUTS,
      "the film's frame N as a picture (0 is the start)" },
    { 'j', "jobs", "N", VALUE_FREE, set_jobs, FOR_WORK, "worker threads (default: all cores)" },
    { 0, "progress", "MODE", VALUE_PROGRESS, set_progress, FOR_WORK,
      "auto, bar, plain, json or none" },
    { 0, "sandbox", "MODE", VALUE_SANDBOX, set_sandbox, FOR_WORK | FOR_EXTRACT | FOR_SHOW,
      "auto, on or off: open only what the command line names (auto: where the system can)" },
    { 0, "max-bytes", "N", VALUE_FREE, NULL, FOR_WORK, "limit: bytes of a preset" },
    { 0, "max-line", "N", VALUE_FREE, NULL, FOR_WORK, "limit: bytes of a line" },
    { 0, "max-formula-bytes", "N", VALUE_FREE, NULL, FOR_WORK, "limit: bytes of a formula" },
    { 0, "max-lets", "N", VALUE_FREE, NULL, FOR_WORK, "limit: lets of a preset" },
    { 0, "max-operations", "N", VALUE_FREE, NULL, FOR_WORK, "limit: operations of a formula" },
    { 0, "max-depth", "N", VALUE_FREE, NULL, FOR_WORK, "limit: depth of a formula" },
    { 0, "max-optimizers", "N", VALUE_FREE, NULL, FOR_WORK, "limit: optimizers of a preset" },
    { 0, "max-steps", "N", VALUE_FREE, NULL, FOR_WORK, "limit: steps of an optimizer" },
    { 0, "max-side", "N", VALUE_FREE, NULL, FOR_WORK, "limit: pixels of a side" },
    { 0, "max-pixels", "N", VALUE_FREE, NULL, FOR_WORK, "limit: pixels of a picture" },
    { 0, "max-frames", "N", VALUE_FREE, NULL, FOR_WORK, "limit: frames of a film" },
    { 0, "max-lock-bytes", "N", VALUE_FREE, NULL, FOR_VERIFY, "limit: bytes of a lock file" },
    { 0, "max-memory", "MIB", VALUE_FREE, NULL, FOR_WORK | FOR_EXTRACT,
      "limit: memory of the program in MiB; optrender list limits has the others' defaults" },
    { 0, "embed", NULL, VALUE_NONE, set_embed, FOR_OUTPUTS,
      "of html only the <figure>, to stand in another page" },
    { 0, "title", "TEXT", VALUE_FREE, set_title, FOR_GALLERY, "the heading of a gallery" },
    { 0, "all-methods", NULL, VALUE_NONE, set_all_methods, FOR_GALLERY,
      "explain methods that no film of the gallery shows, too" },
    { 0, "deps", "FILE", VALUE_FILE, set_deps, FOR_RENDER,
      "write a dependency file for make or ninja" },
    { 0, "timings", NULL, VALUE_NONE, set_timings, FOR_WORK,
      "say at the end where the time went" },
    { 0, "force", NULL, VALUE_NONE, set_force, FOR_RENDER | FOR_GALLERY,
      "write what is up to date, too" },
    { 0, "quick", NULL, VALUE_NONE, set_quick, FOR_VERIFY,
      "compare outputs that are up to date in their places, make only the others" },
    { 0, "dry-run", NULL, VALUE_NONE, set_dry_run, FOR_RENDER,
      "say what would be written and what is up to date, write nothing" },
    { 0, "summary", NULL, VALUE_NONE, set_summary, FOR_CHECK,
      "when each optimizer arrives, where it ends and where it leaves" },
    { 0, "json", NULL, VALUE_NONE, set_json, FOR_LIST | FOR_CHECK | FOR_DESCRIBE | FOR_SHOW,
      "lists, the summary, descriptions and what show prints, for programs" },
    { 0, "roff", NULL, VALUE_NONE, set_roff, FOR_LIST, NULL },
    { 0, "from", "NAME", VALUE_ORIGIN, set_from, FOR_NEW,
      "start from a shipped preset or a function's catalogue entry" },
    { 'q', "quiet", NULL, VALUE_NONE, set_quiet, FOR_ALL, "only errors" },
    { 'v', "verbose", NULL, VALUE_NONE, set_verbose, FOR_ALL, "also what is being done" },
    { 'h', "help", NULL, VALUE_NONE, set_help, FOR_ALL, "this text" },
    { 0, "version", NULL, VALUE_NONE, set_version, FOR_ALL,
      "versions of the program and its libraries" },
};
enum { OPTION_COUNT = sizeof options / sizeof *options };
_Static_assert(OPTION_COUNT <= 64, "struct reader has a bit for each");

/* The option as the user should see it in a message. */
static void option_spell(const struct option *option, bool short_form, char text[32])
{
    if (short_form) {
        snprintf(text, 32, "-%c", option->letter);
    } else {
        snprintf(text, 32, "--%s", option->name);
    }
}

static bool option_apply(const struct option *option, bool short_form, struct cli *cli,
                         const char *value, uint64_t *used, struct error *err)
{
    char spelled[32];
    option_spell(option, short_form, spelled);
    *used |= (uint64_t)1 << (option - options);
    if (option->set ? option->set(cli, value, err) : set_limit(option->name, value, err)) {
        return true;
    }
    struct error inner = *err;
    return error_set(err, ERROR_USAGE, "%s '%s': %s", spelled, value, inner.text);
}

/* A reading position in argv and what has been seen so far. */
struct reader {
    char **argv;
    int argc, at;
    uint64_t used; /* one bit per option */
};

static bool take_value(struct reader *reader, const struct option *option, bool short_form,
                       const char **value, struct error *err)
{
    if (reader->at + 1 < reader->argc) {
        *value = reader->argv[++reader->at];
        return true;
    }
    char spelled[32];
    option_spell(option, short_form, spelled);
    return error_set(err, ERROR_USAGE, "%s wants a value: %s %s", spelled, spelled,
                     option->argument);
}

static bool unknown_option(const char *text, size_t length, struct error *err)
{
    struct suggestion near = { .wanted = text, .length = length };
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (options[i].help) {
            suggestion_offer(&near, options[i].name);
        }
    }
    char hint[80] = "";
    if (near.best) {
        snprintf(hint, sizeof hint, "; did you mean '--%s'?", near.best);
    }
    return error_set(err, ERROR_USAGE, "unknown option '--%.*s'%s", (int)length, text, hint);
}

static bool read_long(struct reader *reader, struct cli *cli, struct error *err)
{
    const char *text = reader->argv[reader->at] + 2;
    size_t length = strcspn(text, "=");
    const struct option *option = options;
    while (option < options + OPTION_COUNT
           && (strlen(option->name) != length || strncmp(option->name, text, length))) {
        option++;
    }
    if (option == options + OPTION_COUNT) {
        return unknown_option(text, length, err);
    }
    const char *value = text[length] ? text + length + 1 : NULL;
    if (value && !option->argument) {
        return error_set(err, ERROR_USAGE, "--%s takes no value, got '%s'", option->name, value);
    }
    if (!value && option->argument && !take_value(reader, option, false, &value, err)) {
        return false;
    }
    return option_apply(option, false, cli, value, &reader->used, err);
}

/* One argument of short options: "-qv", "-oFILE" or "-o" before its value. */
static bool read_short(struct reader *reader, struct cli *cli, struct error *err)
{
    for (const char *c = reader->argv[reader->at] + 1; *c; c++) {
        const struct option *option = options;
        while (option < options + OPTION_COUNT && option->letter != *c) {
            option++;
        }
        if (option == options + OPTION_COUNT) {
            return error_set(err, ERROR_USAGE, "unknown option '-%c' in '%s'", *c,
                             reader->argv[reader->at]);
        }
        const char *value = NULL;
        if (option->argument) {
            value = c + 1;
            if (!*value && !take_value(reader, option, true, &value, err)) {
                return false;
            }
        }
        if (!option_apply(option, true, cli, value, &reader->used, err)) {
            return false;
        }
        if (value) {
            break;
        }
    }
    return true;
}

/* Takes the command's word off the operands. A first operand that is no file
 * and nearly a command's word is taken for a slip. */
static bool find_command(struct cli *cli, bool literal, struct error *err)
{
    if (!cli->operands.count || literal) {
        return true;
    }
    const char *word = cli->operands.items[0];
    struct suggestion near = { .wanted = word, .length = strlen(word) };
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (!commands[i].name) {
            continue;
        }
        if (!strcmp(word, commands[i].name)) {
            cli->command = (enum command)i;
            cli->operands.count--;
            memmove(cli->operands.items, cli->operands.items + 1,
                    cli->operands.count * sizeof *cli->operands.items);
            return true;
        }
        suggestion_offer(&near, commands[i].name);
    }
    if (near.best && !strpbrk(word, "./") && access(word, F_OK)) {
        return error_set(err, ERROR_USAGE, "unknown command '%s'; did you mean '%s'?", word,
                         near.best);
    }
    return true;
}

static bool check_operands(const struct cli *cli, struct error *err)
{
    const struct command_row *row = &commands[cli->command];
    if (cli->operands.count < row->least) {
        return error_set(err, ERROR_USAGE, "%s is missing: optrender %s", row->operand,
                         row->usage);
    }
    if (cli->operands.count > row->most) {
        return error_set(err, ERROR_USAGE, "'%s' is too much: %s takes %s",
                         cli->operands.items[row->most], row->name, row->operand);
    }
    for (size_t i = 0; i < cli->operands.count; i++) {
        if (!*cli->operands.items[i]) {
            return error_set(err, ERROR_USAGE, "an empty name was given for %s", row->operand);
        }
    }
    return true;
}

static bool check_options(const struct cli *cli, uint64_t used, struct error *err)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((used >> i & 1) && !(options[i].commands >> cli->command & 1)) {
            const char *name = commands[cli->command].name;
            return error_set(err, ERROR_USAGE, "--%s does not belong to %s%s", options[i].name,
                             name ? "optrender " : "rendering", name ? name : "");
        }
    }
    if (cli->command == COMMAND_CHECK && cli->json && !cli->summary) {
        return error_set(err, ERROR_USAGE, "--json goes with --summary here");
    }
    if (cli->quiet && cli->verbose) {
        return error_set(err, ERROR_USAGE, "--quiet and --verbose contradict each other");
    }
    return true;
}

bool cli_parse(struct cli *cli, int argc, char **argv, struct error *err)
{
    cli->frame = -1;
    struct reader reader = { argv, argc, 1, 0 };
    bool literal = false, first_is_literal = false;
    for (; reader.at < argc; reader.at++) {
        const char *arg = argv[reader.at];
        if (literal || arg[0] != '-' || !arg[1]) {
            first_is_literal |= literal && !cli->operands.count;
            words_add(&cli->operands, arg);
        } else if (!strcmp(arg, "--")) {
            literal = true;
        } else if (!(arg[1] == '-' ? read_long : read_short)(&reader, cli, err)) {
            return false;
        }
    }
    return cli->help || cli->version
           || (find_command(cli, first_is_literal, err) && check_operands(cli, err)
               && check_options(cli, reader.used, err));
}

void cli_finish(struct cli *cli)
{
    free(cli->operands.items);
    free(cli->outputs.items);
    free(cli->overrides.items);
}

bool cli_option_help(size_t index, struct option_help *help)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (!options[i].help || index--) {
            continue;
        }
        char letter[8] = "";
        if (options[i].letter) {
            snprintf(letter, sizeof letter, "-%c, ", options[i].letter);
        }
        snprintf(help->spelling, sizeof help->spelling, "%s--%s%s%s", letter, options[i].name,
                 options[i].argument ? " " : "", options[i].argument ? options[i].argument : "");
        help->help = options[i].help;
        help->letter = options[i].letter;
        help->name = options[i].name;
        help->argument = options[i].argument;
        help->value = options[i].value;
        help->commands = options[i].commands;
        return true;
    }
    return false;
}

struct command_help cli_command_help(enum command command)
{
    const struct command_row *row = &commands[command];
    return (struct command_help){ row->name, row->usage, row->help, row->value };
}
