#include "load/ini.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "load/words.h"

/* What a line that begins with white space would continue. */
enum open { OPEN_NOTHING, OPEN_VALUE, OPEN_MISTAKE };

/* Bytes start .. end of the source. */
struct span {
    size_t start, end;
};

struct reader {
    struct ini *ini;
    const struct source *source;
    const char *text; /* the source without comments, tabs and CRs */
    int line;
    enum open open;
    struct span value; /* so far; of the last entry when open is OPEN_VALUE */
};

/* A copy in which comments, tabs and carriage returns are spaces. */
static const char *without_comments(struct arena *arena, const struct source *source)
{
    char *text = arena_copy(arena, source->text, source->size);
    bool is_comment = false;
    for (size_t i = 0; i < source->size; i++) {
        bool begins_line = i == 0 || text[i - 1] == '\n';
        if (text[i] == '\n') {
            is_comment = false;
        } else if (text[i] == ';') {
            is_comment |= begins_line || text[i - 1] == ' ';
        } else if (text[i] == '#') {
            is_comment |= begins_line;
        }
        if (is_comment || text[i] == '\t' || text[i] == '\r') {
            text[i] = ' ';
        }
    }
    return text;
}

static struct reader reader_of(struct ini *ini, const struct source *source)
{
    return (struct reader){
        .ini = ini, .source = source, .text = without_comments(ini->arena, source), .line = 1
    };
}

static struct span trimmed(const struct reader *reader, size_t start, size_t end)
{
    while (start < end && reader->text[start] == ' ') {
        start++;
    }
    while (end > start && reader->text[end - 1] == ' ') {
        end--;
    }
    return (struct span){ start, end };
}

/* Where byte c is in the span; its end when it is not there. */
static size_t find_byte(const struct reader *reader, struct span span, char c)
{
    const char *found = memchr(reader->text + span.start, c, span.end - span.start);
    return found ? (size_t)(found - reader->text) : span.end;
}

static struct place place_of(const struct reader *reader, struct span span)
{
    return (struct place){ reader->source, span.start, span.end - span.start };
}

static const char *words_of(const struct reader *reader, struct span span)
{
    return words_collapse(reader->ini->arena, reader->text + span.start, span.end - span.start);
}

static void refuse(struct reader *reader, struct span span, const char *message)
{
    struct ini *ini = reader->ini;
    report_error(ini->report, place_of(reader, span), "%s", message);
    reader->open = OPEN_MISTAKE;
    if (ini->section_count) {
        ini->sections[ini->section_count - 1].is_broken = true;
    }
}

static void section_add(struct reader *reader, struct span title)
{
    struct ini *ini = reader->ini;
    ini->sections = memory_grow(ini->sections, ini->section_count, &ini->section_capacity,
                                sizeof *ini->sections);
    ini->sections[ini->section_count++] = (struct ini_section){
        .title = words_of(reader, title), .place = place_of(reader, title), .line = reader->line
    };
}

static void entry_add(struct reader *reader, size_t section, struct span key, size_t equals,
                      size_t end)
{
    struct ini *ini = reader->ini;
    ini->entries = memory_grow(ini->entries, ini->entry_count, &ini->entry_capacity,
                               sizeof *ini->entries);
    ini->entries[ini->entry_count++] = (struct ini_entry){
        .section = section,
        .key = words_of(reader, key),
        .place = place_of(reader, key),
        .line = reader->line,
        .value.place = { reader->source, equals, 1 },
    };
    ini->sections[section].entry_count++;
    reader->value = trimmed(reader, equals + 1, end);
    reader->open = OPEN_VALUE;
}

/* The value of the last entry is complete. */
static void value_end(struct reader *reader)
{
    struct span span = reader->value;
    if (reader->open == OPEN_VALUE) {
        struct text *value = &reader->ini->entries[reader->ini->entry_count - 1].value;
        char *text = arena_copy(reader->ini->arena, reader->text + span.start,
                                span.end - span.start);
        for (char *newline = text; (newline = strchr(newline, '\n'));) {
            *newline = ' ';
        }
        value->text = text;
        value->length = span.end - span.start;
        if (value->length) {
            value->place = place_of(reader, span);
        }
    }
    reader->open = OPEN_NOTHING;
}

static void continuation_read(struct reader *reader, struct span line)
{
    if (reader->open == OPEN_NOTHING) {
        refuse(reader, line, "there is no value that this line, beginning with white space, "
                             "could continue");
    } else if (reader->value.start == reader->value.end) {
        reader->value = line;
    } else {
        reader->value.end = line.end;
    }
}

static void section_read(struct reader *reader, struct span line)
{
    size_t close = find_byte(reader, line, ']');
    struct span title = trimmed(reader, line.start + 1, close);
    struct span rest = trimmed(reader, close + 1, line.end);
    section_add(reader, title);
    if (title.start == title.end) {
        refuse(reader, line, "the section has no name");
    } else if (close == line.end) {
        refuse(reader, line, "the section's ']' is missing");
    } else if (rest.start < rest.end) {
        refuse(reader, rest, "only a comment may follow a section's ']'");
    }
}

static void key_read(struct reader *reader, struct span line)
{
    size_t equals = find_byte(reader, line, '=');
    struct span key = trimmed(reader, line.start, equals);
    if (equals == line.end) {
        refuse(reader, line, "not 'key = value': the '=' is missing");
    } else if (key.start == key.end) {
        refuse(reader, line, "there is no key before the '='");
    } else {
        entry_add(reader, reader->ini->section_count - 1, key, equals, line.end);
    }
}

static void line_read(struct reader *reader, size_t start, size_t end)
{
    struct span line = trimmed(reader, start, end);
    if (line.start == line.end) {
        return;
    }
    if (!reader->ini->section_count && reader->text[start] != '[') {
        if (reader->open == OPEN_NOTHING) {
            refuse(reader, line, reader->text[line.start] == '['
                                     ? "white space before a [section], which begins its line"
                                     : "text before the first [section]");
        }
        return;
    }
    if (line.start > start) {
        continuation_read(reader, line);
        return;
    }
    value_end(reader);
    if (reader->text[start] == '[') {
        section_read(reader, line);
    } else {
        key_read(reader, line);
    }
}

/* Whether the line is not too long to be read; it need not even be shown then. */
static bool is_short(struct reader *reader, size_t start, size_t end)
{
    size_t most = (size_t)limit_of(LIMIT_LINE);
    if (end - start <= most) {
        return true;
    }
    value_end(reader);
    char message[256];
    snprintf(message, sizeof message, "a line of %zu bytes; it may have %zu%s", end - start, most,
             limit_hint(LIMIT_LINE).text);
    refuse(reader, (struct span){ start, start }, message);
    return false;
}

void ini_read(struct ini *ini, const struct source *source)
{
    struct reader reader = reader_of(ini, source);
    for (size_t start = 0; start < source->size;) {
        size_t end = find_byte(&reader, (struct span){ start, source->size }, '\n');
        if (is_short(&reader, start, end)) {
            line_read(&reader, start, end);
        }
        reader.line++;
        start = end + 1;
    }
    value_end(&reader);
}

static bool is_key(const struct reader *reader, struct span key)
{
    return key.start < key.end && (find_byte(reader, key, ' ') == key.end
                                   || !strncmp(reader->text + key.start, "let ", 4)
                                   || !strncmp(reader->text + key.start, "param ", 6));
}

/* The parts of "SECTION.KEY=VALUE". Labels may hold dots and '=', keys neither:
 * the '=' is the first with a dot and a key before it. */
static bool override_split(const struct reader *reader, struct span *title, struct span *key,
                           size_t *equals)
{
    struct span rest = { 0, reader->source->size };
    while ((*equals = find_byte(reader, rest, '=')) < rest.end) {
        size_t dot = *equals;
        while (dot && reader->text[dot - 1] != '.') {
            dot--;
        }
        *title = trimmed(reader, 0, dot ? dot - 1 : 0);
        *key = trimmed(reader, dot, *equals);
        if (title->start < title->end && is_key(reader, *key)) {
            return find_byte(reader, *title, ']') == title->end;
        }
        rest.start = *equals + 1;
    }
    return false;
}

static size_t section_find(const struct ini *ini, const char *title)
{
    size_t i = 0;
    while (i < ini->section_count && strcmp(ini->sections[i].title, title)) {
        i++;
    }
    return i;
}

void ini_override(struct ini *ini, const struct source *source)
{
    struct reader reader = reader_of(ini, source);
    struct span title, key, all = { 0, source->size };
    size_t equals;
    if (!override_split(&reader, &title, &key, &equals)) {
        refuse(&reader, all, "not SECTION.KEY=VALUE, such as contour.levels=60");
        return;
    }
    const char *comment = strstr(source->text + equals, " ;");
    if (comment) {
        size_t at = (size_t)(comment - source->text) + 1;
        refuse(&reader, (struct span){ at, source->size },
               "\" ;\" begins a comment, of which there is no use here; a value cannot hold it");
        return;
    }
    size_t section = section_find(ini, words_of(&reader, title));
    if (section == ini->section_count) {
        section_add(&reader, title);
    }
    entry_add(&reader, section, key, equals, source->size);
    value_end(&reader);
}

/* A name in a list, for finding equal ones by sorting: a file may hold as many
 * as fit in it. */
struct named {
    size_t group;
    const char *name;
    size_t index;
};

static int named_compare(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    int order = strcmp(a->name, b->name);
    return order ? order : a->index < b->index ? -1 : 1;
}

static bool named_equal(const struct named *a, const struct named *b)
{
    return a->group == b->group && !strcmp(a->name, b->name);
}

static void sections_settle(struct ini *ini)
{
    size_t count = ini->section_count;
    struct named *names = memory_new(count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        names[i] = (struct named){ 0, ini->sections[i].title, i };
    }
    qsort(names, count, sizeof *names, named_compare);
    for (size_t i = 1; i < count; i++) {
        if (named_equal(&names[i - 1], &names[i])) {
            struct ini_section *section = &ini->sections[names[i].index];
            section->is_again = true;
            struct shown title = words_shown(section->title, strlen(section->title));
            report_error(ini->report, section->place,
                         "section [%s] is there already, on line %d", title.text,
                         ini->sections[names[i - 1].index].line);
        }
    }
    free(names);
}

/* The first entry of a name stays, with the value of the last override. */
static void entry_settle(struct ini *ini, struct ini_entry *first, struct ini_entry *again)
{
    bool is_twice = first->place.source == again->place.source;
    if (is_twice && ini->report->errors >= REPORT_MAX) {
        report_error(ini->report, again->place, "twice"); /* only counted */
    } else if (is_twice) {
        struct shown key = words_shown(again->key, strlen(again->key));
        const char *title = ini->sections[again->section].title;
        report_error(ini->report, again->place, "'%s' is given in [%s] already, on line %d",
                     key.text, words_shown(title, strlen(title)).text, first->line);
    } else {
        first->value = again->value;
    }
    again->dropped = true;
}

static void entries_settle(struct ini *ini)
{
    size_t count = ini->entry_count;
    struct named *names = memory_new(count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        names[i] = (struct named){ ini->entries[i].section, ini->entries[i].key, i };
    }
    qsort(names, count, sizeof *names, named_compare);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (named_equal(&names[first], &names[i])) {
            entry_settle(ini, &ini->entries[names[first].index], &ini->entries[names[i].index]);
        } else {
            first = i;
        }
    }
    free(names);
}

void ini_settle(struct ini *ini)
{
    sections_settle(ini);
    entries_settle(ini);
}

const struct ini_entry *ini_find(const struct ini *ini, const char *title, const char *key)
{
    for (size_t i = 0; i < ini->entry_count; i++) {
        const struct ini_entry *entry = &ini->entries[i];
        if (!entry->dropped && !strcmp(entry->key, key)
            && !strcmp(ini->sections[entry->section].title, title)) {
            return entry;
        }
    }
    return NULL;
}

void ini_finish(struct ini *ini)
{
    free(ini->sections);
    free(ini->entries);
    ini->sections = NULL;
    ini->entries = NULL;
}
