#include "completion.h"

#include <string.h>

#include "base/suggest.h"
#include "cli.h"
#include "listing.h"
#include "load/keys.h"
#include "table.h"

/* The scripts are linked into the program. A line that is @PART@ stands for what
 * is printed from the tables. */
#define EMBED(name)                                                                  \
    __asm__(".pushsection .rodata\n"                                                 \
            "optrender_completion_" #name ":\n"                                      \
            ".incbin \"" COMPLETION_FILES "." #name "\"\n"                           \
            ".byte 0\n"                                                              \
            ".popsection\n");                                                        \
    extern const char optrender_completion_##name[];
EMBED(bash)
EMBED(zsh)
EMBED(fish)
#undef EMBED

static const char *const shell_names[] = { "bash", "zsh", "fish", NULL };

/* How a shell's script states things. */
struct shell {
    const char *script;
    /* The words to choose from for one id: what comes before, one word, what
     * comes after. */
    void (*begin)(const char *id, FILE *stream);
    void (*word)(const char *word, const char *help, FILE *stream);
    void (*end)(FILE *stream);
    /* The kind of what follows a command's name (letter 0), or an option. */
    void (*kind)(char letter, const char *name, const char *kind, FILE *stream);
    void (*options)(FILE *stream);
};

enum { SOURCES_MAX = 4 };

/* The kinds' names in the scripts, and the tables that hold their words. */
static const struct {
    const char *name;
    const char *tables[SOURCES_MAX];
} kinds[VALUE_COUNT] = {
    [VALUE_NONE] = { "", { NULL } },
    [VALUE_FREE] = { "free", { NULL } },
    [VALUE_FILE] = { "file", { NULL } },
    [VALUE_PRESET] = { "preset", { NULL } },
    [VALUE_FORMATS] = { "formats", { "formats" } },
    [VALUE_PROGRESS] = { "progress", { NULL } },
    [VALUE_SANDBOX] = { "sandbox", { NULL } },
    [VALUE_KEY] = { "key", { NULL } },
    [VALUE_ORIGIN] = { "origin", { "functions" } },
    [VALUE_LISTING] = { "listing", { NULL } },
    [VALUE_SUBJECT] = { "subject", { "functions", "optimizers", "schedules", "wrappers" } },
    [VALUE_SHELL] = { "shell", { NULL } },
};

/* A help text's beginning, which is enough beside a word. */
static int brief(const char *help)
{
    size_t length = strcspn(help, ";(");
    const char *sentence = strstr(help, ". ");
    if (sentence && (size_t)(sentence - help) < length) {
        length = (size_t)(sentence - help);
    }
    while (length && help[length - 1] == ' ') {
        length--;
    }
    return (int)length;
}

/* Prints text with a backslash before each of the special characters; within
 * single quotes a ' is ended, escaped and begun again where that is needed. */
static void print_escaped(const char *text, int length, const char *special, const char *quote,
                          FILE *stream)
{
    for (int i = 0; i < length; i++) {
        if (text[i] == '\'') {
            fputs(quote, stream);
        } else {
            fputs(strchr(special, text[i]) ? "\\" : "", stream);
            fputc(text[i], stream);
        }
    }
}

static const char *command_word(const struct command_help *command)
{
    return command->name ? command->name : "render";
}

/* --- words, the same for all shells */

static void print_table_words(const struct shell *shell, const char *name, FILE *stream)
{
    struct table table = { 0 };
    listing_fill(name, &table);
    size_t columns = table_columns(&table);
    for (size_t i = 0; i < table.count; i += columns) {
        shell->word(table.cells[i], table.cells[i + columns - 1], stream);
    }
    table_finish(&table);
}

static void print_list(const struct shell *shell, const char *id, const char *const *words,
                       FILE *stream)
{
    shell->begin(id, stream);
    for (; *words; words++) {
        shell->word(*words, "", stream);
    }
    shell->end(stream);
}

static void print_listings(const struct shell *shell, FILE *stream)
{
    shell->begin(kinds[VALUE_LISTING].name, stream);
    for (size_t i = 0; listing_name(i); i++) {
        shell->word(listing_name(i), "", stream);
    }
    shell->end(stream);
}

static void print_commands(const struct shell *shell, FILE *stream)
{
    shell->begin("command", stream);
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        struct command_help command = cli_command_help(i);
        if (command.name) {
            shell->word(command.name, command.help, stream);
        }
    }
    shell->end(stream);
}

/* Those that can be named without a label. */
static bool can_be_set(const struct key *key)
{
    return strcmp(key->section, "optimizer") && key->type != KEY_LET
        && key->type != KEY_PARAM;
}

static void print_keys(const struct shell *shell, FILE *stream)
{
    size_t count;
    const struct key *keys = key_list(&count);
    char text[64];
    shell->begin(kinds[VALUE_KEY].name, stream);
    for (size_t i = 0; i < count; i++) {
        if (can_be_set(&keys[i])) {
            snprintf(text, sizeof text, "%s.%s=", keys[i].section, keys[i].name);
            shell->word(text, keys[i].help, stream);
        }
    }
    shell->end(stream);
}

static void print_key_values(const struct shell *shell, FILE *stream)
{
    static const char *const yes_no[] = { "yes", "no", NULL };
    size_t count;
    const struct key *keys = key_list(&count);
    char id[64];
    for (size_t i = 0; i < count; i++) {
        const char *const *choices = keys[i].type == KEY_YES_NO ? yes_no : keys[i].choices;
        snprintf(id, sizeof id, "%s.%s", keys[i].section, keys[i].name);
        if (can_be_set(&keys[i]) && choices) {
            print_list(shell, id, choices, stream);
        } else if (can_be_set(&keys[i]) && keys[i].names) {
            shell->begin(id, stream);
            print_table_words(shell, keys[i].names, stream);
            shell->end(stream);
        }
    }
}

static void print_words(const struct shell *shell, FILE *stream)
{
    for (enum value_kind kind = 0; kind < VALUE_COUNT; kind++) {
        if (kinds[kind].tables[0]) {
            shell->begin(kinds[kind].name, stream);
            for (size_t i = 0; i < SOURCES_MAX && kinds[kind].tables[i]; i++) {
                print_table_words(shell, kinds[kind].tables[i], stream);
            }
            shell->end(stream);
        }
    }
    print_commands(shell, stream);
    print_list(shell, kinds[VALUE_PROGRESS].name, cli_progress_modes, stream);
    print_list(shell, kinds[VALUE_SANDBOX].name, cli_sandbox_modes, stream);
    print_list(shell, kinds[VALUE_SHELL].name, shell_names, stream);
    print_listings(shell, stream);
    print_keys(shell, stream);
    print_key_values(shell, stream);
}

static void print_kinds(const struct shell *shell, FILE *stream)
{
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        struct command_help command = cli_command_help(i);
        shell->kind(0, command_word(&command), kinds[command.operand].name, stream);
    }
    struct option_help option;
    for (size_t i = 0; cli_option_help(i, &option); i++) {
        if (option.value != VALUE_NONE) {
            shell->kind(option.letter ? option.letter : '-', option.name,
                        kinds[option.value].name, stream);
        }
    }
}

/* --- bash */

static void bash_begin(const char *id, FILE *stream)
{
    fprintf(stream, "    %s) REPLY='", id);
}

static void bash_word(const char *word, const char *help, FILE *stream)
{
    (void)help;
    fprintf(stream, "%s ", word);
}

static void bash_end(FILE *stream)
{
    fputs("' ;;\n", stream);
}

/* As zsh also reads it. */
static void bash_kind(char letter, const char *name, const char *kind, FILE *stream)
{
    if (letter && letter != '-') {
        fprintf(stream, "    -%c | --%s) REPLY=%s ;;\n", letter, name, kind);
    } else {
        fprintf(stream, "    %s%s) REPLY=%s ;;\n", letter ? "--" : "", name, kind);
    }
}

static void bash_word_of(const struct option_help *option, FILE *stream)
{
    fprintf(stream, "--%s ", option->name);
    if (option->letter) {
        fprintf(stream, "-%c ", option->letter);
    }
}

static void bash_options(FILE *stream)
{
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        struct command_help command = cli_command_help(i);
        struct option_help option;
        fprintf(stream, "    options-%s) REPLY='", command_word(&command));
        for (size_t k = 0; cli_option_help(k, &option); k++) {
            if (option.commands >> i & 1) {
                bash_word_of(&option, stream);
            }
        }
        bash_end(stream);
    }
}

/* --- zsh */

static void zsh_begin(const char *id, FILE *stream)
{
    fprintf(stream, "    %s) reply=(", id);
}

static void zsh_word(const char *word, const char *help, FILE *stream)
{
    fprintf(stream, "\n        '%s:", word);
    print_escaped(help, brief(help), "", "'\\''", stream);
    fputc('\'', stream);
}

static void zsh_end(FILE *stream)
{
    fputs(") ;;\n", stream);
}

static void zsh_option(const char *dashes, const char *name, const char *value_mark,
                       const struct option_help *option, FILE *stream)
{
    fprintf(stream, "\n        '*%s%s%s[", dashes, name, value_mark);
    print_escaped(option->help, brief(option->help), "[]", "'\\''", stream);
    fputc(']', stream);
    if (option->argument) {
        fprintf(stream, ":%s: _optrender_value %s", option->argument, kinds[option->value].name);
    }
    fputc('\'', stream);
}

static void zsh_options(FILE *stream)
{
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        struct command_help command = cli_command_help(i);
        struct option_help option;
        zsh_begin(command_word(&command), stream);
        for (size_t k = 0; cli_option_help(k, &option); k++) {
            if (option.commands >> i & 1) {
                zsh_option("--", option.name, option.argument ? "=" : "", &option, stream);
            }
            if (option.commands >> i & 1 && option.letter) {
                zsh_option("-", (char[]){ option.letter, '\0' }, option.argument ? "+" : "",
                           &option, stream);
            }
        }
        zsh_end(stream);
    }
}

/* --- fish */

static void fish_begin(const char *id, FILE *stream)
{
    fprintf(stream, "        case %s\n            printf '%%s\\t%%s\\n'", id);
}

static void fish_quote(const char *text, int length, FILE *stream)
{
    fputs(" '", stream);
    print_escaped(text, length, "\\", "\\'", stream);
    fputc('\'', stream);
}

static void fish_word(const char *word, const char *help, FILE *stream)
{
    fputs(" \\\n               ", stream);
    fish_quote(word, (int)strlen(word), stream);
    fish_quote(help, brief(help), stream);
}

static void fish_end(FILE *stream)
{
    fputc('\n', stream);
}

static void fish_kind(char letter, const char *name, const char *kind, FILE *stream)
{
    if (letter && letter != '-') {
        fprintf(stream, "        case -%c --%s\n            echo %s\n", letter, name, kind);
    } else if (letter) {
        fprintf(stream, "        case --%s\n            echo %s\n", name, kind);
    }
}

/* What offers the words of a kind. */
static void fish_values(enum value_kind kind, FILE *stream)
{
    switch (kind) {
    case VALUE_NONE:
        break;
    case VALUE_FREE:
        fputs(" -x", stream);
        break;
    case VALUE_FILE:
        fputs(" -r -F", stream);
        break;
    case VALUE_PRESET:
        fputs(" -x -a '(__optrender_presets)'", stream);
        break;
    case VALUE_FORMATS:
        fputs(" -x -a '(__optrender_formats)'", stream);
        break;
    case VALUE_KEY:
        fputs(" -x -a '(__optrender_keys)'", stream);
        break;
    case VALUE_ORIGIN:
    case VALUE_SUBJECT:
        fprintf(stream, " -x -a '(__optrender_words %s; __optrender_presets)'", kinds[kind].name);
        break;
    default:
        fprintf(stream, " -x -a '(__optrender_words %s)'", kinds[kind].name);
    }
}

/* A condition for the commands in the mask. Before there is an operand all that
 * can be known is that it may be rendering. */
static void fish_condition(unsigned mask, FILE *stream)
{
    fputs("complete -c optrender -n '__optrender_is", stream);
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        struct command_help command = cli_command_help(i);
        if (mask >> i & 1) {
            fprintf(stream, "%s %s", command.name ? "" : " \"\"", command_word(&command));
        }
    }
    fputc('\'', stream);
}

static void fish_options(FILE *stream)
{
    struct option_help option;
    for (size_t i = 0; cli_option_help(i, &option); i++) {
        fish_condition(option.commands, stream);
        fprintf(stream, " -l %s", option.name);
        if (option.letter) {
            fprintf(stream, " -s %c", option.letter);
        }
        fish_values(option.value, stream);
        fputs(" -d", stream);
        fish_quote(option.help, brief(option.help), stream);
        fputc('\n', stream);
    }
    fputs("complete -c optrender -n '__optrender_is \"\"' -a '(__optrender_words command)'\n",
          stream);
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        fish_condition(1u << i, stream);
        fish_values(cli_command_help(i).operand, stream);
        fputc('\n', stream);
    }
}

/* In the order of their names. */
static const struct shell shells[] = {
    { optrender_completion_bash, bash_begin, bash_word, bash_end, bash_kind, bash_options },
    { optrender_completion_zsh, zsh_begin, zsh_word, zsh_end, bash_kind, zsh_options },
    { optrender_completion_fish, fish_begin, fish_word, fish_end, fish_kind, fish_options },
};

static void print_options(const struct shell *shell, FILE *stream)
{
    shell->options(stream);
}

static const struct part {
    const char *line;
    void (*print)(const struct shell *shell, FILE *stream);
} parts[] = {
    { "@words@\n", print_words }, { "@kinds@\n", print_kinds }, { "@options@\n", print_options },
};

static const struct part *find_part(const char *line)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!strncmp(line, parts[i].line, strlen(parts[i].line))) {
            return &parts[i];
        }
    }
    return NULL;
}

static void print_script(const struct shell *shell, FILE *stream)
{
    for (const char *line = shell->script; *line;) {
        int length = (int)strcspn(line, "\n") + 1;
        const struct part *part = find_part(line);
        if (part) {
            part->print(shell, stream);
        } else {
            fprintf(stream, "%.*s", length, line);
        }
        line += length;
    }
}

bool completion_print(const char *name, FILE *stream, struct error *err)
{
    struct suggestion near = { .wanted = name, .length = strlen(name) };
    for (size_t i = 0; shell_names[i]; i++) {
        if (!strcmp(name, shell_names[i])) {
            print_script(&shells[i], stream);
            return true;
        }
        suggestion_offer(&near, shell_names[i]);
    }
    char hint[80];
    suggestion_text(&near, hint, sizeof hint);
    return error_set(err, ERROR_USAGE, "no completions for '%s', only for bash, zsh and fish%s",
                     name, hint);
}
