#include "base/report.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Columns of a source line that are shown; longer lines are cut around the caret. */
enum { SHOWN_COLUMNS = 100 };

__attribute__((format(printf, 4, 0)))
static void report_add(struct report *report, enum severity severity, struct place place,
                       const char *format, va_list args)
{
    size_t *seen = severity == SEVERITY_ERROR ? &report->errors : &report->warnings;
    (*seen)++;
    if (*seen > REPORT_MAX) {
        return;
    }
    char message[1024];
    vsnprintf(message, sizeof message, format, args);
    report->entries[report->count++] = (struct report_entry){
        severity, place, arena_copy(&report->arena, message, strlen(message))
    };
}

bool report_error(struct report *report, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report_add(report, SEVERITY_ERROR, place, format, args);
    va_end(args);
    return false;
}

bool report_warning(struct report *report, struct place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    report_add(report, SEVERITY_WARNING, place, format, args);
    va_end(args);
    return true;
}

struct place text_place(const struct text *text, size_t offset, size_t length)
{
    struct place place = text->place;
    place.offset += offset;
    place.length = length;
    return place;
}

static bool continues_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t line_start(const struct source *source, size_t offset)
{
    while (offset && source->text[offset - 1] != '\n') {
        offset--;
    }
    return offset;
}

void place_position(struct place place, int *line, int *column)
{
    const struct source *source = place.source;
    size_t start = line_start(source, place.offset);
    *line = 1;
    for (size_t i = 0; i < start; i++) {
        *line += source->text[i] == '\n';
    }
    *column = 1;
    for (size_t i = start; i < place.offset; i++) {
        *column += !continues_character(source->text[i]);
    }
}

/* The character at text; for a byte that begins none the byte, as one that is unseen. */
static size_t read_safe(const char *text, size_t length, uint32_t *code)
{
    size_t read = utf8_read(text, length, code);
    if (!read) {
        *code = 0;
    }
    return read ? read : 1;
}

/* Prints a piece of a line; what is unseen shows as one '?' each, so that carets stay below
 * their characters and no terminal obeys it. */
static void print_safe(FILE *stream, const char *text, size_t length)
{
    uint32_t code;
    for (size_t at = 0, read; at < length; at += read) {
        read = read_safe(text + at, length - at, &code);
        if (text[at] == '\t') {
            fputc(' ', stream);
        } else if (utf8_is_unseen(code)) {
            fputc('?', stream);
        } else {
            fwrite(text + at, 1, read, stream);
        }
    }
}

/* Messages quote the user's text; there the unseen is spelled out. */
static void print_message(FILE *stream, const char *message)
{
    size_t length = strlen(message);
    uint32_t code;
    for (size_t at = 0, read; at < length; at += read) {
        read = read_safe(message + at, length - at, &code);
        if (!utf8_is_unseen(code)) {
            fwrite(message + at, 1, read, stream);
        } else if (read == 1) {
            fprintf(stream, "\\x%02x", (unsigned char)message[at]);
        } else {
            fprintf(stream, "<U+%04X>", (unsigned)code);
        }
    }
}

/* Whether the byte at this offset is one of a character before it, so not in a column of its
 * own. Bytes that are not UTF-8 have columns. */
static bool is_inside(const struct source *source, size_t start, size_t offset)
{
    uint32_t code;
    for (size_t back = 1; back <= 3 && back <= offset - start; back++) {
        size_t at = offset - back;
        if (!continues_character(source->text[at])) {
            return continues_character(source->text[offset])
                   && utf8_read(source->text + at, source->size - at, &code) > back;
        }
    }
    return false;
}

/* The source line of a place, cut to a window around it, and the caret line. */
static void print_excerpt(FILE *stream, struct place place, int line)
{
    const struct source *source = place.source;
    size_t start = line_start(source, place.offset), end = place.offset;
    while (end < source->size && source->text[end] != '\n' && source->text[end] != '\r') {
        end++;
    }
    if (place.offset - start > SHOWN_COLUMNS - 20) {
        start = place.offset - SHOWN_COLUMNS / 2;
        while (start < place.offset && continues_character(source->text[start])) {
            start++;
        }
    }
    if (end - start > SHOWN_COLUMNS) {
        end = start + SHOWN_COLUMNS;
        while (end > place.offset && continues_character(source->text[end])) {
            end--;
        }
    }
    fprintf(stream, "%5d | ", line);
    print_safe(stream, source->text + start, end - start);
    fprintf(stream, "\n      | ");
    for (size_t i = start; i < place.offset; i++) {
        if (!is_inside(source, start, i)) {
            fputc(' ', stream);
        }
    }
    fputc('^', stream);
    for (size_t i = place.offset + 1; i < place.offset + place.length && i < end; i++) {
        if (!is_inside(source, start, i)) {
            fputc('~', stream);
        }
    }
    fputc('\n', stream);
}

static void print_entry(FILE *stream, const struct report_entry *entry, const char *name,
                        bool color)
{
    bool is_error = entry->severity == SEVERITY_ERROR;
    const char *paint = !color ? "" : is_error ? "\033[1;31m" : "\033[1;35m";
    const char *word = is_error ? "error" : "warning";
    int line = 0, column = 0;
    if (entry->place.source) {
        place_position(entry->place, &line, &column);
        const char *source = entry->place.source->name;
        if (name && strcmp(source, name)) { /* an argument, which all presets share */
            fprintf(stream, "%s: ", name);
        }
        fprintf(stream, "%s:%d:%d: ", source, line, column);
    } else {
        fprintf(stream, "%s: ", name ? name : "optrender");
    }
    fprintf(stream, "%s%s:%s ", paint, word, color ? "\033[0m" : "");
    print_message(stream, entry->message);
    fputc('\n', stream);
    if (entry->place.source) {
        print_excerpt(stream, entry->place, line);
    }
}

/* Order of printing: as they stand in their source, --set arguments after the
 * file, what has no place last; otherwise as found (index breaks ties). */
static bool entry_before(const struct report_entry *a, const struct report_entry *b)
{
    if (a->place.source != b->place.source) {
        return a->place.source && !b->place.source;
    }
    return a->place.offset < b->place.offset;
}

void report_print(const struct report *report, FILE *stream, bool color)
{
    struct report_entry sorted[2 * REPORT_MAX];
    for (size_t i = 0; i < report->count; i++) {
        size_t at = i;
        while (at && entry_before(&report->entries[i], &sorted[at - 1])) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = report->entries[i];
    }
    for (size_t i = 0; i < report->count; i++) {
        print_entry(stream, &sorted[i], report->name, color);
    }
    if (report->errors > REPORT_MAX) {
        fprintf(stream, "%s: %zu more errors are not shown\n",
                report->name ? report->name : "optrender", report->errors - REPORT_MAX);
    }
}

void report_finish(struct report *report)
{
    arena_finish(&report->arena);
    *report = (struct report){ 0 };
}
