#include "usage.h"

#include <string.h>

#include "cli.h"

/* Prints text from column on, broken before column 80; the cursor is at indent. */
static void print_wrapped(FILE *stream, const char *text, int indent)
{
    int column = indent;
    while (*text) {
        int length = (int)strcspn(text, " ");
        if (column > indent && column + 1 + length > 79) {
            fprintf(stream, "\n%*s", indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', stream);
            column++;
        }
        fprintf(stream, "%.*s", length, text);
        column += length;
        text += length + (text[length] == ' ');
    }
    fputc('\n', stream);
}

void usage_print(FILE *stream)
{
    enum { INDENT = 27 };
    fputs("optrender renders optimizers descending loss surfaces: a preset in, a film,\n"
          "a figure or the numbers out.\n\n", stream);
    for (enum command i = 0; i < COMMAND_COUNT; i++) {
        struct command_help help = cli_command_help(i);
        fprintf(stream, "%s optrender %-28s %s\n", i ? "      " : "Usage:", help.usage, help.help);
    }
    fputs("\nOptions:\n", stream);
    struct option_help option;
    for (size_t i = 0; cli_option_help(i, &option); i++) {
        bool has_letter = option.spelling[1] != '-';
        int used = fprintf(stream, "  %s%s", has_letter ? "" : "    ", option.spelling);
        if (used >= INDENT) {
            fputc('\n', stream);
            used = 0;
        }
        fprintf(stream, "%*s", INDENT - used, "");
        print_wrapped(stream, option.help, INDENT);
    }
    fputs("\nExamples:\n"
          "  optrender presets/hyper.ini -o hyper.mp4 -o hyper.png -o hyper.csv\n"
          "  optrender presets/*.ini -o out/\n"
          "  optrender new mine.ini && optrender mine.ini -o mine.mp4\n"
          "\nExit status: 0 done, 1 rendering or writing failed, 2 wrong command line,\n"
          "3 wrong preset, 130 interrupted. The manual: man optrender\n", stream);
}
