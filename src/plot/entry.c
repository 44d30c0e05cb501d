#include "plot/entry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/suggest.h"
#include "load/keys.h"
#include "optimize/optimizer.h"

static const char SEPARATOR[] = " | ";

enum { DIGITS = 4, LABEL_MAX = 40 /* characters */ };

/* A text is read piece by piece. */
enum piece_kind { PIECE_TEXT, PIECE_BRACE, PIECE_PLACEHOLDER, PIECE_SEPARATOR };

struct piece {
    enum piece_kind kind;
    size_t start, length; /* of a placeholder: of the word in it */
};

struct reader {
    const char *text;
    size_t at;
    size_t depth; /* of markup's groups, whose braces come in pairs */
    bool in_script; /* '_' or '^' stands before */
};

/* Bytes of the word that is all that the braces at text hold; 0: no such. */
static size_t word_in_braces(const char *text)
{
    size_t length = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    bool begins = text[1] >= 'a' && text[1] <= 'z';
    return begins && text[1 + length] == '}' ? length : 0;
}

static struct piece read_brace(struct reader *reader)
{
    const char *text = reader->text + reader->at;
    size_t word = text[0] == '{' && !reader->in_script ? word_in_braces(text) : 0;
    bool is_doubled = text[1] == text[0] && !(text[0] == '}' && reader->depth);
    if (is_doubled) {
        return (struct piece){ PIECE_BRACE, reader->at, 2 };
    }
    if (word) {
        return (struct piece){ PIECE_PLACEHOLDER, reader->at + 1, word };
    }
    if (text[0] == '{') {
        reader->depth++;
    } else if (reader->depth) {
        reader->depth--;
    }
    return (struct piece){ PIECE_TEXT, reader->at, 1 };
}

/* False at the end. */
static bool read_piece(struct reader *reader, struct piece *piece)
{
    const char *text = reader->text + reader->at;
    if (!*text) {
        return false;
    }
    if (*text == '{' || *text == '}') {
        *piece = read_brace(reader);
    } else if (!strncmp(text, SEPARATOR, strlen(SEPARATOR))) {
        *piece = (struct piece){ PIECE_SEPARATOR, reader->at, strlen(SEPARATOR) };
        reader->depth = 0;
    } else {
        bool escapes = text[0] == '\\' && text[1];
        *piece = (struct piece){ PIECE_TEXT, reader->at, escapes ? 2 : 1 };
    }
    reader->in_script = *text == '_' || *text == '^';
    reader->at += piece->length + (piece->kind == PIECE_PLACEHOLDER ? 2 : 0);
    return true;
}

/* A line that grows. */
struct line {
    char *bytes;
    size_t length, capacity;
};

static void write_bytes(struct line *line, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        line->bytes = memory_grow(line->bytes, line->length, &line->capacity, 1);
        line->bytes[line->length++] = bytes[i];
    }
}

static void write_text(struct line *line, const char *text)
{
    write_bytes(line, text, strlen(text));
}

static void write_number(struct line *line, double value)
{
    char text[NUMBER_SHOWN_SIZE];
    number_show(text, sizeof text, value, DIGITS);
    write_text(line, text);
}

static void write_value(struct line *line, const struct parameter *parameter, double value)
{
    const char *const *words = parameter_words(parameter);
    if (words) {
        write_text(line, words[(size_t)value]);
    } else {
        write_number(line, value);
    }
}

static bool write_label(struct line *line, const struct entry_subject *subject)
{
    write_text(line, subject->run->label);
    return true;
}

static bool write_method(struct line *line, const struct entry_subject *subject)
{
    write_text(line, subject->run->optimizer->title);
    return true;
}

/* As the preset counts them: recorded states. */
static bool write_steps(struct line *line, const struct entry_subject *subject)
{
    write_number(line, (double)subject->trajectory->count);
    return true;
}

/* Of the last state that has one. */
static bool write_final_loss(struct line *line, const struct entry_subject *subject)
{
    const struct trajectory *trajectory = subject->trajectory;
    for (size_t row = trajectory->count; row-- > 0;) {
        if (isfinite(trajectory->losses[row])) {
            write_number(line, trajectory->losses[row]);
            return true;
        }
    }
    return false;
}

/* Of a key of the section that is no method's own. */
static bool write_given(struct line *line, const struct maybe_number *number)
{
    if (number->given) {
        write_number(line, number->value);
    }
    return number->given;
}

static bool write_schedule(struct line *line, const struct entry_subject *subject)
{
    const struct schedule *schedule = &subject->run->schedule;
    const struct call_value *call = &subject->section->schedule;
    if (!schedule->kind) {
        return false;
    }
    write_text(line, schedule->kind->name);
    for (size_t i = 0; i < schedule->rate_count; i++) {
        write_text(line, i ? " .. " : " ");
        write_number(line, schedule->rates[i]);
    }
    for (size_t i = 0; i < call->count; i++) {
        const struct call_item *item = &call->items[i];
        write_text(line, item->word.text ? ", " : "");
        for (const char *c = item->word.text; c && *c; c++) {
            write_bytes(line, *c == '_' ? " " : c, 1); /* markup would lower what follows */
        }
        for (size_t k = 0; item->word.text && k < item->count; k++) {
            write_text(line, " ");
            write_number(line, item->numbers[k].value);
        }
    }
    return true;
}

static bool write_dialect(struct line *line, const struct entry_subject *subject)
{
    write_text(line, key_find("problem", "dialect")->choices[subject->run->dialect]);
    return true;
}

static bool write_clip_norm(struct line *line, const struct entry_subject *subject)
{
    return write_given(line, &subject->section->clip_norm);
}

static bool write_clip_value(struct line *line, const struct entry_subject *subject)
{
    return write_given(line, &subject->section->clip_value);
}

/* The method's own, too. */
static bool write_weight_decay(struct line *line, const struct entry_subject *subject)
{
    double decay = subject->run->regime.weight_decay;
    if (decay != 0 || subject->section->weight_decay.given) {
        write_number(line, decay);
        return true;
    }
    return false;
}

/* A wrapper's arguments are all told, as their usual values differ from program to program. */
static bool write_wrap(struct line *line, const struct entry_subject *subject)
{
    const struct wrapping *wrapping = &subject->run->wrapping;
    const struct wrapper *wrapper = wrapping->wrapper;
    if (!wrapper) {
        return false;
    }
    write_text(line, wrapper->name);
    for (size_t i = 0; i < WRAPPER_ARGUMENTS_MAX && wrapper->arguments[i].name; i++) {
        write_text(line, " ");
        write_text(line, wrapper->symbols[i]);
        write_text(line, " ");
        write_number(line, wrapping->arguments[i]);
    }
    return true;
}

/* What is done around a method's steps, behind its parameters; a method's own decay, too, as
 * one cannot see from its name which kind it is. */
static bool write_regime(struct line *line, const struct entry_subject *subject, bool is_first)
{
    const struct optimizer_section *section = subject->section;
    const struct regime *regime = &subject->run->regime;
    const struct {
        const char *lead;
        bool is_there;
        double value;
    } parts[] = {
        { "clip ", section->clip_norm.given, section->clip_norm.value },
        { "clip \u00b1", section->clip_value.given, section->clip_value.value },
        { regime->decoupled ? "decoupled decay " : "coupled decay ",
          regime->weight_decay != 0 || section->weight_decay.given, regime->weight_decay },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].is_there) {
            write_text(line, is_first ? "" : ", ");
            write_text(line, parts[i].lead);
            write_number(line, parts[i].value);
            is_first = false;
        }
    }
    if (subject->run->wrapping.wrapper) {
        write_text(line, is_first ? "" : ", ");
        is_first = !write_wrap(line, subject);
    }
    return !is_first;
}

/* "lr 0.1"; of a switch its name, or "no" before it. */
static void write_parameter(struct line *line, const struct parameter *parameter, double value)
{
    bool is_switch = parameter->domain == SWITCH;
    write_text(line, is_switch && !value ? "no " : "");
    write_text(line, parameter->symbol);
    if (!is_switch) {
        write_text(line, " ");
        write_value(line, parameter, value);
    }
}

static bool write_parameters(struct line *line, const struct entry_subject *subject)
{
    const struct parameter *parameters = subject->run->optimizer->parameters;
    const struct schedule *schedule = &subject->run->schedule;
    size_t written = 0;
    for (size_t i = 0; parameters[i].name; i++) {
        bool is_scheduled = schedule->kind && i == schedule->parameter;
        if (!is_scheduled && !section_gives(subject->section, parameters[i].name)) {
            continue;
        }
        write_text(line, written++ ? ", " : "");
        if (is_scheduled) {
            write_text(line, parameters[i].symbol);
            write_text(line, " ");
            write_schedule(line, subject);
        } else {
            write_parameter(line, &parameters[i], subject->run->parameters[i]);
        }
    }
    return write_regime(line, subject, !written);
}

/* Writes what a placeholder stands for; false when the run has no such thing. */
static const struct field {
    const char *name;
    bool (*write)(struct line *line, const struct entry_subject *subject);
} fields[] = {
    { "label", write_label },
    { "method", write_method },
    { "parameters", write_parameters },
    { "final_loss", write_final_loss },
    { "steps", write_steps },
    { "schedule", write_schedule },
    { "clip_norm", write_clip_norm },
    { "clip_value", write_clip_value },
    { "weight_decay", write_weight_decay },
    { "wrap", write_wrap },
    { "dialect", write_dialect },
};
enum { FIELD_COUNT = sizeof fields / sizeof *fields };

static bool is_word(const char *name, const char *word, size_t length)
{
    return strlen(name) == length && !memcmp(name, word, length);
}

static bool write_field(struct line *line, const char *word, size_t length,
                        const struct entry_subject *subject)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (is_word(fields[i].name, word, length)) {
            return fields[i].write(line, subject);
        }
    }
    const struct run *run = subject->run;
    const struct parameter *parameters = run->optimizer->parameters;
    for (size_t i = 0; parameters[i].name; i++) {
        if (is_word(parameters[i].name, word, length)
            && parameter_exists(&parameters[i], run->dialect)) {
            write_value(line, &parameters[i], run->parameters[i]);
            return true;
        }
    }
    return false;
}

/* Offers every known word to the suggestion; true when it is one of them. */
static bool is_known(struct suggestion *near)
{
    bool known = false;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        known = known || is_word(fields[i].name, near->wanted, near->length);
        suggestion_offer(near, fields[i].name);
    }
    size_t count;
    const struct optimizer *const *optimizers = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (const struct parameter *p = optimizers[i]->parameters; p->name; p++) {
            known = known || is_word(p->name, near->wanted, near->length);
            suggestion_offer(near, p->name);
        }
    }
    return known;
}

bool entry_check(const struct text *text, struct report *report)
{
    struct reader reader = { .text = text->text };
    struct piece piece;
    size_t lines = 1;
    bool good = true;
    while (read_piece(&reader, &piece)) {
        struct suggestion near = { .wanted = text->text + piece.start, .length = piece.length };
        struct place place = text_place(text, piece.start, piece.length);
        if (piece.kind == PIECE_SEPARATOR && ++lines == ENTRY_LINES_MAX + 1) {
            good = report_error(report, place, "a legend's entry has at most %d lines",
                                ENTRY_LINES_MAX);
        } else if (piece.kind == PIECE_PLACEHOLDER && !is_known(&near)) {
            char hint[96];
            suggestion_text(&near, hint, sizeof hint);
            good = report_error(report, place, "unknown placeholder {%.*s}%s",
                                (int)piece.length, near.wanted,
                                *hint ? hint : "; there are {label}, {method}, {parameters}, "
                                               "{final_loss}, {steps}, {schedule}, {clip_norm}, "
                                               "{clip_value}, {weight_decay}, {wrap}, {dialect} "
                                               "and hyper-parameters");
        }
    }
    return good;
}

/* Writes the line that the reader is at. False when it is empty, or the run has
 * nothing of what it is about. */
static bool write_line(struct line *line, struct reader *reader,
                       const struct entry_subject *subject)
{
    struct piece piece;
    size_t asked = 0, answered = 0;
    while (read_piece(reader, &piece) && piece.kind != PIECE_SEPARATOR) {
        const char *text = reader->text + piece.start;
        if (piece.kind == PIECE_TEXT) {
            write_bytes(line, text, piece.length);
        } else if (piece.kind == PIECE_BRACE) {
            write_text(line, *text == '{' ? "\\{" : "\\}");
        } else {
            bool is_there = write_field(line, text, piece.length, subject);
            write_text(line, is_there ? "" : "\u2013");
            asked++;
            answered += is_there;
        }
    }
    return line->length && (!asked || answered);
}

/* Where the character after so many begins; the end of the text where it has no more. */
static size_t character_at(const char *text, size_t count)
{
    size_t characters = 0, i = 0;
    for (; text[i]; i++) {
        characters += ((unsigned char)text[i] & 0xC0) != 0x80;
        if (characters > count) {
            break;
        }
    }
    return i;
}

/* A label's first and last characters, with an ellipsis for what is between. */
static const char *shorten(struct arena *arena, const char *label, size_t head, size_t tail)
{
    size_t count = 0;
    while (label[character_at(label, count)]) {
        count++;
    }
    return count <= LABEL_MAX ? label
                              : arena_printf(arena, "%.*s\u2026%s",
                                             (int)character_at(label, head), label,
                                             label + character_at(label, count - tail));
}

const char *entry_label(struct arena *arena, const struct run *runs, size_t count, size_t index)
{
    static const size_t tails[] = { 0, LABEL_MAX / 2 };
    const char *label = runs[index].label;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        const char *own = shorten(arena, label, LABEL_MAX - tails[i], tails[i]);
        bool is_alike = false;
        for (size_t k = 0; k < count && own != label; k++) {
            const char *other = shorten(arena, runs[k].label, LABEL_MAX - tails[i], tails[i]);
            is_alike = is_alike || (strcmp(runs[k].label, label) != 0 && !strcmp(own, other));
        }
        if (!is_alike) {
            return own;
        }
    }
    return label;
}

struct entry entry_fill(struct arena *arena, const char *text,
                        const struct entry_subject *subject)
{
    struct entry entry = { .count = 0 };
    struct reader reader = { .text = text };
    while (reader.text[reader.at] && entry.count < ENTRY_LINES_MAX) {
        struct line line = { 0 };
        if (write_line(&line, &reader, subject)) {
            entry.lines[entry.count++] = arena_copy(arena, line.bytes, line.length);
        }
        free(line.bytes);
    }
    if (!entry.count) {
        entry.lines[entry.count++] = subject->run->label;
    }
    return entry;
}
